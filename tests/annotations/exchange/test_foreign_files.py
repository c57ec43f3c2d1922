"""Files of other tools: the stated subset of each comes in, and what does not is said."""

import json
from pathlib import Path

import pytest

from annotations.imports import claim_review, label_studio, web_annotation
from annotations.models import BiasTag, Claim, FactCheck
from articles.models import Article
from newsdesk.models import User
from tests.annotations.exchange.test_round_trip import take_all_in
from tests.factories import make_article

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[2] / "data"
ADDRESS = "https://newsdesk.example/articles/1"


@pytest.fixture
def article(alice: User) -> Article:
    """The sample article without the furniture of its page, as the files know it."""
    text = json.loads((DATA / "annotations" / "labelstudio.json").read_text())[0]["data"]["text"]
    return make_article(by=alice, text=text, canonical_url=ADDRESS)


def test_label_studio_gives_a_tag_for_each_label(ada: User, article: Article) -> None:
    file = (DATA / "annotations" / "labelstudio.json").read_bytes()

    results = take_all_in(file, by=ada, importer=label_studio.IMPORTER)
    tag = BiasTag.objects.select_related("category", "created_by").order_by("pk")[0]

    assert article.head.text == json.loads(file)[0]["data"]["text"]
    assert [result.errors for result in results if result.status != "created"] == []
    assert (tag.category.slug, tag.created_by.name) == ("insinuation-doubt", "Label Studio 1")
    assert not tag.created_by.is_active
    assert len(results) == 26


def test_label_studio_counts_utf_16_units(ada: User, alice: User) -> None:
    article = make_article(by=alice, text="A 🙂 headline\n\nThe 🙂 council was reckless today.")
    text = article.head.text
    start = len(text[: text.index("reckless")].encode("utf-16-le")) // 2
    value = {"start": start, "end": start + 8, "text": "reckless", "labels": ["loaded-language"]}
    results = [
        {"id": "a", "type": "labels", "value": value},
        {"id": "b", "type": "choices", "value": {"choices": ["x"]}},
        {"id": "c", "type": "labels", "value": {**value, "labels": ["ghost"]}},
        {"id": "d", "type": "labels", "value": {**value, "end": 100_000}},
    ]
    file = json.dumps([{"id": 1, "data": {"text": text}, "annotations": [{"id": 1, "result": results}]}]).encode()

    first, *others = take_all_in(file, by=ada, importer=label_studio.IMPORTER)

    assert first.status == "created"
    assert [each.status for each in others] == ["refused"] * 3
    assert "are left out" in others[0].errors[0][1]
    assert "has no category ghost" in others[1].errors[0][1]


def test_a_foreign_page_of_web_annotations_comes_in(ada: User, article: Article) -> None:
    file = (DATA / "annotations" / "web_annotation_page.jsonld").read_bytes()

    results = take_all_in(file, by=ada, importer=web_annotation.IMPORTER)
    again = take_all_in(file, by=ada, importer=web_annotation.IMPORTER)

    assert [result.errors for result in results] == [(), ()]
    assert {result.status for result in again} == {"known"}
    assert BiasTag.objects.get().note == "Contested annexation presented as a voluntary completed fact."
    assert BiasTag.objects.get().created_by.name == "Editor A"
    assert Claim.objects.get().canonical.startswith("Misleading: the General Assembly")


def test_a_claim_review_is_a_claim_to_check_and_no_verdict(ada: User, article: Article) -> None:
    file = (DATA / "annotations" / "claimreview.jsonld").read_bytes()

    [result] = take_all_in(file, by=ada, importer=claim_review.IMPORTER)
    claim = Claim.objects.get()

    assert result.status == "created"
    assert claim.canonical == "Four Ukrainian regions joined Russia after referendums in 2022."
    assert claim.note.startswith("Misleading · UN General Assembly resolution")
    assert str(claim.claim_date) == "2025-05-13"
    assert claim.created_by.name == "Newsdesk demo"
    assert not FactCheck.objects.exists()


def test_words_that_stand_twice_are_not_guessed_at(ada: User, alice: User) -> None:
    make_article(by=alice, text="Twice\n\nThe bridge, the old bridge.", canonical_url=ADDRESS)
    said = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "https://other.example/1",
        "type": "Annotation",
        "motivation": "identifying",
        "target": {"source": ADDRESS, "selector": {"type": "TextQuoteSelector", "exact": "bridge"}},
    }

    [result] = take_all_in(json.dumps(said).encode(), by=ada, importer=web_annotation.IMPORTER)

    assert "stand 2 times" in result.errors[0][1]


@pytest.mark.parametrize("file", [b"", b"[", b"[1, null]", b'{"type": "AnnotationPage"}', b"\xff\n", b"{}\n{}\n"])
@pytest.mark.parametrize("importer", [web_annotation.IMPORTER, label_studio.IMPORTER, claim_review.IMPORTER])
def test_rubbish_is_listed_and_breaks_nothing(ada: User, file: bytes, importer: object) -> None:
    results = take_all_in(file, by=ada, importer=importer)  # type: ignore[arg-type]

    assert {result.status for result in results} <= {"refused"}
