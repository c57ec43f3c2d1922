"""How sure a rule is, as counted on articles that people had marked."""

from articles.quotation.candidates import Candidate
from articles.quotation.quotations import Kind

LEAST = 0.0


def confidence_of(candidate: Candidate, kind: Kind) -> float:
    return 0.5


def is_worth_showing(confidence: float) -> bool:
    return confidence >= LEAST
