"""Which quotes and passages share runs of words with some words: one statement on one index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

# So many quotes and so many passages that share the most are looked at.
MOST_MET = 200
# What an agency sent stands in hundreds of pieces alike: of alike words so many, so that altered ones are met too.
MOST_ALIKE = 25
# A run that more quotes and passages than this have is a turn of phrase.
COMMON = 300

# The statistics that PostgreSQL keeps for its planner know which elements of an array column are the most common.
# Where nothing but turns of phrase is left, they have to do.
MEET = """
WITH common AS (
    SELECT known.run
    FROM pg_stats s, unnest(s.most_common_elems::text::int[], s.most_common_elem_freqs) known (run, share)
    WHERE s.schemaname = current_schema() AND s.tablename = 'articles_quotedwords' AND s.attname = 'keys'
        AND known.share * (SELECT reltuples FROM pg_class WHERE oid = 'articles_quotedwords'::regclass) > %(common)s
), asked AS (
    SELECT coalesce(
        nullif(ARRAY(SELECT unnest(%(keys)s::int[]) EXCEPT SELECT run FROM common), '{}'), %(keys)s::int[]
    ) AS keys
), met AS (
    SELECT id, quote_id, passage_id, keys,
        (SELECT count(*) FROM (SELECT unnest(keys) INTERSECT SELECT unnest(%(keys)s::int[])) both_have) AS shared
    FROM articles_quotedwords WHERE keys && (SELECT keys FROM asked)
), alike AS (
    SELECT *, row_number() OVER (PARTITION BY quote_id IS NULL, keys ORDER BY id DESC) AS which FROM met
), ranked AS (
    SELECT quote_id, passage_id,
        row_number() OVER (PARTITION BY quote_id IS NULL ORDER BY shared DESC, cardinality(keys), id DESC) AS rank
    FROM alike WHERE which <= %(alike)s
)
SELECT quote_id, passage_id FROM ranked WHERE rank <= %(most)s ORDER BY rank
"""


@dataclass(frozen=True, slots=True)
class Met:
    """Keys of quotes and of passages, those that share the most runs first; of these the shortest."""

    quotes: Sequence[int]
    passages: Sequence[int]


def meet(keys: Sequence[int]) -> Met:
    """Quotes and passages that share a run of words, whoever may know of them: ask that of what is met.

    :param keys: of :func:`articles.wording.run_keys`. Turns of phrase among them are left out where others are left.
    """
    with connection.cursor() as cursor:
        cursor.execute(MEET, {"keys": list(keys), "common": COMMON, "alike": MOST_ALIKE, "most": MOST_MET})
        rows = cursor.fetchall()
    return Met(
        quotes=[quote for quote, _ in rows if quote is not None],
        passages=[passage for _, passage in rows if passage is not None],
    )
