"""Annotations on their way out: what a person may know of, narrowed, as a stream of bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, transaction

from annotations.exports import FORMATS, DeskFormat, ExportRecord, Format, RowFormat, SqlFormat, WebAnnotationLines
from annotations.exports.desk import ANNOTATIONS
from annotations.exports.record import COLUMNS
from annotations.queries.travelling import Bound, statements
from articles.permissions import articles_with_text_for

if TYPE_CHECKING:
    from articles.permissions import Person

CHUNK = 64 * 1024  # bytes; smaller ones cost a call each on their way to the socket
ROWS_AT_ONCE = 2_000
SORTED_IN_MEMORY = "64MB"  # a desk of 100,000 marks is sorted without a file


@dataclass(frozen=True, slots=True)
class ExportFilters:
    """By what an export is narrowed. Moments are from ``since``, before ``until``.

    :ivar state: where an annotation stands: an anchor's state.
    :ivar origin: where it comes from.
    :ivar only_human: leave out all that a machine proposed first.
    """

    article: UUID | None = None
    layer: str = ""
    speaker: UUID | None = None
    category: str = ""
    since: datetime | None = None
    until: datetime | None = None
    outlet: str = ""
    annotator: UUID | None = None
    state: str = ""
    origin: str = ""
    only_human: bool = False


# Each filter as a condition over ``export_mark``.
CONDITIONS: dict[str, str] = {
    "article": "article_id = (SELECT id FROM articles_article WHERE uid = %s)",
    "layer": "type = %s",
    "speaker": "speaker_uid = %s::text",
    "category": "category = %s",
    "since": "made_at >= %s",
    "until": "made_at < %s",
    "outlet": "outlet = %s",
    "annotator": "annotator_uid = %s::text",
    "state": "state = %s",
    "origin": "origin = %s",
    "only_human": "(origin = 'human') = %s",
}


class NoSuchFormat(LookupError):
    """There is no format of that name."""


def format_named(name: str) -> Format:
    """:raises NoSuchFormat: when there is none."""
    for format in FORMATS:
        if format.name == name:
            return format
    raise NoSuchFormat(name)


def headers_of(format: Format, *, day: date) -> dict[str, str]:
    """The headers an export is sent under: a file of the day, kept by nobody on the way."""
    return {
        "Content-Type": format.media_type,
        "Content-Disposition": f'attachment; filename="annotations-{day:%Y-%m-%d}.{format.name}"',
        "Cache-Control": "no-store",
    }


def stream(format: Format, person: Person, filters: ExportFilters) -> Iterator[bytes]:
    """The export in chunks of about 64 KiB: all of it as it stood at one moment.

    Rows are in the order of articles and of their text. Whoever calls this has asked for the right
    ``annotations.take_out``; what is in it is what the person may know of.
    """
    rows, values = _rows(person, filters)
    if isinstance(format, WebAnnotationLines):
        return _in_chunks(_annotated(format, person, filters))
    if isinstance(format, DeskFormat):
        return _in_chunks(_travelling(format, person, filters))
    if isinstance(format, SqlFormat):
        return _in_chunks(_copied(format.statement(rows), values))
    return _in_chunks(_written(format, rows, values))  # type: ignore[arg-type]


def _rows(person: Person, filters: ExportFilters) -> tuple[str, list[Any]]:
    """The query for the records, and its parameters."""
    visible, values = articles_with_text_for(person).order_by().values("pk").query.sql_with_params()
    conditions, parameters = [f"article_id IN ({visible})"], list(values)
    for name, condition in CONDITIONS.items():
        value = getattr(filters, name)
        if value not in (None, "", False):
            conditions.append(condition)
            parameters.append(value)
    columns = ", ".join(f'"{column}"' for column in COLUMNS)
    order = 'article_id, start NULLS FIRST, "end", type, uid'
    return f"SELECT {columns} FROM export_mark WHERE {' AND '.join(conditions)} ORDER BY {order}", parameters  # noqa: S608


def _travelling(format: DeskFormat, person: Person, filters: ExportFilters) -> Iterator[bytes]:
    """Records of all types, one statement each, all of them as they stood at one moment."""
    with _one_moment():
        for select, bound in statements(person, **narrowed(person, filters)):
            lines = f"COPY (SELECT row_to_json(record) FROM ({select}) AS record) TO STDOUT WITH ({format.options})"  # noqa: S608
            yield from _copied(lines, bound)


def _annotated(format: WebAnnotationLines, person: Person, filters: ExportFilters) -> Iterator[bytes]:
    with _one_moment():
        for select, bound in statements(person, kinds=ANNOTATIONS, **narrowed(person, filters)):
            with connection.chunked_cursor() as cursor:
                cursor.execute(f"SELECT row_to_json(record)::text FROM ({select}) AS record", bound)  # noqa: S608
                while found := cursor.fetchmany(ROWS_AT_ONCE):
                    for (row,) in found:
                        yield format.line(json.loads(row))


def narrowed(person: Person, filters: ExportFilters) -> dict[str, Any]:
    """What records are narrowed to. By anything but the article, to the live marks that any other format would hold."""
    articles: Bound | None = ("uid = %s", [filters.article]) if filters.article else None
    rows, values = _rows(person, filters)
    is_narrowed = replace(filters, article=None) != ExportFilters()
    marks: Bound | None = (f"SELECT uid::uuid AS uid FROM ({rows}) AS mark", values) if is_narrowed else None  # noqa: S608
    return {"marks": marks, "articles": articles}


def _copied(statement: str, values: list[Any]) -> Iterator[bytes]:
    # Composed here, because the cursor that Django wraps for debugging takes no parameters.
    operations: Any = connection.ops
    composed = operations.compose_sql(statement, values)
    with _one_moment(), connection.cursor() as cursor, cursor.copy(composed) as copy:
        for line in copy:
            yield bytes(line)


def _written(format: RowFormat, rows: str, values: list[Any]) -> Iterator[bytes]:
    yield format.header()
    with _one_moment(), connection.chunked_cursor() as cursor:
        cursor.execute(rows, values)
        while found := cursor.fetchmany(ROWS_AT_ONCE):
            for row in found:
                yield format.line(ExportRecord(*row))


@contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction that sees the database as it was when it began."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:  # within another transaction that one's isolation holds
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                cursor.execute(f"SET LOCAL work_mem = '{SORTED_IN_MEMORY}'")
        yield


def _in_chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    gathered: list[bytes] = []
    size = 0
    for piece in pieces:
        gathered.append(piece)
        size += len(piece)
        if size >= CHUNK:
            yield b"".join(gathered)
            gathered, size = [], 0
    if gathered:
        yield b"".join(gathered)
