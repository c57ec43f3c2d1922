"""Two checkers of one claim judge apart until both have drafted; each verdict stays a row of its own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations.models import BlindRound, Claim, DeskVerdict, FactCheck, Rating
from annotations.operations.checking.blind import (
    BlindAlready,
    DraftedBefore,
    RoundOver,
    begin_blind_round,
    end_blind_round,
)
from annotations.operations.checking.checklaws import LawBroken
from annotations.operations.checking.factchecks import (
    open_check,
    publish_verdict,
    review_check,
    send_to_review,
    write_check,
)
from annotations.permissions import visible_fact_checks
from annotations.queries.checking.claims import narrow_claims
from annotations.queries.checking.verdicts import verdicts_of
from annotations.queries.exchange.exportfilters import ExportFilters
from annotations.queries.exchange.exports import format_named, stream
from articles.permissions import Role
from newsdesk.models import User
from tests.factories import AT, make_article, make_check, make_claim, make_evidence, make_source
from tests.factories.callers import call
from tests.factories.contention import at_once
from tests.factories.pages import page_of, signed_in
from tests.factories.whole import make_person

REASON = "The estimate of April says so."
OTHER = "The estimate is of another bridge."


@pytest.fixture
def claim(alice: User, bob: User) -> Claim:
    claim = make_claim(make_article(by=alice), by=bob)
    make_evidence(claim, make_source(by=bob), by=bob)
    return claim


@pytest.fixture
def blind(claim: Claim, alice: User) -> BlindRound:
    return begin_blind_round(claim=claim, by=alice, at=AT)


@pytest.fixture
def eve(person: Any) -> User:
    return person("Eve Lindqvist", Role.FACT_CHECKER)  # type: ignore[no-any-return]


def drafts(claim: Claim, *, by: User, reason: str = REASON, **values: Any) -> FactCheck:
    return make_check(claim, checker=by, reason=reason, **values)


def on_page(person: User, claim: Claim) -> bool:
    return REASON in signed_in(person).get(page_of(claim)).content.decode()


def over_api(person: User, claim: Claim) -> bool:
    return REASON in call(person).get(f"fact-checks/?claim={claim.uid}").content.decode()


def in_list(person: User, claim: Claim) -> bool:
    page = signed_in(person).get(reverse("annotations:claim-list"), {"verdict": "supported"}).content.decode()
    return str(claim.uid) in page


def in_workbench(person: User, claim: Claim) -> bool:
    address = reverse("annotations:workbench", args=[claim.article.uid])
    page = signed_in(person).get(f"{address}?mark={claim.uid}").content.decode()
    return "<span>True</span>" in page


def in_claim_over_api(person: User, claim: Claim) -> bool:
    return bool(call(person).get(f"claims/{claim.uid}/").json()["verdict"]["verdict"])


WAYS = [on_page, over_api, in_list, in_workbench, in_claim_over_api]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("who", ["other checker", "editor", "reviewer", "administrator"])
def test_nobody_else_sees_a_draft_while_the_round_lasts_and_all_do_without_one(
    claim: Claim, alice: User, bob: User, eve: User, dana: User, ada: User, way: Any, who: str
) -> None:
    person = {"other checker": eve, "editor": alice, "reviewer": dana, "administrator": ada}[who]
    begun = begin_blind_round(claim=claim, by=alice, at=AT)
    drafts(claim, by=bob)

    hidden = way(person, claim)
    end_blind_round(blind_round=begun, by=alice, at=AT)

    assert (hidden, way(person, claim)) == (False, True)


# who has drafted: what Bob and Eve see of each other
TABLE = {
    (): (False, False),
    ("bob",): (False, False),
    ("eve",): (False, False),
    ("bob", "eve"): (True, True),
}


@pytest.mark.parametrize("written", sorted(TABLE))
def test_checkers_see_each_other_when_both_have_drafted(
    claim: Claim, blind: BlindRound, bob: User, eve: User, written: tuple[str, ...]
) -> None:
    people = {"bob": bob, "eve": eve}
    for name in people:
        check = open_check(claim=claim, checker=people[name], by=people[name], at=AT)
        write_check(check=check, seen=1, by=people[name], at=AT, note="Begun.")
    for name in written:
        drafts(claim, by=people[name])

    seen = tuple(
        visible_fact_checks(person).filter(checker=other).exists() for person, other in ((bob, eve), (eve, bob))
    )

    assert seen == TABLE[written]
    for person in (bob, eve):
        assert visible_fact_checks(person).filter(checker=person).exists()


def test_half_a_draft_is_seen_by_nobody_else(claim: Claim, blind: BlindRound, bob: User, eve: User) -> None:
    check = open_check(claim=claim, checker=bob, by=bob, at=AT)
    taken_up = visible_fact_checks(eve).count()

    write_check(check=check, seen=1, by=bob, at=AT, reason=REASON)

    assert (taken_up, visible_fact_checks(eve).count()) == (1, 0)


def test_the_round_ends_with_the_second_draft_and_stays_over(
    claim: Claim, blind: BlindRound, alice: User, bob: User, eve: User
) -> None:
    first = drafts(claim, by=bob)
    write_check(check=first, seen=first.version, by=bob, at=AT, note="Once more.")
    blind.refresh_from_db()
    lasting = blind.ended_at
    drafts(claim, by=eve, verdict="refuted", rating="false", reason=OTHER)
    blind.refresh_from_db()

    assert lasting is None
    assert (blind.ended_at, blind.ended_by) == (AT, eve)
    assert {check.verdict for check in visible_fact_checks(alice)} == {"supported", "refuted"}


def test_a_claim_shows_no_verdict_and_is_not_found_by_one_while_it_is_judged_blind(
    claim: Claim, blind: BlindRound, alice: User, bob: User, eve: User
) -> None:
    drafts(claim, by=bob)
    hidden = (
        verdicts_of([claim.pk])[claim.pk].verdict,
        narrow_claims(Claim.objects.all(), verdict="supported").count(),
    )

    drafts(claim, by=eve)

    assert hidden == ("", 0)
    assert verdicts_of([claim.pk])[claim.pk].verdict == "supported"
    assert narrow_claims(Claim.objects.all(), verdict="supported").count() == 1


def taken_out(person: User) -> str:
    return b"".join(stream(format_named("ndjson"), person, ExportFilters())).decode()


def test_exports_take_out_no_verdict_that_is_drafted_blind(
    claim: Claim, blind: BlindRound, alice: User, bob: User
) -> None:
    drafts(claim, by=bob)
    hidden = taken_out(alice)

    end_blind_round(blind_round=blind, by=alice, at=AT)

    assert '"supported"' not in hidden
    assert '"supported"' in taken_out(alice)


def test_a_draft_does_not_go_to_review_while_it_is_blind(claim: Claim, blind: BlindRound, bob: User, eve: User) -> None:
    check = drafts(claim, by=bob)
    with pytest.raises(LawBroken, match="judged blind"):
        send_to_review(check=check, seen=check.version, by=bob, at=AT)
    drafts(claim, by=eve)

    assert send_to_review(check=check, seen=check.version, by=bob, at=AT).state == "in_review"


def test_a_round_begins_before_anybody_has_drafted(claim: Claim, alice: User, bob: User) -> None:
    drafts(claim, by=bob)

    with pytest.raises(DraftedBefore):
        begin_blind_round(claim=claim, by=alice, at=AT)


def test_a_claim_is_in_one_round_and_a_round_ends_once(claim: Claim, blind: BlindRound, alice: User) -> None:
    with pytest.raises(BlindAlready):
        begin_blind_round(claim=claim, by=alice, at=AT)
    end_blind_round(blind_round=blind, by=alice, at=AT)
    with pytest.raises(RoundOver):
        end_blind_round(blind_round=blind, by=alice, at=AT)


def test_what_was_published_before_is_seen_in_a_later_round(
    claim: Claim, alice: User, bob: User, eve: User, dana: User
) -> None:
    check = drafts(claim, by=bob)
    check = send_to_review(check=check, seen=check.version, by=bob, at=AT)
    review_check(check=check, seen=check.version, decision="approve", by=dana, at=AT)
    publish_verdict(check=check, seen=check.version, by=alice, at=AT)

    begin_blind_round(claim=claim, by=alice, at=AT)

    assert visible_fact_checks(eve).get() == check
    assert verdicts_of([claim.pk])[claim.pk].verdict == "supported"


def test_checkers_verdicts_and_the_desks_are_rows_of_their_own_and_dissent_is_kept(
    claim: Claim, blind: BlindRound, alice: User, bob: User, eve: User, dana: User
) -> None:
    check = drafts(claim, by=bob)
    drafts(claim, by=eve, verdict="refuted", rating="false", reason=OTHER)
    check = send_to_review(check=check, seen=check.version, by=bob, at=AT)
    review_check(check=check, seen=check.version, decision="approve", by=dana, at=AT)

    verdict = publish_verdict(check=check, seen=check.version, by=alice, at=AT, dissent="Eve: of another bridge.")

    assert {each.checker: each.verdict for each in FactCheck.objects.all()} == {bob: "supported", eve: "refuted"}
    assert [ground.fact_check for ground in verdict.rests_on.all()] == [check]
    assert DeskVerdict.objects.get().dissent == "Eve: of another bridge."
    page = signed_in(alice).get(page_of(claim)).content.decode()
    for said in (REASON, OTHER, "Eve: of another bridge."):
        assert said in page


@pytest.mark.django_db(transaction=True)
def test_of_two_who_draft_at_once_one_ends_the_round(claim: Claim, blind: BlindRound, bob: User, eve: User) -> None:
    outcomes = at_once(lambda: drafts(claim, by=bob), lambda: drafts(claim, by=eve))

    blind.refresh_from_db()
    assert outcomes == ["saved", "saved"]
    assert blind.ended_at == AT


# who may, on the page and over the API

MAY = {
    Role.EDITOR: (True, True),
    Role.FACT_CHECKER: (True, False),
    Role.REVIEWER: (False, False),
    Role.RESEARCHER: (False, False),
}


@pytest.mark.parametrize("role", sorted(MAY))
@pytest.mark.parametrize("way", ["page", "api"])
def test_who_begins_a_round_and_who_ends_it(claim: Claim, alice: User, role: Role, way: str) -> None:
    person = make_person(f"some{way}", role)
    client, api = Client(), call(person)
    client.force_login(person)

    if way == "page":
        client.post(reverse("annotations:blind-begin", args=[claim.uid]))
    else:
        api.post("blind-rounds/", {"claim": str(claim.uid)})
    began = BlindRound.objects.exists()
    found = BlindRound.objects.first() or begin_blind_round(claim=claim, by=alice, at=AT)
    if way == "page":
        client.post(reverse("annotations:blind-end", args=[found.uid]))
    else:
        api.post(f"blind-rounds/{found.uid}/end/")
    found.refresh_from_db()

    assert (began, found.ended_at is not None) == MAY[role]


def test_the_page_says_how_many_have_drafted_and_what_keeps_it_from_review(
    claim: Claim, blind: BlindRound, alice: User, bob: User
) -> None:
    drafts(claim, by=bob)

    page = signed_in(alice).get(page_of(claim)).content.decode()

    assert "This claim is judged blind" in page
    assert "1 of 2 checkers have drafted a verdict." in page


def history_on_page(person: User, claim: Claim) -> str:
    page = signed_in(person).get(page_of(claim)).content.decode()
    return page[page.index('id="history-title"') :]


def test_who_judged_what_apart_stands_in_the_history_once_the_round_is_over(
    claim: Claim, blind: BlindRound, alice: User, bob: User, eve: User
) -> None:
    drafts(claim, by=bob)
    before = history_on_page(alice, claim)

    theirs = drafts(claim, by=eve, reason=OTHER, verdict="refuted", rating="false")
    write_check(
        check=theirs,
        seen=theirs.version,
        by=eve,
        at=AT + timedelta(days=1),
        rating=Rating.objects.get(slug="mostly-false"),
    )

    after = history_on_page(alice, claim)
    assert "Alice Moreau had the claim judged blind" in before
    assert "Bob Tanaka: True" not in before
    assert "2 checkers judged apart, and all see it now" in after
    assert "Bob Tanaka: True · Eve Lindqvist: False" in after


def test_a_round_that_was_ended_early_says_who_ended_it(
    claim: Claim, blind: BlindRound, alice: User, bob: User
) -> None:
    drafts(claim, by=bob)

    end_blind_round(blind_round=blind, by=alice, at=AT)

    history = history_on_page(alice, claim)
    assert "Alice Moreau ended the blind round" in history
    assert "Bob Tanaka: True" in history
