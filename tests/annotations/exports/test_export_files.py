"""Exports kept as files: how they come about, who has them, and how they end."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from annotations.models import ExportFile
from annotations.operations.exchange.exportfiles import (
    MOST_AT_ONCE,
    ExportEnded,
    TooManyExports,
    articles_done,
    begin_export,
    cancel_export,
    delete_expired,
    delete_export,
    export_path,
    write_export,
)
from annotations.queries.exchange.exports import Tally
from annotations.tasks import write_export as write_in_turn
from newsdesk.models import User
from tests.factories import AT, make_article, make_tag
from tests.factories.callers import call

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.EXPORT_DIR = tmp_path / "exports"
    return tmp_path / "exports"


@pytest.fixture
def begun(alice: User) -> ExportFile:
    article = make_article(by=alice)
    for _ in range(3):
        make_tag(article, by=alice)
    return begin_export(format="csv", filters={"layer": "bias_tag"}, by=alice, at=timezone.now())


@pytest.fixture
def ready(begun: ExportFile) -> ExportFile:
    write_in_turn(uid=str(begun.uid))
    return again(begun)


def again(file: ExportFile) -> ExportFile:
    return ExportFile.objects.get(pk=file.pk)


def test_a_finished_file_says_what_it_holds(alice: User, ready: ExportFile) -> None:
    written = export_path(ready).read_bytes()
    streamed = call(alice).get("exports/csv/?layer=bias_tag").getvalue()

    assert (ready.state, ready.rows, ready.size, ready.articles) == ("done", 3, len(written), 1)
    assert written == streamed
    assert ready.sha256 == hashlib.sha256(written).hexdigest()
    manifest = call(alice).get(f"export-files/{ready.uid}/manifest/").json()
    assert manifest["filters"] == {"layer": "bias_tag"}
    assert (manifest["records"], manifest["file_sha256"], manifest["newsdesk"]) == (3, ready.sha256, "0.1.0")


def test_a_file_is_asked_for_over_the_api(alice: User) -> None:
    asked = {"format": "ndjson", "filters": {"layer": "quote"}}
    answer = call(alice).post("export-files/", asked)

    assert answer.status_code == 201
    assert (answer.json()["state"], answer.json()["articles_done"]) == ("running", 0)
    write_in_turn(uid=answer.json()["uid"])
    assert call(alice).get(f"export-files/{answer.json()['uid']}/").json()["state"] == "done"


@pytest.mark.parametrize(
    ("body", "field"),
    [({"format": "docx"}, "format"), ({"format": "csv", "filters": {"spaeker": "x"}}, "spaeker")],
)
def test_a_file_of_what_is_not_known_is_refused(alice: User, body: dict[str, Any], field: str) -> None:
    answer = call(alice).post("export-files/", body)

    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]


@pytest.mark.parametrize(
    ("asked", "status", "first", "last"),
    [
        ("bytes=0-9", 206, 0, 9),
        ("bytes=10-", 206, 10, None),
        ("bytes=-5", 206, -5, None),
        ("bytes=0-99999999", 206, 0, None),
        ("bytes=0-1,4-5", 200, 0, None),
        ("lines=1-2", 200, 0, None),
    ],
)
def test_a_part_of_a_file_can_be_asked_for(
    alice: User, ready: ExportFile, asked: str, status: int, first: int, last: int | None
) -> None:
    whole = export_path(ready).read_bytes()
    answer = call(alice).get(f"export-files/{ready.uid}/content/", Range=asked)

    assert answer.status_code == status
    assert answer.getvalue() == whole[first:][: None if last is None else last + 1]
    assert int(answer["Content-Length"]) == len(whole[first:][: None if last is None else last + 1])
    assert (answer["X-Total-Count"], answer["ETag"]) == ("3", f'"{ready.sha256}"')


def test_a_part_behind_the_end_is_refused_and_a_known_file_not_sent_again(alice: User, ready: ExportFile) -> None:
    address = f"export-files/{ready.uid}/content/"
    behind = call(alice).get(address, Range="bytes=99999999-")
    known = call(alice).get(address, If_None_Match=f'"{ready.sha256}"')
    other = call(alice).get(address, Range="bytes=0-1", If_Range='"another"')

    assert (behind.status_code, behind["Content-Range"]) == (416, f"bytes */{ready.size}")
    assert (known.status_code, known.getvalue()) == (304, b"")
    assert (other.status_code, len(other.getvalue())) == (200, ready.size)


def test_a_file_is_its_makers_alone(bob: User, alice: User, ready: ExportFile) -> None:
    client = Client()
    client.force_login(bob)

    assert call(alice).get(f"export-files/{ready.uid}/content/").status_code == 200
    assert call(bob).get(f"export-files/{ready.uid}/content/").status_code == 404
    assert client.get(f"/exports/files/{ready.uid}/").status_code == 404
    assert client.post(f"/exports/files/{ready.uid}/end/").status_code == 404
    assert again(ready).state == "done"


def test_those_who_do_not_work_here_have_no_files(rana: User, alice: User) -> None:
    body = {"format": "csv"}

    assert call(rana).post("export-files/", body).status_code == 403
    assert call(alice, "read").post("export-files/", body).status_code == 403
    assert call(alice, "export").post("export-files/", body).status_code == 201


def test_what_is_canceled_while_it_is_written_leaves_nothing(
    alice: User, begun: ExportFile, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"one"
        assert [path.suffix for path in folder.iterdir()] != []
        with django_capture_on_commit_callbacks(execute=True):
            cancel_export(file=begun, by=alice, at=AT)
        yield b"two"
        raise AssertionError("nobody asks for more")

    write_export(file=begun, chunks=chunks(), counted=Tally(), manifest=dict, at=AT)

    assert again(begun).state == "canceled"
    assert list(folder.iterdir()) == []


def test_how_far_it_is_stands_beside_it(begun: ExportFile) -> None:
    seen: list[int] = []

    def chunks(tally: Tally) -> Iterator[bytes]:
        for number in (20, 520):
            tally.articles = number
            yield b"."
            seen.append(articles_done(begun))

    tally = Tally()
    write_export(file=begun, chunks=chunks(tally), counted=tally, manifest=dict, at=AT)

    assert seen == [20, 520]
    assert articles_done(begun) == 0


def test_a_file_that_cannot_be_written_says_so(begun: ExportFile) -> None:
    ExportFile.objects.filter(pk=begun.pk).update(format="papyrus")

    with pytest.raises(LookupError), transaction.atomic():
        write_in_turn(uid=str(begun.uid))
    assert again(begun).state == "running"  # the test's own transaction took the note back

    with pytest.raises(LookupError):
        write_in_turn(uid=str(begun.uid))
    assert (again(begun).state, again(begun).problem) == ("failed", "It could not be written; the log says why.")


def test_a_deleted_file_is_gone_and_still_known_of(
    alice: User, ready: ExportFile, django_capture_on_commit_callbacks: Any
) -> None:
    was_there = export_path(ready).exists()
    with django_capture_on_commit_callbacks(execute=True):
        answer = call(alice).delete(f"export-files/{ready.uid}/")

    assert was_there
    assert answer.status_code == 204
    assert not export_path(ready).exists()
    assert call(alice).get(f"export-files/{ready.uid}/").json()["state"] == "deleted"
    assert call(alice).delete(f"export-files/{ready.uid}/").status_code == 409
    assert call(alice).get(f"export-files/{ready.uid}/content/").status_code == 404


def test_files_go_when_their_time_is_over(ready: ExportFile, django_capture_on_commit_callbacks: Any) -> None:
    before = delete_expired(at=ready.expires_at - timedelta(seconds=1))
    with django_capture_on_commit_callbacks(execute=True):
        after = delete_expired(at=ready.expires_at)

    assert (before, after) == (0, 1)
    assert not export_path(ready).exists()


def test_what_has_ended_does_not_end_again(alice: User, ready: ExportFile) -> None:
    with pytest.raises(ExportEnded):
        cancel_export(file=ready, by=alice, at=AT)
    delete_export(file=ready, by=alice, at=AT)
    with pytest.raises(ExportEnded):
        delete_export(file=ready, by=alice, at=AT)


def test_nobody_has_more_files_written_than_a_few(alice: User, bob: User) -> None:
    for _ in range(MOST_AT_ONCE):
        begin_export(format="csv", filters={}, by=alice, at=AT)

    with pytest.raises(TooManyExports):
        begin_export(format="csv", filters={}, by=alice, at=AT)
    assert call(alice).post("export-files/", {"format": "csv"}).status_code == 429
    assert begin_export(format="csv", filters={}, by=bob, at=AT).state == "running"


def test_the_page_makes_a_file_and_hands_it_out(alice: User) -> None:
    make_tag(make_article(by=alice), by=alice)
    client = Client()
    client.force_login(alice)
    made = client.post("/exports/files/make/", {"format": "csv", "narrowed": "?layer=bias_tag"}, follow=True)
    file = ExportFile.objects.get()
    write_in_turn(uid=str(file.uid))
    page = client.get("/exports/files/").content.decode()

    assert "It begins in a moment." in made.content.decode()
    assert f"/exports/files/{file.uid}/" in page
    assert "1 annotation" in page
    assert client.get(f"/exports/files/{file.uid}/").getvalue() == export_path(file).read_bytes()
    assert client.get(f"/exports/files/{file.uid}/manifest/").json()["records"] == 1
    client.post(f"/exports/files/{file.uid}/end/")
    assert again(file).state == "deleted"


def test_the_page_makes_no_file_of_what_it_does_not_know(alice: User) -> None:
    client = Client()
    client.force_login(alice)

    assert client.post("/exports/files/make/", {"format": "docx"}).status_code == 404
    assert client.post("/exports/files/make/", {"format": "csv", "narrowed": "?spaeker=1"}).status_code == 404
    assert not ExportFile.objects.exists()
