"""Annotations on their way out: what a person may know of, narrowed, as a stream of bytes."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, transaction

from annotations.exports import (
    FORMATS,
    NDJSON,
    ArticleFormat,
    DeskFormat,
    ExportRecord,
    Format,
    RowFormat,
    SqlFormat,
    TableFormat,
    WebAnnotationLines,
)
from annotations.exports.desk import ANNOTATIONS
from annotations.exports.ndjson import manifest_line
from annotations.exports.record import ExportArticle
from annotations.queries.exchange.exportarticles import export_articles, records_of
from annotations.queries.exchange.exportfilters import ExportFilters, Rows, articles_answering
from annotations.queries.exchange.exportturns import turn
from annotations.queries.exchange.travelling import Bound, statements

if TYPE_CHECKING:
    from articles.permissions import Person

CHUNK = 64 * 1024  # bytes; smaller ones cost a call each on their way to the socket
# Articles whose marks are asked for at once: few at first, so that the first byte leaves early however many there are.
FIRST_ARTICLES, ARTICLES_AT_ONCE = 20, 500
# Where the database writes the lines nothing of them is kept here, and each further question costs its planning.
ARTICLES_OF_A_COPY = 1_000
TEXTS_AT_ONCE = 50
ROWS_AT_ONCE = 500


class NoSuchFormat(LookupError):
    """There is no format of that name."""


class ExtraIsMissing(Exception):
    """The format needs a package that is not installed here."""

    def __init__(self, format: Format, extra: str, package: str) -> None:
        self.extra, self.package = extra, package
        super().__init__(
            f"{format.about.title} needs {package}, which is not installed on this desk. Whoever keeps the desk can "
            f"install it with the extra “{extra}”: pip install {package}. All other formats work without it."
        )


class NamesTravel(Exception):
    """Pseudonyms are asked for in a format that says who made what, so that another desk can take it in."""

    def __init__(self, format: Format) -> None:
        super().__init__(f"{format.about.title} names who made what; take out another format for pseudonyms.")


def format_named(name: str) -> Format:
    """:raises NoSuchFormat: when there is none.
    :raises ExtraIsMissing: when what it needs is not installed.
    """
    for format in FORMATS:
        if format.name == name:
            if not is_available(format):
                raise ExtraIsMissing(format, *(format.about.extra or ("", "")))
            return format
    raise NoSuchFormat(name)


def format_for(name: str, filters: ExportFilters) -> Format:
    """The format of that name, if it can do what is asked.

    :raises NoSuchFormat, ExtraIsMissing: as of :func:`format_named`.
    :raises NamesTravel: when pseudonyms are asked for where names have to travel.
    """
    format = format_named(name)
    if filters.anonymous and isinstance(format, (DeskFormat, WebAnnotationLines)):
        raise NamesTravel(format)
    return format


def is_available(format: Format) -> bool:
    return format.about.extra is None or find_spec(format.about.extra[1]) is not None


@dataclass
class Tally:
    """What has gone out so far: articles looked at, records, bytes and their SHA-256."""

    articles: int = 0
    records: int = 0
    size: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def saw(self, chunk: bytes) -> None:
        self.size += len(chunk)
        self.digest.update(chunk)


def manifest_of(format: Format, filters: ExportFilters, *, records: int, sha256: str = "") -> dict[str, Any]:
    """What an export holds, for whoever finds it later. It says nothing of when, so that equal exports are equal.

    :param sha256: of all bytes before the manifest; left out where nobody knows it yet.
    """
    return {
        "format": format.name,
        "records": records,
        **({"sha256": sha256} if sha256 else {}),
        "filters": filters.given(),
        "offsets": format.about.unit,
        "drops": format.about.drops,
        "annotators": "pseudonyms of this export" if filters.anonymous else "as on the desk",
        "newsdesk": settings.CODE_VERSION,
    }


def count_records(person: Person, filters: ExportFilters) -> int:
    """How many records an export would hold now."""
    counted = 0
    with _one_moment():
        rows = _rows(filters)
        for articles in _batches(person, filters, FIRST_ARTICLES, ARTICLES_AT_ONCE):
            query, values = rows.of(articles)
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM ({query}) AS mark", values)  # noqa: S608
                counted += cursor.fetchone()[0]
    return counted


def stream(format: Format, person: Person, filters: ExportFilters, *, tally: Tally | None = None) -> Iterator[bytes]:
    """The export in chunks of about 64 KiB: all of it as it stood at one moment.

    Rows are in the order of articles and of their text. Whoever calls this has asked for the right
    ``annotations.take_out``; what is in it is what the person may know of.

    :param tally: counts what goes out.
    """
    tally = tally or Tally()
    with _one_moment():
        for chunk in _in_chunks(_pieces(format, person, filters, tally)):
            tally.saw(chunk)
            yield chunk
    if format.name == NDJSON.name:
        last = manifest_line(manifest_of(format, filters, records=tally.records, sha256=tally.digest.hexdigest()))
        tally.saw(last)
        yield last


def _pieces(format: Format, person: Person, filters: ExportFilters, tally: Tally) -> Iterator[bytes]:
    if isinstance(format, DeskFormat):
        return _travelling(format, person, filters, tally)
    if isinstance(format, WebAnnotationLines):
        return _annotated(format, person, filters, tally)
    rows = _rows(filters)
    if isinstance(format, SqlFormat):
        return _copied(format, rows, _batches(person, filters, FIRST_ARTICLES, ARTICLES_OF_A_COPY, tally), tally)
    if isinstance(format, ArticleFormat):
        batches = _batches(person, filters, FIRST_ARTICLES, TEXTS_AT_ONCE, tally)
        return format.documents(_articles(rows, batches, tally, empty_too=not filters.narrow_marks()))
    records = _records(rows, _batches(person, filters, FIRST_ARTICLES, ARTICLES_AT_ONCE, tally), tally)
    if isinstance(format, TableFormat):
        return format.table(records)
    assert isinstance(format, RowFormat)
    return _written(format, records)


def _rows(filters: ExportFilters) -> Rows:
    return Rows(filters, key=secrets.token_bytes(32))


def _batches(
    person: Person, filters: ExportFilters, first: int, following: int, tally: Tally | None = None
) -> Iterator[list[int]]:
    """The keys of the articles to look at, some at a time."""
    articles, last, size = articles_answering(person, filters).order_by("pk"), 0, first
    while keys := list(articles.filter(pk__gt=last).values_list("pk", flat=True)[:size]):
        yield keys
        if tally is not None:
            tally.articles += len(keys)
        if len(keys) < size:
            return
        last, size = keys[-1], following


def _copied(format: SqlFormat, rows: Rows, batches: Iterable[list[int]], tally: Tally) -> Iterator[bytes]:
    yield format.header
    for number, articles in enumerate(batches):
        query, values = rows.of(articles)
        # The first few do not wait: whoever asks for something small or for the first byte has it at once.
        with turn() if number else nullcontext():
            yield from _lines(format.statement(query), values, tally)


def _travelling(format: DeskFormat, person: Person, filters: ExportFilters, tally: Tally) -> Iterator[bytes]:
    """Records of all types, one statement each."""
    marks, articles = _narrowed(person, filters)
    for select, bound in statements(person, marks=marks, articles=articles):
        record = f"SELECT row_to_json(record) FROM ({select}) AS record"  # noqa: S608
        yield from _lines(f"COPY ({record}) TO STDOUT WITH ({format.options})", bound, tally)


def _annotated(format: WebAnnotationLines, person: Person, filters: ExportFilters, tally: Tally) -> Iterator[bytes]:
    marks, articles = _narrowed(person, filters)
    for select, bound in statements(person, kinds=ANNOTATIONS, marks=marks, articles=articles):
        with connection.chunked_cursor() as cursor:
            cursor.execute(f"SELECT row_to_json(record)::text FROM ({select}) AS record", bound)  # noqa: S608
            while found := cursor.fetchmany(ROWS_AT_ONCE):
                for (row,) in found:
                    tally.records += 1
                    yield format.line(json.loads(row))


def _narrowed(person: Person, filters: ExportFilters) -> tuple[Bound | None, Bound | None]:
    """The live marks that other formats would hold, and the articles, that travelling records are narrowed to."""
    asks_of_articles = any((filters.article, filters.outlet, filters.language))
    if not (asks_of_articles or filters.narrow_marks()):
        return None, None
    answering = list(articles_answering(person, filters).values_list("pk", flat=True))
    articles: Bound | None = ("id = ANY(%s)", [answering]) if asks_of_articles else None
    if not filters.narrow_marks():
        return None, articles
    query, values = _rows(filters).of(answering)
    return (f"SELECT uid::uuid AS uid FROM ({query}) AS mark", values), articles  # noqa: S608


def _lines(statement: str, values: list[Any], tally: Tally) -> Iterator[bytes]:
    """The lines of a COPY, put together to chunks: to hand on each by itself costs as much as to read it."""
    # Composed here, because the cursor that Django wraps for debugging takes no parameters.
    operations: Any = connection.ops
    with connection.cursor() as cursor, cursor.copy(operations.compose_sql(statement, values)) as copy:
        lines: list[Any] = []
        size = 0
        for line in copy:
            lines.append(line)
            size += len(line)
            if size >= CHUNK:
                tally.records += len(lines)
                yield b"".join(lines)
                lines, size = [], 0
        tally.records += len(lines)
        yield b"".join(lines)


def _written(format: RowFormat, records: Iterable[ExportRecord]) -> Iterator[bytes]:
    yield format.header()
    for record in records:
        yield format.line(record)


def _records(rows: Rows, batches: Iterable[list[int]], tally: Tally) -> Iterator[ExportRecord]:
    for articles in batches:
        for record in records_of(rows, articles):
            tally.records += 1
            yield record


def _articles(rows: Rows, batches: Iterable[list[int]], tally: Tally, *, empty_too: bool) -> Iterator[ExportArticle]:
    for keys in batches:
        for article in export_articles(rows, keys, empty_too=empty_too):
            tally.records += len(article.marks)
            yield article


@contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction that sees the database as it was when it began."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:  # within another transaction that one's isolation holds
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                # Joins as they are written: to look for another order takes longer than a batch of articles does.
                cursor.execute("SET LOCAL join_collapse_limit = 1")
                cursor.execute("SET LOCAL work_mem = '32MB'")  # what a batch takes to be sorted without files
        yield


def _in_chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Larger pieces, except for the first, which is not held back for what follows."""
    gathered: list[bytes] = []
    size, enough = 0, 1
    for piece in pieces:
        gathered.append(piece)
        size += len(piece)
        if size >= enough:
            yield b"".join(gathered)
            gathered, size, enough = [], 0, CHUNK
    if size:
        yield b"".join(gathered)
