"""Judging a claim: one's own verdict, second persons' reviews, publication."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.forms.claims import CheckForm, PublishForm, ReviewForm, VersionedForm
from annotations.models import CheckState, FactCheck
from annotations.operations.checking.checklaws import LawBroken
from annotations.operations.checking.factchecks import (
    DRAFT_FIELDS,
    open_check,
    publish_verdict,
    review_check,
    withdraw_check,
    write_and_send,
    write_check,
)
from annotations.permissions import visible_fact_checks
from annotations.queries.checking.claimchecks import own_check
from annotations.queries.desk.history import differs_since, last_change, version_of
from annotations.views.checking.claims import find_claim, live_or_conflict, show_claim
from annotations.views.rights import person_of, refuse_without
from annotations.views.workbench.conflicts import settle
from articles.models import Stale


@login_required
@require_POST
def check_write(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write one's own draft; with the other button, hand it to a second person."""
    person, claim = person_of(request), find_claim(request, uid)
    mine = own_check(claim, person)
    refuse_without(person, "annotations.write_factcheck", mine)
    problem = live_or_conflict(claim)
    if problem:
        return show_claim(request, claim, status=409, problem=problem)
    if request.POST.get("resolution") == "theirs":
        return redirect("annotations:claim", uid=uid)
    form = CheckForm(request.POST, prefix="check")
    if not form.is_valid():
        return show_claim(request, claim, status=422, check_form=form)
    return _write(request, claim, mine, form)


def _write(request: HttpRequest, claim: Any, mine: FactCheck | None, form: CheckForm) -> HttpResponse:
    person, at = person_of(request), timezone.now()
    is_sent = request.POST.get("act") == "send"
    if mine is not None and mine.state == CheckState.APPROVED and form.says_the_same_as(mine):
        messages.info(request, _("Nothing was changed: the check stays approved."))
        return redirect("annotations:claim", uid=claim.uid)
    # A conflict that was shown carries the version that stands, outside the form's own fields.
    shown = request.POST.get("version", "")
    seen = int(shown) if shown.isdecimal() else form.seen
    try:
        with transaction.atomic():
            check = mine or open_check(claim=claim, checker=person, by=person, at=at)
            if mine is None or not differs_since(check, seen, {*_stored(DRAFT_FIELDS), "state"}):
                # Nobody wrote to it: it is new, or only a search was logged.
                seen = check.version
            write = write_and_send if is_sent else write_check
            write(check=check, seen=seen, by=person, at=at, **form.values())
    except Stale as stale:
        theirs = CheckForm(initial=CheckForm.values_of(stale.noun))
        former = version_of(stale.noun, stale.seen)
        began = None if former is None else CheckForm.values_of(former)
        conflict = settle(stale, began=began, theirs=theirs, yours=form)
        return show_claim(request, claim, status=409, check_form=form, conflict=conflict)
    except IntegrityError:
        if mine is not None:
            raise
        # Two clicks at once: the other one opened the check.
        return _write(request, claim, own_check(claim, person), form)
    except LawBroken as broken:
        _blame(form, broken)
        return show_claim(request, claim, status=422, check_form=form, is_unsent=is_sent)
    messages.success(request, _("Sent to review. A second person decides.") if is_sent else _("Your draft is kept."))
    return redirect("annotations:claim", uid=claim.uid)


def _stored(fields: frozenset[str]) -> set[str]:
    return {"rating_id" if field == "rating" else field for field in fields}


def _blame(form: VersionedForm, broken: LawBroken) -> None:
    """Put a broken law to the field that stands in the way; above the form when it has no such field."""
    form.add_error(broken.field if broken.field in form.fields else None, str(broken))


@login_required
@require_POST
def check_review(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Approve a draft, or return it with a reason. Whoever wrote to it may not."""
    person, check = person_of(request), _find_check(request, uid)
    refuse_without(person, "annotations.review_factcheck", check)
    claim = find_claim(request, check.claim.uid)
    form = ReviewForm(request.POST, auto_id=f"c{check.pk}-%s")
    if not form.is_valid():
        return show_claim(request, claim, status=422, review_forms={check.pk: form})
    try:
        review_check(check=check, seen=form.seen, by=person, at=timezone.now(), **_decided(form))
    except Stale as stale:
        form.go_on_from(stale.noun.version)
        rewritten = _rewritten(stale)
        return show_claim(request, claim, status=409, review_forms={check.pk: form}, rewritten=rewritten)
    except LawBroken as broken:
        return show_claim(request, claim, status=409, problem=str(broken))
    messages.success(request, _("Your review is kept."))
    return redirect("annotations:claim", uid=claim.uid)


def _decided(form: ReviewForm) -> dict[str, str]:
    return {"decision": form.cleaned_data["decision"], "reason": form.cleaned_data["reason"]}


def _rewritten(stale: Stale) -> dict[str, Any]:
    """What the reviewer had read, beside what the draft says now."""
    who, at = last_change(stale.noun)
    return {"who": who, "at": at, "read": version_of(stale.noun, stale.seen), "now": stale.noun}


@login_required
@require_POST
def check_publish(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make an approved check the desk's verdict."""
    person, check = person_of(request), _find_check(request, uid)
    refuse_without(person, "annotations.publish_verdict")
    claim = find_claim(request, check.claim.uid)
    form = PublishForm(request.POST, auto_id=f"c{check.pk}-%s")
    if not form.is_valid():
        return show_claim(request, claim, status=422, publish_forms={check.pk: form})
    words = {name: form.cleaned_data[name] for name in ("dissent", "correction_note")}
    try:
        publish_verdict(check=check, seen=form.seen, by=person, at=timezone.now(), **words)
    except Stale as stale:
        return show_claim(request, claim, status=409, rewritten=_rewritten(stale))
    except LawBroken as broken:
        _blame(form, broken)
        return show_claim(request, claim, status=422, publish_forms={check.pk: form})
    messages.success(request, _("Published."))
    return redirect("annotations:claim", uid=claim.uid)


@login_required
@require_POST
def check_withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a check up; it stays in the history."""
    person, check = person_of(request), _find_check(request, uid)
    refuse_without(person, "annotations.write_factcheck", check)
    claim = find_claim(request, check.claim.uid)
    seen = request.POST.get("version", "")
    try:
        withdraw_check(check=check, seen=int(seen) if seen.isdecimal() else 0, by=person, at=timezone.now())
    except Stale as stale:
        return show_claim(request, claim, status=409, rewritten=_rewritten(stale))
    except LawBroken as broken:
        return show_claim(request, claim, status=409, problem=str(broken))
    messages.success(request, _("The check is withdrawn."))
    return redirect("annotations:claim", uid=claim.uid)


def _find_check(request: HttpRequest, uid: UUID) -> FactCheck:
    checks = visible_fact_checks(person_of(request)).select_related("claim", "rating", "checker")
    return get_object_or_404(checks, uid=uid)
