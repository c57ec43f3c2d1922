"""Quotations as they are found, before their speakers are known."""

from dataclasses import dataclass

from articles.quotation.rules import Rule
from articles.quotation.subjects import Subject


@dataclass(slots=True)
class Candidate:
    """Offsets of the content; tokens of the cue, -1 without one; the rule, and the form of the verb it met."""

    start: int
    end: int
    rule: Rule
    lemma: str = ""
    cue_first: int = -1
    cue_last: int = -1
    subject: Subject | None = None
    form: str = ""
