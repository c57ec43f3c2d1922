"""Jobs that may touch what people judged: each calls one operation, and may run twice."""

from datetime import UTC, datetime
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from annotations.operations import batches, bulk, feeds
from articles.operations.bulk import fingerprint_missing
from articles.operations.feeds import POLL_FEED, put_off_due_polls
from articles.operations.quotedwords import keep_words_between


@app.task(name=POLL_FEED)
def poll_feed(uid: str) -> None:
    """Ask a feed what there is."""
    feeds.poll_feed(uid=UUID(uid), at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="annotations.poll_due_feeds", queueing_lock="annotations.poll_due_feeds")
def poll_due_feeds(timestamp: int) -> None:
    """Put off a poll of every feed whose time has come."""
    put_off_due_polls(at=datetime.fromtimestamp(timestamp, UTC))


@app.task(name=batches.RUN)
def run_batch(uid: str) -> None:
    """Bring in some of a batch; what is left is the next job."""
    batches.take_turn(uid=UUID(uid), at=timezone.now())


@app.task(name=bulk.FINGERPRINT)
def fingerprint(first: int, last: int) -> None:
    """Give new texts, and the quotes in them, the keys by which their likes are found."""
    fingerprint_missing(first=first, last=last)
    keep_words_between(first=first, last=last)
