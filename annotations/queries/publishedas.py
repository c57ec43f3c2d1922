"""Claims as they read when the desk judged them. What somebody is rewriting now is the desk's own."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from annotations.models import Claim, RestingOn


def grounds_with_what_they_saw(claims: Collection[int]) -> QuerySet[Any]:
    """The checks that the newest verdicts of claims rest on, each with ``seen_words`` and ``seen_claim``: the words of
    the article and the restatement it was written on."""
    events: Any = Claim._meta.get_field("events").related_model
    restated = events.objects.filter(
        pgh_obj=OuterRef("fact_check__claim"), version=OuterRef("fact_check__claim_version_seen")
    )
    return (
        RestingOn.objects.filter(desk_verdict__claim__in=claims, desk_verdict__corrected_by=None)
        .annotate(
            seen_words=F("fact_check__anchor_seen__exact"),
            seen_claim=Subquery(restated.order_by("pgh_id").values("canonical")[:1]),
        )
        .order_by("pk")
    )


def claims_as_judged(claims: Collection[int]) -> dict[int, str]:
    """The restatements that were judged and have been changed since, by the key of the claim; one query."""
    rows = grounds_with_what_they_saw(claims).values_list("desk_verdict__claim_id", "seen_claim")
    return {claim: seen for claim, seen in reversed(list(rows)) if seen}
