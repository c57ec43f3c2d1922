"""Adjudication: what the readers of a round labelled, side by side, and what is decided on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.forms.adjudication import DecisionForm, NewLabelForm
from annotations.models import Decided, Round, Settlement
from annotations.operations.studies.rounds import change_round
from annotations.operations.studies.settling import (
    NoSuchQuestion,
    NotAnOption,
    RoundNotClosed,
    SettledMeanwhile,
    merge_agreed,
    settle,
)
from annotations.permissions import visible_rounds
from annotations.queries.studies.adjudication import (
    Adjudication,
    Asked,
    TextToSettle,
    adjudication_of,
    columns_of,
    decided_on_mine,
)
from annotations.settling import RULE
from annotations.views.rights import person_of, refuse_without
from articles.models import Stale

RIGHT = "annotations.adjudicate"
DECISIONS = {"both": Decided.BOTH, "neither": Decided.NEITHER, "new": Decided.NEW}
CONFLICT, UNFIT = 409, 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def adjudicate(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One question after the other; POST decides on one and goes on to the next open one."""
    person, found = person_of(request), _round(request, slug, number)
    refuse_without(person, RIGHT)
    if found.closed_at is None:
        return render(request, "annotations/adjudicate.html", {"round": found, "is_early": True}, status=CONFLICT)
    if request.method == "POST":
        return _decide(request, found)
    page = adjudication_of(found, person)
    at = page.at(_number(request, "text"), _number(request, "question"))
    return _show(request, page, at or page.following(_number(request, "text"), 0))


@login_required
@require_POST
def merge(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Settle at once what all readers agree on."""
    person, found = person_of(request), _round(request, slug, number)
    refuse_without(person, RIGHT)
    try:
        made = merge_agreed(round=found, by=person, at=timezone.now())
    except RoundNotClosed:
        return redirect("annotations:adjudicate", slug=slug, number=number)
    sentence = ngettext("%(count)s question merged.", "%(count)s questions merged.", len(made))
    messages.success(request, sentence % {"count": len(made)})
    return redirect("annotations:adjudicate", slug=slug, number=number)


@login_required
@require_POST
def show_decided(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let annotators see what was decided on their texts, or no longer."""
    person, found = person_of(request), _round(request, slug, number)
    refuse_without(person, RIGHT)
    shows, version = bool(request.POST.get("shows")), request.POST.get("version", "")
    try:
        seen = int(version) if version.isdecimal() else 0
        change_round(round=found, seen=seen, shows_decided=shows, by=person, at=timezone.now())
    except Stale:
        messages.warning(request, _("Somebody changed this round in between. Look at it, and decide again."))
    else:
        told = _("Annotators see what was decided on their texts.") if shows else _("Annotators do not see it now.")
        messages.success(request, told)
    return redirect("annotations:adjudicate", slug=slug, number=number)


@login_required
@require_safe
def decided(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What was decided on the texts that somebody read, once the lead shows it."""
    person, found = person_of(request), _round(request, slug, number)
    refuse_without(person, "annotations.read_for_study")
    rows = decided_on_mine(found, person)
    return render(request, "annotations/decided.html", {"round": found, "rows": rows, "rule": RULE})


def _round(request: HttpRequest, slug: str, number: int) -> Round:
    rounds = visible_rounds(person_of(request)).select_related("project__codebook")
    return get_object_or_404(rounds, project__slug=slug, number=number)


def _number(request: HttpRequest, name: str) -> int:
    value = request.GET.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 0


def _decide(request: HttpRequest, found: Round) -> HttpResponse:
    person = person_of(request)
    page = adjudication_of(found, person)
    form = DecisionForm(request.POST)
    at = page.at(form.cleaned_data["text"], form.cleaned_data["question"]) if form.is_valid() else None
    if at is None:
        return _show(request, page, page.following(), problem=_("Choose one of the answers."), status=UNFIT)
    text, asked = at
    new_form = _new_form(text, request.POST if form.cleaned_data["decision"] == "new" else None)
    new = None
    if form.cleaned_data["decision"] == "new":
        new = new_form.label_in(text.text.revision.text, asked.question.start) if new_form.is_valid() else None
        if new is None:
            return _show(request, page, at, new_form=new_form, reason=form.cleaned_data["reason"], status=UNFIT)
    try:
        settle(
            round=found,
            revision=text.text.revision.pk,
            rests_on=form.keys(),
            decided=DECISIONS.get(form.cleaned_data["decision"], Decided.TAKEN),
            take=form.cleaned_data["decision"].removeprefix("take-"),
            new=new,
            reason=form.cleaned_data["reason"],
            replaces=_replaced(form),
            by=person,
            at=timezone.now(),
        )
    except (NoSuchQuestion, SettledMeanwhile) as refusal:
        return _show(request, adjudication_of(found, person), at, problem=str(refusal), is_anew=True, status=CONFLICT)
    except NotAnOption as refusal:
        return _show(request, page, at, problem=str(refusal), status=UNFIT)
    messages.success(request, _("Settled. The labels of the readers stay as they are."))
    return redirect(_address(found, adjudication_of(found, person).following(text.number, asked.number)))


def _replaced(form: DecisionForm) -> Settlement | None:
    uid = form.cleaned_data["replaces"]
    return Settlement.objects.filter(uid=uid).first() if uid else None


def _new_form(text: TextToSettle, sent: Any) -> NewLabelForm:
    return NewLabelForm(sent, codebook=text.text.readings[0].codebook_id, prefix="new")


def _address(found: Round, at: tuple[TextToSettle, Asked] | None) -> str:
    address = reverse("annotations:adjudicate", args=[found.project.slug, found.number])
    return f"{address}?text={at[0].number}&question={at[1].number}" if at else address


def _show(
    request: HttpRequest,
    page: Adjudication,
    at: tuple[TextToSettle, Asked] | None,
    *,
    problem: str = "",
    reason: str = "",
    new_form: NewLabelForm | None = None,
    is_anew: bool = False,
    status: int = 200,
) -> HttpResponse:
    if at is not None and is_anew:
        at = page.at(at[0].number, at[1].number) or page.following()
    context: dict[str, Any] = {"round": page.round, "page": page, "rule": RULE, "problem": problem, "reason": reason}
    if at is not None:
        text, asked = at
        before, after = (page.beside(text.number, asked.number, by) for by in (-1, 1))
        context |= {
            "text": text,
            "asked": asked,
            "columns": columns_of(text.text, asked.question, person_of(request)),
            "options": asked.question.options(),
            "rests_on": " ".join(str(key) for key in sorted(asked.question.keys)),
            "new_form": new_form or _new_form(text, None),
            "new_is_open": new_form is not None,
            "before": _address(page.round, before) if before else "",
            "after": _address(page.round, after) if after else "",
        }
    return render(request, "annotations/adjudicate.html", context, status=status)
