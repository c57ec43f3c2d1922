"""Codebooks are written as whole versions; what rests on an earlier one keeps it."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.models import BiasCategory, Codebook, Project
from annotations.operations.studies.codebooks import CategoryText, CodebookStale, write_codebook
from newsdesk.models import User
from tests.factories import AT, make_article, make_tag
from tests.factories.callers import call
from tests.factories.contention import at_once

DOUBT = {
    "slug": "doubt",
    "name": "Doubt",
    "family": "epistemic",
    "definition": "Casts doubt without a reason.",
    "levels": ["span", "sentence"],
}
PRAISE = {**DOUBT, "slug": "praise", "name": "Praise", "definition": "Praises without a reason."}
NAME = "Verbs of saying"
FIRST = {"name": NAME, "base": 0, "categories": [DOUBT, PRAISE]}


def texts(*categories: dict[str, Any]) -> list[CategoryText]:
    return [CategoryText(**category) for category in categories]


def fields_of(answer: Any) -> list[str]:
    return [error["field"] for error in answer.json()["errors"]]


def test_a_codebook_is_written_whole_in_its_order(carol: User) -> None:
    answer = call(carol).post("codebooks/", FIRST)

    made = answer.json()
    assert (answer.status_code, answer["Location"]) == (201, f"/api/v1/codebooks/{made['uid']}/")
    assert (made["number"], made["created_by"]["name"]) == (1, "Carol Adeyemi")
    assert [(each["order"], each["slug"]) for each in made["categories"]] == [(1, "doubt"), (2, "praise")]


def test_the_one_that_comes_with_the_desk_is_nobodys(carol: User) -> None:
    listed = call(carol).get("codebooks/").json()["results"]

    assert [(each["number"], each["created_by"]) for each in listed] == [(1, None)]


def test_an_edit_is_the_next_version_and_tags_keep_theirs(alice: User, carol: User) -> None:
    tag = make_tag(make_article(by=alice), by=alice)
    former = Codebook.objects.get()

    answer = call(carol).post("codebooks/", {"name": former.name, "base": 1, "categories": [PRAISE]})

    assert answer.json()["number"] == 2
    assert former.categories.count() == 18
    assert BiasCategory.objects.get(tags=tag).codebook == former
    assert Project.objects.get(is_default=True).codebook == former


def test_a_study_begins_with_a_version_that_was_written(carol: User) -> None:
    caller = call(carol)
    written = caller.post("codebooks/", FIRST).json()["uid"]

    study = caller.post("projects/", {"name": "Verbs", "slug": "verbs", "codebook": written})

    assert study.json()["codebook"] == written


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"base": 0}, 409, "base"),
        ({"base": 2}, 409, "base"),
        ({"base": -1}, 400, "base"),
        ({"categories": []}, 400, "categories"),
        ({"categories": [DOUBT, DOUBT]}, 400, "categories"),
        ({"categories": [DOUBT, PRAISE]}, 422, "categories"),
        ({"categories": [{**DOUBT, "slug": "two words"}]}, 400, "categories.0.slug"),
        ({"categories": [{**DOUBT, "levels": []}]}, 400, "categories.0.levels"),
        ({"categories": [{**DOUBT, "levels": ["page"]}]}, 400, "categories.0.levels.0"),
        ({"categories": [{**DOUBT, "colour": "red"}]}, 400, "categories.0.colour"),
        ({"name": ""}, 400, "name"),
        ({"colour": "red"}, 400, "colour"),
    ],
)
def test_what_is_no_next_version_is_refused_at_its_field(
    carol: User, change: dict[str, Any], status: int, field: str
) -> None:
    write_codebook(name=NAME, categories=texts(DOUBT, PRAISE), base=0, by=carol, at=AT)

    answer = call(carol).post("codebooks/", {**FIRST, "base": 1, "categories": [PRAISE], **change})

    assert (answer.status_code, fields_of(answer)) == (status, [field])
    assert Codebook.objects.filter(name=NAME).count() == 1


def test_a_version_says_which_it_was_written_on(carol: User) -> None:
    answer = call(carol).post("codebooks/", {"name": "Verbs", "categories": [DOUBT]})

    assert (answer.status_code, fields_of(answer)) == (428, ["base"])


def test_a_stale_base_is_told_the_newest(carol: User) -> None:
    write_codebook(name=NAME, categories=texts(DOUBT), base=0, by=carol, at=AT)

    assert call(carol).post("codebooks/", FIRST).json()["newest"] == 1


def test_those_who_lead_studies_write_codebooks_and_others_read_them(bob: User, carol: User) -> None:
    assert call(carol).post("codebooks/", FIRST).status_code == 201

    assert call(bob).post("codebooks/", {**FIRST, "name": "Another"}).status_code == 403
    assert call(bob).get("codebooks/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_write_at_once_one_is_told(carol: User, alice: User) -> None:
    def writes(person: User) -> Any:
        return lambda: write_codebook(name="Verbs", categories=texts(DOUBT), base=0, by=person, at=AT)

    outcomes = at_once(writes(carol), writes(alice))

    assert outcomes == [CodebookStale.__name__, "saved"]
    assert Codebook.objects.get(name="Verbs").categories.count() == 1
