"""``claims:search`` as Google's Fact Check Tools API has it (v1alpha1), so that programs written for that one work."""

from __future__ import annotations

import base64
import binascii
import hashlib
from datetime import UTC, datetime, time
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.queries.readers.claimsearch import Asked, FoundCheck, search_published
from articles.api.refusals import NotTogether

LONGEST_QUERY = 10_000  # characters
USUAL_SIZE, LARGEST_SIZE = 10, 100
FURTHEST = 10_000
KNOWN = ("query", "languageCode", "reviewPublisherSiteFilter", "maxAgeDays", "pageSize", "pageToken", "offset")
# What every request to an API of Google may carry; it means nothing here.
OF_GOOGLE = frozenset({"key", "alt", "prettyPrint", "fields", "quotaUser", "$.xgafv", "access_token", "oauth_token"})
STATUSES = {
    400: "INVALID_ARGUMENT",
    404: "NOT_FOUND",
    405: "UNIMPLEMENTED",
    422: "INVALID_ARGUMENT",
    429: "RESOURCE_EXHAUSTED",
}


def _word() -> serializers.CharField:
    return serializers.CharField(required=False)


def _when() -> serializers.DateTimeField:
    return serializers.DateTimeField(required=False)


# The names are those of Google's API, which are not ours to write otherwise.
PUBLISHER = inline_serializer("ReviewPublisher", {"name": _word(), "site": _word()})
REVIEW = inline_serializer(
    "FoundReview",
    {
        "publisher": PUBLISHER,
        "url": _word(),
        "title": _word(),
        "reviewDate": _when(),
        "textualRating": _word(),
        "languageCode": _word(),
    },
    many=True,
)
CLAIM = inline_serializer(
    "FoundClaim",
    {"text": _word(), "claimant": _word(), "claimDate": _when(), "claimReview": REVIEW},
    many=True,
    required=False,
)
ANSWER = inline_serializer("FoundClaims", {"claims": CLAIM, "nextPageToken": _word()})


def _parameter(name: str, kind: Any, description: str) -> OpenApiParameter:
    return OpenApiParameter(name, kind, OpenApiParameter.QUERY, description=description)


