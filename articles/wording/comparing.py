"""What became of words between two texts that report them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from articles.wording.runs import FEWEST_WORDS_MOVED, MOST_CUT, MOST_DROPPED, Run, shared_runs
from articles.wording.stretches import Gap, Stretch, draw
from articles.wording.words import Mark, Words

# Texts that share less than this of the shorter one's words only sound alike.
ENOUGH_SHARED = 0.6
# Two people use the same turns of phrase: words are one's given to the other when nearly all of them are the same.
ENOUGH_OF_ANOTHER = 0.8
FEWEST_OF_ANOTHER = 6
# Fewer words than this in common are too few where they are not half of the longer text.
FEWEST_SHARED = 4
# Between two places that were stitched together so many words of somebody else's may join them.
MOST_JOINING = 2


class Finding(StrEnum):
    """What a comparison found, the most serious first."""

    OTHER_PERSON = "other_person"
    ALTERED = "altered"
    STITCHED = "stitched"
    TRUNCATED = "truncated"
    RENDERING = "rendering"
    IDENTICAL = "identical"
    UNRELATED = "unrelated"


SERIOUSNESS = {finding: rank for rank, finding in enumerate(Finding)}


class Cut(StrEnum):
    """Which of two texts has less of the words than the other."""

    NEITHER = ""
    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts compared word by word.

    ``became`` says what became of the words, whoever said them; ``finding`` is the same, or that they are given to
    another person. ``likeness`` is the share of the shorter text's words that stand in both, from 0 to 1.
    ``stretches`` cover our text and what theirs has besides; ``place`` is where their text reports the words: code
    points, half-open. ``is_marked`` says that an ellipsis or square brackets admit a difference.
    """

    finding: Finding
    became: Finding
    likeness: float = 0.0
    cut: Cut = Cut.NEITHER
    is_marked: bool = False
    place: tuple[int, int] = (0, 0)
    stretches: tuple[Stretch, ...] = ()


def compare(
    ours: str | Words,
    theirs: str,
    *,
    is_passage: bool = False,
    is_translation: bool = False,
    is_other_person: bool = False,
) -> Comparison:
    """Compare words that we report with words that somebody else reports.

    :param ours: read already where it is compared with many.
    :param is_passage: theirs is a text in which the words stand among others, so what is around them is not cut.
    :param is_translation: one of the two is a translation: words that differ are another rendering, never altered.
    :param is_other_person: the two name different people.
    """
    aligned = _align(ours, theirs, is_passage=is_passage)
    if aligned is None or not aligned.is_related:
        return Comparison(Finding.UNRELATED, Finding.UNRELATED)
    became = aligned.became
    if is_translation and became in {Finding.ALTERED, Finding.STITCHED}:
        became = Finding.RENDERING
    finding = Finding.OTHER_PERSON if is_other_person else became
    if is_other_person and not aligned.is_telling:
        finding = became = Finding.UNRELATED
    return Comparison(
        finding=finding,
        became=became,
        likeness=aligned.likeness,
        cut=aligned.cut,
        is_marked=aligned.is_marked,
        place=aligned.place,
        stretches=draw(aligned.ours, aligned.theirs, aligned.runs, aligned.gaps),
    )


