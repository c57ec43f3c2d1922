"""The desk's queue of checks: its order and its filters, who gives what to whom, and how a check changes hands."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from annotations.models import FactCheck, HandOver, Risk
from annotations.operations.checking.ableness import CannotCheck, DueInThePast
from annotations.operations.checking.claims import change_claim
from annotations.operations.checking.factchecks import (
    open_check,
    propose_check,
    review_check,
    send_to_review,
    withdraw_check,
)
from annotations.operations.checking.handing import (
    CheckedBefore,
    HasAChecker,
    NotInHand,
    NotYours,
    acknowledge_hand_over,
    assign_check,
    hand_over,
    plan_check,
)
from annotations.queries.checking.checkqueue import check_counts, queue_of_checks
from annotations.queries.desk.waitingchecks import hand_overs
from articles.models import Article, Stale
from articles.operations.articles import restrict_article
from articles.permissions import Role
from newsdesk.models import User
from tests.factories import make_article, make_check, make_claim, make_evidence, make_source
from tests.factories.callers import call
from tests.factories.contention import at_once
from tests.factories.laws import copy, plain_sql, refused
from tests.factories.whole import make_person

CAST = ("alice", "bob", "carol", "dana", "emil", "ada", "ludo", "rana", "mallory")
NOW = timezone.now()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


@pytest.fixture
def claim(article: Article, alice: User) -> Any:
    return make_claim(article, by=alice)


@pytest.fixture
def check(claim: Any, bob: User) -> FactCheck:
    """Bob's, with a draft."""
    return make_check(claim, checker=bob)


@pytest.fixture
def proposed(claim: Any, alice: User) -> FactCheck:
    return propose_check(claim=claim, by=alice, at=NOW)


@pytest.fixture
def beth(db: None) -> User:
    """A second fact-checker."""
    return make_person("beth", Role.FACT_CHECKER)


def give(check: FactCheck, to: User, *, by: User, **more: Any) -> HandOver:
    return hand_over(check=check, seen=check.version, to=to, note="Ask the council.", by=by, at=NOW, **more)


# How a check comes to somebody.


def test_an_editor_gives_a_proposed_check_to_a_checker_until_a_time(
    proposed: FactCheck, alice: User, bob: User
) -> None:
    assign_check(check=proposed, seen=1, to=bob, due_at=NOW + DAY, by=alice, at=NOW)

    stored = FactCheck.objects.get()
    assert (stored.checker, stored.state, stored.due_at) == (bob, "assigned", NOW + DAY)


def test_whoever_takes_a_proposed_check_gathers_at_once(proposed: FactCheck, bob: User) -> None:
    assign_check(check=proposed, seen=1, to=bob, by=bob, at=NOW)

    assert FactCheck.objects.get().state == "gathering"


def test_a_check_that_somebody_has_is_not_given_away_without_a_note(check: FactCheck, alice: User, beth: User) -> None:
    with pytest.raises(HasAChecker):
        assign_check(check=check, seen=check.version, to=beth, by=alice, at=NOW)


def test_handing_over_keeps_the_draft_its_authors_and_its_time(check: FactCheck, bob: User, beth: User) -> None:
    plan_check(check=check, seen=check.version, due_at=NOW + DAY, by=bob, at=NOW)

    given = give(check, beth, by=bob)

    stored = FactCheck.objects.get()
    assert (stored.checker, stored.state, stored.authors, stored.due_at) == (beth, "drafted", [bob.pk], NOW + DAY)
    assert (given.giver, given.receiver, given.note, given.acknowledged_at) == (bob, beth, "Ask the council.", None)


def test_an_editor_hands_over_for_somebody_who_is_away(check: FactCheck, alice: User, bob: User, beth: User) -> None:
    given = give(check, beth, by=alice, due_at=NOW + HOUR)

    assert (given.giver, given.created_by, FactCheck.objects.get().due_at) == (bob, alice, NOW + HOUR)


