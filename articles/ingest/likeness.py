"""How much of one text stands in another, and keys by which a text's likes are found among many.

Texts are compared as sets of shingles (runs of words; Broder 1997, "On the resemblance and containment of documents").
A signature of minima stands for the set: one hash for each shingle, its minima in 128 bins (Li, Owen and Zhang 2012,
"One permutation hashing"), empty bins filled from others (Shrivastava 2017, "Optimal densification"). Three minima
together make one key, so texts that share a key are worth comparing whole. Figures: docs/explanation/duplicates.md.
"""

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from itertools import pairwise

from articles.anchoring.text import fold
from articles.anchoring.tokens import UNSPACED

WORDS_OF_SHINGLE = 5
BINS = 128
ROWS_OF_BAND = 3
# What a piece must share to be named: so much of both together, or so much of the shorter one.
ENOUGH_RESEMBLANCE = 0.4
ENOUGH_CONTAINMENT = 0.55
# Or so much of nearly every part of the shorter one: of all sixths but the two that share least. In runs: a sixth that
# can be judged.
ENOUGH_EVENNESS = 0.4
PARTS, LEFT_ASIDE, SHORTEST_PART = 6, 2, 10

WORD = re.compile(rf"[^\W{UNSPACED}]+|[{UNSPACED}]")

Shingles = Set[int]


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two texts share: ``resemblance`` of all shingles of both, ``containment`` of those of the shorter one.

    ``evenness`` is the share of the shorter one's shingles in the third of its sixths that shares least: a rewriting
    leaves something of its source everywhere, paragraphs of the same background stand together.
    """

    resemblance: float
    containment: float
    evenness: float = 0.0

    @property
    def is_near_duplicate(self) -> bool:
        """Whether a person should be shown both before one of them is saved."""
        is_shared = self.resemblance >= ENOUGH_RESEMBLANCE or self.containment >= ENOUGH_CONTAINMENT
        return is_shared or self.evenness >= ENOUGH_EVENNESS


def shingles(text: str, words: int = WORDS_OF_SHINGLE) -> Shingles:
    """Give the runs of words of a text as unsigned 64-bit numbers, the same on every machine.

    Case, typography and punctuation do not count. A text shorter than one run is a run by itself.
    """
    return set(_runs(text, words))


def _runs(text: str, words: int = WORDS_OF_SHINGLE) -> list[int]:
    """The runs of words of a text as such numbers, in its order."""
    series = WORD.findall(fold(text).casefold())
    if len(series) < words:
        return [_number(" ".join(series))] if series else []
    return [_number(" ".join(series[first : first + words])) for first in range(len(series) - words + 1)]


def likeness(one: str, other: str) -> Likeness:
    """Compare two texts whole. A text without words is like nothing."""
    runs_of_one, runs_of_other = _runs(one), _runs(other)
    of_one, of_other = set(runs_of_one), set(runs_of_other)
    if not of_one or not of_other:
        return Likeness(0.0, 0.0)
    shared = len(of_one & of_other)
    return Likeness(
        resemblance=shared / (len(of_one) + len(of_other) - shared),
        containment=shared / min(len(of_one), len(of_other)),
        evenness=_evenness(*min((runs_of_one, of_other), (runs_of_other, of_one), key=lambda pair: len(set(pair[0])))),
    )


def _evenness(runs: list[int], others: Shingles) -> float:
    """The share of the runs that stand among the others in the third of their sixths that shares least."""
    if len(runs) < PARTS * SHORTEST_PART:
        return 0.0
    bounds = [part * len(runs) // PARTS for part in range(PARTS + 1)]
    shares = [sum(run in others for run in runs[start:end]) / (end - start) for start, end in pairwise(bounds)]
    return sorted(shares)[LEFT_ASIDE]


def resemblance(one: str, other: str) -> float:
    """Give the share of their shingles that stand in both texts (Jaccard's coefficient), from 0 to 1."""
    return likeness(one, other).resemblance


def containment(one: str, other: str) -> float:
    """Give the share of the shorter text's shingles that stand in the longer one, from 0 to 1."""
    return likeness(one, other).containment


def signature(runs: Shingles) -> list[int]:
    """Give 128 minima; the share of places where two signatures agree estimates the resemblance of their sets.

    An empty set has no minima, and an empty signature.
    """
    if not runs:
        return []
    minima: list[int | None] = [None] * BINS
    for run in runs:
        rest, place = divmod(run, BINS)
        least = minima[place]
        if least is None or rest < least:
            minima[place] = rest
    return [_filled(minima, place) for place in range(BINS)]


def band_keys(text: str, rows: int = ROWS_OF_BAND) -> list[int]:
    """Give the keys of a text, sorted and each once, as signed 32-bit numbers: what an indexed ``int[]`` holds.

    Two texts of resemblance ``s`` share a key with probability ``1 - (1 - s**3)**42``. A text without words has none.
    """
    minima = signature(shingles(text))
    bands = (minima[first : first + rows] for first in range(0, len(minima) - rows + 1, rows))
    return sorted({_key(number, band) for number, band in enumerate(bands)})


def _number(words: str) -> int:
    return int.from_bytes(blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _key(band: int, minima: list[int]) -> int:
    spelled = b"".join(number.to_bytes(8, "big") for number in (band, *minima))
    return int.from_bytes(blake2b(spelled, digest_size=4).digest(), "big", signed=True)


def _filled(minima: list[int | None], place: int) -> int:
    """Take the minimum of the first bin that has one, in an order of the empty bin's own."""
    least = minima[place]
    if least is not None:
        return least
    return next(found for other in _substitutes(place) if (found := minima[other]) is not None)


@cache
def _substitutes(place: int) -> list[int]:
    return sorted(range(BINS), key=lambda other: _number(f"{place} {other}"))
