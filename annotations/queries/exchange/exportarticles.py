"""Articles with their marks and what the desk said of them, for formats that keep these together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef

from annotations.exports import ExportRecord
from annotations.exports.record import ExportArticle
from annotations.exports.schema_org import Publisher, ReviewedClaim
from annotations.models import Claim, DeskVerdict
from annotations.queries.exchange.exportfilters import Rows
from annotations.queries.readers.publicchecks import checks_in
from annotations.queries.readers.published import published_articles
from annotations.queries.readers.readeraddresses import address_of_check, address_of_piece
from annotations.queries.readers.structured import reviewed, values_of
from articles.models import Article, Hold, Origin
from articles.permissions import goes_out_in_full


def records_of(rows: Rows, articles: Sequence[int]) -> list[ExportRecord]:
    with connection.cursor() as cursor:
        cursor.execute(*rows.of(articles))
        return [ExportRecord(*row) for row in cursor.fetchall()]


def export_articles(rows: Rows, keys: Sequence[int], *, empty_too: bool) -> Iterator[ExportArticle]:
    """The articles with these keys, in their order.

    :param empty_too: also those without a mark that answers.
    """
    marks: dict[str, list[ExportRecord]] = defaultdict(list)
    for record in records_of(rows, keys):
        marks[record.article].append(record)
    out = set(published_articles().filter(pk__in=keys).values_list("pk", flat=True))
    for article in Article.objects.filter(pk__in=keys).select_related("head").order_by("pk"):
        found = marks.pop(str(article.uid), [])
        if found or empty_too:
            reviews = _reviews_of(article, found, is_out=article.pk in out)
            yield _export_article(article, found, reviews, is_out=article.pk in out)


def _export_article(
    article: Any, marks: Sequence[ExportRecord], reviews: Mapping[str, ReviewedClaim], *, is_out: bool
) -> ExportArticle:
    head = article.head
    return ExportArticle(
        uid=str(article.uid),
        headline=head.headline,
        outlet=article.outlet,
        byline=article.byline,
        language=article.language,
        section=article.section,
        url=address_of_piece(article.slug) if is_out else "",
        original_url=article.canonical_url,
        state=article.state,
        rights=article.rights,
        usage_terms=article.usage_terms,
        published=_moment(article.published_at),
        modified=_moment(head.created_at),
        revision=head.number,
        text=head.text,
        text_sha256=head.text_sha256,
        is_whole=goes_out_in_full(article),
        is_demonstration=article.is_demonstration,
        publisher=Publisher(settings.PUBLISHER, settings.PUBLISHER_URL),
        marks=marks,
        reviews=dict(reviews),
    )


def _moment(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else ""


def _reviews_of(article: Any, marks: Sequence[ExportRecord], *, is_out: bool) -> dict[str, ReviewedClaim]:
    """What the desk said of claims, by their uid: not where somebody stopped the verdict."""
    judged = [mark.uid for mark in marks if mark.check_state == "published"]
    if not judged:
        return {}
    stopped = Exists(Hold.objects.standing().filter(span=OuterRef("span")))
    given = Exists(DeskVerdict.objects.filter(claim=OuterRef("pk")))
    claims = Claim.objects.live().exclude(origin=Origin.SUGGESTED).filter(~stopped, given, uid__in=judged)
    checks = checks_in(claims, revision=article.head_id, article=article.pk)
    values = values_of({check.verdict.rating.scale_id for check in checks})
    addresses = {
        check.uid: address_of_check(article.slug, check.uid) if is_out else f"urn:uuid:{check.uid}" for check in checks
    }
    return {str(check.uid): reviewed(check, values, url=addresses[check.uid]) for check in checks}
