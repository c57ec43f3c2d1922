"""Which stored texts a search looks at: those a person may know of, as far as the searcher narrows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.models import PassageWords, Snapshot, Source
from articles.permissions import visible_sources
from articles.search.configuration import FOLDED, STEMMED, configuration_for
from articles.search.folding import folded_words

if TYPE_CHECKING:
    from articles.permissions import Person


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Where to search; everywhere unless said otherwise.

    ``words`` are of the title or the publisher of a source, all of them, the last one as a prefix; ``publisher`` and
    ``kind`` are its own, whatever their case; ``language`` is a BCP 47 tag that stands for its regions too. Whatever
    was published after ``published_until`` is left out; sources of unknown date stay, for nothing says that they are
    later. With ``published_from`` they are left out. Only the newest snapshot of a source is searched unless
    ``is_past_included``.
    """

    source: UUID | None = None
    words: str = ""
    publisher: str = ""
    kind: str = ""
    language: str = ""
    published_from: date | None = None
    published_until: date | None = None
    is_past_included: bool = False

    @property
    def configuration(self) -> str:
        """The one way in which what is left is read; empty where there may be several."""
        return configuration_for(self.language) if self.language else ""


EVERYWHERE = Narrowed()


def snapshots_to_search(person: Person, narrowed: Narrowed = EVERYWHERE) -> QuerySet[Snapshot]:
    """The stored texts to search for a person."""
    snapshots = Snapshot.objects.filter(source__in=_sources(person, narrowed))
    if narrowed.is_past_included:
        return snapshots
    newer = Snapshot.objects.filter(source=OuterRef("source"), number__gt=OuterRef("number"))
    return snapshots.exclude(Exists(newer))


def _sources(person: Person, narrowed: Narrowed) -> QuerySet[Source]:
    sources = visible_sources(person)
    if narrowed.words.strip():
        sources = sources.matching(narrowed.words)
    language = narrowed.language
    wanted = {
        "uid": narrowed.source,
        "publisher__iexact": narrowed.publisher.strip(),
        "kind__iexact": narrowed.kind.strip(),
        "published_date__gte": narrowed.published_from,
    }
    sources = sources.filter(**{name: value for name, value in wanted.items() if value})
    if language:
        sources = sources.filter(Q(language__iexact=language) | Q(language__istartswith=f"{language}-"))
    if narrowed.published_until:
        sources = sources.filter(Q(published_date=None) | Q(published_date__lte=narrowed.published_until))
    return sources


def passages_with_all(words: str) -> QuerySet[PassageWords, int]:
    """The keys of the passages in which every one of ``words`` stands, in any of its forms; none without a word."""
    folded = [word.lexemes[0] for word in folded_words(words)]
    readings = [
        Q(configuration=each, words=SearchQuery(words, config=each, search_type="plain")) for each in STEMMED.values()
    ]
    if folded:
        query = " & ".join(f"'{lexeme}'" for lexeme in folded)
        readings.append(Q(configuration=FOLDED, words=SearchQuery(query, config="simple", search_type="raw")))
    return PassageWords.objects.filter(reduce(or_, readings)).values_list("pk", flat=True)
