"""The desk's queue of checks, and who has which until when."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.forms.checkqueue import PlanForm, QueueFilterForm
from annotations.models import CheckState, FactCheck
from annotations.operations.checking.ableness import CannotCheck, DueInThePast
from annotations.operations.checking.factchecks import propose_check
from annotations.operations.checking.handing import (
    CheckedBefore,
    HasAChecker,
    NotInHand,
    NotYours,
    acknowledge_hand_over,
    assign_check,
    hand_over,
    plan_check,
)
from annotations.permissions import people_who_check, visible_claims, visible_fact_checks, visible_hand_overs
from annotations.queries.checking.checkqueue import check_counts, queue_of_checks, stale_claims
from annotations.queries.desk.waiting import claim_labels
from annotations.queries.readers.reading import works_here
from annotations.views.rights import person_of, refuse_without
from annotations.views.workbench.bench import number_in
from articles.models import Stale
from articles.rights import refusal

BAD_FIELDS, CONFLICT = 400, 409
# Which field an error of an operation is about.
FIELDS: dict[type[Exception], str] = {CannotCheck: "checker", CheckedBefore: "checker", DueInThePast: "due_at"}


@login_required
@require_safe
def check_queue(request: HttpRequest) -> HttpResponse:
    """What is open on the desk, the most urgent first; ``?whose=`` and ``?what=`` narrow it."""
    person, now = person_of(request), timezone.now()
    if not works_here(person):
        raise Http404
    asked = QueueFilterForm(request.GET).asked()
    context = {
        "now": now,
        "form": QueueFilterForm(asked),
        "asked": asked,
        "counts": check_counts(person, now=now),
        "gone_stale": len(stale_claims(person, whose="all")),
        "queue": queue_of_checks(person, now=now, **asked),
    }
    return render(request, "annotations/check_queue.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_plan(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who has a check until when, and what was said when it changed hands; with POST somebody else, or another time."""
    person = person_of(request)
    checks = visible_fact_checks(person).select_related("claim__article__head", "checker")
    check = get_object_or_404(checks, uid=uid)
    may_plan = may_plan_check(person, check)
    if request.method != "POST":
        return _show(request, check, _form(person, check) if may_plan else None)
    if not may_plan:
        raise PermissionDenied(refusal(person, "annotations.assign_check", check))
    form = _form(person, check, request.POST)
    if not form.is_valid():
        return _show(request, check, form, status=BAD_FIELDS)
    if check.checker is not None and form.cleaned_data["checker"] != check.checker and not form.cleaned_data["note"]:
        form.add_error("note", _("Write what the receiver should know; they acknowledge it."))
        return _show(request, check, form, status=BAD_FIELDS)
    try:
        done = _plan(request, check, form)
    except Stale:
        form.add_error(None, _("Somebody changed this check in between. Look at it as it stands now."))
    except (CannotCheck, CheckedBefore, DueInThePast, HasAChecker, NotInHand) as refused:
        form.add_error(FIELDS.get(type(refused)), str(refused))
    if form.errors:
        return _show(request, FactCheck.objects.get(pk=check.pk), form, status=CONFLICT)
    messages.success(request, done)
    return redirect("annotations:check-plan", uid=uid)


def may_plan_check(person: AbstractUser, check: FactCheck) -> bool:
    """Whether the person hands out checks, or may take or hand over this one."""
    return person.has_perm("annotations.assign_check", check)


def _form(person: AbstractUser, check: FactCheck, sent: Any = None) -> PlanForm:
    """Who hands out checks chooses among all who could have it; others take what nobody has, or hand over theirs."""
    people = people_who_check(check.claim.article).order_by("name", "pk")
    if check.checker_id is None and not person.has_perm("annotations.assign_to_others"):
        people = people.filter(pk=person.pk)
    initial = {"checker": check.checker and check.checker.uid, "due_at": check.due_at}
    return PlanForm(sent, people=people, has_checker=check.checker_id is not None, initial=initial)


def _plan(request: HttpRequest, check: FactCheck, form: PlanForm) -> str:
    """Do what the form says; answers what was done."""
    to, due_at = form.cleaned_data["checker"], form.cleaned_data["due_at"]
    act: dict[str, Any] = {
        "check": check,
        "seen": number_in(request, "version"),
        "by": person_of(request),
        "at": timezone.now(),
    }
    # A time that is over stays as it is while something else changes.
    plan = {} if due_at == check.due_at else {"due_at": due_at}
    if to is None or to == check.checker:
        plan_check(**act, due_at=due_at)
        return _("Saved.")
    if check.checker is None:
        assign_check(**act, to=to, due_at=due_at)
        return _("%(who)s checks it.") % {"who": to}
    hand_over(**act, to=to, note=form.cleaned_data["note"], **plan)
    return _("Handed over to %(who)s, who is asked to acknowledge it.") % {"who": to}


@login_required
@require_POST
def propose(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that a claim should be checked, and go on to by whom and until when."""
    person = person_of(request)
    claim = get_object_or_404(visible_claims(person).live(), uid=uid)
    refuse_without(person, "annotations.write_factcheck")
    proposed = claim.fact_checks.filter(checker=None, state=CheckState.PROPOSED).first()
    check = proposed or propose_check(claim=claim, by=person, at=timezone.now())
    return redirect("annotations:check-plan", uid=check.uid)


@login_required
@require_POST
def acknowledge(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that one has read what came with a check."""
    person = person_of(request)
    given = get_object_or_404(visible_hand_overs(person).select_related("fact_check"), uid=uid)
    try:
        acknowledge_hand_over(given=given, by=person, at=timezone.now())
    except NotYours as refused:
        raise PermissionDenied(str(refused)) from refused
    if request.POST.get("from") == "plan":
        return redirect("annotations:check-plan", uid=given.fact_check.uid)
    return redirect("annotations:desk")


def _show(request: HttpRequest, check: FactCheck, form: PlanForm | None, *, status: int = 200) -> HttpResponse:
    person = person_of(request)
    given = visible_hand_overs(person).filter(fact_check=check).select_related("giver", "receiver", "created_by")
    context = {
        "check": check,
        "claim": check.claim,
        "label": claim_labels([check.claim.article_id])[check.claim_id],
        "form": form,
        "given": given.order_by("-pk"),
        "now": timezone.now(),
        "is_demonstration": check.claim.article.is_demonstration,
    }
    return render(request, "annotations/check_plan.html", context, status=status)
