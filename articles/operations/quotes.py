from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import connection, transaction

from articles.models import Anchor, Article, CurrentAnchor, Mark, Origin, Quote, Speaker, Verb, Wording
from articles.operations.acts import ALONE, Difference, Noted, difference, note_act
from articles.operations.quotedwords import forget_words, keep_words, keep_words_anew
from articles.operations.spans import Words, mark_span

CHANGEABLE = frozenset({"kind", "speaker", "cue", "mention", "language", "wording", "note"})


class QuotedBefore(Exception):
    """The same words at the same place are a quote of this kind by this speaker already.

    :ivar quote: that quote.
    :ivar existing: its uid, as it stands in addresses.
    """

    def __init__(self, quote: Quote) -> None:
        self.quote = quote
        self.existing = str(quote.uid)
        super().__init__("These words are a quote of this speaker already. Change that one, or retract it first.")


class AlreadyRetracted(Exception):
    """The annotation was retracted before."""


class NotRetracted(Exception):
    """The annotation stands, so there is nothing to restore."""


@transaction.atomic
def record_quote(
    *,
    article: Article,
    base: int,
    words: Words,
    kind: str,
    by: AbstractUser,
    at: datetime,
    speaker: Speaker | None = None,
    cue: str = "",
    mention: str = "",
    language: str = "",
    wording: str = Wording.UNKNOWN,
    note: str = "",
    noted: Noted | None = ALONE,
) -> Quote:
    """Record that words of the newest revision report what somebody said. Raises as :func:`mark_span`.

    Writes the span, the quote, the keys by which its words are found elsewhere, and the act.

    :raises QuotedBefore: when the same person, or somebody printed under the same name, is quoted in the same way with
        exactly these words at this place. A quote by nobody known is never the same as another.
    """
    span = mark_span(article=article, base=base, words=words, by=by, at=at)
    speaker = _standing(speaker)
    refuse_second(
        article=article,
        anchor=span.placed.anchor,
        revision=span.placed.revision_id,
        kind=kind,
        speaker=speaker,
        mention=mention,
    )
    quote = Quote.objects.create(
        article=article,
        span=span,
        kind=kind,
        speaker=speaker,
        cue=cue,
        mention=mention,
        language=language,
        wording=wording,
        note=note,
        created_by_id=by.pk,
        created_at=at,
    )
    keep_words(quote, exact=span.placed.anchor.exact)
    note_act(quote, Verb.RECORD, article=article.pk, was=0, now=1, by=by, at=at, noted=noted)
    return quote


def refuse_second(
    *, article: Article, anchor: Anchor, revision: int, kind: str, speaker: Speaker | None, mention: str
) -> None:
    """Let words be a quote of this kind by this speaker only once; a quote by nobody known is like no other.

    Two people who record the same at once come one after the other; nobody else waits for them.

    :raises QuotedBefore: when they are one already.
    """
    if not (speaker or mention):
        return
    place = f"quote {revision} {anchor.start} {anchor.end}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [place])
    # What a machine proposed is no quote until somebody decides.
    decided = Quote.objects.live().exclude(origin=Origin.SUGGESTED).filter(article=article, kind=kind)
    voiced = decided.of(speaker) if speaker else decided.filter(speaker=None, mention=mention)
    same = voiced.filter(
        span__current_anchors__revision=revision,
        span__current_anchors__anchor__start=anchor.start,
        span__current_anchors__anchor__end=anchor.end,
    ).first()
    if same is not None:
        raise QuotedBefore(same)


def _standing(speaker: Speaker | None) -> Speaker | None:
    """The speaker a merged name stands for now."""
    return speaker.merged_into if speaker is not None and speaker.merged_into_id else speaker


