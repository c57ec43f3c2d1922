"""Comments in a browser: by keys alone, with the list of people, on two desks, and without a script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Claim, Comment
from annotations.operations.workbench.comments import comment
from articles.models import Article
from newsdesk.models import User
from tests.browser.conftest import OpenPage
from tests.factories import AT, make_article, make_claim

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


@pytest.fixture
def claim(article: Article, alice: User) -> Claim:
    return make_claim(article, by=alice)


def test_a_comment_goes_by_keys_to_anothers_desk_and_comes_back_answered(
    signed_in: OpenPage,
    article: Article,
    claim: Claim,
    alice: User,
    bob: User,
    assert_accessible: Callable[[Page], None],
) -> None:
    writer = signed_in(alice)
    writer.goto(f"/articles/{article.uid}/?mark=C1")
    writer.keyboard.press("t")
    writer.keyboard.type("Who counted, @bo")
    expect(writer.get_by_role("option", name="Bob Tanaka")).to_have_attribute("aria-selected", "true")
    assert_accessible(writer)
    writer.keyboard.press("Enter")
    expect(writer.get_by_label("Comment on C1")).to_have_value("Who counted, @bob ")
    writer.get_by_role("button", name="Comment", exact=True).click()
    expect(writer.locator(".said-words")).to_have_text("Who counted, @bob")
    assert writer.evaluate("document.activeElement.id").startswith("comment-")

    reader = signed_in(bob)
    reader.goto("/")
    reader.get_by_role("link", name="Alice Moreau mentions you").click()
    expect(reader.locator("[id^=comment-]")).to_be_focused()
    reader.locator("summary", has_text="Answer Alice Moreau").click()
    reader.get_by_role("textbox", name="Answer Alice Moreau").fill("The council did.")
    reader.get_by_role("button", name="Answer", exact=True).click()
    expect(reader.locator(".said-words")).to_have_count(2)
    reader.goto("/")
    expect(reader.get_by_text("mentions you")).to_have_count(0)

    writer.reload()
    writer.get_by_role("button", name="Resolve: Who counted, @bob").click()
    expect(writer.get_by_text("Resolved by Alice Moreau")).to_be_visible()
    expect(writer.locator(".tools [data-open-comments]")).to_have_text("")
    assert Comment.objects.filter(resolved_by=alice).count() == 1


def test_escape_closes_the_list_of_people_and_leaves_the_words(
    signed_in: OpenPage, article: Article, claim: Claim, alice: User, bob: User
) -> None:
    page = signed_in(alice)
    page.goto(f"/articles/{article.uid}/?mark=C1")
    page.keyboard.press("t")
    page.keyboard.type("@bo")
    expect(page.get_by_role("option", name="Bob Tanaka")).to_have_count(1)

    page.keyboard.press("Escape")

    expect(page.get_by_role("option", name="Bob Tanaka")).to_have_count(0)
    expect(page.get_by_label("Comment on C1")).to_have_value("@bo")


def test_the_page_of_a_claim_completes_names_by_keys_too(
    signed_in: OpenPage, claim: Claim, alice: User, bob: User, assert_accessible: Callable[[Page], None]
) -> None:
    page = signed_in(alice)
    page.goto(f"/claims/{claim.uid}/")
    page.locator("summary", has_text="Comment on C1").click()
    field = page.get_by_role("textbox", name="Comment on C1")
    field.focus()
    page.keyboard.type("Who counted, @")
    expect(page.get_by_role("option")).not_to_have_count(0)
    page.keyboard.type("tan")
    chosen = page.get_by_role("option", name="Bob Tanaka")
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    expect(field).to_have_attribute("aria-autocomplete", "list")
    expect(page.locator("#bench-live")).to_have_text("Bob Tanaka")
    assert_accessible(page)
    page.keyboard.press("Tab")
    page.keyboard.type("?")

    expect(field).to_have_value("Who counted, @bob ?")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".said-words")).to_have_text("Who counted, @bob ?")


def test_a_name_nobody_has_is_said_where_it_was_typed(
    signed_in: OpenPage, article: Article, claim: Claim, alice: User
) -> None:
    page = signed_in(alice)
    page.goto(f"/articles/{article.uid}/?mark=C1")
    page.keyboard.press("t")
    page.keyboard.type("@nobody, look")
    page.get_by_role("button", name="Comment", exact=True).click()

    field = page.get_by_label("Comment on C1")
    expect(field).to_be_focused()
    expect(field).to_have_value("@nobody, look")
    expect(page.get_by_role("alert")).to_contain_text("Nobody who sees this comment is called @nobody")


def test_comments_work_without_a_script(
    signed_in: OpenPage, article: Article, claim: Claim, alice: User, bob: User
) -> None:
    page = signed_in(alice, java_script_enabled=False)
    page.goto(f"/articles/{article.uid}/")
    page.get_by_role("link", name="Comments").click()
    page.locator("summary", has_text="Comment on the whole article").click()
    page.get_by_role("textbox", name="Comment on the whole article").fill("@bob, is it ready?")
    page.get_by_role("button", name="Comment", exact=True).click()

    expect(page.locator(".said-words")).to_have_text("@bob, is it ready?")
    page.get_by_role("button", name="Resolve: @bob, is it ready?").click()
    expect(page.get_by_text("Nothing waits for an answer.")).to_be_visible()


def test_what_is_said_fits_and_is_accessible(
    signed_in: OpenPage,
    article: Article,
    claim: Claim,
    alice: User,
    assert_accessible: Callable[[Page], None],
    assert_no_sideways_scroll: Callable[[Page], None],
) -> None:
    root = comment(article=article, span=claim.span, text=f"Long {'x' * 90}", by=alice, at=AT)
    comment(article=article, parent=root, text="Yes.", by=alice, at=AT)
    page = signed_in(alice, color_scheme="dark")

    for asked in ("mark=C1", "comments=open", "comments=resolved"):
        page.goto(f"/articles/{article.uid}/?{asked}")
        assert_accessible(page)
        assert_no_sideways_scroll(page)
