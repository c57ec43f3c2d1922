from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import connection, transaction

from articles.models import Anchor, Article, Mark, Origin, Quote, Speaker, Wording
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
) -> Quote:
    """Record that words of the newest revision report what somebody said. Raises as :func:`mark_span`.

    Writes the span, the quote, and the keys by which its words are found elsewhere.

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
def change_quote(*, quote: Quote, seen: int, by: AbstractUser, at: datetime, **values: Any) -> Quote:
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
    quote.change(seen=seen, **values, **quote.decided(Origin.CORRECTED, by=by, at=at))
    if is_other_kind:
        keep_words_anew(quote)
    return quote


@transaction.atomic
def retract_quote(*, quote: Quote, seen: int, by: AbstractUser, at: datetime, reason: str = "") -> Quote:
    """Take a quote back. It stays in the history and out of every list and export.

    :raises Stale: when somebody changed it since version ``seen``.
    :raises AlreadyRetracted: when it was retracted before.
    """
    refuse_retracted(quote)
    quote.change(seen=seen, retracted_by=by, retracted_at=at, retraction_reason=reason)
    forget_words(quote)
    return quote


def refuse_retracted(mark: Mark) -> None:
    """:raises AlreadyRetracted: when the annotation was retracted."""
    if mark.retracted_at is not None:
        raise AlreadyRetracted(f"This {mark._meta.verbose_name} was retracted and does not change any more.")
