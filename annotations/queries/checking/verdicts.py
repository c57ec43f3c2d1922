"""What verdict a claim shows, decided in one place: the desk's own, else the furthest check's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, TextChoices
from django.db.models.functions import StrIndex
from django.utils.translation import gettext_lazy as _

from annotations.models import (
    Checkable,
    CheckState,
    Claim,
    DeskVerdict,
    Evidence,
    FactCheck,
    LaterSource,
    Qualifier,
    RestingOn,
    Verdict,
)
from annotations.permissions import is_drafted_blind
from articles.models import Access, AnchorState, CurrentAnchor, Hold, Snapshot
from articles.models.statement import written_once

TONES: dict[str, str] = {
    Verdict.SUPPORTED: "supported",
    Verdict.REFUTED: "refuted",
    Verdict.CONFLICTING: "conflicting",
    Verdict.NOT_ENOUGH_EVIDENCE: "lacking",
}
OPEN, NOT_CHECKABLE = "open", "none"

# How far a check has come, furthest last. A withdrawn check shows nothing.
_PROGRESS = (
    CheckState.PROPOSED,
    CheckState.ASSIGNED,
    CheckState.GATHERING,
    CheckState.DRAFTED,
    CheckState.IN_REVIEW,
    CheckState.APPROVED,
    CheckState.CORRECTED,
    CheckState.PUBLISHED,
)


_PUBLISHED = frozenset({CheckState.PUBLISHED, CheckState.CORRECTED})
_APPROVED = _PUBLISHED | {CheckState.APPROVED}


class Staleness(TextChoices):
    """What changed since a verdict was written."""

    WORDS = "words", _("The marked words have changed since the verdict.")
    PLACE = "place", _("Somebody must confirm where the marked words stand now.")
    RESTATEMENT = "restatement", _("The claim has been changed since the verdict.")
    SNAPSHOT = "snapshot", _("A source it rests on says something else now where it was quoted.")
    MATCH = "match", _("The verdict on the earlier claim that it repeats has changed.")
    LATER = "later", _("A source that was stored later shares its telling words.")
    EVIDENCE = "evidence", _("Evidence has been added or taken off since the verdict.")
    HELD = "held", _("The article is held: readers get a notice in its place.")


# What is in front of readers. A restatement counts where its words differ, not where only its priority was changed.
TOLD_TO_READERS = frozenset({Staleness.WORDS, Staleness.PLACE})


@dataclass(frozen=True, slots=True)
class ShownVerdict:
    """The verdict a claim shows.

    :ivar tone: the class of its glyph: supported, refuted, conflicting, lacking, open (no verdict) or none (not
        checkable).
    :ivar verdict: a value of :class:`~annotations.models.Verdict`, or empty.
    :ivar rating: the words readers see, or empty.
    :ivar state: of the check it comes from, or of the furthest check while there is no verdict; empty without one.
    :ivar is_desk: whether the desk has said it, not one checker alone.
    :ivar stale: what has changed since; empty while it stands as written.
    :ivar given_on: the words of the article it was given on; empty while they stand.
    :ivar given_as: the restatement it was given on; empty while that stands.
    :ivar is_read: as readers are told, who hear of changed words and of nothing the desk is working on.
    """

    tone: str
    verdict: str = ""
    rating: str = ""
    qualifiers: tuple[str, ...] = ()
    state: str = ""
    is_desk: bool = False
    stale: tuple[Staleness, ...] = ()
    given_on: str = ""
    given_as: str = ""
    is_read: bool = False

    @property
    def is_approved(self) -> bool:
        """Whether the verdict is more than a draft: approved by others, or out."""
        return bool(self.verdict) and (self.is_desk or self.state in _APPROVED)


def as_read(shown: ShownVerdict) -> ShownVerdict:
    """A verdict as readers see it: what the desk has said stands until it says something else.

    Where the words it was given on have changed they are told so. What the desk gathers meanwhile is its own.
    """
    if not shown.is_desk:
        return ShownVerdict(OPEN, is_read=True)
    told = tuple(
        reason
        for reason in shown.stale
        if reason in TOLD_TO_READERS or (reason == Staleness.RESTATEMENT and shown.given_as)
    )
    return replace(shown, stale=told, is_read=True)


def qualifiers_beside(rating: str, qualifiers: Iterable[str]) -> str:
    """The qualifiers of a verdict in words, without those that the rating's own name holds already."""
    return ", ".join(str(Qualifier(each).label) for each in qualifiers if each not in rating.lower())


