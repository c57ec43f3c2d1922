"""What is found: quotations and the people they are given to."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple


class Range(NamedTuple):
    """Half-open, in code points of the text."""

    start: int
    end: int


class Kind(StrEnum):
    """How words are rendered: in quotation marks, without any, or partly."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whom the text gives the words to.

    ``mention`` is what stands beside the cue ("he", "the spokesman"); ``name`` is the fullest name in this text, or
    ``None``, and then ``why_unresolved`` says why. Title and affiliation are as printed, empty where none is.
    """

    mention: str
    where: Range
    name: str | None
    why_unresolved: str = ""
    title: str = ""
    affiliation: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words given to somebody.

    ``start`` and ``end`` enclose the content, with its quotation marks and without "that" or the closing stop of a
    sentence. ``attribution`` encloses speaker and cue. ``verbatim`` are the parts within quotation marks. Without a
    ``speaker``, ``why_unattributed`` says why.
    """

    start: int
    end: int
    kind: Kind
    rule: str
    confidence: float
    cue: Range | None = None
    attribution: Range | None = None
    speaker: Speaker | None = None
    why_unattributed: str = ""
    verbatim: tuple[Range, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """The keys of ``python -m articles.quotation``."""
        speaker = self.speaker
        return {
            "start": self.start,
            "end": self.end,
            "kind": self.kind.value,
            "cue": list(self.cue) if self.cue else None,
            "attribution": list(self.attribution) if self.attribution else None,
            "speaker": speaker.mention if speaker else None,
            "speaker_span": list(speaker.where) if speaker else None,
            "resolved": speaker.name if speaker else None,
            "title": speaker.title if speaker else "",
            "affiliation": speaker.affiliation if speaker else "",
            "why": speaker.why_unresolved if speaker else self.why_unattributed,
            "verbatim": [list(part) for part in self.verbatim],
            "confidence": self.confidence,
            "rule": self.rule,
        }
