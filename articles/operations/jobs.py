"""Enqueueing work in the transaction that makes it necessary, wherever that transaction runs."""

from __future__ import annotations

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task
from procrastinate.types import TimeDeltaParams


def enqueue(task: str, *, seconds: int = 0, **arguments: str | int) -> None:
    """Enqueue a job of ``task`` that runs when this transaction is committed, ``seconds`` later at the earliest.

    A worker enqueues over connections of its own. A job that was enqueued by a job in that way would run at once,
    before what it is about is committed, and find nothing to do.
    """
    manager = JobManager(DjangoConnector())
    later: TimeDeltaParams | None = {"seconds": seconds} if seconds else None
    configure_task(name=task, job_manager=manager, schedule_in=later).defer(**arguments)
