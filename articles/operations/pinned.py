"""Marking words of a pinned revision, whatever the newest one says by now."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from articles.models import Anchor, AnchorState, Article, CurrentAnchor, Revision, Span
from articles.operations.spans import Words, anchor_at, find_words, insert_spans

# Why a span has no place in the newest revision: it was marked in an older one, and stays there.
PINNED = "pinned"


@transaction.atomic
def mark_pinned_span(*, article: Article, revision: Revision, words: Words, by: AbstractUser, at: datetime) -> Span:
    """Make a span of words of one revision of an article, which need not be the newest.

    Where it is not, the span has no place in the newest revision, and later revisions do not look for one. The span
    comes back with its anchor on ``revision`` as ``span.placed``.

    :raises TextMismatch: when the caller's text is not the stored one.
    :raises OffsetsOutside: when the offsets are not in the text.
    :raises ExactMismatch: when other words stand there than ``exact``.
    """
    place = find_words(revision, words)
    head = Article.objects.select_for_update(no_key=True).values_list("head", flat=True).get(pk=article.pk)
    span = Span(article=article, created_by_id=by.pk, created_at=at)
    anchored = anchor_at(place, revision=revision.pk, by=by, at=at)
    if head == revision.pk:
        insert_spans([span], [anchored])
        span.placed = CurrentAnchor(span=span, revision=revision, anchor=anchored)
        return span
    astray = Anchor(
        revision_id=head,
        exact=place.exact,
        prefix=place.prefix,
        suffix=place.suffix,
        state=AnchorState.ORPHANED,
        reason=PINNED,
        created_by_id=by.pk,
        created_at=at,
    )
    insert_spans([span], [astray])
    anchored.span = span
    anchored.save(force_insert=True)
    span.placed = CurrentAnchor.objects.create(span=span, revision=revision, anchor=anchored)
    return span
