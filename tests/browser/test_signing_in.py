"""The way in, as people meet it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from newsdesk.models import User
from newsdesk.operations import invite, make_token

OpenPage = Callable[..., Page]
Check = Callable[[Page], None]

PASSWORD = "seven quiet harbour cranes"


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def sign_in(page: Page, name: str, password: str) -> None:
    page.goto("/accounts/login/?next=/account/")
    page.get_by_label("User name or email").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_somebody_signs_in_with_a_password_and_out_again(page: Page, bob: User) -> None:
    bob.set_password(PASSWORD)
    bob.save()

    sign_in(page, "bob", PASSWORD)
    expect(page.get_by_role("heading", name="Bob Tanaka")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_wrong_password_is_said_in_words_and_read_out(page: Page, bob: User) -> None:
    sign_in(page, "bob", "not this one at all")

    expect(page.get_by_role("alert")).to_contain_text("not correct")


def test_a_link_shows_a_button_and_signs_in_whoever_presses_it(page: Page, ada: User, bob: User, now: datetime) -> None:
    key = invite(person=bob, by=ada, at=now, days=7)

    page.goto(f"/in/{key}/")
    page.goto(f"/in/{key}/")
    page.get_by_role("button", name="Sign in as Bob Tanaka").click()
    page.goto("/account/")

    expect(page.get_by_role("heading", name="Bob Tanaka")).to_be_visible()


def test_a_link_that_was_used_says_so(open_page: OpenPage, ada: User, bob: User, now: datetime) -> None:
    key = invite(person=bob, by=ada, at=now, days=7)
    first, second = open_page(), open_page()
    first.goto(f"/in/{key}/")
    second.goto(f"/in/{key}/")
    first.get_by_role("button", name="Sign in as").click()

    second.get_by_role("button", name="Sign in as").click()

    expect(second.get_by_role("heading", name="This link opens nothing")).to_be_visible()
    expect(second.get_by_text("only once")).to_be_visible()


def test_a_token_is_made_shown_once_and_revoked_without_a_script(signed_in: OpenPage, bob: User) -> None:
    page = signed_in(bob, java_script_enabled=False)
    page.goto("/account/tokens/")
    page.get_by_label("Name").fill("Wire importer")

    page.get_by_role("button", name="Make the token").click()
    expect(page.get_by_text("Wire importer is made")).to_be_visible()
    expect(page.locator("code")).to_contain_text(bob.tokens.get().hint)
    page.goto("/account/tokens/")
    expect(page.locator("code")).to_have_count(0)
    page.get_by_role("button", name="Revoke Wire importer").click()

    expect(page.get_by_role("status")).to_contain_text("Wire importer is revoked")


def test_the_theme_is_kept_for_the_next_page(signed_in: OpenPage, bob: User) -> None:
    page = signed_in(bob, color_scheme="light")
    page.goto("/account/")
    page.get_by_label("Dark").check()

    page.get_by_role("button", name="Save").click()
    page.goto("/account/tokens/")

    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_keys_open_their_list_the_search_and_the_palette(signed_in: OpenPage, bob: User) -> None:
    page = signed_in(bob)
    page.goto("/account/tokens/")

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type("account")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Bob Tanaka")).to_be_visible()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_letters_do_nothing_once_they_are_switched_off(signed_in: OpenPage, bob: User) -> None:
    page = signed_in(bob)
    page.goto("/account/")
    page.get_by_label("Off: only keys").check()
    page.get_by_role("button", name="Save").click()

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    page.keyboard.press("Control+k")

    expect(page.get_by_role("dialog", name="Commands")).to_be_visible()


OUTSIDE = ["/accounts/login/", "/accounts/password/reset/", "/accounts/signup/", "/in/nothing/", "/nowhere/"]
INSIDE = ["/account/", "/account/tokens/", "/accounts/2fa/", "/accounts/password/change/", "/accounts/logout/"]
LOOKS: list[dict[str, Any]] = [
    {"color_scheme": "light"},
    {"color_scheme": "dark"},
    {"forced_colors": "active"},
]


@pytest.mark.parametrize("options", LOOKS, ids=["light", "dark", "forced"])
def test_pages_of_the_door_are_for_everybody(
    open_page: OpenPage,
    bob: User,
    now: datetime,
    options: dict[str, Any],
    assert_accessible: Check,
    assert_no_sideways_scroll: Check,
) -> None:
    bob.set_password(PASSWORD)
    bob.save()
    make_token(person=bob, name="Notebook", scopes=["read", "export"], days=30, at=now)
    outside, inside = open_page(**options), open_page(bob, **options)

    for page, addresses in ((outside, OUTSIDE), (inside, INSIDE)):
        for address in addresses:
            page.goto(address)

            assert_accessible(page)
            assert_no_sideways_scroll(page)
