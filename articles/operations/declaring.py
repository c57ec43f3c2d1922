"""Saying what a change of a published piece is, telling readers, and asking others to correct their own copy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import (
    PUBLIC_KINDS,
    Article,
    ArticleState,
    ChangeKind,
    Declaration,
    OutletAnswer,
    OutletRequest,
    Rights,
    Stale,
)
from articles.operations.telling import tell_hooks

# The states in which readers have a piece.
OUT = frozenset({ArticleState.PUBLISHED, ArticleState.CORRECTED})
# Where a piece goes with what readers are told; other kinds leave it where it is.
STATE_AFTER: dict[str, ArticleState] = {
    ChangeKind.CORRECTION: ArticleState.CORRECTED,
    ChangeKind.RETRACTION: ArticleState.WITHDRAWN,
}


class Undeclared(Exception):
    """Readers have the piece, and nobody said what the change is or what was wrong.

    :ivar field: what is missing.
    :ivar allowed: the kinds there are.
    """

    def __init__(self, message: str, *, field: str = "declared") -> None:
        self.field = field
        self.allowed = list(ChangeKind.values)
        super().__init__(message)


class NotOut(Exception):
    """Only what readers have, or had, is declared about."""


class OurOwnCopy(Exception):
    """A piece of the desk's own is corrected here, and nobody else is asked to."""


class AlreadyAnswered(Exception):
    """The answer of an outlet is written down once."""


class DatesOutOfOrder(Exception):
    """Nobody asks tomorrow, or answers before they were asked.

    :ivar field: the date that is wrong.
    """

    def __init__(self, message: str, *, field: str) -> None:
        self.field = field
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Declared:
    """What whoever saves a new text of a published piece says it is; ``text`` is what was wrong."""

    kind: str
    text: str = ""


def refuse_undeclared(article: Article, declared: Declared | None) -> None:
    """:raises Undeclared: when readers have the piece and nobody said what the change is, or what was wrong."""
    if article.state not in OUT:
        return
    if declared is None or declared.kind not in ChangeKind.values:
        raise Undeclared(_("Readers have this text. Say whether this is a minor change, an update, a clarification, …"))
    if declared.kind in PUBLIC_KINDS and not declared.text.strip():
        raise Undeclared(_("Say what was wrong; readers are told so."), field="declared_text")


def write_declaration(
    *, article: Article, revision: int, declared: Declared, by: AbstractUser, at: datetime
) -> Declaration:
    """Note what the change is, before the revision that it is about is written."""
    if declared.kind in PUBLIC_KINDS:
        tell_hooks(event="article.declared", noun=article.uid, at=at)
    return Declaration.objects.create(
        article=article,
        revision_id=revision,
        kind=declared.kind,
        text=declared.text.strip(),
        created_by_id=by.pk,
        created_at=at,
    )


@transaction.atomic
def declare(*, article: Article, kind: str, text: str, seen: int, by: AbstractUser, at: datetime) -> Declaration:
    """Tell readers something about a piece they have, without a new text.

    A correction marks the piece as corrected, a retraction takes it back: readers get what it says in its place.

    :raises NotOut: when readers do not have the piece.
    :raises Undeclared: when the kind is none that readers are told, or nothing says what was wrong.
    :raises Stale: when somebody changed the article since version ``seen``.
    """
    if article.state not in OUT:
        raise NotOut(_("Readers do not have this piece, so there is nothing to tell them."))
    if kind not in PUBLIC_KINDS:
        raise Undeclared(_("A notice is a clarification, a correction or a retraction."), field="kind")
    if not text.strip():
        raise Undeclared(_("Say what was wrong; readers are told so."), field="text")
    locked = Article.objects.select_for_update().get(pk=article.pk)
    if locked.version != seen:
        raise Stale(locked, seen=seen)
    said = write_declaration(article=locked, revision=locked.head_id, declared=Declared(kind, text), by=by, at=at)
    article.change(seen=seen, state=STATE_AFTER.get(kind, article.state))
    return said


@transaction.atomic
def ask_outlet(
    *, article: Article, asked_of: str, text: str, asked_date: date, by: AbstractUser, at: datetime
) -> OutletRequest:
    """Note that whoever published copy that is not ours was asked to correct it.

    :raises OurOwnCopy: when the piece is the desk's own.
    :raises DatesOutOfOrder: for a day that is still to come.
    """
    if article.rights == Rights.OWN:
        raise OurOwnCopy(_("This piece is the desk’s own. Correct it here."))
    if asked_date > at.date():
        raise DatesOutOfOrder(_("That day is still to come. Note it when you have asked."), field="asked_date")
    return OutletRequest.objects.create(
        article=article, asked_of=asked_of, text=text, asked_date=asked_date, created_by_id=by.pk, created_at=at
    )


def note_answer(
    *,
    request: OutletRequest,
    seen: int,
    answer: str,
    answered_date: date,
    by: AbstractUser,
    at: datetime,
    answer_text: str = "",
) -> OutletRequest:
    """Note what the outlet answered, or that it did not.

    :raises AlreadyAnswered: when somebody noted it before.
    :raises DatesOutOfOrder: for a day before it was asked, or one that is still to come.
    :raises Stale: when somebody changed it since version ``seen``.
    """
    if request.answer:
        raise AlreadyAnswered(_("The answer is written down already."))
    if not request.asked_date <= answered_date <= at.date():
        raise DatesOutOfOrder(_("An answer comes after the request and not later than today."), field="answered_date")
    return request.change(
        seen=seen,
        answer=OutletAnswer(answer),
        answer_text=answer_text,
        answered_date=answered_date,
        answered_by=by,
    )
