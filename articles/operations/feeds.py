"""Setting up the addresses that bring copy by themselves.

What a poll does is in :mod:`annotations.operations.desk.feeds`: new copy may stop an article that people judged.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from articles.models import Feed, Polling
from articles.operations.fetching import refuse_address

POLL_FEED = "annotations.poll_feed"
CHANGEABLE = frozenset({"name", "url", "outlet", "language", "interval_minutes"})


class PolledAlready(Exception):
    """There is a live feed with this address.

    :ivar existing: its uid.
    """

    def __init__(self, feed: Feed) -> None:
        self.existing = str(feed.uid)
        super().__init__(f"This address is polled already, as “{feed.name}”.")


class FeedEnded(Exception):
    """A feed that somebody has ended is neither changed nor polled."""

    def __init__(self) -> None:
        super().__init__("This feed has ended. Add its address anew if it should be polled again.")


@transaction.atomic
def add_feed(
    *,
    name: str,
    url: str,
    by: AbstractUser,
    at: datetime,
    outlet: str = "",
    language: str = "",
    interval_minutes: int = 30,
) -> Feed:
    """Have an address polled, the first time at once.

    :raises PolledAlready: it is.
    :raises FetchRefused: it is no address that the desk fetches.
    """
    url = url.strip()
    refuse_address(url)
    _refuse_second(url)
    feed = Feed.objects.create(
        name=name,
        url=url,
        outlet=outlet,
        language=language,
        interval_minutes=interval_minutes,
        created_by_id=by.pk,
        created_at=at,
    )
    Polling.objects.create(feed=feed, next_poll_at=at)
    put_off_poll(feed)
    return feed


@transaction.atomic
def change_feed(*, feed: Feed, seen: int, by: AbstractUser, at: datetime, **values: Any) -> Feed:
    """Change how a feed is called, filed and polled (:data:`CHANGEABLE`); a new interval or address counts from now.

    :raises FeedEnded: it has.
    :raises PolledAlready: the new address is, by another feed.
    :raises FetchRefused: the new address is none that the desk fetches.
    :raises Stale: when somebody changed the feed since version ``seen``.
    :raises TypeError: for a field that is not in :data:`CHANGEABLE`.
    """
    unknown = set(values) - CHANGEABLE
    if unknown:
        raise TypeError(f"not a changeable field of a feed: {', '.join(sorted(unknown))}")
    if feed.ended_at is not None:
        raise FeedEnded
    moved = values.get("url", feed.url) != feed.url
    if moved:
        refuse_address(values["url"])
        _refuse_second(values["url"])
    feed.change(seen=seen, **values)
    if moved or "interval_minutes" in values:
        # The validators go with the address they came from, so another one is asked without them.
        Polling.objects.filter(feed=feed).update(next_poll_at=at, failures=0, failure="")
    return feed


def end_feed(*, feed: Feed, seen: int, by: AbstractUser, at: datetime) -> Feed:
    """Poll an address no more. What it brought stays.

    :raises FeedEnded: somebody did before.
    :raises Stale: when somebody changed the feed since version ``seen``.
    """
    if feed.ended_at is not None:
        raise FeedEnded
    return feed.change(seen=seen, ended_at=at)


@transaction.atomic
def ask_for_poll(*, feed: Feed, by: AbstractUser, at: datetime) -> None:
    """Poll a feed now, not when its time comes. Twice is harmless: there is one job for a feed.

    :raises FeedEnded: it has.
    """
    if feed.ended_at is not None:
        raise FeedEnded
    Polling.objects.filter(feed=feed).update(next_poll_at=at)
    put_off_poll(feed)


def put_off_due_polls(*, at: datetime) -> int:
    """Put off a job for every feed whose time has come, and give their number."""
    due = list(Feed.objects.due(at=at).only("uid"))
    for feed in due:
        put_off_poll(feed)
    return len(due)


def put_off_poll(feed: Feed) -> None:
    """Put off the job that polls a feed, unless one waits already; two never poll one feed at once."""
    name = f"poll {feed.uid}"
    try:
        with transaction.atomic():
            app.configure_task(POLL_FEED, lock=name, queueing_lock=name).defer(uid=str(feed.uid))
    except AlreadyEnqueued:
        pass


def _refuse_second(url: str) -> None:
    known = Feed.objects.live().filter(url=url).first()
    if known is not None:
        raise PolledAlready(known)
