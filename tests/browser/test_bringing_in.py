"""From an empty desk to an article: paste, look, restore a line, bring in; with a script and without."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.models import Revision
from newsdesk.models import User
from tests.factories import TEXT, make_article, make_check, make_claim, make_quote, make_tag

WITH_FURNITURE = TEXT + "\nShare this article\n\nPrev Post\n\nLeave a Reply\n"


def look_at(page: Page, text: str) -> None:
    page.get_by_label("Pasted text").fill(text)
    page.get_by_role("button", name="Look at it").click()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_a_newcomer_brings_in_the_first_piece(alice: User, signed_in: Callable[..., Page], script: bool) -> None:
    page = signed_in(alice, java_script_enabled=script)
    page.goto("/")

    page.get_by_role("main").get_by_role("link", name="Bring in a piece").click()
    look_at(page, WITH_FURNITURE)
    if script:
        page.get_by_role("button", name="Restore: Prev Post").focus()
        page.keyboard.press("r")
    else:
        page.get_by_role("button", name="Restore: Prev Post").click()
    expect(page.get_by_role("button", name="Remove again: Prev Post")).to_be_focused()
    expect(page.get_by_label("Pasted text")).to_have_value(WITH_FURNITURE)
    page.get_by_role("button", name="Bring in", exact=True).click()

    expect(page.get_by_role("main")).to_contain_text("Council votes to close the harbour bridge")
    revision = Revision.objects.get()
    assert revision.text.endswith("Prev Post")
    assert [line["text"] for line in revision.removed] == ["Share this article", "Leave a Reply"]


@pytest.mark.django_db(transaction=True)
def test_an_error_keeps_what_was_typed_and_leads_to_its_field(alice: User, signed_in: Callable[..., Page]) -> None:
    page = signed_in(alice)
    page.goto("/articles/new/")

    page.get_by_label("Published").fill("Tuesday")
    look_at(page, TEXT)

    expect(page.get_by_role("alert")).to_contain_text("may mean several days")
    expect(page.get_by_label("Published")).to_have_value("Tuesday")
    page.get_by_role("alert").get_by_role("link", name="Published").click()
    expect(page.get_by_label("Published")).to_be_focused()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_rooms_of_the_desk_are_open_to_everybody_at_every_width(
    alice: User,
    bob: User,
    signed_in: Callable[..., Page],
    assert_accessible: Callable[[Page], None],
    assert_no_sideways_scroll: Callable[[Page], None],
    theme: Any,
) -> None:
    article = make_article(by=alice, text=WITH_FURNITURE)
    make_quote(article, by=alice)
    make_tag(article, by=alice, severity=3)
    make_check(make_claim(article, by=alice), checker=bob)
    make_article(by=alice, text="From the wire\n\nA story.", state="incoming")
    page = signed_in(alice, color_scheme=theme)

    for address in ("/", "/articles/", "/articles/?words=zebra", "/search/?q=harbour", "/exports/?look=1"):
        page.goto(address)
        assert_accessible(page)
        assert_no_sideways_scroll(page)
    page.goto("/articles/new/")
    look_at(page, WITH_FURNITURE)
    assert_accessible(page)
    assert_no_sideways_scroll(page)


@pytest.mark.django_db(transaction=True)
def test_the_slash_leads_to_the_search_and_the_search_to_the_claim(alice: User, signed_in: Callable[..., Page]) -> None:
    make_claim(make_article(by=alice), by=alice)
    page = signed_in(alice)
    page.goto("/articles/")

    page.keyboard.press("/")
    page.keyboard.type("12 mill")
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("link", name="12 million euros").click()

    expect(page.get_by_role("main")).to_contain_text("The repair of the harbour bridge will cost 12 million euros.")
