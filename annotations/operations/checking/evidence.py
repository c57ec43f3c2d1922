from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction

from annotations.models import Claim, Evidence, Translation
from annotations.operations.checking.factchecks import return_to_draft
from articles.anchoring.selectors import select
from articles.models import Snapshot, Verb
from articles.operations.acts import ALONE, NO_DIFFERENCE, Difference, Noted, difference, note_act


class AttachedBefore(Exception):
    """These words of this snapshot are evidence on this claim already."""


class AlreadyDetached(Exception):
    """The evidence was detached before."""


class NotDetached(Exception):
    """The evidence is attached, so there is nothing to attach again."""


@transaction.atomic
def attach_evidence(
    *,
    claim: Claim,
    snapshot: Snapshot,
    start: int,
    end: int,
    stance: str,
    by: AbstractUser,
    at: datetime,
    exact: str | None = None,
    question: str = "",
    found_query: str = "",
    found_rank: int | None = None,
    found_score: float | None = None,
    noted: Noted | None = ALONE,
) -> Evidence:
    """Attach words of a stored source to a claim, saying what they do to it.

    Checks of the claim that are in review or approved go back to their authors: see ``return_to_draft``.

    :param start, end: half-open, in code points of the snapshot's text.
    :raises OffsetsOutside: when they are not in it.
    :raises ExactMismatch: when other words stand there than ``exact``.
    :raises AttachedBefore: when the same words are attached already.
    """
    place = select(snapshot.text, start, end, exact)
    return_to_draft(claim)
    try:
        with transaction.atomic():
            evidence = Evidence.objects.create(
                claim=claim,
                snapshot=snapshot,
                start=place.start,
                end=place.end,
                excerpt=place.exact,
                stance=stance,
                question=question,
                found_query=found_query,
                found_rank=found_rank,
                found_score=found_score,
                created_by_id=by.pk,
                created_at=at,
            )
    except IntegrityError as error:
        if "evidence_attached_once" in str(error):
            raise AttachedBefore("These words are evidence on this claim already.") from error
        raise
    note_act(evidence, Verb.RECORD, article=claim.article_id, was=0, now=1, by=by, at=at, noted=noted)
    return evidence


@transaction.atomic
def change_stance(
    *, evidence: Evidence, stance: str, seen: int, by: AbstractUser, at: datetime, noted: Noted | None = ALONE
) -> Evidence:
    """Say anew what a passage does to the claim. Decided checks go back to their authors.

    :raises Stale: when somebody changed it since version ``seen``.
    :raises AlreadyDetached: when it was detached.
    """
    if evidence.detached_at is not None:
        raise AlreadyDetached("This evidence was detached and does not change any more.")
    changed = difference(evidence, {"stance": stance})
    evidence.change(seen=seen, stance=stance)
    return_to_draft(evidence.claim)
    _note(evidence, Verb.CHANGE, by=by, at=at, noted=noted, changed=changed)
    return evidence


@transaction.atomic
def detach_evidence(
    *, evidence: Evidence, seen: int, by: AbstractUser, at: datetime, noted: Noted | None = ALONE
) -> Evidence:
    """Take a passage off a claim. It stays in the history; decided checks go back to their authors.

    :raises Stale: when somebody changed it since version ``seen``.
    :raises AlreadyDetached: when it was detached before.
    """
    if evidence.detached_at is not None:
        raise AlreadyDetached("This evidence was detached before.")
    evidence.change(seen=seen, detached_by=by, detached_at=at)
    return_to_draft(evidence.claim)
    _note(evidence, Verb.RETRACT, by=by, at=at, noted=noted)
    return evidence


@transaction.atomic
def attach_again(
    *, evidence: Evidence, seen: int, by: AbstractUser, at: datetime, noted: Noted | None = ALONE
) -> Evidence:
    """Attach a detached passage again, as it was. Decided checks go back to their authors.

    :raises Stale: when somebody changed it since version ``seen``.
    :raises NotDetached: when it is attached.
    :raises AttachedBefore: when somebody has attached the same words meanwhile.
    """
    if evidence.detached_at is None:
        raise NotDetached("This evidence is attached.")
    same = Evidence.objects.attached().filter(
        claim=evidence.claim_id, snapshot=evidence.snapshot_id, start=evidence.start, end=evidence.end
    )
    if same.exists():
        raise AttachedBefore("These words are evidence on this claim already.")
    evidence.change(seen=seen, detached_by=None, detached_at=None)
    return_to_draft(evidence.claim)
    _note(evidence, Verb.RESTORE, by=by, at=at, noted=noted)
    return evidence


@transaction.atomic
def translate_evidence(
    *, evidence: Evidence, language: str, text: str, translator: str, by: AbstractUser, at: datetime
) -> Translation:
    """Keep the words of a passage in another language, with who put them into it. The newest translation counts.

    :param language: BCP 47 tag of the translation.
    :raises AlreadyDetached: when the evidence was detached.
    """
    if evidence.detached_at is not None:
        raise AlreadyDetached("This evidence was detached and does not change any more.")
    return Translation.objects.create(
        evidence=evidence, language=language, text=text, translator=translator, created_by_id=by.pk, created_at=at
    )


def _note(
    evidence: Evidence,
    verb: Verb,
    *,
    by: AbstractUser,
    at: datetime,
    noted: Noted | None,
    changed: Difference = NO_DIFFERENCE,
) -> None:
    """Note an act that has just raised the version of a piece of evidence."""
    article, now = evidence.claim.article_id, evidence.version
    note_act(evidence, verb, article=article, was=now - 1, now=now, by=by, at=at, noted=noted, changed=changed)
