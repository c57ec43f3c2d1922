"""Saving a new text of an article, with every mark carried along in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from articles.anchoring.text import Block, canonical_text, refuse_without_story, sha256_of
from articles.models import Article, Capture, Draft, Revision
from articles.operations.carrying import anchor_all, foresee_fates, foresee_return
from articles.operations.declaring import OUT, STATE_AFTER, Declared, refuse_undeclared, write_declaration
from articles.operations.fingerprints import fingerprint_of
from articles.operations.keys import next_key
from articles.operations.publishing import publish_revision
from articles.operations.spans import StaleRevision
from articles.operations.suggesting import suggest_soon
from articles.permissions import OUT_FOR_READERS


class NothingChanged(Exception):
    """The text to be saved is the text that is saved."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A text somebody wants to save: what stands in it and what it makes of the removed lines."""

    headline: str
    blocks: Sequence[Block]
    removed: Sequence[dict[str, Any]] | None = None

    @property
    def text(self) -> str:
        """The canonical text.

        :raises HeadlineMissing, BlockMalformed: when there is none.
        """
        return canonical_text(self.headline, self.blocks)


@transaction.atomic
def revise_article(
    *,
    article: Article,
    base: int,
    rewritten: Rewritten,
    by: AbstractUser,
    at: datetime,
    note: str = "",
    capture: Capture | None = None,
    restored: Revision | None = None,
    declared: Declared | None = None,
) -> Revision:
    """Save a new revision on top of revision ``base`` and carry every span onto it.

    ``capture`` is what the new text came in; without it the text is a rewriting of what came before. ``restored`` is
    the earlier revision whose text it is, to which marks come back (:func:`foresee_return`). ``declared`` says what the
    change is: asked for where readers have the piece, and left aside elsewhere. A correction marks the piece as
    corrected, a retraction takes it back.

    In order: lock the article, note what the change is, insert the revision and its fingerprint, carry and insert one
    anchor per span, let quotes be found by their new words, move the head, let it out to readers where they have the
    piece, drop the writer's draft, enqueue the search for quotations. Of two writers on one base exactly one succeeds;
    the other has written nothing.

    :raises StaleRevision: when ``base`` is not the newest revision.
    :raises NothingChanged: when nothing differs from it.
    :raises Undeclared: when readers have the piece and nobody says what the change is.
    :raises HeadlineMissing, StoryMissing, BlockMalformed: when the new text is none.
    """
    refuse_without_story(rewritten.blocks)
    # Without a join: whoever waited here for the lock would join the new head with the revisions of before.
    locked = Article.objects.select_for_update().get(pk=article.pk)
    if locked.head.number != base:
        raise StaleRevision(locked, base=base, newest=locked.head.number)
    old, text = locked.head, rewritten.text
    blocks = [block.to_json() for block in rewritten.blocks]
    removed = old.removed if rewritten.removed is None else list(rewritten.removed)
    if (text, blocks, removed) == (old.text, old.blocks, old.removed):
        raise NothingChanged("Nothing differs from the saved text.")
    refuse_undeclared(locked, declared)
    key, state = next_key(Revision), locked.state
    if declared is not None and state in OUT:
        write_declaration(article=locked, revision=key, declared=declared, by=by, at=at)
        state = STATE_AFTER.get(declared.kind, state)
    new = Revision.objects.create(
        pk=key,
        article=locked,
        number=base + 1,
        headline=rewritten.headline,
        blocks=blocks,
        text=text,
        text_sha256=sha256_of(text),
        removed=removed,
        capture_id=old.capture_id if capture is None else capture.pk,
        note=note,
        created_by_id=by.pk,
        created_at=at,
    )
    fingerprint_of(new).save(force_insert=True)
    fates = foresee_fates(old, text) if restored is None else foresee_return(old, restored)
    anchor_all(fates, new, by=by, at=at)
    locked.change(seen=locked.version, head=new, state=state)
    if locked.state in OUT_FOR_READERS:
        publish_revision(article=locked, revision=new, by=by, at=at)
    Draft.objects.filter(article=locked, author_id=by.pk).delete()
    suggest_soon(locked)
    article.head, article.version, article.state = new, locked.version, state
    return new