def test_the_receiver_acknowledges_the_note_and_nobody_else(
    check: FactCheck, alice: User, bob: User, beth: User
) -> None:
    given = give(check, beth, by=bob)
    before = [thing.why for thing in hand_overs(beth)]
    for person in (alice, bob):
        with pytest.raises(NotYours):
            acknowledge_hand_over(given=given, by=person, at=NOW)

    acknowledge_hand_over(given=given, by=beth, at=NOW)
    acknowledge_hand_over(given=given, by=beth, at=NOW + HOUR)

    assert before == ["Ask the council."]
    assert HandOver.objects.get().acknowledged_at == NOW
    assert hand_overs(beth) == []


def test_whoever_hands_it_on_has_read_what_came_with_it(check: FactCheck, alice: User, bob: User, beth: User) -> None:
    give(check, beth, by=bob)

    give(check, alice, by=beth)

    assert [each.acknowledged_at for each in HandOver.objects.all()] == [NOW, None]


# Bad input.


@pytest.mark.parametrize("name", ["carol", "dana", "emil", "ludo", "rana", "mallory"])
def test_nobody_gets_a_check_who_may_not_write_checks(
    check: FactCheck, proposed_elsewhere: FactCheck, alice: User, request: pytest.FixtureRequest, name: str
) -> None:
    person = request.getfixturevalue(name)

    with pytest.raises(CannotCheck):
        give(check, person, by=alice)
    with pytest.raises(CannotCheck):
        assign_check(check=proposed_elsewhere, seen=1, to=person, by=alice, at=NOW)
    with pytest.raises(CannotCheck):
        open_check(claim=check.claim, checker=person, by=alice, at=NOW)


@pytest.fixture
def proposed_elsewhere(alice: User) -> FactCheck:
    return propose_check(claim=make_claim(make_article(by=alice), by=alice), by=alice, at=NOW)


def test_nobody_gets_a_check_whose_account_is_closed(check: FactCheck, alice: User, beth: User) -> None:
    beth.is_active = False
    beth.save()

    with pytest.raises(CannotCheck):
        give(check, beth, by=alice)


def test_nobody_gets_a_check_of_a_piece_that_is_kept_from_them(
    check: FactCheck, article: Article, alice: User, bob: User, beth: User
) -> None:
    article.refresh_from_db()
    restrict_article(article=article, reason="A source", people=[bob], seen=article.version, by=alice, at=NOW)
    check.claim.article.refresh_from_db()

    with pytest.raises(CannotCheck):
        give(check, beth, by=alice)


def test_nobody_hands_a_check_to_themselves(check: FactCheck, bob: User) -> None:
    with pytest.raises(CheckedBefore):
        give(check, bob, by=bob)


def test_nobody_gets_a_check_of_a_claim_they_are_checking(check: FactCheck, claim: Any, bob: User, beth: User) -> None:
    open_check(claim=claim, checker=beth, by=beth, at=NOW)

    with pytest.raises(CheckedBefore):
        give(check, beth, by=bob)


def test_nobody_gets_a_draft_that_they_reviewed(check: FactCheck, claim: Any, bob: User, beth: User) -> None:
    make_evidence(claim, make_source(by=bob), by=bob)
    sent = send_to_review(check=check, seen=check.version, by=bob, at=NOW)
    review_check(check=sent, seen=sent.version, decision="return", reason="Thin.", by=beth, at=NOW)

    with pytest.raises(CannotCheck, match="reviewed"):
        give(FactCheck.objects.get(), beth, by=bob)


def test_what_is_with_a_reviewer_or_over_or_nobodys_is_not_handed_over(
    check: FactCheck, claim: Any, proposed_elsewhere: FactCheck, alice: User, bob: User, beth: User
) -> None:
    make_evidence(claim, make_source(by=bob), by=bob)
    sent = send_to_review(check=check, seen=check.version, by=bob, at=NOW)
    for each in (sent, proposed_elsewhere):
        with pytest.raises(NotInHand):
            give(each, beth, by=alice)

    withdraw_check(check=sent, seen=sent.version, by=bob, at=NOW)

    with pytest.raises(NotInHand):
        give(sent, beth, by=alice)
    with pytest.raises(NotInHand):
        plan_check(check=sent, seen=sent.version, due_at=None, by=alice, at=NOW)


