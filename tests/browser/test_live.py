"""Two people on one workbench, each in a browser of their own."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Claim
from annotations.operations.checking.claims import change_claim
from articles.models import Article
from newsdesk.models import User
from tests.browser.conftest import OpenPage
from tests.browser.test_workbench import select
from tests.factories import AT, make_article, make_claim, make_quote, make_tag

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


@pytest.fixture
def two(signed_in: OpenPage, article: Article, alice: User, bob: User) -> tuple[Page, Page]:
    """Alice's window and Bob's, each knowing of the other."""
    pages = signed_in(alice), signed_in(bob)
    for page in pages:
        page.goto(f"/articles/{article.uid}/")
    expect(pages[0].get_by_text("Bob Tanaka, has it open")).to_be_attached()
    expect(pages[1].get_by_text("Alice Moreau, has it open")).to_be_attached()
    return pages


def test_one_sees_what_the_other_marks_without_touching_anything(
    two: tuple[Page, Page], assert_accessible: Callable[[Page], None]
) -> None:
    hers, his = two
    his.keyboard.press("j")
    focused = his.evaluate("document.activeElement.id")
    select(hers, "12 million euros")
    hers.keyboard.press("q")
    expect(hers.locator("#selected")).to_have_text("Q1 selected")

    expect(his.locator("#text .run[data-marks~=Q1]")).to_have_text("12 million euros")

    assert his.evaluate("document.activeElement.id") == focused
    assert_accessible(his)


def test_whoever_closes_the_page_is_gone(two: tuple[Page, Page]) -> None:
    hers, his = two

    hers.goto("/")

    expect(his.get_by_text("Alice Moreau, has it open")).to_have_count(0, timeout=15_000)
    expect(hers.get_by_text("Bob Tanaka, has it open")).to_be_attached()


def test_nothing_moves_under_whoever_writes(
    two: tuple[Page, Page], article: Article, alice: User, assert_accessible: Callable[[Page], None]
) -> None:
    _hers, his = two
    select(his, "reckless")
    his.keyboard.press("c")
    field = his.get_by_label("Restatement")
    field.fill("It was reckless.")

    make_quote(article, by=alice)
    make_tag(article, by=alice)

    expect(his.locator("#text .run[data-marks~=Q1]")).to_have_count(1)
    expect(field).to_have_value("It was reckless.")
    expect(field).to_be_focused()
    claim = Claim.objects.get()
    change_claim(claim=claim, seen=1, canonical="Hers.", by=alice, at=AT)
    expect(his.locator("#live-notice")).to_contain_text("mark")
    assert_accessible(his)
    his.locator("#live-notice").get_by_role("button", name="Show").click()
    expect(his.locator("#inspector")).to_contain_text("Hers.")
    expect(his.get_by_label("Restatement")).to_have_value("It was reckless.")


def test_the_inspector_shows_a_change_of_the_mark_in_it(two: tuple[Page, Page], article: Article, alice: User) -> None:
    _hers, his = two
    claim = make_claim(article, by=alice)
    his.goto(f"/articles/{article.uid}/?mark=C1")

    change_claim(claim=claim, seen=1, canonical="It costs twelve million.", by=alice, at=AT)

    expect(his.get_by_label("Restatement")).to_have_value("It costs twelve million.")


def test_a_new_text_is_offered_and_replaces_nothing(two: tuple[Page, Page], article: Article) -> None:
    hers, his = two
    hers.goto(f"/articles/{article.uid}/revise/")
    hers.get_by_role("textbox", name="Text", exact=True).press("Control+End")
    hers.keyboard.type(" Many agreed.")
    hers.get_by_role("button", name="See what happens").click()
    hers.get_by_role("button", name="Save as revision 2").click()
    expect(hers.get_by_text("Saved as revision 2.")).to_be_visible()

    expect(his.locator("#live-notice")).to_contain_text("The text was saved as revision 2")
    expect(his.locator("#text")).not_to_contain_text("Many agreed.")
    his.locator("#live-notice").get_by_role("button").click()
    expect(his.locator("#text")).to_contain_text("Many agreed.")


def test_a_page_stops_asking_when_its_person_is_signed_out(two: tuple[Page, Page]) -> None:
    _hers, his = two
    his.context.clear_cookies()
    with his.expect_response(lambda answer: "/live/" in answer.url and answer.status == 401):
        pass
    asked: list[str] = []
    his.on("request", lambda request: asked.append(request.url))

    his.wait_for_timeout(4000)  # longer than a page waits between two questions

    assert asked == []
