"""What no stored text may hold is refused in every place of the API where texts come in."""

from typing import Any

import pytest

from articles.ingest.decoding import MAX_BYTES
from articles.models import Article, Source
from newsdesk.models import User
from tests.factories import make_article, make_source
from tests.factories.callers import call

OVERRIDE = "Paid \u202e001\u202c euros"
REASON = "holds a right-to-left override (U+202E), which shows words in another order"


def written(headline: str = "Headline", text: str = "A story.") -> dict[str, Any]:
    return {"headline": headline, "blocks": [{"kind": "paragraph", "text": text}]}


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": f"Headline\n\n{OVERRIDE}\n"}, "text"),
        (written(headline=OVERRIDE), "headline"),
        (written(text=OVERRIDE), "blocks.0.text"),
    ],
)
def test_an_override_of_direction_is_refused_in_a_new_article(alice: User, body: dict[str, Any], field: str) -> None:
    answer = call(alice).post("articles/", body)

    [error] = answer.json()["errors"]
    assert (answer.status_code, error["field"]) == (400, field)
    assert REASON in error["message"]
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"), [(written(headline=OVERRIDE), "headline"), (written(text=OVERRIDE), "blocks.0.text")]
)
def test_an_override_of_direction_is_refused_in_the_next_text(
    alice: User, article: Article, body: dict[str, Any], field: str
) -> None:
    answer = call(alice).post(f"articles/{article.uid}/revise/", {**body, "base_revision": 1})

    [error] = answer.json()["errors"]
    assert (answer.status_code, error["field"]) == (400, field)
    assert REASON in error["message"]
    assert article.revisions.count() == 1


def test_an_override_of_direction_is_refused_in_sources_and_snapshots(alice: User, bob: User) -> None:
    source = make_source(by=bob)
    said = {"text": OVERRIDE, "basis": "capture"}

    stored = call(bob).post("sources/", {"title": "A record", **said})
    captured = call(bob).post(f"sources/{source.uid}/capture/", said)

    for answer in (stored, captured):
        [error] = answer.json()["errors"]
        assert (answer.status_code, error["field"]) == (400, "text")
        assert REASON in error["message"]
    assert Source.objects.count() == source.snapshots.count() == 1


LONG = "Ж" * (MAX_BYTES // 2 + 1)


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("articles/", {"text": f"Headline\n\n{LONG}\n"}, "text"),
        ("articles/", written(text=LONG), "blocks"),
        ("articles/{article}/revise/", {**written(text=LONG), "base_revision": 1}, "blocks"),
        ("sources/", {"title": "A record", "text": LONG, "basis": "capture"}, "text"),
        ("sources/{source}/capture/", {"text": LONG, "basis": "capture"}, "text"),
    ],
)
def test_one_limit_holds_for_every_text(alice: User, article: Article, path: str, body: Any, field: str) -> None:
    source = make_source(by=alice)

    answer = call(alice).post(path.format(article=article.uid, source=source.uid), body)

    [error] = answer.json()["errors"]
    assert (answer.status_code, error["field"]) == (400, field)
    assert error["message"] == "The text has 5.0 MiB and the limit is 5. Bring it in as several pieces."


def test_the_longest_text_fits_into_a_request_with_every_character_escaped(alice: User) -> None:
    text = ("Ж" * 99 + ".\n\n") * (MAX_BYTES // 201 - 1)

    answer = call(alice).post("sources/", {"title": "A record", "text": text, "basis": "capture"})

    assert answer.status_code == 201


def test_an_article_needs_a_story(alice: User) -> None:
    answer = call(alice).post("articles/", {"headline": "Headline", "blocks": []})

    [error] = answer.json()["errors"]
    assert (answer.status_code, error["field"]) == (400, "blocks")
    assert "at least one block" in error["message"]
    assert not Article.objects.exists()


def test_the_next_text_needs_a_story(alice: User, article: Article) -> None:
    body = {"headline": "Headline", "blocks": [], "base_revision": 1}

    answer = call(alice).post(f"articles/{article.uid}/revise/", body)

    [error] = answer.json()["errors"]
    assert (answer.status_code, error["field"]) == (400, "blocks")
    assert article.revisions.count() == 1
