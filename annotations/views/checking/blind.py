"""Judging apart: beginning a blind round, and ending one before its time."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.operations.checking.blind import (
    BlindAlready,
    DraftedBefore,
    RoundOver,
    begin_blind_round,
    end_blind_round,
)
from annotations.permissions import visible_blind_rounds
from annotations.views.checking.claims import find_claim, live_or_conflict, show_claim
from annotations.views.rights import person_of, refuse_without


@login_required
@require_POST
def blind_begin(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Have the claim judged by checkers who do not see each other's verdict."""
    person, claim = person_of(request), find_claim(request, uid)
    refuse_without(person, "annotations.begin_blind_round")
    problem = live_or_conflict(claim)
    if problem:
        return show_claim(request, claim, status=409, problem=problem)
    try:
        begin_blind_round(claim=claim, by=person, at=timezone.now())
    except (BlindAlready, DraftedBefore) as refusal:
        return show_claim(request, claim, status=409, problem=str(refusal))
    messages.success(request, _("Checkers judge this claim apart until two have drafted a verdict."))
    return redirect("annotations:claim", uid=uid)


@login_required
@require_POST
def blind_end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let everybody see what was drafted."""
    person = person_of(request)
    found = get_object_or_404(visible_blind_rounds(person).select_related("claim"), uid=uid)
    refuse_without(person, "annotations.end_blind_round")
    try:
        end_blind_round(blind_round=found, by=person, at=timezone.now())
    except RoundOver as refusal:
        return show_claim(request, find_claim(request, found.claim.uid), status=409, problem=str(refusal))
    messages.success(request, _("The round is over: everybody sees what was drafted."))
    return redirect("annotations:claim", uid=found.claim.uid)
