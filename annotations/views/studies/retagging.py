"""Tags to look at again after a codebook got a new version: each is kept, or gets another entry."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotations.models import BiasCategory, Project
from annotations.operations.studies.adopting import TagUpToDate, keep_tag, tag_again
from annotations.operations.studies.examples import ExampleTwice, KeptFromOthers, NothingToShow, take_example
from annotations.permissions import visible_bias_tags, visible_projects
from annotations.queries.studies.retagging import retag_queue
from annotations.views.rights import person_of, refuse_without
from annotations.views.workbench.bench import find_article, go_to_bench, number_in, refuse_on_bench
from annotations.views.workbench.markforms import find_kind, find_mark
from articles.models import Stale
from articles.operations.quotes import AlreadyRetracted

CONFLICT = 409


@login_required
@require_safe
def retagging(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits in a project."""
    refuse_without(person_of(request), "annotations.change_biastag")
    return _show(request, _project(request, slug))


@login_required
@require_POST
def decide(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Keep a tag, or give it the entry that the form names; then go on to the next one."""
    person, project = person_of(request), _project(request, slug)
    tag = get_object_or_404(visible_bias_tags(person).select_related("category", "project"), uid=uid, project=project)
    refuse_without(person, "annotations.change_biastag", tag)
    seen = number_in(request, "version")
    try:
        if request.POST.get("act") == "keep":
            keep_tag(tag=tag, seen=seen, by=person, at=timezone.now())
            messages.success(request, _("“%(category)s” is kept.") % {"category": tag.category})
        else:
            entry = project.codebook.categories.filter(slug=request.POST.get("category", "")).first()
            if entry is None:
                return _show(request, project, problem=_("Choose the category that the tag gets."), status=422)
            was = tag.category
            tag_again(tag=tag, category=entry, seen=seen, by=person, at=timezone.now())
            messages.success(request, _told(was, entry))
    except (Stale, AlreadyRetracted, TagUpToDate):
        problem = _("Somebody changed this tag in between. What waits still stands here.")
        return _show(request, project, problem=problem, status=CONFLICT)
    return redirect("annotations:retagging", slug=slug)


def _told(was: BiasCategory, entry: BiasCategory) -> str:
    return _("“%(was)s” is “%(now)s” now. Undo brings it back.") % {"was": was, "now": entry}


@login_required
@require_POST
def take_mark_as_example(request: HttpRequest, uid: UUID, mark: UUID) -> HttpResponse:
    """Show with the words of a tag what its category means."""
    article, person, kind = find_article(request, uid), person_of(request), find_kind("bias")
    tag = find_mark(request, article, kind, mark)
    refuse_without(person, "annotations.write_codebook")
    try:
        example = take_example(tag=tag, by=person, at=timezone.now(), is_positive=not request.POST.get("is_negative"))
    except (NothingToShow, KeptFromOthers, ExampleTwice) as refusal:
        return refuse_on_bench(request, article, str(refusal), mark=mark, status=CONFLICT)
    messages.success(request, _("“%(words)s” is an example of it now.") % {"words": example.words[:80]})
    return go_to_bench(article, mark=tag.uid)


def _project(request: HttpRequest, slug: str) -> Project:
    projects = visible_projects(person_of(request)).select_related("codebook")
    return get_object_or_404(projects, slug=slug)


def _show(request: HttpRequest, project: Project, *, problem: str = "", status: int = 200) -> HttpResponse:
    queue = retag_queue(project, person_of(request))
    may_lead = person_of(request).has_perm("annotations.lead_project")
    context = {"queue": queue, "problem": problem, "may_lead": may_lead}
    return render(request, "annotations/retagging.html", context, status=status)
