"""Annotations of other desks and tools: a look at what would come in, and the press that takes it in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.forms.importing import FORMATS, ImportForm, LookFurtherForm, TakeInForm, seal
from annotations.operations.exchange.importfiles import FileGone, foresee_file, keep_file, take_in_file
from annotations.operations.exchange.importing import MOST_PREVIEWED
from annotations.views.rights import person_of, refuse_without

_GONE = _("This file is not here any more. Choose it again.")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Choose a file; then what would become of it, with nothing of it stored yet."""
    person = person_of(request)
    refuse_without(person, "annotations.take_in")
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if not form.is_valid():
        return _shown(request, form)
    upload, format = form.cleaned_data["file"], form.cleaned_data["format"]
    name, sha256 = keep_file(upload.chunks())
    called = upload.name or ""
    said = {"name": name, "format": format, "called": called, "sha256": sha256}
    return _foreseen(request, person, said)


@login_required
@require_POST
def look_further(request: HttpRequest) -> HttpResponse:
    """What would become of the following records of a long file."""
    person = person_of(request)
    refuse_without(person, "annotations.take_in")
    form = LookFurtherForm(request.POST, person=person.pk)
    if form.is_valid():
        try:
            return _foreseen(request, person, form.cleaned_data["sealed"], start=form.cleaned_data["start"])
        except FileGone:
            form.add_error(None, _GONE)
    return _chosen_again(request, form)


@login_required
@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    """Have the file that was looked at taken in; the page of the batch says how far it is."""
    person = person_of(request)
    refuse_without(person, "annotations.take_in")
    form = TakeInForm(request.POST, person=person.pk)
    if form.is_valid():
        try:
            batch = take_in_file(**form.cleaned_data["sealed"], by=person, at=timezone.now())
            return redirect("annotations:batch", batch.uid)
        except FileGone:
            form.add_error(None, _GONE)
    return _chosen_again(request, form)


def _foreseen(request: HttpRequest, person: Any, said: dict[str, str], *, start: int = 0) -> HttpResponse:
    """The page of what would become of a kept file, from the record after the first ``start`` on."""
    foreseen = foresee_file(
        name=said["name"], format=said["format"], by=person, at=timezone.now(), start=start, most=MOST_PREVIEWED
    )
    sealed = seal(person=person.pk, **said)
    context = {
        "foreseen": foreseen,
        "called": said["called"],
        "format": FORMATS[said["format"]],
        "take_in": TakeInForm(initial={"sealed": sealed}, person=person.pk),
        "further": LookFurtherForm(initial={"sealed": sealed, "start": foreseen.following}, person=person.pk),
    }
    return render(request, "annotations/imports_preview.html", context)


def _chosen_again(request: HttpRequest, form: TakeInForm) -> HttpResponse:
    """The form for a file, with what was wrong with the one that was looked at."""
    again = ImportForm(request.POST)
    again.full_clean()
    again.errors.clear()
    for sentence in (*form.non_field_errors(), *form.errors.get("sealed", [])):
        again.add_error(None, sentence)
    return _shown(request, again)


def _shown(request: HttpRequest, form: ImportForm) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "annotations/imports.html", {"form": form}, status=status)
