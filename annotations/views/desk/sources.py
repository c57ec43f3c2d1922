"""The library of sources: the list, one source, storing and changing them, capturing their text anew."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from annotations.forms.fetching import AddressForm
from annotations.forms.sources import NewSourceForm, SnapshotForm, SourceFilterForm, SourceForm
from annotations.queries.desk.history import last_change, version_of
from annotations.queries.desk.sources import (
    NEWEST_FIRST,
    build_source_page,
    changes_to,
    facets_of,
    find_source,
    narrow_sources,
    source_rows,
)
from annotations.queries.paging import read_page
from annotations.views.rights import page_address, person_of, refuse_without
from annotations.views.workbench.conflicts import settle
from articles.anchoring.text import TextRefused
from articles.ingest.readers import MEDIA_TYPES
from articles.models import Capture, Snapshot, Source, Stale
from articles.operations.captures import keep_capture
from articles.operations.sources import NothingNew, SourceTextMissing, capture_snapshot, change_source, store_source
from articles.permissions import visible_fetch_requests, visible_sources

SomeForm = TypeVar("SomeForm", bound=SnapshotForm)


@login_required
@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    """Stored documents, newest first, with what they may be narrowed to."""
    person = person_of(request)
    refuse_without(person, "articles.view_sources")
    form = SourceFilterForm(request.GET)
    filters = form.filters()
    sources = narrow_sources(visible_sources(person), **filters)
    page = read_page(
        sources, order=NEWEST_FIRST, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    return render(
        request,
        "annotations/source_list.html",
        {
            "form": form,
            "filters": filters,
            "rows": source_rows(page.rows),
            "is_demonstration": any(source.is_demonstration for source in page.rows),
            "facets": facets_of(sources),
            "earlier_href": page_address(request, "before", page.before),
            "later_href": page_address(request, "after", page.after),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def source_new(request: HttpRequest) -> HttpResponse:
    """Store a document with its text."""
    refuse_without(person_of(request), "articles.store_source")
    form = _form(request, NewSourceForm)
    if request.method == "POST" and form.is_valid():
        source = _store(request, form)
        if source is not None:
            messages.success(request, _("Stored, and found by the next search."))
            return redirect("annotations:source", uid=source.uid)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "address_form": AddressForm()}
    return render(request, "annotations/source_new.html", context, status=status)


def _form(request: HttpRequest, kind: type[SomeForm]) -> SomeForm:
    """The form as it was sent, or filled with what was fetched, or empty."""
    requests = visible_fetch_requests(person_of(request))
    if request.method != "POST" and "fetched" in request.GET:
        return kind.offered(request.GET["fetched"], requests=requests)
    return kind(request.POST or None, request.FILES or None, requests=requests)


def _store(request: HttpRequest, form: NewSourceForm) -> Source | None:
    """The stored source; None when its text is refused, which the form then says."""
    try:
        with transaction.atomic():
            return store_source(
                **form.values(),
                text=form.cleaned_data["text"],
                basis=form.cleaned_data["basis"],
                note=form.cleaned_data["snapshot_note"],
                capture=_capture(request, form),
                by=person_of(request),
                at=timezone.now(),
            )
    except (SourceTextMissing, TextRefused) as refused:
        _blame_text(form, refused)
        return None


def _capture(request: HttpRequest, form: SnapshotForm) -> Capture | None:
    """What the text was read from, kept as it came; None when it was pasted."""
    if form.received is None or form.document is None:
        return form.capture
    return keep_capture(
        content=form.received.content,
        media_type=MEDIA_TYPES[form.document.reader],
        name=form.received.name,
        url=form.cleaned_data.get("url", ""),
        by=person_of(request),
        at=timezone.now(),
    )


def _blame_text(form: SnapshotForm, refused: Exception) -> None:
    field = "upload" if form.received else "text"
    form.add_error(field, _("Not stored: %(reason)s. Remove it and try again.") % {"reason": str(refused).rstrip(".")})


@login_required
@require_safe
def source(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A document with its snapshots, its text, and the claims that cite it."""
    person = person_of(request)
    found = get_object_or_404(find_source(person), uid=uid)
    number = request.GET.get("snapshot", "")
    try:
        page = build_source_page(found, person=person, number=int(number) if number.isdecimal() else None)
    except Snapshot.DoesNotExist as missing:
        raise Http404 from missing
    who, at = last_change(found)
    context = {
        "page": page,
        "source": found,
        "shown": page.shown,
        "changed_by": who,
        "changed_at": at,
        "is_demonstration": found.is_demonstration,
    }
    return render(request, "annotations/source.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def source_change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change what is known of a document, not its text."""
    person = person_of(request)
    found = get_object_or_404(find_source(person), uid=uid)
    refuse_without(person, "articles.change_source", found)
    if request.method != "POST":
        return _show_change(request, found, SourceForm(initial=SourceForm.values_of(found)))
    if request.POST.get("resolution") == "theirs":
        return redirect("annotations:source", uid=uid)
    form = SourceForm(request.POST)
    if not form.is_valid():
        return _show_change(request, found, form, status=422)
    try:
        change_source(source=found, seen=form.seen, by=person, at=timezone.now(), **form.values())
    except Stale as stale:
        theirs = SourceForm(initial=SourceForm.values_of(stale.noun))
        former = version_of(stale.noun, stale.seen)
        began = None if former is None else SourceForm.values_of(former)
        conflict = settle(stale, began=began, theirs=theirs, yours=form)
        return _show_change(request, found, form, status=409, conflict=conflict)
    messages.success(request, _("The source is changed."))
    return redirect("annotations:source", uid=uid)


def _show_change(
    request: HttpRequest, source: Source, form: SourceForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"source": source, "form": form, "is_demonstration": source.is_demonstration, **more}
    return render(request, "annotations/source_change.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def snapshot_new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Store the text of a document as it is now. Earlier snapshots stay; verdicts that rest on them say so."""
    person = person_of(request)
    found = get_object_or_404(find_source(person), uid=uid)
    refuse_without(person, "articles.change_source", found)
    form = _form(request, SnapshotForm)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                capture_snapshot(
                    source=found,
                    text=form.cleaned_data["text"],
                    basis=form.cleaned_data["basis"],
                    note=form.cleaned_data["snapshot_note"],
                    capture=_capture(request, form),
                    by=person,
                    at=timezone.now(),
                )
        except (SourceTextMissing, TextRefused) as refused:
            _blame_text(form, refused)
        except NothingNew as same:
            messages.info(
                request,
                _("The text is the same as in snapshot %(number)d, so nothing was stored.") % {"number": same.newest},
            )
            return redirect("annotations:source", uid=uid)
        else:
            messages.success(request, _("The new snapshot is stored."))
            return redirect(f"{reverse('annotations:source', args=[uid])}#changes")
    context = {
        "source": found,
        "form": form,
        "address_form": AddressForm({"url": found.url}) if found.url else AddressForm(),
        "changes": changes_to(found, form.document.text) if form.document else None,
        "is_demonstration": found.is_demonstration,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "annotations/snapshot_new.html", context, status=status)
