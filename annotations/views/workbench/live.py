"""What an open workbench asks every moment: who else is there, and what they have changed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from annotations.operations.workbench.presence import be_present, leave
from annotations.queries.readers.reading import works_here
from annotations.queries.workbench.live import Look, changed_marks, comments_changed, look_at
from annotations.views.rights import person_of
from articles.permissions import visible_articles

SIGNED_OUT = 401  # to a script, the page to sign in would be an answer like any other


@require_safe
def live(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What has changed since ``?since=``, ``?head=`` and ``?people=``; 204 when nothing has.

    That somebody asks is how the desk knows that they have the article open.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=SIGNED_OUT)
    person = person_of(request)
    since = _number(request, "since")
    look = look_at(uid, person, since=since) if works_here(person) else None
    if look is None:
        raise Http404
    if look.is_blind:
        return JsonResponse({"is_over": True})
    if not look.is_heard_of:
        be_present(article=look.article, by=person, at=timezone.now())
    answer = _answer(request, look, since)
    return JsonResponse(answer) if answer else HttpResponse(status=204)


def _answer(request: HttpRequest, look: Look, since: int) -> dict[str, Any]:
    """What to tell; nothing when there is nothing to tell."""
    answer: dict[str, Any] = {}
    if look.has_changed:
        marks = changed_marks(look, since=since)
        answer["marks"] = [
            {
                "uid": str(mark.uid),
                "layer": mark.layer,
                "version": mark.version,
                "state": mark.state,
                "stamp": mark.stamp,
            }
            for mark in marks
        ]
        answer["comments"] = comments_changed(look, person_of(request), since=since)
        answer["told"] = _told(len(marks))
    if look.head_number != _number(request, "head"):
        answer["head"] = look.head_number
        answer["revised"] = _("The text was saved as revision %(number)s") % {"number": look.head_number}
    if look.people != _number(request, "people"):
        answer["people"] = look.people
        answer["present"] = render_to_string("annotations/_present.html", {"present": look.present})
    return {**answer, "cursor": look.horizon, "others": len(look.present)} if answer else {}


def _told(count: int) -> str:
    if not count:
        return _("Somebody commented")
    return ngettext("%(count)s mark changed", "%(count)s marks changed", count) % {"count": count}


def _number(request: HttpRequest, name: str) -> int:
    """A number that the page sent back as it got it; 0, which everything comes after, when it is none."""
    value = request.GET.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else 0


@require_POST
def leave_article(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that a page of the article was closed; nobody reads the answer."""
    if not request.user.is_authenticated:
        return HttpResponse(status=SIGNED_OUT)
    person = person_of(request)
    for article in visible_articles(person).filter(uid=uid).values_list("pk", flat=True):
        leave(article=article, by=person, at=timezone.now())
    return HttpResponse(status=204)
