"""Addresses and feeds over the API."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Any

import pytest

from articles.models import Article, Feed, FetchRequest, FetchState, Source
from articles.operations.captures import keep_capture
from articles.operations.feeds import add_feed
from newsdesk.models import User
from tests.factories import make_source
from tests.factories.callers import call

ADDRESS = "https://paper.example/story.txt"
STORY = b"Otters hold hands\n\nThey do so that they do not drift apart.\n\nShare this article\n"
FEED = {"name": "The Paper", "url": "https://paper.example/feed"}


def arrive(content: bytes = STORY, media_type: str = "text/plain") -> FetchRequest:
    """Let the only request's page come."""
    request = FetchRequest.objects.get()
    capture = keep_capture(
        content=content,
        media_type=media_type,
        name="story.txt",
        url=ADDRESS,
        by=request.created_by,
        at=request.created_at,
    )
    return request.change(seen=1, state=FetchState.FETCHED, capture=capture, ended_at=request.created_at)


def test_a_story_is_asked_for_and_says_how_far_it_has_come(alice: User) -> None:
    asked = call(alice).post("articles/from-address/", {"url": ADDRESS})

    assert asked.status_code == 202
    shown = call(alice).get(asked["Location"]).json()
    assert (shown["state"], shown["url"], shown["sha256"]) == ("queued", ADDRESS, "")


def test_a_story_that_has_come_is_read_and_brought_in(alice: User) -> None:
    asked = call(alice).post("articles/from-address/", {"url": ADDRESS})
    arrive()

    read = call(alice).get(f"{asked['Location']}reading/").json()
    brought = call(alice).post(f"{asked['Location']}bring-in/", {"keep": [0]})

    assert (read["headline"], [line["text"] for line in read["removed"]]) == (
        "Otters hold hands",
        ["Share this article"],
    )
    article = Article.objects.get()
    assert brought.status_code == 201
    assert brought["Location"] == f"/api/v1/articles/{article.uid}/"
    assert "Share this article" in article.head.text
    assert article.head.capture == FetchRequest.objects.get().capture


def test_what_has_not_come_is_not_read(alice: User) -> None:
    asked = call(alice).post("articles/from-address/", {"url": ADDRESS})

    answers = [call(alice).get(f"{asked['Location']}reading/"), call(alice).post(f"{asked['Location']}bring-in/")]

    assert [answer.status_code for answer in answers] == [409, 409]


def test_an_address_that_is_not_fetched_is_a_problem_of_its_field(alice: User) -> None:
    answer = call(alice).post("articles/from-address/", {"url": "ftp://paper.example/"})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "url"
    assert not FetchRequest.objects.exists()


def test_a_request_is_canceled_and_tried_again(alice: User) -> None:
    status = call(alice).post("articles/from-address/", {"url": ADDRESS})["Location"]

    canceled = call(alice).post(f"{status}cancel/", {"version": 1})
    again = call(alice).post(f"{status}retry/", {"version": 2})
    stale = call(alice).post(f"{status}cancel/", {"version": 2})

    assert (canceled.json()["state"], again.json()["state"]) == ("canceled", "queued")
    assert (again.json()["tries"], stale.status_code) == (2, 409)


@pytest.mark.parametrize(
    ("name", "article", "source"), [("alice", 202, 202), ("bob", 403, 202), ("emil", 403, 403), ("rana", 403, 403)]
)
def test_who_may_ask_for_what(request: pytest.FixtureRequest, name: str, article: int, source: int) -> None:
    caller = call(request.getfixturevalue(name))

    assert caller.post("articles/from-address/", {"url": ADDRESS}).status_code == article
    assert caller.post("fetches/", {"url": ADDRESS, "purpose": "source"}).status_code == source


def test_a_request_is_seen_by_whoever_made_it(alice: User, ada: User) -> None:
    status = call(alice).post("articles/from-address/", {"url": ADDRESS})["Location"]

    assert call(ada).get(status).status_code == 404
    assert call(ada).get("fetches/").json()["results"] == []


def given(**text: Any) -> dict[str, Any]:
    return {"title": "Otters", "basis": "capture", **text}


