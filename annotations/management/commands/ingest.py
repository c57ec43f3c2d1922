"""``manage.py ingest FILE|FOLDER|-``: articles in bulk from this machine (docs/reference/bulk.md)."""

from __future__ import annotations

import hashlib
import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from annotations.models import Batch
from annotations.operations.desk.batches import (
    BatchEnded,
    KeyOfAnotherBatch,
    Overtaken,
    open_batch,
    results_of,
    run_batch,
)
from annotations.operations.desk.batchlines import (
    LONGEST_NAME,
    file_lines,
    length_of,
    name_of,
    readable,
    record_lines,
)
from annotations.operations.desk.bulk import Line
from articles.ingest.records import are_lines

STANDARD_INPUT = "-"
WIDTH = 30
MOST_REASONS = 50


class Command(BaseCommand):
    """Bring in articles in bulk: our own NDJSON line by line, and files of any other format that can be read."""

    help = (
        "Bring in articles in bulk from a file, a folder or standard input. The exit status is 1 when some are refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", metavar="FILE|FOLDER|-", help="a file or folder of any format, or - for NDJSON")
        parser.add_argument("--as", dest="username", required=True, metavar="USER", help="who brings them in")
        parser.add_argument(
            "--key", default="", help="a name for this import: with it, an import that was interrupted goes on"
        )

    def handle(self, *arguments: Any, source: str, username: str, key: str, **options: Any) -> None:
        by = _person(username)
        paths = _paths(source)
        listed = _digest(paths)
        batch = _open(by, source, key=key, listed=listed)
        if batch.has_ended:
            self.stdout.write(f"This was brought in before, on {batch.created_at:%Y-%m-%d %H:%M}. Nothing was done.")
        elif batch.lines:
            self.stderr.write(f"Going on after {batch.lines} articles that are through.")
        if not batch.has_ended:
            _bring_in_alone(batch, paths)
        batch.refresh_from_db()
        self._tell(batch)
        if batch.refused:
            sys.exit(1)

    def _tell(self, batch: Batch) -> None:
        """The summary, and the first of those that were refused with their reasons."""
        refused = _refused(batch)
        for line in islice(refused, MOST_REASONS):
            self.stdout.write(f"{line['line']}: {line['detail']}")
        if batch.refused > MOST_REASONS:
            more = batch.refused - MOST_REASONS
            self.stdout.write(f"… and {more} more; all results are at /api/v1/batches/{batch.uid}/results/.")
        self.stdout.write(
            f"{batch.created} brought in, {batch.known} known already, {batch.refused} refused. Batch {batch.uid}."
        )


def _person(username: str) -> AbstractUser:
    people = get_user_model()._default_manager
    person: AbstractUser | None = people.filter(username=username, is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody here is called {username}. Name somebody who may sign in with --as.")
    if not person.has_perm("articles.bring_in"):
        raise CommandError(f"{username} may not bring in articles. Name an editor with --as.")
    return person


def _paths(source: str) -> list[Path] | None:
    """The files to read, in a fixed order; None for standard input."""
    if source == STANDARD_INPUT:
        return None
    path = Path(source)
    if path.is_dir():
        return sorted(each for each in path.rglob("*") if each.is_file() and not each.name.startswith("."))
    if not path.exists():
        raise CommandError(f"There is no {source}.")
    return [path]


def _digest(paths: Sequence[Path] | None) -> str:
    """What makes two runs the same: the files with their sizes and times. Standard input is never the same."""
    if paths is None:
        return ""
    found = [(str(path.resolve()), path.stat().st_size, path.stat().st_mtime_ns) for path in paths]
    return hashlib.sha256(json.dumps(found).encode("utf-8", "surrogateescape")).hexdigest()


def _open(by: AbstractUser, source: str, *, key: str, listed: str) -> Batch:
    name = source if source == STANDARD_INPUT else readable(Path(source).resolve())[-LONGEST_NAME:]
    try:
        return open_batch(by=by, at=timezone.now(), name=name, key=key or listed, body_sha256=listed, look_after=None)
    except KeyOfAnotherBatch as error:
        raise CommandError(
            f"Other files, or the same before they were changed, came in under the key {key}. Give another key."
        ) from error


def _bring_in_alone(batch: Batch, paths: Sequence[Path] | None) -> None:
    try:
        _bring_in(batch, paths)
    except Overtaken as error:
        raise CommandError(
            "Another command is bringing in the same at this moment, and goes on. "
            "Give this command again later to see what became of it."
        ) from error
    except BatchEnded as error:
        raise CommandError(
            f"It was canceled meanwhile. What is in stays in; see /api/v1/batches/{batch.uid}/."
        ) from error


def _bring_in(batch: Batch, paths: Sequence[Path] | None) -> None:
    bar = _Bar(sys.stderr, sum(map(length_of, paths or ())))
    done = batch.done
    for part in run_batch(batch=batch, lines=_lines(batch, paths), at=timezone.now()):
        done += part.results.count("\n")
        bar.show(done, _position(part.batch_id))
    bar.close()


def _position(batch: int) -> int:
    return int(Batch.objects.values_list("position", flat=True).get(pk=batch))


def _lines(batch: Batch, paths: Sequence[Path] | None) -> Iterator[Line]:
    """The articles that are still to come."""
    if paths is None:
        yield from (line for line in record_lines(sys.stdin.buffer) if line.number > batch.lines)
    elif len(paths) == 1 and _is_of_lines(paths[0]):
        with paths[0].open("rb") as file:
            file.seek(batch.position)
            yield from record_lines(file, position=batch.position, after=batch.lines, name=name_of(paths[0]))
    else:
        yield from file_lines(paths, after=batch.lines)


def _is_of_lines(path: Path) -> bool:
    """Whether a file is of records, one per line, so that reading can go on in the middle of it."""
    try:
        with path.open("rb") as file:
            return are_lines(file.peek(), path.name)
    except OSError:
        return False  # which is said in the result of its line


def _refused(batch: Batch) -> Iterator[dict[str, Any]]:
    for _number, results in results_of(batch):
        for written in results.splitlines():
            line = json.loads(written)
            if line["status"] == "refused":
                yield line


class _Bar:
    """How far it is, on a terminal; nothing where nobody looks."""

    def __init__(self, output: TextIO, total: int) -> None:
        self._output = output
        self._total = total
        self._is_seen = output.isatty()

    def show(self, articles: int, position: int) -> None:
        if not self._is_seen:
            return
        share = min(position / self._total, 1.0) if self._total and position else 0.0
        bar = f"[{'#' * round(WIDTH * share):<{WIDTH}}] {share:4.0%} " if share else ""
        self._output.write(f"\r{bar}{articles} articles")
        self._output.flush()

    def close(self) -> None:
        if self._is_seen:
            self._output.write("\n")
