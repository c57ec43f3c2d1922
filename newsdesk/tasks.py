"""Jobs of the house itself: work that a killed worker left behind, and things whose time is over."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.contrib.sessions.models import Session
from django.utils import timezone
from procrastinate.contrib.django import app

from annotations.models.presence import HEARD_OF
from annotations.operations.workbench.presence import forget_presence
from articles.operations.ledger import forget_hosts
from articles.operations.telling import TELL_HOOKS
from newsdesk import hooks
from newsdesk.operations import forget_answers

STALLED_AFTER_SECONDS = 60
ANSWERS_KEPT = timedelta(days=1)


@app.periodic(cron="* * * * *")
@app.task(name="newsdesk.rerun_stalled", queueing_lock="newsdesk.rerun_stalled")
async def rerun_stalled(timestamp: int) -> None:
    """Give jobs back to the queue whose worker died over them. Every task is idempotent, so twice is harmless."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        await app.job_manager.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(name="newsdesk.forget_expired", queueing_lock="newsdesk.forget_expired")
def forget_expired(timestamp: int) -> None:
    """Drop sessions that have ended, remembered API answers older than a day, what was known of hosts, and who was
    where."""
    at = datetime.fromtimestamp(timestamp, UTC)
    Session.objects.filter(expire_date__lt=at).delete()
    forget_answers(before=at - ANSWERS_KEPT)
    forget_hosts(before=at)
    forget_presence(before=at - HEARD_OF)


@app.task(name=TELL_HOOKS)
def tell_hooks(event: str, noun: str, at: str) -> None:
    """Tell of an event whoever asked to be told of it."""
    hooks.tell_of(event=event, noun=UUID(noun), happened_at=datetime.fromisoformat(at), at=timezone.now())


@app.task(name=hooks.DELIVER)
def deliver(uid: str, tries: int) -> None:
    """Make one attempt at telling one web hook of one event."""
    hooks.deliver(uid=UUID(uid), tries=tries, at=timezone.now())
