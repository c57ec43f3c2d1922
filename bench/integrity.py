"""How long it takes to find where the words of a quote stand elsewhere, as the archive grows."""

import itertools
from collections.abc import Iterator

from bench.figures import Figure, median, percentile
from bench.ground import Ground, say
from bench.loading import settle
from bench.pace import milliseconds, side_by_side
from bench.quotations import QUOTES, Quotations

SIZES = (1_000, 10_000, 100_000)
ASKED = 200
AIM = "≤ 50"
SAMPLE = """
SELECT q.uid, w.keys FROM articles_quotedwords w JOIN articles_quote q ON q.id = w.quote_id
WHERE cardinality(w.keys) > 0 ORDER BY md5(q.id::text) LIMIT %s
"""


def integrity(ground: Ground) -> Iterator[Figure]:
    """Where else the words of a quote stand, among 1,000, 10,000 and 100,000 articles with four quotes each."""
    _ = ground.api
    corpus, loaded = Quotations(), 0
    for size in SIZES:
        ground.load(corpus.articles(size - loaded), f"{size - loaded} articles with {QUOTES} quotes each")
        loaded = size
        yield from _keys_kept(size)
        yield from _asked(ground, size)


def _keys_kept(size: int) -> Iterator[Figure]:
    """What the job takes for a quote that has no keys yet."""
    from articles.operations.quotedwords import keep_missing_words

    counted: list[int] = []
    took = milliseconds(lambda: counted.append(keep_missing_words(most=QUOTES * size)))
    settle()
    yield Figure(f"integrity-{size}-keys", took / max(counted[0], 1), "ms", None)


def _asked(ground: Ground, size: int) -> Iterator[Figure]:
    sample = ground.floor.sample(SAMPLE, ASKED)
    for_desk, for_floor = itertools.cycle(sample), itertools.cycle(sample)
    times = side_by_side(
        lambda: ground.api.get(f"/api/v1/quotes/{next(for_desk)[0]}/elsewhere/"),
        lambda: ground.floor.share_keys(next(for_floor)[1]),
        count=ASKED,
    )
    say(f"{size} articles: the slowest of {ASKED} took {max(times.desk):.0f} ms")
    yield Figure(f"integrity-{size}-p50", median(times.desk), "ms", median(times.floor), AIM)
    yield Figure(f"integrity-{size}-p95", percentile(times.desk, 0.95), "ms", percentile(times.floor, 0.95), AIM)
