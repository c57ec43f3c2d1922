"""What the desk has said of claims, in the words of schema.org: a ClaimReview for each verdict, and a Claim for each
claim that has none yet. One JSON-LD array.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from annotations.exports.labelstudio import in_array
from annotations.exports.record import About, ExportArticle, ExportRecord, gettext_noop
from annotations.exports.schema_org import CONTEXT, PublishedPiece, claim_review, known, named

MEDIA_TYPE = "application/ld+json"


class ClaimReviews:
    name = "claimreview"
    media_type = MEDIA_TYPE
    about = About(
        title="ClaimReview",
        suffix="claimreview.jsonld",
        sentence=gettext_noop("What the desk has said of claims, for search engines and archives (schema.org)."),
        unit="",
        drops=gettext_noop("Quotes, bias tags, places in the text and unpublished verdicts are not in it."),
    )

    def documents(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        yield from in_array(
            _review(mark, article) for article in articles for mark in article.marks if mark.type == "claim"
        )


def piece_of(article: ExportArticle) -> PublishedPiece:
    """The article as pages tell programs of it; its text only where the rights let readers have all of it."""
    return PublishedPiece(
        url=article.url or f"urn:uuid:{article.uid}",
        headline=article.headline,
        language=article.language,
        published=article.published,
        modified=article.modified,
        outlet=article.outlet,
        byline=article.byline,
        original_url=article.original_url,
        body=article.body if article.is_whole else "",
    )


def _review(mark: ExportRecord, article: ExportArticle) -> dict[str, Any]:
    review, piece = article.reviews.get(mark.uid), piece_of(article)
    if review is None:
        return {"@context": CONTEXT, **_claim(mark, article, piece)}
    document = claim_review(review, piece, article.publisher)
    document["itemReviewed"]["identifier"] = f"urn:uuid:{mark.uid}"
    return document if not article.is_demonstration else {**document, "creativeWorkStatus": "sample material"}


def _claim(mark: ExportRecord, article: ExportArticle, piece: PublishedPiece) -> dict[str, Any]:
    author = article.byline or article.outlet if mark.claimant == "author" else mark.speaker
    kind = "Organization" if mark.claimant == "author" and not article.byline else "Person"
    appearance = known({"@type": "NewsArticle", "url": piece.original_url or piece.url, "headline": piece.headline})
    return known(
        {
            "@type": "Claim",
            "identifier": f"urn:uuid:{mark.uid}",
            "text": mark.canonical or mark.exact,
            "author": named(author, kind=kind) if author else None,
            "appearance": [appearance],
            "dateCreated": mark.created_at,
            "creativeWorkStatus": "sample material" if article.is_demonstration else "",
        }
    )
