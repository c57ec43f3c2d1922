"""Queries that Django writes once and PostgreSQL answers as often as they are asked.

On the pages people open all day, building a queryset and compiling it to SQL takes Django five to ten times as long
as PostgreSQL takes to answer. The wording of such a query never changes, only a few values in it do. So it is written
as a queryset, from the same ``visible_*`` predicates as every other, compiled the first time, and afterwards sent
with the values put in.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Hashable, Mapping
from functools import wraps
from itertools import count
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import AutoField, BigAutoField, Lookup, QuerySet

if TYPE_CHECKING:
    AnyLookup = Lookup[Any]
else:
    AnyLookup = Lookup

Asked = ParamSpec("Asked")
Row = TypeVar("Row")

# Stand-ins of each type, told apart by number. No row has a negative key or such a uid, so none is taken for another.
STAND_INS: Final[Mapping[str, Callable[[int], Any]]] = {
    "int": lambda number: -7_000_000 - number,
    "str": lambda number: f"\x01value {number}\x01",
    "UUID": lambda number: UUID(int=number),
    "list[int]": lambda number: [-7_000_000 - number],
}


class ValueLost(Exception):
    """A value of the query stands nowhere in the SQL that Django made of it, so it could not be put in."""


@AutoField.register_lookup
@BigAutoField.register_lookup
class Among(AnyLookup):
    """``pk__among=keys``: one value for any number of keys, where ``__in`` writes another query for each number."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*values, list(self.rhs))


class _Written:
    """One wording: the SQL, its values, and which of them each argument replaces."""

    def __init__(self, queryset: QuerySet[Any, Any], stand_ins: Mapping[str, Any]) -> None:
        compiler = queryset.query.get_compiler(connection=connection)
        self.sql, values = compiler.as_sql()
        self.values = list(values)
        self.places = {name: self._places_of(name, stand_in) for name, stand_in in stand_ins.items()}
        self.converters = {
            column: (converters, expression)
            for column, (converters, expression) in compiler.get_converters(
                [selected[0] for selected in compiler.select]
            ).items()
        }

    def _places_of(self, name: str, stand_in: Any) -> list[int]:
        places = [place for place, value in enumerate(self.values) if _is(value, stand_in)]
        if not places:
            raise ValueLost(name)
        return places

    def answer(self, arguments: Mapping[str, Any]) -> list[Any]:
        values = list(self.values)
        for name, places in self.places.items():
            for place in places:
                values[place] = arguments[name]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            rows = cursor.fetchall()
        return self._converted(rows) if self.converters else rows

    def _converted(self, rows: list[Any]) -> list[Any]:
        converted = [list(row) for row in rows]
        for column, (converters, expression) in self.converters.items():
            for row in converted:
                for convert in converters:
                    row[column] = convert(row[column], expression, connection)
        return [tuple(row) for row in converted]


class _Nothing:
    """A wording that no row can answer, such as the sources of somebody who may see none."""

    def answer(self, arguments: Mapping[str, Any]) -> list[Any]:
        return []


def written_once(write: Callable[Asked, QuerySet[Any, Row]]) -> Callable[Asked, list[Row]]:
    """Turn a function that writes a ``values_list`` queryset into one that answers with its rows.

    Positional parameters are values: ``int``, ``str``, ``UUID`` or ``list[int]`` (for ``__among``). They may only be
    handed on to the queryset, never looked at, because the function runs with stand-ins for them. Keyword-only
    parameters decide the wording; each combination of them is written once.

    :raises ValueLost: when a value does not reach the SQL unchanged.
    """
    signature = inspect.signature(write)
    number = count(1)
    stand_ins = {
        name: STAND_INS[parameter.annotation](next(number))
        for name, parameter in signature.parameters.items()
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY
    }
    known: dict[Hashable, _Written | _Nothing] = {}

    @wraps(write)
    def answer(*args: Asked.args, **kwargs: Asked.kwargs) -> list[Row]:
        wording = tuple(sorted(kwargs.items()))
        written = known.get(wording)
        if written is None:
            written = known[wording] = _write(write(*stand_ins.values(), **kwargs), stand_ins)
        return written.answer(dict(zip(stand_ins, args, strict=True)))

    return answer


def _write(queryset: QuerySet[Any, Any], stand_ins: Mapping[str, Any]) -> _Written | _Nothing:
    try:
        return _Written(queryset, stand_ins)
    except EmptyResultSet:
        return _Nothing()


def _is(value: object, stand_in: object) -> bool:
    return type(value) is type(stand_in) and value == stand_in
