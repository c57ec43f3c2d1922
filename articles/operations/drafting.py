"""Keeping what somebody has written on top of a revision and not saved. Nobody else sees it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction

from articles.anchoring.text import Block
from articles.models import Article, Draft, Revision


class DraftMovedOn(Exception):
    """The same person kept, saved or threw away this draft somewhere else in between.

    :ivar kept_at: when the draft that is there was kept; None where there is none any more.
    """

    def __init__(self, kept_at: datetime | None) -> None:
        super().__init__("This draft was kept, saved or thrown away elsewhere in between.")
        self.kept_at = kept_at


@transaction.atomic
def keep_draft(
    *,
    article: Article,
    base: int,
    headline: str,
    body: str,
    by: AbstractUser,
    at: datetime,
    blocks: Sequence[Block] | None = None,
    over: datetime | Literal["any"] | None = "any",
) -> Draft:
    """Keep what somebody has written and not saved; a later call replaces it.

    ``blocks`` are the body as an editor has it: some may be empty, or hold what no stored text may hold. ``over`` says
    which draft it was written on top of, by when that was kept, None for none: two windows of one person do not
    overwrite each other.

    :raises DraftMovedOn: when another draft is there than ``over`` says.
    """
    there = Draft.objects.select_for_update().filter(article=article, author_id=by.pk).first()
    kept_at = there.saved_at if there else None
    if over not in {"any", kept_at}:
        raise DraftMovedOn(kept_at)
    draft = there or Draft(article=article, author_id=by.pk)
    draft.base = Revision.objects.get(article=article, number=base)
    draft.headline, draft.body, draft.saved_at = headline, body, at
    draft.blocks = None if blocks is None else [block.to_json() for block in blocks]
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError as first_of_another_window:
        raise DraftMovedOn(Draft.objects.get(article=article, author_id=by.pk).saved_at) from first_of_another_window
    return draft


def discard_draft(*, article: Article, by: AbstractUser) -> None:
    """Throw away what somebody has written and not saved."""
    Draft.objects.filter(article=article, author_id=by.pk).delete()
