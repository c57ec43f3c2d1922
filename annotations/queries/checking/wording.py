"""How the verdict on the wording of a quote is told, where nobody found the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.models import CheckState, Claim, ClaimType, FactCheck, Verdict
from annotations.queries.checking.verdicts import ShownVerdict
from articles.permissions import visible_sources

if TYPE_CHECKING:
    from articles.permissions import Person


def sources_without_wording(claim: Claim, shown: ShownVerdict, person: Person) -> int | None:
    """In how many stored sources the printed words were looked for and not found; None for any other verdict or claim.

    That is what the last search noted; where none did, all the stored sources that the person may know of.
    """
    if not is_about_missing_words(claim.claim_type, shown.verdict):
        return None
    checks = FactCheck.objects.filter(claim=claim).exclude(state=CheckState.WITHDRAWN).order_by("pk")
    counts = [entry["sources"] for check in checks for entry in check.search_log if "sources" in entry]
    return counts[-1] if counts else visible_sources(person).count()


def is_about_missing_words(claim_type: str, verdict: str) -> bool:
    """Whether a verdict says that printed words were not found.

    Wording is refuted only against the speaker's own words; without them that is all a check can say.
    """
    return claim_type == ClaimType.QUOTE_WORDING and verdict == Verdict.NOT_ENOUGH_EVIDENCE


def sources_searched(search_log: Sequence[Mapping[str, Any]]) -> int:
    """In how many stored sources the last search of a check looked that noted it; 0 where none did."""
    return next((entry["sources"] for entry in reversed(search_log) if entry.get("sources")), 0)


def rating_told(rating: str, not_found_in: int) -> str:
    """A rating as it is told where nothing else can be said beside it: with in how many sources nobody found the words,
    where that is what it means."""
    if not not_found_in:
        return rating
    nothing = ngettext(
        "wording not found in %(number)s stored source", "wording not found in %(number)s stored sources", not_found_in
    ) % {"number": not_found_in}
    return _("%(rating)s – %(why)s") % {"rating": rating, "why": nothing}
