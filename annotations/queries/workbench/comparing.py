"""Two revisions side by side: their words with the marks that stood on each, and what became of every mark between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from typing import TYPE_CHECKING

from annotations.queries.workbench.differences import pieces_of
from annotations.queries.workbench.marks import MOVED, ShownMark, ShownMarks, marks_of
from articles.anchoring.text import SEPARATOR, fold
from articles.models import AnchorState, CurrentAnchor, Revision

if TYPE_CHECKING:
    from articles.permissions import Person


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of one text, ``[start, end)`` in code points, and whether the other has them too."""

    start: int
    end: int
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph as it stands on both sides, empty where there is none; or how many unchanged ones are left out."""

    before: Sequence[Stretch] = ()
    after: Sequence[Stretch] = ()
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class ChangedMark:
    """A mark on both sides; None on the one on which it did not stand yet."""

    before: ShownMark | None
    after: ShownMark | None

    @property
    def mark(self) -> ShownMark:
        mark = self.after or self.before
        assert mark is not None
        return mark

    @property
    def words_before(self) -> str:
        return self.before.standing.exact if self.before and self.before.standing else ""

    @property
    def words_after(self) -> str:
        return self.after.standing.exact if self.after and self.after.standing else ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two revisions; ``marks`` by what became of them between the two."""

    before: Revision
    after: Revision
    rows: Sequence[Row]
    marks_before: ShownMarks
    marks_after: ShownMarks
    marks: dict[str, list[ChangedMark]]

    @property
    def counts(self) -> Counter[str]:
        return Counter({fate: len(marks) for fate, marks in self.marks.items()})


FATES = ("kept", "moved", "reworded", "back", "look", "lost", "made", "unmade")


def compare(before: Revision, after: Revision, person: Person) -> Comparison:
    """Two revisions of one article, in either order, with the marks that a person sees."""
    marks_before, marks_after = marks_of(before, person), marks_of(after, person)
    return Comparison(
        before=before,
        after=after,
        rows=list(_rows(before.text.split(SEPARATOR), after.text.split(SEPARATOR))),
        marks_before=marks_before,
        marks_after=marks_after,
        marks=_by_fate(marks_before, marks_after, _moved_between(before, after)),
    )


def _by_fate(before: ShownMarks, after: ShownMarks, moved: set[int]) -> dict[str, list[ChangedMark]]:
    then = {mark.standing.span: mark for mark in before if mark.standing is not None}
    now = {mark.standing.span: mark for mark in after if mark.standing is not None}
    found: dict[str, list[ChangedMark]] = {fate: [] for fate in FATES}
    for span in dict.fromkeys([*now, *then]):
        changed = ChangedMark(then.get(span), now.get(span))
        found[_fate(changed, span in moved)].append(changed)
    return found


def _fate(changed: ChangedMark, is_moved: bool) -> str:
    before, after = changed.before, changed.after
    if before is None or before.standing is None:
        return "made"
    if after is None or after.standing is None:
        return "unmade"
    if after.standing.fate in {"look", "lost"}:
        return after.standing.fate
    if before.standing.state != AnchorState.ANCHORED:
        return "back"
    if fold(before.standing.exact) != fold(after.standing.exact):
        return "reworded"
    return "moved" if is_moved else "kept"


def _moved_between(before: Revision, after: Revision) -> set[int]:
    """The spans that moved with their words at one of the revisions from one to the other."""
    first, last = sorted((before.number, after.number))
    moved = CurrentAnchor.objects.filter(
        revision__article=after.article_id,
        revision__number__gt=first,
        revision__number__lte=last,
        anchor__reason__in=MOVED,
    )
    return set(moved.values_list("span", flat=True))


def _rows(before: Sequence[str], after: Sequence[str]) -> Iterator[Row]:
    starts_before, starts_after = _starts(before), _starts(after)
    for what, first, last, new_first, new_last in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if what == "equal":
            yield Row(unchanged=last - first)
            continue
        for index in range(max(last - first, new_last - new_first)):
            old, new = before[first:last][index : index + 1], after[new_first:new_last][index : index + 1]
            pieces = [(piece.what, len(piece.words)) for piece in pieces_of(old, new)]
            yield Row(
                before=tuple(_stretches(pieces, "out", starts_before[first + index])) if old else (),
                after=tuple(_stretches(pieces, "in", starts_after[new_first + index])) if new else (),
            )


def _starts(paragraphs: Sequence[str]) -> list[int]:
    return list(accumulate((len(each) + len(SEPARATOR) for each in paragraphs), initial=0))


def _stretches(pieces: Sequence[tuple[str, int]], changed: str, start: int) -> Iterator[Stretch]:
    """The pieces of one side: what both have, and what this one has alone."""
    for what, length in pieces:
        if what in {"same", changed}:
            yield Stretch(start, start + length, what == changed)
            start += length
