"""Studies over the API: planned, drawn, handed out, read and closed, and who may do it."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.models import Assignment, BiasTag, Round
from articles.models import Article
from newsdesk.models import User
from tests.factories import make_article, make_tag
from tests.factories.callers import call
from tests.factories.studies import Study, make_study, submit, tag_in

CAST = ("alice", "bob", "carol", "dana", "emil", "ada", "rana", "mallory")


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


@pytest.fixture
def study(carol: User, emil: User, article: Article) -> Study:
    return make_study(article, lead=carol, readers=[emil])


def marked(article: Article, exact: str = "reckless", **values: Any) -> dict[str, Any]:
    start = article.head.text.index(exact)
    place = {"start": start, "end": start + len(exact), "exact": exact, "base_revision": article.head.number}
    return {"article": str(article.uid), "category": "loaded-language", "severity": 1, **place, **values}


def test_a_study_is_run_over_the_api(carol: User, emil: User, article: Article) -> None:
    lead, reader = call(carol), call(emil)
    project = lead.post("projects/", {"name": "Naming", "slug": "naming", "is_blind": True}).json()["uid"]
    planned = lead.post("rounds/", {"project": project, "kind": "main", "annotators_per_text": 1}).json()
    lead.post("participants/", {"project": project, "person": str(emil.uid)})
    lead.post(f"rounds/{planned['uid']}/draw/", {"articles": [str(article.uid)]})
    lead.post(f"rounds/{planned['uid']}/hand-out/")
    opened = lead.post(f"rounds/{planned['uid']}/open/", {"version": 1}).json()

    body = {"article": str(article.uid), "revision": 1, "project": project}
    reading = reader.post("readings/", body).json()
    tag = reader.post("bias-tags/", marked(article, project=project))
    done = reader.post(f"readings/{reading['uid']}/submit/", {"version": 1}).json()
    closed = lead.post(f"rounds/{planned['uid']}/close/", {"version": opened["version"]}).json()

    assert [text["article"] for text in opened["texts"]] == [str(article.uid)]
    assert (tag.status_code, tag.json()["project"], reading["round"]) == (201, project, planned["uid"])
    assert done["submitted_at"] is not None
    assert closed["closed_at"] is not None
    assert Assignment.objects.get().done_at is not None


# Who plans a round: 404 where the study is nobody they know of, 403 where it is not theirs to run.
PLANS = {
    "alice": 201,
    "bob": 404,
    "carol": 201,
    "dana": 404,
    "emil": 403,
    "ada": 201,
    "rana": 404,
    "mallory": 404,
}


@pytest.mark.parametrize("name", CAST)
def test_who_plans_rounds(study: Study, name: str, request: pytest.FixtureRequest) -> None:
    answer = call(request.getfixturevalue(name)).post("rounds/", {"project": str(study.project.uid), "kind": "main"})

    expected = PLANS[name]
    assert answer.status_code in {expected, 403} if expected == 404 else answer.status_code == expected
    assert Round.objects.count() == (2 if expected == 201 else 1)


def test_the_lists_of_the_desk_are_without_a_studys_marks(
    alice: User, carol: User, emil: User, study: Study, article: Article
) -> None:
    mine = make_tag(article, "no choice", by=alice, slug="spin")
    theirs = tag_in(study, emil)

    desk = call(carol).get("bias-tags/").json()["results"]
    asked = call(carol).get(f"bias-tags/?project={study.project.uid}").json()["results"]

    assert [tag["uid"] for tag in desk] == [str(mine.uid)]
    assert [tag["uid"] for tag in asked] == [str(theirs.uid)]


def test_a_label_of_a_study_is_touched_by_nobody_else_and_placed_by_nobody(
    carol: User, emil: User, study: Study, article: Article
) -> None:
    tag = tag_in(study, emil)
    place = {name: value for name, value in marked(article).items() if name not in ("article", "category", "severity")}

    changed = call(carol).patch(f"bias-tags/{tag.uid}/", {"severity": 3, "version": 1})
    placed = call(emil).post(f"bias-tags/{tag.uid}/place/", {**place, "version": 1})

    assert (changed.status_code, placed.status_code) == (409, 409)
    assert BiasTag.objects.get().version == 1


def test_whoever_reads_blind_marks_nothing_for_the_desk_on_the_text(emil: User, study: Study, article: Article) -> None:
    bait = call(emil).get(f"readings/?project={study.project.uid}").status_code

    answer = call(emil).post("bias-tags/", marked(article))

    assert (bait, answer.status_code) == (200, 404)
    assert not BiasTag.objects.exists()


def test_a_plain_reason_is_given_for_what_a_study_does_not_take(
    carol: User, emil: User, study: Study, article: Article
) -> None:
    reading = submit(study, emil)
    lead = call(carol)

    again = call(emil).post("bias-tags/", marked(article, project=str(study.project.uid)))
    unblinded = lead.patch(f"projects/{study.project.uid}/", {"is_blind": False, "version": study.project.version})
    nothing = lead.post(f"rounds/{study.round.uid}/draw/", {})
    reopened = lead.post(f"readings/{reading.uid}/reopen/", {"version": reading.version, "reason": "Again."})

    assert [answer.status_code for answer in (again, unblinded, nothing, reopened)] == [409, 409, 422, 200]
    assert "submitted" in again.json()["detail"]


def test_one_agrees_for_oneself(carol: User, emil: User, study: Study) -> None:
    part = study.project.participants.get()

    others = call(carol).post(f"participants/{part.uid}/consent/", {"version": 1})
    own = call(emil).post(f"participants/{part.uid}/consent/", {"version": 1})

    assert (others.status_code, own.status_code) == (422, 200)
    assert own.json()["consented_at"] is not None
