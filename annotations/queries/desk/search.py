"""One question put to articles, claims, sources and speakers, each answered out of its own index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser

from annotations.queries.checking.claims import ClaimRow, claim_rows, with_numbers
from annotations.queries.desk.articles import SHOWN, ArticleFilters, ArticleRow, live_claims, matching_articles, rows_of
from annotations.queries.desk.sources import SourceRow, source_rows
from annotations.queries.desk.speakers import SpeakerRow, named_like, speaker_rows
from articles.models import Source
from articles.permissions import visible_sources, visible_speakers

MOST_OF_A_KIND = 10


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, at most :data:`MOST_OF_A_KIND` of each kind; the sets name the kinds that have more."""

    articles: Sequence[ArticleRow]
    claims: Sequence[ClaimRow]
    sources: Sequence[SourceRow]
    speakers: Sequence[SpeakerRow]
    more: frozenset[str]

    @property
    def is_empty(self) -> bool:
        return not (self.articles or self.claims or self.sources or self.speakers)

    @property
    def is_demonstration(self) -> bool:
        """Whether any of it is sample material."""
        articles = [*(row.article for row in self.articles), *(row.claim.article for row in self.claims)]
        return (
            any(article.is_demonstration for article in articles)
            or any(row.source.is_demonstration for row in self.sources)
            or any(row.speaker.is_demonstration for row in self.speakers)
        )

    def __len__(self) -> int:
        return len(self.articles) + len(self.claims) + len(self.sources) + len(self.speakers)


def search_desk(words: str, *, person: AbstractUser) -> Found:
    """Articles by their headline, claims by their restatement, sources by title and publisher, speakers by name.

    Every word must occur, the last one may be the beginning of one. Nothing is found that the person may not know of.
    """
    articles = matching_articles(person, ArticleFilters(words=words)).select_related("head", "created_by").only(*SHOWN)
    claims = with_numbers(live_claims(person).decided().matching(words)).select_related("article__head", "speaker")
    sources = visible_sources(person).filter(pk__in=Source.objects.matching(words).values("pk"))
    speakers = named_like(visible_speakers(person).filter(merged_into=None), words)
    found = {
        "articles": list(articles.order_by("-received_at", "-id")[: MOST_OF_A_KIND + 1]),
        "claims": list(claims.order_by("-priority", "-created_at", "-id")[: MOST_OF_A_KIND + 1]),
        "sources": list(sources.order_by("-created_at", "-id")[: MOST_OF_A_KIND + 1]),
        "speakers": list(speakers.order_by("name", "id")[: MOST_OF_A_KIND + 1]),
    }
    return Found(
        articles=rows_of(found["articles"][:MOST_OF_A_KIND], person=person),
        claims=claim_rows(found["claims"][:MOST_OF_A_KIND], person),
        sources=source_rows(found["sources"][:MOST_OF_A_KIND]),
        speakers=speaker_rows(found["speakers"][:MOST_OF_A_KIND], person),
        more=frozenset(kind for kind, rows in found.items() if len(rows) > MOST_OF_A_KIND),
    )
