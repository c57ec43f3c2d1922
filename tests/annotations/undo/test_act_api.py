"""Acts over REST: what one did, undo, redo, and an administrator's revert."""

from __future__ import annotations

from datetime import datetime

import pytest

from annotations.operations.checking.claims import change_claim
from articles.models import Act, Article
from newsdesk.models import User
from tests.annotations.undo.test_undoing import again
from tests.factories import make_article, make_claim, make_quote, make_tag
from tests.factories.callers import call


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


def test_people_list_their_own_acts_and_administrators_everybodys(
    article: Article, alice: User, bob: User, ada: User
) -> None:
    quote, claim = make_quote(article, by=alice), make_claim(article, by=bob)

    def listed(person: User) -> list[str]:
        return [act["noun"] for act in call(person).get("acts/").json()["results"]]

    assert listed(alice) == [str(quote.uid)]
    assert listed(ada) == [str(claim.uid), str(quote.uid)]
    assert call(bob).get(f"acts/{Act.objects.get(noun=quote.uid).uid}/").status_code == 404


def test_undo_and_redo_answer_what_was_reversed(article: Article, alice: User) -> None:
    quote, api = make_quote(article, by=alice), call(alice)

    undone = api.post("acts/undo/").json()
    stood = again(quote).is_live
    redone = api.post("acts/redo/").json()

    assert [(act["verb"], act["kind"], act["noun"], act["is_undone"]) for act in undone["acts"]] == [
        ("record", "quote", str(quote.uid), True)
    ]
    assert (stood, redone["acts"][0]["step"], redone["left"]) == (False, "undo", [])
    assert again(quote).is_live


def test_an_act_is_undone_by_its_uid(article: Article, alice: User) -> None:
    quote, tag = make_quote(article, by=alice), make_tag(article, by=alice)

    answer = call(alice).post("acts/undo/", {"act": str(Act.objects.get(noun=quote.uid).uid)})

    assert answer.status_code == 200
    assert (again(quote).is_live, again(tag).is_live) == (False, True)


def test_a_conflict_is_a_problem_with_both_sides(article: Article, alice: User, bob: User, at: datetime) -> None:
    claim = make_claim(article, by=alice)
    change_claim(claim=claim, seen=1, by=bob, at=at, canonical="The repair costs 12 million.")

    answer = call(alice).post("acts/undo/")

    problem = answer.json()
    assert (answer.status_code, answer.headers["Content-Type"]) == (409, "application/problem+json")
    [conflict] = problem["conflicts"]
    assert (conflict["act"], conflict["changed_by"]) == (
        str(Act.objects.get(noun=claim.uid, verb="record").uid),
        "Bob Tanaka",
    )
    assert conflict["sides"] == [
        {
            "name": "restatement",
            "as_left": "The repair of the harbour bridge will cost 12 million euros.",
            "now": "The repair costs 12 million.",
        }
    ]


@pytest.mark.parametrize("path", ["acts/undo/", "acts/redo/"])
def test_nothing_to_undo_is_a_conflict_with_a_sentence(alice: User, path: str) -> None:
    answer = call(alice).post(path)

    assert answer.status_code == 409
    assert "nothing" in answer.json()["detail"]


def test_an_administrator_reverts_a_range(article: Article, alice: User, bob: User, ada: User, at: datetime) -> None:
    tag, claim = make_tag(article, by=bob), make_claim(article, by=bob)
    change_claim(claim=claim, seen=1, by=alice, at=at, note="Really?")

    answer = call(ada).post("acts/revert/", {"person": str(bob.uid), "article": str(article.uid)}).json()

    assert [act["noun"] for act in answer["acts"]] == [str(tag.uid)]
    assert [left["changed_by"] for left in answer["left"]] == ["Alice Moreau"]
    assert (again(tag).is_live, again(claim).is_live) == (False, True)


def test_reverting_takes_the_right_and_the_scope(article: Article, alice: User, bob: User, ada: User) -> None:
    make_tag(article, by=bob)
    body = {"person": str(bob.uid), "article": str(article.uid)}

    answers = [
        call(alice).post("acts/revert/", body).status_code,
        call(ada, "read", "annotate").post("acts/revert/", body).status_code,
        call(ada).post("acts/revert/", body).status_code,
    ]

    assert answers == [403, 403, 200]


def test_reverting_takes_a_range(article: Article, bob: User, ada: User) -> None:
    tag = make_tag(article, by=bob)

    answer = call(ada).post("acts/revert/", {"person": str(bob.uid)})

    assert answer.status_code == 422
    assert again(tag).is_live
