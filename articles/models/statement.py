"""Queries that Django writes once, PostgreSQL plans once, and that are answered as often as they are asked.

On the pages people open all day, building a queryset and compiling it to SQL takes Django five to ten times as long
as PostgreSQL takes to answer, and planning takes PostgreSQL longer than reading. The wording of such a query never
changes, only a few values in it do. So it is written as a queryset, from the same ``visible_*`` predicates as every
other, compiled the first time, prepared by the connection, and afterwards sent with the values alone.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import wraps
from itertools import count
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.postgresql import base as postgresql
from django.db.models import AutoField, BigAutoField, Lookup, QuerySet
from django.db.models import query as querying
from psycopg.sql import Literal

if TYPE_CHECKING:
    AnyLookup = Lookup[Any]
else:
    AnyLookup = Lookup

Asked = ParamSpec("Asked")
Row = TypeVar("Row")
Rows = Sequence[Sequence[Any]]

# Stand-ins of each type, told apart by number. No row has a negative key or such a uid, so none is taken for another.
STAND_INS: Final[Mapping[str, Callable[[int], Any]]] = {
    "int": lambda number: -7_000_000 - number,
    "str": lambda number: f"\x01value {number}\x01",
    "UUID": lambda number: UUID(int=number),
    "list[int]": lambda number: [-7_000_000 - number],
}
# What PostgreSQL is told of a value's type: by itself psycopg would name the smallest integer that holds it, and each
# name makes another plan.
CASTS: Final[Mapping[str, str]] = {"int": "::bigint", "str": "", "UUID": "::uuid", "list[int]": "::bigint[]"}


# The type stubs are of another Django, in which these take other arguments.
PreparingCursor: Any = postgresql.ServerBindingCursor
POPULATORS: Any = querying.get_related_populators


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
    """One wording: the SQL, which argument stands at each of its places, and what is made of the rows."""

    def __init__(self, queryset: QuerySet[Any, Any], stand_ins: Mapping[str, Any], casts: Mapping[str, str]) -> None:
        compiler = queryset.query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        self.places = [_name_of(value, stand_ins) for value in values]
        if lost := set(stand_ins) - set(self.places):
            raise ValueLost(", ".join(sorted(lost)))
        self.sql = _with_constants(sql, values, self.places, casts)
        self.names = [name for name in self.places if name is not None]
        self.convert = _conversion(compiler)
        self.make = _making(queryset, compiler)

    def answer(self, arguments: Mapping[str, Any]) -> list[Any]:
        with _cursor() as cursor:
            cursor.execute(self.sql, [arguments[name] for name in self.names])
            rows = cursor.fetchall()
        return self.make(self.convert(rows))


class _Nothing:
    """A wording that no row can answer, such as the sources of somebody who may see none."""

    def answer(self, arguments: Mapping[str, Any]) -> list[Any]:
        return []


def written_once(write: Callable[Asked, QuerySet[Any, Row]]) -> Callable[Asked, list[Row]]:
    """Turn a function that writes a queryset into one that answers with its rows: tuples of a ``values_list``, or
    instances with what ``select_related`` and ``annotate`` put beside them.

    Positional parameters are values: ``int``, ``str``, ``UUID`` or ``list[int]`` (for ``__among``). They may only be
    handed on to the queryset, never looked at, because the function runs with stand-ins for them. Keyword-only
    parameters decide the wording; each combination of them is written once.

    :raises ValueLost: when a value does not reach the SQL unchanged.
    """
    signature = inspect.signature(write)
    number = count(1)
    types = {
        name: parameter.annotation
        for name, parameter in signature.parameters.items()
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY
    }
    stand_ins = {name: STAND_INS[kind](next(number)) for name, kind in types.items()}
    casts = {name: CASTS[kind] for name, kind in types.items()}
    known: dict[Hashable, _Written | _Nothing] = {}

    @wraps(write)
    def answer(*args: Asked.args, **kwargs: Asked.kwargs) -> list[Row]:
        wording = tuple(sorted(kwargs.items()))
        written = known.get(wording)
        if written is None:
            written = known[wording] = _write(write(*stand_ins.values(), **kwargs), stand_ins, casts)
        return written.answer(dict(zip(stand_ins, args, strict=True)))

    return answer


def _write(queryset: QuerySet[Any, Any], stand_ins: Mapping[str, Any], casts: Mapping[str, str]) -> _Written | _Nothing:
    connection.ensure_connection()  # constants are quoted as its server wants them
    try:
        return _Written(queryset, stand_ins, casts)
    except EmptyResultSet:
        return _Nothing()


def _name_of(value: object, stand_ins: Mapping[str, Any]) -> str | None:
    """The argument that a value stands in for; None for a constant of the query."""
    for name, stand_in in stand_ins.items():
        # Django hands whole numbers on in types of psycopg's, which are kinds of int.
        if isinstance(value, type(stand_in)) and value == stand_in:
            return name
    return None


def _with_constants(sql: str, values: Sequence[Any], places: Sequence[str | None], casts: Mapping[str, str]) -> str:
    """The SQL with its constants written out, so that plans may count on them, and a typed place for each argument."""
    pieces = sql.split("%s")
    written = [pieces[0]]
    for value, name, piece in zip(values, places, pieces[1:], strict=True):
        if name is None:
            written.append(Literal(value).as_string(connection.connection).replace("%", "%%"))
        else:
            written.append("%s" + casts[name])
        written.append(piece)
    return "".join(written)


def _cursor() -> Any:
    """A cursor that sends values apart from the SQL, so that psycopg has the statement prepared when it comes back
    (``prepare_threshold`` in the settings)."""
    database: Any = connection  # what Django's own cursor() does, with another class of cursor
    database.close_if_health_check_failed()
    database.ensure_connection()
    return database._prepare_cursor(PreparingCursor(database.connection))


def _conversion(compiler: Any) -> Callable[[Rows], Rows]:
    """Turns what psycopg read into what Django's fields know, in the columns where the two differ."""
    converters = compiler.get_converters([selected[0] for selected in compiler.select])
    if not converters:
        return lambda rows: rows

    def convert(rows: Rows) -> Rows:
        converted = [list(row) for row in rows]
        for column, (functions, expression) in converters.items():
            for row in converted:
                for function in functions:
                    row[column] = function(row[column], expression, connection)
        return [tuple(row) for row in converted]

    return convert


def _making(queryset: QuerySet[Any, Any], compiler: Any) -> Callable[[Rows], list[Any]]:
    """Makes what the queryset would have answered with: rows as they are, or instances as ``ModelIterable`` does."""
    if queryset._iterable_class is not querying.ModelIterable:
        return list
    selected, chosen = compiler.select, compiler.klass_info
    columns = slice(chosen["select_fields"][0], chosen["select_fields"][-1] + 1)
    names = [expression.target.attname for expression, _sql, _alias in selected[columns]]
    populators = POPULATORS(chosen, selected, connection.alias)
    annotated = list(compiler.annotation_col_map.items())

    def make(row: Sequence[Any]) -> Any:
        instance = chosen["model"].from_db(connection.alias, names, row[columns])
        for populator in populators:
            populator.populate(row, instance)
        for name, column in annotated:
            setattr(instance, name, row[column])
        return instance

    return lambda rows: [make(row) for row in rows]
