"""Asking for a correction, without an account."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_safe
from rest_framework.throttling import SimpleRateThrottle

from annotations.forms.corrections import AskForm
from annotations.operations.readers.corrections import request_correction
from annotations.queries.readers.corrections import answer_to, claim_asked_about
from annotations.queries.readers.published import Piece, Standing, find_piece
from annotations.queries.readers.readerpage import claims_of
from annotations.views.readers.answering import publisher_words
from articles.models import Revision

UNFIT, TOO_MANY = 422, 429
# Whoever has an address of IPv6 has at least this many bits of it to themselves.
OWN_NETWORK = 64


class OfOnePerson(SimpleRateThrottle):
    """So many requests from one address; counted in the cache that all workers share."""

    scope = "corrections"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return self.cache_format % {"scope": self.scope, "ident": _network(self.get_ident(request))}


class OfOnePiece(SimpleRateThrottle):
    """So many requests about one piece, from however many addresses."""

    scope = "corrections_of_a_piece"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return self.cache_format % {"scope": self.scope, "ident": view}


def _network(ident: str) -> str:
    """The address, of IPv6 the part that one household or host has to itself."""
    try:
        address = ip_address(ident)
    except ValueError:
        return ident
    if isinstance(address, IPv6Address):
        return str(IPv6Address(int(address) >> OWN_NETWORK << OWN_NETWORK))
    return ident


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """The form in which a reader says what is wrong with a piece, or with one check of it (``?check=``)."""
    piece = find_piece(slug)
    if piece is None or piece.standing is not Standing.OUT:
        raise Http404
    if piece.has_moved and request.method != "POST":
        return redirect("annotations:ask-correction", slug=piece.slug, permanent=True)
    if request.method != "POST":
        return _show(request, piece, AskForm(initial={"check": request.GET.get("check")}))
    form = AskForm(request.POST)
    if not form.is_valid():
        return _show(request, piece, form, status=UNFIT)
    if not _may_ask(request, piece):
        form.add_error(None, _("There were many requests just now, and yours is not sent. Send it again in an hour."))
        return _show(request, piece, form, status=TOO_MANY)
    asked = request_correction(
        article=piece.article,
        revision=Revision.objects.get(pk=piece.article.published_revision),
        claim=claim_asked_about(claims_of(piece.article), form.cleaned_data["check"]),
        text=form.cleaned_data["text"],
        place=form.cleaned_data["place"],
        contact=form.cleaned_data["contact"],
        at=timezone.now(),
    )
    return redirect("annotations:correction-answer", uid=asked.uid)


def _may_ask(request: HttpRequest, piece: Piece) -> bool:
    """Whether neither this person nor everybody together has asked too often."""
    of_one: Any = OfOnePerson()
    of_all: Any = OfOnePiece()
    return bool(of_one.allow_request(request, None) and of_all.allow_request(request, piece.article.pk))


def _show(request: HttpRequest, piece: Piece, form: AskForm, *, status: int = 200) -> HttpResponse:
    article = piece.article
    headline = Revision.objects.values_list("headline", flat=True).get(pk=article.published_revision)
    check = None
    if form["check"].value():
        check = _named(piece, str(form["check"].value()))
    context = {
        "form": form,
        "article": article,
        "headline": headline,
        "check": check,
        "is_demonstration": article.is_demonstration,
        "keep_out": True,
        **publisher_words(),
    }
    return render(request, "reader/ask.html", context, status=status)


def _named(piece: Piece, uid: str) -> Any:
    try:
        return claim_asked_about(claims_of(piece.article), UUID(uid))
    except ValueError:
        return None


@never_cache
@require_safe
def answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What became of a request, at the address that whoever asked was given."""
    found = answer_to(uid)
    if found is None:
        raise Http404
    return render(request, "reader/answer.html", {"answer": found, "keep_out": True, **publisher_words()})
