"""How many quotations are found, and given to the right person: ``script/bench quotes``.

``python -m bench.quotation FILE…`` scores other articles: lines of ``{"id", "text", "quotes"}``, each quotation with
``start``, ``end``, ``kind``, ``speaker``, ``speaker_span``, ``resolved`` and ``speech``.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from articles.quotation.extract import extract
from bench.figures import PER_SECOND, Figure
from bench.quotation_scores import KINDS, Quote, Tally
from tests.articles.quotation.gold import GOLD, HALVES, GoldArticle, read, read_half

# The likenesses at which figures are given; the first is the one that aims are set for.
LIKENESSES = (0.8, 0.5, 1.0)
# Where a local copy of PolNeAR's development part lies, converted to lines; it has no licence and is in no commit.
POLNEAR = "NEWSDESK_POLNEAR_DEV"
AIMS = {"direct": "≥ 92", "mixed": "≥ 72", "indirect": "≥ 60", "all": "≥ 74", "mention": "≥ 93"}
RATE_AIM = "≥ 100"


@dataclass(frozen=True, slots=True)
class Article:
    """A text with the quotations people marked in it."""

    text: str
    quotes: list[Quote]


@dataclass(frozen=True, slots=True)
class Scored:
    """Figures of one set of articles, by likeness, and how many were read in a second of one core."""

    tallies: dict[float, Tally]
    per_second: float


def figures() -> Iterator[Figure]:
    """Figures of the sample, of both halves of our articles, and of PolNeAR where a copy is named; in per cent."""
    sets = {"sample": [marked(read(path)) for path in sorted((GOLD / "sample").glob("*.txt"))]}
    sets |= {half.replace("_", "-"): [marked(article) for article in read_half(half)] for half in HALVES}
    if named := os.environ.get(POLNEAR):
        sets["polnear"] = list(lines_of(Path(named)))
    for name, articles in sets.items():
        yield from _figures_of(name, score(articles))


def _figures_of(name: str, scored: Scored) -> Iterator[Figure]:
    tally = scored.tallies[LIKENESSES[0]]
    aims = AIMS if name == "polnear" else {}
    for kind in KINDS:
        yield Figure(f"quotes-{name}-{kind}", 100 * tally.f1_of(kind), "% F1", aim=aims.get(kind, ""))
    yield Figure(f"quotes-{name}-all", 100 * tally.all.f1, "% F1", aim=aims.get("all", ""))
    yield Figure(f"quotes-{name}-mention", 100 * tally.mention, "%", aim=aims.get("mention", ""))
    if tally.counts["people", ""]:
        yield Figure(f"quotes-{name}-person", 100 * tally.person, "%")
    yield Figure(f"quotes-{name}-rate", scored.per_second, PER_SECOND, aim=RATE_AIM if aims else "")


def score(articles: Sequence[Article]) -> Scored:
    tallies = {likeness: Tally(likeness) for likeness in LIKENESSES}
    began = time.process_time()
    found = [[quotation.to_json() for quotation in extract(article.text, language_code="en")] for article in articles]
    elapsed = time.process_time() - began
    for article, quotes in zip(articles, found, strict=True):
        for tally in tallies.values():
            tally.add(article.text, article.quotes, quotes)
    return Scored(tallies, len(articles) / max(elapsed, 1e-9))


def marked(article: GoldArticle) -> Article:
    quotes = [
        {
            "start": quote.start, "end": quote.end, "kind": quote.kind, "speaker": quote.speaker,
            "speaker_span": quote.speaker_span, "resolved": quote.resolved, "speech": not quote.optional,
        }
        for quote in article.quotes
    ]  # fmt: skip
    return Article(article.text, quotes)


def lines_of(path: Path) -> Iterator[Article]:
    """Articles of a file with one JSON object per line."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            yield Article(article["text"], article["quotes"])


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.quotation", description="Score the finder of quotations.")
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="articles with marked quotations, as lines")
    for path in parser.parse_args(arguments).files:
        scored = score(list(lines_of(path)))
        sys.stdout.write(f"{path.name}: {scored.per_second:.0f} articles per second\n")
        for likeness, tally in scored.tallies.items():
            sys.stdout.write(f"{likeness:4} {_line(tally)}\n")
    return 0


def _line(tally: Tally) -> str:
    every = tally.all
    kinds = "  ".join(f"{kind} {tally.f1_of(kind):.3f}" for kind in KINDS)
    return (
        f"P {every.precision:.3f} R {every.recall:.3f} F1 {every.f1:.3f}  {kinds}  "
        f"mention {tally.mention:.3f} person {tally.person:.3f} end to end {tally.end_to_end:.3f}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
