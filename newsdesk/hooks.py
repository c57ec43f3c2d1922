"""What is done about web hooks: addresses are added and ended, events told, deliveries tried and tried again.

Signed as Standard Webhooks 1.0 has it: ``webhook-signature`` is the HMAC-SHA256 of ``<webhook-id>.<webhook-timestamp>.
<body>`` under the hook's secret. The body names what happened and where the API tells it, and nothing of it: whoever
is told asks with a token of their own, so rights, access and blindness are the API's to keep.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from annotations.models import DeskVerdict
from annotations.permissions import visible_correction_requests, visible_desk_verdicts
from articles.fetching.addresses import read_address
from articles.fetching.refusals import FetchRefused
from articles.fetching.sending import send
from articles.models import Article, Hold
from articles.operations.jobs import enqueue
from articles.operations.ledger import DatabaseLedger
from articles.operations.telling import TELL_HOOKS
from articles.permissions import visible_articles
from newsdesk.models import Event, User, WebHook, WebHookAttempt, WebHookDelivery
from newsdesk.models.hooks import DeliveryState

DELIVER = "newsdesk.deliver"
# Seconds from one attempt to the next; after the last of them it has failed, and may be sent anew by hand.
BACK_OFF = (60, 300, 1800, 7200, 28_800, 86_400)
RIGHT = "annotations.administer"
SECRET_PREFIX = "whsec_"  # noqa: S105 - it marks secrets of this kind; it is none
ADDRESSES = {
    "article": "/api/v1/articles/{}/",
    "verdict": "/api/v1/desk-verdicts/{}/",
    "correction": "/api/v1/correction-requests/{}/",
}


class EventsUnknown(ValueError):
    """A hook was asked for without events, or with one that does not exist."""


class HookEnded(Exception):
    """The hook was ended before; nothing is sent to it any more."""


class StillWaiting(Exception):
    """The delivery is under way, so it need not be sent anew."""


class Sender(Protocol):
    """Posts content to an address by the rules of the desk."""

    def __call__(self, address: str, content: bytes, *, headers: Mapping[str, str]) -> int:
        """Give the status of the answer.

        :raises FetchRefused: nothing was sent, or nothing came back.
        """


def send_by_rules(address: str, content: bytes, *, headers: Mapping[str, str]) -> int:
    """Send as the settings of the desk say, taking turns with all its workers.

    :raises FetchRefused: as :func:`articles.fetching.sending.send`.
    """
    return send(address, content, headers=headers, rules=settings.FETCHING, ledger=DatabaseLedger())


def secret_of(hook: WebHook) -> str:
    """The secret of a hook. It follows from the desk's secret key, so the database knows nothing of it."""
    key = salted_hmac("newsdesk.web_hook", str(hook.uid), algorithm="sha256").digest()
    return SECRET_PREFIX + base64.b64encode(key).decode()


def signature(secret: str, *, uid: str, timestamp: int, content: bytes) -> str:
    """What ``webhook-signature`` says of a message."""
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    signed = hmac.new(key, f"{uid}.{timestamp}.".encode() + content, hashlib.sha256).digest()
    return "v1," + base64.b64encode(signed).decode()


@transaction.atomic
def add_hook(*, address: str, events: Collection[str], by: User, at: datetime) -> WebHook:
    """Have an address told of events from now on.

    :raises EventsUnknown: without events, or when one of them is none.
    :raises FetchRefused: when the rules of the desk keep it from that host or port.
    """
    if not events or not set(events) <= set(Event.values):
        raise EventsUnknown(_("Name at least one event that there is."))
    settings.FETCHING.admit(read_address(address))
    return WebHook.objects.create(address=address, events=sorted(set(events)), created_by=by, created_at=at)


@transaction.atomic
def end_hook(*, hook: WebHook, by: User, at: datetime) -> WebHook:
    """Tell the address nothing more. Ending it again changes nothing: the first moment stands."""
    WebHook.objects.filter(pk=hook.pk, ended_at=None).update(ended_at=at)
    hook.refresh_from_db()
    return hook


@transaction.atomic
def tell_of(*, event: str, noun: UUID, happened_at: datetime, at: datetime) -> None:
    """Have every hook told that asks for the event and whose owner may know of the noun. Twice is once.

    Of an embargoed piece nobody outside is told before its time: then this is done again.
    """
    until = _embargo(event, noun)
    if until is not None and until > at:
        seconds = int((until - at).total_seconds()) + 1
        enqueue(TELL_HOOKS, seconds=seconds, event=event, noun=str(noun), at=happened_at.isoformat())
        return
    for hook in _standing().filter(events__contains=[event]):
        if not may_be_told(hook, event, noun):
            continue
        delivery, is_new = WebHookDelivery.objects.get_or_create(
            hook=hook, event=event, noun=noun, happened_at=happened_at, defaults={"created_at": at}
        )
        if is_new:
            enqueue(DELIVER, uid=str(delivery.uid), tries=0)


def may_be_told(hook: WebHook, event: str, noun: UUID) -> bool:
    """Whether the owner of a hook may know of what happened, and nothing keeps it on the desk."""
    owner = hook.created_by
    if not owner.is_active or not owner.has_perm(RIGHT):
        return False
    nouns, article = _nouns(event, owner)
    passed = Q(**{f"{article}embargo_until": None}) | Q(**{f"{article}embargo_until__lte": Now()})
    return bool(nouns.filter(passed, uid=noun).exists())


