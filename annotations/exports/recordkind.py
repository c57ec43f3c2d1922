"""What a type of record is made of: SQL that writes its fields, for every record that travels between desks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordKind:
    """One type of record.

    :ivar fields: SQL expressions by the names of fields, in their order.
    :ivar source: FROM and WHERE over the queries ``{articles}``, ``{projects}`` and ``{sources}``, which give keys, and
        the conditions ``{quotes}`` and ``{marks}`` on ``m``, ``{readings}`` on ``d``, ``{checks}`` on ``c`` and
        ``{replies}`` on ``y``.
    """

    type: str
    fields: Mapping[str, str]
    source: str
    order: str

    def select(self) -> str:
        """A SELECT of the fields, in the order of the records."""
        return f"SELECT '{self.type}' AS type, {listed(self.fields)} FROM {self.source} ORDER BY {self.order}"  # noqa: S608


def listed(fields: Mapping[str, str]) -> str:
    return ", ".join(f'{expression} AS "{name}"' for name, expression in fields.items())


def moment(column: str) -> str:
    """RFC 3339 in UTC with microseconds, whatever the time zone of the connection is."""
    return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""


def person(column: str) -> str:
    return f"(SELECT u.uid FROM newsdesk_user u WHERE u.id = {column})"  # noqa: S608


def plain(alias: str, *columns: str) -> dict[str, str]:
    return {column: f'{alias}."{column}"' for column in columns}


def made(alias: str) -> dict[str, str]:
    return {"created_by": person(f"{alias}.created_by_id"), "created_at": moment(f"{alias}.created_at")}


def nested(fields: Mapping[str, str], source: str, order: str) -> str:
    """A JSON array of objects, empty where there are none."""
    row = f"row_to_json((SELECT r FROM (SELECT {listed(fields)}) AS r))"  # noqa: S608
    return f"(SELECT coalesce(json_agg({row} ORDER BY {order}), '[]') FROM {source})"  # noqa: S608


def people_of(*sources: tuple[str, str, tuple[str, ...]]) -> str:
    """Everybody whom a column of these sources names."""
    return " UNION ".join(
        f"SELECT {alias}.{column}_id FROM {source}"  # noqa: S608
        for alias, source, columns in sources
        for column in columns
    )
