"""Bringing many articles to the desk in one transaction, with the judgements that came along."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import DataError, IntegrityError, transaction

from annotations.models import Batch
from annotations.operations.desk.followups import put_off_follow_ups
from annotations.operations.desk.wires import receive_wire_item
from annotations.operations.workbench.judgements import Judged, Judgement, judge
from annotations.operations.workbench.mark_bulk import (
    Codebook,
    Owned,
    everyday_codebook,
    find_namesakes,
    write_claims,
    write_quotes,
    write_tags,
)
from articles.models import Outcome
from articles.operations.bulk import Piece, Written, write_articles, write_spans
from articles.operations.captures import keep_capture
from articles.operations.wire_bulk import begin_conversations, hold_conversations, may_begin
from articles.operations.wires import STOPS


@dataclass(frozen=True, slots=True)
class Line:
    """One article of a batch, its number in it from 1, and where in the file the next one begins, in bytes.

    ``judged`` is what became of its annotations, or None while nobody has read them (:func:`judge_lines`).
    """

    number: int
    piece: Piece
    end: int = 0
    judged: Judged | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a line: ``created``, ``known`` or ``refused``; ``uid`` is of its article.

    ``errors`` are pairs of a field (empty for the whole) and a sentence. What was created may have errors too: they
    say what was left out.
    """

    line: int
    status: str
    uid: str | None = None
    errors: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> dict[str, object]:
        """The members of a result line; errors as RFC 9457 problems have them in this API."""
        errors = [{"field": field, "message": message} for field, message in self.errors]
        detail = {"detail": " ".join(message for _field, message in self.errors)} if self.status == "refused" else {}
        return {"line": self.line, "status": self.status, "uid": self.uid, **detail, "errors": errors}


def judge_lines(parts: Iterator[list[Line]], *, codebook: Codebook) -> Iterator[list[Line]]:
    """Read the annotations of lines before they are brought in under the same codebook. Asks the database nothing."""
    for part in parts:
        yield [_judge(line, codebook) for line in part]


def bring_in_many(
    lines: Sequence[Line], *, batch: Batch, at: datetime, codebook: Codebook | None = None
) -> list[Result]:
    """Bring in articles that nobody looked at, as single ones come in; returns a result for each line, in their order.

    Those of a wire whose conversation has begun take the way of single messages. A line that breaks a law of the
    database is refused and the others go in, and so is one with annotations when the sender of the batch may not
    judge. Enqueues what follows for the new texts.

    :param codebook: what tags may name; by default what the everyday desk uses now.
    """
    codebook = codebook or everyday_codebook()
    try:
        with transaction.atomic():
            return _bring_in(lines, batch=batch, codebook=codebook, at=at)
    except (DataError, IntegrityError) as error:
        if len(lines) == 1:
            return [_refused(lines[0], f"It breaks a law of the desk: {_law(error)}.")]
    half = len(lines) // 2
    return [
        result
        for part in (lines[:half], lines[half:])
        for result in bring_in_many(part, batch=batch, at=at, codebook=codebook)
    ]


def _law(error: Exception) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    return (
        str(name).replace("_", " ")
        if name
        else str(getattr(diagnosis, "message_primary", "") or "a value does not fit")
    )


def _bring_in(lines: Sequence[Line], *, batch: Batch, codebook: Codebook, at: datetime) -> list[Result]:
    refusals = ((line.number, _refusal(line, judging=batch.is_judging)) for line in lines)
    results = {number: refusal for number, refusal in refusals if refusal is not None}
    taken = [line for line in lines if line.number not in results]
    begun = _conversations_begun(taken)
    fresh = [line for line in taken if line.number not in begun]
    results |= _write(fresh, batch=batch, codebook=codebook, at=at)
    for line in taken:
        if line.number in begun:
            results[line.number] = _receive(line, by=batch.created_by, at=at)
    return [results[line.number] for line in lines]


def _refusal(line: Line, *, judging: bool) -> Result | None:
    """Why nothing can become of a line; None when something can."""
    come = line.piece.incoming
    is_stop = bool(come.guid) and come.pub_status in STOPS
    if not is_stop and not (come.headline and come.blocks):
        return _refused(line, *(come.errors or ("There is no text in it.",)))
    if come.annotations and not judging:
        return _refused(line, "This token may not judge, and the record does. Give the token the scope “annotate”.")
    return None


