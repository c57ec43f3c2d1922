"""Judging whether words that were found unchanged in a new text are certainly the same words.

Words repeat, so equal words prove little. What proves is the unbroken run of linked tokens round the mark: it
must be found once in either text, reach to witnesses on its sides, and leave no doubt about where its edges
are.
"""

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import Postfix, Prefix

from articles.anchoring.fates import Reason
from articles.anchoring.links import UNLINKED, Links
from articles.anchoring.neighbourhood import Neighbourhood
from articles.anchoring.tokens import Document

# How far from a mark, in tokens, evidence is looked for.
REACH = 400
WINDOWS = (12, 60, REACH)
WITNESSES = 3
NEIGHBOURHOOD = 12
LONG_ENOUGH = 20


@dataclass(frozen=True, slots=True)
class Run:
    """Old tokens ``[first, last]`` linked without a break, ``shift`` tokens further on in the new text.

    The tokens up to ``doubtful_until`` could as well belong before the run and those from ``doubtful_from``
    on after it, because a text put in or taken out there repeats them.
    """

    first: int
    last: int
    shift: int
    doubtful_until: int
    doubtful_from: int


class Hole(NamedTuple):
    """Tokens ``[first, end)`` of one text, of which at most ``REACH`` at either end are looked at."""

    document: Document
    first: int
    end: int

    def opens_like(self, run: "Hole") -> int:
        """Count the tokens at the start of a run with which this opens, too, whatever marks stand before them."""
        mine, its = self._from_first_word(), run._from_first_word()
        repeated = Prefix.similarity(self._code(mine), run._code(its))
        return its.start - run.first + repeated if repeated else 0

    def closes_like(self, run: "Hole") -> int:
        """Count the tokens at the end of a run with which this closes, too, whatever marks stand after them."""
        mine, its = self._to_last_word(), run._to_last_word()
        repeated = Postfix.similarity(self._code(mine), run._code(its))
        return run.end - its.stop + repeated if repeated else 0

    def _from_first_word(self) -> range:
        words = self.document.words_before
        first = self.first
        while first < self.end and words[first + 1] == words[self.first]:
            first += 1
        return range(first, min(self.end, first + REACH))

    def _to_last_word(self) -> range:
        words = self.document.words_before
        end = self.end
        while end > self.first and words[end - 1] == words[self.end]:
            end -= 1
        return range(max(self.first, end - REACH), end)

    def _code(self, tokens: range) -> str:
        return self.document.code[tokens.start : tokens.stop]


