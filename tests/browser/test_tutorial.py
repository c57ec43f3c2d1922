"""docs/tutorial/first-claim.md, step by step on the demonstration desk, so that it cannot rot."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from annotations.models import Claim, FactCheck
from articles.models import CurrentAnchor, Quote, Revision
from newsdesk.models import User
from tests.browser.conftest import OpenPage

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial" / "first-claim.md"
HEADLINE = "Moscow sets the stage for Istanbul talks"
WORDS = "Russia says it’s ready to talk"
# The words stand in marks already, so that a selection begins and ends in different pieces of text.
SELECT = """([place, words]) => {
  const walker = document.createTreeWalker(document.querySelector(place), NodeFilter.SHOW_TEXT);
  const pieces = [];
  let all = "";
  while (walker.nextNode()) {
    pieces.push([walker.currentNode, all.length]);
    all += walker.currentNode.data;
  }
  const start = all.indexOf(words);
  const point = (offset, piece) => [piece[0], offset - piece[1]];
  const end = start + words.length;
  getSelection().setBaseAndExtent(
    ...point(start, pieces.findLast(([, at]) => at <= start)),
    ...point(end, pieces.findLast(([, at]) => at < end)),
  );
  return start >= 0;
}"""
RESTATEMENT = "On 13 May 2025 Russia said it was ready to talk."


@pytest.fixture
def as_person(open_page: OpenPage, person: Callable[..., User]) -> Callable[[str], Page]:
    """Windows of the people of the demonstration desk, by user name."""
    seeded = person("Somebody Else")  # a truncated database gets its seed back
    assert seeded.pk
    call_command("demo", stdout=StringIO())
    return lambda name: open_page(User.objects.get(username=name))


def mark_the_claim(page: Page) -> Claim:
    """Steps 2 and 3."""
    page.goto("/")
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Articles").click()
    page.get_by_role("main").get_by_role("link", name=HEADLINE).first.click()
    page.locator("[data-paint=live]").first.wait_for(state="attached")
    assert page.evaluate(SELECT, ["#text", WORDS])
    page.keyboard.press("c")
    restatement = page.get_by_label("Restatement")
    expect(restatement).to_have_value(WORDS)
    page.keyboard.press("m")
    expect(restatement).to_be_focused()
    restatement.fill(RESTATEMENT)
    page.keyboard.press("Escape")
    expect(page.locator("[data-saving]")).to_have_text("Saved")
    page.get_by_role("link", name="Evidence and verdict").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(RESTATEMENT)
    return Claim.objects.get(canonical=RESTATEMENT)


def judge_it(page: Page) -> None:
    """Steps 4 and 5, on the page of the claim."""
    page.keyboard.press("1")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Attached", exact=True)).to_be_visible()
    page.get_by_role("radio", name="Not enough evidence").check()
    page.get_by_label("Published rating").select_option("Unproven")
    page.get_by_label("Reason, as readers will see it").fill("The sources of that day do not say so.")
    page.get_by_role("button", name="Send to review").click()
    expect(page.get_by_text("Sent to review.")).to_be_visible()


def revise_the_article(page: Page, claim: Claim) -> None:
    """Step 7."""
    page.goto(f"/articles/{claim.article.uid}/")
    page.get_by_role("link", name="Revise").click()
    page.locator("#editor .editor-text").focus()
    assert page.evaluate(SELECT, ["#editor .editor-text", "a Russian delegation"])
    page.keyboard.type("the Russian delegation")
    page.get_by_role("button", name="See what happens").click()
    page.locator("button[name=save]").click()
    page.wait_for_url(lambda address: f"/articles/{claim.article.uid}/" in address and "/revise/" not in address)


@pytest.mark.django_db(transaction=True)
def test_the_tutorial_can_be_followed_to_its_end(as_person: Callable[[str], Page]) -> None:
    said = " ".join(TUTORIAL.read_text(encoding="utf-8").split())
    assert all(
        words in said
        for words in (HEADLINE, WORDS, RESTATEMENT, "Evidence and verdict", "Send to review", "See what happens")
    )
    bob = as_person("bob")

    claim = mark_the_claim(bob)
    judge_it(bob)
    dana = as_person("dana")
    dana.goto(f"/claims/{claim.uid}/")
    dana.get_by_role("button", name="Approve").click()
    expect(dana.get_by_role("button", name="Approve")).to_have_count(0)
    revise_the_article(as_person("alice"), claim)
    bob.goto("/exports/?look=1")

    assert FactCheck.objects.get(claim=claim).state == "approved"
    revised = Revision.objects.get(article=claim.article, number=2)
    in_doubt = CurrentAnchor.objects.filter(revision=revised, anchor__state="needs_review").values("span")
    assert "One claim and one quote need a look" in said
    assert Claim.objects.filter(span__in=in_doubt).count() == 1
    assert Quote.objects.filter(span__in=in_doubt).count() == 1
    expect(bob.get_by_role("main")).to_contain_text("/api/v1/")
