"""Claims as they read when the desk judged them. What somebody is rewriting now is the desk's own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from annotations.models import Claim, RestingOn
from annotations.queries.checking.wording import is_about_missing_words, sources_searched


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim as it was judged.

    :ivar canonical: the restatement that was judged.
    :ivar not_found_in: in how many stored sources the words of a quote were looked for and not found; else 0.
    """

    canonical: str
    not_found_in: int = 0


def grounds_with_what_they_saw(claims: Collection[int]) -> QuerySet[Any]:
    """The checks that the newest verdicts of claims rest on, each with ``seen_words`` and ``seen_claim``: the words of
    the article and the restatement it was written on; and ``searches``, its log of them."""
    events: Any = Claim._meta.get_field("events").related_model
    restated = events.objects.filter(
        pgh_obj=OuterRef("fact_check__claim"), version=OuterRef("fact_check__claim_version_seen")
    )
    return (
        RestingOn.objects.filter(desk_verdict__claim__in=claims, desk_verdict__corrected_by=None)
        .annotate(
            seen_words=F("fact_check__anchor_seen__exact"),
            seen_claim=Subquery(restated.order_by("pgh_id").values("canonical")[:1]),
            searches=F("fact_check__search_log"),
        )
        .order_by("pk")
    )


def claims_as_judged(claims: Collection[int]) -> dict[int, Judged]:
    """Published claims as they were judged, by key; one query."""
    rows = grounds_with_what_they_saw(claims).values_list(
        "desk_verdict__claim_id",
        Coalesce("seen_claim", "desk_verdict__claim__canonical"),
        "desk_verdict__claim__claim_type",
        "desk_verdict__verdict",
        "searches",
    )
    return {
        claim: Judged(canonical, sources_searched(searches) if is_about_missing_words(kind, verdict) else 0)
        for claim, canonical, kind, verdict, searches in reversed(list(rows))
    }
