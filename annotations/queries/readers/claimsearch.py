"""Published checks by the words of a claim, for programs of the world outside."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from annotations.models import Claim, ClaimantKind, DeskVerdict
from annotations.queries.checking.matching import LOOKED_AT, rarity_of_terms
from annotations.queries.checking.wording import rating_told
from annotations.queries.readers.published import listed_claims
from annotations.queries.readers.publishedas import Judged, claims_as_judged
from annotations.queries.readers.readeraddresses import address_of_check
from articles.models import Publication
from articles.search.configuration import STEMMED

# Of so many checks with a rare word of the query, the newest, the best are answered.
MOST_COMPARED = 500
# How much of the weight of a query's words must stand in a claim.
ENOUGH = 0.5
# In languages without a stemmer.
UNSTEMMED = "simple"
STEMS = """
SELECT tsvector_to_array(to_tsvector(given.how::regconfig, given.text))
FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS given (how, text, place) ORDER BY given.place
"""


@dataclass(frozen=True, slots=True)
class FoundCheck:
    """A published check as programs are told of it."""

    text: str
    claimant: str
    claim_date: date | None
    address: str
    title: str
    reviewed: datetime
    rating: str
    language: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for.

    :ivar language: the primary part of a language tag; empty for all.
    :ivar max_age: how long ago the claim or its review may be, in days; None for any.
    """

    words: str = ""
    language: str = ""
    max_age: int | None = None


def search_published(asked: Asked, *, now: datetime, offset: int, size: int) -> tuple[list[FoundCheck], bool]:
    """The checks from ``offset`` on, at most ``size``, and whether there are more.

    With words the best first, else the newest. Only what readers have is compared: a claim that is being rewritten is
    found by the words it was judged in.
    """
    claims = _narrowed(asked, now)
    if asked.words:
        ranked = _ranked(claims, asked.words)
        page, has_more = ranked[offset : offset + size], len(ranked) > offset + size
    else:
        page = list(claims.values_list("pk", flat=True)[offset : offset + size + 1])
        page, has_more = page[:size], len(page) > size
    return _found(page), has_more


def _narrowed(asked: Asked, now: datetime) -> QuerySet[Any]:
    claims = listed_claims()
    if asked.language:
        tag = asked.language
        claims = claims.filter(Q(article__language__iexact=tag) | Q(article__language__istartswith=f"{tag}-"))
    if asked.max_age is not None:
        since = now - timedelta(days=min(asked.max_age, 100 * 366))
        claims = claims.filter(Q(told_at__gte=since) | Q(claim_date__gte=since.date()))
    return claims


def _ranked(claims: QuerySet[Any], query: str) -> list[int]:
    """The keys of the claims that hold enough of the words of a query, best first, of two alike the newer one.

    Words are compared by their stems and weighed by how rare they are among all claims, as where claims are matched.
    """
    asked = _stems([(each, query) for each in (*STEMMED.values(), UNSTEMMED)])
    terms = frozenset().union(*asked)
    if not terms:
        return []
    rarity, number = rarity_of_terms()
    rarest = rarity.rarest(terms, most=LOOKED_AT / number)
    near = claims.filter(Q(terms__overlap=rarest) | Q(canonical__icontains=query.strip()))[:MOST_COMPARED]
    rows = dict(near.values_list("pk", "article__language"))
    judged = {key: each.canonical for key, each in claims_as_judged(list(rows)).items()}
    read = dict(zip((*STEMMED.values(), UNSTEMMED), asked, strict=True))
    how = {key: _reading(language) for key, language in rows.items()}
    stems = dict(zip(rows, _stems([(how[key], judged[key]) for key in rows]), strict=True))
    scores = {
        key: 1.0 if _holds(judged[key], query) else _share(stems[key], read[how[key]], rarity.weight) for key in rows
    }
    # Stable, so the order of what readers learnt last stays among equals.
    return [key for key in sorted(scores, key=lambda key: -scores[key]) if scores[key] >= ENOUGH]


def _reading(language: str) -> str:
    """How the terms of a claim are read in an article of some language, as the database keeps them."""
    primary = language.split("-")[0].lower()
    return STEMMED.get(primary or "en", UNSTEMMED)


def _stems(texts: Sequence[tuple[str, str]]) -> list[frozenset[str]]:
    """The stems of some texts, each with the configuration that reads it; one statement."""
    if not texts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(STEMS, [[how for how, _text in texts], [text for _how, text in texts]])
        return [frozenset(stems) for (stems,) in cursor.fetchall()]


def _holds(text: str, query: str) -> bool:
    return query.strip().casefold() in text.casefold()


def _share(stems: Collection[str], asked: Collection[str], weight: Callable[[str], float]) -> float:
    """How much of the weight of what is asked for stands in a text, from 0 to 1."""
    whole = sum(map(weight, asked))
    return sum(weight(stem) for stem in asked if stem in stems) / whole if whole else 0.0


def _found(keys: Sequence[int]) -> list[FoundCheck]:
    """The checks of some listed claims in the order of ``keys``; four queries."""
    named = Claim.objects.filter(pk__in=keys).annotate(
        speaker_name=Coalesce("speaker__merged_into__name", "speaker__name")
    )
    claims: dict[int, Any] = {claim.pk: claim for claim in named.select_related("article")}
    newest = DeskVerdict.objects.filter(claim__in=keys, corrected_by=None).select_related("rating")
    verdicts = {verdict.claim_id: verdict for verdict in newest}
    judged = claims_as_judged(keys)
    headlines = _headlines({claim.article_id for claim in claims.values()})
    return [_described(claims[key], verdicts[key], judged[key], headlines) for key in keys]


def _headlines(articles: set[int]) -> dict[int, str]:
    newest = Publication.objects.filter(article__in=articles).order_by("article", "-number").distinct("article")
    return dict(newest.values_list("article_id", "revision__headline"))


def _described(claim: Any, verdict: DeskVerdict, judged: Judged, headlines: dict[int, str]) -> FoundCheck:
    return FoundCheck(
        text=judged.canonical,
        claimant=claim.speaker_name or "" if claim.claimant_kind == ClaimantKind.SPEAKER else "",
        claim_date=claim.claim_date,
        address=address_of_check(claim.article.slug, claim.uid),
        title=headlines[claim.article_id],
        reviewed=verdict.created_at,
        rating=rating_told(verdict.rating.name, judged.not_found_in),
        language=claim.article.language,
    )
