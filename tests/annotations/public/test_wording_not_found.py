"""Printed words that nobody found in any stored source: readers and programs learn that, not only the rating."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from annotations.models import CheckState, Claim
from annotations.operations.checking.factchecks import log_search, open_check
from newsdesk.models import User
from tests.factories import AT, make_claim, make_quote
from tests.factories.published import judge
from tests.factories.schema_org import complaints, documents_in

SAID = "Wording not found in 13 stored sources"


@pytest.fixture
def searched(article: Any, alice: User, bob: User, dana: User) -> Claim:
    """A published claim that a quote has these very words, which none of 13 sources has."""
    quote = make_quote(article, by=alice)
    claim = make_claim(
        article, "We had no choice", by=bob, claim_type="quote-wording", quote=quote, canonical="She said so."
    )
    check = open_check(claim=claim, checker=bob, by=bob, at=AT)
    assert check.state == CheckState.GATHERING
    log_search(check=check, query="no choice", found=0, sources=13, by=bob, at=AT)
    judge(claim, checker=bob, reviewer=dana, editor=alice, verdict="not_enough_evidence", rating="unproven")
    return claim


def text_at(address: str) -> str:
    return Client().get(address).content.decode()


def test_readers_are_told_on_every_page_of_the_check(article: Any, claim: Any, searched: Claim) -> None:
    piece = f"/read/{article.slug}/"
    pages = [text_at(each) for each in (piece, f"{piece}claims/{searched.uid}/", f"/embed/claims/{searched.uid}/")]

    assert [page.count(f"{SAID}.") for page in pages] == [1, 1, 1]
    assert SAID not in text_at(f"{piece}claims/{claim.uid}/")


def test_programs_are_told_with_the_rating(article: Any, searched: Claim, settings: Settings) -> None:
    address = f"/read/{article.slug}/claims/{searched.uid}/"
    told = "Unproven – wording not found in 13 stored sources"

    [review] = documents_in(text_at(address))
    found = Client().get("/api/v1/claims:search", {"query": "She said so"}).json()["claims"][0]
    frame = Client().get("/oembed", {"url": settings.PUBLIC_URL + address}).json()

    assert review["reviewRating"]["alternateName"] == told
    assert complaints(review) == []
    assert found["claimReview"][0]["textualRating"] == told
    assert frame["title"] == f"{told}: She said so."
    assert f"{told}: She said so." in text_at("/read/feed.atom")


def test_another_verdict_on_the_wording_says_nothing_of_what_was_searched(
    article: Any, searched: Claim, alice: User, bob: User, dana: User
) -> None:
    address = f"/read/{article.slug}/claims/{searched.uid}/"
    assert SAID in text_at(address)

    judge(searched, checker=bob, reviewer=dana, editor=alice, correction_note="A recording turned up.")

    assert SAID not in text_at(address)
