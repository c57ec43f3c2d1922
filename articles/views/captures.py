from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.models import Capture, Intake, Revision, Rights, Snapshot
from articles.permissions import WORKING, roles_of, visible_articles, visible_sources

FREELY_SHOWN = (Rights.OWN, Rights.PUBLIC_DOMAIN)


@login_required
@never_cache
@require_safe
def download_capture(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand out bytes exactly as they came: always to be saved, never to be shown by the browser."""
    assert isinstance(request.user, AbstractUser)
    capture = get_object_or_404(visible_captures(request.user), uid=uid)
    name = capture.name.replace("/", "_") or f"{capture.sha256[:12]}.bin"
    response = HttpResponse(bytes(capture.content), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def visible_captures(person: AbstractUser) -> QuerySet[Capture]:
    """Captures that an article or a source rests on which the person may know of.

    Whoever does not work here gets those only where the rights let the whole text out. A file of several pieces, such
    as a feed, tells of them all, so it is for those who may know of every one.
    """
    articles = visible_articles(person)
    if not roles_of(person) & WORKING:
        articles = articles.filter(rights__in=FREELY_SHOWN)
    rests = (
        Revision.objects.filter(capture=OuterRef("pk"), article__in=articles),
        Intake.objects.filter(capture=OuterRef("pk"), article__in=articles),
        Snapshot.objects.filter(capture=OuterRef("pk"), source__in=visible_sources(person)),
    )
    found = Q()
    for rest in rests:
        found |= Q(Exists(rest))
    hidden = Revision.objects.filter(capture=OuterRef("pk")).exclude(article__in=articles)
    return Capture.objects.filter(found).exclude(Exists(hidden))
