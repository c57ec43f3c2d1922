"""The newest checks as an Atom feed (RFC 4287)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from annotations.queries.readeraddresses import address_of_feed, address_of_index
from annotations.queries.readerfeed import ToldCheck, newest_checks
from annotations.queries.stamps import stamp_of_feed
from annotations.views.answering import answer_once, open_to_scripts

MOST = 50


@gzip_page
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The checks that readers learnt of last, a corrected one with what was corrected. None of a demonstration."""

    def draw() -> HttpResponse:
        drawn = _drawn(newest_checks(MOST))
        return HttpResponse(drawn.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")

    return open_to_scripts(answer_once(request, stamp_of_feed(MOST), draw))


def _drawn(checks: list[ToldCheck]) -> Any:
    atom = Atom1Feed(
        title=_("Fact checks of %(publisher)s") % {"publisher": settings.PUBLISHER},
        link=address_of_index(),
        description="",
        language=settings.LANGUAGE_CODE,
        author_name=settings.PUBLISHER,
        author_link=settings.PUBLISHER_URL,
        feed_url=address_of_feed(),
    )
    for check in checks:
        atom.add_item(
            title=_("%(rating)s: %(claim)s") % {"rating": check.rating, "claim": check.canonical},
            link=check.address,
            description=check.summary,
            unique_id=f"urn:uuid:{check.uid}",
            pubdate=check.first_told_at,
            updateddate=check.told_at,
            author_name=settings.PUBLISHER,
        )
    return atom
