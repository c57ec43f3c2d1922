"""Suggested claims and claims said before, in a browser: keys, and no barriers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Claim, ClaimMatch
from annotations.operations.checking.factchecks import review_check, send_to_review
from annotations.operations.checking.matching import confirm_match
from annotations.operations.desk.suggesting import suggest_claims
from articles.models import Article, DateBasis, Origin
from newsdesk.models import User
from tests.browser.conftest import OpenPage
from tests.factories import make_article, make_check, make_claim, make_evidence, make_source

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = """Mayor opens school

Mayor Ines Duarte opened a school in Porto. Duarte dismissed 40 teachers on Monday because of a new law.

The city built 300 flats in 2023, more than any other.
"""
SAID = "The harbour bridge in Velmora was closed after inspectors found a crack."
AGAIN = "Inspectors found a cracked cable, and the harbour bridge of Velmora was shut."


@pytest.fixture
def article(alice: User, at: datetime) -> Article:
    return make_article(by=alice, text=TEXT, language="en", published_at=at, date_basis=DateBasis.STATED)


def test_a_suggested_claim_says_why_and_is_decided_with_a_key(
    signed_in: OpenPage,
    alice: User,
    article: Article,
    at: datetime,
    assert_accessible: Callable[[Page], None],
    assert_no_sideways_scroll: Callable[[Page], None],
) -> None:
    suggested = suggest_claims(article=article, by=alice, at=at)
    dismissed = next(claim for claim in suggested if claim.canonical.startswith("Duarte"))
    page = signed_in(alice)
    page.goto(f"/articles/{article.uid}/?mark={dismissed.uid}")

    expect(page.get_by_text("Speaks for checking")).to_be_visible()
    expect(page.get_by_text("Proposed restatement")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("a")
    expect(page.locator("#ledger")).to_contain_text("dismissed 40 teachers")

    assert Claim.objects.get(pk=dismissed.pk).origin == Origin.ACCEPTED
    page.goto("/")
    expect(page.get_by_text("Suggested by the rules")).to_be_visible()
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def test_a_key_says_that_a_claim_was_made_before(
    signed_in: OpenPage, alice: User, assert_accessible: Callable[[Page], None]
) -> None:
    earlier = make_claim(make_article(by=alice), by=alice, canonical=SAID)
    make_claim(make_article(by=alice), by=alice, canonical=SAID)
    later = make_claim(make_article(by=alice), by=alice, canonical=AGAIN)
    page = signed_in(alice)
    page.goto(f"/claims/{later.uid}/")
    expect(page.get_by_role("heading", name="Said before?")).to_be_visible()
    assert_accessible(page)

    page.keyboard.press("x")
    expect(page.get_by_text("It is not offered for this claim again.")).to_be_visible()
    page.keyboard.press("a")
    expect(page.get_by_text("The two claims are linked.")).to_be_visible()

    assert set(ClaimMatch.objects.values_list("is_same", flat=True)) == {True, False}
    assert Claim.objects.get(pk=later.pk).same_as_id in {earlier.pk, earlier.pk + 1}


def test_a_draft_begins_with_the_verdict_on_the_same_claim(
    signed_in: OpenPage,
    alice: User,
    dana: User,
    at: datetime,
    assert_accessible: Callable[[Page], None],
    assert_no_sideways_scroll: Callable[[Page], None],
) -> None:
    earlier = make_claim(make_article(by=alice), by=alice, canonical=SAID)
    later = make_claim(make_article(by=alice), by=alice, canonical=AGAIN)
    make_evidence(earlier, make_source(by=alice), by=alice)
    check = make_check(earlier, checker=alice, reason="The log says so.")
    check = send_to_review(check=check, seen=check.version, by=alice, at=at)
    review_check(check=check, seen=check.version, decision="approve", by=dana, at=at)
    confirm_match(claim=later, other=earlier, seen=1, by=alice, at=at)
    page = signed_in(alice)
    page.goto(f"/claims/{later.uid}/")

    page.get_by_role("link", name="Begin with this verdict").click()

    expect(page.get_by_label("Reason, as readers will see it")).to_have_value("The log says so.")
    page.goto(f"/claims/{later.uid}/")
    assert_accessible(page)
    assert_no_sideways_scroll(page)
