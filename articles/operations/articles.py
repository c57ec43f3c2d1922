"""Bringing an article into being, and its state, embargo, rights and access."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from articles.anchoring.text import refuse_without_story, sha256_of
from articles.ingest.record import IncomingArticle
from articles.models import Access, Admission, Article, ArticleState, Capture, Ground, Hold, Intake, Revision
from articles.operations.declaring import OUT, Undeclared
from articles.operations.facts import cut_short, facts_of
from articles.operations.fingerprints import fingerprint_of
from articles.operations.keys import next_key
from articles.operations.publishing import publish_revision
from articles.operations.suggesting import suggest_soon
from articles.permissions import OUT_FOR_READERS

# Where a piece may go from where it stands. Nothing goes back to incoming: what was seen stays seen.
NEXT_STATES: dict[str, tuple[str, ...]] = {
    ArticleState.INCOMING: (ArticleState.EDITING, ArticleState.WITHDRAWN),
    ArticleState.EDITING: (ArticleState.CHECKING, ArticleState.WITHDRAWN),
    ArticleState.CHECKING: (ArticleState.EDITING, ArticleState.APPROVED, ArticleState.WITHDRAWN),
    ArticleState.APPROVED: (ArticleState.CHECKING, ArticleState.PUBLISHED, ArticleState.WITHDRAWN),
    ArticleState.PUBLISHED: (ArticleState.CORRECTED, ArticleState.WITHDRAWN),
    ArticleState.CORRECTED: (ArticleState.CORRECTED, ArticleState.WITHDRAWN),
    ArticleState.WITHDRAWN: (ArticleState.EDITING,),
}

# Somebody has decided on these very words.
DECIDED = frozenset({ArticleState.APPROVED, ArticleState.PUBLISHED, ArticleState.CORRECTED})

CHANGEABLE = frozenset(
    {
        "embargo_until",
        "language",
        "outlet",
        "byline",
        "dateline",
        "credit",
        "section",
        "canonical_url",
        "published_at",
        "date_basis",
        "date_note",
        "rights",
        "rights_terms",
        "rights_end_date",
        "usage_terms",
        "editor_note",
    }
)


class StateOutOfOrder(Exception):
    """An article does not go from where it stands to there.

    :ivar allowed: the states it may go to.
    """

    def __init__(self, article: Article, wanted: str) -> None:
        self.allowed = NEXT_STATES[article.state]
        super().__init__(f"An article that is {article.state} cannot become {wanted}.")


class ArticleHeld(Exception):
    """A piece that somebody has stopped is not published."""


class RemovedLinesUnseen(Exception):
    """A piece that came unattended cannot be approved before somebody has looked at what the rules took out.

    :ivar article: the piece.
    """

    def __init__(self, article: Article) -> None:
        self.article = article
        super().__init__("Nobody has opened the removed lines of this article. Open them, then approve it.")


@transaction.atomic
def ingest_article(
    *,
    incoming: IncomingArticle,
    capture: Capture,
    reader: str,
    by: AbstractUser,
    at: datetime,
    state: str = ArticleState.EDITING,
    is_demonstration: bool = False,
    date_note: str = "",
    uid: UUID | None = None,
    unattended: bool = False,
) -> Article:
    """Store an article that a reader has read, as revision 1, with what was removed from it and all it says of itself.

    Its rights are unknown until somebody says them. What came ``unattended`` was looked at by nobody: it goes no
    further than to checking before somebody opens its removed lines (:func:`open_removed_lines`).

    Writes the article, its first revision with its fingerprint, and the intake that ties them to the bytes they
    came from. Enqueues the search for its quotations. A piece that begins as published is let out to readers.

    :raises HeadlineMissing, StoryMissing, BlockMalformed: when what was read is no article.
    """
    refuse_without_story(incoming.blocks)
    revision = Revision(
        pk=next_key(Revision),
        number=1,
        headline=incoming.headline,
        blocks=[block.to_json() for block in incoming.blocks],
        text=incoming.text,
        text_sha256=sha256_of(incoming.text),
        removed=removed_lines_of(incoming),
        capture=capture,
        created_by_id=by.pk,
        created_at=at,
    )
    # The article names its newest revision and the revision its article; the database checks both at commit.
    article = Article(
        uid=uid or uuid4(),
        head_id=revision.pk,
        state=state,
        **facts_of(incoming),
        date_note=date_note,
        received_at=at,
        came_unattended=unattended,
        is_demonstration=is_demonstration,
        created_by_id=by.pk,
        created_at=at,
    )
    article.slug = readable_slug(incoming.headline, article.uid)
    article.save(force_insert=True)
    revision.article = article
    revision.save(force_insert=True)
    fingerprint_of(revision).save(force_insert=True)
    article.head = revision
    Intake.objects.create(
        capture=capture,
        reader=reader,
        article=article,
        errors=[*incoming.errors, *cut_short(incoming)],
        created_by_id=by.pk,
        created_at=at,
    )
    suggest_soon(article)
    if state in OUT_FOR_READERS:
        publish_revision(article=article, revision=revision, by=by, at=at)
    return article


def removed_lines_of(incoming: IncomingArticle) -> list[dict[str, Any]]:
    """What a reader took out, as a revision keeps it."""
    return [{"text": line.text, "rule": line.rule, "position": line.position} for line in incoming.removed]


def readable_slug(headline: str, uid: UUID) -> str:
    """A readable address that stays unique: words of the headline and the beginning of the uid."""
    words = slugify(headline)[:80].strip("-")
    return "-".join(filter(None, [words, uid.hex[:8]]))


@transaction.atomic
def change_article(*, article: Article, seen: int, by: AbstractUser, at: datetime, **values: Any) -> Article:
    """Change what is known about a piece (:data:`CHANGEABLE`), not its words.

    :raises Stale: when somebody changed it since version ``seen``.
    :raises TypeError: for a field that is not in :data:`CHANGEABLE`.
    """
    unknown = set(values) - CHANGEABLE
    if unknown:
        raise TypeError(f"not a changeable field of an article: {', '.join(sorted(unknown))}")
    return article.change(seen=seen, **values)


@transaction.atomic
def move_article(*, article: Article, state: str, seen: int, by: AbstractUser, at: datetime) -> Article:
    """Move a piece to its next state. What becomes published or corrected goes out to readers as it stands.

    :raises StateOutOfOrder: when the state does not follow the present one.
    :raises RemovedLinesUnseen: when it came unattended and nobody has opened its removed lines.
    :raises ArticleHeld: when it is to be published while something holds it.
    :raises Undeclared: when readers have the piece: it is corrected or taken back by what they are told
        (:func:`articles.operations.declaring.declare`).
    :raises Stale: when somebody changed the article since version ``seen``.
    """
    if state not in NEXT_STATES[article.state]:
        raise StateOutOfOrder(article, state)
    if state == ArticleState.PUBLISHED and Hold.objects.standing().of_articles().filter(article=article).exists():
        raise ArticleHeld(_("This article is held. It is published when whoever stopped it has let it go."))
    if article.state in OUT:
        raise Undeclared(_("Readers have this piece. Tell them what was wrong: that corrects it, or takes it back."))
    if state in DECIDED and article.came_unattended and article.removed_seen_at is None:
        raise RemovedLinesUnseen(article)
    article.change(seen=seen, state=state)
    if state in OUT_FOR_READERS:
        publish_revision(article=article, revision=article.head, by=by, at=at)
    return article


@transaction.atomic
def open_removed_lines(*, article: Article, seen: int, by: AbstractUser, at: datetime) -> Article:
    """Note by name that somebody has looked at what the rules took out of the newest text.

    :raises Stale: when somebody changed the article since version ``seen``; there may be other lines now.
    """
    return article.change(seen=seen, removed_seen_by=by, removed_seen_at=at)


@transaction.atomic
def restrict_article(
    *, article: Article, reason: str, people: Collection[AbstractUser], seen: int, by: AbstractUser, at: datetime
) -> Article:
    """Keep an article to named people, whoever restricts it among them. For anyone else it no longer exists.

    :raises Stale: when somebody changed the article since version ``seen``.
    """
    article.change(seen=seen, access=Access.RESTRICTED, access_reason=reason)
    article.admissions.filter(ground=Ground.NAMED).delete()
    named = {person.pk for person in people} | {by.pk}
    Admission.objects.bulk_create(
        Admission(article=article, person_id=person, ground=Ground.NAMED, created_by_id=by.pk, created_at=at)
        for person in sorted(named)
    )
    return article


@transaction.atomic
def open_article(*, article: Article, seen: int, by: AbstractUser, at: datetime) -> Article:
    """Lift a restriction.

    :raises Stale: when somebody changed the article since version ``seen``.
    """
    article.change(seen=seen, access=Access.DESK, access_reason="")
    article.admissions.filter(ground=Ground.NAMED).delete()
    return article
