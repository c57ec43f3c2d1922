"""The pages of feeds: how each is doing, adding, changing, polling, ending."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Feed, FeedEntry, Polling
from articles.operations.feeds import add_feed
from newsdesk.models import User
from tests.factories import make_article

LIST = "annotations:feed-list"
FIELDS = {"name": "The Paper", "url": "https://paper.example/feed", "interval_minutes": "30"}


@pytest.fixture
def desk(alice: User, client: Client) -> Client:
    client.force_login(alice)
    return client


@pytest.fixture
def feed(alice: User, at: datetime) -> Feed:
    return add_feed(name="The Paper", url="https://paper.example/feed", by=alice, at=at)


def page_of(feed: Feed, page: str = "annotations:feed-change") -> str:
    return reverse(page, args=[feed.uid])


def test_a_feed_is_added(desk: Client) -> None:
    answer = desk.post(reverse("annotations:feed-new"), FIELDS, follow=True)

    assert Feed.objects.get().interval_minutes == 30
    assert "not polled yet" in answer.content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"interval_minutes": "4"}, "greater than or equal to 5"),
        ({"url": "ftp://paper.example/"}, "begin with http"),
        ({"name": ""}, "required"),
    ],
)
def test_a_feed_that_cannot_be_says_why(desk: Client, change: dict[str, str], said: str) -> None:
    answer = desk.post(reverse("annotations:feed-new"), FIELDS | change)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Feed.objects.exists()


def test_an_address_is_polled_once(desk: Client, feed: Feed) -> None:
    answer = desk.post(reverse("annotations:feed-new"), FIELDS)

    assert answer.status_code == 422
    assert "This address is polled already" in answer.content.decode()


def test_the_list_says_how_a_feed_is_doing(desk: Client, feed: Feed, at: datetime) -> None:
    Polling.objects.update(
        polled_at=at, failures=3, failure="paper.example has a fault of its own now (503).", brought=7
    )

    page = desk.get(reverse(LIST)).content.decode()

    assert "failed 3 times in a row" in page
    assert "has a fault of its own" in page
    assert '<td data-label="Articles" class="end num">7</td>' in page


def test_a_feed_is_changed_unless_somebody_was_faster(desk: Client, feed: Feed) -> None:
    first = desk.post(page_of(feed), FIELDS | {"name": "Paper on Sunday", "version": "1"})
    second = desk.post(page_of(feed), FIELDS | {"name": "Another", "version": "1"})

    assert (first.status_code, second.status_code) == (302, 422)
    assert "Somebody changed this feed" in second.content.decode()
    assert Feed.objects.get().name == "Paper on Sunday"


def test_a_feed_is_polled_now_and_ended(desk: Client, feed: Feed) -> None:
    polled = desk.post(page_of(feed, "annotations:feed-poll"), follow=True)
    ended = desk.post(page_of(feed, "annotations:feed-end"), follow=True)

    assert "is polled now" in polled.content.decode()
    assert "is polled no more" in ended.content.decode()
    assert "This feed has ended" in desk.get(page_of(feed)).content.decode()
    assert Feed.objects.get().ended_at is not None


def test_the_page_of_a_feed_shows_what_its_entries_became(desk: Client, feed: Feed, alice: User, at: datetime) -> None:
    article = make_article(by=alice)
    FeedEntry.objects.create(
        feed=feed, provider="p", guid="1", title="In", article=article, first_seen_at=at, changed_at=at
    )
    FeedEntry.objects.create(
        feed=feed, provider="p", guid="2", errors=["The entry has no text."], first_seen_at=at, changed_at=at
    )

    page = desk.get(page_of(feed)).content.decode()

    assert reverse("annotations:workbench", args=[article.uid]) in page
    assert "The entry has no text." in page


def test_the_list_costs_the_same_for_one_and_for_three(desk: Client, feed: Feed, alice: User, at: datetime) -> None:
    costs = []
    for number in (1, 2):
        with CaptureQueriesContext(connection) as asked:
            desk.get(reverse(LIST))
        costs.append(len(asked))
        add_feed(name="F", url=f"https://f{number}.example/", by=alice, at=at)
        add_feed(name="G", url=f"https://g{number}.example/", by=alice, at=at)

    assert costs[0] == costs[1]


# who: what the list, the form, and polling and ending a feed are answered with
ANSWERS = {
    "alice": (200, 200, 302, 302),
    "ada": (200, 200, 302, 302),
    "bob": (403, 403, 404, 404),
    "carol": (403, 403, 404, 404),
    "dana": (403, 403, 404, 404),
    "emil": (403, 403, 404, 404),
    "rana": (403, 403, 404, 404),
    "mallory": (403, 403, 404, 404),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_who_keeps_feeds(request: pytest.FixtureRequest, client: Client, feed: Feed, name: str, person: Any) -> None:
    client.force_login(request.getfixturevalue(name))

    answers = (
        client.get(reverse(LIST)),
        client.get(reverse("annotations:feed-new")),
        client.post(page_of(feed, "annotations:feed-poll")),
        client.post(page_of(feed, "annotations:feed-end")),
    )

    assert tuple(answer.status_code for answer in answers) == ANSWERS[name]
