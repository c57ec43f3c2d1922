"""Annotations in the words of the W3C: valid by its own test suite, in files and over REST."""

import json
from typing import Any

import pytest

from annotations.exports import W3C
from annotations.exports.web_annotation import ANNO, MEDIA_TYPE, annotation, collection, page
from tests.annotations.exchange.test_round_trip import taken_out
from tests.factories.callers import call
from tests.factories.web_annotations import OF_COLLECTIONS, OF_PAGES, broken_musts
from tests.factories.whole import WholeDesk, make_whole_desk

ASKED = {"Accept": f'application/ld+json; profile="{ANNO}"'}


@pytest.fixture
def desk(db: None) -> WholeDesk:
    return make_whole_desk()


def annotations_of(desk: WholeDesk, **filters: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in taken_out(desk.editor, W3C, **filters).splitlines()]


def test_the_checker_finds_what_is_wrong(desk: WholeDesk) -> None:
    whole = annotations_of(desk)[0]

    assert broken_musts(whole) == []
    for member in ("@context", "id", "type", "target"):
        assert broken_musts({name: value for name, value in whole.items() if name != member}) != []


def test_every_annotation_holds_what_the_model_demands(desk: WholeDesk) -> None:
    found = annotations_of(desk)

    assert {each["motivation"] for each in found} == {
        *("identifying", "describing", "classifying", "linking", "assessing")
    }
    assert [broken_musts(each) for each in found] == [[]] * len(found)


def test_a_position_counts_code_points_of_the_text(desk: WholeDesk) -> None:
    [tag] = [each for each in annotations_of(desk) if each["motivation"] == "classifying"]

    quote, position = tag["target"]["selector"]

    assert quote["exact"] == desk.article.head.text[position["start"] : position["end"]] == "reckless"


def test_a_collection_and_its_pages_hold_what_the_model_demands() -> None:
    address, label = "https://desk.example/annotations/", "Annotations"
    pages = [page([], address=address, label=label, number=number, total=201) for number in range(3)]

    assert broken_musts(collection(address=address, label=label, total=201), OF_COLLECTIONS) == []
    assert [broken_musts(each, OF_PAGES) for each in pages] == [[], [], []]
    assert pages[1]["next"] == collection(address=address, label=label, total=201)["last"]
    assert "next" not in pages[2]


@pytest.mark.parametrize(
    ("path", "noun"),
    [("quotes", "quote"), ("claims", "claim"), ("bias-tags", "tag"), ("evidence", "evidence")],
)
def test_the_api_answers_in_the_words_that_are_asked_for(desk: WholeDesk, path: str, noun: str) -> None:
    uid = getattr(desk, noun).uid
    api = call(desk.editor, "read")

    answer = api.get(f"{path}/{uid}/", **ASKED)

    assert answer["Content-Type"] == MEDIA_TYPE
    assert "Accept" in answer["Vary"]
    assert answer.json()["id"] == f"urn:uuid:{uid}"
    assert broken_musts(answer.json()) == []
    assert api.get(f"{path}/{uid}/")["Content-Type"] == "application/json"


def test_a_list_is_a_page_of_annotations(desk: WholeDesk) -> None:
    answer = call(desk.editor, "read").get("claims/", **ASKED).json()

    assert broken_musts(answer, OF_PAGES) == []
    assert len(answer["items"]) == 4


def test_what_is_refused_is_said_as_everywhere(desk: WholeDesk) -> None:
    answer = call(desk.editor, "read").get("claims/9b6b1c9e-1d0f-4d8c-9a53-0b9a2d6f3c11/", **ASKED)

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_an_annotation_within_a_page_says_its_context_above(desk: WholeDesk) -> None:
    [record] = [each for each in annotations_of(desk) if each["motivation"] == "classifying"]

    assert record["@context"][0] == ANNO
    assert "@context" not in annotation(
        {
            "type": "verdict",
            "uid": "u",
            "claim": "c",
            "reason": "r",
            "created_by": "p",
            "annotator": "n",
            "created_at": "2025-05-13T12:00:00Z",
        },
        has_context=False,
    )
