from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from annotations.forms.fetching import AddressForm
from annotations.forms.intake import MAX_MEBIBYTES, BringInForm
from annotations.operations.intake import BroughtInBefore, bring_in
from annotations.queries.intake import languages_of_desk, revisions_with_text
from annotations.views.rights import person_of, refuse_without
from articles.models import Article, Rights
from articles.operations.articles import change_article
from articles.permissions import visible_fetch_requests

TOO_LARGE = 413
NOT_UNDERSTOOD = 422


# The check of the token reads the whole body; what is too large is refused before, with a page that says so.
@csrf_exempt
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in_copy(request: HttpRequest) -> HttpResponse:
    """Paste or upload a piece, see what becomes of it, then save exactly that."""
    refuse_without(person_of(request), "articles.bring_in")
    if _is_too_large(request):
        return _show(request, _form_for(request), status=TOO_LARGE, limit=MAX_MEBIBYTES)
    if request.method == "POST":
        answer: HttpResponse = _take(request)
        return answer
    if "fetched" in request.GET:
        return _look_at_fetched(request)
    return _show(request, _form_for(request))


def _look_at_fetched(request: HttpRequest) -> HttpResponse:
    """What stood at an address, as the first look at a file; nothing of it is saved as an article yet."""
    form = _form_for(request, {"fetched": request.GET["fetched"], "rights": Rights.UNKNOWN})
    if form.is_valid():
        form.offer_facts()
    return _show(request, form, status=NOT_UNDERSTOOD if form.errors else 200)


def _form_for(request: HttpRequest, *sent: Any) -> BringInForm:
    person = person_of(request)
    return BringInForm(*sent, languages=languages_of_desk(person), requests=visible_fetch_requests(person))


def _is_too_large(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return limit is not None and length.isdecimal() and int(length) > limit


@csrf_protect
def _take(request: HttpRequest) -> HttpResponse:
    form = _form_for(request, request.POST, request.FILES)
    is_valid = form.is_valid()
    if is_valid and "save" in request.POST:
        if form.was_seen:
            return _save(request, form, by=person_of(request))
        form.add_error(None, _("This is not the text you saw before. Look at it now, then bring it in."))
    if not form.errors:
        form.offer_facts()
    return _show(request, form, status=NOT_UNDERSTOOD if form.errors else 200)


def _save(request: HttpRequest, form: BringInForm, *, by: AbstractUser) -> HttpResponse:
    try:
        article = _store(form, by=by)
    except BroughtInBefore as before:
        return redirect("annotations:workbench", before.article.uid)
    messages.success(request, _("Brought in. Nothing is marked yet."))
    return redirect("annotations:workbench", article.uid)


@transaction.atomic
def _store(form: BringInForm, *, by: AbstractUser) -> Article:
    assert form.copy is not None
    at, known = timezone.now(), form.cleaned_data
    article = bring_in(
        incoming=form.incoming(),
        content=form.copy.content,
        media_type=form.copy.media_type,
        reader=form.copy.reader,
        name=form.copy.name,
        url=form.copy.url,
        date_note=known["date_note"],
        uid=form.piece_uid(by=by),
        by=by,
        at=at,
    )
    # In the same transaction, so that an embargoed piece is never seen without its embargo.
    return change_article(
        article=article,
        seen=article.version,
        rights=known["rights"],
        embargo_until=known["embargo_until"],
        by=by,
        at=at,
    )


def _show(request: HttpRequest, form: BringInForm, *, status: int = 200, **context: Any) -> HttpResponse:
    known = revisions_with_text(form.preview.incoming.text, person=person_of(request)) if form.preview else []
    context = {"form": form, "address_form": AddressForm(), "known": known, **context}
    return render(request, "annotations/bring_in.html", context, status=status)
