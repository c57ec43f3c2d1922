"""Asking for what stands at an address, and seeing how far that has come. What came is looked at where it is used."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from annotations.forms.fetching import AddressForm
from annotations.views.rights import person_of, refuse_without
from articles.fetching.refusals import FetchRefused
from articles.models import FetchPurpose, FetchRequest, FetchState, Source, Stale
from articles.operations.fetching import FetchOutOfOrder, ask_for_copy, cancel_fetch, try_again
from articles.permissions import visible_fetch_requests, visible_sources

RIGHTS = {FetchPurpose.ARTICLE: "articles.bring_in", FetchPurpose.SOURCE: "articles.store_source"}


@login_required
@require_POST
def fetch_article(request: HttpRequest) -> HttpResponse:
    """Ask for a story by its address."""
    return _ask(request, FetchPurpose.ARTICLE)


@login_required
@require_POST
def fetch_source(request: HttpRequest) -> HttpResponse:
    """Ask for a document by its address, to be stored as a source."""
    return _ask(request, FetchPurpose.SOURCE)


@login_required
@require_POST
def fetch_snapshot(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask for a source's text as it stands at an address now."""
    source = get_object_or_404(visible_sources(person_of(request)), uid=uid)
    refuse_without(person_of(request), "articles.change_source", source)
    return _ask(request, FetchPurpose.SOURCE, source)


def _ask(request: HttpRequest, purpose: FetchPurpose, source: Source | None = None) -> HttpResponse:
    person = person_of(request)
    refuse_without(person, RIGHTS[purpose])
    form = AddressForm(request.POST)
    if form.is_valid():
        try:
            asked = ask_for_copy(
                url=form.cleaned_data["url"], purpose=purpose, source=source, by=person, at=timezone.now()
            )
        except FetchRefused as refused:
            form.add_error("url", refused.reason)
        else:
            return redirect("annotations:fetch", asked.uid)
    context = {"form": form, "source": source, "way_back": _way_back(purpose, source)}
    return render(request, "annotations/fetch_new.html", context, status=422)


@login_required
@require_safe
def fetch(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far a request has come; once the page is there, on to where it is looked at."""
    found = get_object_or_404(visible_fetch_requests(person_of(request)).select_related("source"), uid=uid)
    if found.state == FetchState.FETCHED:
        use = f"{_way_back(found.purpose, found.source)}?fetched={found.uid}"
        return HttpResponseClientRedirect(use) if request.htmx else redirect(use)  # type: ignore[attr-defined]
    return _show(request, found)


@login_required
@require_POST
def retry_fetch(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Try once more."""
    return _act(request, uid, try_again)


@login_required
@require_POST
def stop_fetch(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Want it no longer."""
    return _act(request, uid, cancel_fetch)


def _act(request: HttpRequest, uid: UUID, operation: Any) -> HttpResponse:
    person = person_of(request)
    found = get_object_or_404(visible_fetch_requests(person), uid=uid)
    refuse_without(person, RIGHTS[FetchPurpose(found.purpose)])
    # It may have come, or ended, while the button was pressed; the page shows how it stands now.
    with suppress(FetchOutOfOrder, Stale):
        operation(request=found, seen=found.version, by=person, at=timezone.now())
    return redirect("annotations:fetch", uid)


def _show(request: HttpRequest, found: FetchRequest) -> HttpResponse:
    page = "annotations/_fetch.html" if request.htmx else "annotations/fetch.html"  # type: ignore[attr-defined]
    return render(request, page, {"fetch": found, "way_back": _way_back(found.purpose, found.source)})


def _way_back(purpose: str, source: Source | None) -> str:
    """The page that asked, and that looks at what came."""
    if source is not None:
        return reverse("annotations:snapshot-new", args=[source.uid])
    return reverse("annotations:source-new" if purpose == FetchPurpose.SOURCE else "annotations:bring-in")
