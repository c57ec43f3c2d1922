"""The page of a claim: what it shows, to whom, and at what cost."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import ArticleState
from newsdesk.models import User
from tests.factories import make_article, make_check, make_claim, make_evidence, make_source
from tests.factories.pages import page_of, signed_in

TAG = "Paraphrase, page to be confirmed"


def test_the_page_shows_the_words_in_their_sentence_and_leads_into_the_text(bob: User, claim: Any) -> None:
    answer = signed_in(bob).get(page_of(claim))

    text = answer.content.decode()
    assert (
        '<mark class="run" data-marks="C1"><span class="c is-open">The repair will cost 12 million euros</span></mark>'
        in text
    )
    assert f"{reverse('annotations:workbench', args=[claim.article.uid])}?mark={claim.uid}" in text


def test_whoever_may_not_know_of_the_article_gets_a_404(alice: User, bob: User, rana: User, mallory: User) -> None:
    claim = make_claim(make_article(by=alice, state=ArticleState.INCOMING), by=alice)

    answers = [signed_in(person).get(page_of(claim)).status_code for person in (alice, bob, rana, mallory)]

    assert answers == [200, 404, 404, 404]


def test_nobody_sees_a_claim_without_signing_in(claim: Any) -> None:
    answer = Client().get(page_of(claim))

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))


def test_only_the_source_s_own_words_stand_in_quotation_marks(bob: User, claim: Any) -> None:
    make_evidence(claim, make_source(by=bob, text="Twelve million, the council wrote."), by=bob)
    make_evidence(claim, make_source(by=bob, text="The paper said about twelve.", basis="paraphrase"), by=bob)

    text = signed_in(bob).get(page_of(claim)).content.decode()

    assert "“Twelve million, the council wrote.”" in text
    assert "“The paper said about twelve.”" not in text
    assert TAG in text


def test_a_source_later_than_the_claim_is_warned_of(alice: User, bob: User, at: datetime) -> None:
    claim = make_claim(make_article(by=alice), by=bob, claim_date=at.date(), date_basis="stated")
    client = signed_in(bob)
    make_evidence(claim, make_source(by=bob), by=bob)
    before = client.get(page_of(claim)).content.decode()
    late = make_source(by=bob, text="In June it became 14 million.", published_date=at.date().replace(month=6))
    make_evidence(claim, late, by=bob)

    after = client.get(page_of(claim)).content.decode()

    assert "Later than the claim" not in before
    assert "Later than the claim" in after


def test_checks_that_disagree_stand_beside_each_other(alice: User, claim: Any, drafted: Any) -> None:
    make_check(claim, checker=alice, verdict="refuted", rating="false")

    page = signed_in(alice).get(page_of(claim))

    assert len(page.context["cards"]) == 2
    assert "The checkers disagree" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("claim-change", {"alice", "bob", "ada"}),
        ("evidence-new", {"alice", "bob", "ada"}),
    ],
)
def test_without_the_right_pages_of_a_claim_answer_403(
    alice: User,
    bob: User,
    carol: User,
    dana: User,
    emil: User,
    ada: User,
    claim: Any,
    evidence: Any,
    name: Any,
    may: Any,
) -> None:
    cast = {"alice": alice, "bob": bob, "carol": carol, "dana": dana, "emil": emil, "ada": ada}
    address = reverse(f"annotations:{name}", args=[claim.uid])

    answers = {who: signed_in(person).get(address).status_code for who, person in cast.items()}

    assert answers == {who: 200 if who in may else 403 for who in cast}


def test_the_page_asks_as_many_questions_for_five_passages_as_for_one(
    bob: User, claim: Any, evidence: Any, drafted: Any, django_assert_num_queries: Any
) -> None:
    client = signed_in(bob)
    with django_assert_num_queries(30):
        client.get(page_of(claim))
    for number in range(4):
        make_evidence(claim, make_source(by=bob, text=f"Estimate {number} of the bridge repair."), by=bob)

    with django_assert_num_queries(30):
        client.get(page_of(claim))


def test_readers_see_a_published_verdict_and_not_how_it_came_about(
    alice: User, rana: User, claim: Any, approved: Any
) -> None:
    claim.article.change(seen=claim.article.version, state=ArticleState.PUBLISHED)
    before = signed_in(rana).get(page_of(claim)).status_code
    signed_in(alice).post(reverse("annotations:check-publish", args=[approved.uid]), {"version": approved.version})

    answer = signed_in(rana).get(page_of(claim))

    text = answer.content.decode()
    assert (before, answer.status_code) == (404, 200)
    assert "The council’s own estimate says so." in text
    assert "Bob Tanaka" not in text
