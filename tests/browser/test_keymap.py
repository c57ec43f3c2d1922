"""Keys of one's own, as they are chosen, shown and pressed."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import Quote
from newsdesk.models import User
from newsdesk.operations import choose_keys
from tests.browser.conftest import OpenPage
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)

Check = Callable[[Page], None]
PLACES = {"ф": "KeyA", "й": "KeyQ", "о": "KeyJ", "п": "KeyG", "ц": "KeyW"}


def press(page: Page, key: str) -> None:
    """Press a key of a Russian keyboard, as the system reports it."""
    devices = page.context.new_cdp_session(page)
    for kind in ("keyDown", "keyUp"):
        text = key if kind == "keyDown" else ""
        devices.send("Input.dispatchKeyEvent", {"type": kind, "key": key, "code": PLACES[key], "text": text})
    devices.detach()


def test_a_key_of_ones_own_is_chosen_shown_and_acts(
    signed_in: OpenPage, alice: User, assert_accessible: Check, assert_no_sideways_scroll: Check
) -> None:
    article = make_article(by=alice)
    page = signed_in(alice)
    page.goto("/account/")
    page.get_by_role("link", name="Which key does what").click()
    page.get_by_label("Mark as quote").focus()
    press(page, "ф")
    expect(page.get_by_label("Mark as quote")).to_have_value("ф")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("Your keys are saved")
    expect(page.get_by_label("Mark as quote")).to_have_accessible_description("instead of q")
    assert_accessible(page)
    assert_no_sideways_scroll(page)

    page.goto(f"/articles/{article.uid}/")
    expect(page.locator("[data-new=quote] kbd")).to_have_text("ф")
    page.keyboard.press("?")
    row = page.get_by_role("dialog", name="Keys").locator("dl div", has_text="Mark as quote")
    expect(row.locator("kbd")).to_have_text("ф")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("w")
    page.keyboard.press("q")
    assert not Quote.objects.exists()
    press(page, "ф")

    expect(page.locator("#selected")).to_have_text("Q1 selected")
    assert Quote.objects.count() == 1


def test_without_a_script_two_acts_on_one_key_are_named_and_one_is_reset(signed_in: OpenPage, alice: User) -> None:
    choose_keys(keys={"undo": "я"}, by=alice, at=timezone.now())
    page = signed_in(alice, java_script_enabled=False)
    page.goto("/account/keys/")
    page.get_by_label("Mark as quote").fill("c")
    page.get_by_label("Mark as quote").press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("for both “Mark as quote” and “Mark as claim”")
    expect(page.get_by_label("Mark as quote")).to_have_attribute("aria-invalid", "true")

    page.get_by_label("Mark as quote").fill("ы")
    page.get_by_role("button", name="Reset Undo").click()

    expect(page.get_by_role("status")).to_contain_text("Your keys are saved")
    expect(page.get_by_label("Undo")).to_have_value("z")
    expect(page.get_by_label("Mark as quote")).to_have_value("ы")


def test_a_conflict_is_accessible(
    signed_in: OpenPage, alice: User, assert_accessible: Check, assert_no_sideways_scroll: Check
) -> None:
    page = signed_in(alice)
    page.goto("/account/keys/")
    assert_accessible(page)
    page.get_by_label("Mark as quote").press("c")
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def test_on_a_keyboard_of_another_script_letters_act_by_their_place(signed_in: OpenPage, alice: User) -> None:
    article = make_article(by=alice)
    page = signed_in(alice)
    page.goto(f"/articles/{article.uid}/")
    for key in "ооцй":
        press(page, key)

    expect(page.locator("#selected")).to_have_text("Q1 selected")
    press(page, "п")
    press(page, "ф")

    expect(page).to_have_url("/articles/")
