"""What every format is made of: one record per annotation, and the two ways to write it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Protocol, runtime_checkable

from annotations.exports.schema_org import Publisher, ReviewedClaim

CODE_POINTS = "Unicode code points"
UTF_16 = "UTF-16 code units"


@dataclass(frozen=True, slots=True)
class ExportRecord:
    """One live annotation of any layer, where it stands in its article's newest text.

    The order of the fields is the order of columns in every format. New fields come last, so that whoever reads
    by position keeps reading. Offsets are half-open, in code points of the text with ``text_sha256``; they are
    None for a tag on the whole article and for words that stand nowhere any more. What a layer does not have is
    None. A verdict counts for the desk only where ``check_state`` is ``published``; before that it is somebody's
    draft, in review or approved. ``reading`` is the uid of the reading of the article that a bias tag comes out of, by
    the same person in the same project under the same codebook. ``secondary`` keeps its order. ``created_at`` is
    RFC 3339 in UTC with microseconds.
    """

    type: str
    uid: str
    article: str
    headline: str
    outlet: str
    revision: int
    text_sha256: str
    start: int | None
    end: int | None
    exact: str | None
    state: str | None
    speaker: str | None
    speaker_uid: str | None
    kind: str | None
    level: str | None
    category: str | None
    secondary: list[str] | None
    severity: int | None
    polarity: int | None
    target: str | None
    voice: str | None
    canonical: str | None
    claimant: str | None
    verdict: str | None
    rating: str | None
    qualifiers: list[str] | None
    annotator: str
    annotator_uid: str
    origin: str
    project: str | None
    codebook: str | None
    version: int
    created_at: str
    check_state: str | None
    reading: str | None


COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(ExportRecord))


def gettext_noop(sentence: str) -> str:
    """A sentence that pages translate when they show it."""
    return sentence


@dataclass(frozen=True, slots=True)
class ExportArticle:
    """An article's newest text with its live marks, for formats that keep the two together.

    :ivar url: of the readers' page; empty for what no reader has. ``original_url`` is where an outlet published it.
    :ivar published, modified: RFC 3339; ``published`` may be empty.
    :ivar is_whole: the rights let readers have the whole text; else what is made for readers holds none of it.
    :ivar reviews: what the desk has said of claims, by their uid.
    """

    uid: str
    headline: str
    outlet: str
    byline: str
    language: str
    section: str
    url: str
    original_url: str
    state: str
    rights: str
    usage_terms: str
    published: str
    modified: str
    revision: int
    text: str
    text_sha256: str
    is_whole: bool
    is_demonstration: bool
    publisher: Publisher
    marks: Sequence[ExportRecord] = ()
    reviews: dict[str, ReviewedClaim] = field(default_factory=dict)

    @property
    def body(self) -> str:
        """The text after the headline; empty for a piece that is a headline alone."""
        return self.text[len(self.headline) :].lstrip("\n")

    @property
    def placed(self) -> Sequence[ExportRecord]:
        """The marks whose words stand in the text, in its order."""
        return [mark for mark in self.marks if mark.start is not None and mark.end is not None]

    @property
    def unplaced(self) -> Sequence[ExportRecord]:
        """Tags on the whole article, and marks whose words stand nowhere any more."""
        return [mark for mark in self.marks if mark.start is None or mark.end is None]


def details_of(mark: ExportRecord, *, but: Iterable[str] = ()) -> dict[str, Any]:
    """What a record says, without what it has not, and without the fields of ``but``."""
    left_out = frozenset(but)
    said = ((name, getattr(mark, name)) for name in COLUMNS if name not in left_out)
    return {name: value for name, value in said if value is not None}


@dataclass(frozen=True, slots=True)
class About:
    """What people are told of a format.

    :ivar suffix: what its files end in.
    :ivar sentence: what it is for.
    :ivar unit: what its offsets count; empty where it has none.
    :ivar drops: what it cannot hold, in a sentence; empty where nothing is lost.
    :ivar extra: the extra of the package that it needs, and what has to be importable for it.
    """

    title: str
    suffix: str
    sentence: str
    unit: str = CODE_POINTS
    drops: str = ""
    extra: tuple[str, str] | None = None


class Format(Protocol):
    """What a format is called, in addresses and in ``Content-Type``, and what people are told of it."""

    @property
    def name(self) -> str: ...

    @property
    def media_type(self) -> str: ...

    @property
    def about(self) -> About: ...


@runtime_checkable
class RowFormat(Format, Protocol):
    """Writes records one by one."""

    def header(self) -> bytes:
        """What stands before the first record."""

    def line(self, record: ExportRecord) -> bytes:
        """One record, its line end included."""


@runtime_checkable
class TableFormat(Format, Protocol):
    """Writes all records as one table."""

    def table(self, records: Iterable[ExportRecord]) -> Iterator[bytes]:
        """The file in pieces, as far as the records have come."""


@runtime_checkable
class ArticleFormat(Format, Protocol):
    """Writes articles with their marks."""

    def documents(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        """The file in pieces, as far as the articles have come."""


@dataclass(frozen=True, slots=True)
class SqlFormat:
    """Lets the database write finished lines.

    :ivar select: a SELECT over ``{rows}``, a query that yields :data:`COLUMNS`.
    :ivar options: of the COPY that takes its rows out as bytes.
    :ivar header: what stands before the first line.
    """

    name: str
    media_type: str
    about: About
    select: str
    options: str
    header: bytes = b""

    def statement(self, rows: str) -> str:
        """The COPY statement for a query that yields :data:`COLUMNS`."""
        return f"COPY ({self.select.replace('{rows}', rows)}) TO STDOUT WITH ({self.options})"
