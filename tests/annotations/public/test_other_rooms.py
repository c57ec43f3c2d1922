"""What notices, replies and holds make of the pages for everybody."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from annotations.operations.checking.replies import ask_for_reply, leave_unasked, record_answer
from annotations.operations.readers.holding import stop_verdict
from articles.operations.declaring import ask_outlet, declare, note_answer
from articles.operations.holds import stop
from newsdesk.models import User
from tests.factories import AT
from tests.factories.published import judge, make_published


def read(article: Any) -> str:
    return Client().get(f"/read/{article.slug}/").content.decode()


def stamp(article: Any) -> str:
    return Client().get(f"/read/{article.slug}/")["ETag"]


def test_readers_are_told_what_was_wrong_with_a_piece(article: Any, alice: User) -> None:
    before = stamp(article)

    declare(article=article, kind="correction", text="It is three years.", seen=article.version, by=alice, at=AT)

    page = read(article)
    assert "Correction, " in page
    assert "It is three years." in page
    assert stamp(article) != before


def test_readers_are_told_what_an_outlet_was_asked_and_answered(alice: User) -> None:
    article = make_published(by=alice, rights="unknown", outlet="The Courier")
    request = ask_outlet(
        article=article, asked_of="The Courier", asked_date=AT.date(), text="The sum is wrong.", by=alice, at=AT
    )
    unanswered, before = read(article), stamp(article)

    note_answer(
        request=request,
        answer="refused",
        answer_text="We stand by it.",
        answered_date=AT.date(),
        seen=request.version,
        by=alice,
        at=AT,
    )

    assert "Correction requested from The Courier" in unanswered
    assert "We stand by it." not in unanswered
    assert "We stand by it." in read(article)
    assert stamp(article) != before


def test_readers_see_who_was_heard_and_what_they_said_when_the_verdict_was_given(
    article: Any, claim: Any, alice: User, bob: User, dana: User
) -> None:
    asked = ask_for_reply(
        claim=claim, name="The builders", channel="mail", asked_at=AT, deadline=AT + timedelta(days=1), by=bob, at=AT
    )
    answered = AT + timedelta(hours=1)
    record_answer(reply=asked, seen=asked.version, answer="It will be less.", answered_at=answered, by=bob, at=answered)
    leave_unasked(claim=claim, name="The ferry", reason="It is not about them.", by=bob, at=AT)
    unheard = read(article)
    given = AT + timedelta(days=2)

    judge(claim, checker=bob, reviewer=dana, editor=alice, correction_note="They answered.", at=given)

    page = read(article)
    assert "It will be less." not in unheard
    assert "Reply of The builders" in page
    assert "“It will be less.”" in page
    assert "It is not about them." in page


def test_a_stopped_verdict_is_told_nowhere(article: Any, claim: Any, alice: User) -> None:
    def told() -> list[str]:
        search = Client().get("/api/v1/claims:search", {"query": "harbour bridge repair"})
        pages = [f"/read/{article.slug}/", f"/read/{article.slug}/claims/{claim.uid}/", "/read/feed.atom"]
        answers = [search, *(Client().get(page) for page in pages), Client().get(f"/embed/claims/{claim.uid}/")]
        return [answer.content.decode() for answer in answers]

    before = told()

    stop_verdict(claim=claim, reason="Counsel asks", placed_as="editor", by=alice, at=timezone.now())

    assert all("estimate says so" in page or "Supported" in page or "True" in page for page in before)
    assert not any("estimate says so" in page or "Counsel asks" in page for page in told())


@pytest.mark.parametrize("reason", ["A name that must not be read"])
def test_why_a_piece_was_stopped_is_the_desks_alone(article: Any, alice: User, reason: str) -> None:
    stop(article=article, reason=reason, placed_as="editor", by=alice, at=timezone.now())

    page = read(article)

    assert "This piece is not available" in page
    assert reason not in page
