"""What people say about a claim, on its page: the threads that the workbench shows beside its words."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations.models import Claim, Comment
from annotations.operations.workbench.comments import comment
from newsdesk.models import User
from tests.factories import AT, make_article, make_claim
from tests.factories.pages import page_of, signed_in


@pytest.fixture
def claim(alice: User, bob: User) -> Claim:
    return make_claim(make_article(by=alice), by=bob)


@pytest.fixture
def root(claim: Claim, alice: User) -> Comment:
    return comment(article=claim.article, span=claim.span, text="Whose estimate is it?", by=alice, at=AT)


def say(client: Client, claim: Claim, **typed: Any) -> Any:
    form = {"mark": claim.uid, "back": "claim", **typed}
    return client.post(reverse("annotations:add-comment", args=[claim.article.uid]), form)


def test_the_page_shows_the_threads_of_its_claim_alone(claim: Claim, root: Comment, alice: User, rana: User) -> None:
    other = make_claim(claim.article, "for two years", by=alice, canonical="It takes two years.")
    comment(article=claim.article, span=other.span, text="And this one?", by=alice, at=AT)

    page = signed_in(alice).get(page_of(claim)).content.decode()

    assert "Whose estimate is it?" in page
    assert "And this one?" not in page
    assert "Whose estimate is it?" not in signed_in(rana).get(page_of(claim)).content.decode()


def test_what_is_said_and_answered_there_leads_back_there(claim: Claim, alice: User, bob: User) -> None:
    said = say(signed_in(alice), claim, text="Whose estimate is it?")
    root = Comment.objects.get()
    answered = say(signed_in(bob), claim, text="The council’s.", thread=root.uid)
    resolve = reverse("annotations:resolve-comment", args=[claim.article.uid, root.uid])
    form = {"mark": claim.uid, "back": "claim", "version": 1}

    resolved = signed_in(bob).post(resolve, form)
    again = signed_in(alice).post(resolve, form)

    answer = Comment.objects.exclude(pk=root.pk).get()
    assert said["Location"] == f"{page_of(claim)}#comment-{root.uid}"
    assert answered["Location"] == f"{page_of(claim)}#comment-{answer.uid}"
    assert resolved["Location"] == f"{page_of(claim)}#comment-{root.uid}"
    assert (root.span, answer.parent) == (claim.span, root)
    assert again.status_code == 409
    assert "Not done" in again.content.decode()
    assert "The chain" in again.content.decode()


@pytest.mark.parametrize("is_answer", [False, True])
def test_what_cannot_be_saved_stays_where_it_was_typed(
    claim: Claim, root: Comment, alice: User, is_answer: bool
) -> None:
    typed = {"text": "Ask @nobody.here", **({"thread": root.uid} if is_answer else {})}

    answer = say(signed_in(alice), claim, **typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert ">Ask @nobody.here</textarea>" in page
    assert "The chain" in page
    assert Comment.objects.count() == 1