def _refused(line: Line, *sentences: str) -> Result:
    return Result(line.number, "refused", errors=tuple(("", sentence) for sentence in sentences))


def _conversations_begun(lines: Sequence[Line]) -> set[int]:
    """The numbers of lines that continue a conversation with a wire, or that only a single message can begin."""
    by_guid: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.piece.incoming.guid:
            by_guid[line.piece.incoming.guid].append(line)
    if not by_guid:
        return set()
    begun = hold_conversations(by_guid)
    return {
        line.number
        for guid, about in by_guid.items()
        for position, line in enumerate(about)
        if guid in begun or position > 0 or not may_begin(line.piece)
    }


def _receive(line: Line, *, by: AbstractUser, at: datetime) -> Result:
    piece = line.piece
    capture = keep_capture(content=piece.content, media_type=piece.media_type, name=piece.name, by=by, at=at)
    item = receive_wire_item(incoming=piece.incoming, capture=capture, reader=piece.reader, by=by, at=at)
    if item.outcome == Outcome.REFUSED:
        return _refused(line, item.refusal)
    left = ["The annotations were left out: they come in with the first message only."] * bool(
        piece.incoming.annotations
    )
    status = "created" if item.outcome == Outcome.CREATED else "known"
    uid = str(item.article.uid) if item.article else None
    return Result(line.number, status, uid, tuple(("", sentence) for sentence in (*piece.incoming.errors, *left)))


def _write(lines: Sequence[Line], *, batch: Batch, codebook: Codebook, at: datetime) -> dict[int, Result]:
    if not lines:
        return {}
    by = batch.created_by
    lines = [_judge(line, codebook) for line in lines]
    pieces = [_with_refusals(line) for line in lines]
    written = write_articles(pieces, by=by, at=at)
    wires = [number for number, piece in enumerate(pieces) if piece.incoming.guid]
    if wires:
        begin_conversations([pieces[each] for each in wires], [written[each] for each in wires], by=by, at=at)
    marks = [(one, each) for one, line in zip(written, lines, strict=True) for each in _judgements(line)]
    _write_marks(marks, codebook, by=by, at=at)
    put_off_follow_ups(batch=batch, revisions=[one.revision for one in written])
    return {line.number: _created(line, piece, one) for line, piece, one in zip(lines, pieces, written, strict=True)}


def _created(line: Line, piece: Piece, one: Written) -> Result:
    errors = tuple(("", sentence) for sentence in piece.incoming.errors)
    return Result(line.number, "created", str(one.uid), errors)


def _judge(line: Line, codebook: Codebook) -> Line:
    """Read the judgements of a line, unless that is done."""
    come = line.piece.incoming
    if line.judged is not None or not come.annotations:
        return line
    return replace(line, judged=judge(come.annotations, come.text, levels=codebook.levels))


def _judgements(line: Line) -> Sequence[Judgement]:
    return line.judged.judgements if line.judged is not None else ()


def _with_refusals(line: Line) -> Piece:
    """The piece of a line; the annotations that became nothing are said among its errors."""
    if line.judged is None or not line.judged.refusals:
        return line.piece
    come = line.piece.incoming
    return replace(line.piece, incoming=replace(come, errors=(*come.errors, *line.judged.refusals)))


def _write_marks(
    marks: Sequence[tuple[Written, Judgement]], codebook: Codebook, *, by: AbstractUser, at: datetime
) -> None:
    """Spans and anchors of all marks first, then the quotes, claims and tags that own them."""
    if not marks:
        return
    placed = [(one, each.place) for one, each in marks if each.place is not None]
    spans = iter(write_spans(placed, by=by, at=at) if placed else [])
    owned = [Owned(one.article, next(spans) if each.place is not None else None, each) for one, each in marks]
    namesakes = find_namesakes(_named(marks), adding=_named_by_people(marks), by=by, at=at)
    write_quotes(owned, namesakes, by=by, at=at)
    write_claims(owned, namesakes, codebook, by=by, at=at)
    write_tags(owned, codebook, by=by, at=at)


def _named(marks: Sequence[tuple[Written, Judgement]]) -> set[str]:
    return {each.speaker for _one, each in marks if each.speaker}


def _named_by_people(marks: Sequence[tuple[Written, Judgement]]) -> set[str]:
    """Whoever is only suggested to have spoken is no speaker of the desk yet."""
    return {each.speaker for _one, each in marks if each.speaker and not each.is_suggested}
