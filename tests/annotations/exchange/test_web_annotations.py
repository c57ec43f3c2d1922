"""Annotations in the words of the W3C: valid by its own test suite, in files and over REST."""

import json
from typing import Any

import pytest

from annotations.exports import W3C
from annotations.exports.web_annotation import ANNO, MEDIA_TYPE, annotation
from annotations.queries.exchange import annotated
from articles.operations.quotes import retract_quote
from newsdesk.models import User
from tests.annotations.exchange.test_round_trip import taken_out
from tests.factories import AT
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


def test_the_desk_is_a_collection_whose_pages_follow_each_other(
    desk: WholeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotated, "PER_PAGE", 3)
    api = call(desk.editor, "read")

    whole = api.get("annotations/", **ASKED)
    pages, following = [], whole.json()["first"]
    while following:
        pages.append(api.get(following.partition("/api/v1/")[2], **ASKED).json())
        following = pages[-1].get("next")
    items = [item for page in pages for item in page["items"]]

    assert whole["Content-Type"] == MEDIA_TYPE
    assert broken_musts(whole.json(), OF_COLLECTIONS) == []
    assert [broken_musts(page, OF_PAGES) for page in pages] == [[]] * len(pages)
    assert [broken_musts({"@context": ANNO, **item}) for item in items] == [[]] * len(items)
    assert {len(page["items"]) for page in pages[:-1]} == {3}
    assert len({item["id"] for item in items}) == len(items)
    assert {item["id"] for item in items} == {each["id"] for each in annotations_of(desk)}


def test_an_article_is_a_collection_that_says_how_many(desk: WholeDesk) -> None:
    api = call(desk.editor, "read")

    whole = api.get(f"annotations/?article={desk.article.uid}", **ASKED).json()
    page = api.get(f"annotations/?article={desk.article.uid}&page=first", **ASKED).json()

    assert whole["total"] == page["partOf"]["total"] == len(page["items"]) > 5
    assert whole["first"] == page["id"]
    assert page["partOf"]["id"] == whole["id"]
    assert "next" not in page


def test_what_is_taken_back_or_kept_from_somebody_is_in_no_collection(desk: WholeDesk, rana: User) -> None:
    before = call(desk.editor, "read").get("annotations/?page=first", **ASKED).json()["items"]

    retract_quote(quote=desk.quote, seen=desk.quote.version, reason="Nobody said it.", by=desk.editor, at=AT)
    after = call(desk.editor, "read").get("annotations/?page=first", **ASKED).json()["items"]
    for_reader = call(rana, "read").get("annotations/?page=first", **ASKED).json()["items"]

    quote = f"urn:uuid:{desk.quote.uid}"
    assert quote in {item["id"] for item in before}
    assert quote not in {item["id"] for item in (*after, *for_reader)}
    assert len(after) == len(before) - 1
    assert {item["motivation"] for item in for_reader} <= {"identifying", "describing", "linking", "assessing"}


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("page=quote.9b6b1c9e-1d0f-4d8c-9a53-0b9a2d6f3c11", 404),
        ("page=nothing", 404),
        ("page=claim.x", 404),
        ("article=9b6b1c9e-1d0f-4d8c-9a53-0b9a2d6f3c11", 404),
        ("article=x", 400),
        ("surprise=1", 400),
    ],
)
def test_a_collection_that_is_none_says_so(desk: WholeDesk, asked: str, status: int) -> None:
    assert call(desk.editor, "read").get(f"annotations/?{asked}", **ASKED).status_code == status


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
