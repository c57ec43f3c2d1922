"""How well sentences worth checking are told from the others: ``script/bench checkworthy``."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotations.checkworthy.weighing import LEAST
from bench.figures import PER_SECOND, Figure
from tests.annotations.checkworthy.gold import HALVES, GoldArticle, read_half, read_sample, scores_of

RATE_AIM = "≥ 100"


@dataclass(frozen=True, slots=True)
class Scored:
    """Of the sentences of some articles: shares from 0 to 1, and articles read in a second of one core."""

    precision: float
    recall: float
    average_precision: float
    per_second: float


def figures() -> Iterator[Figure]:
    """Figures of the sample and of both halves of our own articles; in per cent."""
    sets = {"sample": [read_sample()]} | {half.replace("_", "-"): read_half(half) for half in HALVES}
    for name, articles in sets.items():
        scored = score(articles)
        yield Figure(f"checkworthy-{name}-precision", 100 * scored.precision, "%")
        yield Figure(f"checkworthy-{name}-recall", 100 * scored.recall, "%")
        yield Figure(f"checkworthy-{name}-ap", 100 * scored.average_precision, "%")
        yield Figure(f"checkworthy-{name}-rate", scored.per_second, PER_SECOND, aim=RATE_AIM)


def score(articles: Sequence[GoldArticle]) -> Scored:
    began = time.process_time()
    scores = [pair for article in articles for pair in scores_of(article)]
    elapsed = time.process_time() - began
    found = [is_worth for value, is_worth in scores if value >= LEAST]
    worth = sum(is_worth for _, is_worth in scores)
    return Scored(
        precision=sum(found) / max(1, len(found)),
        recall=sum(found) / max(1, worth),
        average_precision=average_precision(scores),
        per_second=len(articles) / max(elapsed, 1e-9),
    )


def average_precision(scores: Sequence[tuple[float, bool]]) -> float:
    """The mean of the precision at each right answer, best score first (Buckley and Voorhees, SIGIR 2000).

    Right answers at ranks 1 and 3 of three give (1/1 + 2/3) / 2 = 0.83. Of equal scores the wrong ones come first.
    """
    ranked = sorted(scores, key=lambda pair: (-pair[0], pair[1]))
    hits, total = 0, 0.0
    for rank, (_, is_right) in enumerate(ranked, start=1):
        hits += is_right
        total += is_right * hits / rank
    return total / max(1, hits)