def _from(least: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": least}


class ClaimSearchView(APIView):
    """Published fact checks by the words of a claim. Nobody need be signed in."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        parameters=[
            _parameter("query", str, "Words of a claim. Needed unless a publisher is given."),
            _parameter("languageCode", str, "Such as “en-US”; the region does not count."),
            _parameter("reviewPublisherSiteFilter", str, "The site whose reviews are wanted, such as “example.org”."),
            _parameter("maxAgeDays", _from(1), "Of the claim or the review, whichever is newer."),
            _parameter("pageSize", _from(1), f"{USUAL_SIZE} unless given, {LARGEST_SIZE} at most."),
            _parameter("pageToken", str, "The nextPageToken of the page before; the rest must be as it was."),
            _parameter("offset", _from(0), "Where to begin, from 0; counts without a pageToken alone."),
        ],
        responses={200: ANSWER},
        operation_id="claims_search",
        tags=["claims:search"],
        auth=[],
    )
    def get(self, request: Request) -> Response:
        """The published checks that fit, best first; without words the newest first."""
        asked = _asked(request)
        size = _number(request, "pageSize", USUAL_SIZE, least=1, most=LARGEST_SIZE)
        offset = _offset(request)
        is_ours = _is_this_site(request.query_params.get("reviewPublisherSiteFilter", ""))
        found, has_more = (
            search_published(asked, now=timezone.now(), offset=offset, size=size) if is_ours else ([], False)
        )
        answer: dict[str, Any] = {"claims": [_claim(each) for each in found]} if found else {}
        if has_more:
            answer["nextPageToken"] = _token(offset + size, request)
        return Response(answer, headers={"Access-Control-Allow-Origin": "*"})

    def handle_exception(self, exc: Exception) -> Response:
        """A problem as everywhere, with the ``error`` beside it that programs of Google's API look for."""
        response = super().handle_exception(exc)
        code = response.status_code
        status = STATUSES.get(code, "INTERNAL" if code >= 500 else "FAILED_PRECONDITION")
        response.data["error"] = {"code": code, "message": response.data["detail"], "status": status}
        response["Access-Control-Allow-Origin"] = "*"
        return response


def _asked(request: Request) -> Asked:
    """:raises ValidationError: for a parameter that does not exist, and without anything to look for."""
    for name in request.query_params:
        if name not in KNOWN and name not in OF_GOOGLE:
            raise ValidationError({name: [_("There is no such parameter. Known are: %s.") % ", ".join(KNOWN)]})
    for name, value in request.query_params.items():
        if "\0" in value:
            raise ValidationError({name: [_("This holds a NUL, which no text does. Take it out.")]})
    words = request.query_params.get("query", "").strip()
    if not words and not request.query_params.get("reviewPublisherSiteFilter", "").strip():
        raise NotTogether({"query": _("Say what to look for, or whose reviews (reviewPublisherSiteFilter).")})
    if len(words) > LONGEST_QUERY:
        raise ValidationError({"query": [_("A query has at most %d characters.") % LONGEST_QUERY]})
    days = request.query_params.get("maxAgeDays")
    return Asked(
        words=words,
        language=request.query_params.get("languageCode", "").partition("-")[0].strip()[:35].replace("\0", ""),
        max_age=None if days in {None, ""} else _number(request, "maxAgeDays", 0, least=1, most=36_600),
    )


def _number(request: Request, name: str, usual: int, *, least: int, most: int) -> int:
    """:raises ValidationError: when it is none, or too small; a larger one counts as the largest."""
    given = request.query_params.get(name, "")
    if not given:
        return usual
    if not (given.isascii() and given.isdigit()) or int(given[:9]) < least:
        raise ValidationError({name: [_("Give a whole number from %d.") % least]})
    return min(int(given[:9]), most)


def _offset(request: Request) -> int:
    token = request.query_params.get("pageToken", "")
    if not token:
        return _number(request, "offset", 0, least=0, most=FURTHEST)
    try:
        offset, digest = base64.urlsafe_b64decode(token.encode()).decode("ascii").split(":")
        if offset.isdigit() and digest == _digest(request):
            return min(int(offset[:9]), FURTHEST)
    except (ValueError, binascii.Error):
        pass
    raise NotTogether({"pageToken": _("This token is of no page of this search. Begin again without it.")})


def _token(offset: int, request: Request) -> str:
    return base64.urlsafe_b64encode(f"{offset}:{_digest(request)}".encode()).decode()


def _digest(request: Request) -> str:
    """What a page's token holds on to: the search it is a page of."""
    said = [request.query_params.get(name, "") for name in ("query", "languageCode", "reviewPublisherSiteFilter")]
    return hashlib.sha256(repr([*said, request.query_params.get("maxAgeDays", "")]).encode()).hexdigest()[:12]


def _site() -> str:
    return (urlsplit(settings.PUBLISHER_URL).hostname or "").removeprefix("www.")


def _is_this_site(wanted: str) -> bool:
    """Whether somebody wants the reviews of this publisher: of its host, or of one that it belongs to."""
    name = wanted.strip().lower()
    host = (urlsplit(name).hostname if "://" in name else name.partition("/")[0]) or ""
    host = host.removeprefix("www.")
    return not name or host == _site() or (bool(host) and _site().endswith(f".{host}"))


def _claim(found: FoundCheck) -> dict[str, Any]:
    review = {
        "publisher": {"name": settings.PUBLISHER, "site": _site()},
        "url": found.address,
        "title": found.title,
        "reviewDate": _zulu(found.reviewed),
        "textualRating": found.rating,
        "languageCode": found.language or settings.LANGUAGE_CODE,
    }
    known = {"claimant": found.claimant, "claimDate": ""}
    if found.claim_date is not None:
        known["claimDate"] = _zulu(datetime.combine(found.claim_date, time(), tzinfo=UTC))
    return {
        "text": found.text,
        **{name: value for name, value in known.items() if value},
        "claimReview": [review],
    }


def _zulu(at: datetime) -> str:
    """A moment as Google writes it: in UTC, to the second, with a Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
