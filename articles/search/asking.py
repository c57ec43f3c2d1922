"""What a query asks for: its words as each language of the stored sources reads them, with how rare they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from django.db import connection

from articles.search.configuration import FOLDED, STEMMED, configuration_for, readable
from articles.search.folding import folded_words

# A query longer than this is read so far: some 1,500 words, far more than any claim has.
MOST_CHARACTERS = 10_000
# Of the lexemes of a query so many count, the rarest: the others hardly weigh, and cost as much.
MOST_LEXEMES = 32

# Small words of the query's language are none of other languages, in which they would be rare and weigh much.
LEXEMES = """
WITH content AS (
    SELECT coalesce(string_agg(token, ' '), '') AS words
    FROM ts_parse('default', %(query)s) WHERE to_tsvector(%(stemmer)s::regconfig, token) <> ''
), found AS (
    SELECT c.configuration, c.passages, c.mean_length, lexeme, coalesce(l.passages, 1) AS frequency,
        row_number() OVER (PARTITION BY c.configuration ORDER BY coalesce(l.passages, 1), lexeme) AS place
    FROM articles_passagecount c CROSS JOIN content CROSS JOIN LATERAL unnest(
        CASE WHEN c.configuration = %(folded_name)s THEN %(folded)s::text[]
        ELSE tsvector_to_array(to_tsvector(
            c.configuration::text::regconfig,
            CASE WHEN c.configuration = %(own)s THEN %(query)s ELSE content.words END
        )) END
    ) AS lexeme
    LEFT JOIN articles_lexemecount l USING (configuration, lexeme)
    WHERE %(only)s = '' OR c.configuration = %(only)s
)
SELECT configuration, passages, mean_length, array_agg(lexeme ORDER BY place), array_agg(frequency ORDER BY place)
FROM found WHERE place <= %(most)s GROUP BY configuration, passages, mean_length ORDER BY configuration
"""


@dataclass(frozen=True, slots=True)
class Term:
    """A lexeme of the query, and how many passages have it."""

    lexeme: str
    passages: int

    @property
    def quoted(self) -> str:
        """As a ``tsquery`` is written, whatever characters it has."""
        return "'" + self.lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class Asked:
    """The query as one configuration reads it: its terms, rarest first, among ``passages`` of ``mean_length`` words."""

    configuration: str
    passages: int
    mean_length: float
    terms: Sequence[Term]

    def weight(self, term: Term) -> float:
        """The inverse document frequency in the form that is never negative (Lucene's)."""
        everywhere = max(self.passages, term.passages)
        return log(1 + (everywhere - term.passages + 0.5) / (term.passages + 0.5))


def read_query(query: str, *, language: str = "", only: str = "") -> list[Asked]:
    """A query as every configuration reads it in which passages are stored; none that has no word in it.

    :param language: of the query, as a BCP 47 tag; its script decides where it is not stated.
    :param only: a configuration, to search passages read in that way alone.
    """
    words = readable(query[:MOST_CHARACTERS].encode(errors="ignore").decode())
    own = configuration_for(language, words)
    asked: dict[str, Any] = {
        "query": words,
        "own": own,
        "stemmer": own if own in STEMMED.values() else "simple",
        "folded_name": FOLDED,
        "folded": list({lexeme: None for word in folded_words(words) for lexeme in word.lexemes}),
        "only": only,
        "most": MOST_LEXEMES,
    }
    with connection.cursor() as cursor:
        cursor.execute(LEXEMES, asked)
        rows = cursor.fetchall()
    return [
        Asked(configuration, passages, mean_length, [Term(*term) for term in zip(lexemes, frequencies, strict=True)])
        for configuration, passages, mean_length, lexemes, frequencies in rows
    ]
