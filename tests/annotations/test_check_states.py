"""How a check moves: the whole matrix of states, tried in the database itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from annotations.models import CheckState, FactCheck, Review
from annotations.operations.checking.checklaws import MOVES
from articles.permissions import Role
from newsdesk.models import User
from tests.factories import AT, make_article, make_claim, make_source
from tests.factories.checks import Cast, bring_to
from tests.factories.laws import plain_sql, refused, run
from tests.factories.whole import make_person

STATES = CheckState.values
# What a move needs beside being allowed; without it the database says so.
NEEDS = {
    "approved": "a check is approved by second persons",
    "published": "a check is published with a verdict that rests on it",
    "corrected": "a check is corrected by a later verdict",
}


@pytest.fixture(scope="module")
def checks(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, FactCheck]]:
    """A check in each state, brought there by the acts of people."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = Cast(
            editor=make_person("stateseditor", Role.EDITOR),
            checker=make_person("stateschecker", Role.FACT_CHECKER),
            reviewer=make_person("statesreviewer", Role.REVIEWER),
        )
        make_person("statessecond", Role.REVIEWER)
        claims = {state: make_claim(make_article(by=cast.editor), by=cast.editor) for state in STATES}
        yield {state: bring_to(state, claim, cast) for state, claim in claims.items()}
        transaction.set_rollback(True)


def moving(check: FactCheck, state: str) -> Callable[[], object]:
    """To another state past every operation, with all that a draft has, so that nothing else stands in the way."""
    return plain_sql(
        "UPDATE annotations_factcheck SET state = %s, version = version + 1, verdict = 'supported', reason = 'So.', "
        "checker_id = created_by_id, claim_version_seen = 1 WHERE id = %s",
        state,
        check.pk,
    )


def test_the_states_are_reached(checks: dict[str, FactCheck]) -> None:
    assert {state: check.state for state, check in checks.items()} == {state: state for state in STATES}


