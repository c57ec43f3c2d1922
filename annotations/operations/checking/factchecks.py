"""From a proposed check to the desk's verdict. Drafts are written by checkers, decided by second persons."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import (
    CheckState,
    Claim,
    Decision,
    DeskVerdict,
    FactCheck,
    Notice,
    RestingOn,
    Review,
    Risk,
)
from annotations.models.factcheck import OVER
from annotations.operations.checking.ableness import refuse_past, refuse_unable
from annotations.operations.checking.blind import end_when_all_have_drafted, refuse_blind
from annotations.operations.checking.checklaws import (
    LawBroken,
    refuse_contradiction,
    refuse_incomplete,
    refuse_retired,
    refuse_thin_ground,
    refuse_unheard,
    refuse_unready,
    refuse_wording_refuted_without_capture,
)
from articles.models import Anchor, CurrentAnchor, Hold
from articles.operations.telling import tell_hooks
from articles.permissions import visible_sources

# The states in which a draft may be written; writing after approval sends the check back to review.
WRITABLE = frozenset(
    {
        CheckState.PROPOSED,
        CheckState.ASSIGNED,
        CheckState.GATHERING,
        CheckState.DRAFTED,
        CheckState.IN_REVIEW,
        CheckState.APPROVED,
    }
)
# The states from which a complete draft goes to a second person.
UNSENT = frozenset({CheckState.PROPOSED, CheckState.ASSIGNED, CheckState.GATHERING, CheckState.DRAFTED})
DRAFT_FIELDS = frozenset({"verdict", "rating", "qualifiers", "reason", "note", "one_source_reason"})


def propose_check(*, claim: Claim, by: AbstractUser, at: datetime) -> FactCheck:
    """Say that a claim should be checked, by nobody in particular yet."""
    return FactCheck.objects.create(claim=claim, created_by_id=by.pk, created_at=at)


def open_check(
    *, claim: Claim, checker: AbstractUser, by: AbstractUser, at: datetime, due_at: datetime | None = None
) -> FactCheck:
    """Give a claim to a checker: the proposed check if there is one, else a new one; their own if they have it.

    :raises CannotCheck: when somebody else may not write checks, or may not know of the article.
    :raises DueInThePast: when it would be late at once.
    """
    refuse_past(due_at, at=at)
    if checker.pk != by.pk:
        refuse_unable(claim, checker)
    theirs = FactCheck.objects.filter(claim=claim, checker_id=checker.pk).still_open().first()
    if theirs is not None:
        return theirs
    state = CheckState.GATHERING if checker.pk == by.pk else CheckState.ASSIGNED
    proposed = FactCheck.objects.filter(claim=claim, checker=None, state=CheckState.PROPOSED).first()
    if proposed is not None:
        return proposed.change(seen=proposed.version, checker_id=checker.pk, state=state, due_at=due_at)
    return FactCheck.objects.create(
        claim=claim, checker_id=checker.pk, state=state, due_at=due_at, created_by_id=by.pk, created_at=at
    )


@transaction.atomic
def write_check(
    *, check: FactCheck, seen: int, by: AbstractUser, at: datetime, withdraw_approval: bool = False, **values: Any
) -> FactCheck:
    """Write the draft (:data:`DRAFT_FIELDS`) and note what it was written against: the words, the restatement,
    and what the desk says of the earlier claim that this one repeats.

    Whoever writes becomes an author and may not review. A check in review goes back to its draft, an approved one to
    review; the approvals it had were of another version.

    :param withdraw_approval: the word that an approved check may lose its approval.
    :raises Stale: when somebody changed it since version ``seen``.
    :raises LawBroken: by somebody who has reviewed it, in a state in which drafts are not written, with a rating that
        contradicts the verdict, or when the check is approved and its approval is not withdrawn, or it could not be
        sent to review anew.
    :raises TypeError: for a field that is not in :data:`DRAFT_FIELDS`.
    """
    unknown = set(values) - DRAFT_FIELDS
    if unknown:
        raise TypeError(f"not a field of a draft: {', '.join(sorted(unknown))}")
    if check.state not in WRITABLE:
        raise LawBroken(_("A published or withdrawn check is not rewritten. Publish a correction."), field="state")
    refuse_contradiction(values.get("verdict", check.verdict), values.get("rating", check.rating))
    if values.get("rating", check.rating) != check.rating:
        refuse_retired(values["rating"])
    refuse_wording_refuted_without_capture(check.claim, values.get("verdict", check.verdict))
    if check.reviews.filter(created_by_id=by.pk).exists():
        raise LawBroken(_("You decided on this draft, so somebody else writes to it."), field="reviewer")
    if check.state == CheckState.APPROVED and not withdraw_approval:
        raise LawBroken(
            _("This check is approved. To change it, say that its approval is withdrawn."), field="withdraw_approval"
        )
    claim = Claim.objects.select_related("article").get(pk=check.claim_id)
    was_approved = check.state == CheckState.APPROVED
    if was_approved:
        refuse_incomplete(values.get("verdict", check.verdict), values.get("reason", check.reason))
    written = check.change(
        seen=seen,
        **values,
        checker_id=check.checker_id or by.pk,
        authors=sorted({*check.authors, by.pk}),
        state=_state_after_writing(check, values),
        anchor_seen=_anchor_of(claim),
        claim_version_seen=claim.version,
        matched_seen=_said_of_the_same(claim),
        written_at=at,
    )
    if was_approved:
        refuse_unready(written)
    if written.state == CheckState.DRAFTED:
        end_when_all_have_drafted(claim, by=by, at=at)
    return written


def _state_after_writing(check: FactCheck, values: dict[str, Any]) -> str:
    complete = values.get("verdict", check.verdict) and values.get("reason", check.reason).strip()
    if complete and check.state == CheckState.APPROVED:
        return CheckState.IN_REVIEW
    return CheckState.DRAFTED if complete else CheckState.GATHERING


def _said_of_the_same(claim: Claim) -> DeskVerdict | None:
    """What the desk says of the earlier claim that this one repeats."""
    return DeskVerdict.objects.filter(claim=claim.same_as_id).order_by("-number").first() if claim.same_as_id else None


def _anchor_of(claim: Claim) -> Anchor:
    return CurrentAnchor.of(claim.span_id, claim.article.head_id)


def send_to_review(*, check: FactCheck, seen: int, by: AbstractUser, at: datetime) -> FactCheck:
    """Hand a draft to a second person.

    :raises Stale: when somebody changed it since version ``seen``.
    :raises LawBroken: when it is in review or over; while its claim is judged blind; or when it could not be published
        if the second person agreed, see :func:`~annotations.operations.checking.checklaws.refuse_unready`.
    """
    if check.state not in UNSENT:
        raise LawBroken(_("Only a drafted check goes to review."), field="state")
    refuse_unready(check)
    refuse_blind(check.claim)
    return check.change(seen=seen, state=CheckState.IN_REVIEW)


@transaction.atomic
def write_and_send(
    *, check: FactCheck, seen: int, by: AbstractUser, at: datetime, withdraw_approval: bool = False, **values: Any
) -> FactCheck:
    """Write the draft and hand it to a second person, as one act: where it cannot be sent, nothing is written.

    :raises Stale: when somebody changed it since version ``seen``.
    :raises LawBroken: for every reason of :func:`write_check` and :func:`send_to_review`.
    """
    written = write_check(check=check, seen=seen, by=by, at=at, withdraw_approval=withdraw_approval, **values)
    if written.state == CheckState.IN_REVIEW:
        return written
    return send_to_review(check=written, seen=written.version, by=by, at=at)


@transaction.atomic
def log_search(
    *, check: FactCheck, query: str, found: int, by: AbstractUser, at: datetime, sources: int | None = None
) -> FactCheck:
    """Note a search for evidence, so that “not enough evidence” can show where nobody found any.

    :param sources: in how many stored sources; in all that whoever searches may know of, unless given.
    """
    locked = FactCheck.objects.select_for_update().get(pk=check.pk)
    if sources is None:
        sources = visible_sources(by).count()
    entry = {"query": query, "found": found, "sources": sources, "by": by.pk, "at": at.isoformat()}
    return locked.change(seen=locked.version, search_log=[*locked.search_log, entry])


@transaction.atomic
def review_check(
    *, check: FactCheck, seen: int, decision: str, by: AbstractUser, at: datetime, reason: str = ""
) -> Review:
    """Approve a draft or return it with a reason. The check is approved when enough second persons agree.

    :raises Stale: when somebody changed it since version ``seen``.
    :raises LawBroken: when it is not in review, when the reviewer wrote to it, or when a return gives no reason.
    """
    locked = FactCheck.objects.select_for_update(of=("self",)).select_related("claim").get(pk=check.pk)
    if locked.version != seen:
        locked.change(seen=seen)
    if locked.state != CheckState.IN_REVIEW:
        raise LawBroken(_("Only a check in review is decided."), field="state")
    if by.pk in locked.authors:
        raise LawBroken(_("You wrote to this draft, so somebody else must review it."), field="reviewer")
    if decision == Decision.RETURN and not reason.strip():
        raise LawBroken(_("Say what is missing, so that it can be mended."), field="reason")
    if locked.reviews.filter(version_seen=seen, created_by_id=by.pk).exists():
        raise LawBroken(_("You have decided on this version."), field="reviewer")
    review = Review.objects.create(
        fact_check=locked,
        decision=decision,
        reason=reason,
        version_seen=seen,
        authors=locked.authors,
        created_by_id=by.pk,
        created_at=at,
    )
    _settle(locked, review)
    check.state, check.version = locked.state, locked.version
    return review


def return_to_draft(claim: Claim) -> None:
    """Send checks that are in review or approved back to their authors, because what they rest on has changed.

    Nobody may approve what nobody has written: the author looks at the change and sends the check again.
    """
    decided = FactCheck.objects.select_for_update().filter(
        claim=claim, state__in=[CheckState.IN_REVIEW, CheckState.APPROVED]
    )
    for check in decided:
        check.change(seen=check.version, state=CheckState.DRAFTED)


def approvals_needed(claim: Claim) -> int:
    """How many second persons must agree: two where a wrong verdict could do much harm."""
    return 2 if claim.risk == Risk.HIGH else 1


def _settle(check: FactCheck, review: Review) -> None:
    if review.decision == Decision.RETURN:
        check.change(seen=check.version, state=CheckState.DRAFTED)
        _tell(check.authors, "returned", check.claim, review.reason, at=review.created_at)
        return
    approvals = check.reviews.filter(decision=Decision.APPROVE, version_seen=check.version).count()
    if approvals >= approvals_needed(check.claim):
        check.change(seen=check.version, state=CheckState.APPROVED)
        _tell(check.authors, "approved", check.claim, review.reason, at=review.created_at)


def _tell(people: Sequence[int], kind: str, claim: Claim, text: str, *, at: datetime) -> None:
    Notice.objects.bulk_create(
        Notice(uid=uuid.uuid4(), person_id=person, kind=kind, claim=claim, text=text, created_at=at)
        for person in people
    )


@transaction.atomic
def publish_verdict(
    *,
    check: FactCheck,
    seen: int,
    by: AbstractUser,
    at: datetime,
    dissent: str = "",
    correction_note: str = "",
) -> DeskVerdict:
    """Make an approved check the desk's verdict. A later verdict on the same claim is a correction of the one before.

    :raises Stale: when somebody changed it since version ``seen``.
    :raises LawBroken: when the check is not approved, refutes a wording without the words spoken, rests on no capture
        or transcript, rests on one source without a reason, rates somebody who was not heard, corrects an earlier
        verdict without saying what, or when the verdict is held.
    """
    locked = (
        FactCheck.objects.select_for_update(of=("self",)).select_related("claim__speaker", "rating").get(pk=check.pk)
    )
    if locked.state != CheckState.APPROVED:
        raise LawBroken(_("Only an approved check is published."), field="state")
    refuse_wording_refuted_without_capture(locked.claim, locked.verdict)
    refuse_thin_ground(locked)
    # Of two who publish on one claim at once the second sees the first one's verdict, and corrects it.
    Claim.objects.select_for_update(no_key=True).get(pk=locked.claim_id)
    refuse_unheard(locked, at=at)
    if Hold.objects.standing().filter(span=locked.claim.span_id).exists():
        raise LawBroken(
            _("The verdict on this claim is held. Whoever stopped it has to let it go first."), field="state"
        )
    earlier = locked.claim.desk_verdicts.order_by("-number").first()
    if earlier is not None and not correction_note.strip():
        raise LawBroken(_("Say what this corrects and why; readers see it."), field="correction_note")
    assert locked.rating is not None  # a check without a rating does not pass into review
    verdict = DeskVerdict.objects.create(
        claim=locked.claim,
        number=earlier.number + 1 if earlier else 1,
        verdict=locked.verdict,
        rating=locked.rating,
        qualifiers=locked.qualifiers,
        reason=locked.reason,
        correction_of=earlier,
        correction_note=correction_note,
        dissent=dissent,
        created_by_id=by.pk,
        created_at=at,
    )
    RestingOn.objects.create(desk_verdict=verdict, fact_check=locked, version_seen=locked.version)
    for corrected in FactCheck.objects.filter(claim=locked.claim, state=CheckState.PUBLISHED):
        corrected.change(seen=corrected.version, state=CheckState.CORRECTED)
    locked.change(seen=seen, state=CheckState.PUBLISHED)
    check.state, check.version = locked.state, locked.version
    tell_hooks(event="verdict.published", noun=verdict.uid, at=at)
    return verdict


def withdraw_check(*, check: FactCheck, seen: int, by: AbstractUser, at: datetime) -> FactCheck:
    """Give up a check that is not published. It stays in the history.

    :raises Stale: when somebody changed it since version ``seen``.
    :raises LawBroken: when it is published; what readers saw is corrected, not withdrawn in silence.
    """
    if check.state in OVER:
        raise LawBroken(_("A published verdict is corrected, not withdrawn."), field="state")
    return check.change(seen=seen, state=CheckState.WITHDRAWN)