@transaction.atomic
def change_quote(
    *, quote: Quote, seen: int, by: AbstractUser, at: datetime, noted: Noted | None = ALONE, **values: Any
) -> Quote:
    """Change what is said of a quote, not which words it is. Changing a suggestion corrects it.

    :raises Stale: when somebody changed it since version ``seen``.
    :raises AlreadyRetracted: when it was retracted.
    :raises TypeError: for a field that is not in :data:`CHANGEABLE`.
    """
    unknown = set(values) - CHANGEABLE
    if unknown:
        raise TypeError(f"not a changeable field of a quote: {', '.join(sorted(unknown))}")
    refuse_retracted(quote)
    if "speaker" in values:
        values["speaker"] = _standing(values["speaker"])
    is_other_kind = values.get("kind", quote.kind) != quote.kind
    written = {**values, **quote.decided(Origin.CORRECTED, by=by, at=at)}
    changed = difference(quote, written)
    quote.change(seen=seen, **written)
    if is_other_kind:
        keep_words_anew(quote)
    note_mark(quote, Verb.CHANGE, by=by, at=at, noted=noted, changed=changed)
    return quote


@transaction.atomic
def retract_quote(
    *, quote: Quote, seen: int, by: AbstractUser, at: datetime, reason: str = "", noted: Noted | None = ALONE
) -> Quote:
    """Take a quote back. It stays in the history and out of every list and export.

    :raises Stale: when somebody changed it since version ``seen``.
    :raises AlreadyRetracted: when it was retracted before.
    """
    retract_mark(quote, seen=seen, by=by, at=at, reason=reason, noted=noted)
    forget_words(quote)
    return quote


@transaction.atomic
def restore_quote(*, quote: Quote, seen: int, by: AbstractUser, at: datetime, noted: Noted | None = ALONE) -> Quote:
    """Let a retracted quote stand again, as it was.

    :raises Stale: when somebody changed it since version ``seen``.
    :raises NotRetracted: when it stands.
    :raises QuotedBefore: when somebody has recorded the same words of this speaker meanwhile.
    """
    anchor = CurrentAnchor.of(quote.span_id, quote.article.head_id or 0)
    if quote.retracted_at is not None and not quote.is_suggested and anchor.start is not None:
        refuse_second(
            article=quote.article,
            anchor=anchor,
            revision=anchor.revision_id,
            kind=quote.kind,
            speaker=quote.standing_speaker,
            mention=quote.mention,
        )
    restore_mark(quote, seen=seen, by=by, at=at, noted=noted)
    keep_words_anew(quote)
    return quote


def retract_mark(
    mark: Any, *, seen: int, by: AbstractUser, at: datetime, reason: str = "", noted: Noted | None = ALONE
) -> None:
    """Take a mark back; what every kind of retraction does. Raises as :func:`retract_quote`."""
    refuse_retracted(mark)
    changed = difference(mark, {"retraction_reason": reason})
    mark.change(seen=seen, retracted_by=by, retracted_at=at, retraction_reason=reason)
    note_mark(mark, Verb.RETRACT, by=by, at=at, noted=noted, changed=changed)


def restore_mark(mark: Any, *, seen: int, by: AbstractUser, at: datetime, noted: Noted | None = ALONE) -> None:
    """Let a retracted mark stand again; what every kind of restoring does. Raises as :func:`restore_quote`."""
    if mark.retracted_at is None:
        raise NotRetracted(f"This {mark._meta.verbose_name} was not retracted.")
    changed = difference(mark, {"retraction_reason": ""})
    mark.change(seen=seen, retracted_by=None, retracted_at=None, retraction_reason="")
    note_mark(mark, Verb.RESTORE, by=by, at=at, noted=noted, changed=changed)


def note_mark(
    mark: Any,
    verb: Verb,
    *,
    by: AbstractUser,
    at: datetime,
    noted: Noted | None,
    changed: Difference,
) -> None:
    """Note an act that has just raised the version of a mark."""
    was, now = mark.version - 1, mark.version
    note_act(mark, verb, article=mark.article_id, was=was, now=now, by=by, at=at, noted=noted, changed=changed)


def refuse_retracted(mark: Mark) -> None:
    """:raises AlreadyRetracted: when the annotation was retracted."""
    if mark.retracted_at is not None:
        raise AlreadyRetracted(f"This {mark._meta.verbose_name} was retracted and does not change any more.")
