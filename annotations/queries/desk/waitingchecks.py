"""The checks that wait for one person: to write, to review, handed over, gone stale."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.models import CheckState, Decision, DeskVerdict, FactCheck, Review
from annotations.permissions import (
    visible_claims,
    visible_fact_checks,
    visible_hand_overs,
)
from annotations.queries.checking.verdicts import gone_stale
from annotations.queries.desk.waiting import MOST_OF_A_KIND, Waiting, claim_address, claim_labels

# How many of a person's own verdicts are looked at for staleness, newest first.
VERDICTS_WATCHED = 200


UNWRITTEN = (CheckState.ASSIGNED, CheckState.GATHERING)


# What a row of the queue shows of a check. Texts stay in the database.
_SHOWN_OF_A_CHECK = (
    "state",
    "version",
    "due_at",
    "created_at",
    "authors",
    "checker__name",
    "checker__username",
    "claim__uid",
    "claim__canonical",
    "claim__article__uid",
    "claim__article__head__headline",
)


def returned_checks(person: AbstractUser) -> list[Waiting]:
    """Drafts that a reviewer sent back to their checker."""
    checks = _with_newest_review(_checks_of(person).filter(state=CheckState.DRAFTED)).filter(
        newest_decision=Decision.RETURN
    )
    shown = list(checks.order_by("returned_at")[: MOST_OF_A_KIND + 1])
    labels = claim_labels({check.claim.article_id for check in shown})
    return [
        Waiting(
            icon="back",
            title=_("%(claim)s returned") % {"claim": labels[check.claim_id]},
            words=check.claim.canonical,
            why=_("%(reviewer)s: %(reason)s") % {"reviewer": check.returned_by, "reason": check.returned_because},
            href=claim_address(check.claim),
            article=check.claim.article.head.headline,
            since=check.returned_at,
            due_at=check.due_at,
        )
        for check in shown
    ]


def assigned_checks(person: AbstractUser) -> list[Waiting]:
    """Claims given to the person, or taken up by them, that have no draft yet; and drafts they have not sent on."""
    checks = _with_newest_review(_checks_of(person).filter(state__in=[*UNWRITTEN, CheckState.DRAFTED])).exclude(
        state=CheckState.DRAFTED, newest_decision=Decision.RETURN
    )
    shown = list(checks.order_by(F("due_at").asc(nulls_last=True), "created_at")[: MOST_OF_A_KIND + 1])
    labels = claim_labels({check.claim.article_id for check in shown})
    return [
        Waiting(
            icon="note" if check.state == CheckState.DRAFTED else "assign",
            title=_assigned_title(check, labels[check.claim_id]),
            words=check.claim.canonical,
            why=_assigned_why(check),
            href=claim_address(check.claim),
            article=check.claim.article.head.headline,
            since=check.created_at,
            due_at=check.due_at,
        )
        for check in shown
    ]


def _assigned_title(check: Any, claim: str) -> str:
    if check.state == CheckState.DRAFTED:
        return _("%(claim)s is drafted, not sent") % {"claim": claim}
    if check.state == CheckState.ASSIGNED:
        return _("%(claim)s assigned to you") % {"claim": claim}
    return _("%(claim)s is being checked by you") % {"claim": claim}


def _assigned_why(check: Any) -> str:
    if check.state == CheckState.DRAFTED:
        return _("It goes to a second person when you send it to review.")
    return _("Find a passage that speaks to it, then draft a verdict.")


def checks_to_review(person: AbstractUser) -> list[Waiting]:
    """Drafts in review that the person wrote nothing of and has not decided on in this version."""
    if not person.has_perm("annotations.review_factcheck"):
        return []
    decided = Review.objects.filter(
        fact_check=OuterRef("pk"), created_by_id=person.pk, version_seen=OuterRef("version")
    )
    checks = (
        visible_fact_checks(person)
        .filter(~Exists(decided), state=CheckState.IN_REVIEW)
        .exclude(authors__contains=[person.pk])
        .select_related("claim__article__head", "checker", "rating")
        .only(*_SHOWN_OF_A_CHECK, "rating__name")
    )
    shown = list(checks.order_by("created_at")[: MOST_OF_A_KIND + 1])
    labels = claim_labels({check.claim.article_id for check in shown})
    sent = _changed_at(shown)
    return [
        Waiting(
            icon="both",
            title=_("%(claim)s waits for your review") % {"claim": labels[check.claim_id]},
            words=check.claim.canonical,
            why=_("%(checker)s: %(rating)s")
            % {"checker": check.checker, "rating": check.rating.name if check.rating else ""},
            href=claim_address(check.claim),
            article=check.claim.article.head.headline,
            since=sent.get(check.pk, check.created_at),
        )
        for check in shown
    ]


def stale_verdicts(person: AbstractUser) -> list[Waiting]:
    """Claims whose verdict the person gave or drafted and under which something has changed since."""
    checked = (
        FactCheck.objects.filter(checker_id=person.pk)
        .exclude(Q(verdict="") | Q(state=CheckState.WITHDRAWN))
        .order_by("-pk")
        .values_list("claim_id", flat=True)
    )
    said = DeskVerdict.objects.filter(created_by_id=person.pk).order_by("-pk").values_list("claim_id", flat=True)
    # Keys first: a person's own verdicts are few, and all claims are many.
    theirs = list(checked[:VERDICTS_WATCHED].union(said[:VERDICTS_WATCHED]))
    watched = (
        visible_claims(person)
        .filter(pk__in=theirs, retracted_at=None)
        .select_related("article__head")
        .only("uid", "canonical", "checkable", "article__head__headline", "article__uid")
        .order_by("-pk")[:VERDICTS_WATCHED]
    )
    claims = {claim.pk: claim for claim in watched}
    stale = gone_stale(claims)
    labels = claim_labels({claims[key].article_id for key in stale})
    return [
        Waiting(
            icon="stale",
            title=_("%(claim)s went stale") % {"claim": labels[key]},
            words=claims[key].canonical,
            why=" ".join([*(str(reason.label) for reason in shown.stale), _standing_as(shown.rating)]),
            href=claim_address(claims[key]),
            article=claims[key].article.head.headline,
            since=None,
        )
        for key, shown in stale.items()
    ]


def _standing_as(rating: str) -> str:
    return _("It stands as “%(rating)s”.") % {"rating": rating} if rating else ""


def hand_overs(person: AbstractUser) -> list[Waiting]:
    """Checks that were handed to the person, until they acknowledge the note."""
    given = (
        visible_hand_overs(person)
        .filter(receiver_id=person.pk, acknowledged_at=None, fact_check__checker_id=person.pk)
        .select_related("giver", "fact_check__claim__article__head")
        .order_by("created_at")
    )
    shown = list(given[: MOST_OF_A_KIND + 1])
    labels = claim_labels({each.fact_check.claim.article_id for each in shown})
    return [
        Waiting(
            icon="assign",
            title=_("%(who)s hands %(claim)s over to you")
            % {"who": each.giver, "claim": labels[each.fact_check.claim_id]},
            words=each.fact_check.claim.canonical,
            why=each.note,
            href=reverse("annotations:check-plan", args=[each.fact_check.uid]),
            article=each.fact_check.claim.article.head.headline,
            since=each.created_at,
            due_at=each.fact_check.due_at,
        )
        for each in shown
    ]


def _checks_of(person: AbstractUser) -> Any:
    checks = visible_fact_checks(person).filter(checker_id=person.pk, claim__retracted_at=None)
    return checks.select_related("claim__article__head", "checker").only(*_SHOWN_OF_A_CHECK)


def _with_newest_review(checks: QuerySet[Any]) -> Any:
    newest = Review.objects.filter(fact_check=OuterRef("pk")).order_by("-created_at", "-pk")
    return checks.annotate(
        newest_decision=Coalesce(Subquery(newest.values("decision")[:1]), Value("")),
        returned_at=Subquery(newest.values("created_at")[:1]),
        returned_because=Subquery(newest.values("reason")[:1]),
        returned_by=Subquery(newest.values("created_by__name")[:1]),
    )


def _changed_at(checks: Collection[FactCheck]) -> dict[int, datetime]:
    """When each check was changed last, out of its history."""
    history: Any = FactCheck._meta.get_field("events").related_model
    changes = history.objects.filter(pgh_obj__in=[check.pk for check in checks]).order_by("pgh_obj_id", "-pgh_id")
    return dict(changes.distinct("pgh_obj_id").values_list("pgh_obj_id", "pgh_created_at"))
