"""``manage.py import FORMAT FILE``: annotations of other desks and tools, from this machine."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from annotations.imports import IMPORTERS
from annotations.operations.desk.batches import bring_in_and_tell
from annotations.operations.desk.batchlines import spool_path
from annotations.operations.exchange.importfiles import foresee_file, keep_file, take_in_file

CHUNK = 1024 * 1024
MOST_REASONS = 50


class Command(BaseCommand):
    """Take in a file, or with ``--preview`` only say what would become of it."""

    help = "Take in annotations from a file. The exit status is 1 when records are refused."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("format", choices=[importer.name for importer in IMPORTERS])
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--as", dest="username", required=True, metavar="USER", help="who takes them in")
        parser.add_argument("--preview", action="store_true", help="store nothing; say what would come in")

    def handle(self, *arguments: Any, format: str, file: Path, username: str, preview: bool, **options: Any) -> None:
        by = _person(username)
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        name, sha256 = keep_file(_chunks(file))
        refused = self._preview(name, format, by) if preview else self._take_in(name, format, sha256, file, by)
        if refused:
            sys.exit(1)

    def _preview(self, name: str, format: str, by: AbstractUser) -> int:
        try:
            foreseen = foresee_file(name=name, format=format, by=by, at=timezone.now(), most=sys.maxsize)
        finally:
            spool_path(name).unlink(missing_ok=True)
        for type, count in foreseen.types.items():
            self.stdout.write(f"{type}: {count} would come in")
        for problem in foreseen.problems:
            self._say(problem.to_json())
        self.stdout.write(f"{foreseen.created} new, {foreseen.known} known already, {foreseen.refused} refused.")
        return foreseen.refused

    def _take_in(self, name: str, format: str, sha256: str, file: Path, by: AbstractUser) -> int:
        now = timezone.now()
        batch = take_in_file(name=name, format=format, called=file.name, sha256=sha256, by=by, at=now, look_after=60)
        said = 0
        for results in bring_in_and_tell(batch=batch, at=now):
            for line in results.splitlines():
                result = json.loads(line)
                if result["errors"] and said < MOST_REASONS:
                    said += 1
                    self._say(result)
        batch.refresh_from_db()
        self.stdout.write(
            f"{batch.created} taken in, {batch.known} known already, {batch.refused} refused. Batch {batch.uid}."
        )
        return batch.refused

    def _say(self, result: dict[str, Any]) -> None:
        sentences = " ".join(str(error["message"]) for error in result["errors"])
        self.stdout.write(f"{result['line']}: {result['status']}: {sentences}")


def _person(username: str) -> AbstractUser:
    people = get_user_model()._default_manager
    person: AbstractUser | None = people.filter(username=username, is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody here is called {username}. Name somebody who may sign in with --as.")
    if not person.has_perm("annotations.take_in"):
        raise CommandError(f"{username} may not take in annotations. Name an administrator with --as.")
    return person


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while chunk := opened.read(CHUNK):
            yield chunk
