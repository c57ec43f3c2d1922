"""What comes in bulk, as the desk shows it."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from annotations.models import Batch, BatchState, FollowUp
from annotations.operations.desk.batches import bring_in_part, open_batch
from annotations.operations.desk.batchlines import record_lines
from annotations.queries.desk.batches import batches_on_the_desk, shown_batches
from annotations.tasks import follow_up
from articles.models import Fingerprint
from newsdesk.models import User
from tests.factories.records import ndjson, record


def _begin(*records: Any, by: User, at: datetime, name: str = "/srv/archive/2019.ndjson", broken: bytes = b"") -> Batch:
    """A batch of which the first part is in."""
    lines = list(record_lines(io.BytesIO(ndjson(*records) + broken)))
    batch = open_batch(by=by, at=at, name=name, total=10, look_after=None)
    bring_in_part(batch=batch, number=0, lines=lines, at=at)
    batch.refresh_from_db()
    return batch


def _follow_up_all() -> None:
    for job in ProcrastinateJob.objects.filter(task_name="annotations.follow_up"):
        follow_up(**job.args)


def _page(client: Client, person: User, address: str, *arguments: object, **headers: str) -> str:
    client.force_login(person)
    answer = client.get(reverse(f"annotations:{address}", args=arguments), headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
def test_the_desk_shows_how_far_a_batch_is_and_what_the_worker_still_does(
    client: Client, alice: User, at: datetime
) -> None:
    _begin(record(), record("Another headline"), by=alice, at=at, broken=b"{broken\n")

    page = _page(client, alice, "desk")

    assert "2019.ndjson" in page
    assert "3 of 10" in page
    assert "2 articles brought in" in page
    assert "1 refused" in page
    assert "0 of 2 made findable by their likes" in page


@pytest.mark.django_db
def test_what_follows_a_batch_is_done_once_and_then_no_longer_shown(client: Client, alice: User, at: datetime) -> None:
    _begin(record(), record("Another headline"), by=alice, at=at)
    assert "made findable by their likes" in _page(client, alice, "desk")

    _follow_up_all()
    _follow_up_all()

    assert Fingerprint.objects.count() == 2
    assert "made findable by their likes" not in _page(client, alice, "desk")


@pytest.mark.django_db
def test_a_batch_stays_on_the_desk_until_its_work_is_done_and_some_hours_after_its_end(
    alice: User, at: datetime
) -> None:
    batch = _begin(record(), by=alice, at=at)
    Batch.objects.filter(pk=batch.pk).update(state=BatchState.DONE, ended_at=at)
    later = at + timedelta(days=2)
    assert [shown.batch for shown in batches_on_the_desk(alice, now=later)] == [batch]
    FollowUp.objects.update(done_at=at)

    assert batches_on_the_desk(alice, now=later) == []
    assert [shown.batch for shown in batches_on_the_desk(alice, now=at + timedelta(hours=1))] == [batch]


@pytest.mark.django_db
def test_readers_see_nothing_of_batches(client: Client, alice: User, rana: User, at: datetime) -> None:
    batch = _begin(record(), by=alice, at=at)

    assert "2019.ndjson" not in _page(client, rana, "desk")
    assert client.get(reverse("annotations:batch", args=[batch.uid])).status_code == 404
    assert client.get(reverse("annotations:batch-list")).status_code == 403
    assert client.post(reverse("annotations:stop-batch", args=[batch.uid])).status_code == 404


@pytest.mark.django_db
def test_the_page_of_a_batch_says_which_lines_were_refused_and_why(client: Client, alice: User, at: datetime) -> None:
    batch = _begin(record(), by=alice, at=at, broken=b"{<script>broken\n")

    page = _page(client, alice, "batch", batch.uid)

    assert "The line is not JSON from character 1 on" in page
    assert "All results are at" not in page


@pytest.mark.django_db
def test_the_page_asks_again_only_while_something_is_under_way(client: Client, alice: User, at: datetime) -> None:
    batch = _begin(record(), by=alice, at=at)
    asked = _page(client, alice, "batch", batch.uid, HX_Request="true")
    assert 'hx-trigger="every 2s"' in asked
    assert "<html" not in asked

    Batch.objects.filter(pk=batch.pk).update(state=BatchState.DONE, ended_at=at)
    _follow_up_all()

    assert "hx-trigger" not in _page(client, alice, "batch", batch.uid, HX_Request="true")


@pytest.mark.django_db
def test_an_editor_brings_in_no_more_of_a_batch(client: Client, alice: User, bob: User, at: datetime) -> None:
    batch = _begin(record(), by=alice, at=at)
    address = reverse("annotations:stop-batch", args=[batch.uid])
    client.force_login(bob)
    assert client.post(address).status_code == 404

    client.force_login(alice)
    answer = client.post(address, follow=True)

    batch.refresh_from_db()
    assert batch.state == BatchState.CANCELED
    assert "What is in stays." in answer.content.decode()
    assert "Bring in no more of it" not in answer.content.decode()


@pytest.mark.django_db
def test_an_import_that_nobody_goes_on_with_says_how_it_goes_on(client: Client, alice: User) -> None:
    batch = _begin(record(), by=alice, at=timezone.now())
    assert "stands still" not in _page(client, alice, "batch", batch.uid)

    Batch.objects.filter(pk=batch.pk).update(moved_at=timezone.now() - timedelta(minutes=11))

    page = _page(client, alice, "batch", batch.uid)
    assert "stands still" in page
    assert "The same command goes on where it was" in page


@pytest.mark.django_db
def test_the_list_of_batches_asks_as_much_for_three_as_for_one(
    client: Client, alice: User, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        _begin(record(f"Headline {number}"), by=alice, at=at, name=f"{number}.ndjson")

    with django_assert_num_queries(2):
        found = shown_batches(Batch.objects.newest_first(), now=at)
        names = [(shown.batch.name, shown.batch.created_by.name, shown.following[0].total) for shown in found]

    assert names == [(f"{number}.ndjson", "Alice Moreau", 1) for number in (2, 1, 0)]
    assert "0.ndjson" in _page(client, alice, "batch-list")
