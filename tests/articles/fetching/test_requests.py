"""Somebody asks for what stands at an address; a job brings it, and nothing else comes of it by itself."""

from datetime import datetime
from typing import Any

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import tasks
from articles.fetching.fetch import Fetched, Validators
from articles.fetching.refusals import FetchRefused
from articles.models import Article, Capture, FetchRequest, FetchState, Stale
from articles.operations.fetching import (
    FETCH_COPY,
    OWN_FAULT,
    FetchOutOfOrder,
    ask_for_copy,
    cancel_fetch,
    fetch_copy,
    try_again,
)
from newsdesk.models import User
from tests.articles.fetching.web import Page, Web

STORY = b"<!doctype html><html><body><article><h1>Otters</h1><p>Otters hold hands.</p></article></body></html>"
ADDRESS = "http://paper.example/otters.html"


@pytest.fixture
def asked(alice: User, at: datetime) -> FetchRequest:
    return ask_for_copy(url=ADDRESS, by=alice, at=at)


def work_off(request: FetchRequest, web: Web, at: datetime) -> FetchRequest:
    """Do the request's job, with the web of the test."""
    fetch_copy(uid=request.uid, tries=request.tries, at=at, fetcher=web.fetch)
    request.refresh_from_db()
    return request


def jobs() -> list[dict[str, Any]]:
    return list(ProcrastinateJob.objects.filter(task_name=FETCH_COPY).order_by("pk").values_list("args", flat=True))


def test_asking_puts_a_job_off(asked: FetchRequest) -> None:
    assert asked.state == FetchState.QUEUED
    assert jobs() == [{"uid": str(asked.uid), "tries": 1}]
    assert FETCH_COPY in app.tasks


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("ftp://paper.example/story", "begin with http"),
        ("http://alice@paper.example/", "user name"),
        ("http://paper.example:22/", "port 22"),
    ],
)
def test_an_address_that_is_never_fetched_is_refused_at_once(
    alice: User, at: datetime, address: str, reason: str
) -> None:
    with pytest.raises(FetchRefused, match=reason):
        ask_for_copy(url=address, by=alice, at=at)

    assert not jobs()
    assert not FetchRequest.objects.exists()


def test_what_comes_is_kept_exactly_and_is_no_article_yet(web: Web, asked: FetchRequest, at: datetime) -> None:
    web.add("paper.example/otters.html", Page(STORY, headers={"Content-Type": "text/html", "Set-Cookie": "a=1"}))

    request = work_off(asked, web, at)

    capture = request.capture
    assert capture is not None
    assert (request.state, request.ended_at) == (FetchState.FETCHED, at)
    assert (bytes(capture.content), capture.media_type, capture.url) == (STORY, "text/html", ADDRESS)
    assert capture.name == "otters.html"
    assert set(capture.headers) == {"content-type", "date"}
    assert not Article.objects.exists()


def test_the_capture_says_where_redirects_led(web: Web, asked: FetchRequest, at: datetime) -> None:
    web.add("paper.example/otters.html", Page(status=301, headers={"Location": "http://paper.example/new/"}))
    web.add("paper.example/new/", Page(STORY))

    capture = work_off(asked, web, at).capture

    assert capture is not None
    assert (capture.url, capture.name) == ("http://paper.example/new/", "paper.example")


def test_a_refusal_is_kept_with_its_remedy(web: Web, asked: FetchRequest, at: datetime) -> None:
    web.add("paper.example/otters.html", Page(status=404))

    request = work_off(asked, web, at)

    assert (request.state, request.is_temporary) == (FetchState.REFUSED, False)
    assert request.reason == "paper.example says that there is no such page (404). Check the address."


def test_a_site_that_fails_may_be_asked_again(web: Web, asked: FetchRequest, at: datetime) -> None:
    web.add("paper.example/otters.html", Page(status=503))
    request = work_off(asked, web, at)
    assert request.is_temporary

    web.add("paper.example/otters.html", Page(STORY))
    try_again(request=request, seen=request.version, by=request.created_by, at=at)

    assert (request.state, request.reason, request.ended_at) == (FetchState.QUEUED, "", None)
    assert jobs()[-1] == {"uid": str(request.uid), "tries": 2}
    assert work_off(request, web, at).state == FetchState.FETCHED