@pytest.mark.parametrize("due_at", [NOW, NOW - HOUR])
def test_nothing_is_due_in_the_past(
    check: FactCheck, proposed_elsewhere: FactCheck, alice: User, bob: User, beth: User, due_at: datetime
) -> None:
    acts = (
        lambda: plan_check(check=check, seen=check.version, due_at=due_at, by=bob, at=NOW),
        lambda: give(check, beth, by=bob, due_at=due_at),
        lambda: assign_check(check=proposed_elsewhere, seen=1, to=bob, due_at=due_at, by=alice, at=NOW),
        lambda: open_check(claim=check.claim, checker=beth, by=alice, at=NOW, due_at=due_at),
    )
    for act in acts:
        with pytest.raises(DueInThePast):
            act()


def test_whoever_did_not_see_the_present_version_gives_nothing(check: FactCheck, alice: User, beth: User) -> None:
    with pytest.raises(Stale):
        hand_over(check=check, seen=1, to=beth, note="x", by=alice, at=NOW)

    assert not HandOver.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_a_check_at_once_one_is_refused(alice: User, bob: User, beth: User) -> None:
    proposed = propose_check(claim=make_claim(make_article(by=alice), by=alice), by=alice, at=NOW)

    def take(person: User) -> None:
        assign_check(check=FactCheck.objects.get(pk=proposed.pk), seen=1, to=person, by=person, at=NOW)

    assert at_once(lambda: take(bob), lambda: take(beth)) in (["Stale", "saved"], ["HasAChecker", "saved"])


# The laws.


def test_the_database_wants_a_note_and_two_people(check: FactCheck, bob: User, beth: User) -> None:
    given = give(check, beth, by=bob)

    refused("hand_over_has_a_note", copy(HandOver, note=" \n"))
    refused("hand_over_is_to_somebody_else", copy(HandOver, receiver=bob))
    acknowledge_hand_over(given=given, by=beth, at=NOW)
    refused("acknowledged once", plain_sql("UPDATE annotations_handover SET acknowledged_at = now()"))
    refused("Cannot delete", plain_sql("DELETE FROM annotations_handover"))


def test_what_a_hand_over_says_never_changes(check: FactCheck, bob: User, beth: User) -> None:
    give(check, beth, by=bob)

    refused("acknowledged once", plain_sql("UPDATE annotations_handover SET note = 'other'"))


# The queue.


def queued(person: User, *, whose: str = "all", what: str = "open") -> list[str]:
    queue = queue_of_checks(person, whose=whose, what=what, now=NOW)
    return [row.check.claim.canonical for row in queue.checks]


def make_due(name: str, due: timedelta | None, *, by: User, priority: int = 2, outlet: str = "", **more: Any) -> Any:
    """A proposed check of a claim of its own, due so long from now."""
    claim = make_claim(make_article(by=by, outlet=outlet), by=by, canonical=name, priority=priority, **more)
    check = propose_check(claim=claim, by=by, at=NOW)
    return check if due is None else check.change(seen=1, due_at=NOW + due)


def test_the_least_time_left_comes_first_then_priority_times_reach(alice: User) -> None:
    make_due("never", None, by=alice, priority=3)
    make_due("next month", 30 * DAY, by=alice, priority=1)
    make_due("this week", 3 * DAY, by=alice)
    make_due("today, low", 2 * HOUR, by=alice, priority=1)
    make_due("today, high", 9 * HOUR, by=alice, priority=3)
    make_due("late", -HOUR, by=alice, priority=1)

    assert queued(alice) == ["late", "today, high", "today, low", "this week", "never", "next month"]


def test_reach_counts_the_pieces_and_the_outlets_that_the_desk_knows(alice: User, bob: User) -> None:
    far = make_due("far", None, by=alice, outlet="Courier").claim
    make_due("near", None, by=alice, outlet="Courier")
    for outlet, state in (("Courier", "editing"), ("Herald", "editing"), ("", "editing"), ("Secret", "incoming")):
        again = make_claim(make_article(by=alice, outlet=outlet, state=state), by=alice)
        again.change(seen=again.version, same_as=far)

    reach = {who: _reach(who) for who in (alice, bob)}

    # Four pieces and two outlets; editors know of the incoming one as well.
    assert reach[bob] == {"far": 6, "near": 2}
    assert reach[alice] == {"far": 8, "near": 2}
    assert queued(bob)[0] == "far"


