"""What people who only read are told: the text and what the desk has said of it, nothing of what it is working on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from annotations.queries.marks import ShownClaim, ShownMark, ShownMarks
from annotations.queries.verdicts import as_read
from annotations.queries.workbench import Workbench
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

    Left out are suggestions, bias tags, marks that need a look or have no place, and claims without a verdict of the
    desk; of a verdict, whatever has become doubtful since.
    """
    marks = ShownMarks(
        quotes=_settled(bench.marks.quotes),
        claims=[_as_read(claim) for claim in _settled(bench.marks.claims) if claim.verdict.is_desk],
        tags=(),
    )
    selected = marks.find(bench.selected.uid_text) if bench.selected else None
    return replace(bench, marks=marks, opinions=(), evidence={}, selected=selected)


def _settled(marks: Iterable[AnyMark]) -> list[AnyMark]:
    return [mark for mark in marks if not mark.is_suggested and mark.standing and mark.standing.fate in SETTLED]


def _as_read(claim: ShownClaim) -> ShownClaim:
    return replace(claim, verdict=as_read(claim.verdict))
