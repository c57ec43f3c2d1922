"""Every error is a problem document that names what is wrong."""

from typing import Any

import pytest
from django.core.cache import cache

from newsdesk.api.problems import answer_problem
from newsdesk.models import User
from tests.factories.callers import call

MEDIA_TYPE = "application/problem+json"


def is_problem(answer: Any, status: int) -> bool:
    document = answer.json()
    return (
        answer.status_code == status
        and answer["Content-Type"] == MEDIA_TYPE
        and document["status"] == status
        and bool(document["title"])
    )


def fields_of(answer: Any) -> list[str]:
    return [error["field"] for error in answer.json()["errors"]]


def test_an_address_that_is_none_is_a_404(alice: User) -> None:
    assert is_problem(call(alice).get("/api/nothing/here"), 404)
    assert is_problem(call(alice).get("articles/not-a-uid/"), 404)


def test_nothing_is_deleted(alice: User) -> None:
    caller = call(alice)

    answer = caller.client.delete("/api/v1/speakers/", headers=caller.headers)

    assert is_problem(answer, 405)


def test_what_cannot_be_rendered_is_a_406(alice: User) -> None:
    assert is_problem(call(alice).get("articles/", Accept="application/xml"), 406)


def test_another_media_type_is_a_415(alice: User) -> None:
    caller = call(alice)

    answer = caller.client.post("/api/v1/speakers/", {"name": "Ines"}, headers=caller.headers)

    assert is_problem(answer, 415)


def test_a_body_beyond_the_limit_is_a_413(alice: User, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    assert is_problem(call(alice).post("speakers/", {"name": "I" * 200}), 413)
    assert is_problem(call(alice).post("speakers/", {"name": "I" * 200}, Idempotency_Key="k"), 413)


@pytest.mark.django_db
def test_a_stranger_who_keeps_asking_is_a_429() -> None:
    cache.clear()
    stranger = call(None)
    for _ in range(60):
        stranger.get("me/")

    answer = stranger.get("me/")
    cache.clear()

    assert is_problem(answer, 429)
    assert int(answer["Retry-After"]) > 0


def test_what_nobody_expected_is_a_500_that_tells_nothing_of_us() -> None:
    answer = answer_problem(RuntimeError("the password is swordfish"), {})

    assert answer.status_code == 500
    assert answer.content_type == MEDIA_TYPE
    assert "swordfish" not in str(answer.data)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"name": "a", "name": "b"}',
        b'{"name": NaN}',
        b'{"name": 1e999}',
        b"[" * 100_000,
        b'["name"]',
        b"null",
        b'{"name": "a\\u0000b"}',
        b'{"name": "a\\ud800b"}',
        b'{"na\\u0000me": "b"}',
        b'{"name": 7}',
        b'{"name": null}',
        b'{"name": ["a"]}',
        b'{"name": ""}',
        b'{"name": "a", "kind": "ghost"}',
        b'{"name": "a", "aliases": "b"}',
    ],
)
def test_a_malformed_body_is_a_400(alice: User, body: bytes) -> None:
    answer = call(alice).post("speakers/", body)

    assert is_problem(answer, 400)


def test_every_unknown_and_malformed_field_is_named(alice: User) -> None:
    answer = call(alice).post("speakers/", {"nmae": "Ines Duarte", "kind": "ghost", "aliases": ["a", 7]})

    assert is_problem(answer, 400)
    assert set(fields_of(answer)) == {"nmae", "name", "kind", "aliases.1"}


def test_a_nul_names_the_field_it_is_in(alice: User) -> None:
    answer = call(alice).post("speakers/", b'{"name": "Ines", "aliases": ["a\\u0000"]}')

    assert fields_of(answer) == ["aliases.0"]


def test_a_misspelt_filter_is_refused_by_name(alice: User) -> None:
    answer = call(alice).get("quotes/?speker=1&kind=ghost")

    assert is_problem(answer, 400)
    assert fields_of(answer) == ["speker"]


@pytest.mark.parametrize(
    "query", ["kind=ghost", "speaker=1", "since=yesterday", "cursor=xx", "cursor=cD1hYmM%3D", "article=%00"]
)
def test_a_malformed_filter_is_a_400_with_its_name(alice: User, query: str) -> None:
    answer = call(alice).get(f"quotes/?{query}")

    assert is_problem(answer, 400)
    assert fields_of(answer) == [query.partition("=")[0]]


def test_a_broken_law_is_told_in_its_own_words(alice: User) -> None:
    answer = call(alice).post("articles/", {"text": "Headline\n\nA story.\n", "published_at": "2025-05-13T12:00:00Z"})

    assert is_problem(answer, 400)
    assert answer.json()["detail"] == "article date has a basis"
    assert fields_of(answer) == ["date_basis", "published_at"]
