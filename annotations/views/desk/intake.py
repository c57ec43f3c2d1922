from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from annotations.forms.fetching import AddressForm
from annotations.forms.intake import MAX_MEBIBYTES, BringInForm
from annotations.operations.desk.intake import BroughtInBefore, bring_in, bring_in_revision
from annotations.queries.desk.intake import copies_of, languages_of_desk
from annotations.views.rights import person_of, refuse_without
from articles.models import Article, Rights
from articles.operations.articles import change_article
from articles.operations.declaring import Undeclared
from articles.operations.revising import NothingChanged
from articles.operations.spans import StaleRevision
from articles.permissions import visible_articles, visible_fetch_requests

TOO_LARGE = 413
NOT_UNDERSTOOD = 422
CONFLICT = 409
# The buttons that save what was seen.
SAVING = frozenset({"save", "revision_of", "version_of"})


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
    if is_valid and SAVING & request.POST.keys():
        if form.was_seen:
            return _save(request, form, by=person_of(request))
        form.add_error(None, _("This is not the text you saw before. Look at it now, then bring it in."))
    if not form.errors:
        form.offer_facts()
    return _show(request, form, status=NOT_UNDERSTOOD if form.errors else 200)


def _save(request: HttpRequest, form: BringInForm, *, by: AbstractUser) -> HttpResponse:
    """As what the pressed button says: a piece of its own, another outlet's version, or the next text of a piece."""
    if "revision_of" in request.POST:
        return _save_as_revision(request, form, by=by)
    try:
        article = _store(request, form, by=by)
    except BroughtInBefore as before:
        return redirect("annotations:workbench", before.article.uid)
    messages.success(request, _("Brought in. Nothing is marked yet."))
    return redirect("annotations:workbench", article.uid)


def _save_as_revision(request: HttpRequest, form: BringInForm, *, by: AbstractUser) -> HttpResponse:
    article, base = _named_piece(request, "revision_of")
    refuse_without(by, "articles.revise_article", article)
    assert form.copy is not None
    try:
        bring_in_revision(
            article=article,
            base=base,
            incoming=form.incoming(),
            content=form.copy.content,
            media_type=form.copy.media_type,
            name=form.copy.name,
            url=form.copy.url,
            note=_("Brought in again"),
            by=by,
            at=timezone.now(),
        )
    except StaleRevision:
        form.add_error(None, _("Somebody saved a new text of that piece meanwhile. Look at the difference again."))
        return _show(request, form, status=CONFLICT)
    except NothingChanged:
        return redirect("annotations:workbench", article.uid)
    except Undeclared:
        form.add_error(None, _("Readers have that piece. Open it and press Revise: there you say what the change is."))
        return _show(request, form, status=CONFLICT)
    messages.success(request, _("Saved as the next revision. Every mark was carried along; look at those in doubt."))
    return redirect("annotations:workbench", article.uid)


def _named_piece(request: HttpRequest, field: str) -> tuple[Article, int]:
    """The article that a button names by uid, and the number of the revision its difference was shown to.

    :raises Http404: for what nobody could have been shown.
    """
    uid, _colon, number = request.POST[field].partition(":")
    try:
        wanted, base = UUID(uid), int(number)
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(visible_articles(person_of(request)), uid=wanted), base


@transaction.atomic
def _store(request: HttpRequest, form: BringInForm, *, by: AbstractUser) -> Article:
    assert form.copy is not None
    at, known = timezone.now(), form.cleaned_data
    other = _named_piece(request, "version_of")[0] if "version_of" in request.POST else None
    article = bring_in(
        incoming=form.incoming(),
        content=form.copy.content,
        media_type=form.copy.media_type,
        reader=form.copy.reader,
        name=form.copy.name,
        url=form.copy.url,
        date_note=known["date_note"],
        uid=form.piece_uid(by=by),
        version_of=other,
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
    known = copies_of(form.preview.incoming.text, person=person_of(request)) if form.preview else []
    context = {"form": form, "address_form": AddressForm(), "known": known, **context}
    return render(request, "annotations/bring_in.html", context, status=status)
