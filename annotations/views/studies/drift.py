"""Drift in a study, for those who lead it."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from annotations.agreement.drift import Share, use_against, use_together
from annotations.exports.csv import MEDIA_TYPE, spreadsheet_safe
from annotations.permissions import visible_projects
from annotations.queries.studies.drift import Drift, drift_of
from annotations.views.rights import person_of, refuse_without

COLUMNS = ("round", "figure", "person", "category", "value", "low", "high", "units")
Line = tuple[object, ...]


def _drift(request: HttpRequest, slug: str) -> Drift:
    person = person_of(request)
    project = get_object_or_404(visible_projects(person), slug=slug)
    refuse_without(person, "annotations.lead_project", project)
    return drift_of(project, person, chosen=request.GET.get("person", ""))


@login_required
@require_safe
def drift(request: HttpRequest, slug: str) -> HttpResponse:
    """Agreement and the use of categories from round to round; ``?person=`` sets somebody beside the others."""
    page = _drift(request, slug)
    return render(request, "annotations/drift.html", {"project": page.project, "page": page})


@login_required
@require_safe
def drift_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """All of it as a table for spreadsheets."""
    page = _drift(request, slug)
    answer = HttpResponse(content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="drift-{page.project.slug}.csv"'
    lines = csv.writer(answer, lineterminator="\n")
    lines.writerow(COLUMNS)
    lines.writerows(_lines(page))
    return answer


def _lines(page: Drift) -> Iterator[Line]:
    for each in page.rounds:
        number = each.number or ""
        if each.alpha is not None:
            alpha = each.alpha
            yield number, "alpha", "", "", alpha.value, alpha.low, alpha.high, alpha.units
        for slug, share in use_together(each.crosses).items():
            yield _line(number, "use", "", slug, share)
        for key, person in page.people.items():
            for use in use_against(key, each.crosses):
                yield _line(number, "use_own", str(person), use.label, use.own)
                yield _line(number, "use_others", str(person), use.label, use.others)
    for one in page.standings:
        number, name = one.round.number or "", str(one.person)
        if one.against.agreement is not None:
            yield _line(number, "agreement", name, "", one.against.agreement)
        yield number, "cohen", spreadsheet_safe(name), "", one.against.kappa, "", "", ""


def _line(number: int | str, figure: str, person: str, slug: str, share: Share) -> Line:
    return number, figure, spreadsheet_safe(person), slug, share.value, share.low, share.high, share.units