@dataclass(frozen=True, slots=True)
class _Changed:
    """What changed since a check was written, and the words and the restatement it was written on, if they did."""

    reasons: frozenset[Staleness] = frozenset()
    words: str = ""
    restatement: str = ""


@dataclass(frozen=True, slots=True)
class _Check:
    """A live check as it is shown, and what changed since it was written."""

    pk: int
    state: str
    verdict: str
    rating: str
    qualifiers: tuple[str, ...]
    changed: _Changed


def verdicts_of(claim_ids: Collection[int]) -> dict[int, ShownVerdict]:
    """The shown verdict of every claim in ``claim_ids`` that exists, in at most four queries.

    The newest verdict of the desk; else that of the furthest live check which has one
    (approved, in review, drafted, gathering).
    """
    return verdicts_for(dict(_checkable(list(claim_ids))) if claim_ids else {})


@written_once
def _checkable(claims: list[int]) -> QuerySet[Claim, tuple[int, str]]:
    return Claim.objects.filter(pk__among=claims).values_list("pk", "checkable")


def gone_stale(claims: Mapping[int, Any]) -> dict[int, ShownVerdict]:
    """Of claims, given by their keys, the shown verdicts that went stale."""
    shown = verdicts_for({key: claim.checkable for key, claim in claims.items()})
    return {key: verdict for key, verdict in shown.items() if verdict.stale}


def stale_checks(checks: Collection[int]) -> dict[int, tuple[Staleness, ...]]:
    """Which of some checks with a verdict went stale, and why; one query."""
    changed = _changes_since(list(checks))
    return {check: _in_order(each.reasons) for check, each in changed.items() if each.reasons}


def verdicts_for(checkable: Mapping[int, str]) -> dict[int, ShownVerdict]:
    """As :func:`verdicts_of`, for who knows already how checkable each claim is; one query less."""
    checks = _checks_by_claim(checkable) if checkable else {}
    published = [claim for claim, found in checks.items() if any(check.state in _PUBLISHED for check in found)]
    desk = {verdict.claim_id: verdict for verdict in _newest_desk_verdicts(published)} if published else {}
    return {
        claim: _of_the_desk(desk[claim], checks[claim])
        if claim in desk
        else _of_a_checker(checks.get(claim, ()), answer)
        for claim, answer in checkable.items()
    }


def _newest_desk_verdicts(claims: Collection[int]) -> QuerySet[Any]:
    newest = DeskVerdict.objects.filter(claim__in=claims).order_by("claim_id", "-number").distinct("claim_id")
    later = Evidence.objects.filter(
        Q(created_at__gt=OuterRef("created_at")) | Q(detached_at__gt=OuterRef("created_at")), claim=OuterRef("claim")
    )
    grounds = RestingOn.objects.filter(desk_verdict=OuterRef("pk")).values("fact_check_id")
    return newest.select_related("rating").annotate(
        evidence_has_changed=Exists(later), grounds=ArraySubquery(grounds.order_by("pk"))
    )


def _checks_by_claim(claims: Collection[int]) -> dict[int, list[_Check]]:
    """Live checks by claim, furthest first, each with what it saw and how that stands now.

    What was drafted blind is nobody's to see as a claim's verdict while the round lasts.
    """
    rows = _check_rows(list(claims))
    changed = _changes_since([row[0] for row in rows if row[3]])
    by_claim: dict[int, list[_Check]] = defaultdict(list)
    for pk, claim, state, verdict, rating, qualifiers in rows:
        by_claim[claim].append(_Check(pk, state, verdict, rating or "", tuple(qualifiers), changed.get(pk, _Changed())))
    for checks in by_claim.values():
        checks.sort(key=lambda check: (_PROGRESS.index(CheckState(check.state)), check.pk), reverse=True)
    return by_claim


@written_once
def _check_rows(claims: list[int]) -> QuerySet[FactCheck, Any]:
    live = FactCheck.objects.filter(~is_drafted_blind(), claim__pk__among=claims).exclude(state=CheckState.WITHDRAWN)
    return live.values_list("pk", "claim_id", "state", "verdict", "rating__name", "qualifiers")


def _changes_since(checks: Collection[int]) -> dict[int, _Changed]:
    """What changed since each check was written, by what it says it saw."""
    if not checks:
        return {}
    return {
        pk: _Changed(
            reasons=frozenset(_staleness(words_seen, words_now, *places)),
            words=_unless_now(words_seen, words_now),
            restatement=_unless_now(restated_then, restated_now),
        )
        for pk, restated_then, restated_now, words_seen, words_now, *places in _seen_and_now(list(checks))
    }


