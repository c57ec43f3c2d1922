"""How the desk checks: a page for everybody, and one for who writes it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.forms.methods import MethodsForm, RatingForm
from annotations.models import MethodsPage, Rating
from annotations.operations.readers.methods import (
    MethodsStale,
    MethodsUnchanged,
    RatingMalformed,
    RatingRetired,
    VerdictLeftWithout,
    add_rating,
    move_rating,
    replace_rating,
    retire_rating,
    write_methods,
)
from annotations.queries.readers.methods import PUBLISHED_SCALE, Methods, methods_now, methods_of, scale_in_use
from annotations.views.rights import person_of, refuse_without

RIGHT = "annotations.write_methods"


@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    """For everybody, also without an account."""
    return _show(request, methods_now())


@require_safe
def methods_version(request: HttpRequest, number: int) -> HttpResponse:
    """What an earlier version said."""
    found = methods_of(number)
    if found is None:
        raise Http404
    return _show(request, found)


def _show(request: HttpRequest, found: Methods) -> HttpResponse:
    context = {"methods": found, "may_write": request.user.has_perm(RIGHT)}
    return render(request, "annotations/methods.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def methods_change(request: HttpRequest) -> HttpResponse:
    """Write the next version of the policy."""
    person = person_of(request)
    refuse_without(person, RIGHT)
    newest = MethodsPage.objects.first()
    if request.method != "POST":
        return _show_change(request)
    form = MethodsForm(request.POST, newest=newest)
    if not form.is_valid():
        return _show_change(request, form=form, status=422)
    values = {"change_note": "", **form.cleaned_data}
    try:
        write_methods(**values, by=person, at=timezone.now())
    except MethodsUnchanged as refusal:
        form.add_error("text", str(refusal))
        return _show_change(request, form=form, status=422)
    except MethodsStale as refusal:
        form.add_error(None, str(refusal))
        return _show_change(request, form=form, theirs=MethodsPage.objects.first(), status=409)
    messages.success(request, _("The methods page is written. Readers see it now."))
    return redirect("annotations:methods")


@login_required
@require_POST
def rating_add(request: HttpRequest) -> HttpResponse:
    """Give the scale another rating."""
    person = person_of(request)
    refuse_without(person, RIGHT)
    form = RatingForm(request.POST, prefix="new")
    if not form.is_valid():
        return _show_change(request, new=form, status=422)
    try:
        add_rating(**form.cleaned_data, by=person, at=timezone.now())
    except RatingMalformed as refusal:
        form.add_error(refusal.field, str(refusal))
        return _show_change(request, new=form, status=422)
    messages.success(request, _("The rating is in the scale."))
    return _back()


@login_required
@require_POST
def rating_change(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a rating other words, another place, or take it out, as the button says."""
    person, at = person_of(request), timezone.now()
    refuse_without(person, RIGHT)
    rating = get_object_or_404(Rating.objects.in_use(), scale__slug=PUBLISHED_SCALE, slug=slug)
    act = request.POST.get("act", "")
    form = RatingForm(request.POST, prefix=rating.slug)
    try:
        if act == "retire":
            retire_rating(rating=rating, by=person, at=at)
        elif act in {"up", "down"}:
            move_rating(rating=rating, up=act == "up", by=person, at=at)
        elif not form.is_valid():
            return _show_change(request, sent={rating.pk: form}, status=422)
        elif not form.says_the_same_as(rating):
            replace_rating(rating=rating, **form.cleaned_data, by=person, at=at)
    except RatingMalformed as refusal:
        form.add_error(refusal.field, str(refusal))
        return _show_change(request, sent={rating.pk: form}, status=422)
    except (VerdictLeftWithout, RatingRetired) as refusal:
        return _show_change(request, problem=str(refusal), status=409)
    messages.success(request, _("The scale is changed. What was published keeps its words."))
    return _back()


def _show_change(
    request: HttpRequest,
    *,
    form: MethodsForm | None = None,
    new: RatingForm | None = None,
    sent: dict[int, RatingForm] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    newest = MethodsPage.objects.first()
    rows = []
    for rating in scale_in_use():
        mine = (sent or {}).get(rating.pk) or RatingForm(initial=RatingForm.values_of(rating), prefix=rating.slug)
        rows.append({"rating": rating, "form": mine})
    retired = Rating.objects.exclude(retired_at=None).filter(scale__slug=PUBLISHED_SCALE).order_by("-retired_at")
    context = {
        "form": form or MethodsForm(newest=newest),
        "newest": newest,
        "rows": rows,
        "new": new or RatingForm(prefix="new"),
        "new_is_open": new is not None,
        "retired": retired,
        **more,
    }
    return render(request, "annotations/methods_change.html", context, status=status)


def _back() -> HttpResponse:
    answer = redirect("annotations:methods-change")
    answer["Location"] += "#scale"
    return answer
