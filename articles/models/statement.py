"""Queries that Django writes once, PostgreSQL plans once, and that are answered as often as they are asked.

On the pages people open all day, building a queryset and compiling it to SQL takes Django five to ten times as long
as PostgreSQL takes to answer, and planning takes PostgreSQL longer than reading. The wording of such a query never
changes, only a few values in it do. So it is written as a queryset, from the same ``visible_*`` predicates as every
other, compiled the first time, prepared by the connection, and afterwards sent with the values alone.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Generic, ParamSpec, TypeVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.postgresql import base as postgresql
from django.db.models import AutoField, BigAutoField, Lookup, QuerySet
from django.db.models import query as querying
from psycopg.sql import Literal
from psycopg.types.json import Jsonb

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
    "list[str]": lambda number: [f"\x01value {number}\x01"],
}
# What PostgreSQL is told of a value's type: by itself psycopg would name the smallest integer that holds it, and each
# name makes another plan.
CASTS: Final[Mapping[str, str]] = {
    "int": "::bigint",
    "str": "",
    "UUID": "::uuid",
    "list[int]": "::bigint[]",
    "list[str]": "::varchar[]",
}
# The same query for many rows of arguments, which come as one JSON value however many they are. Their number is said,
# because PostgreSQL would plan for a hundred, and may think a plan that dear worth compiling.
TOGETHER: Final = (
    "SELECT asked.place, found.* FROM "
    "(SELECT * FROM jsonb_to_recordset(%%s) AS asked (place integer, %s) LIMIT %%s::bigint) AS asked "
    "CROSS JOIN LATERAL (%s) AS found"
)


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


@ArrayField.register_lookup
class HasAll(AnyLookup):
    """``keys__has_all=words``: ``__contains`` with one value for any number of words."""

    lookup_name = "has_all"
    prepare_rhs = False
    operator = "@>"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} {self.operator} %s", (*values, list(self.rhs))


@ArrayField.register_lookup
class HasAny(HasAll):
    """``keys__has_any=words``: ``__overlap`` with one value for any number of words."""

    lookup_name = "has_any"
    operator = "&&"


class _Written:
    """One wording: the SQL, which argument stands at each of its places, and what is made of the rows."""

    def __init__(self, queryset: QuerySet[Any, Any], values: _Values) -> None:
        compiler = queryset.query.get_compiler(connection=connection)
        sql, constants = compiler.as_sql()
        places = [_name_of(value, values.stand_ins) for value in constants]
        if lost := set(values.stand_ins) - set(places) - values.optional:
            raise ValueLost(", ".join(sorted(lost)))
        self.names = [name for name in places if name is not None]
        self.sql = _with_constants(sql, constants, [values.argument(name) for name in places])
        self.sql_together = TOGETHER % (
            ", ".join(f'"{name}" {kind}' for name, kind in values.columns.items()),
            _with_constants(sql, constants, [name and f'asked."{name}"' for name in places]),
        )
        self.convert = _conversion(compiler)
        self.make = _making(queryset, compiler)

    def answer(self, arguments: Mapping[str, Any]) -> list[Any]:
        return self.make(self.convert(_rows(self.sql, [arguments[name] for name in self.names])))

    def answer_together(self, asked: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
        answers: list[list[Any]] = [[] for _arguments in asked]
        numbered = [{"place": place, **arguments} for place, arguments in enumerate(asked)]
        rows = _rows(self.sql_together, [Jsonb(numbered, _json), len(numbered)])
        made = self.make(self.convert([row[1:] for row in rows]))
        for row, one in zip(rows, made, strict=True):
            answers[row[0]].append(one)
        return answers


class _Nothing:
    """A wording that no row can answer, such as the sources of somebody who may see none."""

    def answer(self, arguments: Mapping[str, Any]) -> list[Any]:
        return []

    def answer_together(self, asked: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
        return [[] for _arguments in asked]


class _Values:
    """What a function takes by position: the name and the type of each value."""

    def __init__(self, write: Callable[..., Any]) -> None:
        parameters = {
            name: parameter
            for name, parameter in inspect.signature(write).parameters.items()
            if parameter.kind is not inspect.Parameter.KEYWORD_ONLY
        }
        types = {name: parameter.annotation for name, parameter in parameters.items()}
        self.stand_ins = {name: STAND_INS[kind](number) for number, (name, kind) in enumerate(types.items(), 1)}
        self.casts = {name: CASTS[kind] for name, kind in types.items()}
        self.columns = {name: CASTS[kind].removeprefix("::") or "text" for name, kind in types.items()}
        self.defaults = {
            name: parameter.default
            for name, parameter in parameters.items()
            if parameter.default is not inspect.Parameter.empty
        }
        self.optional = frozenset(self.defaults)

    def argument(self, name: str | None) -> str | None:
        """What stands in the SQL for a value that is sent with it."""
        return name and f"%s{self.casts[name]}"

    def named(self, values: Sequence[Any]) -> dict[str, Any]:
        given = dict(zip(self.stand_ins, values, strict=False))
        return self.defaults | given if len(given) < len(self.stand_ins) else given


class WrittenOnce(Generic[Asked, Row]):
    """A query that is written once and answers as often as it is asked; see :func:`written_once`."""

    def __init__(self, write: Callable[Asked, QuerySet[Any, Row]]) -> None:
        self._write: Callable[..., QuerySet[Any, Row]] = write
        self._values = _Values(write)
        self._known: dict[Hashable, _Written | _Nothing] = {}

    def __call__(self, *args: Asked.args, **kwargs: Asked.kwargs) -> list[Row]:
        return self._worded(kwargs).answer(self._values.named(args))

    def together(self, asked: Sequence[Sequence[Any]], **wording: Any) -> list[list[Row]]:
        """The answers to several askings in one query, in their order.

        :param asked: the positional arguments of each.
        :param wording: the keyword-only ones, which all have in common.
        """
        if not asked:
            return []
        return self._worded(wording).answer_together([self._values.named(values) for values in asked])

    def _worded(self, kwargs: Mapping[str, Any]) -> _Written | _Nothing:
        wording = tuple(sorted(kwargs.items()))
        written = self._known.get(wording)
        if written is None:
            connection.ensure_connection()  # constants are quoted as its server wants them
            try:
                written = _Written(self._write(*self._values.stand_ins.values(), **kwargs), self._values)
            except EmptyResultSet:
                written = _Nothing()
            self._known[wording] = written
        return written


def written_once(write: Callable[Asked, QuerySet[Any, Row]]) -> WrittenOnce[Asked, Row]:
    """Turn a function that writes a queryset into one that answers with its rows: tuples of a ``values_list``, or
    instances with what ``select_related`` and ``annotate`` put beside them.

    Positional parameters are values: ``int``, ``str``, ``UUID``, ``list[int]`` (for ``__among``) or ``list[str]`` (for
    ``__has_all`` and ``__has_any``). They may only be handed on to the queryset, never looked at, because the function
    runs with stand-ins for them; a value with a default may be left out by some wordings. Keyword-only parameters
    decide the wording; each combination of them is written once.

    :raises ValueLost: when a value does not reach the SQL unchanged.
    """
    return WrittenOnce(write)


def _name_of(value: object, stand_ins: Mapping[str, Any]) -> str | None:
    """The argument that a value stands in for; None for a constant of the query."""
    for name, stand_in in stand_ins.items():
        # Django hands whole numbers on in types of psycopg's, which are kinds of int.
        if isinstance(value, type(stand_in)) and value == stand_in:
            return name
    return None


def _with_constants(sql: str, values: Sequence[Any], arguments: Sequence[str | None]) -> str:
    """The SQL with its constants written out, so that plans may count on them, and each argument in its place."""
    pieces = sql.split("%s")
    written = [pieces[0]]
    for value, argument, piece in zip(values, arguments, pieces[1:], strict=True):
        constant = argument is None and Literal(value).as_string(connection.connection).replace("%", "%%")
        written += [argument or str(constant), piece]
    return "".join(written)


def _json(asked: Any) -> str:
    return json.dumps(asked, default=str, ensure_ascii=False)


def _rows(sql: str, values: Sequence[Any]) -> Rows:
    with _cursor() as cursor:
        cursor.execute(sql, values)
        rows: Rows = cursor.fetchall()
    return rows


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
