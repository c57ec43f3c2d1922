"""Deciding on what a machine proposed: accepting it as it is, or rejecting it. Whoever changes it corrects it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from articles.models import Anchor, Article, CurrentAnchor, Mark, Origin, ProposedSpeaker, Quote, Speaker
from articles.operations.quotedwords import forget_words
from articles.operations.quotes import QuotedBefore, refuse_retracted, refuse_second
from articles.operations.spans import Words, place_span
from articles.operations.speakers import add_speaker
from articles.search.proposed import may_be_meant, who_is_proposed

AnyMark = TypeVar("AnyMark", bound=Mark)


class NothingToDecide(Exception):
    """The annotation is no suggestion, or somebody decided on it before."""


@transaction.atomic
def accept_suggestion(
    *, mark: AnyMark, seen: int, by: AbstractUser, at: datetime, origin: Origin = Origin.ACCEPTED
) -> AnyMark:
    """Take a suggestion as it stands. A quote's speaker is found by name, and added when nobody of that name is known;
    where several people may be meant, it stays without one until somebody chooses.

    :raises NothingToDecide: when it is none, or was decided.
    :raises AlreadyRetracted: when it was retracted.
    :raises QuotedBefore: when somebody has recorded the same words of this speaker meanwhile.
    :raises Stale: when somebody changed it since version ``seen``.
    """
    _refuse_decided(mark)
    found = _attribute(mark, by=by, at=at) if isinstance(mark, Quote) else {}
    return mark.change(seen=seen, **mark.decided(origin, by=by, at=at), **found)


@transaction.atomic
def reject_suggestion(*, mark: AnyMark, seen: int, by: AbstractUser, at: datetime) -> AnyMark:
    """Say that a suggestion is wrong. It is kept, leaves every list, and its words are not proposed again.

    :raises NothingToDecide: when it is none, or was decided.
    :raises AlreadyRetracted: when it was retracted.
    :raises Stale: when somebody changed it since version ``seen``.
    """
    _refuse_decided(mark)
    mark.change(seen=seen, **mark.decided(Origin.REJECTED, by=by, at=at))
    if isinstance(mark, Quote):
        forget_words(mark)
    return mark


@transaction.atomic
def accept_quotes_above(*, article: Article, confidence: float, by: AbstractUser, at: datetime) -> list[Quote]:
    """Take all suggested quotes of an article that are at least this sure, as one act in which nobody looked at each.

    Those that need a look, and those that somebody has recorded meanwhile, stay suggested.
    """
    suggested = Quote.objects.select_for_update(of=("self",)).filter(
        article=article, origin=Origin.SUGGESTED, retracted_at=None, confidence__gte=confidence
    )
    standing = suggested.filter(
        span__current_anchors__revision=article.head_id, span__current_anchors__anchor__state="anchored"
    )
    accepted = []
    for quote in standing.order_by("pk"):
        try:
            accepted.append(
                accept_suggestion(mark=quote, seen=quote.version, by=by, at=at, origin=Origin.ACCEPTED_IN_BULK)
            )
        except QuotedBefore:
            continue
    return accepted


@transaction.atomic
def place_mark(*, mark: Mark, base: int, words: Words, by: AbstractUser, at: datetime) -> Anchor:
    """Say where a mark stands. Putting a suggestion on other words corrects it; confirming its place decides nothing.

    Raises as :func:`articles.operations.spans.place_span`.
    """
    span: Any = mark.span  # type: ignore[attr-defined]
    before = CurrentAnchor.of(span.pk, span.article.head_id)
    anchor = place_span(span=span, base=base, words=words, by=by, at=at)
    if mark.is_suggested and (anchor.start, anchor.end) != (before.start, before.end):
        mark.change(seen=mark.version, **mark.decided(Origin.CORRECTED, by=by, at=at))
    return anchor


def _refuse_decided(mark: Mark) -> None:
    refuse_retracted(mark)
    if not mark.is_suggested:
        raise NothingToDecide("This was decided before, or nobody proposed it.")


def _attribute(quote: Quote, *, by: AbstractUser, at: datetime) -> dict[str, Speaker | None]:
    """The speaker an accepted quote is given, as the column to write.

    :raises QuotedBefore: when these words are a quote of that speaker already.
    """
    proposed = ProposedSpeaker.objects.named().filter(quote=quote).first()
    speaker = quote.speaker or (_speaker_of(quote, proposed, by=by, at=at) if proposed else None)
    anchor = CurrentAnchor.of(quote.span_id, quote.article.head_id or 0)
    refuse_second(
        article=quote.article,
        anchor=anchor,
        revision=anchor.revision_id,
        kind=quote.kind,
        speaker=speaker,
        mention=quote.mention,
    )
    return {"speaker": speaker}


def _speaker_of(quote: Quote, proposed: ProposedSpeaker, *, by: AbstractUser, at: datetime) -> Speaker | None:
    """Whoever is meant without a doubt; a new speaker where nobody may be meant; else None."""
    meant = who_is_proposed(quote, proposed, person=by)
    if meant.speaker is not None:
        return meant.speaker.speaker
    if any(may_be_meant(candidate) for candidate in meant.candidates):
        return None
    return add_speaker(name=proposed.name, title=proposed.title, affiliation=proposed.affiliation, by=by, at=at)