class Evidence:
    """Answers for one alignment. Runs are measured once and shared by the marks in them."""

    def __init__(self, links: Links) -> None:
        self._links = links
        forward = links.forward
        previous = [UNLINKED, *forward[:-1]]
        following = [*forward[1:], UNLINKED]
        self._firsts = [
            token
            for token, (before, image) in enumerate(zip(previous, forward, strict=True))
            if image != UNLINKED and before != image - 1
        ]
        self._lasts = [
            token
            for token, (image, after) in enumerate(zip(forward, following, strict=True))
            if image != UNLINKED and after != image + 1
        ]
        self._measured: dict[int, Run] = {}
        self._neighbourhood = Neighbourhood(links)

    def doubt(self, first: int, last: int, length: int) -> Reason | None:
        """Say why the place of the linked tokens ``[first, last]`` is not certain, or ``None`` when it is.

        The tokens are linked without a break to a mark of ``length`` code points. Moved words are certain
        only as whole sentences that stand once in either text.
        """
        links = self._links
        if self._neighbourhood.is_beyond_doubt(first, last):
            return None
        if links.moved[first] or links.moved[last]:
            return Reason.MOVED_FRAGMENT
        run = self._run_round(first)
        if not self._neighbourhood.is_rooted(first, last, run.first, run.last):
            return Reason.WEAK
        if self._may_slide(run, first, last) or not self._is_at_home(run, first, last):
            return Reason.AMBIGUOUS
        words = links.old.words_in(max(run.first, first - REACH), min(run.last, last + REACH) + 1)
        if not self._stands_once(run, first, last):
            return None if words >= WITNESSES and self._keeps_rank(run, first, last) else Reason.AMBIGUOUS
        if not self._has_witnesses(run, first, last):
            return Reason.AMBIGUOUS
        is_all = run.first == 0 and run.last == len(links.old) - 1
        return None if words >= WITNESSES or length >= LONG_ENOUGH or is_all else Reason.WEAK

    def _run_round(self, token: int) -> Run:
        number = bisect_right(self._firsts, token) - 1
        if number not in self._measured:
            self._measured[number] = self._measure(self._firsts[number], self._lasts[number])
        return self._measured[number]

    def _measure(self, first: int, last: int) -> Run:
        """Find how far a run could slide into the texts put in or taken out at its ends."""
        links, end = self._links, last + 1
        image, image_end = links.forward[first], links.forward[last] + 1
        old_before = Hole(links.old, links.loose_old.start_of_run(first), first)
        new_before = Hole(links.new, links.loose_new.start_of_run(image), image)
        old_after = Hole(links.old, end, links.loose_old.end_of_run(end))
        new_after = Hole(links.new, image_end, links.loose_new.end_of_run(image_end))
        run = Hole(links.old, first, end)
        slides_back = max(old_before.opens_like(run), new_before.opens_like(run))
        slides_on = max(old_after.closes_like(run), new_after.closes_like(run))
        return Run(first, last, image - first, first + slides_back - 1, last - slides_on + 1)

    def _may_slide(self, run: Run, first: int, last: int) -> bool:
        """Say whether the mark, or a word of it, could belong to a copy at an end of the run instead."""
        words_in = self._links.old.words_in
        if run.doubtful_from <= first or last <= run.doubtful_until:
            return True
        if run.doubtful_from <= last and words_in(run.doubtful_from, last + 1) > 0:
            return True
        return first <= run.doubtful_until and words_in(first, run.doubtful_until + 1) > 0

    def _is_at_home(self, run: Run, first: int, last: int) -> bool:
        """Say whether the mark's sentence stands among its neighbours and no other is as like it."""
        around = self._neighbourhood
        return around.is_settled(first, last) and (
            around.is_framed(first, last, run.first, run.last) or not around.has_look_alike(first, last)
        )

    def _stands_once(self, run: Run, first: int, last: int) -> bool:
        """Say whether some window of the run round the mark is found once in either text."""
        old, new = self._links.old.code, self._links.new.code
        for width in WINDOWS:
            window = old[max(run.first, first - width) : min(run.last, last + width) + 1]
            if old.count(window) == 1 and new.count(window) == 1:
                return True
            if first - width <= run.first and run.last <= last + width:
                break
        return False

    def _has_witnesses(self, run: Run, first: int, last: int) -> bool:
        """Say whether the run reaches to words on both sides, or to enough on one side in the same paragraph.

        Words that stand once in either text are their own witness.
        """
        old = self._links.old
        is_open = old.words_in(run.first, first) < WITNESSES and run.first > 0
        is_open_after = old.words_in(last + 1, run.last + 1) < WITNESSES and run.last < len(old) - 1
        if not is_open and not is_open_after:
            return True
        words = old.code[first : last + 1]
        if old.code.count(words) == 1 and self._links.new.code.count(words) == 1:
            return True
        paragraph = self._paragraph_round(first, last)
        return (
            old.words_in(max(run.first, paragraph.start), first) >= WITNESSES
            or old.words_in(last + 1, min(run.last + 1, paragraph.stop)) >= WITNESSES
        )

    def _paragraph_round(self, first: int, last: int) -> range:
        old = self._links.old
        start, end = first, last + 1
        while start > 0 and "\n" not in old.tokens[start - 1] and first - start < REACH:
            start -= 1
        while end < len(old) and "\n" not in old.tokens[end] and end - last < REACH:
            end += 1
        return range(min(start, first), max(end, last + 1))

    def _keeps_rank(self, run: Run, first: int, last: int) -> bool:
        """Say whether repeated words have as many copies as before, ours is still the same one in order of
        appearance, and what stands round the run is still there.
        """
        old, new = self._links.old.code, self._links.new.code
        start, end = max(run.first, first - REACH), min(run.last, last + REACH) + 1
        window = old[start:end]
        if old.count(window) != new.count(window):
            return False
        if old.count(window, 0, end - 1) != new.count(window, 0, end - 1 + run.shift):
            return False
        return self._has_neighbour(run.first - 1, -1) and self._has_neighbour(run.last + 1, 1)

    def _has_neighbour(self, token: int, step: int) -> bool:
        links = self._links
        if not 0 <= token < len(links.old) or not links.free_old[token]:
            return True
        near = range(token, token + step * NEIGHBOURHOOD, step)
        return any(not 0 <= other < len(links.old) or links.pinned[other] for other in near)
