"""Every mark of an article onto its next revision: what becomes of each, and the rows that say so."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import AbstractUser
from django.db import connection
from rapidfuzz.distance import Postfix, Prefix

from articles.anchoring.carry import Carried, Reason, State, carry
from articles.anchoring.selectors import select
from articles.anchoring.text import fold
from articles.models import Anchor, CurrentAnchor, Revision
from articles.operations.quotedwords import follow_words

WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Stood:
    """Where a span stands on a revision, as its anchor says; no offsets where it has no place."""

    span: int
    revision: int
    start: int | None
    end: int | None
    exact: str
    prefix: str
    suffix: str
    state: str


STOOD = ("span", "revision", "start", "end", "exact", "prefix", "suffix", "state")


@dataclass(frozen=True, slots=True)
class Fate:
    """What a new text does to one span."""

    stood: Stood
    carried: Carried


def foresee_fates(old: Revision, text: str) -> list[Fate]:
    """What saving ``text`` on top of ``old`` would do to each span that stands on ``old``; writes nothing.

    A mark is compared with the words last confirmed, so that small drifts cannot add up unseen: what was in doubt
    stays in doubt until the confirmed words are back or somebody looks.
    """
    marks = _standing(old)
    carried = _carry_from(old.text, text, [mark for mark in marks if mark.start is not None])
    doubtful = [mark for mark in marks if mark.state != State.ANCHORED]
    if doubtful:
        carried |= _settle_doubts(doubtful, carried, old.text, text)
    return [Fate(mark, carried[mark.span]) for mark in marks]


def foresee_return(old: Revision, to: Revision) -> list[Fate]:
    """What saving the text of an earlier revision anew, on top of ``old``, would do to each span; writes nothing.

    A mark that stood on the earlier one comes back to where it stood. In doubt there, it is certain only where it is
    carried for certain from ``old``; without a place there, and made later, it is carried from ``old``.
    """
    stood = {mark.span: mark for mark in _standing(to) if mark.start is not None}
    return [
        replace(fate, carried=_returned(stood[fate.stood.span], fate.carried)) if fate.stood.span in stood else fate
        for fate in foresee_fates(old, to.text)
    ]


def _standing(revision: Revision) -> list[Stood]:
    """The marks of a revision in the order of its text, without the cost of a thousand models."""
    columns = [f"anchor__{name}" for name in STOOD[2:]]
    rows = CurrentAnchor.objects.filter(revision=revision).order_by("anchor__start", "anchor__end", "span")
    return [Stood(*row) for row in rows.values_list("span", "revision", *columns)]


def _returned(stood: Stood, carried: Carried) -> Carried:
    if stood.state == State.ANCHORED:
        return Carried(State.ANCHORED, Reason.SAME, stood.start, stood.end)
    if carried.state == State.ANCHORED:
        return carried
    return Carried(State.NEEDS_REVIEW, Reason.WEAK, stood.start, stood.end)


def _carry_from(old: str, new: str, marks: Sequence[Stood]) -> dict[int, Carried]:
    """The fate of each span that has a place, by its key."""
    places = [(mark.start or 0, mark.end or 0) for mark in marks]
    return {mark.span: fate for mark, fate in zip(marks, carry(old, new, places), strict=True)}


def _settle_doubts(marks: Sequence[Stood], proposed: dict[int, Carried], old: str, text: str) -> dict[int, Carried]:
    """Marks that need a look or have no place: first their confirmed words, then the place proposed last."""
    worth_it = _with_something_to_gain(_last_confirmed(marks), proposed, old, text)
    confirmed = _carry_confirmed(worth_it, text)
    return {mark.span: _settle_doubt(confirmed.get(mark.span), proposed.get(mark.span)) for mark in marks}


def _settle_doubt(confirmed: Carried | None, proposed: Carried | None) -> Carried:
    if confirmed is not None and confirmed.state == State.ANCHORED:
        return confirmed
    for place in (proposed, confirmed):
        if place is not None and place.start is not None:
            reason = Reason.WEAK if place.state == State.ANCHORED else place.reason
            return Carried(State.NEEDS_REVIEW, reason, place.start, place.end)
    return Carried(State.ORPHANED, Reason.GONE, None, None)


def _last_confirmed(marks: Sequence[Stood]) -> list[Stood]:
    """The newest anchor of each span that was certain."""
    rows = (
        Anchor.objects.filter(span__in=[mark.span for mark in marks], state=State.ANCHORED)
        .order_by("span", "-revision__number", "-sequence")
        .distinct("span")
    )
    return [Stood(*row) for row in rows.values_list(*STOOD)]


def _with_something_to_gain(
    confirmed: Iterable[Stood], proposed: dict[int, Carried], old: str, text: str
) -> Iterator[Stood]:
    """The marks that may stand better by their confirmed words than by the place proposed last.

    Each revision on which marks were certain costs an alignment, so none is made in vain: a doubt can only be settled
    by what was put in or taken out, with at least one word of the mark. A mark whose proposed place is followed gains
    only by being certain, which needs equal words somewhere in the text.
    """
    folded = fold(text)
    touched = {word for changed in _changed(old, text) for word in WORD.findall(fold(changed))}
    for mark in confirmed:
        place, words = proposed.get(mark.span), fold(mark.exact)
        is_followed = place is not None and place.start is not None
        has_lost_its_place = place is not None and place.start is None
        own = set(WORD.findall(words))
        if has_lost_its_place or ((not own or own & touched) and not (is_followed and words not in folded)):
            yield mark


def _changed(old: str, new: str) -> tuple[str, str]:
    """What stands between the first and the last difference of two texts, in each, with the words these are in."""
    before = Prefix.similarity(old, new)
    after = min(Postfix.similarity(old, new), min(len(old), len(new)) - before)
    return _whole_words(old, before, len(old) - after), _whole_words(new, before, len(new) - after)


def _whole_words(text: str, start: int, end: int) -> str:
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[start:end]


def _carry_confirmed(confirmed: Iterable[Stood], text: str) -> dict[int, Carried]:
    """The fates of marks carried from the revisions that they were certain on, by the key of their span."""
    by_revision: dict[int, list[Stood]] = defaultdict(list)
    for mark in confirmed:
        by_revision[mark.revision].append(mark)
    texts = dict(Revision.objects.filter(pk__in=by_revision).values_list("pk", "text"))
    found: dict[int, Carried] = {}
    for revision, marks in by_revision.items():
        found |= _carry_from(texts[revision], text, marks)
    return found


def anchor_all(fates: Sequence[Fate], revision: Revision, *, by: AbstractUser, at: datetime) -> None:
    """Append one anchor per span on a revision just saved, make it the current one, let quotes be found by new words.

    One statement for all of them, because people wait for it; as JSON, because psycopg writes arrays slowly.
    """
    rows = [_row(fate, revision.text) for fate in fates]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH made AS (
                INSERT INTO articles_anchor (uid, span_id, state, reason, "start", "end", exact, prefix, suffix,
                    revision_id, sequence, created_by_id, created_at)
                SELECT (row->>0)::uuid, (row->>1)::bigint, row->>2, row->>3, (row->>4)::int, (row->>5)::int,
                    row->>6, row->>7, row->>8, %s, 1, %s, %s
                FROM json_array_elements(%s::json) AS carried (row)
                RETURNING id, span_id, revision_id
            )
            INSERT INTO articles_currentanchor (span_id, revision_id, anchor_id)
            SELECT span_id, revision_id, id FROM made
            """,
            [revision.pk, by.pk, at, json.dumps(rows, ensure_ascii=False)],
        )
    follow_words({fate.stood.span: row[6] for fate, row in zip(fates, rows, strict=True) if row[6] != fate.stood.exact})


def _row(fate: Fate, text: str) -> tuple[Any, ...]:
    """uid, span, state, reason, start, end, exact, prefix, suffix."""
    stood, carried = fate.stood, fate.carried
    known = str(uuid4()), stood.span, carried.state, carried.reason
    if carried.start is None or carried.end is None:
        return *known, None, None, stood.exact, stood.prefix, stood.suffix
    place = select(text, carried.start, carried.end)
    return *known, place.start, place.end, place.exact, place.prefix, place.suffix