def _reach(person: User) -> dict[str, int]:
    queue = queue_of_checks(person, whose="all", what="open", now=NOW)
    return {row.check.claim.canonical: row.reach for row in queue.checks}


@pytest.fixture
def busy(alice: User, bob: User, dana: User) -> dict[str, FactCheck]:
    """A check of each sort."""
    found = {name: make_due(name, due, by=alice) for name, due in (("late", -HOUR), ("soon", HOUR), ("nobody", None))}
    for name in ("mine", "returned", "review"):
        claim = make_claim(make_article(by=alice), by=alice, canonical=name)
        make_evidence(claim, make_source(by=bob), by=bob)
        found[name] = make_check(claim, checker=bob)
    for name in ("returned", "review"):
        found[name] = send_to_review(check=found[name], seen=found[name].version, by=bob, at=NOW)
    version = found["returned"].version
    review_check(check=found["returned"], seen=version, decision="return", reason="Thin.", by=dana, at=NOW)
    over = make_check(make_claim(make_article(by=alice), by=alice, canonical="over"), checker=bob)
    withdraw_check(check=over, seen=over.version, by=bob, at=NOW)
    return found


@pytest.mark.parametrize(
    ("whose", "what", "expected"),
    [
        ("all", "open", {"late", "soon", "nobody", "mine", "returned", "review"}),
        ("mine", "open", {"mine", "returned", "review"}),
        ("unassigned", "open", {"late", "soon", "nobody"}),
        ("all", "late", {"late"}),
        ("all", "soon", {"soon"}),
        ("all", "returned", {"returned"}),
        ("all", "review", {"review"}),
        ("mine", "late", set()),
    ],
)
def test_the_queue_is_narrowed_by_whose_and_which(
    busy: dict[str, FactCheck], bob: User, whose: str, what: str, expected: set[str]
) -> None:
    assert set(queued(bob, whose=whose, what=what)) == expected


def test_the_counts_say_how_many_there_are_of_each_kind(
    busy: dict[str, FactCheck], bob: User, django_assert_num_queries: Any
) -> None:
    bob.has_perm("annotations.comment")  # roles are asked once
    with django_assert_num_queries(1):
        counts = check_counts(bob, now=NOW)

    assert (counts.open, counts.mine, counts.unassigned) == (6, 3, 3)
    assert (counts.late, counts.soon, counts.returned, counts.review) == (1, 1, 1, 1)


def test_a_draft_that_went_stale_says_so_and_is_found_and_counted(
    client: Client, claim: Any, check: FactCheck, alice: User, bob: User, beth: User
) -> None:
    other = make_check(make_claim(make_article(by=alice), by=alice, canonical="Another claim"), checker=beth)
    client.force_login(alice)
    before = client.get("/checks/?what=stale")
    change_claim(claim=claim, seen=claim.version, canonical="The bridge costs nothing.", by=alice, at=timezone.now())

    after, listed = client.get("/checks/?what=stale"), client.get("/checks/")
    mine = {person: queue_of_checks(person, whose="mine", what="stale", now=NOW).stale for person in (bob, beth)}

    assert (len(before.context["queue"]), before.context["gone_stale"]) == (0, 0)
    assert [row.claim for row in after.context["queue"].stale] == [claim]
    assert "The claim has been changed since the verdict." in after.content.decode()
    assert after.context["gone_stale"] == 1
    rows = {row.check: [str(reason) for reason in row.stale] for row in listed.context["queue"].checks}
    assert rows == {check: ["restatement"], other: []}
    assert listed.content.decode().count("tag-stale") == 1
    assert {person: len(rows) for person, rows in mine.items()} == {bob: 1, beth: 0}


@pytest.mark.parametrize("checks", [1, 4])
def test_the_queue_takes_as_many_queries_for_many_checks_as_for_one(
    client: Client, alice: User, bob: User, checks: int, django_assert_num_queries: Any
) -> None:
    for number in range(checks):
        claim = make_claim(make_article(by=alice), by=alice, canonical=f"claim {number}")
        give(make_check(claim, checker=bob), alice, by=bob)
    client.force_login(alice)

    with django_assert_num_queries(11):  # of which five look for what went stale
        client.get("/checks/")


