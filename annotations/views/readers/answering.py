"""How pages for everybody are answered: the same for all, kept for a minute, and not sent again to who has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.translation import get_language

from annotations.queries.readers.stamps import Stamp

# Seconds in which a proxy or a browser may answer by itself: how long a piece may still be seen after it was stopped.
KEPT = 60


def answer_once(request: HttpRequest, stamp: Stamp, draw: Callable[[], HttpResponse]) -> HttpResponse:
    """What ``draw`` draws, unless whoever asks has it already; then 304, and nothing is drawn.

    Whether they have it is told by the text of the stamp alone. Its date says when readers were last told anything new,
    not when a name was last put right, so nobody is answered by that.
    """
    etag = f'"{stamp.text}-{get_language()}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = draw()
    assert isinstance(response, HttpResponse)
    response["ETag"] = etag
    if stamp.changed_at is not None:
        response["Last-Modified"] = http_date(stamp.changed_at.timestamp())
    patch_cache_control(response, public=True, max_age=KEPT)
    return response


def page_asked(request: HttpRequest) -> int:
    """Which page of a list somebody asks for, from 1.

    :raises Http404: for what is no number of a page.
    """
    asked = request.GET.get("page", "1")
    if not re.fullmatch(r"[1-9][0-9]{0,6}", asked):
        raise Http404
    return int(asked)


def draw_public(template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """A page drawn for nobody in particular: without the request, so that nothing of whoever asks can stand on it."""
    drawn = render_to_string(template, {**publisher_words(), **context})
    return HttpResponse(drawn, status=status)


def publisher_words() -> dict[str, str]:
    """What stands in the bar of every page for everybody: who speaks."""
    return {"desk_name": settings.PUBLISHER}


def open_to_scripts(response: HttpResponse) -> HttpResponse:
    """Let scripts of other sites read an answer that is the same for everybody and asks for no cookie."""
    response["Access-Control-Allow-Origin"] = "*"
    return response
