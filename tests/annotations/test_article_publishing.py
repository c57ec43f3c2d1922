"""Publishing an article: what is still open is shown first, and published all the same only when somebody says so."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations.operations.workbench.revising import revise
from articles.anchoring.text import Block, BlockKind
from articles.models import Article
from articles.operations.revising import Rewritten
from newsdesk.models import User
from tests.factories import make_article, make_check, make_claim, make_quote
from tests.factories.callers import call

TEXT = """Council votes to close the bridge

“We had no choice,” mayor Ines Duarte said.

The repair will cost 12 million."""


@pytest.fixture
def article(alice: User) -> Any:
    return make_article(by=alice, text=TEXT, state="approved")


@pytest.fixture
def client(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


def press_publish(client: Client, article: Article, **more: str) -> Any:
    article.refresh_from_db()
    address = reverse("annotations:move-article", args=[article.uid])
    return client.post(address, {"state": "published", "version": article.version, **more}, follow=True)


def test_an_article_without_anything_open_is_published_at_once(client: Client, article: Any) -> None:
    press_publish(client, article)

    article.refresh_from_db()
    assert article.state == "published"


def test_what_is_open_is_shown_with_the_way_to_it_before_anything_is_published(
    client: Client, alice: User, bob: User, article: Any, at: datetime
) -> None:
    unjudged = make_claim(article, "will cost 12 million", by=bob, canonical="It will cost 12 million.")
    checked = make_claim(article, "The repair", by=bob, canonical="There will be a repair.")
    make_check(checked, checker=bob)
    quote = make_quote(article, by=bob)
    rewritten = [Block(BlockKind.PARAGRAPH, text) for text in ("“No,” she said.", "The repair will cost 12 million.")]
    revise(article=article, base=1, rewritten=Rewritten(article.head.headline, rewritten), by=alice, at=at)

    answer = press_publish(client, article)

    article.refresh_from_db()
    page = answer.content.decode()
    assert article.state == "approved"
    assert {mark.uid for mark in answer.context["open"].doubtful} == {quote.uid}
    assert f"?mark={quote.uid}" in page
    assert [claim.uid for claim in answer.context["open"].unjudged] == [unjudged.uid]
    assert [(item.claim.uid, item.states) for item in answer.context["open"].under_check] == [
        (checked.uid, ["Drafted"])
    ]
    assert reverse("annotations:claim", args=[checked.uid]) in page


def test_it_is_published_anyway_by_whoever_saw_what_is_open(client: Client, bob: User, article: Any) -> None:
    make_claim(article, "will cost 12 million", by=bob)
    shown = press_publish(client, article).context["open"]

    press_publish(client, article, despite=shown.counts)

    article.refresh_from_db()
    assert article.state == "published"


def test_what_came_up_meanwhile_is_shown_before_it_is_published_anyway(client: Client, bob: User, article: Any) -> None:
    make_claim(article, "will cost 12 million", by=bob)
    shown = press_publish(client, article).context["open"]
    make_claim(article, "The repair", by=bob, canonical="There will be a repair.")

    answer = press_publish(client, article, despite=shown.counts)

    article.refresh_from_db()
    assert article.state == "approved"
    assert len(answer.context["open"].unjudged) == 2


def test_removed_lines_are_shown_with_the_rule_that_removed_them(client: Client, alice: User) -> None:
    article = make_article(by=alice, text=f"{TEXT}\n\nShare this article", state="approved")

    page = press_publish(client, article).content.decode()

    assert "<del>Share this article</del>" in page


def test_the_page_is_for_those_who_may_publish_and_for_articles_that_come_next(
    client: Client, bob: User, alice: User, article: Any
) -> None:
    address = reverse("annotations:publish-article", args=[article.uid])
    other = make_article(by=alice, state="editing")
    checker = Client()
    checker.force_login(bob)

    refused = checker.get(address)
    too_early = client.get(reverse("annotations:publish-article", args=[other.uid]))

    assert refused.status_code == 403
    assert too_early.headers["Location"] == reverse("annotations:workbench", args=[other.uid])


def move(article: Article, person: User, **more: Any) -> Any:
    """Publish it over the API."""
    article.refresh_from_db()
    body = {"state": "published", "version": article.version, **more}
    return call(person).post(f"articles/{article.uid}/move/", body)


def test_the_api_publishes_at_once_what_has_nothing_open(alice: User, article: Any) -> None:
    answer = move(article, alice)

    assert (answer.status_code, answer.json()["state"]) == (200, "published")


def test_the_api_refuses_to_publish_what_is_open_until_somebody_says_that_they_know(
    alice: User, bob: User, article: Any
) -> None:
    make_claim(article, "will cost 12 million", by=bob, canonical="It will cost 12 million.")
    refused = move(article, alice)
    known = refused.json()["open_matters"]

    accepted = move(article, alice, open_matters=known)

    assert refused.status_code == 409
    assert known == {"suggested": 0, "doubtful": 0, "under_check": 0, "unjudged": 1, "removed": 0}
    assert [error["field"] for error in refused.json()["errors"]] == ["open_matters"]
    assert (accepted.status_code, accepted.json()["state"]) == (200, "published")


def test_the_api_asks_again_when_more_is_open_than_was_known(alice: User, bob: User, article: Any) -> None:
    make_claim(article, "will cost 12 million", by=bob, canonical="It will cost 12 million.")
    known = move(article, alice).json()["open_matters"]
    make_claim(article, "The repair", by=bob, canonical="There will be a repair.")

    answer = move(article, alice, open_matters=known)

    assert answer.status_code == 409
    assert answer.json()["open_matters"] == {**known, "unjudged": 2}
    article.refresh_from_db()
    assert article.state == "approved"


@pytest.mark.parametrize("known", ["accepted", {"unjudged": 1}, {"unjudged": "one"}])
def test_the_api_takes_counts_of_what_is_open_and_nothing_else(alice: User, article: Any, known: Any) -> None:
    assert move(article, alice, open_matters=known).status_code == 400
