"""Whoever is named by a hurtful rating is heard before it is published."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from annotations.models import Claim, DeskVerdict, FactCheck, Rating, Reply, RestingOn
from annotations.models.reply import HEARD
from annotations.operations.checking.checklaws import LawBroken
from annotations.operations.checking.factchecks import publish_verdict, review_check, send_to_review
from annotations.operations.checking.replies import (
    NotAsked,
    ReplyRetracted,
    TimesOutOfOrder,
    ask_for_reply,
    extend_deadline,
    leave_unasked,
    record_answer,
    retract_reply,
)
from annotations.permissions import visible_replies
from annotations.queries.checking.replies import replies_told
from articles.models import SpeakerKind, Stale
from newsdesk.models import User
from tests.factories import AT, make_article, make_check, make_claim, make_evidence, make_source, make_speaker
from tests.factories.callers import call

HOUR = timedelta(hours=1)
LATER = AT + timedelta(days=2)
ADVERSE = ("false", "mostly-false", "misleading")


def claim_of(kind: str, *, by: User) -> Claim:
    speaker = make_speaker(by=by, name="Ines Duarte", kind=kind)
    return make_claim(make_article(by=by), by=by, claimant_kind="speaker", speaker=speaker)


def approve(claim: Claim, *, by: User, reviewer: User, rating: str = "false", verdict: str = "refuted") -> FactCheck:
    """A check that nothing but a reply may keep from being published."""
    if not claim.evidence.exists():
        make_evidence(claim, make_source(by=by), by=by, stance="refutes")
    check = make_check(claim, checker=by, verdict=verdict, rating=rating)
    check = send_to_review(check=check, seen=check.version, by=by, at=AT)
    review_check(check=check, seen=check.version, decision="approve", by=reviewer, at=AT)
    return check


@pytest.fixture
def claim(alice: User) -> Claim:
    return claim_of("person", by=alice)


@pytest.fixture
def approved(claim: Claim, bob: User, dana: User) -> FactCheck:
    return approve(claim, by=bob, reviewer=dana)


def ask(claim: Claim, *, by: User, **change: Any) -> Reply:
    values: dict[str, Any] = {
        "speaker": claim.speaker,
        "channel": "mail",
        "asked_at": AT - HOUR,
        "deadline": AT + timedelta(days=1),
        "question": "Where is the figure from?",
    }
    return ask_for_reply(claim=claim, by=by, at=AT, **(values | change))


def publish(check: FactCheck, *, by: User, at: datetime = AT) -> DeskVerdict:
    return publish_verdict(check=check, seen=check.version, by=by, at=at)


@pytest.mark.parametrize("rating", ADVERSE)
@pytest.mark.parametrize("kind", ["person", "organisation"])
def test_a_hurtful_rating_of_somebody_named_is_not_published_unheard(
    alice: User, bob: User, dana: User, rating: str, kind: str
) -> None:
    check = approve(claim_of(kind, by=alice), by=bob, reviewer=dana, rating=rating)

    with pytest.raises(LawBroken, match="Ask Ines Duarte for a reply", check=lambda law: law.field == "reply"):
        publish(check, by=alice)

    assert not DeskVerdict.objects.exists()


@pytest.mark.parametrize(
    ("kind", "rating", "verdict"),
    [
        ("state", "false", "refuted"),
        ("group", "false", "refuted"),
        ("person", "mixed", "conflicting"),
        ("person", "true", "supported"),
    ],
)
def test_others_need_not_be_heard(alice: User, bob: User, dana: User, kind: str, rating: str, verdict: str) -> None:
    check = approve(claim_of(kind, by=alice), by=bob, reviewer=dana, rating=rating, verdict=verdict)

    assert publish(check, by=alice).number == 1


def test_a_claim_in_the_voice_of_the_article_names_nobody(alice: User, bob: User, dana: User) -> None:
    check = approve(make_claim(make_article(by=alice), by=alice), by=bob, reviewer=dana)

    assert publish(check, by=alice).number == 1


def test_an_answer_opens_the_way(approved: FactCheck, claim: Claim, alice: User, bob: User) -> None:
    reply = ask(claim, by=bob)
    record_answer(reply=reply, seen=1, answer="I was misheard.", answered_at=AT, by=bob, at=AT)

    assert publish(approved, by=alice).number == 1


def test_a_deadline_opens_the_way_when_it_has_passed_and_not_before(
    approved: FactCheck, claim: Claim, alice: User, bob: User
) -> None:
    ask(claim, by=bob)
    with pytest.raises(LawBroken):
        publish(approved, by=alice)

    assert publish(approved, by=alice, at=LATER).number == 1


def test_a_reason_for_not_asking_opens_the_way(approved: FactCheck, claim: Claim, alice: User, bob: User) -> None:
    leave_unasked(claim=claim, speaker=claim.speaker, reason="He died in 1994.", by=bob, at=AT)

    assert publish(approved, by=alice).number == 1


def test_what_was_taken_back_opens_nothing(approved: FactCheck, claim: Claim, alice: User, bob: User) -> None:
    reply = leave_unasked(claim=claim, speaker=claim.speaker, reason="He died in 1994.", by=bob, at=AT)
    retract_reply(reply=reply, seen=1, by=bob, at=AT)

    with pytest.raises(LawBroken):
        publish(approved, by=alice)


def published_past_the_operation(check: FactCheck, *, by: User, at: datetime) -> None:
    verdict = DeskVerdict.objects.create(
        claim=check.claim,
        number=1,
        verdict=check.verdict,
        rating=Rating.objects.in_use().get(slug="false"),
        reason="So.",
        created_by=by,
        created_at=at,
    )
    RestingOn.objects.create(desk_verdict=verdict, fact_check=check, version_seen=check.version)


def test_the_database_holds_the_same(approved: FactCheck, claim: Claim, alice: User, bob: User) -> None:
    ask(claim, by=bob)

    with pytest.raises(IntegrityError, match="was heard, let the deadline pass"), transaction.atomic():
        published_past_the_operation(approved, by=alice, at=AT)
    published_past_the_operation(approved, by=alice, at=LATER)  # bait: nothing else was wrong

    assert DeskVerdict.objects.count() == 1


def test_the_kinds_that_are_heard_are_those_the_database_knows() -> None:
    assert {SpeakerKind.PERSON, SpeakerKind.ORGANISATION} == HEARD


def test_times_are_in_order(claim: Claim, bob: User) -> None:
    with pytest.raises(TimesOutOfOrder, check=lambda refusal: refusal.field == "deadline"):
        ask(claim, by=bob, deadline=AT - 2 * HOUR)
    with pytest.raises(TimesOutOfOrder, check=lambda refusal: refusal.field == "asked_at"):
        ask(claim, by=bob, asked_at=AT + HOUR, deadline=LATER)
    reply = ask(claim, by=bob)
    for moment in (AT - 2 * HOUR, AT + HOUR):
        with pytest.raises(TimesOutOfOrder, check=lambda refusal: refusal.field == "answered_at"):
            record_answer(reply=reply, seen=1, answer="No.", answered_at=moment, by=bob, at=AT)
    with pytest.raises(TimesOutOfOrder, check=lambda refusal: refusal.field == "deadline"):
        extend_deadline(reply=reply, seen=1, deadline=AT, by=bob, at=AT)

    assert extend_deadline(reply=reply, seen=1, deadline=LATER, by=bob, at=AT).deadline == LATER


def test_nobody_answers_who_was_not_asked(claim: Claim, bob: User) -> None:
    reply = leave_unasked(claim=claim, name="The press office", reason="It was closed down.", by=bob, at=AT)

    with pytest.raises(NotAsked):
        record_answer(reply=reply, seen=1, answer="No.", answered_at=AT, by=bob, at=AT)


def test_what_was_taken_back_is_not_written_to(claim: Claim, bob: User) -> None:
    reply = retract_reply(reply=ask(claim, by=bob), seen=1, by=bob, at=AT)

    with pytest.raises(ReplyRetracted):
        record_answer(reply=reply, seen=2, answer="No.", answered_at=AT, by=bob, at=AT)


def test_of_two_who_write_an_answer_the_second_is_told(claim: Claim, bob: User) -> None:
    reply = ask(claim, by=bob)
    record_answer(reply=Reply.objects.get(), seen=1, answer="No.", answered_at=AT, by=bob, at=AT)

    with pytest.raises(Stale):
        record_answer(reply=reply, seen=1, answer="Yes.", answered_at=AT, by=bob, at=AT)


# what readers are told


def test_readers_are_told_what_stood_when_the_verdict_was_given(
    approved: FactCheck, claim: Claim, alice: User, bob: User
) -> None:
    reply = ask(claim, by=bob)
    verdict = publish(approved, by=alice, at=LATER)
    assert [each.standing for each in replies_told(claim, None)] == []
    at_publication = [each.standing for each in replies_told(claim, verdict.created_at)]

    record_answer(reply=reply, seen=1, answer="Late, but here.", answered_at=LATER + HOUR, by=bob, at=LATER + HOUR)
    ask_for_reply(
        claim=claim,
        name="The press office",
        channel="mail",
        asked_at=LATER,
        deadline=LATER + HOUR,
        by=bob,
        at=LATER + HOUR,
    )

    told = replies_told(claim, verdict.created_at)
    assert at_publication == ["expired"]
    assert [(each.reply.whom, each.standing, each.answer) for each in told] == [("Ines Duarte", "expired", "")]


# the page


def page_as(person: User, claim: Claim) -> str:
    client = Client()
    client.force_login(person)
    return client.get(reverse("annotations:claim", args=[claim.uid])).content.decode()


def test_the_page_names_the_reply_among_what_is_missing(approved: FactCheck, claim: Claim, alice: User) -> None:
    lacking = page_as(alice, claim)
    leave_unasked(claim=claim, speaker=claim.speaker, reason="He died in 1994.", by=alice, at=AT)

    missing = "A reply of Ines Duarte, a deadline that has passed, or the reason why nobody asked"
    assert f"<li>{missing}</li>" in lacking
    found = page_as(alice, claim)
    assert f"<li>{missing}</li>" not in found
    assert "He died in 1994." in found


def test_a_checker_notes_asking_and_the_answer_on_the_page(claim: Claim, bob: User) -> None:
    client = Client()
    client.force_login(bob)
    asked = {
        "ask-whom": "Ines Duarte",
        "ask-channel": "telephone",
        "ask-asked_at": "2025-05-13T10:00",
        "ask-deadline": "2025-05-14T10:00",
    }
    client.post(reverse("annotations:reply-ask", args=[claim.uid]), asked)
    reply = Reply.objects.get()
    assert (reply.speaker, reply.name, reply.approached_by) == (claim.speaker, "", bob)
    prefix = f"answer-{reply.pk}"
    answer = {
        f"{prefix}-version": 1,
        f"{prefix}-answer": "I never said so.",
        f"{prefix}-answered_at": "2025-05-13T11:00",
    }

    answered = client.post(reverse("annotations:reply-answer", args=[reply.uid]), answer, follow=True)

    assert answered.redirect_chain[0][0].endswith("#replies")
    assert "“I never said so.”" in answered.content.decode()


def test_a_deadline_before_the_asking_comes_back_with_what_was_typed(claim: Claim, bob: User) -> None:
    client = Client()
    client.force_login(bob)
    asked = {
        "ask-whom": "Her press office",
        "ask-channel": "mail",
        "ask-asked_at": "2025-05-13T10:00",
        "ask-deadline": "2025-05-12T10:00",
    }

    answer = client.post(reverse("annotations:reply-ask", args=[claim.uid]), asked)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "the deadline lies after the asking" in page
    assert 'value="Her press office"' in page
    assert not Reply.objects.exists()


def test_readers_see_who_was_heard_and_not_who_asked(
    approved: FactCheck, claim: Claim, alice: User, bob: User, rana: User
) -> None:
    reply = ask(claim, by=bob, channel="telephone")
    record_answer(reply=reply, seen=1, answer="I was misheard.", answered_at=AT, by=bob, at=AT)
    publish(approved, by=alice)
    claim.article.change(seen=claim.article.version, state="published", rights="own")

    page = page_as(rana, claim)

    assert "“I was misheard.”" in page
    assert "by telephone" in page_as(alice, claim)  # bait
    for kept in ("by telephone", "Where is the figure from?", "Bob Tanaka"):
        assert kept not in page


def test_who_may_not_write_checks_may_not_hear(claim: Claim, dana: User, rana: User) -> None:
    for person in (dana, rana):
        client = Client()
        client.force_login(person)
        answer = client.post(reverse("annotations:reply-unasked", args=[claim.uid]), {"unasked-whom": "X"})
        assert answer.status_code in {403, 404}
    assert visible_replies(dana).count() == visible_replies(rana).count() == 0


# the API


def test_a_reply_over_the_api_from_asking_to_taking_back(claim: Claim, bob: User) -> None:
    api = call(bob)
    body = {
        "claim": str(claim.uid),
        "speaker": str(claim.speaker.uid if claim.speaker else ""),
        "channel": "mail",
        "asked_at": "2025-05-13T10:00:00Z",
        "deadline": "2025-05-14T10:00:00Z",
    }

    made = api.post("replies/", body)
    address = f"replies/{made.json()['uid']}/"
    answered = api.post(f"{address}answer/", {"version": 1, "answer": "No.", "answered_at": "2025-05-13T11:00:00Z"})
    late = api.post(f"{address}put-off/", {"version": 2, "deadline": "2025-05-13T11:00:00Z"})
    gone = api.post(f"{address}retract/", {"version": 2})

    assert (made.status_code, made.json()["standing"], made.json()["whom"]) == (201, "expired", "Ines Duarte")
    assert (answered.json()["answer"], answered.json()["standing"]) == ("No.", "answered")
    assert (late.status_code, late.json()["errors"][0]["field"]) == (422, "deadline")
    assert gone.json()["standing"] == "retracted"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"channel": None}, "channel"),
        ({"not_asked_reason": "Dead."}, "channel"),
    ],
)
def test_a_reply_that_is_neither_asked_for_nor_left_is_refused_at_its_field(
    claim: Claim, bob: User, change: dict[str, Any], field: str
) -> None:
    body = {
        "claim": str(claim.uid),
        "name": "The press office",
        "channel": "mail",
        "asked_at": "2025-05-13T10:00:00Z",
        "deadline": "2025-05-14T10:00:00Z",
    } | change

    answer = call(bob).post("replies/", {name: value for name, value in body.items() if value is not None})

    assert answer.status_code == 422
    assert field in {each["field"] for each in answer.json()["errors"]}


def test_the_reason_for_not_asking_over_the_api(claim: Claim, bob: User) -> None:
    answer = call(bob).post("replies/", {"claim": str(claim.uid), "name": "Her", "not_asked_reason": "Dead."})

    assert (answer.status_code, answer.json()["standing"]) == (201, "unasked")


def test_an_unheard_rating_is_a_422_at_the_reply_over_the_api(approved: FactCheck, alice: User) -> None:
    answer = call(alice).post(f"fact-checks/{approved.uid}/publish/", {"version": approved.version})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "reply")
