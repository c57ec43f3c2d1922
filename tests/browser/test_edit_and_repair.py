"""From a sentence that is written anew to its mark standing again, as one person does it."""

import pytest
from playwright.sync_api import expect

from articles.models import Article, CurrentAnchor
from newsdesk.models import User
from tests.browser.conftest import OpenPage
from tests.browser.test_revising import SELECT, save
from tests.factories import make_article, make_claim

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_edited_sentence_leads_to_the_repair_of_its_mark(signed_in: OpenPage, alice: User) -> None:
    article = make_article(by=alice)
    claim = make_claim(article, by=alice)
    page = signed_in(alice)
    page.goto(f"/articles/{article.uid}/")
    page.get_by_role("link", name="Revise").click()
    page.locator(".editor-text").wait_for()
    page.get_by_role("textbox", name="Text", exact=True).focus()
    assert page.evaluate(SELECT, "12 million")
    page.keyboard.type("14 million")
    expect(page.locator("#foreseen-state")).to_have_text("0 kept, 1 needs a look")
    save(page)

    page.goto("/")
    page.get_by_role("link", name="1 mark needs a look").click()
    page.wait_for_url("**/repairs/**")  # its scripts have run by then
    expect(page.locator("#text mark")).to_contain_text("14 million euros")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing to repair")).to_be_visible()
    page.goto("/")

    anchor = CurrentAnchor.of(claim.span_id, Article.objects.get().head_id or 0)
    assert anchor.state == "anchored"
    assert "14 million" in anchor.exact
    expect(page.get_by_text("needs a look")).to_have_count(0)
