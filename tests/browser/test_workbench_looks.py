"""The workbench for a text that runs leftwards, and for whoever wants nothing to move."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from articles.models import CurrentAnchor, Quote
from newsdesk.models import User
from tests.browser.conftest import OpenPage
from tests.factories import make_article, make_claim

pytestmark = pytest.mark.django_db(transaction=True)

ARABIC = "المجلس يغلق جسر الميناء\n\nBBC: صوّت المجلس يوم الثلاثاء على إغلاق الجسر. التكلفة 12 مليون يورو.\n\nWe wait.\n"
DIRECTIONS = "texts => texts.map(text => getComputedStyle(text).direction)"


def test_a_text_that_runs_leftwards_is_marked_from_its_right_side(
    signed_in: OpenPage,
    alice: User,
    assert_accessible: Callable[[Page], None],
    assert_no_sideways_scroll: Callable[[Page], None],
) -> None:
    article = make_article(by=alice, text=ARABIC, language="ar")
    make_claim(article, "يغلق جسر الميناء", by=alice, canonical="المجلس يغلق جسر الميناء.")
    page = signed_in(alice)
    page.goto(f"/articles/{article.uid}/")  # the badge of the claim, in Latin letters, stands before the headline

    directions = page.locator("#text, #text .block").evaluate_all(DIRECTIONS)
    for key in ("j", "j", "j", "w", "Shift+ArrowLeft", "q"):
        page.keyboard.press(key)

    expect(page.locator("#selected")).to_have_text("Q1 selected")
    assert directions == ["rtl", "rtl", "rtl", "ltr"]
    assert CurrentAnchor.of(Quote.objects.get().span_id, article.head_id).exact == "التكلفة 12"
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def test_nothing_moves_for_whoever_wants_it_still(signed_in: OpenPage, alice: User) -> None:
    article = make_article(by=alice)
    make_claim(article, by=alice)
    page = signed_in(alice, reduced_motion="reduce", viewport={"width": 390, "height": 700})
    page.goto(f"/articles/{article.uid}/")

    page.keyboard.press("Tab")
    page.goto(f"/articles/{article.uid}/?mark=C1")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].map((element) => getComputedStyle(element)).filter((style) =>
          [style.transitionDuration, style.animationDuration].some((time) => time.split(", ").some((each) =>
            parseFloat(each) > 0.01)) || style.scrollBehavior === "smooth").length"""
    )

    assert moving == 0
