"""How good a ranking is, as information retrieval measures it; pure.

As trec_eval computes them: gains are linear, and what is not judged is not relevant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log2

Judged = Mapping[str, float]
"""How relevant each passage is to one query; 0 and less is not."""


def gain_at(ranked: Sequence[str], judged: Judged, *, depth: int) -> float:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002) of the first ``depth``.

    Of passages judged 3, 2, 3, 0, 1, 2 in this order the gain at 6 is 6.861 of at best 7.141: 0.961.
    """
    best = sorted((max(gain, 0) for gain in judged.values()), reverse=True)
    reached = _discounted([max(judged.get(name, 0), 0) for name in ranked[:depth]])
    return reached / _discounted(best[:depth]) if any(best) else 0.0


def recall_at(ranked: Sequence[str], judged: Judged, *, depth: int) -> float:
    """The share of all relevant passages that are among the first ``depth``."""
    relevant = _relevant(judged)
    return len(relevant.intersection(ranked[:depth])) / len(relevant) if relevant else 0.0


def average_precision_at(ranked: Sequence[str], judged: Judged, *, depth: int) -> float:
    """The mean, over all relevant passages, of the share of relevant ones down to each; 0 for those below ``depth``.

    With two relevant passages at places 1 and 3 it is (1/1 + 2/3) / 2 = 0.833.
    """
    relevant, found, total = _relevant(judged), 0, 0.0
    for place, name in enumerate(ranked[:depth], start=1):
        if name in relevant:
            found += 1
            total += found / place
    return total / len(relevant) if relevant else 0.0


def _relevant(judged: Judged) -> set[str]:
    return {name for name, gain in judged.items() if gain > 0}


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / log2(place + 1) for place, gain in enumerate(gains, start=1))
