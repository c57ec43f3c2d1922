"""Replies, blind rounds, stale verdicts, translations and the methods page, in a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from annotations.models import Claim, Reply
from annotations.operations.checking.blind import begin_blind_round
from annotations.operations.checking.evidence import translate_evidence
from annotations.operations.checking.latersources import note_later_sources
from annotations.operations.checking.replies import ask_for_reply, leave_unasked, record_answer
from annotations.operations.readers.methods import write_methods
from articles.operations.sources import capture_snapshot
from newsdesk.models import User
from tests.factories import make_article, make_check, make_claim, make_evidence, make_source, make_speaker

OpenPage = Callable[..., Page]
Look = Callable[[Page], None]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def claim(alice: User, bob: User) -> Claim:
    speaker = make_speaker(by=alice)
    article = make_article(by=alice)
    article.change(seen=article.version, language="en")
    canonical = "The repair of the harbour bridge in Lisbon will cost 12 million euros."
    return make_claim(article, by=bob, canonical=canonical, claimant_kind="speaker", speaker=speaker)


@pytest.fixture
def full(claim: Claim, alice: User, bob: User) -> Claim:
    """Everything that a page of a claim can show of a verdict."""
    now = timezone.now()
    source = make_source(
        by=bob, language="de", text="Die Reparatur kostet zwölf Millionen Euro. Sie dauert zwei Jahre."
    )
    evidence = make_evidence(claim, source, "Die Reparatur kostet zwölf Millionen Euro.", by=bob)
    words = "The repair costs twelve million euros."
    translate_evidence(evidence=evidence, language="en", text=words, translator="Eve Lindqvist", by=bob, at=now)
    make_evidence(claim, make_source(by=bob, language="fr", text="Le pont coûte cher.", title="Note"), by=bob)
    make_check(claim, checker=bob, verdict="refuted", rating="false")
    capture_snapshot(source=source, text="Die Reparatur kostet mehr.", basis="capture", by=bob, at=now)
    later = make_source(by=bob, title="Audit", text="The bridge of Lisbon will cost 19.5 million euros.", at=now)
    note_later_sources(snapshot=later.snapshots.get().uid)
    asked: dict[str, Any] = {"channel": "mail", "asked_at": now - timedelta(days=2), "by": bob, "at": now}
    reply = ask_for_reply(claim=claim, speaker=claim.speaker, deadline=now + timedelta(days=1), **asked)
    record_answer(reply=reply, seen=1, answer="I was misheard.", answered_at=now, by=bob, at=now)
    ask_for_reply(claim=claim, name="Her press office", deadline=now + timedelta(days=1), **asked)
    leave_unasked(claim=claim, name="The builder", reason="It was wound up in 2019.", by=bob, at=now)
    return claim


@pytest.mark.parametrize("width", [1440, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_a_verdict_is_accessible(
    open_page: OpenPage,
    assert_accessible: Look,
    assert_no_sideways_scroll: Look,
    alice: User,
    full: Claim,
    width: int,
    scheme: str,
) -> None:
    for number in range(2):
        note = f"Version {number}."
        write_methods(text=f"We ask {number + 1} times.", change_note=note, base=number, by=alice, at=timezone.now())
    blind = make_claim(full.article, "The council voted", by=alice)
    begin_blind_round(claim=blind, by=alice, at=timezone.now())
    page = open_page(alice, viewport={"width": width, "height": 900}, color_scheme=scheme)

    for address in (
        reverse("annotations:claim", args=[full.uid]),
        reverse("annotations:claim", args=[blind.uid]),
        reverse("annotations:methods"),
        reverse("annotations:methods-version", args=[1]),
        reverse("annotations:methods-change"),
    ):
        page.goto(address)
        page.evaluate("() => document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        assert_accessible(page)
        assert_no_sideways_scroll(page)


def test_a_reply_is_asked_for_and_answered_without_a_script(open_page: OpenPage, bob: User, claim: Claim) -> None:
    page = open_page(bob, java_script_enabled=False)
    page.goto(reverse("annotations:claim", args=[claim.uid]))

    page.get_by_text("Note that somebody was asked").click()
    form = page.locator("form", has=page.get_by_role("button", name="Note it"))
    form.get_by_label("When").fill("2025-05-12T10:00")
    form.get_by_label("Answer by").fill("2025-05-14T10:00")
    form.get_by_role("button", name="Note it").click()
    page.get_by_text("Record the answer").click()
    answer = page.locator("form", has=page.get_by_role("button", name="Keep the answer"))
    answer.get_by_label("Answer, word for word").fill("I never said so.")
    answer.get_by_label("When").fill("2025-05-13T10:00")
    answer.get_by_role("button", name="Keep the answer").click()
    page.get_by_text("The answer is kept.").wait_for()

    assert page.get_by_text("“I never said so.”").is_visible()
    reply = Reply.objects.get()
    assert (reply.whom, reply.answer, reply.approached_by) == ("Ines Duarte", "I never said so.", bob)


def test_a_rating_gets_other_words_without_a_script(open_page: OpenPage, alice: User) -> None:
    page = open_page(alice, java_script_enabled=False)
    page.goto(reverse("annotations:methods-change"))

    page.get_by_text("Mostly true", exact=True).click()
    page.locator("#id_mostly-true-name").fill("Largely true")
    page.get_by_role("button", name="Give it these words").click()
    page.goto(reverse("annotations:methods"))

    assert page.get_by_text("Largely true").is_visible()
    assert page.get_by_text("Mostly true").count() == 0
