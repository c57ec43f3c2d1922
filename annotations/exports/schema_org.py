"""What a page says to programs in the words of schema.org (release 30.0): NewsArticle, ClaimReview, Claim, Rating.

Google's guidance on ClaimReview asks for ``claimReviewed``, ``reviewRating`` with numbers where the scale has an order,
``author`` and ``itemReviewed``; whatever is not known is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

CONTEXT = "https://schema.org"
# What a script element must not hold, whoever wrote the words in it; all of it stays the same JSON.
_UNSAFE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
# By the kind of speaker, and of a claim in an article's own voice.
AUTHOR_TYPES = {"person": "Person", "organisation": "Organization", "state": "Organization", "group": "Organization"}


@dataclass(frozen=True, slots=True)
class Publisher:
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class PublishedPiece:
    """A piece that is out.

    Moments may be written already.

    :ivar url: of the readers' page; ``original_url`` of where somebody else published it, empty for our own.
    :ivar body: the whole text after the headline; empty where the rights do not let it out.
    """

    url: str
    headline: str
    language: str
    published: datetime | date | str | None
    modified: datetime | str
    outlet: str = ""
    byline: str = ""
    original_url: str = ""
    body: str = ""
    corrections: Sequence[tuple[datetime, str]] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    name: str
    publisher: str = ""
    url: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True)
class ReviewedClaim:
    """A claim with the verdict of the desk.

    :ivar value: the place of the rating on its scale, ``best`` for what is true; None for ratings outside the order.
    """

    url: str
    text: str
    claimant: str
    claimant_kind: str
    claim_date: date | None
    rating: str
    value: int | None
    best: int
    reason: str
    given: datetime
    corrected: datetime | None = None
    citations: Sequence[Citation] = field(default_factory=tuple)


def news_article(piece: PublishedPiece, publisher: Publisher) -> dict[str, Any]:
    """The piece itself. Of another outlet's piece the outlet is the publisher, and the original its address."""
    return known(
        {
            "@context": CONTEXT,
            "@type": "NewsArticle",
            "@id": piece.url,
            "url": piece.original_url or piece.url,
            "mainEntityOfPage": piece.url,
            "headline": piece.headline,
            "inLanguage": piece.language,
            "datePublished": _moment(piece.published),
            "dateModified": _moment(piece.modified),
            "author": named(piece.byline, kind="Person") if piece.byline else None,
            "publisher": named(piece.outlet) if piece.outlet else _publisher(publisher),
            "articleBody": piece.body,
            "correction": [_correction(at, text) for at, text in piece.corrections],
        }
    )


def claim_review(claim: ReviewedClaim, piece: PublishedPiece, publisher: Publisher) -> dict[str, Any]:
    """The review of one claim that is made in the piece."""
    return known(
        {
            "@context": CONTEXT,
            "@type": "ClaimReview",
            "@id": claim.url,
            "url": claim.url,
            "datePublished": claim.given.date().isoformat(),
            "dateModified": claim.corrected.date().isoformat() if claim.corrected else None,
            "author": _publisher(publisher),
            "publisher": _publisher(publisher),
            "inLanguage": piece.language,
            "claimReviewed": claim.text,
            "reviewBody": claim.reason,
            "reviewRating": _rating(claim),
            "itemReviewed": _claim(claim, piece),
            "citation": [_citation(each) for each in claim.citations],
        }
    )


def as_script(documents: Iterable[dict[str, Any]]) -> str:
    """The documents as the content of a ``script`` element of type ``application/ld+json``, which never ends it."""
    return json.dumps(list(documents), ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def _claim(claim: ReviewedClaim, piece: PublishedPiece) -> dict[str, Any]:
    appearance = known({"@type": "NewsArticle", "url": piece.original_url or piece.url, "headline": piece.headline})
    return known(
        {
            "@type": "Claim",
            "text": claim.text,
            "datePublished": claim.claim_date.isoformat() if claim.claim_date else None,
            "author": _claimant(claim, piece),
            "appearance": [appearance],
        }
    )


def _claimant(claim: ReviewedClaim, piece: PublishedPiece) -> dict[str, Any] | None:
    if claim.claimant:
        return named(claim.claimant, kind=AUTHOR_TYPES.get(claim.claimant_kind, "Person"))
    if claim.claimant_kind == "author" and (piece.byline or piece.outlet):
        return named(piece.byline or piece.outlet, kind="Person" if piece.byline else "Organization")
    return None


def _rating(claim: ReviewedClaim) -> dict[str, Any]:
    numbers = {} if claim.value is None else {"ratingValue": claim.value, "bestRating": claim.best, "worstRating": 1}
    return {"@type": "Rating", "alternateName": claim.rating, **numbers, "ratingExplanation": claim.reason}


def _citation(citation: Citation) -> dict[str, Any]:
    return known(
        {
            "@type": "CreativeWork",
            "name": citation.name,
            "url": citation.url,
            "publisher": named(citation.publisher) if citation.publisher else None,
            "datePublished": citation.published.isoformat() if citation.published else None,
        }
    )


def _correction(at: datetime, text: str) -> dict[str, Any]:
    return {"@type": "CorrectionComment", "datePublished": at.isoformat(), "text": text}


def _publisher(publisher: Publisher) -> dict[str, Any]:
    return {"@type": "Organization", "name": publisher.name, "url": publisher.url}


def named(name: str, *, kind: str = "Organization") -> dict[str, Any]:
    """Somebody of whom the name is known."""
    return {"@type": kind, "name": name}


def _moment(at: datetime | date | str | None) -> str | None:
    return at.isoformat() if isinstance(at, date) else at


def known(members: dict[str, Any]) -> dict[str, Any]:
    """What is known of them."""
    return {name: value for name, value in members.items() if value not in (None, "", [])}
