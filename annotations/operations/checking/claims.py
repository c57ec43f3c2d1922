from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from annotations.models import Checkable, Claim, ClaimantKind, ClaimType, Priority, Project, Risk
from annotations.operations.checking.factchecks import return_to_draft
from annotations.operations.studies.apart import refuse_to_touch, span_within
from articles.models import Article, CurrentAnchor, DateBasis, Origin, Quote, Speaker, Verb
from articles.operations.acts import ALONE, Noted, difference, note_act
from articles.operations.quotes import note_mark, refuse_retracted, restore_mark, retract_mark
from articles.operations.spans import Words

CHANGEABLE = frozenset(
    {
        "canonical",
        "claimant_kind",
        "speaker",
        "claim_date",
        "date_basis",
        "date_note",
        "claim_type",
        "checkable",
        "checkable_reason",
        "priority",
        "risk",
        "risk_reason",
        "same_as",
        "note",
    }
)

# What a claim says: changing it takes the ground from every check written before.
STATEMENT = frozenset({"canonical", "claimant_kind", "speaker", "claim_date", "claim_type"})


@transaction.atomic
def record_claim(
    *,
    article: Article,
    base: int,
    words: Words,
    canonical: str,
    by: AbstractUser,
    at: datetime,
    project: Project | None = None,
    quote: Quote | None = None,
    claimant_kind: str = ClaimantKind.UNKNOWN,
    speaker: Speaker | None = None,
    claim_date: date | None = None,
    date_basis: str = DateBasis.UNKNOWN,
    date_note: str = "",
    claim_type: str = ClaimType.EVENT,
    checkable: str = Checkable.YES,
    checkable_reason: str = "",
    priority: int = Priority.MEDIUM,
    note: str = "",
    noted: Noted | None = ALONE,
) -> Claim:
    """Record that words of the newest revision state something that can be checked. Raises as ``mark_span``.

    :param canonical: the statement as it reads alone: who, what, where, absolute date.
    :param project: the everyday desk unless given.
    """
    project = project or everyday_desk()
    span = span_within(project, article=article, base=base, words=words, by=by, at=at)
    claim = Claim.objects.create(
        project=project,
        article=article,
        span=span,
        quote=quote,
        canonical=canonical,
        claimant_kind=claimant_kind,
        speaker=speaker,
        claim_date=claim_date,
        date_basis=date_basis,
        date_note=date_note,
        claim_type=claim_type,
        checkable=checkable,
        checkable_reason=checkable_reason,
        priority=priority,
        note=note,
        created_by_id=by.pk,
        created_at=at,
    )
    note_act(claim, Verb.RECORD, article=article.pk, was=0, now=1, by=by, at=at, noted=noted)
    return claim


@transaction.atomic
def claim_from_quote(
    *, quote: Quote, base: int, canonical: str, by: AbstractUser, at: datetime, **values: Any
) -> Claim:
    """Make a claim of the words of a quote: the offsets are copied, the link is kept, the speaker is the claimant.

    :raises QuoteWithoutPlace: when the quote's words stand nowhere in the newest revision.
    """
    anchor = (
        CurrentAnchor.objects.select_related("anchor").get(span=quote.span_id, revision=quote.article.head_id).anchor
    )
    if anchor.start is None or anchor.end is None:
        raise QuoteWithoutPlace("The words of this quote stand nowhere in the text. Mark the claim in the text.")
    voice = {"claimant_kind": ClaimantKind.SPEAKER, "speaker": quote.speaker} if quote.speaker else {}
    return record_claim(
        article=quote.article,
        base=base,
        words=Words(anchor.start, anchor.end, anchor.exact),
        canonical=canonical,
        quote=quote,
        by=by,
        at=at,
        **{**voice, **values},
    )


class QuoteWithoutPlace(Exception):
    """A quote whose words are not in the newest revision has nothing to copy."""


def everyday_desk() -> Project:
    """The default project, where the newsroom works."""
    return Project.objects.get(is_default=True)


@transaction.atomic
def change_claim(
    *, claim: Claim, seen: int, by: AbstractUser, at: datetime, noted: Noted | None = ALONE, **values: Any
) -> Claim:
    """Change what a claim says or how it ranks. Verdicts given before become stale by the version they saw.

    Changing a suggestion corrects it. A change of :data:`STATEMENT` sends checks in review or approved back to their
    authors.

    :raises Stale: when somebody changed it since version ``seen``.
    :raises AlreadyRetracted: when it was retracted.
    :raises TypeError: for a field that is not in :data:`CHANGEABLE`.
    """
    unknown = set(values) - CHANGEABLE
    if unknown:
        raise TypeError(f"not a changeable field of a claim: {', '.join(sorted(unknown))}")
    refuse_retracted(claim)
    refuse_to_touch(claim, by=by)
    before = {field: getattr(claim, field) for field in STATEMENT & set(values)}
    written = {**values, **claim.decided(Origin.CORRECTED, by=by, at=at)}
    changed = difference(claim, written)
    claim.change(seen=seen, **written)
    if any(before[field] != getattr(claim, field) for field in before):
        return_to_draft(claim)
    note_mark(claim, Verb.CHANGE, by=by, at=at, noted=noted, changed=changed)
    return claim


@transaction.atomic
def retract_claim(
    *, claim: Claim, seen: int, by: AbstractUser, at: datetime, reason: str = "", noted: Noted | None = ALONE
) -> Claim:
    """Take a claim back; its checks stay in the history.

    :raises Stale: when somebody changed it since version ``seen``.
    :raises AlreadyRetracted: when it was retracted before.
    """
    refuse_to_touch(claim, by=by)
    retract_mark(claim, seen=seen, by=by, at=at, reason=reason, noted=noted)
    return claim


@transaction.atomic
def restore_claim(*, claim: Claim, seen: int, by: AbstractUser, at: datetime, noted: Noted | None = ALONE) -> Claim:
    """Let a retracted claim stand again, as it was.

    :raises Stale: when somebody changed it since version ``seen``.
    :raises NotRetracted: when it stands.
    """
    refuse_to_touch(claim, by=by)
    restore_mark(claim, seen=seen, by=by, at=at, noted=noted)
    return claim


def set_risk(*, claim: Claim, risk: str, reason: str, seen: int, by: AbstractUser, at: datetime) -> Claim:
    """Say what a wrong verdict on this claim could do; high asks for a second approving reviewer.

    :raises Stale: when somebody changed it since version ``seen``.
    """
    return change_claim(claim=claim, seen=seen, by=by, at=at, risk=Risk(risk), risk_reason=reason)
