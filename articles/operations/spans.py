"""Marking words: a span is made on the newest revision, under a lock that keeps that revision the newest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import connection, transaction

from articles.anchoring.selectors import Place, select
from articles.models import Anchor, AnchorState, Article, CurrentAnchor, Revision, Span
from articles.operations.quotedwords import follow_words

# Why a span has no place where a person said that it has none.
SAID_SO = "said so"


class StaleRevision(Exception):
    """The article has a newer revision than the one the caller saw.

    :ivar article: the article.
    :ivar base: the number the caller saw.
    :ivar newest: the number of the revision that is the newest now.
    """

    def __init__(self, article: Article, *, base: int, newest: int) -> None:
        self.article = article
        self.base = base
        self.newest = newest
        super().__init__(
            f"The text is at revision {newest}, not {base}. Load it, and send your change with base_revision {newest}."
        )


class TextMismatch(Exception):
    """The caller counted its offsets in another text than the stored one."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words somebody marks in one revision.

    Offsets are half-open, in code points of the canonical text. ``exact`` and ``text_sha256`` are what the caller
    saw; a difference refuses the act.
    """

    start: int
    end: int
    exact: str | None = None
    text_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class LockedHead:
    """The newest revision of an article, held in place until the transaction ends."""

    id: int
    number: int
    text: str
    text_sha256: str


def lock_head(article: Article, *, base: int) -> LockedHead:
    """Hold the newest revision in place for marking; people who mark at the same time do not wait for each other.

    :param base: the number of the revision the caller saw.
    :raises StaleRevision: when it is not the newest.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT r.id, r.number, r.text, r.text_sha256
            FROM articles_article a JOIN articles_revision r ON r.id = a.head_id
            WHERE a.id = %s AND r.number = %s FOR SHARE OF a
            """,
            [article.pk, base],
        )
        row = cursor.fetchone()
    if row is None:
        newest = Revision.objects.filter(article=article).order_by("-number").values_list("number", flat=True)[0]
        raise StaleRevision(article, base=base, newest=newest)
    return LockedHead(*row)


def mark_span(*, article: Article, base: int, words: Words, by: AbstractUser, at: datetime) -> Span:
    """Make a span of words of the newest revision, for one annotation to own.

    :raises StaleRevision: when ``base`` is not the newest revision.
    :raises TextMismatch: when the caller's text is not the stored one.
    :raises OffsetsOutside: when the offsets are not in the text.
    :raises ExactMismatch: when other words stand there than ``exact``.
    """
    return mark_spans(article=article, base=base, words=[words], by=by, at=at)[0]


def mark_spans(*, article: Article, base: int, words: Sequence[Words], by: AbstractUser, at: datetime) -> list[Span]:
    """Make many spans at once, in the given order; either all or none. Raises as :func:`mark_span`.

    Part of an act that owns them, so it begins no transaction of its own. Each span comes back with its anchor as
    ``span.placed``.
    """
    head = lock_head(article, base=base)
    spans = [Span(article=article, created_by_id=by.pk, created_at=at) for _ in words]
    anchors = [anchor_at(find_words(head, each), revision=head.id, by=by, at=at) for each in words]
    insert_spans(spans, anchors)
    revision = Revision(pk=head.id, article=article, number=head.number, text_sha256=head.text_sha256)
    for span, anchor in zip(spans, anchors, strict=True):
        span.placed = CurrentAnchor(span=span, revision=revision, anchor=anchor)
    return spans


def anchor_at(place: Place, *, revision: int, by: AbstractUser, at: datetime) -> Anchor:
    """The anchor, not yet stored, of words that somebody marks in a revision."""
    return Anchor(
        revision_id=revision,
        start=place.start,
        end=place.end,
        exact=place.exact,
        prefix=place.prefix,
        suffix=place.suffix,
        state=AnchorState.ANCHORED,
        reason="marked",
        created_by_id=by.pk,
        created_at=at,
    )


def insert_spans(spans: Sequence[Span], anchors: Sequence[Anchor]) -> None:
    """Write spans, their first anchors and which anchor is current: one statement, because people wait for it."""
    columns: list[list[Any]] = [
        [span.uid for span in spans],
        [anchor.uid for anchor in anchors],
        [anchor.start for anchor in anchors],
        [anchor.end for anchor in anchors],
        [anchor.exact for anchor in anchors],
        [anchor.prefix for anchor in anchors],
        [anchor.suffix for anchor in anchors],
    ]
    span, anchor = spans[0], anchors[0]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH marked AS (
                SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::int[], %s::int[], %s::text[], %s::text[], %s::text[])
                    AS marked (span_uid, anchor_uid, "start", "end", exact, prefix, suffix)
            ), made_spans AS (
                INSERT INTO articles_span (uid, created_at, article_id, created_by_id)
                SELECT span_uid, %s, %s, %s FROM marked RETURNING id, uid
            ), made_anchors AS (
                INSERT INTO articles_anchor (uid, created_at, created_by_id, span_id, revision_id, sequence,
                    "start", "end", exact, prefix, suffix, state, reason)
                SELECT anchor_uid, %s, %s, made_spans.id, %s, 1, "start", "end", exact, prefix, suffix, %s, %s
                FROM marked JOIN made_spans ON made_spans.uid = marked.span_uid RETURNING id, uid, span_id
            ), made_current AS (
                INSERT INTO articles_currentanchor (span_id, revision_id, anchor_id)
                SELECT span_id, %s, id FROM made_anchors
            )
            SELECT uid, id, span_id FROM made_anchors
            """,
            [
                *columns,
                *(span.created_at, span.article_id, span.created_by_id),
                *(anchor.created_at, anchor.created_by_id, anchor.revision_id, anchor.state, anchor.reason),
                anchor.revision_id,
            ],
        )
        keys = {uid: (key, span_key) for uid, key, span_key in cursor.fetchall()}
    for span, anchor in zip(spans, anchors, strict=True):
        anchor.pk, span.pk = keys[anchor.uid]
        anchor.span = span
        span._state.adding = anchor._state.adding = False