def test_a_job_left_over_from_an_earlier_try_does_nothing(web: Web, asked: FetchRequest, at: datetime) -> None:
    web.add("paper.example/otters.html", Page(status=503))
    request = work_off(asked, web, at)
    try_again(request=request, seen=request.version, by=request.created_by, at=at)

    fetch_copy(uid=request.uid, tries=1, at=at, fetcher=web.fetch)

    request.refresh_from_db()
    assert request.state == FetchState.QUEUED


def test_a_job_that_runs_twice_brings_one_capture(web: Web, asked: FetchRequest, at: datetime) -> None:
    web.add("paper.example/otters.html", Page(STORY))

    work_off(asked, web, at)
    work_off(asked, web, at)

    assert Capture.objects.count() == 1
    assert web.targets() == ["paper.example/otters.html"]


def test_a_job_whose_worker_was_killed_is_done_by_the_next(web: Web, asked: FetchRequest, at: datetime) -> None:
    web.add("paper.example/otters.html", Page(STORY))
    asked.change(seen=asked.version, state=FetchState.FETCHING)

    assert work_off(asked, web, at).state == FetchState.FETCHED


def test_a_canceled_request_is_not_fetched(web: Web, asked: FetchRequest, at: datetime) -> None:
    cancel_fetch(request=asked, seen=asked.version, by=asked.created_by, at=at)

    assert work_off(asked, web, at).state == FetchState.CANCELED
    assert not web.asked


def test_what_comes_after_canceling_is_dropped(asked: FetchRequest, web: Web, at: datetime) -> None:
    web.add("paper.example/otters.html", Page(STORY))

    def fetch_while_somebody_cancels(address: str, *, validators: Validators | None = None) -> Fetched:
        fetched = web.fetch(address, validators=validators)
        now = FetchRequest.objects.get()
        cancel_fetch(request=now, seen=now.version, by=now.created_by, at=at)
        return fetched

    fetch_copy(uid=asked.uid, tries=1, at=at, fetcher=fetch_while_somebody_cancels)

    asked.refresh_from_db()
    assert asked.state == FetchState.CANCELED
    assert not Capture.objects.exists()


def test_a_fault_of_the_desk_is_told_and_does_not_wait_for_ever(asked: FetchRequest, at: datetime) -> None:
    def stumble(address: str, *, validators: Validators | None = None) -> Fetched:
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError):
        fetch_copy(uid=asked.uid, tries=1, at=at, fetcher=stumble)

    asked.refresh_from_db()
    assert (asked.state, asked.reason, asked.is_temporary) == (FetchState.REFUSED, OWN_FAULT, True)


def test_only_what_has_ended_is_tried_again_and_only_what_has_not_is_canceled(
    web: Web, asked: FetchRequest, at: datetime
) -> None:
    with pytest.raises(FetchOutOfOrder, match="waiting its turn"):
        try_again(request=asked, seen=asked.version, by=asked.created_by, at=at)
    request = work_off(asked, web, at)
    with pytest.raises(FetchOutOfOrder, match="not fetched"):
        cancel_fetch(request=request, seen=request.version, by=request.created_by, at=at)


def test_a_request_that_moved_on_is_not_canceled_unseen(asked: FetchRequest, at: datetime) -> None:
    FetchRequest.objects.get().change(seen=1, state=FetchState.FETCHING)

    with pytest.raises(Stale):
        cancel_fetch(request=asked, seen=1, by=asked.created_by, at=at)


def test_the_task_obeys_the_settings_of_the_desk(alice: User, at: datetime) -> None:
    request = ask_for_copy(url="http://127.0.0.1/story", by=alice, at=at)

    tasks.fetch_copy(uid=str(request.uid), tries=1)

    request.refresh_from_db()
    assert (request.state, request.is_temporary) == (FetchState.REFUSED, False)
    assert "fetches from the public internet only" in request.reason
