"""The checks of a claim beside each other: how far each has come, and what it lacks before it is published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from annotations.models import CheckState, Claim, Decision, FactCheck, Review, Risk, Verdict
from annotations.models.factcheck import OVER
from annotations.models.reply import asks_for_reply
from annotations.permissions import visible_fact_checks
from annotations.queries.checking.claimevidence import Attached
from annotations.queries.checking.replies import ShownReply, is_heard
from annotations.queries.checking.verdicts import TONES
from annotations.queries.checking.wording import is_about_missing_words, sources_searched

if TYPE_CHECKING:
    from articles.permissions import Person

# Filled ticks of the seven, as far as a check has come.
STEPS: dict[str, int] = {
    CheckState.PROPOSED: 1,
    CheckState.ASSIGNED: 2,
    CheckState.GATHERING: 3,
    CheckState.DRAFTED: 4,
    CheckState.IN_REVIEW: 5,
    CheckState.APPROVED: 6,
    CheckState.PUBLISHED: 7,
    CheckState.CORRECTED: 7,
    CheckState.WITHDRAWN: 0,
}


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that must hold before a verdict is published."""

    text: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class ReadDraft:
    """A review with the draft it is of.

    :ivar draft: 1 for the draft that was reviewed first, 2 for the next one that anybody reviewed.
    :ivar stands: whether that draft is the one that stands now.
    """

    review: Review
    draft: int
    stands: bool


@dataclass(frozen=True, slots=True)
class CheckCard:
    """A checker's verdict with the reviews it got. ``approvals`` count for the version that stands."""

    check: FactCheck
    tone: str
    reviews: tuple[ReadDraft, ...]
    approvals: int
    needed: int
    decided: bool
    requirements: tuple[Requirement, ...]

    @property
    def not_found_in(self) -> int:
        """In how many stored sources the wording of a quote was not found; 0 where that is not what it says."""
        return wording_not_found_in(self.check)

    @property
    def missing_of_draft(self) -> tuple[Requirement, ...]:
        """What would keep this verdict from being published although second persons agree."""
        return tuple(each for each in self.requirements[:-1] if not each.is_met)

    @property
    def missing(self) -> tuple[Requirement, ...]:
        """What must still be done before this verdict is published."""
        return tuple(each for each in self.requirements if not each.is_met)


def wording_not_found_in(check: FactCheck) -> int:
    """In how many stored sources the words of a quote were looked for and not found, by the last search logged."""
    is_missing = is_about_missing_words(check.claim.claim_type, check.verdict)
    return sources_searched(check.search_log) if is_missing else 0


def known_checks(claim: Any, person: Person) -> list[FactCheck]:
    """Every check of a claim that the person may know of, with all that its page tells of it."""
    checks = (
        visible_fact_checks(person)
        .filter(claim=claim)
        .select_related("checker", "created_by", "rating", "anchor_seen")
        .prefetch_related("reviews__created_by")
        .order_by("created_at", "pk")
    )
    for check in checks:
        check.claim = claim
    return list(checks)


def cards_of(
    checks: Iterable[FactCheck],
    claim: Any,
    person: Person,
    attached: Sequence[Attached],
    replies: Sequence[ShownReply] = (),
) -> list[CheckCard]:
    """The checks that were not withdrawn, beside each other."""
    needed = 2 if claim.risk == Risk.HIGH else 1
    live = (check for check in checks if check.state != CheckState.WITHDRAWN)
    return [_card(check, needed, attached, replies, person) for check in live]


def _card(
    check: FactCheck, needed: int, attached: Sequence[Attached], replies: Sequence[ShownReply], person: Person
) -> CheckCard:
    reviews = tuple(check.reviews.all())
    standing = [review for review in reviews if review.version_seen == check.version]
    approved = [review for review in reviews if review.decision == Decision.APPROVE]
    # Approval itself raises the version, so an approved check counts the reviews of the version before.
    settled = check.state in {CheckState.APPROVED, CheckState.PUBLISHED, CheckState.CORRECTED}
    approvals = needed if settled else sum(review in standing for review in approved)
    return CheckCard(
        check=check,
        tone=TONES.get(check.verdict, "open"),
        reviews=_drafts_read(reviews, check, is_settled=settled),
        approvals=approvals,
        needed=needed,
        decided=any(review.created_by_id == person.pk for review in standing),
        requirements=_requirements(check, attached, replies, approvals, needed),
    )


