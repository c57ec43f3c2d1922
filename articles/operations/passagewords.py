"""The index of evidence search, and the counts that weigh its words. Derived: a job makes up for what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from articles.models import Passage, PassageCount, PassageWords, Snapshot, Source
from articles.search.configuration import FOLDED, configuration_for, readable
from articles.search.folding import vector_of

AT_ONCE = 1_000
# Passages are counted again when there are so many more or fewer, or so much time has passed.
MOVED, OLD = 0.1, timedelta(days=1)
# Counts that moved less than this share stay, because a weight moves with their logarithm.
SLIGHT = 0.02

INSERT = """
INSERT INTO articles_passagewords (passage_id, snapshot_id, configuration, length, words)
SELECT id, snapshot_id, %s, length, vector FROM ({rows}) made
ON CONFLICT (passage_id) DO UPDATE
SET configuration = excluded.configuration, length = excluded.length, words = excluded.words
"""
STEMMED_ROWS = """
SELECT id, snapshot_id, vector, coalesce((SELECT sum(cardinality(positions)) FROM unnest(vector)), 0) AS length
FROM (
    SELECT given.id, given.snapshot_id, to_tsvector(%s::regconfig, given.text) AS vector
    FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS given (id, snapshot_id, text)
    OFFSET 0  -- so that each text is read once
) read
"""
FOLDED_ROWS = """
SELECT given.id, given.snapshot_id, given.vector::tsvector AS vector, given.length
FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::int[]) AS given (id, snapshot_id, vector, length)
"""

COUNT_PASSAGES = """
UPDATE articles_passagecount SET passages = counted.passages, mean_length = counted.mean, counted_at = %(at)s
FROM (
    SELECT count(*) AS passages, greatest(coalesce(avg(length), 1), 1) AS mean
    FROM articles_passagewords WHERE configuration = %(configuration)s
) counted
WHERE configuration = %(configuration)s
"""
# Ordered, so that two who count at once wait for each other instead of dying.
COUNT_LEXEMES = """
INSERT INTO articles_lexemecount (configuration, lexeme, passages)
SELECT %(configuration)s, word, ndoc
FROM ts_stat(format('SELECT words FROM articles_passagewords WHERE configuration = %%L', %(configuration)s::text))
WHERE ndoc > 1 ORDER BY word
ON CONFLICT (configuration, lexeme) DO UPDATE SET passages = excluded.passages
WHERE abs(excluded.passages - articles_lexemecount.passages) > %(slight)s * articles_lexemecount.passages
"""


def index_passages(passages: Sequence[Passage], *, language: str) -> None:
    """Let passages be found for claims from the moment this transaction ends.

    :param passages: stored, with their keys.
    :param language: of their source, as a BCP 47 tag; empty where it is not stated.
    """
    by_configuration: dict[str, list[Passage]] = {}
    for passage in passages:
        by_configuration.setdefault(configuration_for(language, passage.text), []).append(passage)
    known = set(PassageCount.objects.filter(pk__in=by_configuration).values_list("pk", flat=True))
    missing = sorted(set(by_configuration) - known)
    PassageCount.objects.bulk_create((PassageCount(pk=each) for each in missing), ignore_conflicts=True)
    for configuration, alike in by_configuration.items():
        _insert(alike, configuration)


def _insert(passages: Sequence[Passage], configuration: str) -> None:
    keys = [[passage.pk for passage in passages], [passage.snapshot_id for passage in passages]]
    with connection.cursor() as cursor:
        if configuration != FOLDED:
            texts = [readable(passage.text) for passage in passages]
            cursor.execute(INSERT.format(rows=STEMMED_ROWS), [configuration, configuration, *keys, texts])
            return
        vectors, lengths = zip(*(vector_of(passage.text) for passage in passages), strict=True)
        cursor.execute(INSERT.format(rows=FOLDED_ROWS), [configuration, *keys, list(vectors), list(lengths)])


def index_source_anew(source: Source) -> None:
    """Read the passages of a source in another language, after somebody has said which it is."""
    passages = Passage.objects.filter(snapshot__source=source).only("text", "snapshot_id").order_by("pk")
    index_passages(list(passages), language=source.language)


def index_missing_passages(*, most: int = 20_000) -> int:
    """Let be found whatever passages are in no index yet; returns how many there were, at most ``most``."""
    missing = list(Passage.objects.filter(indexed=None).only("text", "snapshot_id").order_by("pk")[:most])
    languages = dict(
        Snapshot.objects.filter(pk__in={passage.snapshot_id for passage in missing}).values_list(
            "pk", "source__language"
        )
    )
    for alike in _in_turn(missing):
        by_language: dict[str, list[Passage]] = {}
        for passage in alike:
            by_language.setdefault(languages[passage.snapshot_id], []).append(passage)
        for language, passages in by_language.items():
            index_passages(passages, language=language)
    return len(missing)


def _in_turn(passages: Sequence[Passage]) -> Iterator[Sequence[Passage]]:
    for begin in range(0, len(passages), AT_ONCE):
        yield passages[begin : begin + AT_ONCE]


def count_words(*, at: datetime, is_forced: bool = False) -> list[str]:
    """Count passages and lexemes anew where they have moved; returns the configurations that were counted.

    Nobody who stores or searches waits for it. Until then a new lexeme counts as the rarest there is.
    """
    moved = [count.pk for count in PassageCount.objects.order_by("pk") if is_forced or _has_moved(count, at)]
    for configuration in moved:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('articles_lexemecount'))")
            asked: dict[str, Any] = {"configuration": configuration, "at": at, "slight": SLIGHT}
            cursor.execute(COUNT_PASSAGES, asked)
            cursor.execute(COUNT_LEXEMES, asked)
    return moved


def _has_moved(count: PassageCount, at: datetime) -> bool:
    there = PassageWords.objects.filter(configuration=count.pk).count()
    if count.counted_at is None or there == 0:
        return count.passages != there
    is_old = at - count.counted_at > OLD and there != count.passages
    return is_old or abs(there - count.passages) > MOVED * count.passages
