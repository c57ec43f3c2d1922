"""Evidence search: what stored sources say about a claim (docs/explanation/evidence-search.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from articles.models import Passage, Snapshot
from articles.models.statement import written_once
from articles.permissions import Asker, roles_of
from articles.search.asking import MOST_CHARACTERS, Asked, read_query
from articles.search.cover import DEPTH, order_by_cover
from articles.search.matching import Match, Meeting
from articles.search.narrowing import EVERYWHERE, Narrowed, snapshots_to_search
from articles.search.ranking import Hits, rank, rank_within
from articles.search.reranking import Ranked, chosen_reranker

if TYPE_CHECKING:
    from articles.permissions import Person
    from articles.search.reranking import Reranker

Texts = dict[int, str]

# Of the best so many times what is wanted are looked at: some may be kept from the searcher, or be of the past.
TIMES = 2
# Where passages of later sources may stand before others, so many more are looked at.
DEEPER = 24


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage with its score, and where words of the query stand in it.

    ``rank`` counts from 1. ``score`` is BM25's: it compares passages for one query and says nothing across queries. A
    passage may stand before one of a higher score, because one sentence of it covers more of the query.
    """

    passage: Passage
    rank: int
    score: float
    matches: Sequence[Match]

    @property
    def parts(self) -> tuple[tuple[str, bool], ...]:
        """(text, whether it matched) pairs that join to the passage."""
        parts, text, end = [], self.passage.text, 0
        for match in self.matches:
            parts += [(text[end : match.start], False), (text[match.start : match.end], True)]
            end = match.end
        return tuple((words, matched) for words, matched in [*parts, (text[end:], False)] if words)

    @property
    def places(self) -> list[Match]:
        """Where the matched words stand in the snapshot's text, in code points, half-open."""
        begin = self.passage.start
        return [Match(begin + match.start, begin + match.end) for match in self.matches]

    @property
    def words(self) -> list[str]:
        """The matched words, each once, as they first stand in the passage."""
        text = self.passage.text
        words = (text[match.start : match.end] for match in self.matches)
        return list({word.casefold(): word for word in reversed([*words])}.values())[::-1]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found, best first, and what became of its query."""

    passages: Sequence[FoundPassage]
    asked: Sequence[Asked]
    is_cut: bool

    @property
    def has_words(self) -> bool:
        """Whether the query has a word that is worth asking for in any language of the stored sources."""
        return bool(self.asked)


def find_passages(
    query: str,
    *,
    person: Person,
    language: str = "",
    narrowed: Narrowed = EVERYWHERE,
    limit: int = 10,
    said_on: date | None = None,
    later: int = 0,
    reranker: Reranker | None = None,
) -> Answer:
    """The passages of sources a person may know of that answer best to ``query``.

    :param query: a claim or some words, of any length; of what is very long the beginning is read.
    :param language: of the query, as a BCP 47 tag.
    :param said_on: the day of the claim: what was published after it takes no place of what was not.
    :param later: so many passages that were published after it are found besides, if they rank well.
    :param reranker: puts the best in another order; the one of the settings unless given.
    """
    asked = read_query(query, language=language, only=narrowed.configuration)
    depth = limit + DEEPER if said_on else limit
    hits = best_passages(query, asked, person=person, narrowed=narrowed, limit=depth, reranker=reranker)
    passages = (
        Passage.objects.select_related("snapshot__source", "indexed")
        .defer("snapshot__text", "indexed__words")
        .in_bulk([key for key, _score in hits])
    )
    ranked = [(rank, passages[key], score) for rank, (key, score) in enumerate(hits, start=1)]
    late = {hit[0] for hit in ranked if said_on and (hit[1].snapshot.source.published_date or said_on) > said_on}
    chosen = [hit for hit in ranked if hit[0] not in late][:limit] + [hit for hit in ranked if hit[0] in late][:later]
    chosen.sort(key=lambda hit: hit[0])
    read = [(passage.indexed.configuration, passage.text) for _rank, passage, _score in chosen]
    meeting = Meeting(asked, read)
    return Answer(
        [
            FoundPassage(passage, rank, score, meeting.matches(*how))
            for (rank, passage, score), how in zip(chosen, read, strict=True)
        ],
        asked,
        is_cut=len(query) > MOST_CHARACTERS,
    )


def best_passages(
    query: str,
    asked: Sequence[Asked],
    *,
    person: Person,
    narrowed: Narrowed = EVERYWHERE,
    limit: int,
    reranker: Reranker | None = None,
) -> Hits:
    """The keys of the best passages that a person may know of, with their scores, best first.

    The best by their words are put in order by how much of the query a single sentence of theirs covers.

    :param asked: what is asked for by ``query``.
    """
    reranker = reranker or chosen_reranker()
    hits, texts = _best_by_words(asked, person, narrowed, max(limit, DEPTH))
    head, tail = hits[:DEPTH], hits[DEPTH:]
    order = order_by_cover(query[:MOST_CHARACTERS], [(texts[key], score) for key, score in head])
    head = [head[place] for place in order]
    if reranker:
        scores = reranker(query, [Ranked(texts[key], score) for key, score in head])
        head = [hit for _value, hit in sorted(zip(scores, head, strict=True), key=lambda scored: -scored[0])]
    return [*head, *tail][:limit]


def _best_by_words(asked: Sequence[Asked], person: Person, narrowed: Narrowed, limit: int) -> tuple[Hits, Texts]:
    """The best by BM25, best first, and their texts by their keys.

    The best of all are ranked first and those left out that are not to be searched. Where too few are left, the search
    is made again among those to be searched.
    """
    if narrowed.source is None:
        ranked = rank(asked, most=TIMES * limit)
        texts = _texts([key for key, _score in ranked], person, narrowed)
        if len(texts) >= limit or len(texts) == len(ranked):
            return [hit for hit in ranked if hit[0] in texts][:limit], texts
    within = _best_within(asked, snapshots_to_search(person, narrowed), limit, is_small=narrowed.source is not None)
    return within, _texts([key for key, _score in within], person, narrowed)


def _best_within(asked: Sequence[Asked], snapshots: QuerySet[Snapshot], limit: int, *, is_small: bool) -> Hits:
    """The best of some snapshots: of a few at once among all of their passages."""
    try:
        within = [] if is_small else rank_within(asked, snapshots, most=limit, is_thorough=False)
        if len(within) < limit:
            within = rank_within(asked, snapshots, most=limit, is_thorough=True)
    except EmptyResultSet:  # somebody who may see no source at all
        return []
    return within


def _texts(passages: list[int], person: Person, narrowed: Narrowed) -> Texts:
    """The texts of those passages that are to be searched, by their keys."""
    if narrowed == EVERYWHERE:
        return dict(_rows_everywhere(passages, person.pk or 0, roles=roles_of(person)))
    return dict(_rows(passages, snapshots_to_search(person, narrowed)))


@written_once
def _rows_everywhere(passages: list[int], person: int, *, roles: frozenset[str]) -> QuerySet[Passage, Any]:
    return _rows(passages, snapshots_to_search(Asker(person, roles)))


def _rows(passages: list[int], snapshots: QuerySet[Snapshot]) -> QuerySet[Passage, Any]:
    rows: QuerySet[Passage, Any] = Passage.objects.filter(pk__among=passages, snapshot__in=snapshots)
    return rows.values_list("pk", "text")