def _drafts_read(reviews: Sequence[Review], check: FactCheck, *, is_settled: bool) -> tuple[ReadDraft, ...]:
    drafts = sorted({review.version_seen for review in reviews})
    standing = drafts[-1] if is_settled and drafts else check.version
    return tuple(
        ReadDraft(review, drafts.index(review.version_seen) + 1, review.version_seen == standing) for review in reviews
    )


def _requirements(
    check: FactCheck, attached: Sequence[Attached], replies: Sequence[ShownReply], approvals: int, needed: int
) -> tuple[Requirement, ...]:
    """What the laws of publishing ask of this check, in the words of the desk."""
    reviewers = Requirement(
        _("Second persons who agree: %(approvals)s of %(needed)s") % {"approvals": approvals, "needed": needed},
        approvals >= needed,
    )
    return (*_requirements_of_draft(check, attached), *_requirement_of_reply(check, replies), reviewers)


def _requirement_of_reply(check: FactCheck, replies: Sequence[ShownReply]) -> tuple[Requirement, ...]:
    """Where the rating is one that somebody named is heard about."""
    if not asks_for_reply(check.claim, check.rating):
        return ()
    whom = {"name": check.claim.speaker.name if check.claim.speaker else ""}
    text = _("A reply of %(name)s, a deadline that has passed, or the reason why nobody asked") % whom
    return (Requirement(text, is_heard(replies)),)


def _requirements_of_draft(check: FactCheck, attached: Sequence[Attached]) -> tuple[Requirement, ...]:
    """What a checker fulfils before a second person is asked."""
    reason = Requirement(_("A rating, and a reason written for readers"), bool(check.rating_id and check.reason))
    if check.verdict == Verdict.NOT_ENOUGH_EVIDENCE:
        searched = Requirement(
            _("A logged search of the stored sources, or a passage"), bool(check.search_log or attached)
        )
        return searched, reason
    return *_requirements_of_ground(check.one_source_reason, attached), reason


def _requirements_of_ground(one_source_reason: str, attached: Sequence[Attached]) -> tuple[Requirement, ...]:
    publishers = {each.evidence.snapshot.source.publisher or each.evidence.snapshot.source_id for each in attached}
    return (
        Requirement(_("A passage with its stance and its place"), bool(attached)),
        Requirement(
            _("A capture or a transcript, not only paraphrases and notes"),
            any(each.evidence.snapshot.is_verbatim for each in attached),
        ),
        Requirement(
            _("Two independent sources, or the reason why one suffices"),
            len(publishers) > 1 or bool(one_source_reason.strip()),
        ),
    )


def missing_to_send(check: FactCheck | None, attached: Sequence[Attached]) -> tuple[Requirement, ...]:
    """What the evidence lacks for a draft to be published. What the form itself asks for, it says by itself."""
    if check is not None and check.verdict == Verdict.NOT_ENOUGH_EVIDENCE:
        return () if check.search_log or attached else _requirements_of_draft(check, attached)[:1]
    ground = _requirements_of_ground(check.one_source_reason if check else "", attached)
    return tuple(each for each in ground if not each.is_met)


def own_among(checks: Iterable[FactCheck], person: Person) -> FactCheck | None:
    """As :func:`own_check`, of checks that are known already."""
    return next((check for check in checks if check.checker_id == person.pk and check.state not in OVER), None)


def own_check(claim: Claim, person: Person) -> FactCheck | None:
    """The open check that this person is the checker of; what was published is corrected by a new one."""
    theirs = FactCheck.objects.filter(claim=claim, checker_id=person.pk).still_open()
    return theirs.select_related("rating").first()
