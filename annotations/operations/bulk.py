"""Bringing many articles to the desk in one transaction, with the judgements that came along."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import DataError, IntegrityError, transaction
from procrastinate.contrib.django import app

from annotations.operations.judgements import Judgement, judge
from annotations.operations.mark_bulk import (
    Codebook,
    Owned,
    everyday_codebook,
    find_namesakes,
    write_claims,
    write_quotes,
    write_tags,
)
from annotations.operations.wires import receive_wire_item
from articles.models import Outcome
from articles.operations.bulk import Piece, Written, write_articles, write_spans
from articles.operations.captures import keep_capture
from articles.operations.wire_bulk import begin_conversations, hold_conversations, may_begin
from articles.operations.wires import STOPS

FINGERPRINT = "annotations.fingerprint"


@dataclass(frozen=True, slots=True)
class Line:
    """One article of a batch, its number in it from 1, and where in the file the next one begins, in bytes."""

    number: int
    piece: Piece
    end: int = 0


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


@dataclass(frozen=True, slots=True)
class _Judged:
    """A line that becomes an article, with its judgements."""

    line: Line
    judgements: tuple[Judgement, ...]


def bring_in_many(lines: Sequence[Line], *, by: AbstractUser, at: datetime, judging: bool = True) -> list[Result]:
    """Bring in articles that nobody looked at, as single ones come in; returns a result for each line, in their order.

    Those of a wire whose conversation has begun take the way of single messages. A line that breaks a law of the
    database is refused and the others go in. Enqueues the fingerprints of the new texts and the keys of their quotes.

    :param judging: whether whoever sends them may judge; a line with annotations is refused if not.
    """
    try:
        with transaction.atomic():
            return _bring_in(lines, by=by, at=at, judging=judging)
    except (DataError, IntegrityError) as error:
        if len(lines) == 1:
            return [_refused(lines[0], f"It breaks a law of the desk: {_law(error)}.")]
    half = len(lines) // 2
    return [
        result for part in (lines[:half], lines[half:]) for result in bring_in_many(part, by=by, at=at, judging=judging)
    ]


def _law(error: Exception) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    return (
        str(name).replace("_", " ")
        if name
        else str(getattr(diagnosis, "message_primary", "") or "a value does not fit")
    )


def _bring_in(lines: Sequence[Line], *, by: AbstractUser, at: datetime, judging: bool) -> list[Result]:
    results = {line.number: refusal for line in lines if (refusal := _refusal(line, judging=judging)) is not None}
    taken = [line for line in lines if line.number not in results]
    begun = _conversations_begun(taken)
    fresh = [line for line in taken if line.number not in begun]
    results |= _write(fresh, by=by, at=at)
    for line in taken:
        if line.number in begun:
            results[line.number] = _receive(line, by=by, at=at)
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


def _write(lines: Sequence[Line], *, by: AbstractUser, at: datetime) -> dict[int, Result]:
    if not lines:
        return {}
    codebook = everyday_codebook()
    judged = [_judge(line, codebook) for line in lines]
    pieces = [each.line.piece for each in judged]
    written = write_articles(pieces, by=by, at=at)
    wires = [number for number, piece in enumerate(pieces) if piece.incoming.guid]
    if wires:
        begin_conversations([pieces[each] for each in wires], [written[each] for each in wires], by=by, at=at)
    marks = [(one, judgement) for one, each in zip(written, judged, strict=True) for judgement in each.judgements]
    _write_marks(marks, codebook, by=by, at=at)
    revisions = [one.revision for one in written]
    app.configure_task(FINGERPRINT).defer(first=min(revisions), last=max(revisions))
    return {each.line.number: _created(each.line, one) for each, one in zip(judged, written, strict=True)}


def _created(line: Line, one: Written) -> Result:
    errors = tuple(("", sentence) for sentence in line.piece.incoming.errors)
    return Result(line.number, "created", str(one.uid), errors)


def _judge(line: Line, codebook: Codebook) -> _Judged:
    """Read the judgements of a line; what becomes none is said among its errors."""
    come = line.piece.incoming
    if not come.annotations:
        return _Judged(line, ())
    judged = judge(come.annotations, come.text, levels=codebook.levels)
    if judged.refusals:
        come = replace(come, errors=(*come.errors, *judged.refusals))
        line = replace(line, piece=replace(line.piece, incoming=come))
    return _Judged(line, tuple(judged.judgements))


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
