"""The administration under the policy that people get: nothing inline, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from articles.models import Quote
from newsdesk.models import User
from tests.factories import make_article, make_quote, make_speaker

OpenPage = Callable[..., Page]


def test_an_editor_changes_a_quote_without_breaking_the_policy(signed_in: OpenPage, alice: User) -> None:
    quote = make_quote(make_article(by=alice), by=alice)
    make_speaker(by=alice, name="Ines Duarte")
    page = signed_in(alice)

    page.goto("/admin/")
    page.get_by_role("link", name="Quotes", exact=True).first.click()
    page.get_by_role("link", name="Direct · unknown").click()
    page.get_by_label("Cue:").fill("insisted")
    page.locator(".select2-selection").click()
    page.locator(".select2-search__field").fill("duarte")
    page.get_by_role("option", name="Ines Duarte").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()

    changed = Quote.objects.get(pk=quote.pk)
    assert (changed.cue, changed.speaker and changed.speaker.name) == ("insisted", "Ines Duarte")


def test_dates_and_lists_of_actions_keep_to_the_policy(signed_in: OpenPage, alice: User) -> None:
    article = make_article(by=alice)
    page = signed_in(alice)

    page.goto("/admin/articles/article/?q=harbour")
    expect(page.get_by_role("link", name="Workbench")).to_be_visible()
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.get_by_role("link", name="Today").first.click()
    page.goto(f"/admin/articles/article/{article.pk}/history/")

    expect(page.get_by_text("Nothing was changed")).to_be_visible()