def test_a_source_is_stored_from_what_was_fetched(bob: User) -> None:
    uid = call(bob).post("fetches/", {"url": ADDRESS, "purpose": "source"}).json()["uid"]
    early = call(bob).post("sources/", given(fetched=uid))
    arrive()

    answer = call(bob).post("sources/", given(fetched=uid))

    assert (early.status_code, answer.status_code) == (409, 201)
    snapshot = Source.objects.get().snapshots.get()
    assert "Share this article" in snapshot.text
    assert snapshot.capture == FetchRequest.objects.get().capture


def test_a_source_is_stored_and_captured_from_files(bob: User) -> None:
    file = base64.b64encode(STORY).decode()
    uid = call(bob).post("sources/", given(file=file, name="story.txt")).json()["uid"]

    again = call(bob).post(f"sources/{uid}/capture/", {"file": file, "name": "story.txt", "basis": "capture"})
    anew = call(bob).post(f"sources/{uid}/capture/", {"text": "Otters let go.", "basis": "capture"})

    assert (again.status_code, anew.status_code) == (409, 201)
    assert bytes(Source.objects.get().snapshots.get(number=1).capture.content) == STORY  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "status", "field"),
    [
        ({}, 422, "text"),
        ({"text": "A.", "file": "QS4="}, 422, "text"),
        ({"file": "no base64!"}, 400, "file"),
        ({"file": "iVBORw=="}, 400, "text"),
    ],
)
def test_a_text_given_wrongly_is_refused_at_its_field(bob: User, text: dict[str, str], status: int, field: str) -> None:
    answer = call(bob).post("sources/", given(**text))

    assert answer.status_code == status
    assert answer.json()["errors"][0]["field"] == field
    assert not Source.objects.exists()


def test_a_snapshot_is_asked_for_by_the_source(bob: User) -> None:
    source = make_source(by=bob)

    answer = call(bob).post("fetches/", {"url": ADDRESS, "purpose": "source", "source": str(source.uid)})
    wrong = call(bob).post("fetches/", {"url": ADDRESS, "source": str(source.uid)})

    assert answer.json()["source"] == str(source.uid)
    assert wrong.status_code == 422


def test_a_feed_is_added_changed_polled_and_ended(alice: User) -> None:
    made = call(alice).post("feeds/", FEED)
    path = f"feeds/{made.json()['uid']}/"
    changed = call(alice).patch(path, {"interval_minutes": 60, "version": 1})
    polled = call(alice).post(f"{path}poll/")
    ended = call(alice).post(f"{path}end/", {"version": 2})

    assert [answer.status_code for answer in (made, changed, polled, ended)] == [201, 200, 202, 200]
    assert (changed.json()["interval_minutes"], ended.json()["ended_at"] is None) == (60, False)
    assert call(alice).post(f"{path}poll/").status_code == 409
    assert call(alice).get(f"{path}entries/").json() == []


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"interval_minutes": 4}, 400),
        ({"url": "http://alice@paper.example/"}, 422),
        ({"url": "https://paper.example/other"}, 409),
        ({"name": " "}, 400),
    ],
)
def test_a_feed_that_cannot_be_is_refused(alice: User, at: datetime, change: dict[str, Any], status: int) -> None:
    add_feed(name="Other", url="https://paper.example/other", by=alice, at=at)

    assert call(alice).post("feeds/", FEED | change).status_code == status
    assert Feed.objects.count() == 1


# role: what adding, changing, polling and ending a feed, and finding it, are answered with
TREATS = {
    "alice": (201, 200, 202, 200, 200),
    "ada": (201, 200, 202, 200, 200),
    "bob": (403, 404, 404, 404, 404),
    "carol": (403, 404, 404, 404, 404),
    "dana": (403, 404, 404, 404, 404),
    "emil": (403, 404, 404, 404, 404),
    "rana": (403, 404, 404, 404, 404),
    "mallory": (403, 404, 404, 404, 404),
}


@pytest.mark.parametrize("name", TREATS)
def test_who_keeps_feeds(request: pytest.FixtureRequest, person: Any, at: datetime, name: str) -> None:
    caller = call(request.getfixturevalue(name))
    keeper = User.objects.create_user("keeper", "keeper@desk.example")
    path = f"feeds/{add_feed(name='Kept', url='https://kept.example/', by=keeper, at=at).uid}/"

    answers = (
        caller.post("feeds/", FEED),
        caller.patch(path, {"name": "New", "version": 1}),
        caller.post(f"{path}poll/"),
        caller.get(path),
        caller.post(f"{path}end/", {"version": 2}),
    )

    assert tuple(answer.status_code for answer in answers) == TREATS[name]
