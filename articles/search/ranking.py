"""BM25 over the passages that share telling words with a query, in one statement on one index.

Robertson and Zaragoza 2009, *The Probabilistic Relevance Framework*, equation 3.15, with the usual k1 = 1.2, b = 0.75
and without the constant factor k1 + 1.

A claim is a long query: scoring every passage that has any of its words would read most of the archive. So candidates
are those with its rarest words, up to about :data:`BUDGET`, and those with two of its next ones; each is scored over
all of the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from articles.models import Snapshot
from articles.search.asking import Asked, Term

BUDGET = 5_000
# Of the next rarest lexemes every pair is tried.
PAIRED = 12
# Two words that stand in one claim stand together more often than chance would have it.
TOGETHER = 4
# Where nothing but very common words is left, so many passages with them are looked at.
MOST_CANDIDATES = 20_000

# For one lexeme and equal weights ts_rank is the sum of 1/i² for i to tf, over π²/6, so its distance from 1 tells tf:
# the one way to read a frequency out of a tsvector without unpacking it. PostgreSQL does not document it, so a test
# proves it for every tf from 1 to 255 on the server at hand (a tsvector keeps no more places of a lexeme).
FREQUENCY = "round(1 / (1.64493407 * (1.0000001 - ts_rank('{{1,1,1,1}}', {vector}, {lexeme}))) - 0.5)"
K1, B = 1.2, 0.75
RANK = """
SELECT e.passage_id, scored.score
FROM {rows} e
JOIN (VALUES {asked}) AS a (configuration, lexemes, weights, short, long) ON a.configuration = e.configuration
CROSS JOIN LATERAL (
    SELECT sum(weight * tf / (tf + a.short + a.long * e.length)) AS score
    FROM (
        SELECT t.weight, {frequency} AS tf FROM unnest(a.lexemes, a.weights) AS t (lexeme, weight)
        OFFSET 0  -- so that each frequency is read out once
    ) counted
    WHERE tf >= 1
) scored
WHERE scored.score > 0 {matching}
ORDER BY scored.score DESC, e.passage_id LIMIT %s
"""
ONE = "(%s::text, %s::text[]::tsquery[], %s::float8[], %s::float8, %s::float8)"
MATCHING = "AND e.words @@ %s::tsquery"
ALL = "articles_passagewords"
SOME = "(SELECT * FROM articles_passagewords WHERE words @@ %s::tsquery LIMIT %s)"


Hits = list[tuple[int, float]]
Statement = tuple[str, list[Any]]


def rank(asked: Sequence[Asked], *, most: int) -> Hits:
    """The keys of the best passages with their scores, best first, whoever may know of them: ask that afterwards."""
    return _hits(*ranking_statement(asked, most=most)) if asked else []


def rank_within(asked: Sequence[Asked], snapshots: QuerySet[Snapshot], *, most: int, is_thorough: bool) -> Hits:
    """The same within some snapshots, for which it was told that the best of all are not enough.

    :param is_thorough: look at all passages that share any word, not only at the candidates among all.
    :raises EmptyResultSet: when there can be no such snapshot.
    """
    within, values = snapshots.values("pk").query.sql_with_params()
    matching = f"{MATCHING} AND e.snapshot_id IN ({within})"
    query = every_word(asked) if is_thorough else candidates(asked).query
    statement, before = _statement(asked, ALL, matching)
    return _hits(statement, [*before, query, *values, most]) if asked else []


def ranking_statement(asked: Sequence[Asked], *, most: int) -> Statement:
    """The statement that ranks, with its values."""
    query, expected = candidates(asked)
    if expected > MOST_CANDIDATES:
        statement, values = _statement(asked, SOME, "")
        return statement, [query, MOST_CANDIDATES, *values, most]
    statement, values = _statement(asked, ALL, MATCHING)
    return statement, [*values, query, most]


def _statement(asked: Sequence[Asked], rows: str, matching: str) -> Statement:
    """The statement over some rows, with the values of what is asked."""
    statement = RANK.format(
        rows=rows,
        asked=", ".join([ONE] * len(asked)),
        frequency=FREQUENCY.format(vector="e.words", lexeme="t.lexeme"),
        matching=matching,
    )
    values: list[Any] = []
    for one in asked:
        values += [
            one.configuration,
            [term.quoted for term in one.terms],
            [one.weight(term) for term in one.terms],
            K1 * (1 - B),
            K1 * B / one.mean_length,
        ]
    return statement, values


def _hits(statement: str, values: Sequence[Any]) -> Hits:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [(passage, float(score)) for passage, score in cursor.fetchall()]


def every_word(asked: Sequence[Asked]) -> str:
    """A ``tsquery`` for the passages that have any of the words."""
    return " | ".join(sorted({term.quoted for one in asked for term in one.terms}))


class Candidates(NamedTuple):
    """Which passages are worth scoring, as a ``tsquery``, and about how many there are."""

    query: str
    expected: float


def candidates(asked: Sequence[Asked]) -> Candidates:
    """About :data:`BUDGET` passages, twice as many at most unless all words are very common.

    Where sources are in several languages each has its share of them, and at least a tenth.
    """
    everywhere = sum(one.passages for one in asked) or 1
    parts: dict[str, float] = {}
    for one in asked:
        budget = int(BUDGET * max(one.passages / everywhere, 0.1))
        parts |= _telling(one, budget)
    return Candidates(" | ".join(parts), sum(parts.values()))


def _telling(asked: Asked, budget: int) -> dict[str, float]:
    """Words and pairs of words, each with how many passages are expected to have it."""
    alone = _alone(asked.terms, budget)
    parts = {term.quoted: float(term.passages) for term in alone}
    rest = asked.terms[len(alone) : len(alone) + PAIRED]
    for size, pair in sorted((_both(asked, *pair), _quoted(pair)) for pair in combinations(rest, 2)):
        if parts and sum(parts.values()) + size > 2 * budget:
            break
        parts[pair] = size
    return parts or {asked.terms[0].quoted: float(asked.terms[0].passages)}


def _alone(terms: Sequence[Term], budget: int) -> list[Term]:
    """The rarest lexemes that stand in no more than ``budget`` passages together; the first in four times as many."""
    taken: list[Term] = []
    total = 0
    for term in terms:
        if total + term.passages > (budget if taken else 4 * budget):
            break
        taken.append(term)
        total += term.passages
    return taken


def _both(asked: Asked, one: Term, other: Term) -> float:
    """How many passages have both: more than by chance, and no more than have the rarer one."""
    together = TOGETHER * one.passages * other.passages / max(asked.passages, 1)
    return min(together, float(one.passages))


def _quoted(pair: Sequence[Term]) -> str:
    return f"({pair[0].quoted} & {pair[1].quoted})"
