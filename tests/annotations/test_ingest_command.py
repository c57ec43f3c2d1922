"""``manage.py ingest``: archives from this machine, whatever interrupts them."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from annotations.models import Batch
from annotations.operations.desk.batches import bring_in_part, cancel_batch, results_of
from annotations.operations.desk.batchlines import record_lines
from articles.models import Article, Capture
from newsdesk.models import User
from tests.factories.records import ndjson, record

PROJECT = Path(__file__).resolve().parents[2]
PAGE = (
    b"<!doctype html><html><head><title>Bridge shut</title></head><body><article><h1>Bridge shut</h1>"
    b"<p>The bridge was shut on Monday after a crack was found in its deck, officials said.</p>"
    b"<p>It will stay shut for a week while engineers look.</p></article></body></html>"
)


class _Meanwhile(io.BytesIO):
    """Standard input at whose end something else happens."""

    def __init__(self, lines: bytes, act: Callable[[], object]) -> None:
        super().__init__(lines)
        self._act = act

    def readline(self, size: int | None = -1, /) -> bytes:
        line = super().readline(size)
        if not line:
            self._act()
            connection.close()  # of the thread that reads ahead
        return line


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _ingest(source: Path | str, by: User, **options: str) -> str:
    said = io.StringIO()
    call_command("ingest", str(source), username=by.username, stdout=said, stderr=io.StringIO(), **options)
    return said.getvalue()


def _archive(folder: Path, count: int) -> Path:
    file = folder / "archive.ndjson"
    file.write_bytes(ndjson(*(record(f"Headline {number}") for number in range(count))))
    return file


@pytest.mark.django_db
def test_a_folder_comes_in_with_files_of_every_format_and_what_cannot_be_read_is_named(
    alice: User, tmp_path: Path
) -> None:
    _archive(tmp_path, 2)
    (tmp_path / "page.pdf").write_bytes(PAGE)
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    unreadable = os.fsencode(tmp_path) + b"/\xff.txt"
    with open(unreadable, "wb") as file:
        file.write(b"Ferry late\n\nThe ferry was late on Monday.\n")
    said = io.StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("ingest", str(tmp_path), username="alice", stdout=said)

    assert ended.value.code == 1
    assert "photo.png: This is a picture" in said.getvalue()
    assert "4 brought in, 0 known already, 1 refused." in said.getvalue()
    headlines = set(Article.objects.values_list("head__headline", flat=True))
    assert headlines == {"Headline 0", "Headline 1", "Bridge shut", "Ferry late"}
    assert Capture.objects.filter(name="\ufffd.txt").exists()


@pytest.mark.django_db
def test_the_same_files_again_bring_in_nothing(alice: User, tmp_path: Path) -> None:
    file = _archive(tmp_path, 3)
    _ingest(file, alice)

    said = _ingest(file, alice)

    assert "This was brought in before" in said
    assert Article.objects.count() == 3


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_was_killed_goes_on_where_it_was(alice: User, tmp_path: Path) -> None:
    file = _archive(tmp_path, 1_000)
    given = {**os.environ, "DATABASE_URL": _database_url()}
    program = subprocess.Popen(
        [sys.executable, str(PROJECT / "manage.py"), "ingest", str(file), "--as", "alice"],
        env=given,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while not Batch.objects.filter(parts_done__gte=1).exists() and program.poll() is None:
        time.sleep(0.01)
    program.send_signal(signal.SIGKILL)
    assert program.wait() == -signal.SIGKILL
    assert 0 < Article.objects.count() < 1_000

    said = _ingest(file, alice)

    assert "1000 brought in, 0 known already, 0 refused." in said
    headlines = Article.objects.values_list("head__headline", flat=True)
    assert sorted(headlines) == sorted(f"Headline {number}" for number in range(1_000))
    results = [json.loads(line) for _number, part in results_of(Batch.objects.get()) for line in part.splitlines()]
    assert [line["line"] for line in results] == list(range(1, 1_001))


@pytest.mark.django_db(transaction=True)
def test_of_two_commands_for_the_same_one_says_that_the_other_goes_on(
    alice: User, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = ndjson(record(), record("Another headline"))

    def overtake() -> None:
        bring_in_part(batch=Batch.objects.get(), number=0, lines=list(record_lines(io.BytesIO(body))), at=at)

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(_Meanwhile(body, overtake)))

    with pytest.raises(CommandError, match="Another command is bringing in the same"):
        _ingest("-", alice, key="archive")

    assert Article.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_command_whose_batch_is_canceled_says_so(alice: User, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def cancel() -> None:
        cancel_batch(batch=Batch.objects.get(), by=alice, at=at)

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(_Meanwhile(ndjson(record()), cancel)))

    with pytest.raises(CommandError, match="canceled meanwhile"):
        _ingest("-", alice)

    assert not Article.objects.exists()


@pytest.mark.django_db
def test_a_key_that_stood_for_other_files_is_refused(alice: User, tmp_path: Path) -> None:
    file = _archive(tmp_path, 1)
    _ingest(file, alice, key="archive")
    file.write_bytes(ndjson(record("Another headline"), record("A third one")))

    with pytest.raises(CommandError, match="Give another key"):
        _ingest(file, alice, key="archive")

    assert Article.objects.count() == 1


@pytest.mark.django_db
def test_a_terminal_shows_how_much_of_a_folder_is_through(
    alice: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotations.operations.desk.batchlines.LINES_OF_PART", 1)
    (tmp_path / "a.html").write_bytes(PAGE)
    (tmp_path / "b.html").write_bytes(PAGE.replace(b"Bridge", b"Tunnel"))
    terminal = _Terminal()
    monkeypatch.setattr("sys.stderr", terminal)

    _ingest(tmp_path, alice)

    shown = terminal.getvalue().strip().split("\r")
    assert shown == [f"[{'#' * 15}{' ' * 15}]  50% 1 articles", f"[{'#' * 30}] 100% 2 articles"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("username", "source", "sentence"),
    [
        ("nobody", "-", "Nobody here is called nobody"),
        ("bob", "-", "bob may not bring in articles"),
        ("alice", "/nowhere/at/all", "There is no /nowhere/at/all"),
    ],
)
def test_what_cannot_begin_says_what_to_do(alice: User, bob: User, username: str, source: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("ingest", source, username=username)


def _database_url() -> str:
    """Where the database of the tests is, for another process."""
    server = urlsplit(os.environ["DATABASE_URL"])
    return server._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
