"""Any two revisions of an article beside each other."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from annotations.queries.readers.reading import works_here
from annotations.queries.workbench.comparing import compare
from annotations.queries.workbench.differences import differences
from annotations.views.rights import person_of
from annotations.views.workbench.bench import find_article
from articles.models import Article


def _article_worked_on(request: HttpRequest, uid: UUID) -> Article:
    """What stood there earlier is the desk's own: 404 for everybody else."""
    article = find_article(request, uid)
    if not works_here(person_of(request)):
        raise Http404
    return article


@login_required
@require_safe
def choose(request: HttpRequest, uid: UUID) -> HttpResponse:
    """To the two revisions that were chosen; without any, to what the newest one changed."""
    article = _article_worked_on(request, uid)
    newest = article.head.number
    first, last = (_number(request.GET.get(name, "")) for name in ("first", "last"))
    return redirect("annotations:difference", uid=uid, first=first or max(1, newest - 1), last=last or newest)


def _number(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


@login_required
@require_safe
def difference(request: HttpRequest, uid: UUID, first: int, last: int) -> HttpResponse:
    """What changed from one revision to another, in whichever order they are named; ``?view=one`` without the marks."""
    article = _article_worked_on(request, uid)
    revisions = article.revisions.select_related("created_by").defer("text", "blocks", "removed").order_by("-number")
    named = {each.number: each for each in revisions}
    if first not in named or last not in named:
        raise Http404
    whole = article.revisions.select_related("created_by").defer("blocks").filter(number__in=(first, last))
    chosen = {each.number: each for each in whole}
    before, after = chosen[first], chosen[last]
    view = "one" if request.GET.get("view") == "one" else "both"
    comparison = compare(before, after, person_of(request))
    return render(
        request,
        "annotations/difference.html",
        {
            "article": article,
            "before": before,
            "after": after,
            "revisions": named.values(),
            "view": view,
            "comparison": comparison,
            "stretches": differences(before.text, after.text) if view == "one" else [],
            "earlier": [(first - 1, first)] if first - 1 in named else [],
            "later": [(last, last + 1)] if last + 1 in named else [],
            "is_demonstration": article.is_demonstration,
        },
    )
