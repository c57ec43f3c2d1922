"""Saying whether a claim says the same as an earlier one. What was said is kept, also what was dismissed."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from annotations.models import Claim, ClaimMatch
from annotations.operations.checking.claims import change_claim
from articles.operations.acts import Noted
from articles.operations.quotes import AlreadyRetracted


class MatchedBefore(Exception):
    """The two claims are linked already."""


def in_order(first: Claim, second: Claim) -> tuple[Claim, Claim]:
    """The later and the earlier of two claims."""
    return (first, second) if first.pk > second.pk else (second, first)


@transaction.atomic
def confirm_match(
    *, claim: Claim, other: Claim, seen: int, by: AbstractUser, at: datetime, score: float | None = None
) -> Claim:
    """Say that two claims say the same: the later one names the first of all that do, and so do its own repeats.

    One act, which can be undone. No verdict comes along by it.

    :param seen: the version of the later claim.
    :raises Stale: when somebody changed the later claim since that version.
    :raises AlreadyRetracted: when one of them was retracted, or rejected.
    :raises MatchedBefore: when they are linked already.
    """
    later, earlier = in_order(claim, other)
    _refuse_gone(later, earlier)
    first = earlier.same_as or earlier
    if first.pk in {later.pk, later.same_as_id}:
        raise MatchedBefore("These claims are linked already.")
    _keep(later, earlier, is_same=True, score=score, by=by, at=at)
    group = uuid.uuid4()
    change_claim(claim=later, seen=seen, by=by, at=at, noted=Noted(group=group, position=0), same_as=first)
    for position, repeat in enumerate(Claim.objects.live().filter(same_as=later).order_by("pk"), start=1):
        noted = Noted(group=group, position=position)
        change_claim(claim=repeat, seen=repeat.version, by=by, at=at, noted=noted, same_as=first)
    return later


@transaction.atomic
def dismiss_match(
    *, claim: Claim, other: Claim, by: AbstractUser, at: datetime, score: float | None = None
) -> ClaimMatch:
    """Say that two claims do not say the same, so that the one is not offered for the other again.

    :raises AlreadyRetracted: when one of them was retracted, or rejected.
    :raises MatchedBefore: when they are linked.
    """
    later, earlier = in_order(claim, other)
    _refuse_gone(later, earlier)
    if (later.same_as_id or later.pk) == (earlier.same_as_id or earlier.pk):
        raise MatchedBefore("These claims are linked. Change the claim to part them.")
    return _keep(later, earlier, is_same=False, score=score, by=by, at=at)


def _refuse_gone(*claims: Claim) -> None:
    if not all(claim.is_live for claim in claims):
        raise AlreadyRetracted("One of these claims was retracted.")


def _keep(
    later: Claim, earlier: Claim, *, is_same: bool, score: float | None, by: AbstractUser, at: datetime
) -> ClaimMatch:
    return ClaimMatch.objects.create(
        claim=later, earlier=earlier, is_same=is_same, score=score, created_by_id=by.pk, created_at=at
    )
