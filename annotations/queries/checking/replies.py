"""Who was heard on a claim, and whether its verdict still waits for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models import Claim, Reply
from annotations.permissions import visible_replies

if TYPE_CHECKING:
    from articles.permissions import Person


class Standing(TextChoices):
    """How far a reply has come."""

    ANSWERED = "answered", _("Answered")
    WAITING = "waiting", _("Asked, no answer yet")
    EXPIRED = "expired", _("Asked, no answer by the deadline")
    UNASKED = "unasked", _("Not asked")
    RETRACTED = "retracted", _("Taken back")


SETTLED = frozenset({Standing.ANSWERED, Standing.EXPIRED, Standing.UNASKED})
ICONS = {
    Standing.ANSWERED: "check",
    Standing.WAITING: "ring",
    Standing.EXPIRED: "check",
    Standing.UNASKED: "check",
    Standing.RETRACTED: "back",
}


@dataclass(frozen=True, slots=True)
class ShownReply:
    """A reply as the page of its claim shows it. For readers it carries what stood when the verdict was given."""

    reply: Reply
    standing: Standing
    answer: str

    @property
    def icon(self) -> str:
        return ICONS[self.standing]

    @property
    def is_settled(self) -> bool:
        return self.standing in SETTLED


def standing_of(reply: Reply, *, now: datetime) -> Standing:
    """How far a reply has come at a moment; as the law of publishing counts it."""
    if reply.retracted_at is not None:
        return Standing.RETRACTED
    if reply.not_asked_reason:
        return Standing.UNASKED
    if reply.answer:
        return Standing.ANSWERED
    assert reply.deadline is not None  # whoever was asked has one
    return Standing.EXPIRED if reply.deadline <= now else Standing.WAITING


def replies_on(claim: Claim, person: Person) -> list[ShownReply]:
    """Those on a claim as the desk works with them, oldest first; retracted ones last."""
    now = timezone.now()
    replies = visible_replies(person).filter(claim=claim).select_related("speaker", "approached_by")
    shown = [ShownReply(reply, standing_of(reply, now=now), reply.answer) for reply in replies.order_by("pk")]
    return sorted(shown, key=lambda each: each.standing == Standing.RETRACTED)


def replies_told(claim: Claim, published_at: datetime | None) -> list[ShownReply]:
    """What readers are told beside a verdict: who was heard when it was given, and what they said until then.

    What the desk has asked since is not out, and an answer that came later goes out with the next verdict.

    :param published_at: when the newest verdict of the desk was given; without one readers are told nothing.
    """
    return replies_told_of({claim.pk: published_at})[claim.pk] if published_at is not None else []


def replies_told_of(published_at: Mapping[int, datetime]) -> dict[int, list[ShownReply]]:
    """The same of several claims in one query: by the key of each, when its newest verdict was given."""
    told: dict[int, list[ShownReply]] = {claim: [] for claim in published_at}
    standing: Any = Reply.objects.standing().filter(claim__in=list(published_at))
    for reply in standing.select_related("speaker").order_by("pk"):
        moment = published_at[reply.claim_id]
        if reply.created_at > moment:
            continue
        if reply.answered_at is not None and reply.answered_at > moment:
            reply.answer = ""
        told[reply.claim_id].append(ShownReply(reply, standing_of(reply, now=moment), reply.answer))
    return told


def is_heard(replies: Sequence[ShownReply]) -> bool:
    """Whether anybody's reply is settled."""
    return any(each.is_settled for each in replies)
