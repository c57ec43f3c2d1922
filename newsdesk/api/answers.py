"""What every answer to a program has in common, whoever gives it: a view, or what stands before the views."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import resolve
from django.utils.translation import gettext as _

from newsdesk.api.authentication import CHALLENGE, bearer_key
from newsdesk.api.limiting import say_rate
from newsdesk.api.parsing import too_large
from newsdesk.api.problems import MEDIA_TYPE, Problem, answer_outside_views

PREFIX = "/api/"
ROOT = "/api/v1"
# An answer is one person's view of the desk: no proxy, browser or next person at the screen gets it again.
KEPT_BY_NOBODY = "private, no-store"


def api_answers(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """The outermost middleware: forbids keeping answers of the API, and makes every error of it a problem document.

    A program that knocks at a page with its token would be sent to sign in, and take the empty answer for its file; it
    is told where the API has the same.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.path_info.startswith(PREFIX):
            if isinstance(response, HttpResponse) and _is_page_of_an_error(response):
                _tell_as_problem(response)
            response["Cache-Control"] = KEPT_BY_NOBODY
            say_rate(request, response)
        elif bearer_key(request.headers) is not None and _sends_to_sign_in(response):
            return _name_api_address(request)
        return response

    return answer


def _sends_to_sign_in(response: HttpResponseBase) -> bool:
    return response.status_code == 302 and response["Location"].startswith(resolve_url(settings.LOGIN_URL))


def _name_api_address(request: HttpRequest) -> HttpResponse:
    """A 401 to a token at the address of a page, with the address of the API that it opens."""
    there = ROOT + request.path_info
    if resolve(there).url_name is None:
        there = f"{ROOT}/"
    detail = _("The pages of the desk take no token. With one, ask for %(address)s.") % {"address": there}
    response = answer_outside_views(request, 401, detail)
    response["WWW-Authenticate"] = CHALLENGE
    response["Cache-Control"] = KEPT_BY_NOBODY
    return response


def _is_page_of_an_error(response: HttpResponse) -> bool:
    return response.status_code >= 400 and not response.get("Content-Type", "").startswith(MEDIA_TYPE)


def _tell_as_problem(response: HttpResponse) -> None:
    """Put a problem document where the page of the error stood; its other headers stay."""
    problem = Problem(response.status_code, _remedy(response.status_code))
    response.content = json.dumps(problem.to_json()).encode()
    response["Content-Type"] = MEDIA_TYPE
    if "Content-Length" in response:
        response["Content-Length"] = str(len(response.content))


def _remedy(status: int) -> str:
    """What to do about an error that no view has seen."""
    if status == 400:
        return _("The request is malformed, or asks for a host that this desk does not answer for.")
    if status == 403:
        return _("The request was refused before it was read. Send the CSRF token of the session, or use a token.")
    if status == 413:
        return too_large()
    if status < 500:
        return _("The API does not answer this. Its addresses and methods are described at /api/docs/.")
    return _("Something went wrong on our side. It has been noted.")