def find_words(stored: LockedHead | Revision, words: Words) -> Place:
    """Where the words stand in a stored text.

    :raises TextMismatch: when the caller's text is not the stored one.
    :raises OffsetsOutside: when the offsets are not in the text.
    :raises ExactMismatch: when other words stand there than ``exact``.
    """
    if words.text_sha256 is not None and words.text_sha256 != stored.text_sha256:
        raise TextMismatch("The offsets count in another text than the stored one. Load the article again.")
    return select(stored.text, words.start, words.end, words.exact)


@transaction.atomic
def place_span(*, span: Span, base: int, words: Words, by: AbstractUser, at: datetime) -> Anchor:
    """Say where a span stands: a resize, a repair, or a look that confirmed the proposed place.

    Appends an anchor with the next sequence and makes it the current one; a quote is found by its new words. Raises as
    :func:`mark_span`.
    """
    head = lock_head(span.article, base=base)
    place = find_words(head, words)
    current = CurrentAnchor.objects.select_for_update().select_related("anchor").get(span=span, revision_id=head.id)
    anchor = Anchor.objects.create(
        span=span,
        revision_id=head.id,
        sequence=current.anchor.sequence + 1,
        start=place.start,
        end=place.end,
        exact=place.exact,
        prefix=place.prefix,
        suffix=place.suffix,
        state=AnchorState.ANCHORED,
        reason="placed",
        created_by_id=by.pk,
        created_at=at,
    )
    CurrentAnchor.objects.filter(pk=current.pk).update(anchor=anchor)
    if anchor.exact != current.anchor.exact:
        follow_words({anchor.span_id: anchor.exact})
    return anchor


@transaction.atomic
def return_span(*, span: Span, base: int, to: Anchor, by: AbstractUser, at: datetime) -> Anchor:
    """Put a span back where an earlier anchor had it, in doubt if it was in doubt.

    :param to: an anchor of this span on the newest revision.
    :raises StaleRevision: when ``base`` is not the newest revision.
    """
    head = lock_head(span.article, base=base)
    current = CurrentAnchor.objects.select_for_update().select_related("anchor").get(span=span, revision_id=head.id)
    anchor = Anchor.objects.create(
        span=span,
        revision_id=head.id,
        sequence=current.anchor.sequence + 1,
        start=to.start,
        end=to.end,
        exact=to.exact,
        prefix=to.prefix,
        suffix=to.suffix,
        state=to.state,
        reason=to.reason,
        created_by_id=by.pk,
        created_at=at,
    )
    CurrentAnchor.objects.filter(pk=current.pk).update(anchor=anchor)
    if anchor.exact != current.anchor.exact:
        follow_words({anchor.span_id: anchor.exact})
    return anchor


@transaction.atomic
def orphan_span(*, span: Span, base: int, by: AbstractUser, at: datetime) -> Anchor:
    """Say that the words of a span stand nowhere in the newest revision. Keeps the last words for display.

    :raises StaleRevision: when ``base`` is not the newest revision.
    """
    head = lock_head(span.article, base=base)
    current = CurrentAnchor.objects.select_for_update().select_related("anchor").get(span=span, revision_id=head.id)
    anchor = Anchor.objects.create(
        span=span,
        revision_id=head.id,
        sequence=current.anchor.sequence + 1,
        exact=current.anchor.exact,
        prefix=current.anchor.prefix,
        suffix=current.anchor.suffix,
        state=AnchorState.ORPHANED,
        reason=SAID_SO,
        created_by_id=by.pk,
        created_at=at,
    )
    CurrentAnchor.objects.filter(pk=current.pk).update(anchor=anchor)
    return anchor