def deliver(*, uid: UUID, tries: int, at: datetime, sender: Sender = send_by_rules) -> None:
    """Make one attempt, and put the next one off when it fails.

    Twice is harmless: a delivery that was tried since is left alone. Not to be called in a transaction, which would
    hold up everybody who waits for the same host. Whether it may be told is asked again, because it may have changed.
    """
    waiting = WebHookDelivery.objects.select_related("hook__created_by")
    delivery = waiting.filter(uid=uid, tries=tries, state=DeliveryState.WAITING).first()
    if delivery is None:
        return
    if delivery.hook.ended_at is not None or not may_be_told(delivery.hook, delivery.event, delivery.noun):
        _note(delivery, status=None, reason=_("Nobody may be told this any more."), state=DeliveryState.WITHHELD, at=at)
        return
    content = content_of(delivery)
    timestamp = int(at.timestamp())
    signed = signature(secret_of(delivery.hook), uid=str(uid), timestamp=timestamp, content=content)
    headers = {
        "Content-Type": "application/json",
        "webhook-id": str(uid),
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signed,
    }
    try:
        status = sender(delivery.hook.address, content, headers=headers)
    except FetchRefused as refused:
        _note(delivery, status=None, reason=refused.reason, state=_state_after(delivery), at=at)
    else:
        state = DeliveryState.DELIVERED if 200 <= status < 300 else _state_after(delivery)
        _note(delivery, status=status, reason="", state=state, at=at)


def content_of(delivery: WebHookDelivery) -> bytes:
    """What a hook is sent: the event, when it happened, and where the API tells what it is about."""
    kind = delivery.event.partition(".")[0]
    said = {
        "type": delivery.event,
        "timestamp": delivery.happened_at.isoformat(),
        "data": {
            "uid": str(delivery.noun),
            "address": settings.PUBLIC_URL + ADDRESSES[kind].format(delivery.noun),
        },
    }
    return json.dumps(said).encode()


@transaction.atomic
def send_anew(*, delivery: WebHookDelivery, by: User, at: datetime) -> WebHookDelivery:
    """Send what has ended once more, under the same id, with all its attempts.

    :raises StillWaiting: when it has not ended.
    :raises HookEnded: when nothing is sent to its hook any more.
    """
    locked = WebHookDelivery.objects.select_for_update(of=("self",)).select_related("hook").get(pk=delivery.pk)
    if locked.state == DeliveryState.WAITING:
        raise StillWaiting(_("This is under way already."))
    if locked.hook.ended_at is not None:
        raise HookEnded(_("This hook has ended. Make another one for the address."))
    locked.state, locked.ended_at, locked.tries_before = DeliveryState.WAITING, None, locked.tries
    locked.save(update_fields=["state", "ended_at", "tries_before"])
    enqueue(DELIVER, uid=str(locked.uid), tries=locked.tries)
    return locked


def _standing() -> QuerySet[WebHook]:
    return WebHook.objects.filter(ended_at=None).select_related("created_by").order_by("pk")


def _nouns(event: str, person: Any) -> tuple[QuerySet[Any], str]:
    """What a person may know of the nouns of an event, less what is held, and the path to the article."""
    kind = event.partition(".")[0]
    if kind == "article":
        return visible_articles(person), ""
    if kind == "verdict":
        held = Hold.objects.standing().values("span")
        return visible_desk_verdicts(person).exclude(claim__span__in=held), "claim__article__"
    return visible_correction_requests(person), "article__"


def _embargo(event: str, noun: UUID) -> datetime | None:
    kind = event.partition(".")[0]
    articles = Article.objects.all()
    if kind == "article":
        articles = articles.filter(uid=noun)
    elif kind == "verdict":
        articles = articles.filter(pk__in=DeskVerdict.objects.filter(uid=noun).values("claim__article"))
    else:
        return None  # readers asked, so they have the piece
    return articles.values_list("embargo_until", flat=True).first()


def _state_after(delivery: WebHookDelivery) -> DeliveryState:
    """What a delivery is in after one more attempt that failed."""
    is_last = delivery.tries - delivery.tries_before >= len(BACK_OFF)
    return DeliveryState.FAILED if is_last else DeliveryState.WAITING


@transaction.atomic
def _note(delivery: WebHookDelivery, *, status: int | None, reason: str, state: DeliveryState, at: datetime) -> None:
    """Log the attempt, and enqueue the next one if there is to be one."""
    ended_at = None if state == DeliveryState.WAITING else at
    waiting = WebHookDelivery.objects.filter(pk=delivery.pk, tries=delivery.tries, state=DeliveryState.WAITING)
    if not waiting.update(tries=delivery.tries + 1, state=state, ended_at=ended_at):
        return
    WebHookAttempt.objects.create(delivery=delivery, at=at, status=status, reason=reason[:1000])
    if state == DeliveryState.WAITING:
        seconds = BACK_OFF[delivery.tries - delivery.tries_before]
        enqueue(DELIVER, seconds=seconds, uid=str(delivery.uid), tries=delivery.tries + 1)
