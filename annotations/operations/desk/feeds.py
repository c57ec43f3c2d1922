"""Polling a feed: what its address says now, entry by entry, each of them a message of a wire."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max

from annotations.operations.desk.wires import receive_wire_item
from articles.anchoring.text import sha256_of
from articles.fetching.fetch import Fetched, Validators
from articles.fetching.refusals import FetchRefused
from articles.ingest.readers import reader_of
from articles.ingest.record import IncomingArticle, ReadingRefused
from articles.models import Capture, Feed, FeedEntry, Outcome, Polling, PubStatus, WireItem
from articles.operations.fetching import Fetcher, fetch_by_rules, keep_fetched

LONGEST_GUID, LONGEST_PROVIDER, LONGEST_TITLE = 400, 200, 500
# A feed that fails is asked half as often each time, down to once a day or its own interval.
SLOWEST = timedelta(days=1)
MOST_DOUBLINGS = 10
NO_TEXT = "It came without a text."
ENTRY_FAULT = "The desk stumbled over this entry, which has been noted. The next poll tries again."
POLL_FAULT = "The desk stumbled over this feed, which has been noted. It is polled again later."

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Poll:
    """What a poll brought: how many articles are new, how many changed, and how many entries could not be stored."""

    new: int = 0
    changed: int = 0
    failed: int = 0


def poll_feed(*, uid: UUID, at: datetime, fetcher: Fetcher = fetch_by_rules) -> Poll:
    """Ask a feed's address what there is, and take in what was not there before.

    Each entry is taken in its own transaction, so one that cannot be stored stops no other. Entries known by
    (provider, guid) whose text is the same do nothing; a changed text is the next version of its wire. Twice is
    harmless. Not to be called in a transaction, which would hold up everybody who waits for the same host.
    """
    feed = Feed.objects.live().select_related("polling", "created_by").filter(uid=uid).first()
    if feed is None:
        return Poll()
    try:
        fetched = fetcher(feed.url, validators=_validators(feed.polling))
        poll = _take_in(feed, fetched, at=at) if fetched.modified else Poll()
    except (FetchRefused, ReadingRefused) as refused:
        _note_failure(feed, refused.reason, at=at)
        return Poll()
    except Exception:
        _note_failure(feed, POLL_FAULT, at=at)
        raise
    _note_success(feed, fetched, poll, at=at)
    return poll


def _validators(polling: Polling) -> Validators | None:
    """What to show; None for a feed that gave nothing, whose validators would be shown to any address."""
    if not polling.final_url:
        return None
    return Validators(etag=polling.etag, last_modified=polling.last_modified, url=polling.final_url)


def _take_in(feed: Feed, fetched: Fetched, *, at: datetime) -> Poll:
    """:raises ReadingRefused: what came is no feed, nor anything else that can be read."""
    reader = reader_of(fetched.body)
    fresh = _not_known(feed, list(_filed(feed, reader.read(fetched.body))))
    if not fresh:
        return Poll()  # and the bytes are not kept: a feed is asked often, and says little new
    capture = keep_fetched(fetched, by=feed.created_by)
    outcomes = [_taken(feed, piece, capture, reader.name, at=at) for piece in fresh]
    return Poll(
        new=outcomes.count(Outcome.CREATED),
        changed=sum(outcome in {Outcome.REVISED, Outcome.WAITING} for outcome in outcomes),
        failed=outcomes.count(None),
    )


def _filed(feed: Feed, incoming: list[IncomingArticle]) -> Iterator[IncomingArticle]:
    """The entries, oldest first, with what people said about the feed and a name each can be known by."""
    for piece in reversed(incoming):
        yield replace(
            piece,
            outlet=feed.outlet or piece.outlet,
            language=piece.language or feed.language,
            provider=_short(piece.provider or urlsplit(feed.url).hostname or "", LONGEST_PROVIDER),
            guid=_short(piece.guid or _name_by_words(piece), LONGEST_GUID),
        )


def _name_by_words(piece: IncomingArticle) -> str:
    """A name for an entry that has none: the same words are the same entry."""
    words = "\n".join([piece.headline, *(block.text for block in piece.blocks)])
    return f"sha256:{hashlib.sha256(words.encode()).hexdigest()}"


def _short(name: str, longest: int) -> str:
    return name if len(name) <= longest else f"sha256:{hashlib.sha256(name.encode()).hexdigest()}"


def _not_known(feed: Feed, pieces: list[IncomingArticle]) -> list[IncomingArticle]:
    """The entries that say something else than when they came last, or come for the first time."""
    guids = {piece.guid for piece in pieces}
    said = {(entry.provider, entry.guid): _said(entry) for entry in feed.entries.filter(guid__in=guids)}
    return [piece for piece in pieces if said.get((piece.provider, piece.guid)) != _says(piece)]


def _said(entry: FeedEntry) -> tuple[str, list[str]]:
    return entry.text_sha256, entry.errors


def _says(piece: IncomingArticle) -> tuple[str, list[str]]:
    """The hash of its canonical text, empty without one, and what could not be read of it."""
    has_text = piece.headline and piece.blocks and piece.pub_status != PubStatus.CANCELED
    sha256 = sha256_of(piece.text) if has_text else ""
    return sha256, list(piece.errors) or [NO_TEXT] * (not sha256)


def _taken(feed: Feed, piece: IncomingArticle, capture: Capture, reader: str, *, at: datetime) -> str | None:
    """What became of an entry; None when the desk failed over it, so that the next poll has to see it again."""
    try:
        return _take(feed, piece, capture, reader, at=at)
    except Exception:  # whatever it is, the other entries go in
        logger.exception("An entry of the feed %s could not be stored.", feed.uid)
        _note_entry(feed, piece, at=at, errors=[*piece.errors, ENTRY_FAULT])
        return None


@transaction.atomic
def _take(feed: Feed, piece: IncomingArticle, capture: Capture, reader: str, *, at: datetime) -> str:
    sha256, errors = _says(piece)
    if not sha256 and not piece.pub_status:
        _note_entry(feed, piece, at=at, errors=errors)
        return Outcome.REFUSED
    item = receive_wire_item(
        incoming=piece if piece.version is not None else replace(piece, version=_next_version(piece)),
        capture=capture,
        reader=reader,
        by=feed.created_by,
        at=at,
    )
    _note_entry(feed, piece, at=at, errors=errors, text_sha256=sha256, number=item.version or 0, article=item.article)
    return item.outcome


def _next_version(piece: IncomingArticle) -> int:
    """Feeds count no versions: each text that differs from the last one is the next."""
    heard = WireItem.objects.filter(identity__provider=piece.provider, identity__guid=piece.guid)
    return (heard.aggregate(newest=Max("version"))["newest"] or 0) + 1


def _note_entry(feed: Feed, piece: IncomingArticle, *, at: datetime, errors: list[str], **values: object) -> None:
    """Keep what became of an entry. Its readers say why when they find no text."""
    known = {"errors": errors, "title": piece.headline[:LONGEST_TITLE], "changed_at": at, **values}
    FeedEntry.objects.update_or_create(
        feed=feed,
        provider=piece.provider,
        guid=piece.guid,
        defaults=known,
        create_defaults={**known, "first_seen_at": at},
    )


def _note_success(feed: Feed, fetched: Fetched, poll: Poll, *, at: datetime) -> None:
    """Note when to come back, and what to show then."""
    Polling.objects.filter(feed=feed).update(
        polled_at=at,
        next_poll_at=at + timedelta(minutes=feed.interval_minutes),
        failure="",
        failures=0,
        brought=F("brought") + poll.new,
        **_shown_next(fetched, poll),
    )


def _shown_next(fetched: Fetched, poll: Poll) -> dict[str, str]:
    """The validators of this copy; none after an entry that failed, so that the whole feed comes again."""
    if not fetched.modified:
        return {}
    if poll.failed:
        return {"etag": "", "last_modified": "", "final_url": ""}
    given = {"etag": (fetched.etag, 1000), "last_modified": (fetched.last_modified, 200)}
    # One that was cut would be another one.
    kept = {name: value if len(value) <= longest else "" for name, (value, longest) in given.items()}
    return {**kept, "final_url": fetched.final_url[:2000]}


def _note_failure(feed: Feed, reason: str, *, at: datetime) -> None:
    interval = timedelta(minutes=feed.interval_minutes)
    failures = feed.polling.failures + 1
    wait = min(interval * 2 ** min(failures, MOST_DOUBLINGS), max(SLOWEST, interval))
    Polling.objects.filter(feed=feed).update(
        polled_at=at, next_poll_at=at + wait, failure=reason[:1000], failures=failures
    )
