"""Undo and redo in a browser: one key each, today and tomorrow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from annotations.operations.checking.claims import change_claim
from articles.models import Article, Quote
from newsdesk.models import User
from tests.browser.conftest import OpenPage
from tests.factories import make_article, make_claim, make_quote, make_tag

pytestmark = pytest.mark.django_db(transaction=True)

Look = Callable[[Page], None]


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


def test_a_mark_made_by_a_key_is_undone_by_another_and_comes_back_in_a_new_session(
    signed_in: OpenPage, alice: User, article: Article
) -> None:
    page = signed_in(alice)
    page.goto(f"/articles/{article.uid}/")
    for key in ("j", "j", "q"):
        page.keyboard.press(key)
    expect(page.locator("#selected")).to_have_text("Q1 selected")

    page.keyboard.press("z")
    expect(page.locator("[data-message]").get_by_text("Undone: Marked a quote")).to_be_visible()
    expect(page.locator("#text a.badge")).to_have_count(0)
    tomorrow = signed_in(alice)
    tomorrow.goto(f"/articles/{article.uid}/")
    tomorrow.keyboard.press("Z")

    expect(tomorrow.locator("[data-message]").get_by_text("Done again: Marked a quote")).to_be_visible()
    expect(tomorrow.locator("#selected")).to_have_text("Q1 selected")
    assert Quote.objects.get().is_live


def test_both_sides_stand_in_the_inspector_and_one_goes_on_to_what_was_before(
    signed_in: OpenPage, alice: User, bob: User, article: Article, at: datetime, assert_accessible: Look
) -> None:
    quote, claim = make_quote(article, by=alice), make_claim(article, by=alice)
    change_claim(claim=claim, seen=1, by=bob, at=at, canonical="The repair costs 12 million.")
    page = signed_in(alice)
    page.goto(f"/articles/{article.uid}/")

    page.keyboard.press("z")
    inspector = page.get_by_role("complementary", name="Inspector")
    expect(inspector.get_by_role("alert")).to_contain_text("Not undone")
    expect(inspector).to_contain_text("The repair costs 12 million.")
    assert_accessible(page)
    page.get_by_role("button", name="Leave it, and undo what you did before").click()

    expect(page.locator("[data-message]").get_by_text("Undone: Marked a quote")).to_be_visible()
    quote.refresh_from_db()
    assert not quote.is_live


def test_the_palette_finds_undo(signed_in: OpenPage, alice: User, article: Article) -> None:
    make_tag(article, by=alice)
    page = signed_in(alice)
    page.goto(f"/articles/{article.uid}/")

    page.keyboard.press("Control+k")
    page.keyboard.type("undo what")
    page.keyboard.press("Enter")

    expect(page.locator("[data-message]").get_by_text("Undone: Tagged bias")).to_be_visible()


def test_undo_works_without_a_script(signed_in: OpenPage, alice: User, article: Article) -> None:
    make_tag(article, by=alice)
    page = signed_in(alice, java_script_enabled=False)
    page.goto(f"/articles/{article.uid}/")

    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_role("status").get_by_text("Undone: Tagged bias")).to_be_visible()


def test_the_pages_of_acts_have_no_barriers(
    signed_in: OpenPage,
    alice: User,
    bob: User,
    ada: User,
    article: Article,
    at: datetime,
    assert_accessible: Look,
    assert_no_sideways_scroll: Look,
) -> None:
    page = signed_in(alice)
    page.goto("/acts/")
    expect(page.get_by_text("You have done nothing yet")).to_be_visible()
    assert_accessible(page)

    make_quote(article, by=alice)
    claim = make_claim(article, by=alice)
    change_claim(claim=claim, seen=1, by=bob, at=at, canonical="The repair costs 12 million.")
    page.goto("/acts/")
    page.get_by_role("listitem").filter(has_text="Marked a claim").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="This was changed since", level=1)).to_be_visible()
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    page.get_by_role("link", name="Back to where you were").click()
    page.get_by_role("listitem").filter(has_text="Marked a quote").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undid: Marked a quote")).to_be_visible()
    assert_accessible(page)
    assert_no_sideways_scroll(page)

    office = signed_in(ada)
    office.goto(f"/acts/of/{alice.uid}/?since=2025-05-13")
    expect(office.get_by_role("heading", name="1 act is left")).to_be_visible()
    assert_accessible(office)
    assert_no_sideways_scroll(office)
