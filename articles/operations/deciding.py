"""Deciding on what a machine proposed: accepting it as it is, or rejecting it. Whoever changes it corrects it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from articles.models import Article, CurrentAnchor, Mark, Origin, ProposedSpeaker, Quote, Speaker, Verb
from articles.operations.acts import ALONE, Noted, difference
from articles.operations.quotedwords import forget_words, keep_words_anew
from articles.operations.quotes import QuotedBefore, note_mark, refuse_retracted, refuse_second
from articles.operations.speakers import add_speaker
from articles.search.proposed import may_be_meant, who_is_proposed

AnyMark = TypeVar("AnyMark", bound=Mark)


class NothingToDecide(Exception):
    """The annotation is no suggestion, or somebody decided on it before."""


class NothingToReopen(Exception):
    """The annotation was not proposed by a machine, or nobody has decided on it."""


@transaction.atomic
def accept_suggestion(
    *,
    mark: AnyMark,
    seen: int,
    by: AbstractUser,
    at: datetime,
    origin: Origin = Origin.ACCEPTED,
    noted: Noted | None = ALONE,
) -> AnyMark:
    """Take a suggestion as it stands. A quote's speaker is found by name, and added when nobody of that name is known;
    where several people may be meant, it stays without one until somebody chooses.

    :raises NothingToDecide: when it is none, or was decided.
    :raises AlreadyRetracted: when it was retracted.
    :raises QuotedBefore: when somebody has recorded the same words of this speaker meanwhile.
    :raises Stale: when somebody changed it since version ``seen``.
    """
    _refuse_decided(mark)
    found = _attribute(mark, by=by, at=at) if isinstance(mark, Quote) else mark.found_since()
    written = {**mark.decided(origin, by=by, at=at), **found}
    changed = difference(mark, written)
    mark.change(seen=seen, **written)
    note_mark(mark, Verb.ACCEPT, by=by, at=at, noted=noted, changed=changed)
    return mark


@transaction.atomic
def reject_suggestion(
    *, mark: AnyMark, seen: int, by: AbstractUser, at: datetime, noted: Noted | None = ALONE
) -> AnyMark:
    """Say that a suggestion is wrong. It is kept, leaves every list, and its words are not proposed again.

    :raises NothingToDecide: when it is none, or was decided.
    :raises AlreadyRetracted: when it was retracted.
    :raises Stale: when somebody changed it since version ``seen``.
    """
    _refuse_decided(mark)
    written = mark.decided(Origin.REJECTED, by=by, at=at)
    changed = difference(mark, written)
    mark.change(seen=seen, **written)
    if isinstance(mark, Quote):
        forget_words(mark)
    note_mark(mark, Verb.REJECT, by=by, at=at, noted=noted, changed=changed)
    return mark


@transaction.atomic
def reopen_suggestion(
    *,
    mark: AnyMark,
    seen: int,
    by: AbstractUser,
    at: datetime,
    noted: Noted | None = ALONE,
    values: Mapping[str, Any] | None = None,
) -> AnyMark:
    """Let a suggestion that was decided wait for a decision again; who had decided stays in its history.

    :param values: what the decision had changed besides, as it was.
    :raises NothingToReopen: when nobody proposed it, or nobody has decided.
    :raises AlreadyRetracted: when it was retracted.
    :raises Stale: when somebody changed it since version ``seen``.
    """
    refuse_retracted(mark)
    if mark.origin in {Origin.HUMAN, Origin.SUGGESTED}:
        raise NothingToReopen("Nobody proposed this, or nobody has decided on it.")
    written = {"origin": Origin.SUGGESTED, "decided_by_id": None, "decided_at": None, **(values or {})}
    changed = difference(mark, written)
    mark.change(seen=seen, **written)
    if isinstance(mark, Quote):
        keep_words_anew(mark)
    note_mark(mark, Verb.REOPEN, by=by, at=at, noted=noted, changed=changed)
    return mark


@transaction.atomic
def decide_again(
    *,
    mark: AnyMark,
    origin: Origin,
    seen: int,
    by: AbstractUser,
    at: datetime,
    noted: Noted | None = ALONE,
    values: Mapping[str, Any] | None = None,
) -> AnyMark:
    """Decide on a reopened suggestion as it had been decided.

    :param values: what the decision had changed besides.
    :raises NothingToDecide: when it is none, or was decided.
    :raises AlreadyRetracted: when it was retracted.
    :raises QuotedBefore: when somebody has recorded the same words of this speaker meanwhile.
    :raises Stale: when somebody changed it since version ``seen``.
    """
    _refuse_decided(mark)
    written = {**mark.decided(origin, by=by, at=at), **(values or {})}
    changed = difference(mark, written)
    if isinstance(mark, Quote) and origin in {Origin.ACCEPTED, Origin.ACCEPTED_IN_BULK}:
        _refuse_second_of(mark, written.get("speaker"))
    mark.change(seen=seen, **written)
    if isinstance(mark, Quote):
        forget_words(mark) if origin == Origin.REJECTED else keep_words_anew(mark)
    verbs = {Origin.REJECTED: Verb.REJECT, Origin.CORRECTED: Verb.CHANGE}
    note_mark(mark, verbs.get(origin, Verb.ACCEPT), by=by, at=at, noted=noted, changed=changed)
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
    accepted: list[Quote] = []
    group = uuid.uuid4()
    for quote in standing.order_by("pk"):
        noted = Noted(group=group, position=len(accepted))
        bulk = Origin.ACCEPTED_IN_BULK
        try:
            accepted.append(accept_suggestion(mark=quote, seen=quote.version, by=by, at=at, origin=bulk, noted=noted))
        except QuotedBefore:
            continue
    return accepted


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
    _refuse_second_of(quote, speaker)
    return {"speaker": speaker}


def _refuse_second_of(quote: Quote, speaker: Speaker | None) -> None:
    anchor = CurrentAnchor.of(quote.span_id, quote.article.head_id or 0)
    refuse_second(
        article=quote.article,
        anchor=anchor,
        revision=anchor.revision_id,
        kind=quote.kind,
        speaker=speaker,
        mention=quote.mention,
    )


def _speaker_of(quote: Quote, proposed: ProposedSpeaker, *, by: AbstractUser, at: datetime) -> Speaker | None:
    """Whoever is meant without a doubt; a new speaker where nobody may be meant; else None."""
    meant = who_is_proposed(quote, proposed, person=by)
    if meant.speaker is not None:
        return meant.speaker.speaker
    if any(may_be_meant(candidate) for candidate in meant.candidates):
        return None
    return add_speaker(name=proposed.name, title=proposed.title, affiliation=proposed.affiliation, by=by, at=at)
