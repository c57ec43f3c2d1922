from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from annotations.models import CheckState, FactCheck
from articles.anchoring.text import Block, BlockKind
from articles.models import Article, Capture, CurrentAnchor, Revision
from articles.operations.declaring import Declared
from articles.operations.revising import Rewritten, revise_article
from articles.operations.spans import StaleRevision


class NoSuchRemovedLine(Exception):
    """The revision has no removed line at that place."""


class NoSuchRevision(Exception):
    """The article has no revision of that number."""


@transaction.atomic
def revise(
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
    """Save a new text with all marks carried, and send approved checks whose words changed back to review.

    Raises as :func:`articles.operations.revising.revise_article`.
    """
    revision = revise_article(
        article=article,
        base=base,
        rewritten=rewritten,
        by=by,
        at=at,
        note=note,
        capture=capture,
        restored=restored,
        declared=declared,
    )
    _reopen_approved_checks(revision)
    return revision


@transaction.atomic
def restore_revision(
    *,
    article: Article,
    base: int,
    number: int,
    by: AbstractUser,
    at: datetime,
    note: str = "",
    declared: Declared | None = None,
) -> Revision:
    """Make the text of an earlier revision the newest one, as a new revision; marks come back to where they stood.

    What lies between stays. The removed lines and the copy it came in are those of the earlier one. Raises as
    :func:`revise`; :class:`NothingChanged` where it is the text that stands.

    :raises NoSuchRevision: when the article has none of that number.
    """
    former = article.revisions.filter(number=number).select_related("capture").first()
    if former is None:
        raise NoSuchRevision("The article has no revision of this number.")
    rewritten = Rewritten(
        former.headline, [Block.from_json(block) for block in former.blocks], removed=list(former.removed)
    )
    return revise(
        article=article,
        base=base,
        rewritten=rewritten,
        by=by,
        at=at,
        note=note or f"restored revision {number}",
        capture=former.capture,
        restored=former,
        declared=declared,
    )


def _reopen_approved_checks(revision: Revision) -> None:
    """An approval holds for the words it saw. Published verdicts stay, and are shown as stale."""
    approved = FactCheck.objects.filter(claim__article=revision.article_id, state=CheckState.APPROVED)
    for check in approved.select_related("anchor_seen", "claim"):
        current = CurrentAnchor.of(check.claim.span_id, revision.pk)
        if check.anchor_seen is None or current.exact != check.anchor_seen.exact:
            check.change(seen=check.version, state=CheckState.IN_REVIEW)


@transaction.atomic
def restore_removed(
    *, article: Article, base: int, ordinal: int, by: AbstractUser, at: datetime, declared: Declared | None = None
) -> Revision:
    """Put a removed line back where it stood, as a new revision.

    :param ordinal: which of the newest revision's removed lines, from 0.
    :raises NoSuchRemovedLine: when there is none.
    :raises StaleRevision: when ``base`` is not the newest revision.
    :raises Undeclared: when readers have the piece and nobody says what the change is.
    """
    head = Revision.objects.get(pk=Article.objects.values("head").get(pk=article.pk)["head"])
    if head.number != base:
        raise StaleRevision(article, base=base, newest=head.number)
    if not 0 <= ordinal < len(head.removed):
        raise NoSuchRemovedLine("This line is no longer among the removed ones.")
    blocks = [Block.from_json(block) for block in head.blocks]
    line = head.removed[ordinal]
    rest = [_shifted(other, line["position"]) for index, other in enumerate(head.removed) if index > ordinal]
    blocks.insert(line["position"], Block(BlockKind.PARAGRAPH, line["text"]))
    rewritten = Rewritten(headline=head.headline, blocks=blocks, removed=[*head.removed[:ordinal], *rest])
    return revise(
        article=article,
        base=base,
        rewritten=rewritten,
        by=by,
        at=at,
        note="restored a removed line",
        declared=declared,
    )


def _shifted(line: dict[str, Any], position: int) -> dict[str, Any]:
    """Lines after the restored one have one more block before them."""
    return {**line, "position": line["position"] + 1} if line["position"] >= position else line
