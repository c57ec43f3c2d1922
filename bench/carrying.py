"""How marks are carried across edits, and how long a save takes: ``script/bench carry``.

The edits are made of the articles in ``tests/articles/quotation/gold`` and, where ``NEWSDESK_POLNEAR_DEV`` names a
local copy, of PolNeAR's development part.
"""

import json
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from articles.anchoring.carry import carry
from articles.anchoring.cases import Span, read_cases
from articles.anchoring.scores import Score, score
from bench import edits, quotation
from bench.drafts import Dice, Draft, sentences_of, words_of
from bench.figures import Figure, median, percentile
from tests.articles.quotation.gold import HALVES, read_half

SEED = 20270301
EACH = {"own": 12, "polnear": 20}
MARKS = 1_000
SAVES = 30


def figures() -> Iterator[Figure]:
    """Marks on other words, carried and lost, in edits of each set; milliseconds of a save with 1,000 marks."""
    own = [article.text for half in HALVES for article in read_half(half)]
    yield from _figures_of("own", own)
    if named := os.environ.get(quotation.POLNEAR):
        yield from _figures_of("polnear", edits.articles_of([Path(named)]))
    yield from _pace("\n\n".join(own))


def _figures_of(name: str, articles: Sequence[str]) -> Iterator[Figure]:
    scored = scored_edits(articles, seed=SEED, each=EACH[name])
    total, counts = scored.total, scored.total.to_json()
    yield Figure(f"carry-{name}-silently-wrong", len(scored.silently_wrong), f"of {total.marks}", aim="0")
    yield Figure(f"carry-{name}-undecidable", len(scored.undecidable), f"of {total.marks}")
    yield Figure(f"carry-{name}-carried", 100 * total.carried_share, "%", aim="≥ 99")
    yield Figure(f"carry-{name}-intact-lost", 100 * total.untouched_lost / max(1, total.untouched), "%", aim="≤ 0.05")
    yield Figure(f"carry-{name}-anchored", 100 * float(counts["intact_anchored"]) / max(1, total.untouched), "%")


def scored_edits(articles: Sequence[str], *, seed: int, each: int) -> Score:
    """Edit articles and carry the marks, by way of a file as anybody would."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cases.json"
        path.write_text(json.dumps(list(edits.cases(articles, seed=seed, each=each, mixed=6 * each))), encoding="utf-8")
        return score(read_cases(path))


def _pace(text: str) -> Iterator[Figure]:
    """Milliseconds of one core: a sentence edited and one put in beside it; the same in ten places; a rewrite."""
    dice = Dice(SEED)
    words = words_of(text)
    spans = [_row(dice, words) for _ in range(MARKS)]
    backwards = " ".join(sorted(text.split(), key=lambda each: each[::-1]))
    saves = {
        "usual": ([_edited(dice, text, places=1) for _ in range(SAVES)], "< 50"),
        "scattered": ([_edited(dice, text, places=10) for _ in range(SAVES)], "< 150"),
        "rewrite": ([backwards] * SAVES, "< 150"),
    }
    for name, (texts, aim) in saves.items():
        times = [_milliseconds_of_carrying(text, new, spans) for new in texts]
        yield Figure(f"carry-{name}-p50", median(times), "ms", aim=aim)
        yield Figure(f"carry-{name}-p95", percentile(times, 0.95), "ms", aim=aim)


def _edited(dice: Dice, text: str, *, places: int) -> str:
    draft = Draft(text)
    for _ in range(places):
        start, end = dice.one_of(sentences_of(draft.text))
        draft.insert(end, " Otters sleep afloat, wrapped in kelp and holding paws.")
        draft.replace(*words_of(draft.text, start, end)[0], "otters")
    return draft.text


def _milliseconds_of_carrying(old: str, new: str, spans: Sequence[Span]) -> float:
    began = time.process_time()
    carry(old, new, spans)
    return (time.process_time() - began) * 1000


def _row(dice: Dice, words: Sequence[Span]) -> Span:
    first = dice.below(len(words) - 20)
    return words[first][0], words[first + dice.one_of((0, 1, 3, 8, 19))][1]
