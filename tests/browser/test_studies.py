"""A study in a browser: made by its lead, read by three annotators with keys, to everybody's submission."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotations.models import BiasTag, Reading, SentenceFinding
from newsdesk.models import User
from tests.browser.conftest import OpenPage
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)

SAMPLE = (Path(__file__).parent.parent / "data" / "istanbul-talks.txt").read_text()
OWN = "Ferry talks fail\n\nThe reckless plan failed at once.\n===\nPort reopens\n\nShips came back on Monday."


def make_the_study(page: Page, people: list[User]) -> None:
    page.goto("/research/")
    page.get_by_role("link", name="Make a study").first.click()
    page.get_by_label("Name").fill("Framing of the talks")
    page.get_by_label("Guidelines").fill("Tag what the author says, not what others are quoted with.")
    page.get_by_role("button", name="Make it").click()
    page.get_by_label("Annotators for each text").fill("3")
    page.get_by_role("button", name="Plan it").click()
    page.get_by_text("Draw texts", exact=True).click()
    page.get_by_label("Language").fill("")
    page.get_by_role("button", name="Draw", exact=True).click()
    page.get_by_text("Texts of your own", exact=True).click()
    page.get_by_label("Texts", exact=True).fill(OWN)
    page.get_by_role("button", name="Bring them in").click()
    page.get_by_text("Take people in", exact=True).click()
    for person in people:
        page.get_by_label(person.name).check()
    page.get_by_role("button", name="Take them in").click()
    page.get_by_role("button", name="Hand out by lot").click()
    expect(page.get_by_text("9 texts handed out.")).to_be_visible()
    page.get_by_role("button", name="Open round 1").click()
    expect(page.get_by_text("Round 1 is open.")).to_be_visible()


def wait_for_keys(page: Page) -> None:
    """Until the bench has its script, which paints first and then listens."""
    page.locator("#text[data-paint=live]").wait_for(state="attached")


def read_one(page: Page) -> None:
    """Tag the first sentence, say nothing was found in the second, submit."""
    wait_for_keys(page)
    page.keyboard.press("j")
    page.keyboard.press("b")
    page.locator("[data-choose]").first.click()
    expect(page.locator("#selected")).to_have_text("B1 selected")
    page.keyboard.press("Escape")
    page.locator("#text .s").nth(1).focus()
    with page.expect_response("**/findings/"):
        page.keyboard.press("d")
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_role("heading", name="Submitted")).to_be_visible()


def test_a_study_of_the_sample_and_own_texts_from_making_it_to_everybodys_submission(
    signed_in: OpenPage,
    carol: User,
    emil: User,
    bob: User,
    ada: User,
    alice: User,
    assert_accessible: Callable[[Page], None],
    assert_no_sideways_scroll: Callable[[Page], None],
) -> None:
    article = make_article(by=alice, text=SAMPLE)
    lead = signed_in(carol)
    make_the_study(lead, [emil, bob, ada])
    assert_accessible(lead)
    assert_no_sideways_scroll(lead)

    for number, reader in enumerate((emil, bob, ada)):
        page = signed_in(reader)
        page.goto("/research/framing-of-the-talks/")
        page.get_by_role("button", name="Read your next text").click()
        expect(page.get_by_text("Tag what the author says")).to_be_visible()
        if number == 0:
            assert_accessible(page)
            assert_no_sideways_scroll(page)
        for text in range(3):
            if text:
                wait_for_keys(page)
                page.keyboard.press("N")
                expect(page.get_by_role("button", name="Submit", exact=True)).to_be_visible()
            read_one(page)
        page.goto(f"/articles/{article.uid}/")
        expect(page.locator("#text")).to_have_count(0)

    lead.reload()
    expect(lead.get_by_text("finished").first).to_be_visible()
    assert Reading.objects.filter(submitted_at__isnull=False).count() == 9
    assert (BiasTag.objects.count(), SentenceFinding.objects.count()) == (9, 9)
