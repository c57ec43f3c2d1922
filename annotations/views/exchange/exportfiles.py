"""Exports kept as files: asking for one, how far it is, and having it."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotations.forms.exports import ExportForm
from annotations.models import ExportFile, ExportState
from annotations.operations.exchange.exportfiles import (
    ExportEnded,
    TooManyExports,
    articles_done,
    begin_export,
    cancel_export,
    delete_export,
    export_path,
)
from annotations.permissions import visible_export_files
from annotations.queries.exchange.exportfiles import SHOWN, manifest_beside, part_of
from annotations.queries.exchange.exports import ExtraIsMissing, NamesTravel, NoSuchFormat, format_for
from annotations.views.rights import person_of, refuse_without


@login_required
@require_safe
def export_files(request: HttpRequest) -> HttpResponse:
    """One's files, newest first. The page asks again as long as one is being written."""
    person = person_of(request)
    refuse_without(person, "annotations.take_out")
    files = list(visible_export_files(person).order_by("-created_at", "-pk")[:SHOWN])
    shown = [(file, articles_done(file) if file.state == ExportState.RUNNING else file.articles) for file in files]
    is_writing = any(file.state == ExportState.RUNNING for file in files)
    name = "_export_files" if request.htmx else "export_files"  # type: ignore[attr-defined]
    return render(request, f"annotations/{name}.html", {"shown": shown, "is_writing": is_writing})


@login_required
@require_POST
def make_export_file(request: HttpRequest) -> HttpResponse:
    """Have what the page shows written to a file."""
    person = person_of(request)
    refuse_without(person, "annotations.take_out")
    form = ExportForm(QueryDict(request.POST.get("narrowed", "").lstrip("?")))
    if not form.is_valid():
        raise Http404
    filters = form.filters()
    try:
        format = format_for(request.POST.get("format", ""), filters)
    except NamesTravel as error:
        messages.error(request, str(error))
        return redirect("annotations:export-files")
    except (NoSuchFormat, ExtraIsMissing) as error:
        raise Http404 from error
    try:
        begin_export(format=format.name, filters=filters.given(), by=person, at=timezone.now())
    except TooManyExports:
        messages.error(request, _("Several of your files are being written. Wait until one is ready, or cancel one."))
    else:
        messages.success(request, _("It is being written. You can leave; it is kept here for a week."))
    return redirect("annotations:export-files")


@login_required
@require_safe
def export_file(request: HttpRequest, uid: UUID) -> StreamingHttpResponse:
    """The bytes of a finished file, all of them or a range."""
    file = _finished(request, uid)
    part = part_of(
        file,
        export_path(file),
        asked=request.headers.get("Range", ""),
        only_if=request.headers.get("If-Range", ""),
        known=request.headers.get("If-None-Match", ""),
    )
    return StreamingHttpResponse(part.chunks, status=part.status, headers=part.headers)


@login_required
@require_safe
def export_file_manifest(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What a finished file holds."""
    return JsonResponse(manifest_beside(_finished(request, uid)))


@login_required
@require_POST
def end_export_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Cancel what is being written, or delete what is ready."""
    person = person_of(request)
    refuse_without(person, "annotations.take_out")
    file = get_object_or_404(visible_export_files(person), uid=uid)
    with suppress(ExportEnded):
        if file.state == ExportState.RUNNING:
            cancel_export(file=file, by=person, at=timezone.now())
            messages.success(request, _("No more of it is written."))
        else:
            delete_export(file=file, by=person, at=timezone.now())
            messages.success(request, _("The file is gone."))
    return redirect("annotations:export-files")


def _finished(request: HttpRequest, uid: UUID) -> ExportFile:
    person = person_of(request)
    refuse_without(person, "annotations.take_out")
    file = get_object_or_404(visible_export_files(person), uid=uid, state=ExportState.DONE)
    if not export_path(file).exists():
        raise Http404
    return file
