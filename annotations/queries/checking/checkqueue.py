"""The desk's queue of checks: who has what, until when, what came back, what went stale; the most urgent first.

Ranked by the time that is left (late, within a day, within a week, later or never), and then by priority times reach:
in how many pieces the claim appears, and how many outlets printed them, as far as the desk knows.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    Count,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.models import CheckState, Decision, FactCheck, HandOver, Review
from annotations.models.factcheck import OVER
from annotations.permissions import visible_claims, visible_desk_verdicts, visible_fact_checks
from annotations.queries.checking.verdicts import Staleness, gone_stale, stale_checks
from annotations.queries.desk.articles import live_claims
from annotations.queries.desk.waiting import claim_labels

MOST_LISTED = 100
# How many of the newest verdicts of the desk, and of the newest drafts, are looked at for staleness.
VERDICTS_WATCHED = 200
SOON, THIS_WEEK = timedelta(days=1), timedelta(days=7)

WHOSE: dict[str, Promise] = {"mine": _("Mine"), "unassigned": _("Nobody’s"), "all": _("Everybody’s")}
WHAT: dict[str, Promise] = {
    "open": _("All that is open"),
    "late": _("Late"),
    "soon": _("Due within a day"),
    "returned": _("Returned"),
    "review": _("In review"),
    "stale": _("Gone stale"),
}


@dataclass(frozen=True, slots=True)
class QueuedCheck:
    """A check of the queue.

    :ivar label: of its claim, ``C3``.
    :ivar reach: in how many pieces the claim appears, and how many outlets printed them, together.
    :ivar is_returned: a reviewer sent the draft back.
    :ivar stale: what changed since the draft was written; empty where nothing did, or there is none.
    :ivar handed: the hand-over that its checker has not acknowledged yet.
    """

    check: Any
    label: str
    reach: int
    is_late: bool
    is_returned: bool
    stale: Sequence[Staleness]
    handed: HandOver | None


@dataclass(frozen=True, slots=True)
class StaleClaim:
    """A claim whose verdict, of the desk or drafted, was given on other ground than there is now."""

    claim: Any
    label: str
    rating: str
    reasons: Sequence[Staleness]


@dataclass(frozen=True, slots=True)
class CheckQueue:
    """``is_cut`` where there is more than is shown."""

    checks: list[QueuedCheck]
    stale: list[StaleClaim]
    is_cut: bool

    def __len__(self) -> int:
        return len(self.checks) + len(self.stale)


@dataclass(frozen=True, slots=True)
class CheckCounts:
    """How many checks are open on the desk, as far as the person may know of them."""

    open: int
    mine: int
    unassigned: int
    late: int
    soon: int
    returned: int
    review: int


def check_counts(person: AbstractUser, *, now: datetime) -> CheckCounts:
    """One query, however many there are."""
    found = _open_checks(person).aggregate(
        open=Count("pk"),
        mine=Count("pk", filter=Q(checker_id=person.pk)),
        unassigned=Count("pk", filter=Q(checker=None)),
        late=Count("pk", filter=Q(due_at__lt=now)),
        soon=Count("pk", filter=Q(due_at__gte=now, due_at__lt=now + SOON)),
        returned=Count("pk", filter=_returned()),
        review=Count("pk", filter=Q(state=CheckState.IN_REVIEW)),
    )
    return CheckCounts(**found)


def queue_of_checks(person: AbstractUser, *, whose: str, what: str, now: datetime) -> CheckQueue:
    """What is open on the desk, the most urgent first.

    :param whose: a key of :data:`WHOSE`.
    :param what: a key of :data:`WHAT`; of ``stale`` verdicts, not checks.
    """
    if what == "stale":
        return CheckQueue([], stale_claims(person, whose=whose), is_cut=False)
    checks = _ranked(_narrowed(_open_checks(person), person, whose=whose, what=what, now=now), person, now)
    found = list(checks[: MOST_LISTED + 1])
    shown = found[:MOST_LISTED]
    labels, handed = claim_labels({check.claim.article_id for check in shown}), _unacknowledged(shown)
    stale = stale_checks([check.pk for check in shown if check.verdict])
    rows = [
        QueuedCheck(
            check=check,
            label=labels[check.claim_id],
            reach=check.reach,
            is_late=check.due_at is not None and check.due_at < now,
            is_returned=check.state == CheckState.DRAFTED and check.newest_decision == Decision.RETURN,
            stale=stale.get(check.pk, ()),
            handed=handed.get(check.pk),
        )
        for check in shown
    ]
    return CheckQueue(rows, [], is_cut=len(found) > MOST_LISTED)


def _open_checks(person: AbstractUser) -> Any:
    newest = Review.objects.filter(fact_check=OuterRef("pk")).order_by("-created_at", "-pk")
    checks = FactCheck.objects.still_open().filter(
        pk__in=visible_fact_checks(person).values("pk"), claim__retracted_at=None
    )
    return checks.annotate(newest_decision=Coalesce(Subquery(newest.values("decision")[:1]), Value("")))


def _returned() -> Q:
    return Q(state=CheckState.DRAFTED, newest_decision=Decision.RETURN)


def _narrowed(checks: QuerySet[Any], person: AbstractUser, *, whose: str, what: str, now: datetime) -> Any:
    by_person = {"mine": Q(checker_id=person.pk), "unassigned": Q(checker=None)}
    by_kind = {
        "late": Q(due_at__lt=now),
        "soon": Q(due_at__gte=now, due_at__lt=now + SOON),
        "returned": _returned(),
        "review": Q(state=CheckState.IN_REVIEW),
    }
    return checks.filter(by_person.get(whose, Q()), by_kind.get(what, Q()))


def _ranked(checks: QuerySet[Any], person: AbstractUser, now: datetime) -> Any:
    time_left = Case(
        When(due_at__lt=now, then=Value(0)),
        When(due_at__lt=now + SOON, then=Value(1)),
        When(due_at__lt=now + THIS_WEEK, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return (
        checks.annotate(first=Coalesce("claim__same_as", "claim"))
        .annotate(reach=_reach(person), time_left=time_left)
        .annotate(weight=F("claim__priority") * F("reach"))
        .select_related("claim__article__head", "claim__speaker", "checker")
        .defer("claim__article__head__text", "claim__article__head__blocks", "claim__article__head__removed")
        .order_by("time_left", "-weight", F("due_at").asc(nulls_last=True), "created_at", "pk")
    )


def _reach(person: AbstractUser) -> Any:
    """In how many pieces the claim and its repeats appear, and how many outlets printed them; of visible ones."""
    family = live_claims(person).filter(Q(pk=OuterRef("first")) | Q(same_as=OuterRef("first"))).order_by()
    pieces = family.values("article").distinct()
    outlets = family.exclude(article__outlet="").values("article__outlet").distinct()
    return _number_of(pieces) + _number_of(outlets)


def _number_of(rows: QuerySet[Any, Any]) -> Any:
    return Func(ArraySubquery(rows), function="cardinality", output_field=IntegerField())


def _unacknowledged(checks: Collection[Any]) -> dict[int, HandOver]:
    given = HandOver.objects.filter(fact_check__in=checks, acknowledged_at=None, receiver=F("fact_check__checker"))
    return {each.fact_check_id: each for each in given.select_related("giver").order_by("pk")}


def stale_claims(person: AbstractUser, *, whose: str) -> list[StaleClaim]:
    """Claims whose verdict went stale: the desk's, the newest first, then those that are drafted."""
    if whose == "unassigned":
        return []
    said, drafted = visible_desk_verdicts(person), visible_fact_checks(person).exclude(verdict="")
    drafted = drafted.exclude(state__in=OVER)
    if whose == "mine":
        said = said.filter(Q(created_by_id=person.pk) | Q(rests_on__fact_check__checker_id=person.pk))
        drafted = drafted.filter(checker_id=person.pk)
    of_desk, of_checkers = (
        rows.annotate(is_draft=Value(is_draft)).values_list("is_draft", "pk", "claim_id").order_by("-pk")
        for is_draft, rows in enumerate((said, drafted))
    )
    newest = of_desk[:VERDICTS_WATCHED].union(of_checkers[:VERDICTS_WATCHED], all=True).order_by("is_draft", "-pk")
    keys = list(dict.fromkeys(claim for _is_draft, _pk, claim in newest))
    claims = {
        claim.pk: claim
        for claim in visible_claims(person)
        .filter(pk__in=keys, retracted_at=None)
        .select_related("article__head")
        .defer("article__head__text", "article__head__blocks", "article__head__removed")
    }
    stale = gone_stale(claims)
    labels = claim_labels({claims[key].article_id for key in stale})
    return [StaleClaim(claims[key], labels[key], stale[key].rating, stale[key].stale) for key in keys if key in stale]
