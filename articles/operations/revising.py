"""Saving a new text of an article, with every mark carried along in the same transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from articles.anchoring.carry import Carried, Reason, State, carry
from articles.anchoring.selectors import select
from articles.anchoring.text import Block, canonical_text, refuse_without_story, sha256_of
from articles.models import Anchor, Article, Capture, CurrentAnchor, Draft, Revision
from articles.operations.fingerprints import fingerprint_of
from articles.operations.quotedwords import follow_words
from articles.operations.spans import StaleRevision
from articles.operations.suggesting import suggest_soon


class NothingChanged(Exception):
    """The text to be saved is the text that is saved."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What a new text does to one span."""

    anchor: Anchor
    carried: Carried


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
) -> Revision:
    """Save a new revision on top of revision ``base`` and carry every span onto it.

    ``capture`` is what the new text came in; without it the text is a rewriting of what came before.

    In order: lock the article, insert the revision and its fingerprint, carry and insert one anchor per span, let
    quotes be found by their new words, move the head, drop the writer's draft, enqueue the search for quotations. Of
    two writers on one base exactly one succeeds; the other has written nothing.

    :raises StaleRevision: when ``base`` is not the newest revision.
    :raises NothingChanged: when nothing differs from it.
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
    new = Revision.objects.create(
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
    _anchor_all(foresee_fates(old, text), new, by=by, at=at)
    locked.change(seen=locked.version, head=new)
    Draft.objects.filter(article=locked, author_id=by.pk).delete()
    suggest_soon(locked)
    article.head, article.version = new, locked.version
    return new


def foresee_fates(old: Revision, text: str) -> list[Fate]:
    """What saving ``text`` on top of ``old`` would do to each span that stands on ``old``; writes nothing.

    A mark is compared with the words last confirmed, so that small drifts cannot add up unseen: what was in doubt
    stays in doubt until the confirmed words are back or somebody looks.
    """
    anchors = [current.anchor for current in CurrentAnchor.objects.on(old)]
    settled = [anchor for anchor in anchors if anchor.state == State.ANCHORED]
    doubtful = [anchor for anchor in anchors if anchor.state != State.ANCHORED]
    fates = [Fate(anchor, carried) for anchor, carried in _carry_from(old.text, text, settled)]
    return fates + _foresee_doubtful(doubtful, old, text)


def _carry_from(old: str, new: str, anchors: Sequence[Anchor]) -> Iterable[tuple[Anchor, Carried]]:
    places = [(anchor.start or 0, anchor.end or 0) for anchor in anchors]
    return zip(anchors, carry(old, new, places), strict=True)


def _foresee_doubtful(anchors: Sequence[Anchor], old: Revision, text: str) -> list[Fate]:
    """Marks that need a look or have no place: first their confirmed words, then the place proposed last."""
    confirmed = _last_confirmed(anchors)
    from_confirmed = dict(_carry_confirmed(confirmed, text))
    standing = [anchor for anchor in anchors if anchor.start is not None]
    from_proposed = {anchor.span_id: carried for anchor, carried in _carry_from(old.text, text, standing)}
    return [
        Fate(anchor, _settle_doubt(from_confirmed.get(anchor.span_id), from_proposed.get(anchor.span_id)))
        for anchor in anchors
    ]


def _settle_doubt(confirmed: Carried | None, proposed: Carried | None) -> Carried:
    if confirmed is not None and confirmed.state == State.ANCHORED:
        return confirmed
    for place in (proposed, confirmed):
        if place is not None and place.start is not None:
            reason = Reason.WEAK if place.state == State.ANCHORED else place.reason
            return Carried(State.NEEDS_REVIEW, reason, place.start, place.end)
    return Carried(State.ORPHANED, Reason.GONE, None, None)


def _last_confirmed(anchors: Sequence[Anchor]) -> list[Anchor]:
    """The newest anchor of each span that was certain."""
    return list(
        Anchor.objects.filter(span__in=[anchor.span_id for anchor in anchors], state=State.ANCHORED)
        .order_by("span_id", "-revision__number", "-sequence")
        .distinct("span_id")
    )


def _carry_confirmed(confirmed: Sequence[Anchor], text: str) -> Iterable[tuple[int, Carried]]:
    by_revision: dict[int, list[Anchor]] = defaultdict(list)
    for anchor in confirmed:
        by_revision[anchor.revision_id].append(anchor)
    texts = dict(Revision.objects.filter(pk__in=by_revision).values_list("pk", "text"))
    for revision, anchors in by_revision.items():
        for anchor, carried in _carry_from(texts[revision], text, anchors):
            yield anchor.span_id, carried


def _anchor_all(fates: Iterable[Fate], revision: Revision, *, by: AbstractUser, at: datetime) -> None:
    """Append one anchor per span on the new revision and make it the current one."""
    fates = list(fates)
    anchors = Anchor.objects.bulk_create(_anchor(fate, revision, by=by, at=at) for fate in fates)
    CurrentAnchor.objects.bulk_create(
        CurrentAnchor(span_id=anchor.span_id, revision=revision, anchor=anchor) for anchor in anchors
    )
    follow_words([anchor for anchor, fate in zip(anchors, fates, strict=True) if anchor.exact != fate.anchor.exact])


def _anchor(fate: Fate, revision: Revision, *, by: AbstractUser, at: datetime) -> Anchor:
    anchor = Anchor(
        span_id=fate.anchor.span_id,
        revision=revision,
        state=fate.carried.state,
        reason=fate.carried.reason,
        created_by_id=by.pk,
        created_at=at,
    )
    if fate.carried.start is None or fate.carried.end is None:
        anchor.exact, anchor.prefix, anchor.suffix = fate.anchor.exact, fate.anchor.prefix, fate.anchor.suffix
        return anchor
    place = select(revision.text, fate.carried.start, fate.carried.end)
    anchor.start, anchor.end, anchor.exact = place.start, place.end, place.exact
    anchor.prefix, anchor.suffix = place.prefix, place.suffix
    return anchor


def keep_draft(
    *,
    article: Article,
    base: int,
    headline: str,
    body: str,
    by: AbstractUser,
    at: datetime,
    blocks: Sequence[Block] | None = None,
) -> Draft:
    """Keep what somebody has written and not saved; a later call replaces it.

    ``blocks`` are the body as an editor has it: some may be empty, or hold what no stored text may hold.
    """
    draft, _ = Draft.objects.update_or_create(
        article=article,
        author_id=by.pk,
        defaults={
            "base": Revision.objects.get(article=article, number=base),
            "headline": headline,
            "body": body,
            "blocks": None if blocks is None else [block.to_json() for block in blocks],
            "saved_at": at,
        },
    )
    return draft


def discard_draft(*, article: Article, by: AbstractUser) -> None:
    """Throw away what somebody has written and not saved."""
    Draft.objects.filter(article=article, author_id=by.pk).delete()
