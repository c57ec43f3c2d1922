"""The readers' page for programs: what :mod:`annotations.exports.schema_org` is told of a piece and its checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.safestring import SafeString

from annotations.exports.schema_org import (
    Citation,
    PublishedPiece,
    Publisher,
    ReviewedClaim,
    as_script,
    claim_review,
    news_article,
)
from annotations.models import Rating, Verdict
from annotations.queries.readers.readeraddresses import address_of_check, address_of_piece
from articles.models import Rights

if TYPE_CHECKING:
    from annotations.queries.readers.publicchecks import Check
    from annotations.queries.readers.readerpage import ReaderPage


def structured_page(page: ReaderPage) -> SafeString:
    """The NewsArticle and a ClaimReview of each check; empty for a demonstration, which no program shall take for
    the work of a newsroom."""
    if page.article.is_demonstration:
        return SafeString("")
    piece = _piece(page)
    return SafeString(as_script([news_article(piece, _publisher()), *_reviews(page.checks, piece, page.article)]))


def structured_check(check: Check, page: ReaderPage) -> SafeString:
    """The ClaimReview of one check, for its own page; empty for a demonstration."""
    if page.article.is_demonstration:
        return SafeString("")
    return SafeString(as_script(_reviews([check], _piece(page), page.article)))


def _publisher() -> Publisher:
    return Publisher(settings.PUBLISHER, settings.PUBLISHER_URL)


def _piece(page: ReaderPage) -> PublishedPiece:
    article = page.article
    is_ours = article.rights == Rights.OWN or not article.canonical_url
    return PublishedPiece(
        url=address_of_piece(article.slug),
        headline=page.revision.headline,
        language=article.language,
        published=article.published_at or article.first_published_at,
        modified=page.changed_at,
        outlet=article.outlet,
        byline=article.byline,
        original_url="" if is_ours else article.canonical_url,
        body=page.revision.text[len(page.revision.headline) :].strip() if page.is_whole else "",
        corrections=[(notice.at, notice.text) for notice in page.notices],
    )


def _reviews(checks: Sequence[Check], piece: PublishedPiece, article: Any) -> list[dict[str, Any]]:
    values = values_of({check.verdict.rating.scale_id for check in checks})
    return [
        claim_review(reviewed(check, values, url=address_of_check(article.slug, check.uid)), piece, _publisher())
        for check in checks
    ]


def reviewed(check: Check, values: Mapping[int, tuple[int | None, int]], *, url: str) -> ReviewedClaim:
    """A check in the words of schema.org.

    :param values: what ratings are worth (:func:`values_of`); ``url`` is where the check is found.
    """
    value, best = values[check.verdict.rating_id]
    return ReviewedClaim(
        url=url,
        text=check.canonical,
        claimant=check.claimant_name,
        claimant_kind=check.claimant_kind,
        claim_date=check.claim_date,
        rating=check.rating_told,
        value=value,
        best=best,
        reason=check.verdict.reason,
        given=check.first_given_at,
        corrected=check.verdict.created_at if check.corrections else None,
        citations=[Citation(each.title, each.publisher, each.url, each.published_date) for each in check.evidence],
    )


def values_of(scales: Iterable[int]) -> dict[int, tuple[int | None, int]]:
    """What each rating of some scales is worth and what the best one is, by its key.

    A scale goes from true to false, so its first step is worth most. A rating that stands for nothing but missing
    evidence is outside that order and has no number.
    """
    by_scale: dict[int, list[Rating]] = {}
    for rating in Rating.objects.filter(scale__in=scales).order_by("scale", "order"):
        by_scale.setdefault(rating.scale_id, []).append(rating)
    values: dict[int, tuple[int | None, int]] = {}
    for ratings in by_scale.values():
        ordered = [rating for rating in ratings if rating.verdicts != [Verdict.NOT_ENOUGH_EVIDENCE]]
        values |= {rating.pk: (None, len(ordered)) for rating in ratings}
        values |= {rating.pk: (len(ordered) - place, len(ordered)) for place, rating in enumerate(ordered)}
    return values
