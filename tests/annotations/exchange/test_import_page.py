"""Looking at a file of another desk, and taking it in."""

import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from annotations.models import Batch
from annotations.operations.desk.batches import take_turn
from annotations.views.exchange import importing
from articles.models import Article, Quote
from newsdesk.models import User
from tests.annotations.exchange.test_round_trip import on_another_desk, taken_out
from tests.factories.callers import call
from tests.factories.whole import make_whole_desk


@pytest.fixture
def file(db: None) -> bytes:
    with on_another_desk():
        return taken_out(make_whole_desk().editor)


@pytest.fixture
def page(ada: User) -> Client:
    client = Client()
    client.force_login(ada)
    return client


def send(page: Client, body: bytes, format: str = "ndjson") -> Any:
    return page.post("/imports/", {"format": format, "file": SimpleUploadedFile("desk.ndjson", body)})


def test_a_look_at_a_file_stores_nothing(page: Client, file: bytes) -> None:
    answer = send(page, file + b'{"type": "ghost"}\n')

    assert answer.context["foreseen"].types["article"] == 2
    assert answer.context["foreseen"].refused == 1
    assert "no records of the type ghost" in answer.content.decode()
    assert not Article.objects.exists()
    assert not Batch.objects.exists()


def test_the_press_takes_in_what_was_looked_at(page: Client, file: bytes, ada: User) -> None:
    sealed = send(page, file).context["take_in"]["sealed"].value()

    answer = page.post("/imports/take-in/", {"sealed": sealed})
    batch = Batch.objects.get()
    take_turn(uid=batch.uid, at=timezone.now())

    assert answer["Location"] == f"/batches/{batch.uid}/"
    assert page.get(answer["Location"]).status_code == 200
    assert taken_out(ada) == file


def test_a_long_file_is_looked_at_part_by_part(
    page: Client, file: bytes, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MOST_PREVIEWED", 9)
    seen: Counter[str] = Counter()

    answer = send(page, file)
    while (foreseen := answer.context["foreseen"]).following:
        seen.update(foreseen.types)
        further = answer.context["further"]
        said = {"sealed": further["sealed"].value(), "start": further["start"].value()}
        answer = page.post("/imports/look-further/", said)
    seen.update(foreseen.types)

    assert foreseen.start > 9
    assert not foreseen.is_whole
    assert sum(seen.values()) == file.count(b"\n") - 1
    assert not Article.objects.exists()


def test_a_part_of_a_file_that_is_gone_is_not_looked_at(page: Client, file: bytes) -> None:
    sealed = send(page, file).context["take_in"]["sealed"].value()
    for path in Path(settings.SPOOL_DIR).glob("import-*"):
        path.unlink()

    answer = page.post("/imports/look-further/", {"sealed": sealed, "start": "5"})

    assert answer.status_code == 422
    assert "not here any more" in answer.content.decode()


def test_the_api_looks_from_where_it_is_asked_to(ada: User, file: bytes) -> None:
    api = call(ada, "admin")

    whole = api.post("imports/ndjson/?preview=1", file).json()
    later = api.post("imports/ndjson/?preview=1&start=10", file).json()
    wrong = api.post("imports/ndjson/?preview=1&start=-1", file)

    assert later["created"] == whole["created"] - 9  # one of the first ten is a codebook that is here
    assert (later["is_whole"], later["next"], whole["is_whole"]) == (False, None, True)
    assert wrong.status_code == 400


def test_pressing_twice_takes_in_once(page: Client, file: bytes) -> None:
    sealed = send(page, file).context["take_in"]["sealed"].value()

    first = page.post("/imports/take-in/", {"sealed": sealed})
    second = page.post("/imports/take-in/", {"sealed": sealed})

    assert first["Location"] == second["Location"]


@pytest.mark.parametrize("who", ["alice", "carol", "bob", "mallory"])
def test_others_than_administrators_take_in_nothing(who: str, file: bytes, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(who)
    client = Client()
    client.force_login(person)

    assert client.get("/imports/").status_code == 403
    assert send(client, file).status_code == 403
    assert client.post("/imports/take-in/", {"sealed": "x"}).status_code == 403
    assert call(person).post("imports/ndjson/", file).status_code == 403


def test_a_seal_that_was_tampered_with_opens_nothing(page: Client) -> None:
    answer = page.post("/imports/take-in/", {"sealed": "forged:seal"})

    assert answer.status_code == 422
    assert "too old" in answer.content.decode()


def test_the_api_says_what_became_of_each_line(ada: User, file: bytes) -> None:
    api = call(ada, "admin")

    preview = api.post("imports/ndjson/?preview=1", file)
    answer = api.post("imports/ndjson/", file)
    results = [json.loads(line) for line in answer.getvalue().splitlines()]

    assert preview.json()["created"] == len(results) - 1
    assert {result["status"] for result in results} == {"created", "known"}
    assert taken_out(ada) == file


def test_a_token_needs_the_scope_of_administrators(ada: User, file: bytes) -> None:
    answer = call(ada, "export").post("imports/ndjson/", file)

    assert answer.status_code == 403


def test_the_command_looks_and_takes_in(ada: User, file: bytes, tmp_path: Path) -> None:
    path = tmp_path / "desk.ndjson"
    path.write_bytes(file)
    said = io.StringIO()

    call_command("import", "ndjson", str(path), "--as", ada.username, "--preview", stdout=said)
    assert not Quote.objects.exists()
    call_command("import", "ndjson", str(path), "--as", ada.username, stdout=said)

    assert "0 refused" in said.getvalue()
    assert taken_out(ada) == file
