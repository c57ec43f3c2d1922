"""Datasets of a project: its releases, making one, and handing one out as it was made."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from annotations.forms.datasets import DatasetForm
from annotations.models import Project
from annotations.operations.studies.datasets import NothingRead, ReleaseTaken, RoundStillOpen, release_dataset
from annotations.permissions import visible_datasets, visible_projects
from annotations.queries.studies.datasets import headers_of
from annotations.views.rights import person_of, refuse_without

RIGHT = "annotations.release_dataset"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def datasets(request: HttpRequest, slug: str) -> HttpResponse:
    """The releases of a project; POST makes another."""
    person = person_of(request)
    refuse_without(person, "annotations.take_out")
    project = get_object_or_404(visible_projects(person), slug=slug)
    if request.method != "POST":
        return _show(request, project, DatasetForm(initial={"title": project.name, "authors": str(person)}))
    refuse_without(person, RIGHT)
    form = DatasetForm(request.POST)
    if not form.is_valid():
        return _show(request, project, form, is_open=True, status=422)
    try:
        made = release_dataset(project=project, **form.cleaned_data, by=person, at=timezone.now())
    except ReleaseTaken as refusal:
        form.add_error("release", str(refusal))
        return _show(request, project, form, is_open=True, status=409)
    except (NothingRead, RoundStillOpen) as refusal:
        form.add_error(None, str(refusal))
        return _show(request, project, form, is_open=True, status=409)
    messages.success(request, _("Release %(release)s is made. It stays as it is.") % {"release": made.release})
    return redirect("annotations:datasets", slug=slug)


@login_required
@never_cache
@require_safe
def download_dataset(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A release, byte by byte as it was made."""
    person = person_of(request)
    refuse_without(person, "annotations.take_out")
    dataset = get_object_or_404(visible_datasets(person).select_related("project"), uid=uid)
    return HttpResponse(bytes(dataset.content), headers=headers_of(dataset))


def _show(
    request: HttpRequest, project: Project, form: DatasetForm, *, is_open: bool = False, status: int = 200
) -> HttpResponse:
    person = person_of(request)
    found = visible_datasets(person).filter(project=project).defer("content").select_related("created_by", "project")
    context = {
        "project": project,
        "datasets": found,
        "form": form,
        "form_is_open": is_open,
        "may_release": person.has_perm(RIGHT),
    }
    return render(request, "annotations/datasets.html", context, status=status)
