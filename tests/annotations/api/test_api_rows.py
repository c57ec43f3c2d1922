"""Many marks in one request: each row has its own result."""

from typing import Any

import pytest

from annotations.models import BiasTag, Claim
from articles.models import Article, Quote
from newsdesk.models import User
from tests.factories import make_article
from tests.factories.callers import call, place


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


def a_claim(article: Article, words: str, **change: Any) -> dict[str, Any]:
    return {**place(article, words), "canonical": words, **change}


def test_each_row_is_answered_as_if_it_had_come_alone(alice: User, article: Article) -> None:
    caller = call(alice)
    rows = [
        a_claim(article, "The council voted"),
        a_claim(article, "The council voted", exact="The mayor voted"),
        a_claim(article, "The council voted", colour="red"),
        "no object",
        {**a_claim(article, "The council voted"), "article": "7c1d0d1e-0f6c-4d3a-9b3e-0d1f6c4d3a9b"},
    ]

    answer = caller.post("claims/bulk/", {"rows": rows})
    alone = [caller.post("claims/", row) for row in rows[1:]]

    results = answer.json()["results"]
    assert answer.status_code == 200
    assert [result["status"] for result in results] == [201, 422, 400, 400, 404]
    assert [result["problem"] for result in results[1:]] == [each.json() for each in alone]
    assert results[0]["made"] == caller.get(f"claims/{results[0]['made']['uid']}/").json()
    assert Claim.objects.count() == 1


@pytest.mark.parametrize(
    ("noun", "model", "told"),
    [
        ("quotes", Quote, {"kind": "direct"}),
        ("bias-tags", BiasTag, {"category": "spin", "level": "span", "severity": 1}),
    ],
)
def test_quotes_and_tags_are_made_in_rows_too(
    alice: User, article: Article, noun: str, model: Any, told: dict[str, Any]
) -> None:
    rows = [{**place(article, words), **told} for words in ("The council voted", "mayor Ines Duarte said")]

    results = call(alice).post(f"{noun}/bulk/", {"rows": rows}).json()["results"]

    assert [result["status"] for result in results] == [201, 201]
    assert model.objects.count() == 2


def test_rows_sent_twice_under_a_key_are_made_once(alice: User, article: Article) -> None:
    caller = call(alice)
    body = {"rows": [a_claim(article, "The council voted"), "no object"]}

    first = caller.post("claims/bulk/", body, Idempotency_Key="k")
    second = caller.post("claims/bulk/", body, Idempotency_Key="k")

    assert second.json() == first.json()
    assert Claim.objects.count() == 1


def test_more_rows_than_one_request_may_have_are_refused(alice: User) -> None:
    answer = call(alice).post("claims/bulk/", {"rows": [{}] * 501})

    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == ["rows"]


def test_a_person_without_the_right_makes_no_row(rana: User, alice: User) -> None:
    article = make_article(by=alice, state="published")

    [result] = call(rana).post("claims/bulk/", {"rows": [a_claim(article, "The council voted")]}).json()["results"]

    assert result["status"] == 403
    assert not Claim.objects.exists()