def _unless_now(seen: str | None, now: str | None) -> str:
    """What was seen, where it is known and no longer what stands."""
    return seen if seen is not None and seen != now else ""


@written_once
def _seen_and_now(checks: list[int]) -> QuerySet[FactCheck, Any]:
    standing = CurrentAnchor.objects.filter(
        span=OuterRef("claim__span"), revision=OuterRef("claim__article__head")
    ).order_by()
    newest = Snapshot.objects.filter(source=OuterRef("source"), number__gt=OuterRef("number"))
    # The newest text of its source, where that no longer has the passage.
    without = (
        Snapshot.objects.filter(~Exists(newest), source=OuterRef("snapshot__source"))
        .filter(number__gt=OuterRef("snapshot__number"))
        .annotate(stands_at=StrIndex("text", OuterRef("excerpt")))
        .filter(stands_at=0)
    )
    recaptured = Evidence.objects.attached().filter(Exists(without), claim=OuterRef("claim"))
    said = DeskVerdict.objects.filter(claim=OuterRef("claim__same_as")).order_by("-number").values("pk")[:1]
    later = LaterSource.objects.filter(
        claim=OuterRef("claim"),
        aside_at=None,
        created_at__gt=OuterRef("written_at"),
        snapshot__source__access=Access.DESK,
    )
    events: Any = Claim._meta.get_field("events").related_model
    restated = events.objects.filter(pgh_obj=OuterRef("claim"), version=OuterRef("claim_version_seen"))
    return FactCheck.objects.filter(pk__among=checks).values_list(
        "pk",
        Subquery(restated.order_by("pgh_id").values("canonical")[:1]),
        "claim__canonical",
        "anchor_seen__exact",
        # Words without a place are kept as they were last; they stand in the text no more.
        Subquery(standing.exclude(anchor__state=AnchorState.ORPHANED).values("anchor__exact")),
        Subquery(standing.values("anchor__state")),
        "claim_version_seen",
        "claim__version",
        Exists(recaptured),
        "written_at",
        "matched_seen",
        Subquery(said),
        Exists(later),
        Exists(Hold.objects.standing().of_articles().filter(article=OuterRef("claim__article"))),
    )


def _staleness(
    words_seen: str | None,
    words_now: str | None,
    place_now: str | None,
    version_seen: int | None,
    version_now: int,
    was_recaptured: bool,
    written_at: datetime | None,
    matched_seen: int | None,
    matched_now: int | None,
    has_later: bool,
    is_held: bool,
) -> Iterator[Staleness]:
    if words_seen is not None and words_now != words_seen:
        yield Staleness.WORDS
    if place_now == AnchorState.NEEDS_REVIEW:
        yield Staleness.PLACE
    if version_seen is not None and version_now != version_seen:
        yield Staleness.RESTATEMENT
    if was_recaptured:
        yield Staleness.SNAPSHOT
    # What was written before that was noted saw nobody knows what.
    if written_at is not None and matched_now != matched_seen:
        yield Staleness.MATCH
    if has_later:
        yield Staleness.LATER
    if is_held:
        yield Staleness.HELD


def _in_order(found: Collection[Staleness]) -> tuple[Staleness, ...]:
    return tuple(reason for reason in Staleness if reason in found)


def _of_the_desk(verdict: Any, checks: Iterable[_Check]) -> ShownVerdict:
    grounds = [check for check in checks if check.pk in verdict.grounds]
    changed = {reason for check in grounds for reason in check.changed.reasons}
    if verdict.evidence_has_changed:
        changed.add(Staleness.EVIDENCE)
    return ShownVerdict(
        tone=TONES[verdict.verdict],
        verdict=verdict.verdict,
        rating=verdict.rating.name,
        qualifiers=tuple(verdict.qualifiers),
        state=grounds[0].state if grounds else CheckState.PUBLISHED,
        is_desk=True,
        stale=_in_order(changed),
        given_on=next((check.changed.words for check in grounds), ""),
        given_as=next((check.changed.restatement for check in grounds), ""),
    )


def _of_a_checker(checks: Sequence[_Check], checkable: str) -> ShownVerdict:
    check = next((check for check in checks if check.verdict), None)
    if check is None:
        tone = NOT_CHECKABLE if checkable == Checkable.NO else OPEN
        return ShownVerdict(tone=tone, state=checks[0].state if checks else "")
    return ShownVerdict(
        tone=TONES[check.verdict],
        verdict=check.verdict,
        rating=check.rating,
        qualifiers=check.qualifiers,
        state=check.state,
        stale=_in_order(check.changed.reasons),
        given_on=check.changed.words,
        given_as=check.changed.restatement,
    )
