"""What happened to a claim, its evidence and its checks, newest first, in the words of the desk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _

from annotations.models import BlindRound, CheckState, Claim, Decision, DeskVerdict, Evidence, FactCheck, Review
from annotations.queries.checking.blind import judged_in
from annotations.queries.desk.history import Change, changes_of
from articles.models import Origin

if TYPE_CHECKING:
    from annotations.queries.checking.claimpage import ClaimPage

LONGEST = 40
CLAIM, EVIDENCE, CHECK, ROUND = range(4)
CLAIM_FIELDS = (
    "canonical",
    "claimant_kind",
    "speaker_id",
    "claim_date",
    "date_basis",
    "date_note",
    "claim_type",
    "checkable",
    "checkable_reason",
    "priority",
    "risk",
    "risk_reason",
    "same_as_id",
    "note",
    "retracted_at",
)
CHECK_FIELDS = ("state", "verdict", "rating_id", "reason", "qualifiers", "checker_id")
_ICONS: dict[str, str] = {
    CheckState.ASSIGNED: "assign",
    CheckState.GATHERING: "source",
    CheckState.DRAFTED: "note",
    CheckState.IN_REVIEW: "person",
    CheckState.WITHDRAWN: "back",
}


class Place(NamedTuple):
    """Where an entry stands among those of one moment: ``kind`` 0 is the claim, 1 evidence, 2 checks,
    3 blind rounds.

    ``key`` is that of the thing it happened to. ``step`` counts in half versions: a thing is made at 0, what rests on
    version n (a review, a publication) is 2n, the change that ends version n is 2n + 1.
    """

    kind: int
    key: int
    step: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: a sign, who did what, when, and a detail (before and after, or a reason)."""

    icon: str
    text: str
    at: datetime
    place: Place
    detail: str = ""
    before: str = ""
    after: str = ""


def history_of(page: ClaimPage) -> list[Entry]:
    """At most :data:`LONGEST` entries, newest first."""
    entries = [
        *_beginning(page.claim),
        *_claim_changes(page.claim),
        *_evidence(page.every_evidence),
        *_checks(page.every_check),
        *_rounds(page.rounds, page.every_check),
        *_reviews(review for check in page.every_check for review in check.reviews.all()),
        *_published(page.published),
    ]
    return _in_order(entries)[::-1][:LONGEST]


def _in_order(entries: Iterable[Entry]) -> list[Entry]:
    """By moment; nothing stands before what it followed from, whatever two clocks say, and of one moment the cause
    stands first."""
    latest: dict[tuple[int, int], datetime] = {}
    moments: list[tuple[datetime, Entry]] = []
    begun: datetime | None = None
    for entry in sorted(entries, key=lambda entry: entry.place):
        begun = begun or entry.at
        moment = max(entry.at, latest.get(entry.place[:2], begun))
        latest[entry.place[:2]] = moment
        moments.append((moment, entry))
    return [entry for _moment, entry in sorted(moments, key=lambda pair: (pair[0], pair[1].place))]


def _made(kind: int, noun: Any) -> Place:
    return Place(kind, noun.pk)


def _changed(kind: int, change: Change) -> Place:
    return Place(kind, change.noun.pk, 2 * change.seen + 1)


def _beginning(claim: Any) -> Iterable[Entry]:
    if claim.origin == Origin.HUMAN:
        yield Entry(
            "plus", _("%(who)s marked the claim") % {"who": claim.created_by}, claim.created_at, _made(CLAIM, claim)
        )
        return
    proposer = {"who": claim.proposer, "version": claim.proposer_version}
    yield Entry(
        "job", _("Proposed by %(who)s %(version)s") % proposer, claim.created_at, _made(CLAIM, claim), claim.rule
    )


def _claim_changes(claim: Any) -> Iterable[Entry]:
    for change in changes_of([claim], CLAIM_FIELDS):
        place = _changed(CLAIM, change)
        if change.of("retracted_at"):
            yield Entry(
                "lost", _("%(who)s retracted the claim") % _who(change), change.at, place, claim.retraction_reason
            )
            continue
        restated = change.of("canonical")
        if restated:
            text = _("%(who)s changed the restatement") % _who(change)
            yield Entry("note", text, change.at, place, before=restated.before, after=restated.after)
            continue
        names = ", ".join(str(_name_of(each.field)) for each in change.fields)
        yield Entry("note", _("%(who)s changed: %(fields)s") % {**_who(change), "fields": names}, change.at, place)