def test_a_high_risk_and_a_hand_over_that_waits_are_shown(client: Client, claim: Any, alice: User, bob: User) -> None:
    claim.change(seen=claim.version, risk=Risk.HIGH, risk_reason="A named person")
    give(make_check(claim, checker=bob), alice, by=bob)
    client.force_login(bob)

    page = client.get("/checks/?whose=all&what=open").content.decode()

    assert "high risk" in page
    assert "hand-over not acknowledged" in page


def test_what_is_asked_in_nonsense_is_everything(client: Client, proposed: FactCheck, alice: User) -> None:
    client.force_login(alice)

    answer = client.get("/checks/?whose=%00&what=nonsense")

    assert len(answer.context["queue"]) == 1
    assert '<option value="all" selected>' in answer.content.decode()


# The pages and the API: who does what. The first is one's own or nobody's, the second somebody else's.

# who: sees the queue, takes what nobody has, gives it to Bob, hands over Bob's
MAY: dict[str, tuple[int, int, int, int]] = {
    "alice": (200, 302, 302, 302),
    "bob": (200, 302, 302, 302),
    "carol": (200, 403, 403, 403),
    "dana": (200, 403, 403, 403),
    "emil": (200, 403, 403, 403),
    "ada": (200, 302, 302, 302),
    "ludo": (200, 403, 403, 403),
    "rana": (404, 404, 404, 404),
    "mallory": (404, 404, 404, 404),
}


@pytest.mark.parametrize("name", CAST)
def test_the_pages_say_who_gives_what_to_whom(
    claim: Any, alice: User, bob: User, beth: User, request: pytest.FixtureRequest, name: str
) -> None:
    person = request.getfixturevalue(name)
    client = Client()
    client.force_login(person)
    nobodys = [propose_check(claim=make_claim(make_article(by=alice), by=alice), by=alice, at=NOW) for _ in range(2)]
    bobs = make_check(claim, checker=bob)

    def plan(check: FactCheck, to: User, **more: str) -> int:
        sent = {"version": check.version, "checker": str(to.uid), **more}
        return client.post(f"/checks/{check.uid}/plan/", sent).status_code

    answers = (
        client.get("/checks/").status_code,
        plan(nobodys[0], person),
        plan(nobodys[1], bob),
        plan(bobs, beth, note="Ask the council."),
    )

    assert answers == MAY[name]


def test_a_fact_checker_gives_what_nobody_has_to_nobody_else(
    client: Client, proposed: FactCheck, bob: User, beth: User
) -> None:
    client.force_login(beth)

    page = client.post(f"/checks/{proposed.uid}/plan/", {"version": 1, "checker": str(bob.uid)})
    over_api = call(beth).post(f"fact-checks/{proposed.uid}/assign/", {"version": 1, "checker": str(bob.uid)})
    new = call(beth).post("fact-checks/", {"claim": str(proposed.claim.uid), "checker": str(bob.uid)})

    assert (page.status_code, over_api.status_code, new.status_code) == (400, 403, 403)


def test_a_fact_checker_does_not_hand_over_somebody_elses_check(
    client: Client, check: FactCheck, alice: User, beth: User
) -> None:
    client.force_login(beth)
    body = {"version": check.version, "checker": str(alice.uid), "note": "x"}

    assert client.post(f"/checks/{check.uid}/plan/", body).status_code == 403
    assert call(beth).post(f"fact-checks/{check.uid}/hand-over/", body).status_code == 403


def test_the_page_asks_for_a_note_and_says_what_is_wrong(
    client: Client, check: FactCheck, bob: User, beth: User
) -> None:
    client.force_login(bob)
    address, sent = f"/checks/{check.uid}/plan/", {"version": check.version, "checker": str(beth.uid)}

    silent = client.post(address, sent)
    late = client.post(address, {**sent, "note": "x", "due_at": "2020-01-01T09:00"})
    stale = client.post(address, {**sent, "note": "x", "version": 1})
    done = client.post(address, {**sent, "note": "Ask the council.", "due_at": "2999-01-01T09:00"})

    assert [answer.status_code for answer in (silent, late, stale, done)] == [400, 409, 409, 302]
    assert list(silent.context["form"].errors) == ["note"]
    assert list(late.context["form"].errors) == ["due_at"]
    assert HandOver.objects.get().note == "Ask the council."


