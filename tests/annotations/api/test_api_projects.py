"""Studies beside the everyday desk: set up, changed, given texts to read; and the work handed out in them."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.models import Assignment, PinnedRevision, Project
from annotations.operations.studies.projects import assign, create_project
from articles.models import Article
from articles.operations.articles import restrict_article
from newsdesk.models import User
from tests.factories import AT, make_article
from tests.factories.callers import call

STUDY = {"name": "How ministries are quoted", "slug": "ministries", "is_blind": True, "suggestion_policy": "none"}


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


@pytest.fixture
def study(carol: User) -> Project:
    return create_project(name="Verbs of saying", slug="verbs", by=carol, at=AT)


@pytest.fixture
def desk(db: None, alice: User) -> Project:
    return Project.objects.get(is_default=True)


def test_a_study_begins_with_the_codebook_of_the_everyday_desk(carol: User, desk: Project) -> None:
    answer = call(carol).post("projects/", STUDY)

    made = answer.json()
    assert (answer.status_code, answer["Location"]) == (201, f"/api/v1/projects/{made['uid']}/")
    assert made["codebook"] == str(desk.codebook.uid)
    assert {name: made[name] for name in STUDY} == STUDY
    assert (made["is_default"], made["pinned_revisions"]) == (False, [])


def test_a_study_is_changed_with_the_version_that_was_seen(carol: User, study: Project) -> None:
    caller, path = call(carol), f"projects/{study.uid}/"

    changed = caller.patch(path, {"guidelines": "Read the headline last.", "version": 1})
    stale = caller.patch(path, {"guidelines": "Read it first.", "version": 1})

    assert (changed.status_code, changed.json()["guidelines"]) == (200, "Read the headline last.")
    assert (stale.status_code, stale.json()["current"]["version"]) == (409, 2)


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"slug": "desk"}, 409, "slug"),
        ({"slug": "codebooks"}, 409, "slug"),
        ({"slug": "two words"}, 400, "slug"),
        ({"name": ""}, 400, "name"),
        ({"is_default": True}, 400, "is_default"),
        ({"suggestion_policy": "some"}, 400, "suggestion_policy"),
    ],
)
def test_what_no_project_may_say_names_its_field(
    carol: User, study: Project, change: dict[str, Any], status: int, field: str
) -> None:
    made = call(carol).post("projects/", {**STUDY, **change})
    changed = call(carol).patch(f"projects/{study.uid}/", {**change, "version": 1})

    for answer in (made, changed):
        assert answer.status_code == status
        assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_a_project_keeps_its_own_slug(carol: User, study: Project) -> None:
    assert call(carol).patch(f"projects/{study.uid}/", {"slug": "verbs", "version": 1}).status_code == 200


def test_the_everyday_desk_stays_the_everyday_desk_and_open(alice: User, desk: Project) -> None:
    caller, path = call(alice), f"projects/{desk.uid}/"

    demoted = caller.patch(path, {"is_default": False, "version": 1})
    blind = caller.patch(path, {"is_blind": True, "version": 1})

    assert (demoted.status_code, blind.status_code) == (400, 400)
    desk.refresh_from_db()
    assert (desk.is_default, desk.is_blind) == (True, False)


def test_the_codebook_of_a_project_is_never_exchanged(carol: User, study: Project) -> None:
    change = {"codebook": str(study.codebook.uid), "version": 1}

    assert call(carol).patch(f"projects/{study.uid}/", change).status_code == 400


def test_a_text_is_pinned_once(carol: User, study: Project, article: Article) -> None:
    body = {"article": str(article.uid), "revision": 1}

    first, second = (call(carol).post(f"projects/{study.uid}/pin/", body) for _ in range(2))
    unsaved = call(carol).post(f"projects/{study.uid}/pin/", {**body, "revision": 2})

    assert (first.status_code, second.status_code, unsaved.status_code) == (200, 200, 404)
    assert second.json()["pinned_revisions"] == [body]
    assert PinnedRevision.objects.count() == 1


def test_a_pinned_text_is_listed_for_those_who_may_know_of_it(
    alice: User, carol: User, study: Project, article: Article
) -> None:
    path = f"projects/{study.uid}/"
    call(carol).post(f"{path}pin/", {"article": str(article.uid), "revision": 1})
    bait = call(carol).get(path).json()["pinned_revisions"]

    restrict_article(article=article, reason="At risk", people=[], seen=1, by=alice, at=AT)

    assert len(bait) == 1
    assert call(carol).get(path).json()["pinned_revisions"] == []


LEADING = {"alice", "carol", "ada"}
CAST = ("alice", "bob", "carol", "dana", "emil", "ada", "rana", "mallory")


@pytest.mark.parametrize("name", CAST)
def test_only_those_who_lead_give_a_study_its_texts(
    study: Project, article: Article, name: str, request: pytest.FixtureRequest
) -> None:
    answer = call(request.getfixturevalue(name)).post(
        f"projects/{study.uid}/pin/", {"article": str(article.uid), "revision": 1}
    )

    assert answer.status_code == (200 if name in LEADING else 404)


# Of emil's work: who may say that it is done, and who may take it back. 404: it is not theirs to know of.
ENDS = {
    "alice": (200, 200),
    "bob": (404, 404),
    "carol": (200, 200),
    "dana": (404, 404),
    "emil": (200, 403),
    "ada": (200, 200),
    "rana": (404, 404),
    "mallory": (404, 404),
}


@pytest.fixture
def work(alice: User, emil: User, article: Article) -> Assignment:
    return assign(article=article, person=emil, task="Check the cost", by=alice, at=AT)


@pytest.mark.parametrize("name", ENDS)
def test_work_is_finished_by_who_has_it_and_taken_back_by_who_hands_it_out(
    work: Assignment, name: str, request: pytest.FixtureRequest
) -> None:
    caller, path = call(request.getfixturevalue(name)), f"assignments/{work.uid}/"

    finished = caller.post(f"{path}finish/", {"version": 1})
    taken_back = caller.post(f"{path}retract/", {"version": 2 if finished.status_code == 200 else 1})

    assert (finished.status_code, taken_back.status_code) == ENDS[name]


def test_the_same_work_is_handed_out_once(alice: User, emil: User, work: Assignment) -> None:
    body = {"article": str(work.article.uid), "person": str(emil.uid)}

    answer = call(alice).post("assignments/", body)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (409, "person")
