"""Whether a claim is judged blind just now, and how far that has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.models import BlindRound, CheckState, Claim, FactCheck
from annotations.models.checking import FEWEST_IN_A_ROUND
from annotations.permissions import visible_blind_rounds

if TYPE_CHECKING:
    from articles.permissions import Person


@dataclass(frozen=True, slots=True)
class RoundInProgress:
    """A blind round that has not ended. How many have drafted is told to all, what they drafted to nobody."""

    blind_round: BlindRound
    drafted: int
    needed: int = FEWEST_IN_A_ROUND


def round_in_progress(claim: Claim, person: Person) -> RoundInProgress | None:
    """The blind round of a claim; None where there is none, or it is over."""
    found = visible_blind_rounds(person).filter(claim=claim, ended_at=None).select_related("created_by").first()
    if found is None:
        return None
    drafts = FactCheck.objects.filter(claim=claim, state=CheckState.DRAFTED)
    return RoundInProgress(found, drafts.values("checker").distinct().count())