def test_the_receiver_finds_it_on_the_desk_and_acknowledges_it(
    client: Client, check: FactCheck, bob: User, beth: User
) -> None:
    given = give(check, beth, by=bob)
    client.force_login(beth)
    desk = client.get("/").content.decode()
    plan = client.get(f"/checks/{check.uid}/plan/").content.decode()

    done = client.post(f"/hand-overs/{given.uid}/acknowledge/", {"from": "plan"})

    assert "Bob Tanaka hands C1 over to you" in desk
    assert "Acknowledge" in plan
    assert done["Location"] == f"/checks/{check.uid}/plan/"
    assert HandOver.objects.get().acknowledged_at is not None
    client.force_login(bob)
    assert client.post(f"/hand-overs/{given.uid}/acknowledge/").status_code == 403


def test_an_editor_asks_somebody_to_check_a_claim_from_its_page(client: Client, claim: Any, alice: User) -> None:
    client.force_login(alice)

    first = client.post(f"/claims/{claim.uid}/propose/")
    second = client.post(f"/claims/{claim.uid}/propose/")

    check = FactCheck.objects.get()
    assert first["Location"] == second["Location"] == f"/checks/{check.uid}/plan/"
    assert check.state == "proposed"


def test_checks_are_given_planned_and_handed_over_by_the_api(
    proposed: FactCheck, alice: User, bob: User, beth: User
) -> None:
    address, soon = f"fact-checks/{proposed.uid}", (NOW + DAY).isoformat()

    unseen = call(alice).post(f"{address}/assign/", {"checker": str(bob.uid)})
    past = call(alice).post(
        f"{address}/assign/", {"version": 1, "checker": str(bob.uid), "due_at": "2020-01-01T00:00Z"}
    )
    given = call(alice).post(f"{address}/assign/", {"version": 1, "checker": str(bob.uid), "due_at": soon})
    planned = call(bob).post(f"{address}/plan/", {"version": 2, "due_at": None})
    silent = call(bob).post(f"{address}/hand-over/", {"version": 3, "checker": str(beth.uid), "note": " "})
    handed = call(bob).post(f"{address}/hand-over/", {"version": 3, "checker": str(beth.uid), "note": "Ask."})
    others = call(bob).post(f"hand-overs/{handed.json()['uid']}/acknowledge/")
    read = call(beth).post(f"hand-overs/{handed.json()['uid']}/acknowledge/")

    answers = (unseen, past, given, planned, silent, handed, others, read)
    assert [answer.status_code for answer in answers] == [428, 422, 200, 200, 400, 201, 403, 200]
    assert (given.json()["state"], planned.json()["due_at"]) == ("assigned", None)
    assert read.json()["acknowledged_at"] is not None
    assert [each["receiver"]["name"] for each in call(beth).get("hand-overs/").json()["results"]] == ["Beth"]


def test_lists_of_checks_are_narrowed_by_who_has_them_and_when_they_are_due(
    busy: dict[str, FactCheck], alice: User
) -> None:
    def found(asked: str) -> set[str]:
        named = {str(check.uid): name for name, check in busy.items()}
        return {named[each["uid"]] for each in call(alice).get(f"fact-checks/?{asked}").json()["results"]}

    soon = (NOW + 2 * HOUR).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert found("unassigned=true") == {"late", "soon", "nobody"}
    assert found(f"due_before={soon}") == {"late", "soon"}


def test_a_closed_account_is_unknown_to_the_api(check: FactCheck, bob: User, beth: User) -> None:
    beth.is_active = False
    beth.save()
    body = {"version": check.version, "checker": str(beth.uid), "note": "x"}

    assert call(bob).post(f"fact-checks/{check.uid}/hand-over/", body).status_code == 404
