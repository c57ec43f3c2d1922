"""What readers ask to be put right, on the desk: the queue, one request, the decision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.forms.corrections import DecideForm
from annotations.operations.readers.corrections import (
    RequestDecided,
    RequestOpen,
    decide_correction,
    forget_contact,
    reopen_correction,
)
from annotations.permissions import visible_correction_requests
from annotations.queries.readers.corrections import MOST_LISTED, STATES, request_page, requests_in
from annotations.queries.readers.reading import works_here
from annotations.views.rights import person_of, refuse_without
from articles.models import Stale

UNFIT, CONFLICT = 422, 409


@login_required
@require_safe
def correction_list(request: HttpRequest) -> HttpResponse:
    """Those that wait, the longest waiting first; with ``?state=decided`` or ``all`` the others, newest first."""
    person = person_of(request)
    if not works_here(person):
        raise Http404
    state = request.GET.get("state", "open")
    state = state if state in STATES else "open"
    requests = list(requests_in(person, state)[: MOST_LISTED + 1])
    words = {"open": _("Waiting"), "decided": _("Decided"), "all": _("All")}
    context = {
        "requests": requests[:MOST_LISTED],
        "has_more": len(requests) > MOST_LISTED,
        "state": state,
        "states": [(each, words[each], each == state) for each in STATES],
        "now": timezone.now(),
    }
    return render(request, "annotations/correction_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One request; with POST the decision on it."""
    asked, person = _asked(request, uid), person_of(request)
    if request.method != "POST":
        return _show(request, asked, DecideForm(initial={"version": asked.version}))
    refuse_without(person, "annotations.decide_correction", asked)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _show(request, asked, form, status=UNFIT)
    try:
        decide_correction(
            request=asked,
            seen=form.cleaned_data["version"],
            outcome=form.cleaned_data["outcome"],
            reason=form.cleaned_data["reason"],
            by=person,
            at=timezone.now(),
        )
    except (Stale, RequestDecided):
        form.add_error(None, _("Somebody decided on this request in between. What they said stands below."))
        return _show(request, _asked(request, uid), form, status=CONFLICT)
    return redirect("annotations:correction", uid=uid)


@login_required
@require_POST
def reopen(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a decision back."""
    asked, person = _asked(request, uid), person_of(request)
    refuse_without(person, "annotations.decide_correction", asked)
    version = request.POST.get("version", "")
    try:
        reopen_correction(request=asked, seen=int(version) if version.isdigit() else 0, by=person, at=timezone.now())
    except (Stale, RequestOpen):
        form = DecideForm(initial={"version": asked.version})
        problem = _("Somebody changed this request in between. Look at it as it stands now.")
        return _show(request, _asked(request, uid), form, status=CONFLICT, problem=problem)
    return redirect("annotations:correction", uid=uid)


@login_required
@require_POST
def forget(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Delete how whoever asked can be reached."""
    asked, person = _asked(request, uid), person_of(request)
    refuse_without(person, "annotations.see_reader_contact", asked)
    forget_contact(request=asked, by=person, at=timezone.now())
    return redirect("annotations:correction", uid=uid)


def _asked(request: HttpRequest, uid: UUID) -> Any:
    requests = visible_correction_requests(person_of(request))
    return get_object_or_404(requests.select_related("article__head", "revision", "claim", "decided_by"), uid=uid)


def _show(request: HttpRequest, asked: Any, form: DecideForm, *, status: int = 200, problem: str = "") -> HttpResponse:
    person = person_of(request)
    context = {
        "page": request_page(asked, person),
        "asked": asked,
        "form": form,
        "problem": problem,
        "may_decide": person.has_perm("annotations.decide_correction", asked),
        "is_demonstration": asked.article.is_demonstration,
    }
    return render(request, "annotations/correction.html", context, status=status)
