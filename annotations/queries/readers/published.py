"""What is published, for everybody: no account, no role, the same for all who ask.

Every address that is open to everybody starts here, and so from the rules of :func:`visible_articles` for somebody
who is nobody: out, past its embargo, restricted to nobody, held by nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest, Now

from annotations.models import Claim, DeskVerdict
from articles.models import Access, Article, Hold, Origin, Publication
from articles.permissions import Asker, articles_kept_by_a_hold, visible_articles

EVERYBODY = Asker(pk=0, roles=frozenset())


class Standing(Enum):
    """What readers get at the address of a piece that once went out."""

    OUT = auto()
    HELD = auto()
    GONE = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece that once went out, by the address somebody asked for.

    :ivar article: with ``published_revision``, ``first_published_at`` and ``last_published_at``.
    """

    article: Any
    standing: Standing
    asked: str

    @property
    def slug(self) -> str:
        """The address used now."""
        return str(self.article.slug)

    @property
    def has_moved(self) -> bool:
        """Whether it was asked for under a former address."""
        return self.asked != self.slug


def published_articles() -> QuerySet[Any]:
    """The articles that everybody may read, each with the key of the revision that is out and when it went out."""
    return _with_publication(visible_articles(EVERYBODY)).filter(published_revision__isnull=False)


def _with_publication(articles: QuerySet[Article]) -> QuerySet[Any]:
    newest = Publication.objects.filter(article=OuterRef("pk")).order_by("-number")
    first = Publication.objects.filter(article=OuterRef("pk")).order_by("number")
    return articles.annotate(
        published_revision=Subquery(newest.values("revision_id")[:1]),
        last_published_at=Subquery(newest.values("created_at")[:1]),
        first_published_at=Subquery(first.values("created_at")[:1]),
    )


def find_piece(slug: str) -> Piece | None:
    """What stands at a reader's address, present or former; None for what never went out, waits for the end of its
    embargo or exists for few. One query.
    """
    out, held = visible_articles(EVERYBODY), articles_kept_by_a_hold(EVERYBODY)
    found = (
        _with_publication(Article.objects.filter(addresses__slug=slug, access=Access.DESK))
        .filter(Q(embargo_until=None) | Q(embargo_until__lte=Now()), published_revision__isnull=False)
        .annotate(
            is_out=Exists(out.filter(pk=OuterRef("pk"))),
            is_kept=Exists(held.filter(pk=OuterRef("pk"))),
        )
    )
    for article in found:
        standing = Standing.OUT if article.is_out else Standing.HELD if article.is_kept else Standing.GONE
        return Piece(article, standing, slug)
    return None


def published_claims() -> QuerySet[Claim]:
    """The claims that carry a verdict of the desk in articles that everybody may read.

    Not those of studies, those a machine proposed and nobody decided, those that were taken back, and those whose
    verdict somebody stopped.
    """
    judged = Exists(DeskVerdict.objects.filter(claim=OuterRef("pk")))
    stopped = Exists(Hold.objects.standing().filter(span=OuterRef("span")))
    return (
        Claim.objects.live()
        .exclude(origin=Origin.SUGGESTED)
        .filter(judged, ~stopped, project__is_default=True, article__in=published_articles().values("pk"))
    )


def listed_claims() -> QuerySet[Any]:
    """The published claims that feeds and searches tell of: none of a demonstration. What readers learnt last first.

    Each with ``verdict_pk`` of the verdict that stands, ``told_at`` when readers learnt of it, ``first_told_at`` when
    they first learnt of any, and ``slug``, the address of its piece.
    """
    verdicts = DeskVerdict.objects.filter(claim=OuterRef("pk"))
    # A verdict given before the piece went out was told to readers when it did.
    out = Publication.objects.filter(article=OuterRef("article")).order_by("number").values("created_at")[:1]
    return (
        published_claims()
        .filter(article__is_demonstration=False)
        .annotate(
            slug=F("article__slug"),
            verdict_pk=Subquery(verdicts.order_by("-number").values("pk")[:1]),
            told_at=_told(verdicts.order_by("-number"), out),
            first_told_at=_told(verdicts.order_by("number"), out),
        )
        .order_by("-told_at", "-pk")
    )


def _told(verdicts: QuerySet[DeskVerdict], out: Any) -> Greatest:
    given = Subquery(verdicts.values("created_at")[:1])
    return Greatest(given, Subquery(out), F("article__embargo_until"), output_field=DateTimeField())