@dataclass(slots=True)
class _Aligned:
    """Two texts with the runs they share, and what is to be said of all that lies between the runs."""

    ours: Words
    theirs: Words
    runs: Sequence[Run]
    is_passage: bool
    gaps: list[Gap] = field(default_factory=list)
    changed: int = 0
    is_stitched: bool = False
    is_marked: bool = False
    cut_ours: bool = False
    cut_theirs: bool = False

    def __post_init__(self) -> None:
        first, last = self.runs[0], self.runs[-1]
        lowest, highest = min(run.theirs for run in self.runs), max(run.theirs_end for run in self.runs)
        before = (first.theirs, first.theirs) if self.is_passage else (0, lowest)
        after = (last.theirs_end, last.theirs_end) if self.is_passage else (highest, len(self.theirs))
        self._add_end((0, first.ours), before)
        for one, other in pairwise(self.runs):
            self._add_between(one, other)
        self._add_end((last.ours_end, len(self.ours)), after)

    @property
    def shared(self) -> int:
        return sum(run.length for run in self.runs)

    @property
    def shorter(self) -> int:
        return len(self.ours) if self.is_passage else min(len(self.ours), len(self.theirs))

    @property
    def likeness(self) -> float:
        return self.shared / self.shorter

    @property
    def is_related(self) -> bool:
        longer = len(self.ours) if self.is_passage else max(len(self.ours), len(self.theirs))
        is_enough = self.shared >= FEWEST_SHARED or 2 * self.shared >= longer
        return self.likeness >= ENOUGH_SHARED and is_enough

    @property
    def is_telling(self) -> bool:
        """Whether so much is the same that two people hardly said it independently."""
        if self.became == Finding.IDENTICAL:
            return self.shared >= FEWEST_SHARED
        return self.shared >= FEWEST_OF_ANOTHER and self.likeness >= ENOUGH_OF_ANOTHER

    @property
    def became(self) -> Finding:
        if self.changed:
            return Finding.ALTERED
        if self.is_stitched:
            return Finding.STITCHED
        return Finding.TRUNCATED if self.cut_ours or self.cut_theirs else Finding.IDENTICAL

    @property
    def cut(self) -> Cut:
        if self.cut_ours and self.cut_theirs:
            return Cut.BOTH
        if self.cut_ours:
            return Cut.OURS
        return Cut.THEIRS if self.cut_theirs else Cut.NEITHER

    @property
    def place(self) -> tuple[int, int]:
        first, last = min(run.theirs for run in self.runs), max(run.theirs_end for run in self.runs)
        return self.theirs.starts[first], self.theirs.ends[last - 1]

    def _add_end(self, here: tuple[int, int], there: tuple[int, int]) -> None:
        """What one text has before the first or after the last shared words: the other one is cut there."""
        more, less = here[1] - here[0], there[1] - there[0]
        if more and (less or self.is_passage):
            is_marked = self._admit(here, there)
            self.changed += 0 if is_marked else more + less
        else:
            is_marked = self._is_marked(here, there, Mark.GAP) or self._is_marked(here, there, Mark.INSERTION)
            is_replaced = self._is_marked(here, there, Mark.INSERTION) and max(more, less) <= MOST_DROPPED
            self.is_marked |= is_marked and bool(more or less or self._is_marked(here, there, Mark.INSERTION))
            self.cut_ours |= bool(less) and not is_replaced
            self.cut_theirs |= bool(more) and not is_replaced
        self.gaps.append(Gap(here, there, is_marked))

    def _add_between(self, one: Run, other: Run) -> None:
        here, there = (one.ours_end, other.ours), (one.theirs_end, other.theirs)
        if there[0] > there[1]:
            self._add_jump(one, here)
            return
        more, less = here[1] - here[0], there[1] - there[0]
        is_far = max(more, less) - min(more, less) > MOST_DROPPED and min(more, less) <= MOST_JOINING
        is_long = min(one.length, other.length) >= FEWEST_WORDS_MOVED
        is_marked = self._admit(here, there)
        if not is_marked and is_far and is_long:
            self.is_stitched = True
        elif not is_marked:
            self.changed += more + less
        self.gaps.append(Gap(here, there, is_marked))

    def _add_jump(self, one: Run, here: tuple[int, int]) -> None:
        """The next words stand further up in the other text, which only two places put together can explain."""
        self.is_stitched = True
        if not self._is_tight:
            self.changed += here[1] - here[0] + 1
        self.gaps.append(Gap(here, (one.theirs_end, one.theirs_end), is_marked=False))

    @property
    def _is_tight(self) -> bool:
        """Whether one of the two texts is made of the runs alone, whatever their order in the other."""
        in_theirs = sorted(self.runs, key=lambda run: run.theirs)
        between_ours = max(other.ours - one.ours_end for one, other in pairwise(self.runs))
        between_theirs = max(other.theirs - one.theirs_end for one, other in pairwise(in_theirs))
        return min(between_ours, between_theirs) <= MOST_JOINING

    def _admit(self, here: tuple[int, int], there: tuple[int, int]) -> bool:
        """Whether an editor's marks say that words were left out or put in here, on the side that lacks them."""
        ours_lack, theirs_lack = there[1] - there[0], here[1] - here[0]
        if ours_lack and theirs_lack:
            return False
        in_ours, in_theirs = self._marks_of(self.ours, here), self._marks_of(self.theirs, there)
        marks, lacking = (in_ours, ours_lack) if ours_lack else (in_theirs, theirs_lack)
        if not lacking:
            self.is_marked |= Mark.INSERTION in in_ours | in_theirs
            return True
        if Mark.INSERTION in marks and lacking <= MOST_DROPPED:
            self.is_marked = True
            return True
        if not marks or lacking > MOST_CUT:
            return False
        self.is_marked = True
        self.cut_ours |= bool(ours_lack)
        self.cut_theirs |= bool(theirs_lack)
        return True

    def _is_marked(self, here: tuple[int, int], there: tuple[int, int], mark: Mark) -> bool:
        return mark in self._marks_of(self.ours, here) or mark in self._marks_of(self.theirs, there)

    @staticmethod
    def _marks_of(words: Words, place: tuple[int, int]) -> set[Mark]:
        return {mark for index in range(place[0], place[1] + 1) for mark in words.marks.get(index, ())}


def _align(ours: str | Words, theirs: str, *, is_passage: bool) -> _Aligned | None:
    """Find the runs, the shorter text first, so that both orders find the same ones; None when nothing is shared."""
    left, right = ours if isinstance(ours, Words) else Words.of(ours), Words.of(theirs)
    left, right = left.spelled_like(set(right.folded)), right.spelled_like(set(left.folded))
    if not _may_be_related(left, right, is_passage=is_passage):
        return None
    if left.folded == right.folded:
        runs = [Run(0, 0, len(left))] if left.folded else []
    elif (len(left), left.folded) <= (len(right), right.folded):
        runs = shared_runs(left, right)
    else:
        runs = sorted(Run(run.theirs, run.ours, run.length) for run in shared_runs(right, left))
    return _Aligned(left, right, list(_cut_at_marks(left, right, runs)), is_passage) if runs else None


def _may_be_related(ours: Words, theirs: Words, *, is_passage: bool) -> bool:
    """Whether enough words of the shorter text stand anywhere in the other one; most of what is met ends here."""
    shorter, longer = (ours, theirs) if is_passage or len(ours) <= len(theirs) else (theirs, ours)
    known = set(longer.folded)
    return sum(word in known for word in shorter.folded) >= ENOUGH_SHARED * len(shorter)


def _cut_at_marks(ours: Words, theirs: Words, runs: Sequence[Run]) -> Iterator[Run]:
    """The runs, cut where square brackets stand in one of the texts between words that both have."""
    inserted_ours, inserted_theirs = ({at for at, _, _ in words.inserted} for words in (ours, theirs))
    for run in runs:
        first = 0
        for step in range(1, run.length + 1):
            is_cut = run.ours + step in inserted_ours or run.theirs + step in inserted_theirs
            if is_cut or step == run.length:
                yield Run(run.ours + first, run.theirs + first, step - first)
                first = step
