"""Which words of a passage a query met, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from articles.search.asking import Asked
from articles.search.configuration import FOLDED, readable
from articles.search.folding import folded_words

# As PostgreSQL parts words: a number keeps its points. Signs that nobody sees part none.
_WORD = re.compile(r"\d+(?:[.,]\d+)+|\w(?:[\u00ad\u200b-\u200d\u2060]*\w)*")
LEXEMES_OF_WORDS = """
SELECT given.configuration, given.word, tsvector_to_array(to_tsvector(given.configuration::regconfig, given.word))
FROM unnest(%s::text[], %s::text[]) AS given (configuration, word)
"""


@dataclass(frozen=True, slots=True)
class Match:
    """Words that the query has as well: offsets in code points of the passage's text, half-open."""

    start: int
    end: int


class Meeting:
    """What some texts have in common with a query.

    One statement for all texts together asks PostgreSQL for the lexemes of their words.
    """

    def __init__(self, asked: Sequence[Asked], texts: Iterable[tuple[str, str]]) -> None:
        """:param texts: each with the configuration that reads it."""
        self._asked = {one.configuration: frozenset(term.lexeme for term in one.terms) for one in asked}
        self._lexemes = _lexemes_of({(how, word) for how, text in texts if how != FOLDED for word in _words(text)})

    def matches(self, configuration: str, text: str) -> list[Match]:
        """The matched words of a text in their order; those that touch or overlap are one."""
        wanted = self._asked.get(configuration, frozenset())
        if configuration == FOLDED:
            places = [word[:2] for word in folded_words(text) if not wanted.isdisjoint(word.lexemes)]
        else:
            known = self._lexemes
            places = [
                found.span()
                for found in _WORD.finditer(text)
                if not wanted.isdisjoint(known.get((configuration, readable(found.group())), ()))
            ]
        return _joined(places)


def _joined(places: Iterable[tuple[int, int]]) -> list[Match]:
    matches: list[Match] = []
    for start, end in places:
        if matches and start <= matches[-1].end:
            matches[-1] = Match(matches[-1].start, max(end, matches[-1].end))
        else:
            matches.append(Match(start, end))
    return matches


def _words(text: str) -> set[str]:
    return {readable(word) for word in _WORD.findall(text)}


def _lexemes_of(words: set[tuple[str, str]]) -> Mapping[tuple[str, str], Sequence[str]]:
    if not words:
        return {}
    ordered = sorted(words)
    with connection.cursor() as cursor:
        cursor.execute(LEXEMES_OF_WORDS, [[how for how, _ in ordered], [word for _, word in ordered]])
        return {(how, word): lexemes for how, word, lexemes in cursor.fetchall()}
