"""``manage.py evaluate_search CORPUS QUERIES QRELS``: how good and how fast evidence search is on a collection."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, connection
from django.utils import timezone

from articles.management.collections import CollectionMalformed, read_corpus, read_judgements, read_queries
from articles.management.scratch import index, scratch_database, somebody, store
from articles.operations.passagewords import count_words
from articles.search.asking import read_query
from articles.search.measures import average_precision_at, gain_at, recall_at
from articles.search.passages import best_passages

DEPTH = 100
# Queries asked before the first that is timed, so that the database has read its index.
WARMING = 20
WIDTH = 12

Search = Callable[[str], Sequence[int]]


@dataclass(slots=True)
class Scores:
    """What each query came to, and how many milliseconds it took."""

    gain: list[float] = field(default_factory=list)
    recall_10: list[float] = field(default_factory=list)
    recall_100: list[float] = field(default_factory=list)
    precision: list[float] = field(default_factory=list)
    took: list[float] = field(default_factory=list)

    def add(self, ranked: Sequence[str], judged: Mapping[str, float], took: float) -> None:
        self.gain.append(gain_at(ranked, judged, depth=10))
        self.recall_10.append(recall_at(ranked, judged, depth=10))
        self.recall_100.append(recall_at(ranked, judged, depth=100))
        self.precision.append(average_precision_at(ranked, judged, depth=5))
        self.took.append(took)

    def lines(self) -> Iterator[tuple[str, str]]:
        for name, values in (
            ("nDCG@10", self.gain),
            ("R@10", self.recall_10),
            ("R@100", self.recall_100),
            ("MAP@5", self.precision),
        ):
            yield name, f"{sum(values) / len(values):.4f}"
        ordered = sorted(self.took)
        for share in (50, 95):
            yield f"p{share}", f"{ordered[ceil(share / 100 * len(ordered)) - 1]:.1f} ms"
        yield "queries/s", f"{1000 * len(ordered) / sum(ordered):.1f}"


class Command(BaseCommand):
    """Load a test collection into a database of its own, search it, and print how good and how fast the search is."""

    help = (
        "Measure evidence search on a test collection in the format of BEIR. It is loaded into a scratch database on "
        "the desk's server, which is dropped afterwards; the desk's own data are not touched."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("corpus", type=Path, metavar="CORPUS.jsonl", help="objects with _id, title and text")
        parser.add_argument("queries", type=Path, metavar="QUERIES.jsonl", help="objects with _id and text")
        parser.add_argument("qrels", type=Path, metavar="QRELS.tsv", help="query-id, corpus-id, score")
        parser.add_argument(
            "--language", default="", help="of passages and queries, as a BCP 47 tag; their script decides unless given"
        )

    def handle(self, *arguments: Any, corpus: Path, queries: Path, qrels: Path, language: str, **options: Any) -> None:
        try:
            asked, judgements = read_queries(queries), read_judgements(qrels)
            with scratch_database():
                by = somebody()
                names = self._load(corpus, language, by)
                judged = self._judged(asked, judgements, set(names.values()))
                scores = _evaluate(asked, judged, names, _search(by, language))
        except CollectionMalformed as error:
            raise CommandError(str(error)) from error
        except ProgrammingError as error:
            raise CommandError(f"The database refused: {error}") from error
        for name, value in scores.lines():
            self._print(name, value)

    def _load(self, corpus: Path, language: str, by: AbstractUser) -> dict[int, str]:
        names: dict[int, str] = {}
        for some in store(read_corpus(corpus), language=language, by=by, at=timezone.now()):
            names |= some
        if not names:
            raise CollectionMalformed(f"{corpus}: there is no passage in it.")
        began = time.perf_counter()
        index(names, language=language)
        took = time.perf_counter() - began
        count_words(at=timezone.now(), is_forced=True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
        self._print("passages", str(len(names)))
        self._print("indexed", f"{len(names) / took:.0f} passages/s")
        return names

    def _judged(
        self, asked: Mapping[str, str], judgements: Mapping[str, Mapping[str, float]], names: set[str]
    ) -> dict[str, dict[str, float]]:
        """What can be scored: queries that are asked, with a relevant passage that is in the corpus."""
        known = {
            query: {name: score for name, score in of_query.items() if name in names}
            for query, of_query in judgements.items()
            if query in asked
        }
        judged = {query: of_query for query, of_query in known.items() if any(score > 0 for score in of_query.values())}
        if not judged:
            raise CollectionMalformed("No query has a relevant passage in the corpus. Do the files belong together?")
        left_out = sum(map(len, judgements.values())) - sum(map(len, known.values()))
        if left_out:
            self.stderr.write(f"{left_out} judgements name a query or a passage that is not there. They are left out.")
        if len(judged) < len(asked):
            self.stderr.write(f"{len(asked) - len(judged)} queries have no relevant passage. They are not asked.")
        self._print("queries", str(len(judged)))
        return judged

    def _print(self, name: str, value: str) -> None:
        self.stdout.write(f"{name:{WIDTH}}{value}")


def _search(person: AbstractUser, language: str) -> Search:
    """The search as pages use it, without drawing what it finds."""

    def search(query: str) -> list[int]:
        asked = read_query(query, language=language)
        return [key for key, _score in best_passages(query, asked, person=person, limit=DEPTH)]

    return search


def _evaluate(
    asked: Mapping[str, str], judged: Mapping[str, Mapping[str, float]], names: Mapping[int, str], search: Search
) -> Scores:
    for query in list(judged)[:WARMING]:
        search(asked[query])
    scores = Scores()
    for query, of_query in judged.items():
        began = time.perf_counter()
        keys = search(asked[query])
        scores.add([names[key] for key in keys], of_query, 1000 * (time.perf_counter() - began))
    return scores
