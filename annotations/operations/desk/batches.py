"""Batches: many articles brought in part by part, each part in a transaction of its own with its results."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db import connection, transaction
from django.db.models.functions import Now

from annotations.imports import Incoming, importer_named
from annotations.models import Batch, BatchPart, BatchState
from annotations.operations.desk.batchlines import in_parts, read_ahead, record_lines, spool_path
from annotations.operations.desk.bulk import Line, Result, bring_in_many, judge_lines
from annotations.operations.exchange.importing import records_in_parts, take_in
from annotations.operations.workbench.mark_bulk import Codebook, everyday_codebook
from articles.operations.jobs import enqueue

RUN = "annotations.run_batch"
# A job lets others have their turn after so long.
SECONDS_OF_TURN = 20.0
# When the job looks after a batch that somebody else was bringing in.
SECONDS_TO_LOOK_AFTER = 60


class KeyOfAnotherBatch(Exception):
    """The key came with another body before."""


class BatchEnded(Exception):
    """The batch is done or was canceled."""


class Overtaken(Exception):
    """Somebody else has brought in the next part of the batch."""


@transaction.atomic
def open_batch(
    *,
    by: AbstractUser,
    at: datetime,
    name: str = "",
    key: str = "",
    body_sha256: str = "",
    spool: str = "",
    total: int | None = None,
    format: str = "",
    is_judging: bool = True,
    look_after: int | None = 0,
) -> Batch:
    """Begin a batch, or find the one that this person began under the same key.

    Enqueues the job that brings it in, or brings the rest of it in when nobody else does any more.

    :param look_after: seconds until the job looks; None when no job can, because nothing is spooled.
    :raises KeyOfAnotherBatch: when the key came with another body.
    """
    if key and (known := _begun(by, key)) is not None:
        if known.body_sha256 != body_sha256:
            raise KeyOfAnotherBatch("This key came with another request before.")
        return known
    batch = Batch.objects.create(
        format=format,
        name=name,
        key=key,
        body_sha256=body_sha256,
        spool=spool,
        total=total,
        is_judging=is_judging,
        created_by_id=by.pk,
        created_at=at,
    )
    if look_after is not None:
        enqueue(RUN, seconds=look_after, uid=str(batch.uid))
    return batch


def _begun(by: AbstractUser, key: str) -> Batch | None:
    """The batch of that key. Whoever sends the same at the same moment waits here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"batch {by.pk} {key}"])
    return Batch.objects.filter(created_by_id=by.pk, key=key).first()


def run_batch(*, batch: Batch, lines: Iterator[Line], at: datetime) -> Generator[BatchPart, None, None]:
    """Bring in the lines that are still to come and give each part when it is committed; end the batch after the last.

    :raises Overtaken: when somebody else brought in a part of it meanwhile.
    :raises BatchEnded: when it was canceled.
    """
    codebook = everyday_codebook()
    parts = read_ahead(judge_lines(in_parts(lines), codebook=codebook))
    for number, part in enumerate(parts, start=batch.parts_done):
        yield bring_in_part(batch=batch, number=number, lines=part, at=at, codebook=codebook)
    _finish(batch, at=at)


@transaction.atomic
def bring_in_part(
    *, batch: Batch, number: int, lines: list[Line], at: datetime, codebook: Codebook | None = None
) -> BatchPart:
    """Bring in the next articles of a batch, with their results, or nothing of them.

    :raises Overtaken: when ``number`` is not that of the next part.
    :raises BatchEnded: when the batch is done or was canceled.
    """
    batch = _hold_at(batch, number)
    results = bring_in_many(lines, batch=batch, at=at, codebook=codebook)
    return _note_part(batch, number, results, through=lines[-1].number, end=lines[-1].end)


@transaction.atomic
def take_in_part(*, batch: Batch, number: int, records: list[Incoming], at: datetime) -> BatchPart:
    """Take in the next records of another desk, with their results, or nothing of them.

    :raises Overtaken: when ``number`` is not that of the next part.
    :raises BatchEnded: when the batch is done or was canceled.
    """
    batch = _hold_at(batch, number)
    results = take_in(records, batch=batch, at=at)
    return _note_part(batch, number, results, through=records[-1].line, end=records[-1].end)


def _hold_at(batch: Batch, number: int) -> Batch:
    batch = _hold(batch)
    if batch.parts_done != number:
        raise Overtaken
    return batch


