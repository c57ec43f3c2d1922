"""Codebooks: their versions, how two differ, writing the next one, and examples of what a category means."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.forms.codebooks import (
    PREFIX,
    EntryFormSet,
    ExampleForm,
    VersionForm,
    entries_of,
    written_entries,
)
from annotations.models import Codebook
from annotations.operations.studies.adopting import NotALaterVersion, StudyBegun, adopt_codebook
from annotations.operations.studies.codebooks import CategoryTwice, CodebookStale, CodebookUnchanged, write_codebook
from annotations.operations.studies.examples import ExampleTwice, give_example
from annotations.permissions import visible_projects
from annotations.queries.studies.codebooks import (
    difference_between,
    newest_codebooks,
    projects_using,
    show_version,
    versions_of,
)
from annotations.queries.studies.retagging import tags_to_tag_again
from annotations.views.rights import person_of, refuse_without
from articles.models import Stale

RIGHT = "annotations.write_codebook"
LEADS = "annotations.lead_project"


def _refuse_outsiders(request: HttpRequest) -> None:
    """Codebooks are no secret, but these pages show how the desk uses them."""
    refuse_without(person_of(request), "annotations.comment")


@login_required
@require_safe
def codebook_list(request: HttpRequest) -> HttpResponse:
    """Every codebook in its newest version, and which versions are in use."""
    _refuse_outsiders(request)
    person = person_of(request)
    newest = newest_codebooks()
    versions = list(Codebook.objects.filter(name__in=[each.name for each in newest]).order_by("-number"))
    used = projects_using(versions, person)
    rows = [
        {
            "codebook": codebook,
            "used": [(each, used[each.pk]) for each in versions if each.name == codebook.name and each.pk in used],
        }
        for codebook in newest
    ]
    everyday = visible_projects(person).filter(is_default=True).select_related("codebook").first()
    waiting = tags_to_tag_again(everyday, person).count() if everyday else 0
    return render(request, "annotations/codebook_list.html", {"rows": rows, "everyday": everyday, "waiting": waiting})


@login_required
@require_safe
def codebook(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One version: what each category means, with its examples."""
    _refuse_outsiders(request)
    return _show(request, _find(uid))


@login_required
@require_safe
def codebook_difference(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """How a version differs from another one of the same codebook."""
    _refuse_outsiders(request)
    later = _find(uid)
    earlier = get_object_or_404(Codebook, name=later.name, number=number)
    if earlier.number == later.number:
        raise Http404
    if earlier.number > later.number:
        earlier, later = later, earlier
    context = {"difference": difference_between(earlier, later), "versions": versions_of(later.name)}
    return render(request, "annotations/codebook_difference.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def codebook_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write the next version on the newest one."""
    person, written_on = person_of(request), _find(uid)
    refuse_without(person, RIGHT)
    if request.method != "POST":
        newest = versions_of(written_on.name)[0]
        form = VersionForm(initial={"base": newest.number})
        return _show_edit(request, newest, form, entries_of(newest))
    form, entries = VersionForm(request.POST), EntryFormSet(request.POST, prefix=PREFIX)
    if not (form.is_valid() & entries.is_valid()):
        return _show_edit(request, written_on, form, entries, status=422)
    categories, values = written_entries(entries), form.cleaned_data
    if not categories:
        form.add_error(None, _("A codebook has at least one category. Leave one in."))
        return _show_edit(request, written_on, form, entries, status=422)
    try:
        made = write_codebook(name=written_on.name, categories=categories, **values, by=person, at=timezone.now())
    except (CategoryTwice, CodebookUnchanged) as refusal:
        form.add_error(None, str(refusal))
        return _show_edit(request, written_on, form, entries, status=422)
    except CodebookStale as stale:
        form.add_error(
            None, _("Somebody wrote version %(number)s meanwhile. Yours stands below.") % {"number": stale.newest}
        )
        theirs = versions_of(written_on.name)[0]
        return _show_edit(request, written_on, form, entries, status=409, theirs=theirs)
    messages.success(
        request, _("Version %(number)s is written. Projects keep the version they have.") % {"number": made.number}
    )
    return redirect("annotations:codebook", uid=made.uid)


@login_required
@require_POST
def codebook_example(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down an example."""
    person, found = person_of(request), _find(uid)
    refuse_without(person, RIGHT)
    form = ExampleForm(request.POST, codebook=found)
    if not form.is_valid():
        return _show(request, found, example=form, status=422)
    try:
        give_example(**form.cleaned_data, by=person, at=timezone.now())
    except ExampleTwice as refusal:
        form.add_error("words", str(refusal))
        return _show(request, found, example=form, status=409)
    messages.success(request, _("The example stands in the codebook."))
    answer = redirect("annotations:codebook", uid=uid)
    answer["Location"] += f"#{form.cleaned_data['category'].slug}"
    return answer


@login_required
@require_POST
def codebook_adopt(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Have a project tag under this version."""
    person, found = person_of(request), _find(uid)
    refuse_without(person, LEADS)
    project = get_object_or_404(visible_projects(person), slug=request.POST.get("project", ""))
    version = request.POST.get("version", "")
    seen = int(version) if version.isdecimal() else 0
    try:
        adopt_codebook(project=project, codebook=found, seen=seen, by=person, at=timezone.now())
    except (NotALaterVersion, StudyBegun) as refusal:
        return _show(request, found, problem=str(refusal), status=409)
    except Stale:
        problem = _("Somebody changed “%(project)s” meanwhile. Look at it, and decide again.") % {"project": project}
        return _show(request, found, problem=problem, status=409)
    messages.success(
        request, _("“%(project)s” tags under version %(number)s now.") % {"project": project, "number": found.number}
    )
    return redirect("annotations:retagging", slug=project.slug)


def _find(uid: UUID) -> Codebook:
    return get_object_or_404(Codebook.objects.select_related("created_by"), uid=uid)


def _show(
    request: HttpRequest, found: Codebook, *, example: ExampleForm | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    person = person_of(request)
    version = show_version(found, person)
    behind = visible_projects(person).filter(codebook__name=found.name, codebook__number__lt=found.number)
    context = {
        "version": version,
        "may_write": person.has_perm(RIGHT),
        "may_lead": person.has_perm(LEADS),
        "behind": list(_open_to(behind)) if person.has_perm(LEADS) else [],
        "example": example or ExampleForm(codebook=found),
        "example_is_open": example is not None,
        "problem": problem,
    }
    return render(request, "annotations/codebook.html", context, status=status)


def _open_to(projects: Any) -> Any:
    """Projects that could take a later version: the everyday desk, and studies nobody has begun to read for."""
    return projects.select_related("codebook").exclude(is_default=False, readings__isnull=False).distinct()


def _show_edit(
    request: HttpRequest,
    written_on: Codebook,
    form: VersionForm,
    entries: Any,
    *,
    status: int = 200,
    theirs: Codebook | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "codebook": written_on,
        "form": form,
        "entries": entries,
        "theirs": theirs,
        "difference": difference_between(written_on, theirs) if theirs else None,
    }
    return render(request, "annotations/codebook_edit.html", context, status=status)
