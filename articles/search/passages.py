"""Evidence search: the passages that share the most telling words with a query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db import connection
from django.db.models import F

from articles.models import Passage
from articles.permissions import visible_sources
from articles.search.configuration import configuration_for

if TYPE_CHECKING:
    from articles.permissions import Person

# Private-use characters cannot stand in a stored text's markup by accident and survive escaping.
MATCH_BEGINS, MATCH_ENDS = "\ue000", "\ue001"


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage with its score; ``parts`` are (text, whether it matched) pairs that join to the passage."""

    passage: Passage
    score: float
    parts: tuple[tuple[str, bool], ...]


def find_passages(query: str, *, person: Person, language: str = "", limit: int = 10) -> list[FoundPassage]:
    """Passages of the sources a person may know of that share words with ``query``, best first.

    A claim is a long query, so its words are joined with OR and ranked by how much of it a passage covers; words
    that stand in most passages weigh nothing because the text-search configuration drops them.
    """
    words = _any_word_of(query, configuration_for(language))
    if words is None:
        return []
    found = (
        Passage.objects.filter(words=words, snapshot__source__in=visible_sources(person))
        .select_related("snapshot__source")
        .annotate(
            score=SearchRank(F("words"), words, normalization=1),
            marked=SearchHeadline(
                "text",
                words,
                config=configuration_for(language),
                start_sel=MATCH_BEGINS,
                stop_sel=MATCH_ENDS,
                highlight_all=True,
            ),
        )
        .order_by("-score", "pk")[:limit]
    )
    return [FoundPassage(passage, float(passage.score), _parts(passage.marked)) for passage in found]


def _any_word_of(query: str, configuration: str) -> SearchQuery | None:
    """An OR of the query's lexemes; None when it has none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_literal(lexeme), ' | ') FROM unnest(to_tsvector(%s::regconfig, %s))",
            [configuration, query],
        )
        lexemes = cursor.fetchone()[0]
    return SearchQuery(lexemes, config="simple", search_type="raw") if lexemes else None


def _parts(marked: str) -> tuple[tuple[str, bool], ...]:
    parts: list[tuple[str, bool]] = []
    for position, piece in enumerate(marked.split(MATCH_BEGINS)):
        matched, _, rest = piece.partition(MATCH_ENDS) if position else ("", "", piece)
        parts += [(matched, True)] if matched else []
        parts += [(rest, False)] if rest else []
    return tuple(parts)
