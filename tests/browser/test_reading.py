"""A published piece in a real browser, by somebody without an account: read, followed, embedded, corrected."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from annotations.operations.readers.corrections import request_correction
from newsdesk.models import User
from tests.browser.conftest import OpenPage
from tests.factories import AT, make_claim
from tests.factories.published import judge, make_judged, make_published


@pytest.fixture
def article(alice: User) -> Any:
    return make_published(by=alice, outlet="The Courier", language="en")


@pytest.fixture
def claim(article: Any, alice: User, bob: User, dana: User) -> Any:
    return make_judged(article, checker=bob, reviewer=dana, editor=alice)


@pytest.fixture
def refuted(article: Any, claim: Any, alice: User, bob: User, dana: User) -> Any:
    other = make_claim(article, "for two years", by=bob, canonical="The harbour bridge closes for two years.")
    values: dict[str, Any] = {"verdict": "refuted", "rating": "false", "reason": "It closes for one."}
    judge(other, checker=bob, reviewer=dana, editor=alice, **values)
    note: dict[str, Any] = {"correction_note": "We had read the draft.", "at": datetime(2025, 6, 1, tzinfo=UTC)}
    judge(other, checker=bob, reviewer=dana, editor=alice, **values, **note)
    return other


def test_a_reader_follows_a_line_to_its_check_and_back_without_a_script(
    open_page: OpenPage, article: Any, claim: Any, refuted: Any
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/read/")
    page.get_by_role("link", name="Council votes to close the harbour bridge").click()
    page.get_by_role("link", name="Claim 1: False").click()

    check = page.locator(f"#check-{refuted.uid}")
    expect(check).to_be_in_viewport()
    expect(check.get_by_text("It closes for one.")).to_be_visible()
    expect(check.get_by_text("We had read the draft.")).to_be_visible()
    check.get_by_role("link", name="Back to claim 1").click()
    expect(page.get_by_role("link", name="Claim 1: False")).to_be_in_viewport()


def test_a_reader_asks_for_a_correction_without_a_script_and_an_account(
    open_page: OpenPage, article: Any, claim: Any
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"/read/{article.slug}/")
    page.get_by_role("complementary").get_by_role("link", name="Ask for a correction").click()
    page.get_by_role("textbox", name="What is wrong?").fill("It costs 14 million.")
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_text("It has arrived and waits for a decision.")).to_be_visible()


def test_a_check_shows_in_a_sandboxed_frame_of_another_page(
    open_page: OpenPage, live_server: LiveServer, claim: Any
) -> None:
    page = open_page()
    page.goto("/read/")
    page.route(
        "**/elsewhere/",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f'<iframe title="check" width="600" height="340" sandbox="allow-popups" '
            f'src="{live_server.url}/embed/claims/{claim.uid}/"></iframe>',
        ),
    )
    page.goto("/elsewhere/")

    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name=claim.canonical)).to_be_visible()
    expect(frame.locator(".verdict path").first).to_be_attached()
    paper = frame.locator("body").evaluate("body => getComputedStyle(body).borderInlineStartWidth")
    assert paper == "3px"


def test_a_frame_fits_and_is_accessible(
    open_page: OpenPage,
    claim: Any,
    assert_accessible: Callable[[Page], None],
    assert_no_sideways_scroll: Callable[[Page], None],
) -> None:
    page = open_page()
    # No script runs under the frame's own policy, not even the one that looks.
    page.route(
        "**/embed/**", lambda route: route.fulfill(response=route.fetch(), headers={"content-type": "text/html"})
    )
    page.goto(f"/embed/claims/{claim.uid}/")

    assert_accessible(page)
    assert_no_sideways_scroll(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_readers_get_fits_and_is_accessible(
    open_page: OpenPage,
    article: Any,
    claim: Any,
    refuted: Any,
    assert_accessible: Callable[[Page], None],
    assert_no_sideways_scroll: Callable[[Page], None],
    scheme: str,
) -> None:
    page = open_page(color_scheme=scheme)
    source = claim.evidence.get().uid

    for address in (
        "/read/",
        f"/read/{article.slug}/",
        f"/read/{article.slug}/claims/{refuted.uid}/",
        f"/read/{article.slug}/sources/{source}/",
        f"/read/{article.slug}/correct/",
    ):
        page.goto(address)
        assert_accessible(page)
        assert_no_sideways_scroll(page)


def test_words_that_run_leftwards_stand_on_their_side(
    open_page: OpenPage, alice: User, bob: User, dana: User, assert_no_sideways_scroll: Callable[[Page], None]
) -> None:
    text = "المجلس يغلق جسر الميناء\n\nصوّت المجلس يوم الثلاثاء على إغلاق الجسر. التكلفة 12 مليون يورو.\n"
    article = make_published(by=alice, text=text, language="ar")
    said = make_claim(article, "التكلفة 12 مليون يورو", by=bob, canonical="تكلفة الجسر 12 مليون يورو.")
    judge(said, checker=bob, reviewer=dana, editor=alice)
    page = open_page()
    page.goto(f"/read/{article.slug}/")

    direction = page.locator("article.text").evaluate("text => getComputedStyle(text).direction")

    assert direction == "rtl"
    assert_no_sideways_scroll(page)


def test_an_editor_decides_without_a_script_on_pages_that_fit(
    open_page: OpenPage,
    article: Any,
    alice: User,
    assert_accessible: Callable[[Page], None],
    assert_no_sideways_scroll: Callable[[Page], None],
) -> None:
    request_correction(
        article=article, revision=article.head, text="It costs 14 million.", contact="reader@post.example", at=AT
    )
    page, looking = open_page(alice, java_script_enabled=False), open_page(alice)
    page.goto("/")
    page.get_by_role("link", name="Correction requests 1").click()
    page.get_by_role("link", name="It costs 14 million.").click()
    page.get_by_role("radio", name="Decline").check()
    page.get_by_role("textbox", name="Reason").fill("The estimate says 12.")
    page.get_by_role("button", name="Decide").click()

    expect(page.get_by_text("The estimate says 12.")).to_be_visible()
    for address in ("/corrections/?state=all", page.url):
        looking.goto(address)
        assert_accessible(looking)
        assert_no_sideways_scroll(looking)
