"""Work after a batch that fails: seen by people, and tried again."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from django.db import Error
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.models import Batch, FollowUp, FollowUpKind
from annotations.operations.desk.batches import bring_in_part, open_batch
from annotations.operations.desk.batchlines import record_lines
from annotations.operations.desk.followups import TRIED_AGAIN_AFTER, note_failure, try_again, try_again_when_due
from annotations.queries.desk.batches import shown_batches
from annotations.tasks import follow_up
from articles.models import Fingerprint
from newsdesk.models import User
from tests.factories.laws import run
from tests.factories.records import ndjson, record


@pytest.fixture
def work(alice: User, at: datetime) -> FollowUp:
    """What makes the likes of two articles findable."""
    batch = open_batch(by=alice, at=at, name="/srv/archive/2019.ndjson", look_after=None)
    lines = list(record_lines(io.BytesIO(ndjson(record(), record("Another headline")))))
    bring_in_part(batch=batch, number=0, lines=lines, at=at)
    return FollowUp.objects.get(kind=FollowUpKind.LIKES)


def _break() -> None:
    run("ALTER TABLE articles_fingerprint ADD CONSTRAINT no_more CHECK (false) NOT VALID")


def _mend() -> None:
    run("ALTER TABLE articles_fingerprint DROP CONSTRAINT no_more")


def _fail(work: FollowUp, *, times: int, at: datetime) -> FollowUp:
    for _ in range(times):
        note_failure(key=work.pk, at=at)
    work.refresh_from_db()
    return work


def _jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name="annotations.follow_up").count()


def test_a_failure_is_noted_and_told_to_the_worker(work: FollowUp) -> None:
    _break()

    with pytest.raises(Error, match="no_more"):
        follow_up(key=work.pk)

    work.refresh_from_db()
    assert (work.failures, work.done_at) == (1, None)
    assert work.failed_at is not None
    assert work.again_at == work.failed_at + TRIED_AGAIN_AFTER[0]


def test_work_that_failed_and_is_done_after_all_has_not_failed(work: FollowUp, at: datetime) -> None:
    _break()
    with suppress(Error):
        follow_up(key=work.pk)
    _mend()

    follow_up(key=work.pk)

    work.refresh_from_db()
    assert work.done_at is not None
    assert (work.failed_at, work.again_at) == (None, None)
    assert Fingerprint.objects.count() == 2


def test_each_failure_waits_longer_and_the_last_for_a_person(work: FollowUp, at: datetime) -> None:
    waits = []

    for _ in range(len(TRIED_AGAIN_AFTER) + 2):
        _fail(work, times=1, at=at)
        waits.append(work.again_at and work.again_at - at)

    assert waits == [*TRIED_AGAIN_AFTER, None, None]
    assert list(TRIED_AGAIN_AFTER) == sorted(TRIED_AGAIN_AFTER)


def test_work_whose_time_has_come_is_tried_again_once(work: FollowUp, at: datetime) -> None:
    _fail(work, times=1, at=at)
    before = _jobs()

    try_again_when_due(at=at + TRIED_AGAIN_AFTER[0] - timedelta(seconds=1))
    assert _jobs() == before
    try_again_when_due(at=at + TRIED_AGAIN_AFTER[0])
    try_again_when_due(at=at + TRIED_AGAIN_AFTER[0])

    assert _jobs() == before + 1


def test_a_person_has_everything_that_failed_tried_again(work: FollowUp, alice: User, at: datetime) -> None:
    _fail(work, times=5, at=at)
    before = _jobs()

    assert try_again(batch=work.batch, by=alice, at=at) == 1

    work.refresh_from_db()
    assert (work.failures, work.failed_at, _jobs()) == (0, None, before + 1)
    assert try_again(batch=work.batch, by=alice, at=at) == 0


def test_what_failed_is_no_longer_under_way(work: FollowUp, at: datetime) -> None:
    FollowUp.objects.exclude(pk=work.pk).update(done_at=at)
    Batch.objects.update(state="done", ended_at=at)
    [before] = shown_batches(Batch.objects.all(), now=at)
    assert before.is_under_way

    _fail(work, times=1, at=at)

    [shown] = shown_batches(Batch.objects.all(), now=at)
    [failed] = shown.failed
    assert not shown.is_under_way
    assert (failed.kind, failed.done, failed.failed, failed.total) == (FollowUpKind.LIKES, 0, 2, 2)


def test_the_page_of_a_batch_says_what_failed_and_has_it_tried_again(
    client: Client, work: FollowUp, alice: User, bob: User, at: datetime
) -> None:
    page = reverse("annotations:batch", args=[work.batch.uid])
    again = reverse("annotations:try-again-after-batch", args=[work.batch.uid])
    client.force_login(alice)
    assert "Try again now" not in client.get(page).content.decode()
    _fail(work, times=1, at=at)
    assert "The desk tries again by itself" in client.get(page).content.decode()
    _fail(work, times=len(TRIED_AGAIN_AFTER), at=at)

    shown = client.get(page).content.decode()
    client.force_login(bob)
    refusal = client.post(again)
    client.force_login(alice)
    answer = client.post(again, follow=True).content.decode()

    assert "2 articles are not made findable by their likes." in shown
    assert "does not try again by itself" in shown
    assert refusal.status_code == 404
    assert "It is tried again." in answer
    assert "Try again now" not in answer
