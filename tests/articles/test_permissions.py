"""Who may know of what, and who may do what: the tables are written out by hand, not computed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from rules.permissions import permissions

from articles.models import Access, Admission, Article, ArticleState, Declaration, Ground, SourceAdmission
from articles.operations.drafting import keep_draft
from articles.operations.suggesting import suggest_quotes
from articles.permissions import Role, visible_articles, visible_drafts, visible_quotes, visible_sources
from newsdesk.models import User
from tests.factories import make_article, make_quote, make_source
from tests.factories.whole import make_person

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
NOBODY = "nobody"
WORKING_BELOW_EDITORS = (Role.ANNOTATOR, Role.FACT_CHECKER, Role.REVIEWER, Role.RESEARCHER, Role.COUNSEL)
EVERYBODY = (NOBODY, *Role)
IN_WORK = ("editing", "checking", "approved", "withdrawn")
OUT = ("published", "corrected")


@pytest.fixture
def of_role(db: None) -> Callable[[str], User]:
    def make(role: str) -> User:
        return make_person(f"somebody-{role}", *([] if role == NOBODY else [Role(role)]))

    return make


# role × state × embargoed × assigned, where the article is open to the desk.
# Editors and administrators see all; those who work here all but incoming and embargoed pieces unless assigned;
# readers, and people without a role, what is out.
def open_table() -> dict[tuple[str, str, bool, bool], bool]:
    table: dict[tuple[str, str, bool, bool], bool] = {}
    for state, embargoed, assigned in product(ArticleState.values, (False, True), (False, True)):
        for role in (Role.EDITOR, Role.ADMINISTRATOR):
            table[role, state, embargoed, assigned] = True
        for outside in (Role.READER.value, NOBODY):
            table[outside, state, embargoed, assigned] = state in OUT and not embargoed
    for role in WORKING_BELOW_EDITORS:
        for state in (*IN_WORK, *OUT):
            table[role, state, False, False] = True
            table[role, state, False, True] = True
            table[role, state, True, False] = False
            table[role, state, True, True] = True
        for embargoed in (False, True):
            table[role, "incoming", embargoed, False] = False
            table[role, "incoming", embargoed, True] = True
    return table


def stand(article: Article, *, state: str, embargoed: bool, restricted: bool = False) -> None:
    if state == "corrected" and article.state not in OUT:
        article.change(seen=article.version, state="published")
    if article.state in OUT:
        for kind in ("correction", "retraction"):  # what it takes to leave these states
            Declaration.objects.create(
                article=article,
                revision=article.head,
                kind=kind,
                text=".",
                created_by_id=article.created_by_id,
                created_at=LONG_AGO,
            )
    article.change(
        seen=article.version,
        state=state,
        embargo_until=timezone.now() + timedelta(hours=1 if embargoed else -1),
        access=Access.RESTRICTED if restricted else Access.DESK,
        access_reason="A source at risk" if restricted else "",
    )


def admit(article: Article, person: User, ground: Ground) -> None:
    Admission.objects.create(article=article, person=person, ground=ground, created_by=person, created_at=LONG_AGO)


@pytest.mark.parametrize("role", EVERYBODY)
def test_an_open_article_and_its_quotes_are_seen_by_role_state_embargo_and_assignment(
    alice: User, of_role: Callable[[str], User], role: str
) -> None:
    article = make_article(by=alice)
    make_quote(article, by=alice)
    expected = {key[1:]: seen for key, seen in open_table().items() if key[0] == role}
    found, quotes = {}, {}
    person = of_role(role)

    for assigned in (False, True):
        if assigned:
            admit(article, person, Ground.ASSIGNED)
        for state, embargoed in product(ArticleState.values, (False, True)):
            stand(article, state=state, embargoed=embargoed)
            found[state, embargoed, assigned] = visible_articles(person).exists()
            quotes[state, embargoed, assigned] = visible_quotes(person).exists()

    assert found == expected
    assert quotes == expected


@pytest.mark.parametrize("role", EVERYBODY)
def test_a_restricted_article_is_seen_only_by_the_people_it_names(
    alice: User, of_role: Callable[[str], User], role: str
) -> None:
    article = make_article(by=alice)
    make_quote(article, by=alice)
    named, other = of_role(role), make_person("other", *([] if role == NOBODY else [Role(role)]))
    admit(article, named, Ground.NAMED)
    stand(article, state="published", embargoed=False)
    bait = (visible_articles(other).exists(), visible_quotes(other).exists())

    stand(article, state="published", embargoed=False, restricted=True)

    assert bait == (True, True)
    assert (visible_articles(named).exists(), visible_quotes(named).exists()) == (True, True)
    assert (visible_articles(other).exists(), visible_quotes(other).exists()) == (False, False)


def test_an_assignment_does_not_open_a_restriction(alice: User, bob: User) -> None:
    article = make_article(by=alice)
    admit(article, bob, Ground.ASSIGNED)

    stand(article, state="editing", embargoed=False, restricted=True)

    assert not visible_articles(bob).exists()


def test_being_named_does_not_lift_an_embargo(alice: User, bob: User) -> None:
    article = make_article(by=alice)
    admit(article, bob, Ground.NAMED)

    stand(article, state="editing", embargoed=True, restricted=True)

    assert not visible_articles(bob).exists()


@pytest.mark.parametrize("state", ArticleState.values)
def test_somebody_who_is_not_signed_in_sees_what_is_out(alice: User, state: str) -> None:
    article = make_article(by=alice)

    stand(article, state=state, embargoed=False)

    assert visible_articles(AnonymousUser()).exists() is (state in OUT)


def test_a_deactivated_person_sees_no_more_than_a_stranger(alice: User, ada: User) -> None:
    make_article(by=alice)
    before = visible_articles(ada).exists()

    ada.is_active = False
    ada.save()

    assert (before, visible_articles(User.objects.get(pk=ada.pk)).exists()) == (True, False)


# role × (open, restricted, restricted and named)
SOURCES = {
    NOBODY: (False, False, False),
    Role.READER: (False, False, False),
    Role.ANNOTATOR: (True, False, True),
    Role.EDITOR: (True, False, True),
    Role.FACT_CHECKER: (True, False, True),
    Role.REVIEWER: (True, False, True),
    Role.RESEARCHER: (True, False, True),
    Role.ADMINISTRATOR: (True, False, True),
    Role.COUNSEL: (True, False, True),
}


@pytest.mark.parametrize("role", EVERYBODY)
def test_sources_are_seen_by_those_who_work_here_and_restricted_ones_by_the_named(
    bob: User, of_role: Callable[[str], User], role: str
) -> None:
    source, person = make_source(by=bob), of_role(role)
    found = [visible_sources(person).exists()]

    source.change(seen=1, access=Access.RESTRICTED, access_reason="A source at risk")
    found.append(visible_sources(person).exists())
    SourceAdmission.objects.create(source=source, person=person, created_by=bob, created_at=LONG_AGO)
    found.append(visible_sources(person).exists())

    assert tuple(found) == SOURCES[role]


@pytest.mark.parametrize("role", EVERYBODY)
def test_a_draft_is_seen_by_its_author_alone(alice: User, of_role: Callable[[str], User], role: str, at: Any) -> None:
    article, other = make_article(by=alice), of_role(role)

    keep_draft(article=article, base=1, headline="Half a thought", body="", by=alice, at=at)

    assert visible_drafts(alice).count() == 1
    assert not visible_drafts(other).exists()


EVERYBODY_WORKING = {"annotator", "editor", "fact-checker", "reviewer", "researcher", "administrator", "counsel"}
# permission: the roles that have it, without a thing to do it to
PERMISSIONS: dict[str, set[str]] = {
    "articles.bring_in": {"editor", "administrator"},
    "articles.keep_feeds": {"editor", "administrator"},
    "articles.revise_article": {"editor", "administrator"},
    "articles.change_article": {"editor", "administrator"},
    "articles.ask_outlet": {"editor", "fact-checker", "administrator"},
    "articles.restrict_article": {"editor", "administrator"},
    "articles.acknowledge_hold": EVERYBODY_WORKING,
    "articles.stop": {"editor", "administrator", "counsel"},
    "articles.pull": {"editor", "reviewer", "administrator"},
    "articles.lift_hold": {"editor", "administrator", "counsel"},
    "articles.put_back": {"editor", "reviewer", "administrator"},
    "articles.record_quote": {"annotator", "editor", "fact-checker", "researcher", "administrator"},
    "articles.decide_suggestion": {"annotator", "editor", "fact-checker", "researcher", "administrator"},
    "articles.change_quote": {"annotator", "editor", "fact-checker", "researcher", "administrator"},
    "articles.compare_words": EVERYBODY_WORKING,
    "articles.repair_anchor": {"annotator", "editor", "fact-checker", "researcher", "administrator"},
    "articles.add_speaker": {"annotator", "editor", "fact-checker", "researcher", "administrator"},
    "articles.change_speaker": {"editor", "fact-checker", "administrator"},
    "articles.merge_speakers": {"editor", "administrator"},
    "articles.view_sources": EVERYBODY_WORKING,
    "articles.store_source": {"editor", "fact-checker", "administrator"},
    "articles.change_source": {"editor", "fact-checker", "administrator"},
    "annotations.record_claim": {"annotator", "editor", "fact-checker", "researcher", "administrator"},
    "annotations.change_claim": {"annotator", "editor", "fact-checker", "researcher", "administrator"},
    "annotations.tag_bias": {"annotator", "editor", "fact-checker", "researcher", "administrator"},
    "annotations.change_biastag": {"annotator", "editor", "fact-checker", "researcher", "administrator"},
    "annotations.attach_evidence": {"editor", "fact-checker", "administrator"},
    "annotations.detach_evidence": {"editor", "fact-checker", "administrator"},
    "annotations.write_factcheck": {"editor", "fact-checker", "administrator"},
    "annotations.assign_check": {"editor", "fact-checker", "administrator"},
    "annotations.assign_to_others": {"editor", "administrator"},
    "annotations.review_factcheck": {"editor", "fact-checker", "reviewer", "administrator"},
    "annotations.begin_blind_round": {"editor", "fact-checker", "administrator"},
    "annotations.end_blind_round": {"editor", "administrator"},
    "annotations.hear": {"editor", "fact-checker", "administrator"},
    "annotations.write_methods": {"editor", "administrator"},
    "annotations.publish_verdict": {"editor", "reviewer", "administrator"},
    "annotations.comment": EVERYBODY_WORKING,
    "annotations.change_comment": EVERYBODY_WORKING,
    "annotations.read_for_study": {"annotator", "editor", "fact-checker", "researcher", "administrator"},
    "annotations.assign": {"editor", "researcher", "administrator"},
    "annotations.lead_project": {"editor", "researcher", "administrator"},
    "annotations.write_codebook": {"editor", "researcher", "administrator"},
    "annotations.adjudicate": {"editor", "researcher", "administrator"},
    "annotations.release_dataset": {"editor", "researcher", "administrator"},
    "annotations.see_insights": EVERYBODY_WORKING,
    "annotations.take_out": EVERYBODY_WORKING,
    "annotations.take_in": {"administrator"},
    "annotations.decide_correction": {"editor", "administrator"},
    "annotations.see_reader_contact": {"editor", "administrator"},
    "annotations.administer": {"administrator"},
}


@pytest.mark.parametrize("role", EVERYBODY)
def test_a_role_has_exactly_these_rights(of_role: Callable[[str], User], role: str) -> None:
    person = of_role(role)

    has = {permission for permission in PERMISSIONS if person.has_perm(permission)}

    assert has == {permission for permission, roles in PERMISSIONS.items() if role in roles}


def test_the_table_of_rights_is_whole() -> None:
    assert {name for name in permissions if name.startswith(("articles.", "annotations."))} == set(PERMISSIONS)


# role: may it change its own quote, somebody else's, and one that was suggested in somebody else's name?
CHANGES_QUOTES = {
    NOBODY: (False, False, False),
    Role.READER: (False, False, False),
    Role.ANNOTATOR: (True, False, True),
    Role.EDITOR: (True, True, True),
    Role.FACT_CHECKER: (True, False, True),
    Role.REVIEWER: (False, False, False),
    Role.RESEARCHER: (True, False, True),
    Role.ADMINISTRATOR: (True, True, True),
    Role.COUNSEL: (False, False, False),
}


@pytest.mark.parametrize("role", EVERYBODY)
def test_people_change_their_own_quotes_and_suggestions_and_editors_everybodys(
    alice: User, of_role: Callable[[str], User], role: str
) -> None:
    article, person = make_article(by=alice), of_role(role)
    own, other = make_quote(article, by=person), make_quote(article, by=alice)
    suggested = suggest_quotes(article=make_article(by=alice), by=alice, at=LONG_AGO)[0]

    may = tuple(person.has_perm("articles.change_quote", quote) for quote in (own, other, suggested))

    assert may == CHANGES_QUOTES[role]
