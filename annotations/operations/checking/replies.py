"""Hearing whom a verdict may hurt: whom the desk asked, what they said, or why nobody asked."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import Channel, Claim, Reply
from articles.models import Speaker


class NotAsked(Exception):
    """Nobody was asked, so there is nothing to answer and no deadline."""


class ReplyRetracted(Exception):
    """The record was taken back before, so nothing is written to it any more."""


class TimesOutOfOrder(Exception):
    """A deadline or an answer that lies before the asking; ``field`` says which."""

    def __init__(self, message: str, *, field: str) -> None:
        self.field = field
        super().__init__(message)


@transaction.atomic
def ask_for_reply(
    *,
    claim: Claim,
    channel: str,
    asked_at: datetime,
    deadline: datetime,
    by: AbstractUser,
    at: datetime,
    speaker: Speaker | None = None,
    name: str = "",
    question: str = "",
) -> Reply:
    """Note that somebody was approached about a claim. Who notes it is who asked.

    :param speaker: whom; or ``name``, where the desk does not keep them as a speaker.
    :raises TimesOutOfOrder: when the deadline is not after the asking, or they are to be asked in the future.
    """
    if asked_at > at:
        raise TimesOutOfOrder(_("Note it when they have been asked."), field="asked_at")
    if deadline <= asked_at:
        raise TimesOutOfOrder(_("Give them time: the deadline lies after the asking."), field="deadline")
    _hold(claim)
    return Reply.objects.create(
        claim=claim,
        speaker=speaker,
        name="" if speaker else name,
        approached_by_id=by.pk,
        asked_at=asked_at,
        channel=Channel(channel),
        question=question,
        deadline=deadline,
        created_by_id=by.pk,
        created_at=at,
    )


@transaction.atomic
def leave_unasked(
    *, claim: Claim, reason: str, by: AbstractUser, at: datetime, speaker: Speaker | None = None, name: str = ""
) -> Reply:
    """Note why somebody is not asked, as readers will see it."""
    _hold(claim)
    return Reply.objects.create(
        claim=claim,
        speaker=speaker,
        name="" if speaker else name,
        not_asked_reason=reason,
        created_by_id=by.pk,
        created_at=at,
    )


@transaction.atomic
def record_answer(
    *, reply: Reply, seen: int, answer: str, answered_at: datetime, by: AbstractUser, at: datetime
) -> Reply:
    """Keep an answer word for word. What it replaces stays in the history.

    :raises NotAsked: when nobody was asked.
    :raises ReplyRetracted: when the record was taken back.
    :raises TimesOutOfOrder: when they answered before they were asked, or later than now.
    :raises Stale: when somebody changed it since version ``seen``.
    """
    _refuse_unasked(reply)
    if answered_at > at or (reply.asked_at is not None and answered_at < reply.asked_at):
        raise TimesOutOfOrder(_("They answered after they were asked, and not in the future."), field="answered_at")
    _hold(reply.claim)
    return reply.change(seen=seen, answer=answer, answered_at=answered_at)


@transaction.atomic
def extend_deadline(*, reply: Reply, seen: int, deadline: datetime, by: AbstractUser, at: datetime) -> Reply:
    """Give somebody who was asked another deadline.

    :raises NotAsked: when nobody was asked.
    :raises ReplyRetracted: when the record was taken back.
    :raises TimesOutOfOrder: when it is not later than the present one, so that nobody shortens it unheard.
    :raises Stale: when somebody changed it since version ``seen``.
    """
    _refuse_unasked(reply)
    if reply.deadline is not None and deadline <= reply.deadline:
        raise TimesOutOfOrder(_("A deadline that was given is only put off."), field="deadline")
    _hold(reply.claim)
    return reply.change(seen=seen, deadline=deadline)


@transaction.atomic
def retract_reply(*, reply: Reply, seen: int, by: AbstractUser, at: datetime) -> Reply:
    """Take a record back that was a mistake. It stays in the history and no longer settles anything.

    :raises ReplyRetracted: when it was taken back before.
    :raises Stale: when somebody changed it since version ``seen``.
    """
    _refuse_retracted(reply)
    _hold(reply.claim)
    return reply.change(seen=seen, retracted_by=by, retracted_at=at)


def _refuse_unasked(reply: Reply) -> None:
    _refuse_retracted(reply)
    if not reply.was_asked:
        raise NotAsked(_("Nobody was asked. Note that somebody was, with its deadline."))


def _refuse_retracted(reply: Reply) -> None:
    if reply.retracted_at is not None:
        raise ReplyRetracted(_("This record was taken back. Make another one."))


def _hold(claim: Claim) -> None:
    """Wait for a verdict that is being published on the claim, and let the next one wait for this."""
    Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
