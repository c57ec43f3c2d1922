"""Jobs are enqueued together with what they are about."""

from typing import Any

import pytest
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.operations.jobs import enqueue


class _Undone(Exception):
    pass


def _jobs() -> Any:
    """Those of this test: others leave theirs, because the tables of jobs are not emptied."""
    return ProcrastinateJob.objects.filter(task_name="annotations.follow_up", args__key__in=[-1, -2])


@transaction.atomic
def _enqueue_and_fail() -> None:
    enqueue("annotations.follow_up", key=-1)
    assert _jobs().count() == 1
    raise _Undone


@pytest.mark.django_db(transaction=True)
def test_a_job_enqueued_by_a_job_waits_for_the_transaction_of_that_job() -> None:
    connector: Any = app.connector
    with app.replace_connector(connector.get_worker_connector()) as working, working.open():
        with pytest.raises(_Undone):
            _enqueue_and_fail()
        assert not _jobs().exists()

        enqueue("annotations.follow_up", key=-2, seconds=60)

    job = _jobs().get()
    assert job.args == {"key": -2}
    assert job.scheduled_at is not None
