"""The floor of an import: COPY of the very rows that an import wrote, with every constraint and trigger in force.

The rows are read back as COPY writes them, under other keys and uids, before anything is timed. So the floor neither
reads records nor checks them nor makes rows: it is what the database alone needs.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
from psycopg import Connection, sql

# In the order that the laws ask for, each with the column that tells which rows are of the import.
TABLES = (
    "articles_capture",
    "articles_article",
    "articles_revision",
    "articles_intake",
    "articles_currentanchor",
    "articles_span",
    "articles_anchor",
    "articles_quote",
    "annotations_claim",
    "annotations_biastag",
)
SHIFTED = frozenset({"id", "capture_id", "article_id", "head_id", "revision_id", "span_id", "anchor_id"})
SHIFT = 100_000_000
# As an import does it: so many rows of each table in a transaction.
TRANSACTIONS = 10

Raw = Connection[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows of one table in one transaction, as COPY reads them."""

    statement: sql.Composed
    rows: bytes


class RawCopy:
    """Begin before the import and :meth:`repeat` after it."""

    def __init__(self, url: str) -> None:
        self._raw: Raw = psycopg.connect(url)
        self._before = {table: self._newest(table) for table in TABLES}
        self._raw.rollback()

    def close(self) -> None:
        self._raw.close()

    def repeat(self) -> float:
        """Seconds for the rows that came since the beginning, once more."""
        transactions = list(zip(*(self._parts(table) for table in TABLES), strict=True))
        self._raw.rollback()
        began = time.perf_counter()
        for parts in transactions:
            self._raw.execute("SET LOCAL pgtrigger.ignore = '{}'")  # as the desk itself says
            for part in parts:
                with self._raw.cursor() as cursor, cursor.copy(part.statement) as copy:
                    copy.write(part.rows)
            self._raw.commit()
        return time.perf_counter() - began

    def _newest(self, table: str) -> int:
        found = self._raw.execute(sql.SQL("SELECT coalesce(max(id), 0) FROM {}").format(sql.Identifier(table)))
        row = found.fetchone()
        return int(str(row[0])) if row else 0

    def _parts(self, table: str) -> Iterator[_Part]:
        columns = self._columns(table)
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
        rows = self._rows(table, columns)
        share = -(-len(rows) // TRANSACTIONS)
        for first in range(0, TRANSACTIONS * share, share) if share else [0] * TRANSACTIONS:
            chosen = rows[first : first + share]
            yield _Part(statement, b"".join(chosen))

    def _columns(self, table: str) -> list[str]:
        found = self._raw.execute(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
            [table],
        )
        return [str(name) for (name,) in found.fetchall()]

    def _rows(self, table: str, columns: list[str]) -> list[bytes]:
        chosen = sql.SQL("COPY (SELECT {} FROM {} WHERE id > {} ORDER BY id) TO STDOUT").format(
            sql.SQL(", ").join(map(_renamed, columns)), sql.Identifier(table), self._before[table]
        )
        with self._raw.cursor() as cursor, cursor.copy(chosen) as copy:
            return [bytes(row) for row in copy]


def _renamed(column: str) -> sql.Composed:
    """The column under keys and names that nothing else has."""
    name = sql.Identifier(column)
    if column in SHIFTED:
        return sql.SQL("{} + {}").format(name, SHIFT)
    if column == "uid":
        return sql.SQL("gen_random_uuid()").format()
    return sql.SQL("{} || '-again'").format(name) if column == "slug" else sql.Composed([name])
