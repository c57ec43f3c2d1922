"""What pages say to programs in the words of schema.org."""

from typing import Any

from django.test import Client
from pytest_django import Settings

from newsdesk.models import User
from tests.factories import make_claim, make_speaker
from tests.factories.published import judge, make_judged, make_published
from tests.factories.schema_org import complaints, documents_in


def page_of(article: Any) -> str:
    return Client().get(f"/read/{article.slug}/").content.decode()


def test_a_page_holds_the_piece_and_a_review_of_each_claim_that_keep_to_schema_org(
    article: Any, claim: Any, alice: User, bob: User, dana: User
) -> None:
    said = make_claim(
        article,
        "We had no choice",
        by=bob,
        canonical="They had no choice.",
        claimant_kind="speaker",
        speaker=make_speaker(by=alice),
        claim_date=claim.created_at.date(),
        date_basis="stated",
    )
    judge(said, checker=bob, reviewer=dana, editor=alice, verdict="not_enough_evidence", rating="unproven")

    documents = documents_in(page_of(article))

    assert [each["@type"] for each in documents] == ["NewsArticle", "ClaimReview", "ClaimReview"]
    assert complaints(documents) == []


def test_the_checker_of_these_tests_finds_what_is_wrong(article: Any, claim: Any) -> None:
    review = documents_in(page_of(article))[1]

    wrong = {**review, "claimReviewedd": "x", "author": {"@type": "Planet"}, "reviewRating": {"@type": "Person"}}

    assert len(complaints(wrong)) == 4


def test_a_review_says_what_consumers_ask_for(article: Any, claim: Any, settings: Settings) -> None:
    settings.PUBLISHER, settings.PUBLISHER_URL = "The Harbour Post", "https://post.example"

    review = documents_in(page_of(article))[1]

    assert review["url"] == f"{settings.PUBLIC_URL}/read/{article.slug}/claims/{claim.uid}/"
    assert review["claimReviewed"] == claim.canonical
    assert review["author"] == {"@type": "Organization", "name": "The Harbour Post", "url": "https://post.example"}
    assert review["datePublished"] == "2025-05-13"
    rating = review["reviewRating"]
    assert rating["alternateName"] == "True"
    assert (rating["ratingValue"], rating["bestRating"], rating["worstRating"]) == (6, 6, 1)
    assert review["itemReviewed"]["@type"] == "Claim"
    assert review["itemReviewed"]["appearance"][0]["url"].endswith(f"/read/{article.slug}/")
    assert review["citation"][0]["name"] == "Estimate of the bridge repair"


def test_a_rating_outside_the_order_of_its_scale_has_no_number(
    article: Any, alice: User, bob: User, dana: User
) -> None:
    make_judged(article, checker=bob, reviewer=dana, editor=alice, verdict="not_enough_evidence", rating="unproven")

    rating = documents_in(page_of(article))[1]["reviewRating"]

    assert rating["alternateName"] == "Unproven"
    assert "ratingValue" not in rating


def test_the_text_is_in_it_only_where_the_rights_let_it_out(alice: User) -> None:
    whole = make_published(by=alice)
    part = make_published(
        by=alice, rights="quotation_only", canonical_url="https://courier.example/b", outlet="Courier"
    )

    bodies = [documents_in(page_of(each))[0].get("articleBody", "") for each in (whole, part)]

    assert "12 million" in bodies[0]
    assert bodies[1] == ""
    assert documents_in(page_of(part))[0]["url"] == "https://courier.example/b"


def test_words_cannot_end_the_script_they_stand_in(alice: User, bob: User, dana: User) -> None:
    article = make_published(by=alice)
    claim = make_claim(article, by=bob, canonical="</script><script>alert(1)</script> & <!-- so")
    judge(claim, checker=bob, reviewer=dana, editor=alice)

    page = page_of(article)

    assert "<script>alert" not in page
    assert documents_in(page)[1]["claimReviewed"] == claim.canonical


def test_the_page_of_one_check_holds_its_review_alone(article: Any, claim: Any) -> None:
    page = Client().get(f"/read/{article.slug}/claims/{claim.uid}/").content.decode()

    assert [each["@type"] for each in documents_in(page)] == ["ClaimReview"]
    assert complaints(documents_in(page)) == []