@pytest.mark.parametrize(("was", "now"), [pair for pair in product(STATES, STATES) if pair[0] != pair[1]])
def test_a_check_moves_as_the_rules_say_whoever_writes(checks: dict[str, FactCheck], was: str, now: str) -> None:
    move = moving(checks[was], now)

    if now not in MOVES[was]:
        refused(f"a check does not move from {was} to {now}", move)
    elif now in NEEDS:
        refused(NEEDS[now], move)
    else:
        with transaction.atomic():
            move()
            run("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True)


@pytest.mark.parametrize("state", [state for state in STATES if state not in {"proposed", "assigned", "gathering"}])
def test_a_check_begins_before_its_draft(checks: dict[str, FactCheck], state: str) -> None:
    def begin() -> object:
        check = FactCheck.objects.get(pk=checks["withdrawn"].pk)
        values = {field.attname: getattr(check, field.attname) for field in FactCheck._meta.concrete_fields}
        del values["id"], values["uid"]
        return FactCheck.objects.bulk_create([FactCheck(**(values | {"state": state, "version": 1}))])

    refused("a check begins before its draft", begin)


def test_python_and_the_database_know_the_same_moves(checks: dict[str, FactCheck]) -> None:
    with connection.cursor() as cursor:
        pairs = list(product(STATES, STATES))
        found = {}
        for was, now in pairs:
            cursor.execute("SELECT check_may_move(%s, %s)", [was, now])
            found[was, now] = cursor.fetchone()[0]

    assert found == {(was, now): now in MOVES[was] for was, now in pairs}


@pytest.mark.parametrize("state", [state for state in STATES if state != "in_review"])
def test_a_review_is_of_a_draft_in_review(checks: dict[str, FactCheck], state: str) -> None:
    check = checks[state]
    reviewer = User.objects.get(username="statessecond")

    def review() -> object:
        return Review.objects.create(
            fact_check=check,
            decision="approve",
            version_seen=check.version,
            authors=check.authors,
            created_by=reviewer,
            created_at=AT,
        )

    refused("a review is of the draft that is in review", review)


def test_a_high_risk_needs_two_in_the_database_too(checks: dict[str, FactCheck]) -> None:
    check = checks["in_review"]
    with transaction.atomic():
        run(
            "UPDATE annotations_claim SET risk = 'high', risk_reason = 'A life.', version = version + 1 WHERE id = %s",
            check.claim_id,
        )
        for number, name in enumerate(("statesreviewer", "statessecond"), start=1):
            Review.objects.create(
                fact_check=check,
                decision="approve",
                version_seen=check.version,
                authors=check.authors,
                created_by=User.objects.get(username=name),
                created_at=AT,
            )
            if number == 1:
                refused("second persons: 1 of 2", moving(check, "approved"))
        moving(check, "approved")()
        transaction.set_rollback(True)


# what a verdict rests on


def resting(check: FactCheck, *, rating: str = "true", version: int | None = None, claim: Any = None) -> None:
    """A verdict of the desk and its ground, by plain SQL."""
    run(
        """
        WITH said AS (
            INSERT INTO annotations_deskverdict
                (uid, claim_id, number, verdict, rating_id, qualifiers, reason, dissent, correction_note,
                 created_by_id, created_at)
            SELECT gen_random_uuid(), %s, 1, 'supported', r.id, '{}', 'So.', '', '', c.created_by_id, now()
            FROM annotations_factcheck c, annotations_rating r
            WHERE c.id = %s AND r.slug = %s AND r.retired_at IS NULL
            RETURNING id
        )
        INSERT INTO annotations_restingon (desk_verdict_id, fact_check_id, version_seen)
        SELECT id, %s, %s FROM said
        """,
        claim or check.claim_id,
        check.pk,
        rating,
        check.pk,
        check.version if version is None else version,
    )


@pytest.mark.parametrize("state", ["proposed", "assigned", "gathering", "drafted", "in_review", "withdrawn"])
def test_a_verdict_rests_on_an_approved_check(checks: dict[str, FactCheck], state: str) -> None:
    refused("a verdict rests on an approved check", lambda: resting(checks[state]))


def test_a_verdict_rests_on_the_check_as_it_was_approved(checks: dict[str, FactCheck]) -> None:
    check = checks["approved"]

    refused("as it stands", lambda: resting(check, version=check.version - 1))


def test_a_verdict_rests_on_a_check_of_its_claim(checks: dict[str, FactCheck]) -> None:
    refused("checks of its claim", lambda: resting(checks["approved"], claim=checks["gathering"].claim_id))


def without(check: FactCheck, *changes: str) -> Callable[[], object]:
    def act() -> None:
        for change in changes:
            run(change, check.claim_id)
        resting(check)

    return act


DETACH = (
    "UPDATE annotations_evidence SET version = version + 1, detached_at = now(), detached_by_id = created_by_id "
    "WHERE claim_id = %s"
)
ALONE = "UPDATE annotations_factcheck SET version = version + 1, one_source_reason = ' ' WHERE claim_id = %s"


def test_a_verdict_without_evidence_is_refused_by_the_database(checks: dict[str, FactCheck]) -> None:
    refused("rests on evidence, or on a logged search", without(checks["approved"], DETACH))


def test_one_source_without_a_reason_is_refused_by_the_database(checks: dict[str, FactCheck]) -> None:
    check = checks["approved"]

    def act() -> None:
        run(ALONE, check.claim_id)
        resting(check, version=check.version + 1)

    refused("rests on two sources", act)


def test_a_verdict_that_rests_on_nothing_is_refused_when_it_is_committed(checks: dict[str, FactCheck]) -> None:
    def act() -> None:
        run(
            """
            INSERT INTO annotations_deskverdict
                (uid, claim_id, number, verdict, rating_id, qualifiers, reason, dissent, correction_note,
                 created_by_id, created_at)
            SELECT gen_random_uuid(), c.claim_id, 1, 'supported', c.rating_id, '{}', 'So.', '', '',
                c.created_by_id, now()
            FROM annotations_factcheck c WHERE c.id = %s
            """,
            checks["approved"].pk,
        )

    refused("a verdict rests on a check", act)


def test_with_all_of_it_the_verdict_stands(checks: dict[str, FactCheck]) -> None:
    check = checks["approved"]

    with transaction.atomic():
        resting(check)
        moving(check, "published")()
        run("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def test_what_reached_a_paraphrase_alone_is_refused_by_the_database(checks: dict[str, FactCheck]) -> None:
    editor = User.objects.get(username="stateseditor")
    check = checks["approved"]

    def act() -> None:
        run(DETACH, check.claim_id)
        make_evidence_of_paraphrase(check, editor)
        resting(check)

    refused("rests on a capture or a transcript", act)


def make_evidence_of_paraphrase(check: FactCheck, by: User) -> None:
    """Past the operation, which would send the check back."""
    snapshot = make_source(by=by, basis="paraphrase").snapshots.get()
    run(
        """
        INSERT INTO annotations_evidence
            (uid, version, claim_id, snapshot_id, start, "end", excerpt, stance, question, found_query,
             created_by_id, created_at)
        VALUES (gen_random_uuid(), 1, %s, %s, 0, 3, 'The', 'supports', '', '', %s, now())
        """,
        check.claim_id,
        snapshot.pk,
        by.pk,
    )


def test_a_rating_keeps_its_words(checks: dict[str, FactCheck]) -> None:
    for change in ("name = 'Wrong'", "slug = 'wrong'", "verdicts = '{refuted}'"):
        refused(
            "the words of a rating never change",
            plain_sql(f"UPDATE annotations_rating SET {change} WHERE slug = 'true'"),
        )


def test_a_retired_rating_stays_retired(checks: dict[str, FactCheck]) -> None:
    def bring_back() -> None:
        run("UPDATE annotations_rating SET retired_at = now() WHERE slug = 'mixed'")
        run("UPDATE annotations_rating SET retired_at = NULL WHERE slug = 'mixed'")

    refused("a retired rating stays as it was", bring_back)
