"""What happens to checks that are open when people act at once, or when their ground is taken away."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.models import Claim, FactCheck, Review
from annotations.operations.checking.checklaws import LawBroken
from annotations.operations.checking.claims import set_risk
from annotations.operations.checking.evidence import detach_evidence
from annotations.operations.checking.factchecks import publish_verdict, review_check, send_to_review, write_check
from annotations.queries.checking.verdicts import Staleness, verdicts_of
from articles.models import Access
from articles.operations.sources import capture_snapshot
from newsdesk.models import User
from tests.factories import AT, make_article, make_check, make_claim, make_evidence, make_source
from tests.factories.callers import call
from tests.factories.contention import at_once
from tests.factories.pages import page_of, signed_in

NEW = "The council now estimates 14 million euros."


@pytest.fixture
def claim(alice: User, bob: User) -> Claim:
    claim = make_claim(make_article(by=alice), by=bob)
    make_evidence(claim, make_source(by=bob), by=bob)
    return claim


@pytest.fixture
def in_review(claim: Claim, bob: User) -> FactCheck:
    check = make_check(claim, checker=bob)
    return send_to_review(check=check, seen=check.version, by=bob, at=AT)


def decide(check: FactCheck, decision: str, *, by: User, reason: str = "") -> Review:
    return review_check(check=check, seen=check.version, decision=decision, by=by, at=AT, reason=reason)


def fresh(check: FactCheck) -> FactCheck:
    return FactCheck.objects.get(pk=check.pk)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("second", ["approve", "return"])
def test_of_two_who_decide_at_once_the_second_is_told(
    in_review: FactCheck, alice: User, dana: User, second: str
) -> None:
    mine, theirs = fresh(in_review), fresh(in_review)

    outcomes = at_once(
        lambda: decide(mine, "approve", by=dana), lambda: decide(theirs, second, by=alice, reason="Look again.")
    )

    assert outcomes == ["Stale", "saved"]
    assert Review.objects.count() == 1
    assert fresh(in_review).state == ("approved" if Review.objects.get().decision == "approve" else "drafted")


@pytest.mark.django_db(transaction=True)
def test_two_who_agree_at_once_on_a_high_risk_approve_it(
    claim: Claim, in_review: FactCheck, alice: User, dana: User
) -> None:
    set_risk(claim=claim, seen=claim.version, risk="high", reason="A life.", by=alice, at=AT)
    mine, theirs = fresh(in_review), fresh(in_review)

    outcomes = at_once(lambda: decide(mine, "approve", by=dana), lambda: decide(theirs, "approve", by=alice))

    assert outcomes == ["saved", "saved"]
    assert fresh(in_review).state == "approved"


@pytest.mark.django_db(transaction=True)
def test_two_checkers_draft_at_once_and_each_keeps_theirs(claim: Claim, alice: User, bob: User) -> None:
    outcomes = at_once(
        lambda: make_check(claim, checker=bob),
        lambda: make_check(claim, checker=alice, verdict="refuted", rating="false"),
    )

    assert outcomes == ["saved", "saved"]
    assert sorted(FactCheck.objects.values_list("verdict", flat=True)) == ["refuted", "supported"]


def test_whoever_reviewed_a_draft_does_not_write_to_it(in_review: FactCheck, alice: User, bob: User) -> None:
    decide(in_review, "return", by=alice, reason="Name the day.")
    check = fresh(in_review)

    with pytest.raises(LawBroken, check=lambda law: law.field == "reviewer"):
        write_check(check=check, seen=check.version, by=alice, at=AT, note="I did it.")
    answer = call(alice).patch(f"fact-checks/{check.uid}/", {"note": "I did it.", "version": check.version})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "reviewer")
    assert write_check(check=check, seen=check.version, by=bob, at=AT, note="Done.").authors == [bob.pk]


@pytest.mark.parametrize("state", ["in_review", "approved"])
def test_evidence_taken_away_sends_the_check_back_before_it_is_published(
    claim: Claim, in_review: FactCheck, alice: User, bob: User, dana: User, state: str
) -> None:
    if state == "approved":
        decide(in_review, "approve", by=dana)
    detach_evidence(evidence=claim.evidence.get(), seen=1, by=bob, at=AT)
    check = fresh(in_review)

    with pytest.raises(LawBroken, check=lambda law: law.field == "state"):
        publish_verdict(check=check, seen=check.version, by=alice, at=AT)
    with pytest.raises(LawBroken, check=lambda law: law.field == "evidence"):
        send_to_review(check=check, seen=check.version, by=bob, at=AT)

    assert check.state == "drafted"


@pytest.mark.parametrize("state", ["in_review", "approved", "published"])
def test_a_source_replaced_while_the_check_is_open_is_said_and_takes_nothing_away(
    claim: Claim, in_review: FactCheck, alice: User, bob: User, dana: User, state: str
) -> None:
    if state != "in_review":
        decide(in_review, "approve", by=dana)
    if state == "published":
        check = fresh(in_review)
        publish_verdict(check=check, seen=check.version, by=alice, at=AT)

    capture_snapshot(source=claim.evidence.get().snapshot.source, text=NEW, basis="capture", by=bob, at=AT)

    page = signed_in(dana).get(page_of(claim)).content.decode()
    assert fresh(in_review).state == state
    assert verdicts_of([claim.pk])[claim.pk].stale == (Staleness.SNAPSHOT,)
    assert str(Staleness.SNAPSHOT.label) in page
    assert claim.evidence.get().excerpt in page


def test_a_source_kept_to_named_people_while_the_check_is_open_is_missing_for_the_others(
    claim: Claim, in_review: FactCheck, alice: User, bob: User, dana: User
) -> None:
    decide(in_review, "approve", by=dana)
    passage = "<li>A passage with its stance and its place</li>"
    before = signed_in(alice).get(page_of(claim)).content.decode()
    source: Any = claim.evidence.get().snapshot.source

    source.change(seen=source.version, access=Access.RESTRICTED, access_reason="A source at risk")

    after = signed_in(alice).get(page_of(claim)).content.decode()
    assert (passage in before, passage in after) == (False, True)
    assert "Estimate of the bridge repair" not in after
