"""Notices are for one person alone, and put aside by them."""

from __future__ import annotations

import uuid

import pytest

from annotations.models import Notice
from annotations.operations.studies.projects import assign
from articles.operations.articles import restrict_article
from newsdesk.models import User
from tests.factories import AT, make_article, make_claim
from tests.factories.callers import call


@pytest.fixture
def notice(alice: User, bob: User) -> Notice:
    assign(article=make_article(by=alice), person=bob, task="Check the figures", by=alice, at=AT)
    return Notice.objects.get()


def test_a_notice_is_listed_for_its_person_alone(notice: Notice, alice: User, bob: User) -> None:
    mine, others = (call(person).get("notices/").json()["results"] for person in (bob, alice))

    assert [(each["kind"], each["text"]) for each in mine] == [("assigned", "Check the figures")]
    assert others == []


def test_a_notice_of_somebody_else_does_not_exist(notice: Notice, alice: User) -> None:
    assert call(alice).post(f"notices/{notice.uid}/aside/").status_code == 404


def test_putting_a_notice_aside_twice_keeps_the_first_moment(notice: Notice, bob: User) -> None:
    caller, path = call(bob), f"notices/{notice.uid}/aside/"

    first, second = caller.post(path).json(), caller.post(path).json()

    assert first["read_at"]
    assert second["read_at"] == first["read_at"]
    assert caller.get("notices/?read=false").json()["results"] == []
    assert len(caller.get("notices/?read=true").json()["results"]) == 1


@pytest.mark.parametrize("is_hidden", [False, True])
def test_a_notice_names_its_claim_only_while_it_may_be_known_of(alice: User, bob: User, is_hidden: bool) -> None:
    article = make_article(by=alice)
    claim = make_claim(article, by=alice)
    Notice.objects.create(uid=uuid.uuid4(), person=bob, kind="returned", claim=claim, text="Look again", created_at=AT)
    if is_hidden:
        restrict_article(
            article=article, people=[alice], reason="Sources at risk", seen=article.version, by=alice, at=AT
        )

    named = call(bob).get("notices/").json()["results"][0]["claim"]

    assert named == (None if is_hidden else str(claim.uid))
