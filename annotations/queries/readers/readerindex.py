"""The index for readers: what is published, newest first, a page at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from annotations.models import DeskVerdict
from annotations.queries.checking.verdicts import TONES
from annotations.queries.readers.published import published_articles, published_claims
from articles.models import ArticleState, Revision

PAGE_SIZE = 50


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


@dataclass(frozen=True, slots=True)
class PageOfPieces:
    """A page of the index, and whether another follows."""

    pieces: Sequence[Listed]
    has_more: bool


def listed_pieces(page: int = 1) -> PageOfPieces:
    """A page of the published pieces, newest first; three queries.

    :param page: counted from 1.
    """
    found = list(newest_pieces(page))
    return PageOfPieces(_listed(found[:PAGE_SIZE]), has_more=len(found) > PAGE_SIZE)


def _listed(articles: Sequence[Any]) -> list[Listed]:
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


def newest_pieces(page: int = 1) -> QuerySet[Any]:
    """The articles of a page of the index, in its order, and the first one of the next."""
    start = (page - 1) * PAGE_SIZE
    return published_articles().order_by("-first_published_at", "-pk")[start : start + PAGE_SIZE + 1]


def _tones_of(articles: Sequence[int]) -> dict[int, list[str]]:
    claims = published_claims().filter(article__in=articles).values("pk")
    standing = DeskVerdict.objects.filter(claim__in=claims, corrected_by=None).order_by("claim")
    found: dict[int, list[str]] = defaultdict(list)
    for article, verdict in standing.values_list("claim__article", "verdict"):
        found[article].append(TONES[verdict])
    return found
