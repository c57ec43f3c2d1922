"""How often a token may ask, and what every answer says of it.

A minute of the clock has so many requests. They are counted where the token is looked up, by the database function
``newsdesk_count_request`` (migration 0004), so that all workers share one count and no request pays another round trip.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import Throttled

MINUTE = 60


class AskedTooOften(Throttled):
    """The token came more often this minute than it may."""

    default_detail = _("This token asks too often.")
    extra_detail_singular = _("Wait {wait} second.")  # type: ignore[assignment]
    extra_detail_plural = _("Wait {wait} seconds.")  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Rate:
    """How many requests a minute has, how many are left of them, and in how many seconds the next one begins."""

    limit: int
    left: int
    seconds: int


def refuse_beyond(request: HttpRequest, *, counted: int, now: datetime) -> None:
    """Note what is left of this minute on the request, for the headers of its answer.

    :raises AskedTooOften: when nothing is.
    """
    limit: int = settings.API_REQUESTS_A_MINUTE
    if not limit:
        return
    seconds = MINUTE - now.second
    setattr(request, "rate", Rate(limit, max(0, limit - counted), seconds))  # noqa: B010 - no attribute of Django's
    if counted > limit:
        raise AskedTooOften(wait=seconds)


def say_rate(request: HttpRequest, response: HttpResponseBase) -> None:
    """Write the headers of draft-ietf-httpapi-ratelimit-headers: the policy, and what is left until when."""
    rate: Rate | None = getattr(request, "rate", None)
    if rate is not None:
        response["RateLimit-Policy"] = f'"token";q={rate.limit};w={MINUTE}'
        response["RateLimit"] = f'"token";r={rate.left};t={rate.seconds}'
