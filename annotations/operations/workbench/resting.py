"""What others have built on something since an act: it is not taken away under them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.models import CheckState, Claim, Decision, DeskVerdict, Evidence, FactCheck, Review
from annotations.operations.checking.claims import STATEMENT
from articles.models import Act, Verb

TAKES_AWAY = frozenset({Verb.RECORD, Verb.RESTORE})


@dataclass(frozen=True, slots=True)
class Resting:
    """Something that rests on a claim or a quote: what it is, whose, and since when."""

    what: str | Promise
    noun: Model
    who: AbstractUser
    at: datetime


def what_rests_on(act: Act, noun: Any) -> list[Resting]:
    """What reversing an act would take the ground from; nothing for acts on which nothing can rest."""
    return list(_resting(act, noun))


def _resting(act: Act, noun: Any) -> Iterator[Resting]:
    takes_away = act.verb in TAKES_AWAY
    if act.kind == "quote" and takes_away:
        yield from _claims_of(noun)
    if act.kind == "claim" and takes_away:
        yield from _work_on(noun)
    if act.kind == "evidence" or (act.kind == "claim" and (takes_away or STATEMENT & set(act.before))):
        yield from _decided_since(noun.pk if act.kind == "claim" else noun.claim_id, act.at)


def _claims_of(quote: Any) -> Iterator[Resting]:
    for claim in Claim.objects.live().decided().filter(quote=quote).select_related("created_by"):
        yield Resting(_("A claim made of this quote"), claim, claim.created_by, claim.created_at)


def _work_on(claim: Any) -> Iterator[Resting]:
    for evidence in Evidence.objects.attached().filter(claim=claim).select_related("created_by"):
        yield Resting(_("Evidence attached to this claim"), evidence, evidence.created_by, evidence.created_at)
    checks = FactCheck.objects.filter(claim=claim).exclude(state=CheckState.WITHDRAWN)
    for check in checks.select_related("created_by", "checker"):
        yield Resting(_("A fact check of this claim"), check, check.checker or check.created_by, check.created_at)
    for repeat in Claim.objects.live().filter(same_as=claim).select_related("created_by"):
        yield Resting(_("A claim that repeats this one"), repeat, repeat.created_by, repeat.created_at)


def _decided_since(claim: int, at: datetime) -> Iterator[Resting]:
    """Approvals and verdicts that were given on what the act had left."""
    approved = Review.objects.filter(fact_check__claim=claim, decision=Decision.APPROVE, created_at__gt=at)
    for review in approved.select_related("created_by"):
        yield Resting(_("An approving review"), review, review.created_by, review.created_at)
    for verdict in DeskVerdict.objects.filter(claim=claim, created_at__gt=at).select_related("created_by"):
        yield Resting(_("A published verdict"), verdict, verdict.created_by, verdict.created_at)
