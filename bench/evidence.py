"""How long evidence search takes as the stored sources grow, and what it costs to store one."""

import itertools
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import get_user_model

from bench.figures import PER_SECOND, Figure, median, percentile
from bench.ground import Ground, say
from bench.loading import settle
from bench.pace import milliseconds, side_by_side
from bench.sources import PASSAGES

SIZE = 100_000
MANY = 1_000_000
CLAIMS = 200
STORED = 40
AIMS = {SIZE: "≤ 100", MANY: "≤ 200"}
SAMPLE = "SELECT text FROM articles_passage ORDER BY md5(id::text) LIMIT %s"


def evidence(ground: Ground) -> Iterator[Figure]:
    """Passages for a claim among 100,000; storing a source of 50; passages a second made searchable."""
    yield from _among(ground, SIZE)
    yield from _storing(ground)


def evidence_among_many(ground: Ground) -> Iterator[Figure]:
    """Passages for a claim among 1,000,000."""
    yield from _among(ground, MANY)


def _among(ground: Ground, size: int) -> Iterator[Figure]:
    ground.make_models_known()
    from articles.management.scratch import index
    from articles.models import Passage

    library = ground.library
    missing = size - Passage.objects.count()
    passages = ground.load_sources(library.sources(missing // PASSAGES), f"{missing} passages of sources")
    took = milliseconds(lambda: index(passages, language="en")) / 1000
    floor = milliseconds(ground.floor.build) / 1000
    counted = _counted()
    settle()
    yield Figure(f"evidence-{size}-build", len(passages) / took, PER_SECOND, size / floor, "≥ 4000")
    yield Figure(f"evidence-{size}-count", counted, "s", None)
    yield from _searches(ground, size, [library.claim(text) for (text,) in ground.floor.sample(SAMPLE, CLAIMS)])


def _counted() -> float:
    """What the job takes that weighs words, in seconds."""
    from articles.operations.passagewords import count_words

    return milliseconds(lambda: count_words(at=datetime.now(UTC), is_forced=True)) / 1000


def _searches(ground: Ground, size: int, claims: Sequence[str]) -> Iterator[Figure]:
    from articles.search.asking import read_query
    from articles.search.passages import find_passages
    from articles.search.ranking import ranking_statement

    person = get_user_model()._default_manager.get(username="alice")
    statements = [ranking_statement(read_query(claim, language="en"), most=10) for claim in claims]
    for_desk, for_floor = itertools.cycle(claims), itertools.cycle(statements)
    times = side_by_side(
        lambda: find_passages(next(for_desk), person=person, language="en"),
        lambda: ground.floor.rank(*next(for_floor)),
        count=len(claims),
    )
    say(f"{size} passages: the slowest of {len(claims)} searches took {max(times.desk):.0f} ms")
    yield Figure(f"evidence-{size}-p50", median(times.desk), "ms", median(times.floor))
    yield Figure(f"evidence-{size}-p95", percentile(times.desk, 0.95), "ms", percentile(times.floor, 0.95), AIMS[size])


def _storing(ground: Ground) -> Iterator[Figure]:
    """Sources of 50 passages, each stored in a transaction of its own as the desk stores them."""
    from articles.operations.sources import store_source

    person: Any = get_user_model()._default_manager.get(username="alice")
    texts = ["\n\n".join(passages) for passages in ground.library.sources(2 * STORED + 10)]
    at = datetime.now(UTC)
    for_desk, for_floor = iter(texts), iter(texts[::-1])
    times = side_by_side(
        lambda: store_source(
            title="A report", text=next(for_desk), basis="paraphrase", language="en", by=person, at=at
        ),
        lambda: ground.floor.store_source(next(for_floor).split("\n\n"), at),
        count=STORED,
    )
    yield Figure("evidence-store-p50", median(times.desk), "ms", median(times.floor), "≤ 30")
    yield Figure("evidence-store-p95", percentile(times.desk, 0.95), "ms", percentile(times.floor, 0.95))
