"""What pages for everybody depend on, in a few bytes: two pages with one stamp say the same."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.aggregates import StringAgg
from django.db.models import CharField, Count, Func, Max, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Concat

from annotations.models import Claim, DeskVerdict, Evidence, Reply
from annotations.queries.readers.published import listed_claims
from annotations.queries.readers.readerindex import newest_pieces
from annotations.queries.readers.wordingnotes import given_tags
from articles.models import PUBLIC_KINDS, Article, CurrentAnchor, Declaration, Hold, OutletRequest
from articles.permissions import goes_out_in_full

# Raised when what pages say changes with the program alone, so that nobody keeps a page of before.
DRAWING = "1"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Two answers with one text are the same. ``changed_at`` is when readers were last told anything new, if known."""

    text: str
    changed_at: datetime | None = None


def stamp_of_piece(article: Any) -> Stamp:
    """The stamp of a piece that is out, and of every check and archived copy in it. One query.

    Rows that change carry a version that rises by one, rows that are appended rise in number, so counts and sums
    differ whenever anything does. Whether the rights let the whole text out today is counted in.
    """
    marks = Claim.objects.filter(article=OuterRef("pk"), project__is_default=True)
    cited = Evidence.objects.filter(claim__article=OuterRef("pk"))
    stamps = (
        _summed(marks, Count("pk"), Sum("version")),
        _summed(marks, Sum("speaker__version"), Sum("speaker__merged_into__version")),
        _summed(
            DeskVerdict.objects.filter(claim__article=OuterRef("pk")),
            Max("pk"),
            StringAgg("rating__name", delimiter=";", order_by="pk"),
        ),
        _summed(cited, Count("pk"), Sum("version")),
        _summed(cited, Sum("snapshot__source__version")),
        _summed(Reply.objects.filter(claim__article=OuterRef("pk")), Count("pk"), Sum("version")),
        _summed(Hold.objects.filter(article=OuterRef("pk")), Count("pk"), Sum("version")),
        _summed(Declaration.objects.filter(article=OuterRef("pk")), Count("pk")),
        _summed(OutletRequest.objects.filter(article=OuterRef("pk")), Count("pk"), Sum("version")),
        _summed(CurrentAnchor.objects.filter(revision=OuterRef("shown")), Sum("anchor_id")),
    )
    judged = DeskVerdict.objects.filter(claim__article=OuterRef("pk")).order_by("-created_at").values("created_at")[:1]
    told = Declaration.objects.filter(article=OuterRef("pk"), kind__in=PUBLIC_KINDS).order_by("-created_at")
    shown = Article.objects.annotate(shown=Value(article.published_revision)).filter(pk=article.pk)
    stamp = Concat(*_apart(stamps), output_field=CharField())
    said = shown.annotate(stamp=stamp, judged_at=Subquery(judged), told_at=Subquery(told.values("created_at")[:1]))
    [(counted, *said_at)] = said.values_list("stamp", "judged_at", "told_at")
    moments = [article.last_published_at, *said_at]
    text = _digest(
        article.pk,
        article.version,
        article.published_revision,
        goes_out_in_full(article),
        counted,
        moments,
        list(given_tags(article.pk).order_by("pk").values_list("pk", "version")) if settings.PUBLIC_BIAS_NOTES else (),
    )
    return Stamp(text, max(moment for moment in moments if moment is not None))


def stamp_of_list(page: int = 1) -> Stamp:
    """The stamp of a page of the list of pieces that are out. Four queries, whatever their number."""
    articles = newest_pieces(page).values_list("pk", "version", "published_revision", "last_published_at")
    rows = list(articles)
    listed = [row[0] for row in rows]
    verdicts = DeskVerdict.objects.filter(claim__article__in=listed).aggregate(newest=Max("pk"), count=Count("pk"))
    claims = Claim.objects.filter(article__in=listed, project__is_default=True).aggregate(versions=Sum("version"))
    holds = Hold.objects.filter(article__in=listed).aggregate(count=Count("pk"), versions=Sum("version"))
    moments = [row[3] for row in rows]
    return Stamp(_digest(page, rows, verdicts, claims, holds), max(moments, default=None))


def stamp_of_feed(first: int, last: int) -> Stamp:
    """The stamp of the newest published checks from one place to another, counted from 0. One query."""
    given = DeskVerdict.objects.filter(pk=OuterRef("verdict_pk")).values("rating__name")
    rows = listed_claims().annotate(rating=Subquery(given))
    told = rows.values_list("pk", "version", "verdict_pk", "rating", "article__version", "told_at", "slug")
    found = list(told[first:last])
    return Stamp(_digest(first, found), max((row[5] for row in found), default=None))


def _summed(rows: QuerySet[Any], *sums: Any) -> Subquery:
    """Some sums over the rows that hang on an article, as one text."""
    total = Func(*sums, function="concat_ws", template="%(function)s('/', %(expressions)s)", output_field=CharField())
    grouped = rows.order_by().annotate(one=Value(1)).values("one").annotate(stamp=total)
    return Subquery(grouped.values("stamp")[:1])


def _apart(stamps: tuple[Subquery, ...]) -> list[Any]:
    return [part for stamp in stamps for part in (Coalesce(stamp, Value("")), Value(";"))]


def _digest(*parts: Any) -> str:
    said = repr((DRAWING, settings.PUBLISHER, settings.PUBLISHER_URL, settings.NAME_CHECKERS, parts))
    return hashlib.sha256(said.encode()).hexdigest()[:32]
