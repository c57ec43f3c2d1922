"""The workbench of an article: its newest revision with all marks, and older revisions to read."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from annotations.operations.workbench.revising import NoSuchRemovedLine, restore_removed
from annotations.queries.readers.reading import works_here
from annotations.queries.workbench.page import open_workbench
from annotations.views.readers.holding import show_notice
from annotations.views.readers.publishing import asks_first
from annotations.views.readers.telling import show_retraction
from annotations.views.rights import person_of, refuse_without
from annotations.views.workbench.bench import (
    asked_mark,
    bench_of,
    find_article,
    go_to_bench,
    inspector_of,
    number_in,
    refuse_on_bench,
    show_workbench,
)
from annotations.views.workbench.comments import comments_panel
from annotations.views.workbench.markforms import KINDS, changing_panel, editing, marking_panel
from articles.models import Revision, Stale
from articles.operations.articles import ArticleHeld, RemovedLinesUnseen, StateOutOfOrder, move_article
from articles.operations.declaring import Undeclared
from articles.operations.spans import StaleRevision
from articles.permissions import articles_kept_by_a_hold, articles_taken_back


@gzip_page
@login_required
@require_safe
def workbench(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The newest revision. ``?mark=`` selects a mark, ``&do=change`` opens its form, ``?new=quote`` a new one's."""
    try:
        article = find_article(request, uid)
    except Http404:
        if articles_kept_by_a_hold(person_of(request)).filter(uid=uid).exists():
            return show_notice(request, uid)
        if articles_taken_back(person_of(request)).filter(uid=uid).exists():
            return show_retraction(request, uid)
        raise
    bench = bench_of(request, article, selected=asked_mark(request))
    if request.GET.get("new") in KINDS:
        panel = marking_panel(request, bench, KINDS[request.GET["new"]])
    elif request.GET.get("do") == "change" and bench.selected is not None:
        panel = changing_panel(request, bench, bench.selected)
    elif "comments" in request.GET:
        panel = comments_panel(request, bench)
    else:
        panel = inspector_of(request, bench)
        if bench.selected is not None and not bench.selected.is_suggested and panel.context["may_change"]:
            kind = KINDS[bench.selected.layer]
            panel.context["editing"] = editing(request, bench, panel.context["noun"], kind)
    return show_workbench(request, bench, panel)


@login_required
@require_safe
def revision(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """A revision as it was saved, with the marks as they stood on it; nothing here changes anything."""
    article = find_article(request, uid)
    if not works_here(person_of(request)):
        # What stood there before it was published is the desk's own.
        raise Http404
    shown = get_object_or_404(Revision.objects.select_related("created_by"), article=article, number=number)
    bench = open_workbench(article=article, revision=shown, person=person_of(request), selected=asked_mark(request))
    revisions = (
        article.revisions.select_related("created_by")
        .defer("text", "blocks", "removed")
        .order_by("-number")
        .prefetch_related("declarations")
    )
    panel = inspector_of(request, bench)
    panel.context.update(revisions=revisions, may_change=False)
    return show_workbench(request, bench, panel, is_old=True)


@login_required
@require_POST
def move(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Move the article to its next state; before it is published, show what is still open about it."""
    article, person = find_article(request, uid), person_of(request)
    refuse_without(person, "articles.change_article", article)
    state = request.POST.get("state", "")
    if asks_first(request, article, state):
        return redirect("annotations:publish-article", uid=uid)
    try:
        move_article(
            article=article,
            state=state,
            seen=number_in(request, "version"),
            by=person,
            at=timezone.now(),
        )
    except Stale:
        return refuse_on_bench(request, article, _article_changed())
    except StateOutOfOrder:
        return refuse_on_bench(request, article, _no_such_step())
    except RemovedLinesUnseen:
        return refuse_on_bench(request, article, _lines_unseen())
    except ArticleHeld as held:
        return refuse_on_bench(request, article, str(held))
    except Undeclared:
        return redirect("annotations:tell-readers", uid=uid)
    return go_to_bench(article)


@login_required
@require_POST
def restore(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put a removed line back into the text, as a new revision."""
    article, person = find_article(request, uid), person_of(request)
    refuse_without(person, "articles.revise_article", article)
    try:
        restore_removed(
            article=article,
            base=number_in(request, "base"),
            ordinal=number_in(request, "ordinal"),
            by=person,
            at=timezone.now(),
        )
    except (StaleRevision, Revision.DoesNotExist, NoSuchRemovedLine):
        return refuse_on_bench(request, article, _lines_changed())
    except Undeclared:
        return refuse_on_bench(request, article, _rewrite_instead())
    return go_to_bench(article)


def _article_changed() -> str:
    return _("Somebody changed this article in between. Look at it as it stands now, then choose again.")


def _lines_unseen() -> str:
    return _("Nobody has looked at what was removed from this article. Look at the removed lines below its text first.")


def _rewrite_instead() -> str:
    return _("Readers have this text. Press Revise and put the line in there: you are asked what the change is.")


def _no_such_step() -> str:
    return _("The article does not go there from where it stands. Choose one of the steps offered.")


def _lines_changed() -> str:
    return _("The text was saved anew in between. Look at the removed lines as they stand now, then restore again.")
