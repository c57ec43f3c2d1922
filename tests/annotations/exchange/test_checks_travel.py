"""How claims were checked goes to another desk, and comes out of it as it went in; what breaks a law stays out."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from annotations.exports import W3C
from annotations.imports import web_annotation
from annotations.imports.record import RecordRefused
from annotations.models import CheckState, Claim, DeskVerdict, FactCheck
from annotations.operations.checking.factchecks import log_search, review_check, send_to_review
from annotations.operations.exchange.importchecks import path_of
from articles.permissions import Role
from newsdesk.models import User
from tests.annotations.exchange.test_round_trip import lines, on_another_desk, take_all_in, taken_out
from tests.factories import AT, make_article, make_check, make_claim, make_evidence, make_source
from tests.factories.checks import Cast, bring_to
from tests.factories.whole import make_person, make_whole_desk

pytestmark = pytest.mark.django_db


def make_cast() -> Cast:
    return Cast(
        make_person("first", Role.EDITOR),
        make_person("second", Role.FACT_CHECKER),
        make_person("third", Role.REVIEWER),
    )


def file_with(state: str) -> bytes:
    """What a desk gives with one check in this state."""
    with on_another_desk():
        cast = make_cast()
        bring_to(state, make_claim(make_article(by=cast.editor), by=cast.editor), cast)
        return taken_out(cast.editor)


def changed(file: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """The file with its record of a checked claim changed."""
    [checking] = lines(file, "checking").splitlines(keepends=True)
    record = json.loads(checking)
    change(record)
    return file.replace(checking, json.dumps(record).encode() + b"\n")


@pytest.fixture
def importer() -> User:
    return make_person("importer", Role.ADMINISTRATOR)


@pytest.mark.parametrize("state", CheckState.values)
def test_a_check_in_any_state_comes_out_as_it_went_in(importer: User, state: str) -> None:
    before = file_with(state)

    results = take_all_in(before, by=importer)

    assert [each for each in results if each.status == "refused"] == []
    assert state in set(FactCheck.objects.values_list("state", flat=True))
    assert taken_out(importer) == before


def test_a_check_that_was_returned_and_searched_for_comes_out_as_it_went_in(importer: User) -> None:
    with on_another_desk():
        cast = make_cast()
        claim = make_claim(make_article(by=cast.editor), by=cast.editor)
        claim.change(seen=claim.version, risk="high", risk_reason="Two libel suits.")
        make_evidence(claim, make_source(by=cast.checker), by=cast.checker)
        check = make_check(claim, checker=cast.checker)
        check = send_to_review(check=check, seen=check.version, by=cast.checker, at=AT)
        review_check(check=check, seen=check.version, decision="return", reason="Who?", by=cast.reviewer, at=AT)
        check = FactCheck.objects.get(pk=check.pk)
        check = log_search(check=check, query="bridge", found=1, by=cast.checker, at=AT)
        check = send_to_review(check=check, seen=check.version, by=cast.checker, at=AT)
        for reviewer in (cast.reviewer, cast.editor):
            review_check(check=check, seen=check.version, decision="approve", by=reviewer, at=AT)
        before = taken_out(cast.editor)

    take_all_in(before, by=importer)

    assert FactCheck.objects.get().state == "approved"
    assert taken_out(importer) == before


def test_a_verdict_keeps_who_gave_it_and_what_it_rests_on(importer: User) -> None:
    take_all_in(file_with("published"), by=importer)

    said = DeskVerdict.objects.get()
    [ground] = said.rests_on.select_related("fact_check__checker")

    assert (said.created_by.name, said.created_by.is_active) == ("First", False)
    assert [review.created_by.name for review in ground.fact_check.reviews.all()] == ["Third"]
    assert str(ground.fact_check.checker) == "Second"


def test_verdicts_of_the_w3c_are_known_where_their_checks_came_before(importer: User) -> None:
    with on_another_desk():
        desk_there = make_whole_desk()
        whole, before = taken_out(desk_there.editor), taken_out(desk_there.editor, W3C)
    take_all_in(lines(whole, "person", "article", "source"), by=importer)
    first = take_all_in(before, by=importer, importer=web_annotation.IMPORTER)
    take_all_in(whole, by=importer)

    second = take_all_in(before, by=importer, importer=web_annotation.IMPORTER)

    [refused] = [each for each in first if each.status == "refused"]
    assert "comes with the checks and reviews" in refused.errors[0][1]
    assert {each.status for each in second} == {"known"}
    assert taken_out(importer, W3C) == before


def own_review(record: dict[str, Any]) -> None:
    check = record["checks"][0]
    check["reviews"][0]["created_by"] = check["authors"][0]


def no_review(record: dict[str, Any]) -> None:
    record["checks"][0]["reviews"] = []


def no_rating(record: dict[str, Any]) -> None:
    record["verdicts"][0]["rating"]["slug"] = "pants-on-fire"


def no_check(record: dict[str, Any]) -> None:
    record["checks"] = []


def no_ground(record: dict[str, Any]) -> None:
    record["verdicts"][0]["rests_on"] = []


def older_version(record: dict[str, Any]) -> None:
    record["checks"][0]["version"] = 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (own_review, "no reviewer wrote the draft"),
        (no_review, "No way by the rules of checking"),
        (no_rating, "The desk has no rating"),
        (no_check, "which is not in the record"),
        (no_ground, "No way by the rules of checking"),
        (older_version, "do not fit each other"),
    ],
)
def test_a_claim_of_what_breaks_the_laws_is_refused(
    importer: User, change: Callable[[dict[str, Any]], None], sentence: str
) -> None:
    results = take_all_in(changed(file_with("published"), change), by=importer)

    [refused] = [each for each in results if each.status == "refused"]
    assert sentence in refused.errors[0][1]
    assert Claim.objects.count() == 1
    assert not FactCheck.objects.exists()


def test_a_verdict_whose_evidence_stayed_behind_is_refused(importer: User) -> None:
    file = file_with("published")

    results = take_all_in(file.replace(lines(file, "evidence"), b""), by=importer)

    assert "rests on evidence" in results[-1].errors[0][1]
    assert not DeskVerdict.objects.exists()


def test_what_this_desk_has_checked_itself_is_left_as_it_is(importer: User) -> None:
    before = file_with("approved")
    take_all_in(before, by=importer)
    own = FactCheck.objects.get()
    own.change(seen=own.version, state="drafted")

    result = take_all_in(before, by=importer)[-1]

    assert result.status == "known"
    assert "what the desk has was left as it is" in result.errors[0][1]
    assert FactCheck.objects.get().state == "drafted"


def draft(state: str, version: int, *reviews: tuple[int, str, str]) -> dict[str, Any]:
    said = [{"version_seen": seen, "decision": decision, "created_by": by} for seen, decision, by in reviews]
    return {"state": state, "version": version, "reviews": said}


def test_the_way_of_a_check_is_as_short_as_the_rules_allow() -> None:
    reviewed = (3, "return", "a"), (6, "approve", "a")

    assert path_of(draft("gathering", 4), rests=None, needed=1) == {4: "gathering"}
    assert path_of(draft("drafted", 4), rests=None, needed=1) == {3: "gathering", 4: "drafted"}
    assert path_of(draft("published", 8, *reviewed), rests=7, needed=1) == {
        1: "gathering",
        2: "drafted",
        3: "in_review",
        4: "drafted",
        5: "drafted",
        6: "in_review",
        7: "approved",
        8: "published",
    }


def test_no_way_leads_past_a_second_person() -> None:
    for impossible in (
        draft("approved", 4),
        draft("approved", 4, (3, "return", "a")),
        draft("in_review", 2),
        draft("drafted", 1),
        draft("settled", 4),
    ):
        with pytest.raises(RecordRefused):
            path_of(impossible, rests=None, needed=1)
    assert path_of(draft("approved", 4, (3, "approve", "a")), rests=None, needed=1)
    with pytest.raises(RecordRefused):
        path_of(draft("approved", 4, (3, "approve", "a"), (3, "approve", "a")), rests=None, needed=2)
