"""How the verdict on the wording of a quote is told, where nobody found the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.models import CheckState, Claim, ClaimType, FactCheck, Verdict
from annotations.queries.verdicts import ShownVerdict
from articles.permissions import visible_sources

if TYPE_CHECKING:
    from articles.permissions import Person


def sources_without_wording(claim: Claim, shown: ShownVerdict, person: Person) -> int | None:
    """In how many stored sources the printed words were looked for and not found; None for any other verdict or claim.

    That is what the last search noted; where none did, all the stored sources that the person may know of.
    """
    if claim.claim_type != ClaimType.QUOTE_WORDING or shown.verdict != Verdict.NOT_ENOUGH_EVIDENCE:
        return None
    checks = FactCheck.objects.filter(claim=claim).exclude(state=CheckState.WITHDRAWN).order_by("pk")
    counts = [entry["sources"] for check in checks for entry in check.search_log if "sources" in entry]
    return counts[-1] if counts else visible_sources(person).count()
