"""The newest checks as an Atom feed (RFC 4287)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from annotations.queries.readers.readeraddresses import address_of_feed, address_of_index
from annotations.queries.readers.readerfeed import ToldCheck, newest_checks
from annotations.queries.readers.stamps import stamp_of_feed
from annotations.views.readers.answering import answer_once, open_to_scripts, page_asked

MOST = 50


@gzip_page
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The checks that readers learnt of last, a corrected one with what was corrected. None of a demonstration.

    Earlier ones stand on further pages, each leading to the next (RFC 5005, section 3).
    """
    page = page_asked(request)
    first = (page - 1) * MOST
    stamp = stamp_of_feed(first, first + MOST + 1)

    def draw() -> HttpResponse:
        checks = newest_checks(first, first + MOST + 1)
        if page > 1 and not checks:
            raise Http404
        drawn = _drawn(checks[:MOST], page=page, has_more=len(checks) > MOST)
        return HttpResponse(drawn.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")

    return open_to_scripts(answer_once(request, stamp, draw))


class _PagedFeed(Atom1Feed):
    """A feed that names the pages beside it, which the constructor takes as ``beside``: addresses by relation."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for relation, address in self.feed["beside"].items():
            handler.addQuickElement("link", "", {"rel": relation, "href": address})


def _beside(page: int, *, has_more: bool) -> dict[str, str]:
    address = address_of_feed()
    beside = {"first": address}
    if page > 1:
        beside["previous"] = address if page == 2 else f"{address}?page={page - 1}"
    if has_more:
        beside["next"] = f"{address}?page={page + 1}"
    return beside


def _drawn(checks: list[ToldCheck], *, page: int, has_more: bool) -> Any:
    atom = _PagedFeed(
        title=_("Fact checks of %(publisher)s") % {"publisher": settings.PUBLISHER},
        link=address_of_index(),
        description="",
        language=settings.LANGUAGE_CODE,
        author_name=settings.PUBLISHER,
        author_link=settings.PUBLISHER_URL,
        feed_url=address_of_feed() + (f"?page={page}" if page > 1 else ""),
        beside=_beside(page, has_more=has_more),
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
