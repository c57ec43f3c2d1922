"""The pages that everybody reads: the index, a piece, one check of it, a passage in its stored text."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from annotations.queries.readers.citing import ArchivedCopy, archived_copy, citable_evidence
from annotations.queries.readers.neighbours import why_stopped
from annotations.queries.readers.published import Piece, Standing, find_piece
from annotations.queries.readers.readeraddresses import address_of_check, address_of_piece
from annotations.queries.readers.readerindex import PAGE_SIZE, PageOfPieces, listed_pieces
from annotations.queries.readers.readerpage import build_reader_page, claims_of
from annotations.queries.readers.stamps import stamp_of_list, stamp_of_piece
from annotations.queries.readers.structured import structured_check, structured_page
from annotations.views.readers.answering import KEPT, answer_once, draw_public, page_asked
from annotations.views.readers.embedding import embed_code, oembed_links

GONE = 410


@gzip_page
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What is published, newest first, a page at a time."""
    page = page_asked(request)

    def draw() -> HttpResponse:
        listed = listed_pieces(page)
        if page > 1 and not listed.pieces:
            raise Http404
        return draw_public("reader/index.html", {"pieces": listed.pieces, **_pages_beside(page, listed)})

    return answer_once(request, stamp_of_list(page), draw)


def _pages_beside(page: int, listed: PageOfPieces) -> dict[str, Any]:
    here = reverse("annotations:read-index")
    first = (page - 1) * PAGE_SIZE + 1
    standing = {"first": first, "last": first + len(listed.pieces) - 1}
    return {
        "newer_href": "" if page == 1 else here if page == 2 else f"{here}?page={page - 1}",
        "older_href": f"{here}?page={page + 1}" if listed.has_more else "",
        "standing": _("%(first)s to %(last)s") % standing,
        # A list that names a demonstration is kept out of search engines as its page is.
        "keep_out": any(piece.is_demonstration for piece in listed.pieces),
    }


@gzip_page
@require_safe
def read(request: HttpRequest, slug: str) -> HttpResponse:
    """A published piece with its checks; in the place of one that was stopped or withdrawn, a notice."""
    piece = _piece(slug)
    if instead := _instead_of(piece, "annotations:read"):
        return instead
    return answer_once(request, stamp_of_piece(piece.article), lambda: _draw_piece(piece))


def _draw_piece(piece: Piece) -> HttpResponse:
    page = build_reader_page(piece)
    address = address_of_piece(piece.slug)
    context = {
        "page": page,
        "article": page.article,
        "address": address,
        "structured": structured_page(page),
        "discovery": oembed_links(address),
        "embeds": [(check, embed_code(check)) for check in page.checks],
        "is_demonstration": page.article.is_demonstration,
    }
    return draw_public("reader/article.html", context)


@gzip_page
@require_safe
def read_check(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """One check on a page of its own, to be linked and embedded."""
    piece = _piece(slug)
    if instead := _instead_of(piece, "annotations:read-check", uid=uid):
        return instead
    if not claims_of(piece.article).filter(uid=uid).exists():
        raise Http404
    return answer_once(request, stamp_of_piece(piece.article), lambda: _draw_check(piece, uid))


def _draw_check(piece: Piece, uid: UUID) -> HttpResponse:
    page = build_reader_page(piece)
    check = next(each for each in page.checks if each.uid == uid)
    address = address_of_check(piece.slug, uid)
    context = {
        "page": page,
        "article": page.article,
        "check": check,
        "address": address,
        "structured": structured_check(check, page),
        "discovery": oembed_links(address),
        "code": embed_code(check),
        "is_demonstration": page.article.is_demonstration,
    }
    return draw_public("reader/check.html", context)


@gzip_page
@require_safe
def read_source(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """A cited passage in its stored text, with what that text is and when it was stored."""
    piece = _piece(slug)
    if instead := _instead_of(piece, "annotations:read-source", uid=uid):
        return instead
    copy = _archived(piece, uid)

    def draw() -> HttpResponse:
        is_demonstration = piece.article.is_demonstration or copy.snapshot.source.is_demonstration
        context = {"copy": copy, "article": piece.article, "is_demonstration": is_demonstration, "keep_out": True}
        return draw_public("reader/source.html", context)

    return answer_once(request, stamp_of_piece(piece.article), draw)


@require_safe
def save_source(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The bytes of a cited source as they came, where its rights let them out: to be saved, never to be shown."""
    piece = _piece(slug)
    if piece.standing is not Standing.OUT:
        return _notice(piece)
    copy = _archived(piece, uid)
    if not copy.may_save:
        raise Http404
    capture = copy.snapshot.capture
    name = capture.name.replace("/", "_") or f"{capture.sha256[:12]}.bin"
    response = HttpResponse(bytes(capture.content), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _piece(slug: str) -> Piece:
    """:raises Http404: for what never went out, and for what exists for few."""
    piece = find_piece(slug)
    if piece is None:
        raise Http404
    return piece


def _instead_of(piece: Piece, page: str, **named: UUID) -> HttpResponse | None:
    """What is answered in the place of a page: a notice where the piece is not out, the way from a former address.

    The way is kept no longer than a page, because a piece may go back to an address it had.
    """
    if piece.standing is not Standing.OUT:
        return _notice(piece)
    if not piece.has_moved:
        return None
    response = redirect(page, slug=piece.slug, **named, permanent=True)
    patch_cache_control(response, public=True, max_age=KEPT)
    return response


def _archived(piece: Piece, uid: UUID) -> ArchivedCopy:
    cited = citable_evidence(claims_of(piece.article).values("pk")).filter(uid=uid)
    evidence = cited.select_related("snapshot__source", "snapshot__capture", "claim").first()
    if evidence is None:
        raise Http404
    return archived_copy(evidence)


def _notice(piece: Piece) -> HttpResponse:
    """What stands in the place of a piece that once went out: nothing of it, not even its headline."""
    is_held = piece.standing is Standing.HELD
    context = {"is_held": is_held, "reason": why_stopped(piece.article), "keep_out": True}
    response = draw_public("reader/notice.html", context, status=200 if is_held else GONE)
    response["Cache-Control"] = "no-store"
    return response
