"""What readers ask to be put right, and what the desk decides on it."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import Claim, CorrectionRequest, ReaderContact, RequestState
from articles.models import Article, Revision
from articles.operations.telling import tell_hooks

LONGEST = 5_000  # characters of what is wrong
LONGEST_REASON = 2_000


class RequestDecided(Exception):
    """Somebody has decided on the request before."""


class RequestOpen(Exception):
    """Nobody has decided on the request, so there is nothing to open again."""


class NotADecision(Exception):
    """A request is accepted or declined, and nothing else."""


@transaction.atomic
def request_correction(
    *,
    article: Article,
    revision: Revision,
    text: str,
    at: datetime,
    place: str = "",
    contact: str = "",
    claim: Claim | None = None,
) -> CorrectionRequest:
    """Keep what a reader says is wrong with what they have read, and apart from it how they can be answered.

    Nobody need be known to the desk for it, so there is no ``by``.

    :param revision: the text they had before them.
    :param claim: the check it is about, of the same article.
    """
    request = CorrectionRequest.objects.create(
        article=article, revision=revision, claim=claim, place=place, text=text, created_at=at
    )
    if contact.strip():
        ReaderContact.objects.create(request=request, contact=contact.strip(), created_at=at)
    tell_hooks(event="correction.requested", noun=request.uid, at=at)
    return request


@transaction.atomic
def decide_correction(
    *, request: CorrectionRequest, outcome: str, reason: str, seen: int, by: AbstractUser, at: datetime
) -> CorrectionRequest:
    """Accept or decline a request, with the reason that whoever asked reads at its address.

    What is then put right in the text or in a verdict is an act of its own.

    :raises NotADecision: when ``outcome`` is neither.
    :raises RequestDecided: when somebody has decided before.
    :raises Stale: when somebody changed it since version ``seen``.
    """
    if outcome not in {RequestState.ACCEPTED, RequestState.DECLINED}:
        raise NotADecision(_("A request is accepted or declined."))
    if request.state != RequestState.OPEN:
        raise RequestDecided(_("This request is decided. Open it again to decide otherwise."))
    return request.change(seen=seen, state=outcome, decision_reason=reason, decided_by=by, decided_at=at)


@transaction.atomic
def reopen_correction(*, request: CorrectionRequest, seen: int, by: AbstractUser, at: datetime) -> CorrectionRequest:
    """Take a decision back. The history keeps it, with who decided.

    :raises RequestOpen: when there is none.
    :raises Stale: when somebody changed it since version ``seen``.
    """
    if request.state == RequestState.OPEN:
        raise RequestOpen(_("Nobody has decided on this request yet."))
    return request.change(seen=seen, state=RequestState.OPEN, decision_reason="", decided_by=None, decided_at=None)


def forget_contact(*, request: CorrectionRequest, by: AbstractUser, at: datetime) -> CorrectionRequest:
    """Delete how the reader can be reached; doing so twice is once. What they said stays."""
    ReaderContact.objects.filter(request=request).delete()
    return request
