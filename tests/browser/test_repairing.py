"""The repair queue in a browser: after a rewrite, marks are decided on by keys alone, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from annotations.models import BiasTag, Claim
from annotations.operations.workbench.revising import revise
from articles.anchoring.text import Block, BlockKind
from articles.models import Anchor, Article, CurrentAnchor
from articles.operations.placing import place_mark
from articles.operations.revising import Rewritten
from newsdesk.models import User
from tests.browser.conftest import OpenPage
from tests.factories import AT, make_article, make_claim, make_tag, words_of

pytestmark = pytest.mark.django_db(transaction=True)

Look = Callable[[Page], None]
CLOSED = "close the harbour bridge for two years"
TAGGED = "the decision was reckless"


@pytest.fixture
def marks(alice: User) -> list[Any]:
    """Two marks whose words were edited and one whose words are gone, in the order of the queue."""
    article = make_article(by=alice)
    made = [
        make_claim(article, CLOSED, by=alice),
        make_tag(article, TAGGED, by=alice),
        make_claim(article, by=alice),
    ]
    text = article.head.text.replace("for two years", "for three long years 👩‍🚒")
    text = text.replace(TAGGED, "the decision was rather reckless")
    text = text.replace("The repair will cost 12 million euros, according to the council’s own estimate.", "Who knows?")
    headline, *texts = text.split("\n\n")
    rewritten = Rewritten(headline, [Block(BlockKind.PARAGRAPH, each) for each in texts])
    revise(article=article, base=1, rewritten=rewritten, by=alice, at=AT)
    return made


def anchor_of(mark: Claim | BiasTag) -> Anchor:
    return CurrentAnchor.of(mark.span_id or 0, Article.objects.get(pk=mark.article_id).head_id or 0)


def test_three_marks_are_repaired_by_keys_alone(signed_in: OpenPage, alice: User, marks: list[Any]) -> None:
    closed, tag, price = marks
    page = signed_in(alice)
    page.goto("/")
    page.keyboard.press("g")
    page.keyboard.press("r")
    page.wait_for_url("**/repairs/**")
    heading = page.get_by_role("heading", level=2).first
    expect(heading).to_contain_text("C1")
    expect(page.locator("#text mark")).to_have_text("close the harbour bridge for three long years")
    page.evaluate("window.isSame = true")

    page.keyboard.press("Enter")
    expect(heading).to_contain_text("B1")
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#text mark")).to_have_text("said the decision was rather")
    expect(page.locator("[data-difference] del")).to_have_text(["reckless"])
    page.keyboard.press("Enter")
    expect(heading).to_contain_text("C2")
    page.keyboard.press("o")

    expect(page.get_by_text("Nothing to repair")).to_be_visible()
    assert page.evaluate("window.isSame")
    assert [(anchor_of(mark).state, anchor_of(mark).reason) for mark in marks] == [
        ("anchored", "placed"),
        ("anchored", "placed"),
        ("orphaned", "said so"),
    ]
    assert anchor_of(closed).exact == "close the harbour bridge for three long years"
    assert anchor_of(tag).exact == "said the decision was rather"
    assert anchor_of(price).start is None


def test_letters_are_never_halved(signed_in: OpenPage, alice: User, marks: list[Any]) -> None:
    page = signed_in(alice)
    page.goto("/repairs/")

    page.keyboard.press("Control+ArrowRight")
    page.keyboard.press("Control+ArrowRight")
    expect(page.locator("#text mark")).to_have_text("close the harbour bridge for three long years 👩‍🚒")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("B1")

    assert anchor_of(marks[0]).exact == "close the harbour bridge for three long years 👩‍🚒"


def test_marks_are_passed_over_and_a_decision_is_taken_back(signed_in: OpenPage, alice: User, marks: list[Any]) -> None:
    page = signed_in(alice)
    page.goto(f"/repairs/?article={marks[0].article.uid}")
    heading = page.get_by_role("heading", level=2).first
    expect(page.get_by_text("1 of 3")).to_be_visible()

    page.keyboard.press("j")
    expect(heading).to_contain_text("B1")
    expect(page.get_by_text("2 of 3")).to_be_visible()
    page.keyboard.press("k")
    expect(heading).to_contain_text("C1")
    page.keyboard.press("o")
    expect(heading).to_contain_text("B1")
    page.keyboard.press("z")

    expect(heading).to_contain_text("C1")
    expect(page.get_by_text("1 of 3")).to_be_visible()
    assert anchor_of(marks[0]).state == "needs_review"


def test_words_for_a_lost_mark_are_chosen_by_arrows_or_by_selecting_them(
    signed_in: OpenPage, alice: User, marks: list[Any]
) -> None:
    page = signed_in(alice)
    page.goto(f"/repairs/?mark={marks[2].uid}")
    page.keyboard.press("Enter")
    expect(page.locator("#bench-live")).to_contain_text("Choose words first")

    page.keyboard.press("ArrowRight")
    expect(page.locator("#text mark")).to_have_text("Who")
    page.locator("#text [data-start]", has_text="had no choice").click(click_count=3)
    expect(page.locator("#text mark")).to_contain_text("had no choice")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=2).first).to_contain_text("C1")
    assert "had no choice" in anchor_of(marks[2]).exact


def test_what_somebody_else_decided_is_said_and_the_next_one_follows(
    signed_in: OpenPage, alice: User, bob: User, marks: list[Any], assert_accessible: Look
) -> None:
    page = signed_in(alice)
    page.goto("/repairs/")
    expect(page.locator("#text mark")).to_be_visible()
    article = Article.objects.select_related("head").get(pk=marks[0].article_id)
    place_mark(mark=marks[0], base=2, words=words_of(article, "close the harbour bridge"), by=bob, at=AT)

    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("Bob Tanaka put C1 on “close the harbour bridge”")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("B1")
    assert_accessible(page)


def test_the_queue_works_without_a_script(signed_in: OpenPage, alice: User, marks: list[Any]) -> None:
    page = signed_in(alice, java_script_enabled=False)
    page.goto("/repairs/")

    page.get_by_role("button", name="Accept this place").click()
    page.get_by_role("button", name="No place").click()
    page.get_by_role("textbox", name="Words optional").fill("Who knows?")
    page.get_by_role("button", name="Put the mark there").click()

    expect(page.get_by_text("Nothing to repair")).to_be_visible()
    assert [anchor_of(mark).state for mark in marks] == ["anchored", "orphaned", "anchored"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_queue_has_no_barriers(
    signed_in: OpenPage,
    alice: User,
    marks: list[Any],
    assert_accessible: Look,
    assert_no_sideways_scroll: Look,
    scheme: Any,
) -> None:
    page = signed_in(alice, color_scheme=scheme)
    for address in ("/repairs/", f"/repairs/?mark={marks[2].uid}&whole=1", "/repairs/?article=" + "0" * 32):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_text("Repair queue")

        assert_accessible(page)
        assert_no_sideways_scroll(page)
