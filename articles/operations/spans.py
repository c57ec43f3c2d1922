"""Marking words: a span is made on the newest revision, under a lock that keeps that revision the newest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import connection, transaction

from articles.anchoring.selectors import Place, select
from articles.models import Anchor, AnchorState, Article, CurrentAnchor, Revision, Span


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
        super().__init__(f"The text is at revision {newest}, not {base}.")


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


@transaction.atomic(savepoint=False)  # whoever calls it within a transaction lets its errors through
def mark_spans(*, article: Article, base: int, words: Sequence[Words], by: AbstractUser, at: datetime) -> list[Span]:
    """Make many spans at once, in the given order; either all or none. Raises as :func:`mark_span`."""
    head = lock_head(article, base=base)
    places = [_place(head, each) for each in words]
    spans = Span.objects.bulk_create(Span(article=article, created_by_id=by.pk, created_at=at) for _ in places)
    anchors = Anchor.objects.bulk_create(
        Anchor(
            span=span,
            revision_id=head.id,
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
        for span, place in zip(spans, places, strict=True)
    )
    CurrentAnchor.objects.bulk_create(
        CurrentAnchor(span_id=anchor.span_id, revision_id=head.id, anchor=anchor) for anchor in anchors
    )
    return spans


def _place(head: LockedHead, words: Words) -> Place:
    if words.text_sha256 is not None and words.text_sha256 != head.text_sha256:
        raise TextMismatch("The offsets count in another text than the stored one. Load the article again.")
    return select(head.text, words.start, words.end, words.exact)


@transaction.atomic
def place_span(*, span: Span, base: int, words: Words, by: AbstractUser, at: datetime) -> Anchor:
    """Say where a span stands: a resize, a repair, or a look that confirmed the proposed place.

    Appends an anchor with the next sequence and makes it the current one. Raises as :func:`mark_span`.
    """
    head = lock_head(span.article, base=base)
    place = _place(head, words)
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
        reason="said so",
        created_by_id=by.pk,
        created_at=at,
    )
    CurrentAnchor.objects.filter(pk=current.pk).update(anchor=anchor)
    return anchor
