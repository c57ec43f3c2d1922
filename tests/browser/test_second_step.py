"""The second step of signing in, from setting it up to letting it go, as its owner meets it."""

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from newsdesk.models import User

PASSWORD = "seven quiet harbour cranes"
Check = Callable[[Page], None]


def code_of(secret: str) -> str:
    """What an authenticator app shows for this secret now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


@pytest.fixture
def bob_with_password(bob: User) -> User:
    bob.set_password(PASSWORD)
    bob.save()
    return bob


def sign_in(page: Page) -> None:
    page.goto("/accounts/login/?next=/account/")
    page.get_by_label("User name or email").fill("bob")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def confirm(page: Page) -> None:
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def set_up_app(page: Page) -> None:
    """From the account page to the recovery codes, confirming the password on the way."""
    page.get_by_role("link", name="App, security keys, recovery codes").click()
    page.get_by_role("link", name="Set up an app").click()
    confirm(page)
    secret = page.locator("code").inner_text().strip()
    page.get_by_label("Six digits from the app").fill(code_of(secret))
    page.get_by_role("button", name="Use this app").click()
    expect(page.get_by_role("list", name="Codes that are left")).to_be_visible()


def test_an_app_is_set_up_asked_for_and_let_go(page: Page, bob_with_password: User, assert_accessible: Check) -> None:
    sign_in(page)
    set_up_app(page)
    assert_accessible(page)
    code = page.get_by_role("list", name="Codes that are left").get_by_role("listitem").first.inner_text()
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_text("A password alone does not let anybody into your account.")).to_be_visible()
    page.goto("/account/")
    page.get_by_role("button", name="Sign out").click()

    sign_in(page)
    page.get_by_label("Code", exact=True).fill("000000")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("This code is not correct")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto("/accounts/2fa/totp/deactivate/")
    confirm(page)
    page.get_by_role("link", name="Keep it").click()
    page.get_by_role("link", name="Stop using the app").click()
    page.get_by_role("button", name="Stop using it").click()

    expect(page.get_by_role("link", name="Set up an app")).to_be_visible()


def test_a_security_key_is_added_named_used_and_removed(
    page: Page, bob_with_password: User, assert_accessible: Check
) -> None:
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "usb",
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    sign_in(page)
    set_up_app(page)

    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_role("button", name="Add the key").click()
    expect(page.get_by_text("You have 1 key.")).to_be_visible()
    page.get_by_role("link", name="Your keys").click()
    page.get_by_role("link", name="Rename").click()
    page.get_by_label("What you call it").fill("Blue key")
    page.get_by_role("button", name="Save").click()
    assert_accessible(page)
    page.goto("/account/")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page)
    page.get_by_role("button", name="Use a security key").click()
    expect(page.get_by_role("heading", name="Bob Tanaka")).to_be_visible()
    page.goto("/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Remove Blue key").click()
    confirm(page)
    page.get_by_role("button", name="Remove it").click()

    expect(page.get_by_text("No keys yet.")).to_be_visible()


def test_a_key_that_does_not_answer_is_said_in_the_page(page: Page, bob_with_password: User) -> None:
    sign_in(page)
    set_up_app(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.evaluate('() => { navigator.credentials.create = () => Promise.reject(new Error("cancelled")); }')

    page.get_by_role("button", name="Add the key").click()

    expect(page.get_by_role("alert")).to_contain_text("The key did not answer")
