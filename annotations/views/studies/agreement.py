"""How far the people of a study agree: the figures, measuring them anew, and the sentences they differ on."""

from __future__ import annotations

import csv
from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotations.exports.csv import MEDIA_TYPE, spreadsheet_safe
from annotations.models import Measurement, Project
from annotations.operations.studies.measuring import MeasurementEnded, begin_measurement, cancel_measurement
from annotations.permissions import visible_measurements, visible_projects
from annotations.queries.studies.agreement import Asked, agreement_page, disputed_sentences, show_sentences
from annotations.views.rights import person_of, refuse_without

A_PAGE = 25
COLUMNS = ("coefficient", "about", "subject", "first", "second", "value", "low", "high", "reason", "units")


def _project(request: HttpRequest, slug: str) -> Project:
    return get_object_or_404(visible_projects(person_of(request)), slug=slug)


def _measurement(request: HttpRequest, slug: str, uid: UUID) -> Measurement:
    seen = visible_measurements(person_of(request)).select_related("project", "round", "codebook", "created_by")
    return get_object_or_404(seen, project__slug=slug, uid=uid)


@login_required
@require_safe
def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest figures of a round, all from what is stored."""
    project, asked = _project(request, slug), request.GET.get("round", "")
    page = agreement_page(
        project,
        person_of(request),
        round_number=int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None,
        pair=request.GET.get("pair", ""),
    )
    context = {
        "project": project,
        "page": page,
        "may_measure": person_of(request).has_perm("annotations.lead_project", project),
        "asked_round": asked,
    }
    return render(request, "annotations/agreement.html", context)


@login_required
@require_POST
def measure(request: HttpRequest, slug: str) -> HttpResponse:
    """Have the figures of a round worked out."""
    person, project = person_of(request), _project(request, slug)
    refuse_without(person, "annotations.lead_project", project)
    number = request.POST.get("round", "")
    of_round = None
    if number:
        if not number.isascii() or not number.isdigit() or len(number) > 9:
            raise Http404
        of_round = get_object_or_404(project.rounds.all(), number=int(number))
    begin_measurement(project=project, round=of_round, by=person, at=timezone.now())
    messages.success(request, _("The figures are being worked out."))
    return redirect(f"{reverse('annotations:agreement', args=[slug])}{f'?round={number}' if number else ''}")


@login_required
@require_safe
def progress(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """How far a measurement is; a page that waits asks for it again and again, and is drawn anew at the end."""
    found = _measurement(request, slug, uid)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("annotations:agreement", slug)
    answer = render(request, "annotations/_agreement_progress.html", {"project": found.project, "running": found})
    if found.has_ended:
        answer["HX-Refresh"] = "true"
    return answer


@login_required
@require_POST
def stop(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Measure no further."""
    person, found = person_of(request), _measurement(request, slug, uid)
    refuse_without(person, "annotations.lead_project", found.project)
    with suppress(MeasurementEnded):
        cancel_measurement(measurement=found, by=person, at=timezone.now())
        messages.success(request, _("It is stopped. The figures of before stay."))
    return redirect("annotations:agreement", slug)


@login_required
@require_safe
def sentences(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The sentences that people differ on: those of a cell, of a category, or all."""
    found = _measurement(request, slug, uid)
    asked = Asked(**{name: request.GET.get(name, "")[:100] for name in Asked.__dataclass_fields__})
    disputed = disputed_sentences(found, person_of(request), asked).select_related("revision__article")
    page = Paginator(disputed, A_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    address = f"?{kept.urlencode()}&page=" if kept else "?page="
    context = {
        "project": found.project,
        "measurement": found,
        "heading": asked.in_words(found),
        "total": page.paginator.count,
        "shown": show_sentences(list(page.object_list), found),
        "previous_href": f"{address}{page.previous_page_number()}" if page.has_previous() else "",
        "next_href": f"{address}{page.next_page_number()}" if page.has_next() else "",
    }
    return render(request, "annotations/disputed_sentences.html", context)


@login_required
@require_safe
def figures(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """All figures of a measurement as CSV."""
    found = _measurement(request, slug, uid)
    answer = HttpResponse(content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="agreement-{found.project.slug}.csv"'
    rows = csv.writer(answer, lineterminator="\n")
    rows.writerow(COLUMNS)
    for figure in found.figures.select_related("first", "second").order_by("pk"):
        people = (str(person) if person else "" for person in (figure.first, figure.second))
        rows.writerow(
            [
                *(figure.coefficient, figure.about, spreadsheet_safe(figure.subject), *map(spreadsheet_safe, people)),
                *(figure.value, figure.low, figure.high, figure.reason, figure.units),
            ]
        )
    return answer
