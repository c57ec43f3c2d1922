"""Quotations as they are found, before their speakers are known."""

from dataclasses import dataclass

from articles.quotation.subjects import Subject


@dataclass(slots=True)
class Candidate:
    """Offsets of the content, tokens of the cue, and the rule and its circumstance that found them."""

    start: int
    end: int
    rule: str
    lemma: str = ""
    cue_first: int = -1
    cue_last: int = -1
    subject: Subject | None = None
    circumstance: str = ""
    sentence: int = -1
    follows: "Candidate | None" = None
    """The quotation whose speaker goes on speaking here."""
