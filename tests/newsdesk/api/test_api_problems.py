"""Every error is a problem document that names what is wrong."""

from typing import Any

import pytest
from django.core.cache import cache

from newsdesk.api.problems import answer_problem
from newsdesk.models import User
from tests.factories import make_article
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
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1536

    answers = [
        call(alice).post("speakers/", {"name": "I" * 2_000_000}),
        call(alice).post("speakers/", {"name": "I" * 2_000_000}, Idempotency_Key="k"),
    ]

    for answer in answers:
        assert is_problem(answer, 413)
        assert "larger than 1.5 MiB" in answer.json()["detail"]
        assert "Send it in parts" in answer.json()["detail"]


@pytest.mark.django_db
def test_a_stranger_who_keeps_searching_is_a_429() -> None:
    cache.clear()
    stranger = call(None)
    for _ in range(60):
        stranger.get("claims:search?query=bridge")

    answer = stranger.get("claims:search?query=bridge")
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
    [error] = answer.json()["errors"]
    assert error["message"] == (
        "There is no such filter. "
        "Known are: anchor_state, annotator, article, cursor, expand, fields, format, kind, page_size, since, sort, "
        "speaker, until, words."
    )


def test_a_misspelt_filter_of_an_export_is_told_the_known_ones(alice: User) -> None:
    answer = call(alice).get("exports/csv/?speker=1")

    assert is_problem(answer, 400)
    [error] = answer.json()["errors"]
    assert error["field"] == "speker"
    assert "Known are: annotator, anonymous, article, category" in error["message"]


def test_an_unknown_field_is_told_the_known_ones(alice: User) -> None:
    answer = call(alice).post("speakers/", {"name": "Ines Duarte", "nmae": "Ines"})

    [error] = answer.json()["errors"]
    assert error["message"] == "There is no such field. Known are: affiliation, aliases, kind, name, title."


@pytest.mark.parametrize(
    ("noun", "body", "field", "remedy"),
    [
        ("speakers", {"name": " "}, "name", "Write what belongs here."),
        ("articles", {"text": " "}, "text", "Paste"),
        ("sources", {"title": "A record", "basis": "capture", "text": ""}, "text", "Paste the passage you rely on."),
    ],
)
def test_an_empty_text_is_told_what_to_do(
    alice: User, noun: str, body: dict[str, str], field: str, remedy: str
) -> None:
    answer = call(alice).post(f"{noun}/", body)

    assert is_problem(answer, 400)
    [error] = answer.json()["errors"]
    assert error["field"] == field
    assert remedy in error["message"]


def test_a_refusal_names_the_roles_and_no_codename(rana: User) -> None:
    answer = call(rana).post("articles/", {"text": "Headline\n\nA story.\n"})

    assert is_problem(answer, 403)
    assert "the role editor or administrator" in answer.json()["detail"]
    assert "bring_in" not in answer.json()["detail"]


@pytest.mark.parametrize("query", ["kind=ghost", "speaker=1", "since=yesterday", "article=%00"])
def test_a_malformed_filter_is_a_400_with_its_name(alice: User, query: str) -> None:
    answer = call(alice).get(f"quotes/?{query}")

    assert is_problem(answer, 400)
    assert fields_of(answer) == [query.partition("=")[0]]


@pytest.mark.parametrize("cursor", ["xx", "cD1hYmM%3D"])
def test_a_cursor_of_no_page_is_a_422_with_its_name(alice: User, cursor: str) -> None:
    answer = call(alice).get(f"quotes/?cursor={cursor}")

    assert is_problem(answer, 422)
    assert fields_of(answer) == ["cursor"]


def test_every_problem_has_its_errors(alice: User) -> None:
    caller, reader = call(alice), call(alice, "read")
    send = caller.client.generic
    answers = {
        (401, "Authorization"): call(None).get("articles/"),
        (403, ""): reader.post("speakers/", {"name": "Ines"}),
        (404, ""): caller.get("speakers/7c1d0d1e-0f6c-4d3a-9b3e-0d1f6c4d3a9b/"),
        (405, ""): send("DELETE", "/api/v1/speakers/", headers=caller.headers),
        (406, "Accept"): caller.get("articles/", Accept="application/xml"),
        (415, "Content-Type"): send("POST", "/api/v1/speakers/", "a=b", "text/plain", headers=caller.headers),
        (400, ""): caller.post("speakers/", b"{"),
    }

    for (status, field), answer in answers.items():
        assert is_problem(answer, status)
        assert fields_of(answer) == [field]
        assert answer.json()["detail"] == answer.json()["errors"][0]["message"]


def test_a_body_that_is_no_object_is_told_so(alice: User) -> None:
    answer = call(alice).post("speakers/", b'["name"]')

    assert answer.json()["errors"] == [{"field": "", "message": "This is no JSON object. Send {…} with the fields."}]
    assert answer.json()["detail"].startswith("This is no")


def test_a_method_that_is_not_taken_is_told_which_are(alice: User) -> None:
    caller = call(alice)

    answer = caller.client.delete("/api/v1/speakers/", headers=caller.headers)

    assert "what is: GET, HEAD, POST" in answer.json()["detail"]
    assert "retract/" in answer.json()["detail"]


def test_a_missing_field_is_asked_for(alice: User) -> None:
    answer = call(alice).post("speakers/", {})

    assert answer.json()["errors"][0]["message"] == "This is missing. Send it with the others."


def message_of(answer: Any) -> str:
    return str(answer.json()["errors"][0]["message"])


@pytest.mark.parametrize("kind", ["ghost", "", True, ["person"]])
def test_a_value_that_is_none_of_the_choices_is_told_them(alice: User, kind: Any) -> None:
    answer = call(alice).post("speakers/", {"name": "Ines Duarte", "kind": kind})

    assert message_of(answer) == "Give one of person, organisation, state, group."


@pytest.mark.parametrize(
    ("query", "remedy"),
    [
        ("kind=ghost", "“ghost” is not known here. /api/docs/ lists what is."),
        ("speaker=1", "Give a uid."),
        ("since=yesterday", "Give a moment such as 2025-05-13T14:30Z."),
    ],
)
def test_a_malformed_filter_is_told_what_to_give(alice: User, query: str, remedy: str) -> None:
    assert message_of(call(alice).get(f"quotes/?{query}")) == remedy


@pytest.mark.parametrize("body", [b'{"name": "a\\u0000"}', b'{"name": "\xff"}'])
def test_what_no_text_may_hold_is_told_how_to_mend_it(alice: User, body: bytes) -> None:
    said = message_of(call(alice).post("speakers/", body))

    assert "Take it out" in said or "Encode it" in said


def test_other_words_than_exact_are_quoted_with_what_to_send(alice: User) -> None:
    article = make_article(by=alice)
    place = {"article": str(article.uid), "base_revision": 1, "text_sha256": article.head.text_sha256}
    words = article.head.text[:5]

    wrong = call(alice).post("quotes/", {**place, "kind": "direct", "start": 0, "end": 5, "exact": "other"})
    outside = call(alice).post("quotes/", {**place, "kind": "direct", "start": 9, "end": 9, "exact": "other"})

    assert message_of(wrong).startswith(f"Other words stand there: “{words}”. Send these")
    assert f"the {len(article.head.text)} code points of the text" in message_of(outside)
