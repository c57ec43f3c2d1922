"""Who checks a claim, until when, and how a check goes from one person to another."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import CheckState, FactCheck, HandOver
from annotations.operations.checking.ableness import CannotCheck, refuse_past, refuse_unable
from annotations.operations.checking.factchecks import UNSENT


class CheckedBefore(Exception):
    """They have an open check of this claim already, or this one is theirs."""


class HasAChecker(Exception):
    """Somebody has this check; it is handed over with a note."""


class NotInHand(Exception):
    """The check is with a reviewer, or over, or nobody has it: there is nothing to hand over."""


class NotYours(Exception):
    """A hand-over is acknowledged by whoever received it, once."""


@transaction.atomic
def assign_check(
    *, check: FactCheck, seen: int, to: Any, by: AbstractUser, at: datetime, due_at: datetime | None = None
) -> FactCheck:
    """Give a check that nobody has to somebody, with the time when it is due.

    :raises HasAChecker: when somebody else has it.
    :raises CheckedBefore, CannotCheck: when it cannot be theirs.
    :raises DueInThePast: when it would be late at once.
    :raises Stale: when somebody changed it since version ``seen``.
    """
    refuse_past(due_at, at=at)
    if check.checker_id is not None:
        raise HasAChecker(_("Somebody has this check. Hand it over with a note."))
    _refuse_receiver(check, to)
    state = CheckState.GATHERING if to.pk == by.pk else CheckState.ASSIGNED
    return check.change(seen=seen, checker=to, state=state, due_at=due_at)


def plan_check(*, check: FactCheck, seen: int, due_at: datetime | None, by: AbstractUser, at: datetime) -> FactCheck:
    """Say when a check is due, or that it is due at no time.

    :raises DueInThePast: when it would be late at once.
    :raises NotInHand: when it is over.
    :raises Stale: when somebody changed it since version ``seen``.
    """
    refuse_past(due_at, at=at)
    if not FactCheck.objects.still_open().filter(pk=check.pk).exists():
        raise NotInHand(_("This check is over."))
    return check.change(seen=seen, due_at=due_at)


@transaction.atomic
def hand_over(
    *, check: FactCheck, seen: int, to: Any, note: str, by: AbstractUser, at: datetime, **plan: datetime | None
) -> HandOver:
    """Give somebody's check to somebody else, with a note that the receiver acknowledges.

    The draft stays as it is, and who wrote to it stays its author. ``due_at`` keeps the time unless it is given.

    :raises NotInHand: when nobody has it, or it is with a reviewer, or over.
    :raises CheckedBefore, CannotCheck: when it cannot be theirs.
    :raises DueInThePast: when it would be late at once.
    :raises Stale: when somebody changed it since version ``seen``.
    """
    refuse_past(plan.get("due_at"), at=at)
    if check.checker_id is None or check.state not in UNSENT:
        raise NotInHand(_("Only a check that somebody is working on is handed over."))
    _refuse_receiver(check, to)
    giver = check.checker_id
    check.change(seen=seen, checker=to, **plan)
    # Whoever hands it on has read what came with it.
    check.hand_overs.filter(receiver_id=giver, acknowledged_at=None).update(acknowledged_at=at)
    return HandOver.objects.create(
        fact_check=check, giver_id=giver, receiver=to, note=note.strip(), created_by_id=by.pk, created_at=at
    )


def acknowledge_hand_over(*, given: HandOver, by: AbstractUser, at: datetime) -> HandOver:
    """Note that the receiver has read what came with a check; saying so twice is once.

    :raises NotYours: for anybody else.
    """
    if given.receiver_id != by.pk:
        raise NotYours(_("Whoever received it acknowledges it."))
    HandOver.objects.filter(pk=given.pk, acknowledged_at=None).update(acknowledged_at=at)
    given.acknowledged_at = given.acknowledged_at or at
    return given


def _refuse_receiver(check: FactCheck, to: Any) -> None:
    if to.pk == check.checker_id:
        raise CheckedBefore(_("This check is theirs already."))
    refuse_unable(check.claim, to)
    if check.reviews.filter(created_by_id=to.pk).exists():
        raise CannotCheck(_("They reviewed this check, so they cannot write to it."))
    if FactCheck.objects.still_open().filter(claim=check.claim_id, checker_id=to.pk).exists():
        raise CheckedBefore(_("They have an open check of this claim already."))
