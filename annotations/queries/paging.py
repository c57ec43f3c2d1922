"""Lists that are read a page at a time, at the same cost however long they are and however far one goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import F, Model, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

PAGE_SIZE = 50

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """A page of rows. ``after`` and ``before`` are the uids to go on from, empty where the list ends."""

    rows: list[Row]
    after: str
    before: str


def read_page(
    rows: QuerySet[Row], *, order: Sequence[str], after: str = "", before: str = "", size: int = PAGE_SIZE
) -> Page[Row]:
    """The rows that follow the one with the uid ``after``, or that lead up to ``before``.

    :param order: fields that make a unique order, all in one direction, as for ``order_by``; an index holds them.
        An unknown uid begins at the beginning, so that an old address still opens the list.
    """
    backwards = bool(before) and not after
    fields = [field.lstrip("-") for field in order]
    falling = order[0].startswith("-") != backwards
    place = _place_of(rows, after or before, fields)
    if place is not None:
        passed = TupleLessThan if falling else TupleGreaterThan
        rows = rows.filter(passed(Tuple(*map(F, fields)), place))
    found = list(rows.order_by(*(f"-{field}" if falling else field for field in fields))[: size + 1])
    is_more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_earlier, has_later = (is_more, place is not None) if backwards else (place is not None, is_more)
    return Page(
        found,
        after=_uid_of(found[-1]) if found and has_later else "",
        before=_uid_of(found[0]) if found and has_earlier else "",
    )


def first_page(found: list[Row], *, size: int = PAGE_SIZE) -> Page[Row]:
    """The beginning of a list, out of its first ``size`` rows and one more where there is one."""
    rows = found[:size]
    return Page(rows, after=_uid_of(rows[-1]) if len(found) > size else "", before="")


def _place_of(rows: QuerySet[Row], uid: str, fields: Sequence[str]) -> tuple[Any, ...] | None:
    """Where a row stands in the order; None when no row has that uid."""
    try:
        return rows.model._base_manager.filter(uid=UUID(uid)).values_list(*fields).first() if uid else None
    except ValueError:
        return None


def _uid_of(row: Any) -> str:
    return str(row.uid)
