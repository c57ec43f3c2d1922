"""What is done for the articles of a batch after they are in, by jobs of the worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from annotations.models import Batch, FollowUp, FollowUpKind
from articles.operations.bulk import fingerprint_missing
from articles.operations.jobs import enqueue
from articles.operations.quotedwords import keep_words_between
from articles.operations.suggesting import suggest_among

FOLLOW_UP = "annotations.follow_up"


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
    work.done_at = at
    work.save(update_fields=["done_at"])
