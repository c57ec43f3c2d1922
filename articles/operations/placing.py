"""Saying where a mark stands: a resize, a repair, no place at all, and putting it back where it stood before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from articles.anchoring.carry import State, carry
from articles.anchoring.selectors import select
from articles.models import Anchor, Article, CurrentAnchor, Mark, Origin, Revision, Span, Verb
from articles.operations.acts import ALONE, NO_DIFFERENCE, Difference, Noted, difference, note_act, place_of
from articles.operations.spans import Words, orphan_span, place_span, return_span


class PlaceLost(Exception):
    """The text was rewritten since, and the words a mark stood on are no longer found in it for certain."""


class PlacedMeanwhile(Exception):
    """Somebody said where the mark stands, or that it stands nowhere, since the caller looked."""


@transaction.atomic
def place_mark(
    *,
    mark: Mark,
    base: int,
    words: Words,
    by: AbstractUser,
    at: datetime,
    noted: Noted | None = ALONE,
    seen: int | None = None,
) -> Anchor:
    """Say where a mark stands. Putting a suggestion on other words corrects it; confirming its place decides nothing.

    Raises as :func:`articles.operations.spans.place_span`, and

    :param seen: the sequence of the anchor on ``base`` that the caller decided on; None for whoever looked at none.
    :raises PlacedMeanwhile: when another anchor holds there now.
    """
    span = _span_of(mark)
    before, was = CurrentAnchor.of(span.pk, span.article.head_id), mark.version
    anchor = place_span(span=span, base=base, words=words, by=by, at=at)
    _refuse_placed_meanwhile(anchor, seen)
    changed = NO_DIFFERENCE
    if mark.is_suggested and (anchor.start, anchor.end) != (before.start, before.end):
        written = mark.decided(Origin.CORRECTED, by=by, at=at)
        changed = difference(mark, written)
        mark.change(seen=mark.version, **written)
    _note(mark, Verb.PLACE, was, before, anchor, changed, by=by, at=at, noted=noted)
    return anchor


@transaction.atomic
def unplace_mark(
    *,
    mark: Mark,
    base: int,
    by: AbstractUser,
    at: datetime,
    noted: Noted | None = ALONE,
    seen: int | None = None,
) -> Anchor:
    """Say that the words of a mark stand nowhere in the newest revision.

    :param seen: the sequence of the anchor on ``base`` that the caller decided on; None for whoever looked at none.
    :raises StaleRevision: when ``base`` is not the newest revision.
    :raises PlacedMeanwhile: when another anchor holds there now.
    """
    span = _span_of(mark)
    before = CurrentAnchor.of(span.pk, span.article.head_id)
    anchor = orphan_span(span=span, base=base, by=by, at=at)
    _refuse_placed_meanwhile(anchor, seen)
    _note(mark, Verb.UNPLACE, mark.version, before, anchor, NO_DIFFERENCE, by=by, at=at, noted=noted)
    return anchor


@transaction.atomic
def return_mark(
    *,
    mark: Mark,
    to: Mapping[str, Any],
    origin: str | None,
    seen: int,
    by: AbstractUser,
    at: datetime,
    noted: Noted | None = ALONE,
) -> Anchor:
    """Put a mark back where it stood, in doubt if it was in doubt; where the text is newer, on the same words of it.

    :param to: the place, as acts keep it.
    :param origin: what the mark is again, where saying its place had decided on a suggestion.
    :raises PlaceLost: when the words are not found for certain in the newest text.
    :raises Stale: when somebody changed the mark since version ``seen``.
    """
    span, was = _span_of(mark), mark.version
    head = Article.objects.select_related("head").get(pk=span.article_id).head
    before = CurrentAnchor.of(span.pk, head.pk)
    anchor = return_span(span=span, base=head.number, to=_place_on(head, span, to), by=by, at=at)
    changed = NO_DIFFERENCE
    if origin is not None:
        waits = origin == Origin.SUGGESTED
        decided = {"decided_by_id": None if waits else by.pk, "decided_at": None if waits else at}
        changed = difference(mark, {"origin": origin})
        mark.change(seen=seen, origin=origin, **decided)
    verb = Verb.UNPLACE if anchor.start is None else Verb.PLACE
    _note(mark, verb, was, before, anchor, changed, by=by, at=at, noted=noted)
    return anchor


def _place_on(head: Revision, span: Span, to: Mapping[str, Any]) -> Anchor:
    """The anchor of then, or one like it on a newer text."""
    then = Anchor.objects.get(span=span, revision_id=to["revision"], sequence=to["sequence"])
    if then.revision_id == head.pk or then.start is None or then.end is None:
        return then
    old = Revision.objects.values_list("text", flat=True).get(pk=then.revision_id)
    [carried] = carry(old, head.text, [(then.start, then.end)])
    if carried.state is not State.ANCHORED or carried.start is None or carried.end is None:
        raise PlaceLost("The text was rewritten since, and the words it stood on are not found in it for certain.")
    place = select(head.text, carried.start, carried.end)
    return Anchor(
        start=place.start,
        end=place.end,
        exact=place.exact,
        prefix=place.prefix,
        suffix=place.suffix,
        state=then.state,
        reason=then.reason,
    )


def _refuse_placed_meanwhile(anchor: Anchor, seen: int | None) -> None:
    """Looked at afterwards, under the lock that counted the sequence on; what was written is taken back."""
    if seen is not None and anchor.sequence != seen + 1:
        raise PlacedMeanwhile("Somebody said where the mark stands in between.")


def _span_of(mark: Any) -> Span:
    span: Span = mark.span
    return span


def _note(
    mark: Any,
    verb: Verb,
    was: int,
    before: Anchor,
    after: Anchor,
    changed: Difference,
    *,
    by: AbstractUser,
    at: datetime,
    noted: Noted | None,
) -> None:
    changed = changed.with_place(place_of(before), place_of(after))
    note_act(mark, verb, article=mark.article_id, was=was, now=mark.version, by=by, at=at, noted=noted, changed=changed)
