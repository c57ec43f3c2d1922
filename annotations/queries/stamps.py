"""What pages for everybody depend on, in a few bytes: two pages with one stamp say the same."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.contrib.postgres.aggregates import StringAgg
from django.db.models import CharField, Count, Func, Max, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Concat

from annotations.models import Claim, DeskVerdict, Evidence, Reply
from annotations.queries.neighbours import methods_address
from annotations.queries.published import listed_claims
from annotations.queries.readerindex import newest_pieces
from annotations.queries.wordingnotes import given_tags
from articles.models import Article, CurrentAnchor, Declaration, Hold, OutletRequest
from articles.permissions import goes_out_in_full

# Raised when what pages say changes with the program alone, so that nobody keeps a page of before.
DRAWING = "1"


def stamp_of_piece(article: Any) -> str:
    """The stamp of a piece that is out, and of every check and archived copy in it. One query.

    Rows that change carry a version that rises by one, rows that are appended rise in number, so counts and sums
    differ whenever anything does. Whether the rights let the whole text out today is counted in.
    """
    marks = Claim.objects.filter(article=OuterRef("pk"))
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
    shown = Article.objects.annotate(shown=Value(article.published_revision)).filter(pk=article.pk)
    counted = shown.annotate(stamp=Concat(*_apart(stamps), output_field=CharField())).values_list("stamp", flat=True)
    return _digest(
        article.pk,
        article.version,
        article.published_revision,
        goes_out_in_full(article),
        *counted,
        list(given_tags(article.pk).order_by("pk").values_list("pk", "version")) if settings.PUBLIC_BIAS_NOTES else (),
    )


def stamp_of_list() -> str:
    """The stamp of the list of pieces that are out. Four queries, whatever their number."""
    articles = newest_pieces().values_list("pk", "version", "published_revision", "last_published_at")
    verdicts = DeskVerdict.objects.aggregate(newest=Max("pk"), count=Count("pk"))
    claims = Claim.objects.aggregate(versions=Sum("version"))
    holds = Hold.objects.aggregate(count=Count("pk"), versions=Sum("version"))
    return _digest(list(articles), verdicts, claims, holds)


def stamp_of_feed(most: int) -> str:
    """The stamp of the newest published checks. One query."""
    given = DeskVerdict.objects.filter(pk=OuterRef("verdict_pk")).values("rating__name")
    rows = listed_claims().annotate(rating=Subquery(given))
    told = rows.values_list("pk", "version", "verdict_pk", "rating", "article__version", "told_at", "slug")
    return _digest(list(told[:most]))


def _summed(rows: QuerySet[Any], *sums: Any) -> Subquery:
    """Some sums over the rows that hang on an article, as one text."""
    total = Func(*sums, function="concat_ws", template="%(function)s('/', %(expressions)s)", output_field=CharField())
    grouped = rows.order_by().annotate(one=Value(1)).values("one").annotate(stamp=total)
    return Subquery(grouped.values("stamp")[:1])


def _apart(stamps: tuple[Subquery, ...]) -> list[Any]:
    return [part for stamp in stamps for part in (Coalesce(stamp, Value("")), Value(";"))]


def _digest(*parts: Any) -> str:
    said = repr((DRAWING, settings.PUBLISHER, settings.PUBLISHER_URL, settings.NAME_CHECKERS, methods_address(), parts))
    return hashlib.sha256(said.encode()).hexdigest()[:32]
