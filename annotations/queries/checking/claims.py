"""The list of claims: what is most pressing first, and what narrows it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from annotations.models import Checkable, CheckState, Claim, DeskVerdict, FactCheck, Verdict
from annotations.permissions import is_drafted_blind
from annotations.queries.checking.verdicts import (
    NOT_CHECKABLE,
    OPEN,
    TONES,
    ShownVerdict,
    as_read,
    verdicts_for,
    verdicts_of,
)
from articles.models import Origin
from articles.permissions import WORKING, roles_of

if TYPE_CHECKING:
    from articles.permissions import Person

MOST_PRESSING_FIRST = ("-priority", "-created_at", "-id")
_VERDICTS = {tone: verdict for verdict, tone in TONES.items()}
TONE_NAMES: dict[str, Any] = {
    **{tone: Verdict(verdict).label for verdict, tone in TONES.items()},
    OPEN: _("No verdict yet"),
    NOT_CHECKABLE: _("Not checkable"),
}
_FURTHEST_LAST = (CheckState.GATHERING, CheckState.DRAFTED, CheckState.IN_REVIEW, CheckState.APPROVED)


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim in a list: how it is called in its article, and the verdict it shows."""

    claim: Claim
    label: str
    shown: ShownVerdict


def with_numbers(claims: QuerySet[Claim]) -> QuerySet[Any]:
    """Annotate each claim with its ``number`` within its article; retracted ones keep theirs."""
    before = Claim.objects.filter(project__is_default=True, article=OuterRef("article"), pk__lte=OuterRef("pk"))
    earlier = before.order_by().values("article")
    return claims.annotate(number=Subquery(earlier.annotate(count=Count("pk")).values("count")))


def narrow_claims(
    claims: QuerySet[Claim],
    *,
    verdict: str = "",
    stage: str = "",
    claim_type: str = "",
    priority: int | None = None,
    checkable: str = "",
    claimant_kind: str = "",
    words: str = "",
    origin: str = "",
) -> QuerySet[Claim]:
    """Those claims that fit every filter given.

    :param verdict: a tone: supported, refuted, conflicting, lacking, open (no verdict), none (not checkable).
    :param stage: the state of one of the claim's checks.
    :param origin: ``suggested`` for what waits for a decision; all others unless given.
    :param words: all must stand in the restatement, the last one as a prefix.
    """
    exact = {"claim_type": claim_type, "checkable": checkable, "claimant_kind": claimant_kind}
    claims = claims.filter(origin=origin) if origin else claims.exclude(origin=Origin.SUGGESTED)
    claims = claims.filter(**{field: value for field, value in exact.items() if value})
    if priority is not None:
        claims = claims.filter(priority=priority)
    if stage:
        claims = claims.filter(pk__in=FactCheck.objects.filter(state=stage).values("claim"))
    if words:
        claims = claims.filter(pk__in=Claim.objects.matching(words).values("pk"))
    return _showing(claims, verdict) if verdict else claims


def _showing(claims: QuerySet[Claim], tone: str) -> QuerySet[Claim]:
    """Claims that show a verdict of this tone, decided as :mod:`annotations.queries.checking.verdicts` does."""
    claims = claims.annotate(shown=_shown_verdict())
    if tone == NOT_CHECKABLE:
        return claims.filter(shown="", checkable=Checkable.NO)
    if tone == OPEN:
        return claims.filter(shown="").exclude(checkable=Checkable.NO)
    verdict = _VERDICTS.get(tone, tone)
    # Whoever shows a verdict was given it once; that much an index finds, however many claims there are.
    given = Q(pk__in=DeskVerdict.objects.filter(verdict=verdict).values("claim")) | Q(
        pk__in=FactCheck.objects.filter(verdict=verdict).values("claim")
    )
    return claims.filter(given, shown=verdict)


def _shown_verdict() -> Coalesce:
    desk = DeskVerdict.objects.filter(claim=OuterRef("pk")).order_by("-number").values("verdict")[:1]
    far = Case(
        *(When(state=state, then=Value(step)) for step, state in enumerate(_FURTHEST_LAST)),
        default=Value(len(_FURTHEST_LAST)),
        output_field=IntegerField(),
    )
    drafted = FactCheck.objects.filter(~is_drafted_blind(), claim=OuterRef("pk"))
    checks = drafted.exclude(state=CheckState.WITHDRAWN).exclude(verdict="")
    return Coalesce(Subquery(desk), Subquery(checks.order_by(far.desc(), "-pk").values("verdict")[:1]), Value(""))


def claim_rows(claims: Sequence[Any], person: Person) -> list[ClaimRow]:
    """Claims that :func:`with_numbers` numbered, with the verdicts they show to a person."""
    shown = verdicts_shown([claim.pk for claim in claims], person)
    return [ClaimRow(claim, f"C{claim.number}", shown[claim.pk]) for claim in claims]


def verdict_shown(claim: Claim, person: Person) -> ShownVerdict:
    """The same of one claim that is at hand; a question less."""
    [shown] = verdicts_for({claim.pk: claim.checkable}).values()
    return shown if roles_of(person) & WORKING else as_read(shown)


def verdicts_shown(claims: Collection[int], person: Person) -> dict[int, ShownVerdict]:
    """The verdicts of claims by their keys: for readers only what the desk has said."""
    shown = verdicts_of(claims)
    if roles_of(person) & WORKING:
        return shown
    return {claim: as_read(verdict) for claim, verdict in shown.items()}
