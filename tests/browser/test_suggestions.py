"""Deciding on suggested quotes in a browser, with one key each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article, Origin, Quote, Speaker
from articles.operations.suggesting import suggest_quotes
from newsdesk.models import User
from tests.browser.conftest import OpenPage
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = """Bridge to close for two years

The harbour bridge will close in March, Mayor Ines Duarte said on Tuesday.

“We had no choice,” Duarte said. “The steel is tired.”
"""


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice, text=TEXT)


@pytest.fixture
def bench(signed_in: OpenPage, alice: User, article: Article, at: datetime) -> Page:
    first = suggest_quotes(article=article, by=alice, at=at)[0]
    page = signed_in(alice)
    page.goto(f"/articles/{article.uid}/?mark={first.uid}")
    return page


def test_a_key_decides_and_the_next_suggestion_is_selected(bench: Page) -> None:
    expect(bench.locator("#selected")).to_have_text("Q1 selected")

    bench.keyboard.press("a")
    expect(bench.locator("#selected")).to_have_text("Q2 selected")
    bench.keyboard.press("x")
    expect(bench.locator("#selected")).to_have_text("Q3 selected")
    bench.keyboard.press("m")
    expect(bench.get_by_role("heading", name="Change quote")).to_be_visible()
    bench.get_by_label("Cue").fill("said")
    bench.get_by_role("button", name="Save").click()

    expect(bench.get_by_role("heading", name="Direct quote")).to_be_visible()
    origins = list(Quote.objects.order_by("pk").values_list("origin", flat=True))
    assert origins == [Origin.ACCEPTED, Origin.REJECTED, Origin.CORRECTED]


def test_sure_quotes_are_accepted_together(bench: Page) -> None:
    bench.get_by_text("Layers, voices, outline").click()
    bench.get_by_text("Accept sure quotes").click()
    bench.get_by_label("At least so sure, in %").fill("1")
    bench.get_by_role("button", name="Accept all of them").click()

    expect(bench.get_by_text("3 quotes accepted in bulk.")).to_be_visible()
    assert set(Quote.objects.values_list("origin", flat=True)) == {Origin.ACCEPTED_IN_BULK}


def test_suggestions_have_no_barriers(
    bench: Page, assert_accessible: Callable[[Page], None], assert_no_sideways_scroll: Callable[[Page], None]
) -> None:
    assert_accessible(bench)
    bench.keyboard.press("a")
    expect(bench.locator("#selected")).to_have_text("Q2 selected")

    bench.goto("/suggestions/")

    expect(bench.get_by_role("table")).to_contain_text("100 %")
    assert_accessible(bench)
    assert_no_sideways_scroll(bench)


def test_the_page_of_a_speaker_has_no_barriers(
    bench: Page, assert_accessible: Callable[[Page], None], assert_no_sideways_scroll: Callable[[Page], None]
) -> None:
    bench.keyboard.press("a")
    expect(bench.locator("#selected")).to_have_text("Q2 selected")

    bench.goto(f"/speakers/{Speaker.objects.get().uid}/")

    assert_accessible(bench)
    assert_no_sideways_scroll(bench)
