"""Unsaved texts over the API: kept and thrown away by those who may rewrite, seen by nobody else."""

from typing import Any

import pytest

from articles.models import Article, Draft
from newsdesk.models import User
from tests.factories import make_article
from tests.factories.callers import call

MAY = {"alice", "ada"}


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


def draft_of(article: Article, **change: Any) -> dict[str, Any]:
    return {"article": str(article.uid), "base_revision": 1, "headline": "Bridge", "body": "Half a", **change}


@pytest.mark.parametrize("name", ["alice", "ada", "bob", "carol", "dana", "emil"])
def test_who_may_keep_a_draft(article: Article, name: str, request: pytest.FixtureRequest) -> None:
    answer = call(request.getfixturevalue(name)).post("drafts/", draft_of(article))

    assert answer.status_code == (201 if name in MAY else 403)
    assert Draft.objects.count() == (1 if name in MAY else 0)


def test_a_draft_is_its_authors_alone(article: Article, alice: User, ada: User) -> None:
    made = call(alice).post("drafts/", draft_of(article))

    assert call(alice).get(made["Location"]).json()["body"] == "Half a"
    assert len(call(alice).get("drafts/").json()["results"]) == 1
    assert call(ada).get(made["Location"]).status_code == 404
    assert call(ada).get("drafts/").json()["results"] == []


def test_a_later_draft_takes_the_place_of_the_earlier(article: Article, alice: User) -> None:
    for body in ("Half a", "Half a sentence"):
        call(alice).post("drafts/", draft_of(article, body=body))

    assert Draft.objects.get().body == "Half a sentence"


def test_a_draft_that_was_not_seen_is_not_replaced_where_the_writer_asks_for_that(
    article: Article, alice: User
) -> None:
    kept = call(alice).post("drafts/", draft_of(article, over=None)).json()["saved_at"]

    refused = call(alice).post("drafts/", draft_of(article, body="There", over=None))
    replaced = call(alice).post("drafts/", draft_of(article, body="Here", over=kept))

    assert refused.status_code == 409
    assert [error["field"] for error in refused.json()["errors"]] == ["over"]
    assert replaced.status_code == 201
    assert Draft.objects.get().body == "Here"


def test_a_draft_is_thrown_away(article: Article, alice: User) -> None:
    call(alice).post("drafts/", draft_of(article))

    answers = [call(alice).post(f"drafts/{article.uid}/discard/").status_code for _ in range(2)]

    assert answers == [204, 404]
    assert not Draft.objects.exists()


def test_a_draft_needs_a_revision_that_exists(article: Article, alice: User) -> None:
    answer = call(alice).post("drafts/", draft_of(article, base_revision=7))

    assert answer.status_code == 404
    assert answer.json()["errors"][0]["field"] == "base_revision"
