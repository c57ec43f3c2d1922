"""Who may still undo what they did: the table is written out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from annotations.models import Finding
from annotations.operations.checking.claims import change_claim
from annotations.operations.checking.evidence import change_stance
from annotations.operations.studies.readings import record_finding
from annotations.operations.workbench.undo import ChangedSince, NothingToUndo, Reversed, foresee_revert, revert, undo
from annotations.queries.workbench.acts import acts_to_revert
from articles.anchoring.text import sentences
from articles.models import Act, Article, SourceAdmission
from articles.operations.deciding import accept_suggestion
from articles.operations.placing import place_mark
from articles.operations.spans import Words
from articles.operations.suggesting import suggest_quotes
from articles.permissions import Role, visible_acts
from newsdesk.models import User
from tests.factories import (
    make_article,
    make_claim,
    make_evidence,
    make_quote,
    make_reading,
    make_source,
    make_tag,
    words_of,
)
from tests.factories.whole import make_person

NOBODY = "nobody"
EVERYBODY = (NOBODY, *Role)
Deed = Callable[[Article, User, User, datetime], object]


def of_role(role: str) -> User:
    return make_person(f"somebody-{role}", *([] if role == NOBODY else [Role(role)]))


def finding(article: Article, alice: User, person: User, at: datetime) -> object:
    start, end = sentences(article.head.text)[0]
    reading = make_reading(article, by=person)
    return record_finding(reading=reading, words=Words(start, end), finding=Finding.NOTHING, by=person, at=at)


# What somebody did while they had the right to.
DEEDS: dict[str, Deed] = {
    "own quote": lambda article, alice, person, at: make_quote(article, by=person),
    "own claim": lambda article, alice, person, at: make_claim(article, by=person),
    "own tag": lambda article, alice, person, at: make_tag(article, by=person),
    "claim of another": lambda article, alice, person, at: change_claim(
        claim=make_claim(article, by=alice), seen=1, by=person, at=at, note="Really?"
    ),
    "place": lambda article, alice, person, at: place_mark(
        mark=make_tag(article, by=alice), base=1, words=words_of(article, "the decision"), by=person, at=at
    ),
    "suggestion": lambda article, alice, person, at: accept_suggestion(
        mark=suggest_quotes(article=article, by=alice, at=at)[0], seen=1, by=person, at=at
    ),
    "own evidence": lambda article, alice, person, at: make_evidence(
        make_claim(article, by=alice), make_source(by=alice), by=person
    ),
    "stance of another": lambda article, alice, person, at: change_stance(
        evidence=make_evidence(make_claim(article, by=alice), make_source(by=alice), by=alice),
        stance="refutes",
        seen=1,
        by=person,
        at=at,
    ),
    "finding": finding,
}
MARKS = {"own quote", "own claim", "own tag", "place", "suggestion", "finding"}
CHECKS = {"claim of another", "own evidence", "stance of another"}

UNDOES: dict[str, set[str]] = {
    NOBODY: set(),
    Role.READER: set(),
    Role.ANNOTATOR: MARKS,
    Role.EDITOR: MARKS | CHECKS,
    Role.FACT_CHECKER: MARKS | CHECKS,
    Role.REVIEWER: set(),
    Role.RESEARCHER: MARKS,
    Role.ADMINISTRATOR: MARKS | CHECKS,
    Role.COUNSEL: set(),
}


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("deed", DEEDS)
def test_people_undo_what_their_role_still_lets_them_do(alice: User, at: datetime, role: str, deed: str) -> None:
    person = of_role(role)
    DEEDS[deed](make_article(by=alice), alice, person, at)
    done = Act.objects.filter(person=person).count()

    try:
        undo(by=person, at=at)
    except (NothingToUndo, PermissionDenied):
        undone = False
    else:
        undone = True

    assert (done, undone) == (1, deed in UNDOES[role])


def test_whoever_lost_the_right_is_told_what_it_takes(alice: User) -> None:
    dana = of_role(Role.REVIEWER)
    make_tag(make_article(by=alice), by=dana)
    client = Client()
    client.force_login(dana)

    answer = client.post("/undo/")

    assert answer.status_code == 403
    assert "change or retract a bias tag" in answer.content.decode()


def test_only_administrators_see_what_others_did(alice: User, at: datetime) -> None:
    make_tag(make_article(by=alice), by=alice)

    sees = {role for role in EVERYBODY if visible_acts(of_role(role)).exists()}

    assert sees == {Role.ADMINISTRATOR}
    assert visible_acts(alice).exists()


def test_acts_in_a_restricted_article_are_seen_and_reverted_by_nobody_else(
    alice: User, bob: User, ada: User, at: datetime
) -> None:
    article = make_article(by=alice)
    make_tag(article, by=bob)
    bait = visible_acts(ada).exists()

    article.change(seen=article.version, access="restricted", access_reason="A source at risk")

    assert (bait, visible_acts(ada).exists()) == (True, False)


def reverted(person: User, by: User, at: datetime, reverting: Any = revert) -> Reversed:
    acts = acts_to_revert(Act.objects.filter(person=person), most=500)
    came_to: Reversed = reverting(acts=acts, by=by, at=at)
    return came_to


def test_what_somebody_said_in_their_own_reading_is_left(alice: User, emil: User, ada: User, at: datetime) -> None:
    article = make_article(by=alice)
    finding(article, alice, emil, at)
    make_tag(article, by=emil)

    came_to = reverted(emil, ada, at)

    assert [act.kind for act in came_to.acts] == ["biastag"]
    assert ["somebody else’s reading" in conflict.reason for conflict in came_to.left] == [True]


def test_foreseeing_a_revert_writes_nothing(alice: User, emil: User, ada: User, at: datetime) -> None:
    tag = make_tag(make_article(by=alice), by=emil)

    foreseen = reverted(emil, ada, at, foresee_revert)
    acts = Act.objects.count()
    came_to = reverted(emil, ada, at)

    tag.refresh_from_db()
    assert (len(foreseen.acts), acts, len(came_to.acts), tag.is_live) == (1, 1, 1, False)


def test_what_rests_on_a_claim_names_no_source_that_is_kept_from_the_reader(
    alice: User, bob: User, at: datetime
) -> None:
    article = make_article(by=alice)
    claim, source = make_claim(article, by=alice), make_source(by=bob, text="Zanzibar knows the cost of the bridge.")
    make_evidence(claim, source, by=bob)
    client = Client()
    client.force_login(alice)
    shown = "Zanzibar" in client.post("/undo/").content.decode()

    source.change(seen=source.version, access="restricted", access_reason="A source at risk")
    SourceAdmission.objects.create(source=source, person=bob, created_by=bob, created_at=at)
    page = client.post("/undo/").content.decode()

    assert (shown, "Zanzibar" in page, "Evidence attached to this claim" in page) == (True, False, True)


def test_a_refusal_leaves_nothing_half_done(alice: User, emil: User, bob: User, at: datetime) -> None:
    article = make_article(by=alice)
    claim = make_claim(article, by=emil)
    change_claim(claim=claim, seen=1, by=bob, at=at, note="Really?")
    acts = Act.objects.count()

    with pytest.raises(ChangedSince):
        undo(by=emil, at=at)

    assert Act.objects.count() == acts
