from datetime import datetime, timedelta
from threading import Thread

import pytest
from asgiref.sync import async_to_sync
from django.contrib.sessions.models import Session
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.models import HostTurn
from newsdesk.models import IdempotencyKey, User
from newsdesk.tasks import forget_expired, rerun_stalled


def _leave_job(status: str) -> int:
    """A job in the queue; a ``doing`` one without a living worker is what kill -9 leaves."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, lock)
            VALUES ('default', 'newsdesk.forget_expired', '{"timestamp": 0}', %s, NULL) RETURNING id
            """,
            [status],
        )
        return int(cursor.fetchone()[0])


def _rerun_stalled() -> None:
    """Run the job in a thread of its own: in this one a browser's event loop may be running."""

    def alone() -> None:
        try:
            async_to_sync(rerun_stalled.func)(timestamp=0)
        finally:
            connection.close()

    thread = Thread(target=alone)
    thread.start()
    thread.join()


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_died_goes_back_to_the_queue() -> None:
    left, done = _leave_job("doing"), _leave_job("succeeded")

    _rerun_stalled()

    assert ProcrastinateJob.objects.get(pk=left).status == "todo"
    assert ProcrastinateJob.objects.get(pk=done).status == "succeeded"


def test_what_has_expired_is_forgotten_and_nothing_else(alice: User, at: datetime) -> None:
    for key, age in (("old", timedelta(days=2)), ("young", timedelta(hours=2))):
        IdempotencyKey.objects.create(
            person=alice, key=key, request_sha256="0" * 64, status=201, answer={}, created_at=at - age
        )
        Session.objects.create(session_key=key, session_data="", expire_date=at + timedelta(days=1) - age)

    HostTurn.objects.create(host="old.example", free_from=at - timedelta(seconds=1))
    HostTurn.objects.create(host="young.example", free_from=at + timedelta(seconds=1))

    forget_expired(timestamp=int(at.timestamp()))

    assert list(IdempotencyKey.objects.values_list("key", flat=True)) == ["young"]
    assert list(HostTurn.objects.values_list("host", flat=True)) == ["young.example"]
    assert list(Session.objects.values_list("session_key", flat=True)) == ["young"]
