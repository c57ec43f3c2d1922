"""What every reader hands over, whatever format the copy came in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from articles.anchoring.text import Block, canonical_text


class ReadingRefused(Exception):
    """Copy that cannot be brought in.

    ``field`` names what is at fault (``text``, ``headline``, ``keep``, ``remove``); ``reason`` is a sentence or two for
    the person who brought it: what is wrong and what to do about it.
    """

    def __init__(self, *, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


@dataclass(frozen=True, slots=True)
class RemovedLine:
    """A line that belonged to the page and not to the story.

    ``rule`` names the rule that removed it. ``position`` is the number of kept blocks that begin before the
    line: 0 stands right after the headline (lines from above the headline have 0 too).
    """

    text: str
    rule: str
    position: int


@dataclass(frozen=True, slots=True)
class IncomingAnnotation:
    """A judgement that came with the copy, as data: ``annotations/`` decides what becomes of it.

    ``start`` and ``end`` count code points of the canonical text, half-open; ``exact`` is the words found there.
    ``details`` holds whatever else the record said (speaker, category, severity …), unread.
    """

    type: str
    start: int
    end: int
    exact: str
    details: Mapping[str, object] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        return {**self.details, "type": self.type, "start": self.start, "end": self.end, "exact": self.exact}


@dataclass(frozen=True, slots=True)
class IncomingArticle:
    """One piece as it came, normalised and not yet stored.

    What the copy does not say stays empty; nothing is guessed. ``date_basis`` is ``stated``, ``inferred``
    or ``unknown``. ``errors`` are sentences about what could not be read and did not stop the rest; a piece that
    could not be read at all has no headline, no blocks and at least one error.

    A wire knows its items by ``provider`` and ``guid``; ``version`` is the provider's own count. ``pub_status`` is
    ``usable``, ``withheld``, ``canceled`` or ``""`` (not said); a withheld or canceled item may come without text.
    """

    headline: str
    blocks: tuple[Block, ...]
    removed: tuple[RemovedLine, ...] = ()
    standfirst: str = ""
    byline: str = ""
    published_at: datetime | None = None
    date_basis: str = "unknown"
    dateline: str = ""
    credit: str = ""
    language: str = ""
    outlet: str = ""
    section: str = ""
    canonical_url: str = ""
    provider: str = ""
    guid: str = ""
    version: int | None = None
    pub_status: str = ""
    embargoed_until: datetime | None = None
    editor_note: str = ""
    usage_terms: str = ""
    annotations: tuple[IncomingAnnotation, ...] = ()
    errors: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The canonical text.

        :raises articles.anchoring.text.HeadlineMissing: the headline is blank.
        :raises articles.anchoring.text.BlockMalformed: a block is empty or holds a blank line.
        """
        return canonical_text(self.headline, self.blocks)

    def to_json(self) -> dict[str, object]:
        """The record of ``docs/reference/intake.md``: every key always there, moments in ISO 8601."""
        return {
            "headline": self.headline,
            "standfirst": self.standfirst,
            "byline": self.byline,
            "published_at": _moment(self.published_at),
            "date_basis": self.date_basis,
            "dateline": self.dateline,
            "credit": self.credit,
            "language": self.language,
            "outlet": self.outlet,
            "section": self.section,
            "canonical_url": self.canonical_url,
            "provider": self.provider,
            "guid": self.guid,
            "version": self.version,
            "pub_status": self.pub_status,
            "embargoed_until": _moment(self.embargoed_until),
            "editor_note": self.editor_note,
            "usage_terms": self.usage_terms,
            "blocks": [block.to_json() for block in self.blocks],
            "annotations": [annotation.to_json() for annotation in self.annotations],
            "removed": [{"text": line.text, "rule": line.rule, "position": line.position} for line in self.removed],
            "errors": list(self.errors),
        }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
