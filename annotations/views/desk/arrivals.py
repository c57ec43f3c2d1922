"""What people decide about articles that came by themselves: holds, removed lines nobody saw, versions that wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.operations.desk.wires import NotWaiting, keep_ours, take_wire_version
from annotations.views.rights import person_of, refuse_without
from annotations.views.workbench.bench import find_article, go_to_bench, number_in, refuse_on_bench
from articles.models import Answer, Article, Revision, Stale, WireItem
from articles.operations.articles import open_removed_lines
from articles.operations.declaring import Declared, Undeclared
from articles.operations.holds import NotHeld, acknowledge_holds, lift_holds
from articles.operations.revising import NothingChanged
from articles.operations.spans import StaleRevision


@login_required
@require_POST
def acknowledge(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put one's name to a hold; from the desk, back to the desk."""
    refused = _decide(request, uid, "articles.acknowledge_hold", acknowledge_holds)
    return refused or _back(request, uid)


@login_required
@require_POST
def let_go(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Lift every hold on the article."""
    refused = _decide(request, uid, "articles.lift_hold", lift_holds, reason=request.POST.get("reason", "")[:500])
    return refused or _back(request, uid)


@login_required
@require_POST
def removed_seen(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note that the person has looked at the removed lines of an article that came unattended."""
    refused = _decide(request, uid, "articles.change_article", open_removed_lines)
    return refused or _back(request, uid)


def _decide(
    request: HttpRequest, uid: UUID, right: str, act: Callable[..., Article], **values: Any
) -> HttpResponse | None:
    """Do an act on the version of the article that the person saw; the workbench with a reason, when it is refused."""
    article, person = find_article(request, uid), person_of(request)
    refuse_without(person, right, article)
    try:
        act(article=article, seen=number_in(request, "version"), by=person, at=timezone.now(), **values)
    except (Stale, NotHeld):
        return refuse_on_bench(request, find_article(request, uid), _changed())
    return None


def _back(request: HttpRequest, uid: UUID) -> HttpResponse:
    if request.POST.get("from") == "desk":
        return redirect("annotations:desk")
    return redirect("annotations:workbench", uid=uid)


@login_required
@require_POST
def answer_wire(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take the version of the wire that waits as the next text, or keep ours."""
    article, person = find_article(request, uid), person_of(request)
    refuse_without(person, "articles.revise_article", article)
    item = get_object_or_404(WireItem, article=article, pk=number_in(request, "item"))
    try:
        if request.POST.get("answer") == Answer.TAKEN:
            declared = Declared(request.POST.get("change_kind", ""), request.POST.get("declared_text", "")[:2000])
            base, at = number_in(request, "base"), timezone.now()
            take_wire_version(item=item, base=base, by=person, at=at, declared=declared)
        else:
            keep_ours(item=item, by=person, at=timezone.now())
    except (NotWaiting, StaleRevision, NothingChanged, Revision.DoesNotExist):
        return refuse_on_bench(request, find_article(request, uid), _changed())
    except Undeclared as undeclared:
        return refuse_on_bench(request, find_article(request, uid), str(undeclared), status=400)
    return go_to_bench(article)


def _changed() -> str:
    return _("Somebody changed this article in between. Look at it as it stands now, then choose again.")
