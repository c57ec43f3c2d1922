"""Files of other desks, kept on disk between the look at them and the press that takes them in."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import AbstractUser

from annotations.imports import importer_named
from annotations.models import Batch
from annotations.operations.desk.batches import open_batch
from annotations.operations.desk.batchlines import LONGEST_NAME, spool_path
from annotations.operations.exchange.importing import MOST_PREVIEWED, Foreseen, foresee

# A file that was looked at and not taken in is dropped when somebody looks at another one after so long.
SECONDS_KEPT = 24 * 60 * 60
BEFORE = "import-"


class FileGone(Exception):
    """The file was taken in before, or was dropped because nobody took it in for a day."""


def keep_file(chunks: Iterable[bytes]) -> tuple[str, str]:
    """Write a file to disk as it comes; returns its name there and its SHA-256."""
    folder = Path(settings.SPOOL_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _drop_forgotten(folder)
    name, digest = f"{BEFORE}{uuid4()}", hashlib.sha256()
    with spool_path(name).open("xb") as file:
        os.fchmod(file.fileno(), 0o600)
        for chunk in chunks:
            file.write(chunk)
            digest.update(chunk)
    return name, digest.hexdigest()


def _drop_forgotten(folder: Path) -> None:
    spooled = set(Batch.objects.unfinished().values_list("spool", flat=True))
    for path in folder.glob(f"{BEFORE}*"):
        with suppress(FileNotFoundError):
            if path.name not in spooled and path.stat().st_mtime < time.time() - SECONDS_KEPT:
                path.unlink()


def foresee_file(
    *, name: str, format: str, by: AbstractUser, at: datetime, start: int = 0, most: int = MOST_PREVIEWED
) -> Foreseen:
    """What would become of a kept file, from the record after the first ``start`` ones on.

    :raises FileGone: when it is not there any more.
    """
    try:
        with spool_path(name).open("rb") as file:
            return foresee(importer_named(format).read(file), by=by, at=at, start=start, most=most)
    except FileNotFoundError as error:
        raise FileGone from error


def take_in_file(
    *, name: str, format: str, called: str, sha256: str, by: AbstractUser, at: datetime, look_after: int = 0
) -> Batch:
    """Have a kept file taken in by a job, part by part; whoever sends the same again finds the batch that is at it.

    :raises FileGone: when it is not there any more.
    """
    if not spool_path(name).exists() and not Batch.objects.filter(spool=name).exists():
        raise FileGone
    return open_batch(
        by=by,
        at=at,
        format=format,
        name=called[-LONGEST_NAME:],
        key=f"import {name}",
        body_sha256=sha256,
        spool=name,
        look_after=look_after,
    )
