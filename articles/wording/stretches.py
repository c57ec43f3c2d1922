"""The difference of two texts for people to read: what both have, what one has more, in the order of ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from articles.wording.runs import Run
from articles.wording.words import Words


class What(StrEnum):
    """Whether words stand in both texts, in ours alone, or in theirs alone."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some text and where it stands: code points, half-open; None where it does not stand.

    ``words`` is the text as ours has it, of what is removed as theirs has it. ``is_marked`` says that an editor's mark
    admits the difference: an ellipsis stands for the removed words, or the added ones stand in square brackets.
    """

    what: What
    words: str
    ours: tuple[int, int] | None
    theirs: tuple[int, int] | None
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between two runs: words of ours and of theirs (indices, half-open), and whether a mark admits it."""

    ours: tuple[int, int]
    theirs: tuple[int, int]
    is_marked: bool


def draw(ours: Words, theirs: Words, runs: Sequence[Run], gaps: Sequence[Gap]) -> tuple[Stretch, ...]:
    """Stretches that cover the whole of our text, and of theirs what the gaps name.

    :param gaps: what stands before each run and, last, after all of them: one more than there are runs.
    """
    return tuple(_merged(_drawn(ours, theirs, runs, gaps)))


def _drawn(ours: Words, theirs: Words, runs: Sequence[Run], gaps: Sequence[Gap]) -> Iterator[Stretch]:
    for gap, run in zip(gaps, [*runs, None], strict=True):
        yield from _of_gap(ours, theirs, gap)
        if run is not None:
            here = (ours.starts[run.ours], _end(ours, run.ours_end))
            there = (theirs.starts[run.theirs], theirs.ends[run.theirs_end - 1])
            yield Stretch(What.KEPT, ours.text[slice(*here)], here, there)


def _of_gap(ours: Words, theirs: Words, gap: Gap) -> Iterator[Stretch]:
    first, last = gap.theirs
    if first < last:
        there = (theirs.starts[first], _start(theirs, last) if last < len(theirs) else theirs.ends[-1])
        yield Stretch(What.REMOVED, theirs.text[slice(*there)], None, there, gap.is_marked)
    first, last = gap.ours
    here = (_end(ours, first) if first else 0, _start(ours, last))
    if here[0] < here[1]:
        # Opening marks before the first word are nothing that was added.
        is_added = first < last or any(here[0] <= start < here[1] for _, start, _ in ours.inserted)
        what = What.ADDED if is_added else What.KEPT
        yield Stretch(what, ours.text[slice(*here)], here, None, is_added and gap.is_marked)


def _start(words: Words, index: int) -> int:
    """Where a word begins; the end of the text after the last one."""
    return words.starts[index] if index < len(words) else len(words.text)


def _end(words: Words, index: int) -> int:
    """Where the words before ``index`` end, with the marks and spaces after them but without what is in brackets."""
    bracketed = [start for at, start, _ in words.inserted if at == index]
    return min([_start(words, index), *bracketed])


def _merged(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    """Neighbours of one kind as one; two removals stay apart, because others stand between them."""
    last: Stretch | None = None
    for stretch in stretches:
        if last is None:
            last = stretch
        elif (last.what, last.is_marked) == (stretch.what, stretch.is_marked) and stretch.what != What.REMOVED:
            last = _joined(last, stretch)
        else:
            yield last
            last = stretch
    if last is not None:
        yield last


def _joined(one: Stretch, other: Stretch) -> Stretch:
    here = (one.ours or (0, 0))[0], (other.ours or (0, 0))[1]
    places = [place for place in (one.theirs, other.theirs) if place is not None]
    there = (min(place[0] for place in places), max(place[1] for place in places)) if places else None
    return Stretch(one.what, one.words + other.words, here, there, one.is_marked)
