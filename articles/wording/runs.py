"""Where two series of words say the same: runs that stand in both, whatever order they have there."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import NamedTuple

from articles.wording.words import Mark, Words

SEED = 3
# A run that begins elsewhere than its neighbours is taken for the same words only when it is as long as this.
FEWEST_WORDS_MOVED = 5
# So many words more on one side than on the other are left out or put in; more are another place.
MOST_DROPPED = 8
# An ellipsis that leaves out more words than this joins two places instead of shortening one.
MOST_CUT = 40
# Of words that come over and over only the first places are looked at, and all together no more steps than these are
# taken for each word, so that no text takes long.
PLACES_OF_SEED = 8
STEPS_FOR_A_WORD = 8
# Between two runs words are aligned one by one while there are no more pairs of them than this.
MOST_PAIRS = 4_000


class Run(NamedTuple):
    """``length`` words that stand from ``ours`` in one text and from ``theirs`` in the other (indices of words)."""

    ours: int
    theirs: int
    length: int

    @property
    def ours_end(self) -> int:
        return self.ours + self.length

    @property
    def theirs_end(self) -> int:
        return self.theirs + self.length


def shared_runs(ours: Words, theirs: Words) -> list[Run]:
    """Runs of the same words in the order of ``ours``; no word is in two of them.

    Long runs come first: each takes its words, and what is left goes to shorter ones. A short run counts only beside a
    longer one, so that “in the end” three paragraphs away is not taken for the words of a quote.
    """
    chosen = _Chosen(ours, theirs)
    waiting = [(-run.length, run) for run in _seeded(ours.folded, theirs.folded)]
    heapify(waiting)
    while waiting:
        _, run = heappop(waiting)
        if chosen.is_free(run):
            chosen.take(run)
        else:
            for part in chosen.free_parts(run):
                heappush(waiting, (-part.length, part))
    return list(_filled(chosen.runs, ours, theirs))


class _Chosen:
    """The runs chosen so far, and which words they took."""

    def __init__(self, ours: Words, theirs: Words) -> None:
        self.runs: list[Run] = []
        self._ours, self._theirs = ours, theirs
        self._taken_ours, self._taken_theirs = bytearray(len(ours)), bytearray(len(theirs))

    def is_free(self, run: Run) -> bool:
        return not any(self._taken_ours[run.ours : run.ours_end]) and not any(
            self._taken_theirs[run.theirs : run.theirs_end]
        )

    def free_parts(self, run: Run) -> Iterator[Run]:
        """What is left of a run of which others took words, in pieces long enough to count."""
        first = 0
        for step in range(run.length + 1):
            is_free = step < run.length and not (
                self._taken_ours[run.ours + step] or self._taken_theirs[run.theirs + step]
            )
            if not is_free:
                if step - first >= SEED:
                    yield Run(run.ours + first, run.theirs + first, step - first)
                first = step + 1

    def take(self, run: Run) -> None:
        place = bisect(self.runs, run)
        neighbours = self.runs[max(place - 1, 0) : place + 1]
        if self.runs and run.length < FEWEST_WORDS_MOVED and not any(self._is_near(run, each) for each in neighbours):
            return
        self.runs.insert(place, run)
        self._taken_ours[run.ours : run.ours_end] = b"\1" * run.length
        self._taken_theirs[run.theirs : run.theirs_end] = b"\1" * run.length

    def _is_near(self, run: Run, other: Run) -> bool:
        before, after = sorted((run, other))
        return is_near(before, after, self._ours, self._theirs)


def is_near(before: Run, after: Run, ours: Words, theirs: Words) -> bool:
    """Whether one run follows the other in both texts, with about as many words between them."""
    between_ours, between_theirs = after.ours - before.ours_end, after.theirs - before.theirs_end
    if between_theirs < 0:
        return False
    is_cut = ours.marked_between(before.ours_end, after.ours, Mark.GAP) or theirs.marked_between(
        before.theirs_end, after.theirs, Mark.GAP
    )
    return abs(between_ours - between_theirs) <= (MOST_CUT if is_cut else MOST_DROPPED)


def _seeded(ours: Sequence[str], theirs: Sequence[str]) -> list[Run]:
    """All runs of at least three words that cannot be made longer."""
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for there in range(len(theirs) - SEED + 1):
        at = places[tuple(theirs[there : there + SEED])]
        if len(at) < PLACES_OF_SEED:
            at.append(there)
    found: list[Run] = []
    steps = STEPS_FOR_A_WORD * (len(ours) + len(theirs))
    reached: dict[int, int] = {}  # of each distance between the two texts, how far ours was walked
    for here in range(len(ours) - SEED + 1):
        for there in places.get(tuple(ours[here : here + SEED]), ()):
            if reached.get(there - here, 0) > here or steps <= 0:
                continue
            length = _length_from(ours, theirs, here, there)
            steps -= length
            reached[there - here] = here + length
            found.append(Run(here, there, length))
    return found


def _length_from(ours: Sequence[str], theirs: Sequence[str], here: int, there: int) -> int:
    length = SEED
    most = min(len(ours) - here, len(theirs) - there)
    while length < most and ours[here + length] == theirs[there + length]:
        length += 1
    return length


def _filled(runs: Sequence[Run], ours: Words, theirs: Words) -> Iterator[Run]:
    """The runs with single words and pairs that stand between them, before the first and after the last."""
    if not runs:
        yield from _aligned(ours, theirs, (0, len(ours)), (0, len(theirs)))
        return
    first, last = runs[0], runs[-1]
    in_order = all(before.theirs_end <= after.theirs for before, after in pairwise(runs))
    if in_order:
        begin = max(0, first.theirs - _reach(ours, 0, first.ours))
        yield from _aligned(ours, theirs, (0, first.ours), (begin, first.theirs))
    for before, after in pairwise(runs):
        yield before
        between = (before.theirs_end, after.theirs)
        if not any(between[0] <= run.theirs < between[1] for run in runs):
            yield from _aligned(ours, theirs, (before.ours_end, after.ours), between)
    yield last
    if in_order:
        end = min(len(theirs), last.theirs_end + _reach(ours, last.ours_end, len(ours)))
        yield from _aligned(ours, theirs, (last.ours_end, len(ours)), (last.theirs_end, end))


def _reach(words: Words, first: int, last: int) -> int:
    """How far from a run its last words are looked for."""
    return last - first + (MOST_CUT if words.marked_between(first, last, Mark.GAP) else MOST_DROPPED)


def _aligned(ours: Words, theirs: Words, here: tuple[int, int], there: tuple[int, int]) -> Iterable[Run]:
    left, right = ours.folded[slice(*here)], theirs.folded[slice(*there)]  # empty when they end before they begin
    if not left or not right or len(left) * len(right) > MOST_PAIRS:
        return
    for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
        if block.size:
            yield Run(here[0] + block.a, there[0] + block.b, block.size)
