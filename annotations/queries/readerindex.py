"""The index for readers: what is published, newest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from annotations.models import DeskVerdict
from annotations.queries.published import published_articles, published_claims
from annotations.queries.verdicts import TONES
from articles.models import ArticleState, Revision

MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Listed:
    """A piece in the index.

    :ivar tones: of its checks, in the order in which the claims were recorded.
    """

    slug: str
    headline: str
    outlet: str
    language: str
    at: datetime
    is_corrected: bool
    is_demonstration: bool
    tones: Sequence[str]


def listed_pieces() -> list[Listed]:
    """The newest published pieces, at most :data:`MOST_LISTED`; three queries."""
    articles = list(newest_pieces())
    shown = [article.published_revision for article in articles]
    headlines = dict(Revision.objects.filter(pk__in=shown).values_list("pk", "headline"))
    tones = _tones_of([article.pk for article in articles])
    return [
        Listed(
            slug=article.slug,
            headline=headlines[article.published_revision],
            outlet=article.outlet,
            language=article.language,
            at=article.first_published_at,
            is_corrected=article.state == ArticleState.CORRECTED,
            is_demonstration=article.is_demonstration,
            tones=tones.get(article.pk, ()),
        )
        for article in articles
    ]


def newest_pieces() -> QuerySet[Any]:
    """The articles of the index, in its order."""
    return published_articles().order_by("-first_published_at", "-pk")[:MOST_LISTED]


def _tones_of(articles: Sequence[int]) -> dict[int, list[str]]:
    claims = published_claims().filter(article__in=articles).values("pk")
    standing = DeskVerdict.objects.filter(claim__in=claims, corrected_by=None).order_by("claim")
    found: dict[int, list[str]] = defaultdict(list)
    for article, verdict in standing.values_list("claim__article", "verdict"):
        found[article].append(TONES[verdict])
    return found
