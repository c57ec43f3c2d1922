"""What every format is made of: one record per annotation, and the two ways to write it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ExportRecord:
    """One live annotation of any layer, where it stands in its article's newest text.

    The order of the fields is the order of columns in every format. New fields come last, so that whoever reads
    by position keeps reading. Offsets are half-open, in code points of the text with ``text_sha256``; they are
    None for a tag on the whole article and for words that stand nowhere any more. What a layer does not have is
    None. A verdict counts for the desk only where ``check_state`` is ``published``; before that it is somebody's
    draft, in review or approved. ``secondary`` keeps its order. ``created_at`` is RFC 3339 in UTC with microseconds.
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


COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(ExportRecord))


class Format(Protocol):
    """What a format is called, in addresses, in ``Content-Type`` and at the end of file names."""

    @property
    def name(self) -> str: ...

    @property
    def media_type(self) -> str: ...


class RowFormat(Format, Protocol):
    """Writes records one by one."""

    def header(self) -> bytes:
        """What stands before the first record."""

    def line(self, record: ExportRecord) -> bytes:
        """One record, its line end included."""


@dataclass(frozen=True, slots=True)
class SqlFormat:
    """Lets the database write finished lines.

    :ivar select: a SELECT over ``{rows}``, a query that yields :data:`COLUMNS`.
    :ivar options: of the COPY that takes its rows out as bytes.
    """

    name: str
    media_type: str
    select: str
    options: str

    def statement(self, rows: str) -> str:
        """The COPY statement for a query that yields :data:`COLUMNS`."""
        return f"COPY ({self.select.replace('{rows}', rows)}) TO STDOUT WITH ({self.options})"
