"""What comes in by the thousand: how far it is, what was refused, and bringing in no more of it."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotations.operations.desk.batches import BatchEnded, cancel_batch
from annotations.operations.desk.followups import try_again
from annotations.permissions import visible_batches
from annotations.queries.desk.batches import refused_lines, shown_batches
from annotations.views.rights import person_of, refuse_without

A_PAGE = 25


@login_required
@require_safe
def batch_list(request: HttpRequest) -> HttpResponse:
    """All batches, newest first."""
    person = person_of(request)
    refuse_without(person, "articles.bring_in")
    batches = visible_batches(person).newest_first().select_related("created_by")
    page = Paginator(batches, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "shown": shown_batches(page.object_list, now=timezone.now()),
        "newer_href": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "older_href": f"?page={page.next_page_number()}" if page.has_next() else "",
    }
    return render(request, "annotations/batch_list.html", context)


@login_required
@require_safe
def batch(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far one is. The page asks again as long as something is under way."""
    found = get_object_or_404(visible_batches(person_of(request)).select_related("created_by"), uid=uid)
    [shown] = shown_batches([found], now=timezone.now())
    template = "annotations/_batch.html" if request.htmx else "annotations/batch.html"  # type: ignore[attr-defined]
    return render(request, template, {"shown": shown, "batch": found, "refused": refused_lines(found)})


@login_required
@require_POST
def stop_batch(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Bring in no more of it."""
    person = person_of(request)
    found = get_object_or_404(visible_batches(person), uid=uid)
    refuse_without(person, "articles.bring_in", found)
    with suppress(BatchEnded):
        cancel_batch(batch=found, by=person, at=timezone.now())
        messages.success(request, _("No more of it comes in. What is in stays."))
    return redirect("annotations:batch", found.uid)


@login_required
@require_POST
def try_again_after_batch(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Have what failed after it tried again."""
    person = person_of(request)
    found = get_object_or_404(visible_batches(person), uid=uid)
    refuse_without(person, "articles.bring_in", found)
    if try_again(batch=found, by=person, at=timezone.now()):
        messages.success(request, _("It is tried again."))
    return redirect("annotations:batch", found.uid)