def _name_of(field: str) -> Any:
    return Claim._meta.get_field(field.removesuffix("_id")).verbose_name  # type: ignore[union-attr]


def _who(change: Change) -> dict[str, Any]:
    return {"who": change.who or _("The desk")}


def _evidence(evidence: Iterable[Evidence]) -> Iterable[Entry]:
    found = list(evidence)
    for each in found:
        values = {"who": each.created_by, "source": each.snapshot.source}
        yield Entry(
            "source",
            _("%(who)s attached %(source)s") % values,
            each.created_at,
            _made(EVIDENCE, each),
            _how_found(each),
        )
    for change in changes_of(found, ("stance", "detached_at")):
        values, place = {**_who(change), "source": change.noun.snapshot.source}, _changed(EVIDENCE, change)
        if change.of("detached_at"):
            yield Entry("back", _("%(who)s detached %(source)s") % values, change.at, place)
        else:
            yield Entry("source", _("%(who)s changed what %(source)s says to the claim") % values, change.at, place)


def _how_found(evidence: Evidence) -> str:
    if not evidence.found_query:
        return ""
    found = {"query": evidence.found_query, "rank": evidence.found_rank or "–"}
    return _("found with “%(query)s”, place %(rank)s") % found


def _checks(checks: Iterable[FactCheck]) -> Iterable[Entry]:
    found = list(checks)
    for check in found:
        who = {"who": check.checker or check.created_by}
        yield Entry("assign", _("%(who)s began a check") % who, check.created_at, _made(CHECK, check))
    for change in changes_of(found, CHECK_FIELDS):
        state = change.of("state")
        values, place = {"who": change.who or change.noun.checker or _("The desk")}, _changed(CHECK, change)
        if state is None:
            yield Entry("note", _("%(who)s rewrote the draft") % values, change.at, place)
        elif state.after not in {CheckState.APPROVED, CheckState.PUBLISHED}:
            moved = {**values, "state": CheckState(state.after).label}
            yield Entry(
                _ICONS.get(state.after, "note"), _("%(who)s moved the check: %(state)s") % moved, change.at, place
            )


def _rounds(rounds: Sequence[BlindRound], checks: Sequence[FactCheck]) -> Iterable[Entry]:
    """What was drafted apart is told where the round is over."""
    judged = judged_in(rounds, checks)
    for each in rounds:
        begun = _("%(who)s had the claim judged blind") % {"who": each.created_by}
        yield Entry("both", begun, each.created_at, _made(ROUND, each))
        if each.ended_at is None:
            continue
        drafts = judged.get(each.pk, [])
        apart = _("%(number)s checkers judged apart, and all see it now") % {"number": len(drafts)}
        ended = apart if len(drafts) > 1 else _("%(who)s ended the blind round") % {"who": each.ended_by}
        detail = " · ".join(f"{draft.checker}: {draft.judgement}" for draft in drafts)
        yield Entry("open", ended, each.ended_at, Place(ROUND, each.pk, 1), detail)


def _reviews(reviews: Iterable[Review]) -> Iterable[Entry]:
    for review in reviews:
        approved = review.decision == Decision.APPROVE
        text = _("%(who)s agreed") if approved else _("%(who)s returned the draft")
        said, place = text % {"who": review.created_by}, Place(CHECK, review.fact_check_id, 2 * review.version_seen)
        yield Entry("both" if approved else "back", said, review.created_at, place, review.reason)


def _published(verdicts: Iterable[DeskVerdict]) -> Iterable[Entry]:
    for verdict in verdicts:
        text = _("%(who)s published: %(rating)s") if verdict.number == 1 else _("%(who)s corrected: %(rating)s")
        said = text % {"who": verdict.created_by, "rating": verdict.rating}
        ground = max(verdict.rests_on.all(), key=lambda ground: ground.version_seen)
        place = Place(CHECK, ground.fact_check_id, 2 * ground.version_seen)
        yield Entry("archive", said, verdict.created_at, place, verdict.correction_note)
