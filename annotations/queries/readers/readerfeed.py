"""The checks that readers learnt of last, for feeds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from annotations.models import DeskVerdict
from annotations.queries.checking.wording import rating_told
from annotations.queries.readers.published import listed_claims
from annotations.queries.readers.publishedas import claims_as_judged
from annotations.queries.readers.readeraddresses import address_of_check


@dataclass(frozen=True, slots=True)
class ToldCheck:
    """A check in a feed.

    :ivar summary: why, and before it what was corrected.
    """

    uid: UUID
    canonical: str
    rating: str
    summary: str
    address: str
    first_told_at: datetime
    told_at: datetime


def newest_checks(first: int, last: int) -> list[ToldCheck]:
    """Those from one place to another, counted from 0, newest first; three queries."""
    claims = list(listed_claims()[first:last])
    verdicts = DeskVerdict.objects.select_related("rating").in_bulk([claim.verdict_pk for claim in claims])
    judged = claims_as_judged([claim.pk for claim in claims])
    return [
        ToldCheck(
            uid=claim.uid,
            canonical=judged[claim.pk].canonical,
            rating=rating_told(verdicts[claim.verdict_pk].rating.name, judged[claim.pk].not_found_in),
            summary=_summary(verdicts[claim.verdict_pk]),
            address=address_of_check(claim.slug, claim.uid),
            first_told_at=claim.first_told_at,
            told_at=claim.told_at,
        )
        for claim in claims
    ]


def _summary(verdict: DeskVerdict) -> str:
    if not verdict.correction_note:
        return verdict.reason
    corrected = _("Correction: %(note)s") % {"note": verdict.correction_note}
    return f"{corrected}\n\n{verdict.reason}"
