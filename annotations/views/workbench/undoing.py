"""Undo and redo, the list of what one did, and an administrator's page that reverts what somebody did."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.forms.acts import RangeForm
from annotations.operations.workbench.undo import (
    ChangedSince,
    NothingToRedo,
    NothingToUndo,
    Reversed,
    foresee_revert,
    redo,
    revert,
    undo,
    undo_act,
)
from annotations.queries.paging import read_page
from annotations.queries.workbench.acts import (
    NEWEST_FIRST,
    ShownAct,
    acts_in_range,
    acts_to_revert,
    shown_acts,
    with_articles,
)
from annotations.queries.workbench.actsides import shown_conflicts
from annotations.queries.workbench.repairs import repairs_address, uid_in
from annotations.views.rights import page_address, person_of, refuse_without
from annotations.views.workbench.bench import Panel, bench_of, find_article, show_workbench
from articles.models import Act
from articles.permissions import visible_acts, visible_articles

MOST_AT_ONCE = 500


@login_required
@require_POST
def undo_last(request: HttpRequest) -> HttpResponse:
    """Undo what the person did last, or the act that ``act`` names; ``before`` passes over one that cannot be undone.

    ``leaving`` undoes of acts that are one whatever can be undone. ``next`` is the page to go back to.
    """
    person = person_of(request)
    acts: dict[str, Any] = {"by": person, "at": timezone.now(), "leaving": "leaving" in request.POST}
    try:
        if request.POST.get("act"):
            came_to = undo_act(act=_own_act(person, request.POST["act"]), **acts)
        elif request.POST.get("before"):
            came_to = undo(before=_own_act(person, request.POST["before"]), **acts)
        else:
            came_to = undo(**acts)
    except NothingToUndo as nothing:
        return _say_nothing(request, str(nothing))
    except ChangedSince as changed:
        return _show_conflict(request, changed, is_redo=False)
    return _go_on(request, came_to, done=_("Undone: %(act)s"))


@login_required
@require_POST
def redo_last(request: HttpRequest) -> HttpResponse:
    """Do again what the person undid last."""
    try:
        came_to = redo(by=person_of(request), at=timezone.now(), leaving="leaving" in request.POST)
    except NothingToRedo as nothing:
        return _say_nothing(request, str(nothing))
    except ChangedSince as changed:
        return _show_conflict(request, changed, is_redo=True)
    return _go_on(request, came_to, done=_("Done again: %(act)s"))


def _own_act(person: AbstractUser, uid: str) -> Act:
    try:
        wanted = UUID(uid)
    except ValueError:
        wanted = UUID(int=0)
    return get_object_or_404(visible_acts(person), uid=wanted, person_id=person.pk)


def _say_nothing(request: HttpRequest, sentence: str) -> HttpResponse:
    messages.info(request, sentence)
    return redirect(_way_back(request))


def _go_on(request: HttpRequest, came_to: Reversed, *, done: str) -> HttpResponse:
    """Back to where one was, with what was done and a link to it; on its article, with the mark selected."""
    if came_to.left:
        sentence = ngettext(
            "%(count)s was changed since and left as it stands.", "%(count)s were changed since and left.",
            len(came_to.left),
        )  # fmt: skip
        messages.warning(request, sentence % {"count": len(came_to.left)})
    if not came_to.acts:
        return redirect(_way_back(request))
    # The mark as it stands now, so that the link leads to it where it is there.
    leading = with_articles(Act.objects.filter(pk__in=[act.pk for act in came_to.acts])).order_by("position", "-pk")[:1]
    [shown] = shown_acts(leading, person_of(request))
    told = _told(shown)
    messages.success(request, format_html('{} <a href="{}">{}</a>', done % {"act": told}, shown.href, _("Look at it")))
    return redirect(_back_to(shown, _way_back(request)))


def _back_to(shown: ShownAct, back: str) -> str:
    """Back to where one was; in the repair queue, and on the workbench of its article, to the mark."""
    if back.partition("?")[0] == reverse("annotations:repairs"):
        return repairs_address(article=uid_in(back, "article"), mark=shown.act.noun)
    return shown.href if shown.href.partition("?")[0] == back else back


def _told(shown: ShownAct) -> str:
    words = " ".join(shown.words.split())
    return f"{shown.first} “{words[:80]}{'…' if len(words) > 80 else ''}”" if words else shown.first


def _way_back(request: HttpRequest) -> str:
    """The page that ``next`` names, where it is one of ours; else the list of what one did."""
    address = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(address, allowed_hosts=None) and address.startswith("/"):
        return address
    return reverse("annotations:my-acts")


def _show_conflict(request: HttpRequest, changed: ChangedSince, *, is_redo: bool) -> HttpResponse:
    """Both sides: in the inspector of the workbench the person is on, else on a page of their own."""
    context = {
        "conflicts": shown_conflicts(changed.conflicts, person_of(request)),
        "others": changed.others,
        "is_redo": is_redo,
        "way_back": _way_back(request),
    }
    article = _article_of(_way_back(request))
    if article is None:
        return render(request, "annotations/undo_conflict.html", context, status=409)
    found = find_article(request, article)
    title = _("Not done again") if is_redo else _("Not undone")
    panel = Panel("annotations/_undo_conflict.html", title, context)
    return show_workbench(request, bench_of(request, found), panel, status=409)


def _article_of(address: str) -> UUID | None:
    """The article whose workbench has this address."""
    try:
        match = resolve(address.partition("?")[0])
    except Resolver404:
        return None
    return match.kwargs["uid"] if match.view_name == "annotations:workbench" else None


@login_required
@require_safe
def my_acts(request: HttpRequest) -> HttpResponse:
    """What the person did and undid, newest first."""
    person = person_of(request)
    own = with_articles(visible_acts(person).filter(person_id=person.pk).leading())
    page = read_page(own, order=NEWEST_FIRST, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    context = {
        "acts": shown_acts(page.rows, person),
        "previous_href": page_address(request, "before", page.before),
        "next_href": page_address(request, "after", page.after),
    }
    return render(request, "annotations/my_acts.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def acts_of(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What somebody did in a range, and reverting it. What would be left is said before anything is done."""
    administrator = person_of(request)
    refuse_without(administrator, "annotations.administer")
    somebody = get_object_or_404(get_user_model(), uid=uid)
    form = RangeForm(request.POST if request.method == "POST" else request.GET)
    form.person = administrator
    is_asked = form.is_valid() and form.has_range()
    acts = acts_to_revert(_in_range(administrator, somebody, form), most=MOST_AT_ONCE) if is_asked else []
    if request.method == "POST" and is_asked:
        return _revert(request, somebody, acts, administrator)
    foreseen = foresee_revert(acts=acts, by=administrator, at=timezone.now()) if acts else Reversed()
    context = {
        "somebody": somebody,
        "form": form,
        "is_asked": is_asked,
        "most": MOST_AT_ONCE,
        "is_more": len(acts) == MOST_AT_ONCE,
        "reverted": shown_acts(_again(foreseen.acts), administrator),
        "left": shown_conflicts(foreseen.left, administrator),
    }
    return render(request, "annotations/acts_of.html", context)


def _in_range(administrator: AbstractUser, somebody: Any, form: RangeForm) -> Any:
    asked = form.cleaned_data
    since, until = asked["since"], asked["until"]
    return acts_in_range(
        visible_acts(administrator),
        person=somebody,
        since=_midnight(since) if since else None,
        # The last day is meant as a whole.
        until=_midnight(until + timedelta(days=1)) if until else None,
        article=visible_articles(administrator).filter(uid=asked["article"]).first() if asked["article"] else None,
    )


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _again(acts: list[Act]) -> Any:
    return with_articles(Act.objects.filter(pk__in=[act.pk for act in acts])).order_by("-pk")


def _revert(request: HttpRequest, somebody: Any, acts: list[Act], administrator: AbstractUser) -> HttpResponse:
    came_to = revert(acts=acts, by=administrator, at=timezone.now())
    done = ngettext("%(count)s act of %(who)s reverted.", "%(count)s acts of %(who)s reverted.", len(came_to.acts))
    messages.success(request, done % {"count": len(came_to.acts), "who": somebody})
    asked = request.POST.copy()
    asked.pop("csrfmiddlewaretoken", None)
    return redirect(f"{reverse('annotations:acts-of', args=[somebody.uid])}?{asked.urlencode()}")
