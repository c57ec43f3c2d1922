"""Many articles in one request, and the batches they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from annotations.models import Batch, BatchPart
from annotations.operations.desk.batches import bring_in_and_tell, take_turn
from annotations.tasks import run_batch
from articles.models import Article, Quote
from newsdesk.models import User
from tests.factories.callers import Caller, call, make_key
from tests.factories.records import QUOTE, annotated, ndjson, record

BULK = "/api/v1/articles/bulk/"
NDJSON = "application/x-ndjson"


@pytest.fixture(autouse=True)
def spool(tmp_path: Path, settings: Settings) -> Path:
    settings.SPOOL_DIR = tmp_path / "spool"
    return tmp_path / "spool"


def _post(caller: Caller, body: bytes, *, content_type: str = NDJSON, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return caller.client.generic("POST", BULK, body, content_type=content_type, headers=caller.headers | named)


def _results(response: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]


def _spooled(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.exists() else []


@pytest.mark.django_db
def test_every_line_is_answered_with_a_line(alice: User) -> None:
    response = _post(call(alice), ndjson(record()) + b"{broken\n" + ndjson(record("Another headline")))

    assert (response.status_code, response["Content-Type"]) == (200, NDJSON)
    first, second, third = _results(response)
    newest, other = Article.objects.order_by("-pk")
    assert first == {"line": 1, "status": "created", "uid": str(other.uid), "errors": []}
    assert (second["line"], second["status"], second["uid"]) == (2, "refused", None)
    assert second["errors"] == [{"field": "", "message": second["detail"]}]
    assert third["uid"] == str(newest.uid)
    assert (other.state, other.rights, other.came_unattended) == ("incoming", "unknown", True)


@pytest.mark.django_db
def test_the_same_key_again_gives_the_same_lines_and_brings_in_nothing(alice: User) -> None:
    body = ndjson(record(), record("Another headline"))
    once = _results(_post(call(alice), body, Idempotency_Key="one"))

    again = _results(_post(call(alice), body, Idempotency_Key="one"))

    assert again == once
    assert Article.objects.count() == 2


@pytest.mark.django_db
def test_the_same_key_for_another_body_is_refused(alice: User, spool: Path) -> None:
    _results(_post(call(alice), ndjson(record()), Idempotency_Key="one"))

    response = _post(call(alice), ndjson(record("Another headline")), Idempotency_Key="one")

    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, "Idempotency-Key")
    assert len(_spooled(spool)) == 1  # of the first


@pytest.mark.django_db
def test_what_was_left_in_the_middle_goes_on_after_the_last_part(
    alice: User, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotations.operations.desk.batchlines.LINES_OF_PART", 2)
    body = ndjson(*(record(f"Headline {number}") for number in range(7)))
    _post(call(alice), body, Idempotency_Key="one", Prefer="respond-async")
    told = bring_in_and_tell(batch=Batch.objects.get(), at=at)
    first = next(told)
    told.close()
    assert Article.objects.count() < 7

    lines = _results(_post(call(alice), body, Idempotency_Key="one"))

    assert [line["line"] for line in lines] == list(range(1, 8))
    assert [json.loads(line) for line in first.splitlines()] == lines[:2]
    assert Article.objects.count() == 7


@pytest.mark.django_db
def test_who_prefers_not_to_wait_gets_a_batch_to_look_at(alice: User, spool: Path) -> None:
    caller = call(alice)
    response = _post(caller, ndjson(record(), record("Another headline")), Prefer="respond-async")
    assert (response.status_code, response["Preference-Applied"]) == (202, "respond-async")
    assert (response.json()["state"], response.json()["total"], response.json()["done"]) == ("running", 2, 0)
    assert len(_spooled(spool)) == 1

    run_batch(uid=response.json()["uid"])

    batch = caller.get(response["Location"]).json()
    assert (batch["state"], batch["created"], batch["done"]) == ("done", 2, 2)
    assert [line["status"] for line in _results(caller.get(f"{response['Location']}results/"))] == ["created"] * 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ending", ["done", "canceled", "sent twice"])
def test_nothing_stays_spooled_after_the_end(alice: User, spool: Path, ending: str) -> None:
    caller, body = call(alice), ndjson(record())
    if ending == "canceled":
        caller.post(f"{_post(caller, body, Prefer='respond-async')['Location']}cancel/")
    else:
        for _ in range(2 if ending == "sent twice" else 1):
            assert len(_results(_post(caller, body, Idempotency_Key="one"))) == 1

    assert Batch.objects.get().state in {"done", ending}
    assert _spooled(spool) == []


@pytest.mark.django_db
@pytest.mark.parametrize("limit", ["MOST_ARTICLES_AT_ONCE", "MOST_BYTES_AT_ONCE"])
def test_a_large_body_becomes_a_job(alice: User, limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"annotations.api.desk.bulk.{limit}", 1)

    response = _post(call(alice), ndjson(record(), record("Another headline")))

    assert response.status_code == 202
    assert not Article.objects.exists()


@pytest.mark.django_db
def test_a_canceled_batch_brings_in_no_more(alice: User) -> None:
    caller = call(alice)
    location = _post(caller, ndjson(record()), Prefer="respond-async")["Location"]

    canceled = caller.post(f"{location}cancel/")
    run_batch(uid=canceled.json()["uid"])
    again = caller.post(f"{location}cancel/")

    assert (canceled.json()["state"], canceled.json()["done"]) == ("canceled", 0)
    assert again.status_code == 409
    assert not Article.objects.exists()


@pytest.mark.django_db
def test_a_job_leaves_its_turn_to_others_and_comes_back(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotations.operations.desk.batchlines.LINES_OF_PART", 1)
    monkeypatch.setattr("annotations.operations.desk.batches.SECONDS_OF_TURN", -1.0)
    uid = _post(call(alice), ndjson(record(), record("Another")), Prefer="respond-async").json()["uid"]

    run_batch(uid=uid)

    batch = Batch.objects.get()
    assert (batch.created, batch.state) == (1, "running")
    run_batch(uid=uid)
    run_batch(uid=uid)
    batch.refresh_from_db()
    assert (batch.created, batch.state) == (2, "done")


@pytest.mark.django_db
def test_judgements_come_in_only_with_a_token_that_may_judge(alice: User) -> None:
    body = ndjson(annotated(QUOTE))

    [refused] = _results(_post(call(alice, "read", "edit"), body))
    [created] = _results(_post(call(alice, "edit", "annotate"), body))

    assert (refused["status"], created["status"]) == ("refused", "created")
    assert Quote.objects.count() == 1


@pytest.mark.django_db
def test_only_who_may_bring_in_may_bring_in_much(bob: User, alice: User) -> None:
    assert _post(call(bob), ndjson(record())).status_code == 403
    assert _post(call(alice, "read"), ndjson(record())).status_code == 403
    assert _post(call(None), ndjson(record())).status_code == 401


@pytest.mark.django_db
def test_batches_are_seen_by_those_who_see_what_comes_in(alice: User, ada: User, bob: User) -> None:
    location = _post(call(alice), ndjson(record()), Prefer="respond-async")["Location"]

    assert [call(person).get(location).status_code for person in (alice, ada, bob)] == [200, 200, 404]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("headers", "content_type", "field"),
    [({"Content_Encoding": "gzip"}, NDJSON, "Content-Encoding"), ({}, "application/json", "Content-Type")],
)
def test_packed_and_foreign_bodies_are_refused(
    alice: User, headers: dict[str, str], content_type: str, field: str, spool: Path
) -> None:
    response = _post(call(alice), ndjson(record()), content_type=content_type, **headers)

    assert (response.status_code, response.json()["errors"][0]["field"]) == (415, field)
    assert _spooled(spool) == []


@pytest.mark.django_db
def test_a_key_that_is_none_is_refused(alice: User) -> None:
    assert _post(call(alice), ndjson(record()), Idempotency_Key="x" * 256).status_code == 400


def _many(count: int) -> Iterator[bytes]:
    """So many small records, made while they are sent."""
    line = ndjson(record("A headline that repeats", "One short paragraph."))
    for _ in range(count // 1_000):
        yield line * 1_000


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_200000_articles_are_spooled_while_the_sender_reads_nothing(
    alice: User, live_server: LiveServer, spool: Path
) -> None:
    """httpx sends the whole body before it reads a byte of the answer."""
    count = 200_000
    length = sum(map(len, _many(count)))
    headers = {
        "Authorization": f"Bearer {make_key(alice, ['edit', 'read'])}",
        "Content-Type": NDJSON,
        "Content-Length": str(length),
    }

    response = httpx.post(f"{live_server.url}{BULK}", content=_many(count), headers=headers, timeout=120)

    assert response.status_code == 202
    assert response.json()["total"] == count
    [spooled] = _spooled(spool)
    assert spooled.stat().st_size == length
    take_turn(uid=Batch.objects.get().uid, at=Batch.objects.get().created_at)
    assert Article.objects.count() >= 200
    assert BatchPart.objects.count() == Article.objects.count() // 200
