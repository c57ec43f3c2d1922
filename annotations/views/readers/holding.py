"""Stopping a piece or the verdict on a claim, taking it down at once, and letting it go again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.forms.holds import StopForm
from annotations.models import Claim
from annotations.operations.readers.holding import stop_verdict
from annotations.permissions import visible_claims
from annotations.queries.readers.holds import holds_about
from annotations.queries.readers.reading import works_here
from annotations.views.rights import person_of, refuse_without
from annotations.views.workbench.bench import find_article, number_in
from articles.models import Article, Hold, HoldGround, Stale
from articles.operations.holds import AlreadyHeld, AnotherRole, NotHeld, PutBackByTwo, lift, put_back, stop
from articles.permissions import roles_to_stop_in, visible_holds
from articles.rights import refusal

BAD_FIELDS, CONFLICT = 400, 409


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def article_holds(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What people have stopped of an article; with POST a further hold on it."""
    article = find_article(request, uid)
    if not works_here(person_of(request)):
        raise Http404
    return _holds(request, article, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim_holds(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What keeps the verdict on a claim from readers; with POST a further hold on it."""
    person = person_of(request)
    if not works_here(person):
        raise Http404
    claim = get_object_or_404(visible_claims(person).select_related("article__head"), uid=uid)
    return _holds(request, claim.article, claim)


def _holds(request: HttpRequest, article: Article, claim: Claim | None) -> HttpResponse:
    person = person_of(request)
    roles = roles_to_stop_in(person)
    if request.method != "POST":
        return _show(request, article, claim, StopForm(roles=roles) if roles else None)
    if not roles:
        raise PermissionDenied(refusal(person, "articles.stop"))
    form = StopForm(request.POST, roles=roles)
    if not form.is_valid():
        return _show(request, article, claim, form, status=BAD_FIELDS)
    said: dict[str, Any] = {**form.cleaned_data, "by": person, "at": timezone.now()}
    try:
        stop(article=article, **said) if claim is None else stop_verdict(claim=claim, **said)
    except AlreadyHeld as refused:
        form.add_error(None, str(refused))
        return _show(request, article, claim, form, status=CONFLICT)
    messages.success(request, _("Stopped. Readers do not see it."))
    return redirect(_address(article, claim))


@login_required
@require_POST
def let_go(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Lift a hold, or agree to put back what was taken down."""
    person = person_of(request)
    hold = get_object_or_404(visible_holds(person).of_people().select_related("article__head"), uid=uid)
    claim = visible_claims(person).filter(span=hold.span_id).first() if hold.span_id else None
    is_pulled = hold.ground == HoldGround.PULLED
    refuse_without(person, "articles.put_back" if is_pulled else "articles.lift_hold", hold)
    act: dict[str, Any] = {"seen": number_in(request, "version"), "by": person, "at": timezone.now()}
    reason = request.POST.get("reason", "")[:500]
    try:
        if is_pulled:
            put_back(hold=hold, reason=reason, **act)
        else:
            lift(hold=hold, lifted_as=hold.placed_as, reason=reason, **act)
    except Stale:
        problem = _("Somebody changed this hold in between. Look at it as it stands now.")
        return _show(request, hold.article, claim, None, problem=problem, status=CONFLICT)
    except (NotHeld, AnotherRole, PutBackByTwo) as refused:
        return _show(request, hold.article, claim, None, problem=str(refused), status=CONFLICT)
    if hold.lifted_at is None:
        messages.success(request, _("Noted. It is back when a second person agrees."))
    else:
        messages.success(request, _("Lifted."))
    return redirect(_address(hold.article, claim))


def show_notice(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What readers get in the place of an article that is held."""
    by_provider = Hold.objects.standing().of_articles().of_providers().filter(article__uid=uid).exists()
    return render(request, "annotations/article_held.html", {"by_provider": by_provider})


def _address(article: Article, claim: Claim | None) -> str:
    if claim is None:
        return reverse("annotations:article-holds", args=[article.uid])
    return reverse("annotations:claim-holds", args=[claim.uid])


def _show(
    request: HttpRequest,
    article: Article,
    claim: Claim | None,
    form: StopForm | None,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "article": article,
        "claim": claim,
        "form": form,
        "holds": holds_about(article, claim, person_of(request)),
        "address": _address(article, claim),
        "problem": problem,
        "is_demonstration": article.is_demonstration,
    }
    return render(request, "annotations/holds.html", context, status=status)
