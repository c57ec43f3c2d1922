"""What people who only read are told: the text and what the desk has said of it, nothing of what it is working on.

Where the rights do not let the whole text out they read the marked words with one sentence on either side.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from annotations.queries.checking.verdicts import as_read
from annotations.queries.workbench.comments import Talk
from annotations.queries.workbench.marks import ShownClaim, ShownMark, ShownMarks
from annotations.queries.workbench.page import Paragraph, Workbench
from articles.permissions import WORKING, roles_of

if TYPE_CHECKING:
    from articles.permissions import Person

AnyMark = TypeVar("AnyMark", bound=ShownMark)
SETTLED = frozenset({"kept", "moved"})


def works_here(person: Person) -> bool:
    """Whether a person sees how the desk works, not only what it says."""
    return bool(roles_of(person) & WORKING)


def bench_as_read(bench: Workbench) -> Workbench:
    """The same text with the marks a reader may see.

    Left out are suggestions, bias tags, quotes that need a look or have no place, and claims without a verdict of the
    desk. A claim whose words need a look keeps its verdict, which says so, and is not drawn in the text.
    """
    marks = ShownMarks(
        quotes=_settled(bench.marks.quotes),
        claims=[_as_read(claim) for claim in bench.marks.claims if claim.verdict.is_desk and not claim.is_suggested],
        tags=(),
    )
    selected = marks.find(bench.selected.uid_text) if bench.selected else None
    return replace(bench, marks=marks, opinions=(), evidence={}, selected=selected, talk=Talk())


def bench_in_extracts(bench: Workbench) -> Workbench:
    """The same marks over the headline and their own sentences with one on either side; nothing else of the text."""
    shown: set[int] = set()
    for mark in bench.placed:
        under = bench.sentences_under(mark.start or 0, mark.end or 0)
        shown.update(range(under.start - 1, under.stop + 1))
    extracts = replace(bench)
    extracts.paragraphs = [
        part
        for number, paragraph in enumerate(bench.paragraphs)
        for part in ([paragraph] if number == 0 else _parts_of(paragraph, bench, shown))
    ]
    return extracts


def _parts_of(paragraph: Paragraph, bench: Workbench, shown: Collection[int]) -> Iterator[Paragraph]:
    """The stretches of a paragraph whose sentences are ``shown``. Links and emphasis are left with the whole text."""
    inside = [index for index in range(paragraph.first_sentence, paragraph.last_sentence) if index in shown]
    for first, last in _runs(inside):
        start, end = bench.sentences[first][0], bench.sentences[last][1]
        yield replace(paragraph, start=start, end=end, first_sentence=first, last_sentence=last + 1, formats=())


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Ascending numbers as runs without gaps, each by its first and last: 1 2 3 7 is (1, 3), (7, 7)."""
    for _gap, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _position, number in run]
        yield members[0], members[-1]


def _settled(marks: Iterable[AnyMark]) -> list[AnyMark]:
    return [mark for mark in marks if not mark.is_suggested and mark.standing and mark.standing.fate in SETTLED]


def _as_read(claim: ShownClaim) -> ShownClaim:
    standing = claim.standing
    if standing is not None and standing.fate not in SETTLED:
        standing = replace(standing, start=None, end=None)
    return replace(claim, standing=standing, verdict=as_read(claim.verdict))
