"""Judging apart: checkers who do not see each other's verdict until each has drafted one."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from annotations.models import BlindRound, CheckState, Claim, FactCheck
from annotations.models.checking import FEWEST_IN_A_ROUND
from annotations.operations.checking.checklaws import LawBroken


class BlindAlready(Exception):
    """The claim is judged blind just now."""


class DraftedBefore(Exception):
    """Somebody has drafted a verdict on the claim, and others may have read it."""


class RoundOver(Exception):
    """The round has ended, and everybody sees what was drafted."""


@transaction.atomic
def begin_blind_round(*, claim: Claim, by: AbstractUser, at: datetime) -> BlindRound:
    """Have a claim judged by checkers apart from each other.

    :raises BlindAlready: when it is.
    :raises DraftedBefore: when an open check of it has a verdict or a reason, be it half a draft.
    """
    Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
    if FactCheck.objects.filter(claim=claim).still_open().exclude(verdict="", reason="").exists():
        raise DraftedBefore(_("Somebody has drafted a verdict already, and others may have read it."))
    try:
        with transaction.atomic():
            return BlindRound.objects.create(claim=claim, created_by_id=by.pk, created_at=at)
    except IntegrityError as error:
        if "blind_round_open_once" in str(error):
            raise BlindAlready(_("This claim is judged blind already.")) from error
        raise


@transaction.atomic
def end_blind_round(*, blind_round: BlindRound, by: AbstractUser, at: datetime) -> BlindRound:
    """Let everybody see what was drafted, although fewer have drafted than should.

    :raises RoundOver: when it has ended.
    """
    locked = BlindRound.objects.select_for_update().get(pk=blind_round.pk)
    if locked.ended_at is not None:
        raise RoundOver(_("This round is over."))
    return _end(locked, by=by, at=at)


def end_when_all_have_drafted(claim: Claim, *, by: AbstractUser, at: datetime) -> None:
    """After a draft was written, end the round when enough have theirs. Of two drafts at once the second sees both."""
    blind_round = BlindRound.objects.select_for_update().filter(claim=claim, ended_at=None).first()
    if blind_round is not None and drafted_in(claim) >= FEWEST_IN_A_ROUND:
        _end(blind_round, by=by, at=at)


def drafted_in(claim: Claim) -> int:
    """How many checkers have a whole draft on a claim that is still open."""
    drafts = FactCheck.objects.filter(claim=claim, state=CheckState.DRAFTED)
    return drafts.values("checker").distinct().count()


def refuse_blind(claim: Claim) -> None:
    """Nobody reads a draft, be it to review it, while the claim is judged blind."""
    if BlindRound.objects.filter(claim=claim, ended_at=None).exists():
        raise LawBroken(
            _("This claim is judged blind. It goes to review when another checker has drafted a verdict too."),
            field="state",
        )


def _end(blind_round: BlindRound, *, by: AbstractUser, at: datetime) -> BlindRound:
    BlindRound.objects.filter(pk=blind_round.pk).update(ended_by=by, ended_at=at)
    blind_round.ended_at = at
    return blind_round
