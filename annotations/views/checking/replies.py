"""Hearing whom a verdict may hurt: asked, answered, put off, not asked, taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from annotations.forms.claims import VersionedForm
from annotations.forms.replies import AnswerForm, AskForm, DeadlineForm, UnaskedForm, WhomForm
from annotations.models import Reply
from annotations.operations.checking.replies import (
    NotAsked,
    ReplyRetracted,
    TimesOutOfOrder,
    ask_for_reply,
    extend_deadline,
    leave_unasked,
    record_answer,
    retract_reply,
)
from annotations.permissions import visible_replies
from annotations.views.checking.claims import find_claim, live_or_conflict, show_claim
from annotations.views.rights import person_of, refuse_without
from articles.models import Stale

CHANGED = gettext_lazy("Somebody changed this while you were writing. Read it again before you write.")


@login_required
@require_POST
def reply_ask(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note that somebody was approached."""
    return _note(request, uid, "ask", AskForm, ask_for_reply, _("It is noted that you asked."))


@login_required
@require_POST
def reply_unasked(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note why nobody asks somebody."""
    return _note(request, uid, "unasked", UnaskedForm, leave_unasked, _("It is noted why nobody asks."))


def _note(
    request: HttpRequest, uid: UUID, name: str, kind: type[WhomForm], act: Callable[..., Reply], done: str
) -> HttpResponse:
    person, claim = person_of(request), find_claim(request, uid)
    refuse_without(person, "annotations.hear")
    problem = live_or_conflict(claim)
    if problem:
        return show_claim(request, claim, status=409, problem=problem)
    form: Any = kind(request.POST, claim=claim, prefix=name)
    if not form.is_valid():
        return show_claim(request, claim, status=422, reply_forms={name: form})
    try:
        act(claim=claim, by=person, at=timezone.now(), **form.values())
    except TimesOutOfOrder as refusal:
        form.add_error(refusal.field, str(refusal))
        return show_claim(request, claim, status=422, reply_forms={name: form})
    messages.success(request, done)
    return _back(claim)


@login_required
@require_POST
def reply_answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep what somebody answered."""
    return _write(request, uid, "answer", AnswerForm, record_answer, gettext_lazy("The answer is kept."))


@login_required
@require_POST
def reply_deadline(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give more time."""
    return _write(request, uid, "deadline", DeadlineForm, extend_deadline, gettext_lazy("The deadline is put off."))


@login_required
@require_POST
def reply_retract(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a record back."""
    return _write(request, uid, "retract", VersionedForm, retract_reply, gettext_lazy("The record is taken back."))


def _write(
    request: HttpRequest, uid: UUID, name: str, kind: type[VersionedForm], act: Callable[..., Reply], done: Promise
) -> HttpResponse:
    person = person_of(request)
    reply = get_object_or_404(visible_replies(person).select_related("claim"), uid=uid)
    refuse_without(person, "annotations.hear")
    claim = find_claim(request, reply.claim.uid)
    form = kind(request.POST, prefix=f"{name}-{reply.pk}")
    if not form.is_valid():
        return show_claim(request, claim, status=422, reply_forms={(name, reply.pk): form})
    values = {field: value for field, value in form.cleaned_data.items() if field != "version"}
    try:
        act(reply=reply, seen=form.seen, by=person, at=timezone.now(), **values)
    except Stale:
        return show_claim(request, claim, status=409, problem=str(CHANGED))
    except (NotAsked, ReplyRetracted) as refusal:
        return show_claim(request, claim, status=409, problem=str(refusal))
    except TimesOutOfOrder as refusal:
        form.add_error(refusal.field, str(refusal))
        return show_claim(request, claim, status=422, reply_forms={(name, reply.pk): form})
    messages.success(request, str(done))
    return _back(claim)


def _back(claim: Any) -> HttpResponse:
    answer = redirect("annotations:claim", uid=claim.uid)
    answer["Location"] += "#replies"
    return answer
