"""What readers are told about a piece: notices, and what was asked of outlets about copy that is not the desk's."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.forms.telling import NoticeForm, OutletAnswerForm, OutletRequestForm
from annotations.queries.readers.publicnotices import notices_on
from annotations.queries.readers.reading import works_here
from annotations.views.rights import person_of, refuse_without
from annotations.views.workbench.bench import find_article, number_in
from articles.models import Article, OutletRequest, Rights, Stale
from articles.operations.declaring import (
    OUT,
    AlreadyAnswered,
    DatesOutOfOrder,
    NotOut,
    OurOwnCopy,
    ask_outlet,
    declare,
    note_answer,
)
from articles.permissions import articles_taken_back, visible_declarations, visible_outlet_requests

BAD_FIELDS, CONFLICT = 400, 409


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tell_readers(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What readers were told about a piece, and what its changes were said to be; with POST a further notice."""
    article, person = _found(request, uid), person_of(request)
    if request.method != "POST":
        return _show(request, article)
    refuse_without(person, "articles.change_article", article)
    form = NoticeForm(request.POST)
    if not form.is_valid():
        return _show(request, article, notice_form=form, status=BAD_FIELDS)
    seen = number_in(request, "version")
    try:
        declare(article=article, seen=seen, by=person, at=timezone.now(), **form.cleaned_data)
    except (Stale, NotOut) as refused:
        form.add_error(None, _changed() if isinstance(refused, Stale) else str(refused))
        article.refresh_from_db()
        return _show(request, article, notice_form=form, status=CONFLICT)
    messages.success(request, _("Readers are told."))
    return redirect("annotations:tell-readers", uid=uid)


@login_required
@require_POST
def ask(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note that an outlet was asked to correct its copy."""
    article, person = _found(request, uid), person_of(request)
    refuse_without(person, "articles.ask_outlet", article)
    form = OutletRequestForm(request.POST)
    if not form.is_valid():
        return _show(request, article, request_form=form, status=BAD_FIELDS)
    try:
        ask_outlet(article=article, by=person, at=timezone.now(), **form.cleaned_data)
    except OurOwnCopy as refused:
        form.add_error(None, str(refused))
    except DatesOutOfOrder as refused:
        form.add_error(refused.field, str(refused))
    if form.errors:
        return _show(request, article, request_form=form, status=CONFLICT)
    messages.success(request, _("Noted. Readers see that a correction was requested."))
    return redirect("annotations:tell-readers", uid=uid)


@login_required
@require_POST
def answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note what an outlet answered."""
    person = person_of(request)
    asked = get_object_or_404(visible_outlet_requests(person).select_related("article__head"), uid=uid)
    refuse_without(person, "articles.ask_outlet", asked.article)
    form = OutletAnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, asked.article, answering=(asked, form), status=BAD_FIELDS)
    try:
        note_answer(
            request=asked, seen=number_in(request, "version"), by=person, at=timezone.now(), **form.cleaned_data
        )
    except DatesOutOfOrder as refused:
        form.add_error(refused.field, str(refused))
    except (Stale, AlreadyAnswered):
        form.add_error(None, _("Somebody noted an answer in between. Look at it as it stands now."))
    if form.errors:
        return _show(request, asked.article, answering=(asked, form), status=CONFLICT)
    messages.success(request, _("Noted. Readers see the answer."))
    return redirect("annotations:tell-readers", uid=asked.article.uid)


def _found(request: HttpRequest, uid: UUID) -> Article:
    """The article; 404 for readers, who find what they are told with the piece itself."""
    article = find_article(request, uid)
    if not works_here(person_of(request)):
        raise Http404
    return article


def _show(
    request: HttpRequest,
    article: Article,
    *,
    status: int = 200,
    notice_form: NoticeForm | None = None,
    request_form: OutletRequestForm | None = None,
    answering: tuple[OutletRequest, OutletAnswerForm] | None = None,
) -> HttpResponse:
    person, is_out = person_of(request), article.state in OUT
    may_tell = is_out and person.has_perm("articles.change_article", article)
    may_ask = person.has_perm("articles.ask_outlet", article)
    context: dict[str, Any] = {
        "article": article,
        "is_out": is_out,
        "notices": notices_on(article, person),
        "changes": visible_declarations(person)
        .filter(article=article)
        .select_related("created_by", "revision")
        .defer("revision__text", "revision__blocks", "revision__removed")
        .order_by("-pk"),
        "notice_form": (notice_form or NoticeForm()) if may_tell else None,
        "request_form": _request_form(article, request_form) if may_ask and article.rights != Rights.OWN else None,
        "asked": _asked(article, person, answering) if may_ask else [],
        "is_demonstration": article.is_demonstration,
    }
    return render(request, "annotations/article_notices.html", context, status=status)


def _request_form(article: Article, form: OutletRequestForm | None) -> OutletRequestForm:
    return form or OutletRequestForm(outlet=article.outlet or article.credit)


def _asked(
    article: Article, person: Any, answering: tuple[OutletRequest, OutletAnswerForm] | None
) -> list[tuple[OutletRequest, OutletAnswerForm]]:
    """The requests that nobody has noted an answer to, each with the form for it."""
    waiting = visible_outlet_requests(person).filter(article=article, answer="").order_by("pk")
    found = [(asked, OutletAnswerForm(auto_id=f"id_{asked.uid}_%s")) for asked in waiting]
    if answering is None:
        return found
    return [answering if asked.pk == answering[0].pk else (asked, form) for asked, form in found]


def show_retraction(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What readers get in the place of a piece that was taken back: what was wrong with it."""
    person = person_of(request)
    article = articles_taken_back(person).select_related("head").get(uid=uid)
    return render(
        request,
        "annotations/article_retracted.html",
        {"article": article, "notices": notices_on(article, person)},
    )


def _changed() -> str:
    return _("Somebody changed this article in between. Look at it as it stands now, then choose again.")
