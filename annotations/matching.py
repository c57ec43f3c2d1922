"""How alike two statements are, by the words they share: rare words weigh more than common ones, as in BM25.

Pure. Terms are the stems of a statement's words, each once, as the database keeps them for every claim. A statement is
short and says a thing once, so how often a term stands in it tells nothing.
"""

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

# Thousands apart by a space or a comma, with or without a fraction; or digits as they stand.
NUMBER = re.compile(r"(?<!\d)\d{1,3}(?:[ \u00a0\u202f,]\d{3}(?!\d))+(?:\.\d+)?|\d+(?:[.,]\d+)*")
SEPARATOR = re.compile(r"[ ,\u00a0\u202f](?=\d{3}(?!\d))")
# What statements are worth that tell other numbers: of none in common, and of some that differ.
OTHER_NUMBERS, MORE_NUMBERS = 0.5, 0.85


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare terms are: the share of claims that hold each, for those it is known of.

    Of the others no more is known than that they are rarer than ``least``.
    """

    shares: Mapping[str, float]
    least: float

    def share(self, term: str) -> float:
        return self.shares.get(term, self.least)

    def weight(self, term: str) -> float:
        """The inverse document frequency (Spärck Jones 1972) as of BM25: ln(1 + (1 − f) / f) for a share f.

        A term of every tenth claim weighs ln 10 = 2.3, one that every claim holds nothing.
        """
        return -math.log(self.share(term))

    def rarest(self, terms: Collection[str], *, most: float) -> list[str]:
        """Of some terms the rarest, as many as are held by ``most`` (a share) of all claims together; one at least."""
        chosen: list[str] = []
        together = 0.0
        for term in sorted(terms, key=lambda each: (self.share(each), each)):
            together += self.share(term)
            if chosen and together > most:
                break
            chosen.append(term)
        return chosen


def likeness(ours: Collection[str], theirs: Collection[str], our_text: str, their_text: str, rarity: Rarity) -> float:
    """How alike two statements are, from 0 to 1, to the hundredth: the weight of what they share, of that of both.

    Statements that tell other numbers are less alike than their words.
    """
    common = sum(map(rarity.weight, set(ours) & set(theirs)))
    both = math.sqrt(sum(map(rarity.weight, ours)) * sum(map(rarity.weight, theirs)))
    return round(common / both * _of_numbers(our_text, their_text), 2) if both else 0.0


def _of_numbers(ours: str, theirs: str) -> float:
    first, second = numbers_of(ours), numbers_of(theirs)
    if not first or not second or first == second:
        return 1.0
    if first.isdisjoint(second):
        return OTHER_NUMBERS
    return 1.0 if first < second or second < first else MORE_NUMBERS


def numbers_of(text: str) -> frozenset[str]:
    """The numbers in a text, without what separates thousands: 38,000 is 38000."""
    return frozenset(SEPARATOR.sub("", found) for found in NUMBER.findall(text))
