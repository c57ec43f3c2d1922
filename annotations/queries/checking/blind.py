"""Whether a claim is judged blind just now, how far that has come, and who judged what once it is open."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from annotations.models import BlindRound, CheckState, Claim, FactCheck, Rating, Verdict
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


@dataclass(frozen=True, slots=True)
class JudgedApart:
    """What one checker had drafted when a blind round ended: the rating, or what the evidence says, in words."""

    checker: str
    judgement: str


def rounds_of(claim: Claim, person: Person) -> Sequence[BlindRound]:
    """The blind rounds of a claim, oldest first; one query."""
    rounds = visible_blind_rounds(person).filter(claim=claim)
    return list(rounds.select_related("created_by", "ended_by").order_by("created_at", "pk"))


def round_in_progress(claim: Claim, rounds: Iterable[BlindRound]) -> RoundInProgress | None:
    """That of the rounds which is not over; None where all are."""
    found = next((each for each in rounds if each.ended_at is None), None)
    if found is None:
        return None
    drafts = FactCheck.objects.filter(claim=claim, state=CheckState.DRAFTED)
    return RoundInProgress(found, drafts.values("checker").distinct().count())


def judged_in(rounds: Iterable[BlindRound], checks: Collection[FactCheck]) -> dict[int, list[JudgedApart]]:
    """What was drafted in each round that is over, by the key of the round, as it stood when it ended: whatever was
    made of a draft afterwards. Two queries, none without such a round.

    :param checks: those of the claim that the reader may know of, with their checkers.
    """
    ended = [each for each in rounds if each.ended_at is not None]
    if not ended or not checks:
        return {}
    versions = _versions_of(checks)
    drafts = {each.pk: _last_drafts(each, checks, versions) for each in ended}
    ratings = Rating.objects.in_bulk({row.rating_id for found in drafts.values() for _who, row in found} - {None})
    return {
        key: [JudgedApart(who, _judgement(row, ratings.get(row.rating_id))) for who, row in found]
        for key, found in drafts.items()
    }


def _versions_of(checks: Collection[FactCheck]) -> dict[int, list[Any]]:
    """Every state of each check, oldest first."""
    events: Any = FactCheck._meta.get_field("events").related_model
    versions: dict[int, list[Any]] = {check.pk: [] for check in checks}
    for event in events.objects.filter(pgh_obj__in=versions).order_by("version", "pgh_id"):
        versions[event.pgh_obj_id].append(event)
    for check in checks:
        versions[check.pk].append(check)
    return versions


def _last_drafts(
    blind_round: BlindRound, checks: Iterable[FactCheck], versions: dict[int, list[Any]]
) -> list[tuple[str, Any]]:
    """Of each check the last state that was written in the round and says something, with its checker's name."""
    found = []
    for check in checks:
        rows = [row for row in versions[check.pk] if row.verdict and _is_of(blind_round, row)]
        if rows:
            found.append((str(check.checker), rows[-1]))
    return found


def _is_of(blind_round: BlindRound, row: Any) -> bool:
    return row.written_at is not None and blind_round.created_at <= row.written_at <= blind_round.ended_at


def _judgement(row: Any, rating: Rating | None) -> str:
    return rating.name if rating is not None else str(Verdict(row.verdict).label)
