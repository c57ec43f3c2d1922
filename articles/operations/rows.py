"""Many rows at once: COPY into a table, with every constraint and trigger of the table in force."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from django.db import connection, models

NULL = "\\N"
# In characters: about as much as the system takes over at once.
SENT_AT_ONCE = 128 * 1024
# The bits of a byte that say what kind of uid it is in (RFC 9562, sections 4.1 and 4.2).
VERSION_4 = bytes(byte & 0x0F | 0x40 for byte in range(256))
VARIANT = bytes(byte & 0x3F | 0x80 for byte in range(256))


class Rows:
    """Rows of one model on their way into its table, in the text format of COPY (PostgreSQL, "COPY", File Formats).

    A context: rows are sent while further ones are made, so that the database works meanwhile, and are in at its end.
    Nothing else can be asked of the database within it. Where a value does not fit or a row breaks a law, it ends with
    ``django.db.DataError`` or ``django.db.IntegrityError``.

    :param varying: the attributes that differ from row to row. Every other column takes its value from ``shared``,
        else the model's default, so that rows written here and rows saved one by one are alike.
    """

    def __init__(self, model: type[models.Model], *varying: str, **shared: Any) -> None:
        fields = {field.attname: field for field in model._meta.concrete_fields if not field.generated}
        alike = [field for name, field in fields.items() if name not in varying and not _is_counted(field)]
        unknown = {*varying, *shared} - fields.keys()
        if unknown:
            raise TypeError(f"no columns of {model.__name__}: {', '.join(sorted(unknown))}")
        self._table = model._meta.db_table
        self._columns = [*(fields[name].column for name in varying), *(field.column for field in alike)]
        self._end = "".join(f"\t{_coded_for(field, shared)}" for field in alike) + "\n"
        self._lines: list[str] = []
        self._length = 0
        self._copying = ExitStack()
        self._copy: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: Any) -> None:
        if self._lines and error[0] is None:
            self._send()
        self._copying.__exit__(*error)

    def add(self, *values: str) -> None:
        """Add a row; ``values`` are of the varying attributes in their order, each as :func:`coded` gives it."""
        line = "\t".join(values) + self._end
        self._lines.append(line)
        self._length += len(line)
        if self._length > SENT_AT_ONCE:
            self._send()

    def _send(self) -> None:
        if self._copy is None:
            columns = ", ".join(f'"{column}"' for column in self._columns)
            cursor = self._copying.enter_context(connection.cursor())
            # Django leaves errors of COPY as the driver raises them.
            self._copying.enter_context(connection.wrap_database_errors)
            self._copy = self._copying.enter_context(cursor.copy(f'COPY "{self._table}" ({columns}) FROM STDIN'))
        self._copy.write("".join(self._lines))
        self._lines.clear()
        self._length = 0


def state_that_no_law_is_lifted() -> None:
    """Say for this transaction that every trigger holds.

    Triggers of django-pgtrigger ask for the list of those that are lifted. Where nobody has set it the question fails,
    and catching that failure costs a subtransaction for every row: ten times as much as all else that is checked.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL pgtrigger.ignore = '{}'")


def coded(value: Any) -> str:
    """A value as COPY reads it."""
    if value is None:
        return NULL
    if isinstance(value, str):
        # What is printable holds no tab and no line break.
        return value if value.isprintable() and "\\" not in value else _escaped(value)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"\\\\x{value.hex()}"
    if isinstance(value, list):
        return _escaped(_array(value))
    if isinstance(value, int | float | UUID):
        return str(value)
    raise TypeError(f"no column holds a {type(value).__name__}")


def coded_json(value: object) -> str:
    """A value of a JSON column as COPY reads it."""
    return _escaped(json.dumps(value, ensure_ascii=False))


def next_keys(wanted: Sequence[tuple[type[models.Model], int]]) -> list[list[int]]:
    """So many keys of each table, taken in advance in one question because rows name each other."""
    asked = ", ".join(
        # The sequence is looked up once, not for each key.
        ["ARRAY(SELECT nextval((SELECT pg_get_serial_sequence(%s, 'id')::regclass)) FROM generate_series(1, %s))"]
        * len(wanted)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}", [part for model, count in wanted for part in (model._meta.db_table, count)])
        return list(cursor.fetchone())


def new_uids(count: int) -> list[str]:
    """Random uids (RFC 9562, version 4), drawn together because asking for each one costs more than making it."""
    drawn = bytearray(os.urandom(16 * count))
    drawn[6::16] = drawn[6::16].translate(VERSION_4)
    drawn[8::16] = drawn[8::16].translate(VARIANT)
    written = drawn.hex()
    return [written[first : first + 32] for first in range(0, len(written), 32)]


def _is_counted(field: models.Field[Any, Any]) -> bool:
    """Whether the database counts the column itself."""
    return isinstance(field, models.AutoField)


def _coded_for(field: models.Field[Any, Any], shared: dict[str, Any]) -> str:
    value = shared[field.attname] if field.attname in shared else field.get_default()
    return coded_json(value) if isinstance(field, models.JSONField) else coded(value)


def _escaped(text: str) -> str:
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if "\n" in text:
        text = text.replace("\n", "\\n")
    if "\t" in text:
        text = text.replace("\t", "\\t")
    return text.replace("\r", "\\r") if "\r" in text else text


def _array(values: Iterable[Any]) -> str:
    """An array literal (PostgreSQL, "Array Value Input")."""
    return "{" + ",".join(_element(value) for value in values) + "}"


def _element(value: Any) -> str:
    if isinstance(value, int):
        return str(value)
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
