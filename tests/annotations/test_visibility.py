"""Who may know of judgements, and who may act on which: the tables are written out by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotations.models import CheckState, Notice
from annotations.operations.studies.projects import assign, take_back_assignment
from annotations.permissions import (
    visible_assignments,
    visible_bias_tags,
    visible_claims,
    visible_comments,
    visible_desk_verdicts,
    visible_evidence,
    visible_fact_checks,
    visible_notices,
    visible_projects,
    visible_readings,
    visible_reviews,
)
from articles.models import Access
from articles.operations.articles import restrict_article
from articles.operations.holds import lift_holds
from articles.operations.sources import restrict_source
from articles.permissions import Role, visible_articles
from newsdesk.models import User
from tests.factories import AT, make_article, make_check, make_claim, make_evidence, make_source, make_tag
from tests.factories.whole import WholeDesk, make_person, make_whole_desk

NOBODY = "nobody"
EVERYBODY = (NOBODY, *Role)
NOUNS: dict[str, Callable[[User], Any]] = {
    "claim": visible_claims,
    "tag": visible_bias_tags,
    "evidence": visible_evidence,
    "check": visible_fact_checks,
    "review": visible_reviews,
    "verdict": visible_desk_verdicts,
    "comment": visible_comments,
    "assignment": visible_assignments,
    "project": visible_projects,
    "reading": visible_readings,
}
ALL = {"claim", "tag", "evidence", "check", "review", "verdict", "comment", "assignment", "project", "reading"}
NOT_WHAT_OTHERS_WORK_ON = ALL - {"assignment", "reading"}

# role: what it sees of a desk with one of each, in a piece that is being edited / published / restricted to others
SEES: dict[str, tuple[set[str], set[str], set[str]]] = {
    NOBODY: (set(), {"claim", "verdict"}, set()),
    Role.READER: (set(), {"claim", "verdict"}, set()),
    Role.ANNOTATOR: (NOT_WHAT_OTHERS_WORK_ON, NOT_WHAT_OTHERS_WORK_ON, {"project"}),
    Role.EDITOR: (ALL, ALL, {"project"}),
    Role.FACT_CHECKER: (NOT_WHAT_OTHERS_WORK_ON, NOT_WHAT_OTHERS_WORK_ON, {"project"}),
    Role.REVIEWER: (NOT_WHAT_OTHERS_WORK_ON, NOT_WHAT_OTHERS_WORK_ON, {"project"}),
    Role.RESEARCHER: (ALL, ALL, {"project"}),
    Role.ADMINISTRATOR: (ALL, ALL, {"project"}),
    Role.COUNSEL: (NOT_WHAT_OTHERS_WORK_ON, NOT_WHAT_OTHERS_WORK_ON, {"project"}),
}


@pytest.fixture
def desk(db: None) -> WholeDesk:
    """One of each, with nothing that holds the article back from readers."""
    desk = make_whole_desk()
    lift_holds(article=desk.article, seen=desk.article.version, by=desk.editor, at=AT)
    return desk


def of_role(role: str, name: str = "somebody") -> User:
    return make_person(name, *([] if role == NOBODY else [Role(role)]))


def seen_by(person: User) -> set[str]:
    return {name for name, visible in NOUNS.items() if visible(person).exists()}


@pytest.mark.parametrize("role", EVERYBODY)
def test_judgements_are_seen_by_role_and_by_where_the_article_stands(desk: WholeDesk, role: str) -> None:
    person, article = of_role(role), desk.article
    found = [seen_by(person)]

    article.change(seen=article.version, state="published")
    found.append(seen_by(person))
    restrict_article(article=article, reason="At risk", people=[], seen=article.version, by=desk.editor, at=AT)
    found.append(seen_by(person))

    assert tuple(found) == SEES[role]


@pytest.mark.parametrize("role", [role for role in EVERYBODY if role not in {NOBODY, Role.READER}])
def test_the_people_a_restriction_names_see_all_of_it(desk: WholeDesk, role: str) -> None:
    person = of_role(role)
    before = seen_by(person)

    restrict_article(
        article=desk.article, reason="At risk", people=[person], seen=desk.article.version, by=desk.editor, at=AT
    )

    assert seen_by(person) == before


@pytest.mark.parametrize("role", EVERYBODY)
def test_an_embargoed_article_shows_its_judgements_to_editors_alone(desk: WholeDesk, role: str, at: Any) -> None:
    person = of_role(role)

    desk.article.change(seen=desk.article.version, state="published", embargo_until=at.replace(year=2999))

    sees_all = role in {Role.EDITOR, Role.ADMINISTRATOR}
    assert seen_by(person) - {"project"} == (ALL - {"project"} if sees_all else set())


def test_evidence_out_of_a_restricted_source_is_hidden_with_it(desk: WholeDesk) -> None:
    named, other = of_role(Role.EDITOR, "named"), of_role(Role.ADMINISTRATOR, "other")
    bait = visible_evidence(other).exists()

    restrict_source(source=desk.source, reason="At risk", people=[named], seen=1, by=desk.checker, at=AT)

    assert bait
    assert visible_evidence(named).exists()
    assert not visible_evidence(other).exists()


def test_a_reader_sees_a_claim_only_with_a_verdict_of_the_desk(desk: WholeDesk) -> None:
    reader, article = of_role(Role.READER), desk.article
    article.change(seen=article.version, state="published")

    make_claim(article, "to close the harbour bridge for two years", by=desk.editor)

    assert [claim.pk for claim in visible_claims(reader)] == [desk.claim.pk]


def test_an_assignment_opens_an_incoming_piece_and_taking_it_back_closes_it(alice: User, bob: User, at: Any) -> None:
    article = make_article(by=alice, state="incoming")
    before = visible_articles(bob).exists()

    assignment = assign(article=article, person=bob, by=alice, at=at)
    during = visible_articles(bob).exists()
    take_back_assignment(assignment=assignment, seen=1, by=alice, at=at)

    assert (before, during, visible_articles(bob).exists()) == (False, True, False)


def test_taking_one_of_two_assignments_back_leaves_the_piece_open(
    alice: User, bob: User, desk: WholeDesk, at: Any
) -> None:
    article = make_article(by=alice, state="incoming")
    study = desk.tag.project
    first = assign(article=article, person=bob, by=alice, at=at, project=study)
    first = first.change(seen=1, done_at=at)
    second = assign(article=article, person=bob, by=alice, at=at, project=study)

    take_back_assignment(assignment=second, seen=1, by=alice, at=at)

    assert first.ended_at is None
    assert visible_articles(bob).exists()


def test_a_notice_is_for_one_person_alone(desk: WholeDesk) -> None:
    administrator = of_role(Role.ADMINISTRATOR)

    assert visible_notices(desk.checker).count() == Notice.objects.filter(person=desk.checker).count() > 0
    assert not visible_notices(administrator).exists()


# role: may it change its own claim, another's; its own tag, another's; detach its own evidence, another's
CHANGES: dict[str, tuple[bool, ...]] = {
    NOBODY: (False, False, False, False, False, False),
    Role.READER: (False, False, False, False, False, False),
    Role.ANNOTATOR: (True, False, True, False, False, False),
    Role.EDITOR: (True, True, True, True, True, True),
    Role.FACT_CHECKER: (True, True, True, False, True, False),
    Role.REVIEWER: (False, False, False, False, False, False),
    Role.RESEARCHER: (True, False, True, False, False, False),
    Role.ADMINISTRATOR: (True, True, True, True, True, True),
    Role.COUNSEL: (False, False, False, False, False, False),
}


@pytest.mark.parametrize("role", EVERYBODY)
def test_people_change_their_own_judgements_and_those_their_role_answers_for(alice: User, role: str) -> None:
    article, person = make_article(by=alice), of_role(role)
    source = make_source(by=alice)
    own, other = make_claim(article, by=person), make_claim(article, by=alice)
    nouns = [
        ("annotations.change_claim", own),
        ("annotations.change_claim", other),
        ("annotations.change_biastag", make_tag(article, by=person)),
        ("annotations.change_biastag", make_tag(article, by=alice)),
        ("annotations.detach_evidence", make_evidence(own, source, by=person)),
        ("annotations.detach_evidence", make_evidence(other, source, by=alice)),
    ]

    assert tuple(person.has_perm(permission, noun) for permission, noun in nouns) == CHANGES[role]


# role: may it write its own check, another's; review another's, its own
CHECKS: dict[str, tuple[bool, ...]] = {
    NOBODY: (False, False, False, False),
    Role.READER: (False, False, False, False),
    Role.ANNOTATOR: (False, False, False, False),
    Role.EDITOR: (True, True, True, False),
    Role.FACT_CHECKER: (True, False, True, False),
    Role.REVIEWER: (False, False, True, False),
    Role.RESEARCHER: (False, False, False, False),
    Role.ADMINISTRATOR: (True, True, True, False),
    Role.COUNSEL: (False, False, False, False),
}


@pytest.mark.parametrize("role", EVERYBODY)
def test_checkers_write_their_own_checks_and_nobody_reviews_what_they_wrote(alice: User, role: str) -> None:
    claim, person = make_claim(make_article(by=alice), by=alice), of_role(role)
    own, other = make_check(claim, checker=person), make_check(claim, checker=alice)
    own.change(seen=own.version, state=CheckState.IN_REVIEW)

    may = (
        person.has_perm("annotations.write_factcheck", own),
        person.has_perm("annotations.write_factcheck", other),
        person.has_perm("annotations.review_factcheck", other),
        person.has_perm("annotations.review_factcheck", own),
    )

    assert may == CHECKS[role]


def test_a_restricted_source_stays_restricted_for_whoever_runs_the_desk(desk: WholeDesk) -> None:
    desk.source.change(seen=1, access=Access.RESTRICTED, access_reason="At risk")

    assert not visible_evidence(of_role(Role.ADMINISTRATOR)).exists()
