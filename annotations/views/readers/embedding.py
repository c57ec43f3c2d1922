"""Checks on other people's pages: a frame without scripts or cookies, and oEmbed, which tells programs of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from annotations.models import Claim
from annotations.queries.readers.publicchecks import Check, checks_in
from annotations.queries.readers.published import Piece, Standing, find_piece, published_articles, published_claims
from annotations.queries.readers.readeraddresses import absolute, address_of_check, address_of_embed
from annotations.queries.readers.stamps import Stamp, stamp_of_piece
from annotations.views.readers.answering import answer_once, draw_public, open_to_scripts

WIDTH, HEIGHT = 600, 340
NARROWEST, LOWEST = 240, 160
# A frame may open the check in a window of its own and nothing else: no scripts, no forms, no origin.
SANDBOX = "allow-popups allow-popups-to-escape-sandbox"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *; "
    f"sandbox {SANDBOX}"
)
NOT_IMPLEMENTED = 501
FORMATS = {"json": "application/json+oembed", "xml": "text/xml+oembed"}


@gzip_page
@xframe_options_exempt
@require_safe
def embed(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One check in a frame of another site. What is published no more is not told apart from what never was."""
    article = _article_of(uid)
    if article is None:
        response = draw_public("reader/embed_nothing.html", {}, status=404)
    else:
        response = answer_once(request, stamp_of_piece(article), lambda: _draw(article, uid))
    response["Content-Security-Policy"] = POLICY
    response["X-Robots-Tag"] = "noindex"
    return response


def _article_of(claim: UUID) -> Any:
    """The published article of a published claim, or None."""
    claims = published_claims().filter(uid=claim)
    return published_articles().filter(pk__in=claims.values("article")).first()


def _draw(article: Any, uid: UUID) -> HttpResponse:
    check = _check_of(article, uid)
    address = address_of_check(article.slug, uid)
    context = {"check": check, "article": article, "address": address, "is_demonstration": article.is_demonstration}
    return draw_public("reader/embed.html", context)


def _check_of(article: Any, uid: UUID) -> Check:
    claims = published_claims().filter(uid=uid)
    return checks_in(claims, revision=article.published_revision, article=article.pk)[0]


def embed_code(check: Check, *, width: int = WIDTH, height: int = HEIGHT) -> str:
    """The element that shows a check on another page."""
    title = _("Fact check: %(claim)s") % {"claim": check.canonical}
    return (
        f'<iframe src="{escape(address_of_embed(check.uid))}" title="{escape(title)}" width="{width}" '
        f'height="{height}" sandbox="{SANDBOX}" loading="lazy" referrerpolicy="no-referrer"></iframe>'
    )


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """Where everybody finds the check of a claim, and what embeds it."""

    address: str
    code: str


def public_place(claim: Claim) -> PublicPlace | None:
    """Where the check of a claim is open to everybody; None while it is not."""
    article = _article_of(claim.uid)
    if article is None:
        return None
    return PublicPlace(address_of_check(article.slug, claim.uid), embed_code(_check_of(article, claim.uid)))


def oembed_links(address: str) -> list[tuple[str, str]]:
    """Media types and addresses under which programs learn how to embed the page at ``address``."""
    asked = absolute(reverse("annotations:oembed"))
    return [(kind, f"{asked}?url={quote(address, safe='')}&format={name}") for name, kind in FORMATS.items()]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a program wants embedded: a piece, or one check in it."""

    piece: Piece
    claim: UUID | None


@gzip_page
@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """How to embed a check or name a piece (oembed.com, version 1.0). Any address of nothing published is a 404."""
    name = request.GET.get("format", "json")
    if name not in FORMATS:
        return open_to_scripts(_refusal(_("Ask for format=json or format=xml."), NOT_IMPLEMENTED))
    asked = _asked(request.GET.get("url", ""))
    if asked is None:
        return open_to_scripts(_refusal(_("This is not the address of anything published here."), 404))
    answered = _describe(asked, _most(request, "maxwidth", WIDTH), _most(request, "maxheight", HEIGHT))
    if answered is None:
        return open_to_scripts(_refusal(_("This is not the address of anything published here."), 404))
    stamp = stamp_of_piece(asked.piece.article)
    sized = Stamp(f"{stamp.text}-{name}-{answered.get('width')}-{answered.get('height')}", stamp.changed_at)
    return open_to_scripts(answer_once(request, sized, lambda: _written(answered, name)))


def _asked(url: str) -> _Asked | None:
    """What stands at an address of this desk, when that is open to everybody."""
    match = _match(url)
    if match is None:
        return None
    if match.url_name == "embed":
        article = _article_of(match.kwargs["uid"])
        piece = find_piece(article.slug) if article is not None else None
        return _Asked(piece, match.kwargs["uid"]) if piece is not None else None
    if match.url_name not in {"read", "read-check"}:
        return None
    piece = find_piece(match.kwargs["slug"])
    if piece is None or piece.standing is not Standing.OUT:
        return None
    named = re.fullmatch(r"check-([0-9a-f-]{36})", urlsplit(url).fragment)
    return _Asked(piece, match.kwargs.get("uid") or (UUID(named[1]) if named and _is_uid(named[1]) else None))


def _is_uid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _match(url: str) -> ResolverMatch | None:
    try:
        parts, home = urlsplit(url), urlsplit(settings.PUBLIC_URL)
        if (parts.scheme, parts.netloc) != (home.scheme, home.netloc):
            return None
        return resolve(parts.path)
    except (Resolver404, ValueError):
        return None


def _most(request: HttpRequest, name: str, usual: int) -> int:
    """The usual size, or the one asked for where that is smaller; never too small to be read."""
    asked = request.GET.get(name, "")
    least = NARROWEST if name == "maxwidth" else LOWEST
    return max(min(int(asked[:6]), usual), least) if asked.isascii() and asked.isdigit() else usual


def _describe(asked: _Asked, width: int, height: int) -> dict[str, Any] | None:
    article = asked.piece.article
    provider = {"version": "1.0", "provider_name": settings.PUBLISHER, "provider_url": settings.PUBLISHER_URL}
    if asked.claim is None:
        return {"type": "link", "title": _headline(article), **provider, "cache_age": 60}
    if not published_claims().filter(uid=asked.claim, article=article.pk).exists():
        return None
    check = _check_of(article, asked.claim)
    return {
        "type": "rich",
        "title": _("%(rating)s: %(claim)s") % {"rating": check.rating_told, "claim": check.canonical},
        **provider,
        "cache_age": 60,
        "width": width,
        "height": height,
        "html": embed_code(check, width=width, height=height),
    }


def _headline(article: Any) -> str:
    return str(article.revisions.values_list("headline", flat=True).get(pk=article.published_revision))


def _written(answered: dict[str, Any], name: str) -> HttpResponse:
    if name == "json":
        return JsonResponse(answered)
    root = Element("oembed")
    for member, value in answered.items():
        SubElement(root, member).text = str(value)
    return HttpResponse(tostring(root, encoding="utf-8", xml_declaration=True), content_type="text/xml; charset=utf-8")


def _refusal(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")
