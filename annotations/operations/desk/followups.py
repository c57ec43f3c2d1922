"""What is done for the articles of a batch after they are in, by jobs of the worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import QuerySet

from annotations.models import Batch, FollowUp, FollowUpKind
from annotations.operations.desk.suggesting import suggest_among
from articles.operations.bulk import fingerprint_missing
from articles.operations.jobs import enqueue
from articles.operations.quotedwords import keep_words_between

FOLLOW_UP = "annotations.follow_up"
# After each failure in a row.
TRIED_AGAIN_AFTER = (timedelta(minutes=1), timedelta(minutes=15), timedelta(hours=2), timedelta(hours=12))


def _make_findable(*, first: int, last: int, at: datetime) -> None:
    fingerprint_missing(first=first, last=last)
    keep_words_between(first=first, last=last)


# What each kind does for the revisions with keys from ``first`` to ``last``. A job may run twice, so each of these may.
ACTS: Mapping[str, Callable[..., object]] = {
    FollowUpKind.LIKES: _make_findable,
    FollowUpKind.QUOTES: suggest_among,
}


def put_off_follow_ups(*, batch: Batch, revisions: Sequence[int]) -> None:
    """Enqueue what is to be done for the texts with these keys; call it in the transaction that writes them."""
    for kind in ACTS:
        work = FollowUp.objects.create(
            batch=batch, kind=kind, articles=len(revisions), first=min(revisions), last=max(revisions)
        )
        enqueue(FOLLOW_UP, key=work.pk)


@transaction.atomic
def follow_up(*, key: int, at: datetime) -> None:
    """Do the work with this key, unless it is done."""
    work = FollowUp.objects.select_for_update().filter(pk=key, done_at=None).first()
    if work is None:
        return
    ACTS[work.kind](first=work.first, last=work.last, at=at)
    work.done_at, work.failed_at, work.again_at = at, None, None
    work.save(update_fields=["done_at", "failed_at", "again_at"])


@transaction.atomic
def note_failure(*, key: int, at: datetime) -> None:
    """Say that the work with this key failed, so that people see it, and when it is tried again by itself.

    After the last of :data:`TRIED_AGAIN_AFTER` it waits for a person (:func:`try_again`).
    """
    work = FollowUp.objects.select_for_update().filter(pk=key, done_at=None).first()
    if work is None:
        return
    wait = TRIED_AGAIN_AFTER[work.failures] if work.failures < len(TRIED_AGAIN_AFTER) else None
    work.failures += 1
    work.failed_at, work.again_at = at, at + wait if wait else None
    work.save(update_fields=["failures", "failed_at", "again_at"])


@transaction.atomic
def try_again_when_due(*, at: datetime) -> None:
    """Enqueue the work that failed and whose time has come."""
    due = FollowUp.objects.select_for_update(skip_locked=True).filter(done_at=None, again_at__lte=at)
    _enqueue_again(due, again_at=None)


@transaction.atomic
def try_again(*, batch: Batch, by: AbstractUser, at: datetime) -> int:
    """Enqueue all that failed of what follows a batch, as if it never had; returns how many jobs that makes."""
    failed = FollowUp.objects.select_for_update().filter(batch=batch, done_at=None, failed_at__isnull=False)
    return _enqueue_again(failed, failures=0, failed_at=None, again_at=None)


def _enqueue_again(works: QuerySet[FollowUp], **values: Any) -> int:
    keys = list(works.values_list("pk", flat=True))
    FollowUp.objects.filter(pk__in=keys).update(**values)
    for key in keys:
        enqueue(FOLLOW_UP, key=key)
    return len(keys)
