"""Exports kept as files: begun by a person, written by a job, gone after a week or when somebody says so.

While a job writes, it reads the database as it stood at one moment and can note nothing there. How far it is stands in
a file beside what it writes, and who cancels takes away what it writes to.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import transaction

from annotations.models import ExportFile, ExportState
from articles.operations.jobs import enqueue

WRITE = "annotations.write_export"
KEPT = timedelta(days=7)
MOST_AT_ONCE = 3  # files that one person has written at the same time


class TooManyExports(Exception):
    """The person has as many files being written as one person may."""


class ExportEnded(Exception):
    """There is nothing to cancel, or nothing to delete, any more."""


class Counted(Protocol):
    """What has gone out so far."""

    articles: int
    records: int
    size: int
    digest: Any


def export_path(file: ExportFile) -> Path:
    """Where the bytes of a finished file lie."""
    return Path(settings.EXPORT_DIR) / str(file.uid)


def _unfinished(file: ExportFile) -> Path:
    return export_path(file).with_suffix(".part")


def _progress(file: ExportFile) -> Path:
    return export_path(file).with_suffix(".progress")


def articles_done(file: ExportFile) -> int:
    """How many articles a file that is being written has come through."""
    try:
        return int(_progress(file).read_text())
    except (OSError, ValueError):
        return 0


@transaction.atomic
def begin_export(*, format: str, filters: dict[str, str], by: AbstractUser, at: datetime) -> ExportFile:
    """Have an export written to a file.

    :param filters: checked by the caller, as the parameters of an address.
    :raises TooManyExports: while others of the same person are being written.
    """
    running = ExportFile.objects.filter(created_by_id=by.pk, state=ExportState.RUNNING)
    if running.count() >= MOST_AT_ONCE:
        raise TooManyExports(f"{MOST_AT_ONCE} of your files are being written. Wait until one is ready, or cancel one.")
    file = ExportFile.objects.create(
        format=format, filters=filters, created_by_id=by.pk, created_at=at, expires_at=at + KEPT
    )
    enqueue(WRITE, uid=str(file.uid))
    return file


def note_articles(*, file: ExportFile, articles: int) -> None:
    """Note how many articles there are to look at."""
    file.articles = articles
    file.save(update_fields=["articles"])


def write_export(
    *, file: ExportFile, chunks: Iterable[bytes], counted: Counted, manifest: Callable[[], dict[str, Any]], at: datetime
) -> ExportFile:
    """Write the chunks to disk and note what they are; nothing is kept when it was canceled meanwhile.

    :param counted: counts while the chunks come; ``manifest`` is asked for after the last.
    """
    Path(settings.EXPORT_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)
    part = _unfinished(file)
    try:
        is_whole = _write(file, part, chunks, counted)
    finally:
        _progress(file).unlink(missing_ok=True)
    with transaction.atomic():
        held = ExportFile.objects.select_for_update().get(pk=file.pk)
        if held.state != ExportState.RUNNING or not is_whole:
            part.unlink(missing_ok=True)
            return held
        held.rows, held.size, held.sha256 = counted.records, part.stat().st_size, counted.digest.hexdigest()
        held.manifest = manifest()
        held.state, held.ended_at = ExportState.DONE, at
        held.save(update_fields=["rows", "size", "sha256", "manifest", "state", "ended_at"])
        part.rename(export_path(held))
    return held


def _write(file: ExportFile, part: Path, chunks: Iterable[bytes], counted: Counted) -> bool:
    """Whether all of it is on disk: not when somebody took the file away."""
    seen = -1
    # As an iterator with an end of its own: its transaction ends here, whatever happens.
    with part.open("wb") as written, closing(chunks):  # type: ignore[type-var]
        os.fchmod(written.fileno(), 0o600)
        for chunk in chunks:
            written.write(chunk)
            if counted.articles != seen:
                seen = counted.articles
                _progress(file).write_text(str(seen))
            if not part.exists():
                return False
        written.flush()
        os.fsync(written.fileno())
    return part.exists()


@transaction.atomic
def fail_export(*, file: ExportFile, problem: str, at: datetime) -> None:
    """Note that it could not be written, and why."""
    _end(_hold(file, ExportState.RUNNING), ExportState.FAILED, at=at, problem=problem)


@transaction.atomic
def cancel_export(*, file: ExportFile, by: AbstractUser, at: datetime) -> ExportFile:
    """Write no more of it. What is on disk goes.

    :raises ExportEnded: when it is not being written.
    """
    return _end(_hold(file, ExportState.RUNNING), ExportState.CANCELED, at=at)


@transaction.atomic
def delete_export(*, file: ExportFile, by: AbstractUser | None, at: datetime) -> ExportFile:
    """Take the bytes of a finished file off the disk; that it was taken out stays known. Nobody deletes what expires.

    :raises ExportEnded: when there is no finished file.
    """
    return _end(_hold(file, ExportState.DONE), ExportState.DELETED, at=at)


def delete_expired(*, at: datetime) -> int:
    """Delete every file whose time is over; how many."""
    over = list(ExportFile.objects.filter(state=ExportState.DONE, expires_at__lte=at))
    for file in over:
        delete_export(file=file, by=None, at=at)
    return len(over)


def _hold(file: ExportFile, state: str) -> ExportFile:
    held = ExportFile.objects.select_for_update().get(pk=file.pk)
    if held.state != state:
        raise ExportEnded(f"This export is {held.get_state_display()}.")
    return held


def _end(file: ExportFile, state: str, *, at: datetime, problem: str = "") -> ExportFile:
    file.state, file.ended_at, file.problem = state, at, problem[:300]
    file.save(update_fields=["state", "ended_at", "problem"])
    for path in (export_path(file), _unfinished(file)):
        transaction.on_commit(partial(path.unlink, missing_ok=True))
    return file
