"""Published checks by the words of a claim, for programs of the world outside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from annotations.models import Claim, ClaimantKind, DeskVerdict
from annotations.queries.published import listed_claims
from annotations.queries.publishedas import Judged, claims_as_judged
from annotations.queries.readeraddresses import address_of_check
from annotations.queries.wording import rating_told
from articles.models import Publication

# A claim is a long query; of a longer one the first words are asked for.
MOST_WORDS = 40
# Of so many checks with a word of the query, the newest, the best are answered.
MOST_COMPARED = 500
# How much of the weight of a query's words must stand in a claim.
ENOUGH = 0.5
# Longer words say more of what a claim is about; none counts more than this many letters.
HEAVIEST = 9


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
    """The keys of the claims that hold enough of the words of a query, best first, of two alike the newer one."""
    words = words_of(query)
    if not words:
        return []
    any_word = reduce(or_, (SearchQuery(word, config="simple") for word in words))
    candidates = claims.filter(Q(words=any_word) | Q(canonical__icontains=query.strip()))[:MOST_COMPARED]
    keys = list(candidates.values_list("pk", flat=True))
    judged = claims_as_judged(keys)
    scored = [(_likeness(judged[key].canonical, query, words), key) for key in keys]
    # Stable, so the order of what readers learnt last stays among equals.
    return [pk for score, pk in sorted(scored, key=lambda pair: -pair[0]) if score >= ENOUGH]


def words_of(text: str) -> Sequence[str]:
    """The words of a text, each once, in small letters; no more than :data:`MOST_WORDS`."""
    return list(dict.fromkeys(re.findall(r"\w+", text.casefold())))[:MOST_WORDS]


def _likeness(text: str, query: str, words: Sequence[str]) -> float:
    """The share of the weight of the words that stands in the text, 0 to 1; 1 where the query stands in it as it is."""
    if query.strip().casefold() in text.casefold():
        return 1.0
    there = set(re.findall(r"\w+", text.casefold()))
    weights = {word: min(len(word), HEAVIEST) for word in words}
    return sum(weight for word, weight in weights.items() if word in there) / sum(weights.values())


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