def _note_part(batch: Batch, number: int, results: list[Result], *, through: int, end: int) -> BatchPart:
    part = BatchPart.objects.create(batch=batch, number=number, results="".join(map(_written, results)))
    statuses = Counter(result.status for result in results)
    batch.created += statuses["created"]
    batch.known += statuses["known"]
    batch.refused += statuses["refused"]
    batch.lines, batch.position, batch.parts_done = through, end, number + 1
    # Not ``at``, which is when a batch of hours was begun.
    batch.moved_at = Now()
    batch.save(update_fields=["created", "known", "refused", "lines", "position", "parts_done", "moved_at"])
    return part


def _written(result: Result) -> str:
    return json.dumps(result.to_json(), ensure_ascii=False) + "\n"


def _hold(batch: Batch) -> Batch:
    """The batch as it stands, held until the transaction ends.

    :raises BatchEnded: when it is done or was canceled.
    """
    held = Batch.objects.select_related("created_by").select_for_update(of=("self",)).get(pk=batch.pk)
    if held.has_ended:
        raise BatchEnded
    return held


@transaction.atomic
def _finish(batch: Batch, *, at: datetime) -> None:
    held = _hold(batch)
    # Whoever brought it in passed the moment when they began.
    _end(held, BatchState.DONE, at=max(at, held.moved_at or at))


@transaction.atomic
def cancel_batch(*, batch: Batch, by: AbstractUser, at: datetime) -> Batch:
    """Bring in no more of a batch. What is in stays in.

    :raises BatchEnded: when it is done or was canceled before.
    """
    return _end(_hold(batch), BatchState.CANCELED, at=at)


def _end(batch: Batch, state: BatchState, *, at: datetime) -> Batch:
    """Note the end, and drop the spooled body once that is certain."""
    batch.state, batch.ended_at = state, at
    if state == BatchState.DONE:
        batch.total = batch.done
    batch.save(update_fields=["state", "ended_at", "total"])
    if batch.spool:
        transaction.on_commit(lambda: spool_path(batch.spool).unlink(missing_ok=True))
    return batch


def results_of(batch: Batch, *, first: int = 0) -> Iterator[tuple[int, str]]:
    """The numbers and results of the parts that are in, from part ``first`` on."""
    parts = BatchPart.objects.filter(batch=batch, number__gte=first).order_by("number")
    yield from parts.values_list("number", "results").iterator(chunk_size=20)


def bring_in_and_tell(*, batch: Batch, at: datetime) -> Generator[str, None, None]:
    """The results of a spooled batch from its first line on, bringing in whatever nobody has brought in yet.

    Several may do this to one batch at once, after a request was sent twice: each part is brought in by one of them
    and told by all.
    """
    told = 0
    while True:
        for number, results in results_of(batch, first=told):
            yield results
            told = number + 1
        batch.refresh_from_db()
        if batch.has_ended and batch.parts_done == told:
            return
        if batch.parts_done == told:
            try:
                for part in _run_spooled(batch, at=at):
                    yield part.results
                    told = part.number + 1
            except (Overtaken, BatchEnded):
                continue


def _run_spooled(batch: Batch, *, at: datetime) -> Iterator[BatchPart]:
    with spool_path(batch.spool).open("rb") as file:
        if batch.format:
            with closing(_run_import(batch, file, at=at)) as parts:
                yield from parts
            return
        file.seek(batch.position)
        lines = record_lines(file, position=batch.position, after=batch.lines)
        with closing(run_batch(batch=batch, lines=lines, at=at)) as parts:
            yield from parts


def _run_import(batch: Batch, file: BinaryIO, *, at: datetime) -> Generator[BatchPart, None, None]:
    """Take in the records that are still to come. A file is read from its beginning: what it names stands there."""
    importer = importer_named(batch.format)
    coming = (each for each in importer.read(file) if each.line > batch.lines)
    for number, records in enumerate(records_in_parts(coming), start=batch.parts_done):
        yield take_in_part(batch=batch, number=number, records=records, at=at)
    _finish(batch, at=at)


def take_turn(*, uid: UUID, at: datetime) -> None:
    """Bring in some of a spooled batch, and enqueue the rest."""
    batch = Batch.objects.filter(uid=uid).first()
    if batch is None or batch.has_ended:
        return
    over = time.monotonic() + SECONDS_OF_TURN
    try:
        for _part in _run_spooled(batch, at=at):
            if time.monotonic() > over:
                enqueue(RUN, uid=str(batch.uid))
                return
    except Overtaken:
        enqueue(RUN, seconds=SECONDS_TO_LOOK_AFTER, uid=str(batch.uid))
    except (BatchEnded, FileNotFoundError):
        return
