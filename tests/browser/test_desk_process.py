"""What the desk says to readers, what it stops, and who checks what, in a browser; without a script as well."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from annotations.operations.checking.factchecks import propose_check
from annotations.operations.checking.handing import hand_over
from annotations.operations.readers.holding import stop_verdict
from articles.models import Article, Rights
from articles.operations.declaring import ask_outlet, declare
from newsdesk.models import User
from tests.browser.conftest import OpenPage
from tests.factories import make_article, make_check, make_claim

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timezone.now()


@pytest.fixture
def article(alice: User, bob: User) -> Article:
    """A published piece with a notice, a request, a stopped verdict, and checks of each sort."""
    article = make_article(by=alice, state="published")
    claim = make_claim(article, by=alice)
    told = {"kind": "clarification", "text": "The bridge is the old one.", "seen": article.version}
    declare(article=article, by=alice, at=NOW, **told)  # type: ignore[arg-type]
    asked = {"asked_of": "Harbour Courier", "text": "Two years, not three.", "asked_date": NOW.date()}
    ask_outlet(article=article, by=alice, at=NOW, **asked)  # type: ignore[arg-type]
    stop_verdict(claim=claim, reason="A letter of their lawyer.", placed_as="editor", by=alice, at=NOW)
    late = propose_check(claim=claim, by=alice, at=NOW)
    late.change(seen=1, due_at=NOW - timedelta(hours=3))
    check = make_check(make_claim(make_article(by=alice), by=alice, canonical="It is reckless."), checker=alice)
    hand_over(check=check, seen=check.version, to=bob, note="Ask the council.", by=alice, at=NOW)
    return article


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_desks_process_is_accessible_and_fits(
    signed_in: OpenPage,
    article: Article,
    alice: User,
    bob: User,
    rana: User,
    scheme: Any,
    assert_accessible: Callable[[Page], None],
    assert_no_sideways_scroll: Callable[[Page], None],
) -> None:
    claim, page = article.claims.get(), signed_in(alice, color_scheme=scheme)
    check = claim.fact_checks.get()
    addresses = (
        f"/articles/{article.uid}/notices/",
        f"/articles/{article.uid}/holds/",
        f"/claims/{claim.uid}/holds/",
        f"/claims/{claim.uid}/",
        f"/articles/{article.uid}/revise/",
        "/checks/",
        f"/checks/{check.uid}/plan/",
        "/",
    )

    for address in addresses:
        page.goto(address)
        assert_accessible(page)
        assert_no_sideways_scroll(page)
    of_bob, of_rana = signed_in(bob, color_scheme=scheme), signed_in(rana, color_scheme=scheme)
    of_bob.goto("/")
    assert_accessible(of_bob)
    of_rana.goto(f"/articles/{article.uid}/")
    assert_accessible(of_rana)
    article.refresh_from_db()
    declare(article=article, kind="retraction", text="None of it.", seen=article.version, by=alice, at=NOW)
    of_rana.goto(f"/articles/{article.uid}/")
    expect(of_rana.get_by_text("None of it.")).to_be_visible()
    assert_accessible(of_rana)
    assert_no_sideways_scroll(of_rana)


def test_readers_are_told_and_a_piece_is_stopped_without_a_script(signed_in: OpenPage, alice: User, rana: User) -> None:
    article = make_article(by=alice, state="published", rights=Rights.OWN)
    page = signed_in(alice, java_script_enabled=False)
    page.goto(f"/articles/{article.uid}/")

    page.get_by_role("link", name="Notices").click()
    page.get_by_label("Correction: something was wrong").check()
    page.get_by_label("What was wrong, as readers are told").fill("It is three years, not two.")
    page.get_by_role("button", name="Tell readers").click()
    expect(page.get_by_text("It is three years, not two.")).to_be_visible()

    reader = signed_in(rana)
    reader.goto(f"/articles/{article.uid}/")
    expect(reader.get_by_text("It is three years, not two.")).to_be_visible()
    page.goto(f"/articles/{article.uid}/holds/")
    page.get_by_label("Take it down at once; two people put it back").check()
    page.get_by_label("Reason").fill("A court order.")
    page.get_by_role("button", name="Stop it").click()
    expect(page.get_by_role("button", name="Agree to put it back")).to_be_visible()
    reader.goto(f"/articles/{article.uid}/")
    expect(reader.get_by_text("The desk has taken it down for now.")).to_be_visible()


def test_what_a_change_is_is_asked_where_the_text_is_saved(signed_in: OpenPage, alice: User) -> None:
    article = make_article(by=alice, state="published")
    page = signed_in(alice, java_script_enabled=False)
    page.goto(f"/articles/{article.uid}/revise/")
    page.get_by_label("Text", exact=True).fill("The council voted to close the bridge for three years.")
    page.get_by_role("button", name="See what happens").click()

    page.get_by_role("button", name="Save as revision 2").click()
    expect(page.get_by_text("Readers have this text. Say what this change is.").first).to_be_visible()
    page.get_by_label("Correction: something was wrong").check()
    page.get_by_label("What was wrong, as readers are told").fill("Three years, not two.")
    page.get_by_role("button", name="See what happens").click()
    page.get_by_role("button", name="Save as revision 2").click()

    page.wait_for_url(f"**/articles/{article.uid}/")
    article.refresh_from_db()
    assert (article.state, article.head.number) == ("corrected", 2)


def test_a_check_is_handed_over_and_acknowledged_without_a_script(signed_in: OpenPage, alice: User, bob: User) -> None:
    make_check(make_claim(make_article(by=alice), by=alice), checker=alice)
    page = signed_in(alice, java_script_enabled=False)
    page.goto("/checks/")

    page.get_by_role("link", name="Who and when").click()
    page.get_by_label("Checker").select_option("Bob Tanaka")
    page.get_by_label("Note for the receiver").fill("Ask the council.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Not acknowledged yet")).to_be_visible()

    of_bob = signed_in(bob, java_script_enabled=False)
    of_bob.goto("/")
    of_bob.get_by_role("link", name="hands C1 over to you").click()
    of_bob.get_by_role("button", name="Acknowledge").click()
    expect(of_bob.get_by_text("Acknowledged")).to_be_visible()
