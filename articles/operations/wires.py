"""The log of what wires say, and which conversation an item belongs to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from django.contrib.auth.models import AbstractUser
from django.db import connection
from django.db.models import F, Q, QuerySet

from articles.ingest.record import IncomingArticle
from articles.models import Article, Capture, Hold, Outcome, PubStatus, Revision, WireAnswer, WireIdentity, WireItem

STOPS: Final = frozenset({PubStatus.CANCELED, PubStatus.WITHHELD})
# What a message that brought a text may have become.
TAKEN_UP: Final = (Outcome.CREATED, Outcome.REVISED, Outcome.NOTED, Outcome.WAITING)
LONGEST_GUID: Final = 400
LONGEST_PROVIDER: Final = 200


class GuidMissing(Exception):
    """An item without an identifier belongs to no conversation; bring it in as any other piece."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message of a wire as it comes in: what a reader read of it, out of which bytes, when and on whose behalf."""

    incoming: IncomingArticle
    capture: Capture
    reader: str
    by: AbstractUser
    at: datetime

    @property
    def stops(self) -> bool:
        return self.incoming.pub_status in STOPS

    @property
    def has_text(self) -> bool:
        """Whether it brings a text. What a cancellation carries is about the piece, not the piece."""
        is_whole = bool(self.incoming.headline and self.incoming.blocks)
        return is_whole and self.incoming.pub_status != PubStatus.CANCELED

    @property
    def record_sha256(self) -> str:
        """The same for the same message, whatever other items its file holds."""
        return sha256(json.dumps(self.incoming.to_json(), sort_keys=True).encode()).hexdigest()

    def record(self, *, whole: bool) -> dict[str, Any]:
        """What is kept of the message: all of it, or all but the text that stands in a revision."""
        record = self.incoming.to_json()
        return record if whole else {key: record[key] for key in record if key not in {"blocks", "removed"}}


def identities_of(arrival: Arrival) -> list[WireIdentity]:
    """The conversations a message belongs to, held until the transaction ends; a new one if there is none.

    An item that names its provider belongs to that provider's conversation, or to the one that named none so far,
    which is from then on the provider's. An item that names none belongs to the only conversation about its guid;
    where several providers use one guid, it is a conversation by itself, except that a stop is taken to mean them all.

    :raises GuidMissing: when it names no guid.
    """
    if not arrival.incoming.guid:
        raise GuidMissing("The item names no identifier.")
    guid = _short(arrival.incoming.guid, LONGEST_GUID)
    provider = _short(arrival.incoming.provider, LONGEST_PROVIDER)
    _wait_for(guid)
    known = {identity.provider: identity for identity in WireIdentity.objects.filter(guid=guid)}
    if provider in known and provider:
        return [known[provider]]
    if not provider and (len(known) == 1 or (known and arrival.stops)):
        return [known[name] for name in sorted(known)]
    if "" in known:
        return [_name(known[""], provider)]
    return [
        WireIdentity.objects.create(provider=provider, guid=guid, created_by_id=arrival.by.pk, created_at=arrival.at)
    ]


def _wait_for(guid: str) -> None:
    """Messages about one guid are taken one after the other, also while their conversation is not stored yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"wire {guid}"])


def _name(identity: WireIdentity, provider: str) -> WireIdentity:
    if provider:
        WireIdentity.objects.filter(pk=identity.pk).update(provider=provider)
        identity.provider = provider
    return identity


def _short(name: str, longest: int) -> str:
    """A name as it is, or its hash when it is too long for an index."""
    return name if len(name) <= longest else f"sha256:{sha256(name.encode()).hexdigest()}"


def log_item(
    arrival: Arrival,
    identity: WireIdentity,
    outcome: Outcome,
    *,
    article: Article | None = None,
    revision: Revision | None = None,
    refusal: str = "",
) -> WireItem:
    """Write down a message and what became of it."""
    return WireItem.objects.create(
        identity=identity,
        version=arrival.incoming.version,
        pub_status=arrival.incoming.pub_status,
        record=arrival.record(whole=outcome == Outcome.WAITING),
        record_sha256=arrival.record_sha256,
        capture=arrival.capture,
        article=article,
        revision=revision,
        outcome=outcome,
        refusal=refusal[:500],
        created_by_id=arrival.by.pk,
        created_at=arrival.at,
    )


def log_of(article: Article, *, most: int = 100) -> list[WireItem]:
    """The messages about an article, the newest first."""
    said = WireItem.objects.filter(article=article).select_related("identity", "revision")
    return list(said.defer("revision__text", "revision__blocks", "revision__removed").order_by("-pk")[:most])


def newest_text_item(identity: WireIdentity) -> WireItem | None:
    """The message with the highest version whose text was taken up; one without version is below all that have one."""
    return newest_first(WireItem.objects.filter(identity=identity)).first()


def newest_first(items: QuerySet[WireItem]) -> QuerySet[WireItem]:
    """Of these messages those whose text was taken up, by version and then by arrival."""
    return items.filter(outcome__in=TAKEN_UP).order_by(F("version").desc(nulls_last=True), "-pk")


def stops_unheard(identity: WireIdentity, *, besides: WireItem) -> list[WireItem]:
    """The stops of a conversation that hold nothing, because its article was not there yet."""
    stops = WireItem.objects.filter(identity=identity, outcome=Outcome.HELD, holds=None)
    return list(stops.exclude(pk=besides.pk).order_by("pk"))


def was_heard(arrival: Arrival, identity: WireIdentity) -> bool:
    """Whether this very message is in the log of the conversation."""
    return WireItem.objects.filter(identity=identity, record_sha256=arrival.record_sha256).exists()


def is_old_stop(arrival: Arrival, identity: WireIdentity) -> bool:
    """Whether a stop says nothing new: it was heard before, or an editor let the piece go who knew of a later one."""
    items = WireItem.objects.filter(identity=identity, outcome__in=[Outcome.HELD, *TAKEN_UP])
    version = arrival.incoming.version
    same = Q(record_sha256=arrival.record_sha256)
    if version is not None:
        same |= Q(version=version, pub_status=arrival.incoming.pub_status)
    if items.filter(same, pub_status__in=STOPS).exists():
        return True
    if version is None:
        return False
    return Hold.objects.filter(
        wire_item__identity=identity, wire_item__version__gte=version, lifted_at__isnull=False
    ).exists()


def last_wire_revision(identity: WireIdentity) -> Revision:
    """The newest revision whose words are the wire's, not the desk's, of a conversation that has an article."""
    sent = WireItem.objects.filter(identity=identity, revision__isnull=False).values("revision")
    taken = WireAnswer.objects.filter(item__identity=identity, revision__isnull=False).values("revision")
    return Revision.objects.filter(Q(pk__in=sent) | Q(pk__in=taken)).latest("number")
