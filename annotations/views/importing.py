"""Annotations of other desks and tools: a look at what would come in, and the press that takes it in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.forms.importing import FORMATS, ImportForm, TakeInForm, seal
from annotations.operations.importfiles import FileGone, foresee_file, keep_file, take_in_file
from annotations.views.rights import person_of, refuse_without


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
    foreseen = foresee_file(name=name, format=format, by=person, at=timezone.now())
    sealed = seal(person=person.pk, name=name, format=format, called=called, sha256=sha256)
    context = {
        "foreseen": foreseen,
        "called": called,
        "format": FORMATS[format],
        "take_in": TakeInForm(initial={"sealed": sealed}, person=person.pk),
    }
    return render(request, "annotations/imports_preview.html", context)


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
            form.add_error(None, _("This file is not here any more. Choose it again."))
    again = ImportForm(request.POST)
    again.full_clean()
    again.errors.clear()
    for sentence in (*form.non_field_errors(), *form.errors.get("sealed", [])):
        again.add_error(None, sentence)
    return _shown(request, again)


def _shown(request: HttpRequest, form: ImportForm) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "annotations/imports.html", {"form": form}, status=status)
