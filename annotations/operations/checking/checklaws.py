"""What the rules of fact checking ask of a draft before a second person reads it, and before readers do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from annotations.models import CheckState, Claim, ClaimType, FactCheck, Rating, Verdict
from annotations.models.reply import asks_for_reply
from articles.models import Basis

# From each state to which: the database holds the same (0017_publishing_laws).
MOVES: Mapping[str, frozenset[str]] = {
    CheckState.PROPOSED: frozenset({"assigned", "gathering", "drafted", "withdrawn"}),
    CheckState.ASSIGNED: frozenset({"proposed", "gathering", "drafted", "withdrawn"}),
    CheckState.GATHERING: frozenset({"proposed", "assigned", "drafted", "withdrawn"}),
    CheckState.DRAFTED: frozenset({"gathering", "in_review", "withdrawn"}),
    CheckState.IN_REVIEW: frozenset({"gathering", "drafted", "approved", "withdrawn"}),
    CheckState.APPROVED: frozenset({"drafted", "in_review", "published", "withdrawn"}),
    CheckState.PUBLISHED: frozenset({"corrected", "withdrawn"}),
    CheckState.CORRECTED: frozenset(),
    CheckState.WITHDRAWN: frozenset(),
}


class LawBroken(Exception):
    """An act that the rules of fact checking do not allow; ``field`` is what stands in the way."""

    def __init__(self, message: str, *, field: str = "") -> None:
        self.field = field
        super().__init__(message)


def refuse_contradiction(verdict: str, rating: Rating | None) -> None:
    """A rating stands only for the verdicts that its scale names."""
    if verdict and rating is not None and verdict not in rating.verdicts:
        raise LawBroken(
            _("“%(rating)s” does not stand for “%(verdict)s”. Choose another rating or verdict.")
            % {"rating": rating.name, "verdict": Verdict(verdict).label},
            field="rating",
        )


def refuse_retired(rating: Rating | None) -> None:
    """A verdict is not given in words that the desk has given up."""
    if rating is not None and rating.retired_at is not None:
        raise LawBroken(
            _("“%(rating)s” is not given any more. Choose another rating.") % {"rating": rating.name}, field="rating"
        )


def refuse_wording_refuted_without_capture(claim: Claim, verdict: str) -> None:
    """Printed words are refuted only against a capture of the speaker's own, in the language spoken.

    The database holds the same; a variety of a language is that language.
    """
    if claim.claim_type != ClaimType.QUOTE_WORDING or verdict != Verdict.REFUTED:
        return
    spoken = _language(claim.quote.language) if claim.quote else ""
    verbatim = claim.evidence.attached().filter(snapshot__basis__in=[Basis.CAPTURE, Basis.TRANSCRIPT])
    languages = {_language(each) for each in verbatim.values_list("snapshot__source__language", flat=True)}
    if not spoken or spoken not in languages:
        raise LawBroken(
            _(
                "The wording of a quote is refuted only against a capture of the speaker’s words in the language "
                "spoken. Without one the verdict is “Not enough evidence”."
            ),
            field="verdict",
        )


def _language(tag: str) -> str:
    return tag.split("-")[0].lower()


def refuse_unready(check: FactCheck) -> None:
    """A second person is asked only when the checker has filled in what is theirs.

    The first that is missing is named: verdict, reason for readers, rating, evidence, a second publisher or the reason
    why one suffices. A capture in place of a paraphrase may follow from somebody else: it is asked for at publication.

    :raises LawBroken: at the field that is empty.
    """
    refuse_incomplete(check.verdict, check.reason)
    if check.rating is None:
        raise LawBroken(_("Choose the rating that readers will see."), field="rating")
    refuse_retired(check.rating)
    if not _is_grounded(check):
        raise LawBroken(
            _("Attach at least one passage, or give “Not enough evidence” after a search."), field="evidence"
        )
    _refuse_one_source(check)


def refuse_incomplete(verdict: str, reason: str) -> None:
    """A draft that somebody else reads says what the evidence says, and why."""
    if not verdict:
        raise LawBroken(_("Say what the evidence says before you send it to review."), field="verdict")
    if not reason.strip():
        raise LawBroken(_("Write the reason for readers before you send it to review."), field="reason")


def _is_grounded(check: FactCheck) -> bool:
    """At least one passage with a stance; or not enough evidence, with the searches that found nothing."""
    if check.verdict == Verdict.NOT_ENOUGH_EVIDENCE and check.search_log:
        return True
    return check.claim.evidence.attached().exists()


def refuse_thin_ground(check: FactCheck) -> None:
    """A published rating rests on the sources' own words, from two of them or with a reason why one suffices."""
    if check.verdict == Verdict.NOT_ENOUGH_EVIDENCE:
        return
    evidence = check.claim.evidence.attached()
    verbatim = evidence.filter(snapshot__basis__in=[Basis.CAPTURE, Basis.TRANSCRIPT])
    if not verbatim.exists():
        raise LawBroken(
            _("A published rating rests on a capture or a transcript. Notes and paraphrases only lead to one."),
            field="evidence",
        )
    _refuse_one_source(check)


def _refuse_one_source(check: FactCheck) -> None:
    if check.verdict == Verdict.NOT_ENOUGH_EVIDENCE:
        return
    evidence = check.claim.evidence.attached()
    publishers = set(evidence.values_list("snapshot__source__publisher", "snapshot__source"))
    if len({publisher or str(source) for publisher, source in publishers}) < 2 and not check.one_source_reason.strip():
        raise LawBroken(
            _("Two independent sources, or a reason why one primary record suffices."), field="one_source_reason"
        )


def refuse_unheard(check: FactCheck, *, at: datetime) -> None:
    """Whoever is named by a rating that asks for a reply has answered, let the deadline pass, or was not asked for a
    reason that is recorded.
    """
    if not asks_for_reply(check.claim, check.rating):
        return
    settled = ~Q(answer="") | ~Q(not_asked_reason="") | Q(deadline__lte=at)
    if not check.claim.replies.standing().filter(settled).exists():
        assert check.claim.speaker is not None  # or nobody would be asked
        raise LawBroken(
            _("Ask %(name)s for a reply, wait for the answer or the deadline, or record why nobody asks.")
            % {"name": check.claim.speaker.name},
            field="reply",
        )
