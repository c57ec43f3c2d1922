"""Many articles in one request (docs/reference/bulk.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from annotations.api.desk.batches import BatchRepresentation
from annotations.api.desk.spooling import Spooled, spool
from annotations.api.exchange.exports import AsAddressed
from annotations.models import Batch
from annotations.operations.desk.batches import SECONDS_TO_LOOK_AFTER, KeyOfAnotherBatch, bring_in_and_tell, open_batch
from articles.api.refusals import Refusal
from articles.rights import refusal

NDJSON = "application/x-ndjson"
MEDIA_TYPES = frozenset({NDJSON, "application/ndjson", "application/jsonl", "application/x-jsonlines"})
# What is answered at once, with its results; more than that becomes a job.
MOST_ARTICLES_AT_ONCE = 10_000
MOST_BYTES_AT_ONCE = 64 * 1024 * 1024
KEY = "Idempotency-Key"
LONGEST_KEY = 255
VISIBLE = re.compile(rf"[!-~]{{1,{LONGEST_KEY}}}")


class NotLines(Refusal):
    """The body is not NDJSON as it is."""

    status_code = status.HTTP_415_UNSUPPORTED_MEDIA_TYPE


class KeyUsedOtherwise(Refusal):
    """The key came with another body before."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_detail = _("This key came with another request before.")


class BulkView(APIView):
    """Articles in bulk. A token needs the scope ``edit``, and ``annotate`` for records with annotations."""

    http_method_names = ["post"]
    write_scope = "edit"
    content_negotiation_class = AsAddressed

    @extend_schema(
        operation_id="articles_bulk",
        request={NDJSON: OpenApiTypes.STR},
        responses={(200, NDJSON): OpenApiTypes.STR, 202: BatchRepresentation},
        parameters=[OpenApiParameter("Prefer", str, OpenApiParameter.HEADER, enum=["respond-async"])],
    )
    def post(self, request: Request) -> HttpResponseBase:
        """Bring in one article per line: a result line for each, or 202 and a batch to look at when there are many."""
        _refuse_without_right(request)
        _refuse_other_media(request)
        key = key_of(request)
        spooled = spool(request._request)
        waits = not prefers_to_go(request) and is_small(spooled)
        now = timezone.now()
        batch = _open(request, spooled, key=key, look_after=SECONDS_TO_LOOK_AFTER if waits else 0, at=now)
        return told(batch, at=now) if waits else sent_away(batch)


def _refuse_without_right(request: Request) -> None:
    person: Any = request.user
    if not person.has_perm("articles.bring_in"):
        raise PermissionDenied(refusal(person, "articles.bring_in"))


def _refuse_other_media(request: Request) -> None:
    """:raises NotLines: when the body is packed or of another kind."""
    if request.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise NotLines(str(_("Send the body as it is, without Content-Encoding.")), field="Content-Encoding")
    if request.content_type.partition(";")[0].strip().lower() not in MEDIA_TYPES:
        raise NotLines(str(_("Send one record per line, as application/x-ndjson.")), field="Content-Type")


def key_of(request: Request) -> str:
    key = request.headers.get(KEY, "")
    if KEY in request.headers and VISIBLE.fullmatch(key) is None:
        raise ValidationError(
            {KEY: [_("Give a key of 1 to %(most)d visible ASCII characters.") % {"most": LONGEST_KEY}]}
        )
    return key


def prefers_to_go(request: Request) -> bool:
    """Whether the sender would rather not wait (RFC 7240, section 4.1)."""
    preferences = request.headers.get("Prefer", "").lower().split(",")
    return any(preference.partition(";")[0].strip() == "respond-async" for preference in preferences)


def is_small(spooled: Spooled) -> bool:
    return spooled.lines <= MOST_ARTICLES_AT_ONCE and spooled.length <= MOST_BYTES_AT_ONCE


def _open(request: Request, spooled: Spooled, *, key: str, look_after: int, at: datetime) -> Batch:
    """The batch of this body; of a body that was sent before under its key, the one that was opened then."""
    person: Any = request.user
    scopes = getattr(request.auth, "scopes", None)
    try:
        batch = open_batch(
            by=person,
            at=at,
            key=key,
            body_sha256=spooled.sha256,
            spool=spooled.name,
            total=spooled.lines,
            is_judging=scopes is None or "annotate" in scopes,
            look_after=look_after,
        )
    except KeyOfAnotherBatch as error:
        spooled.drop()
        raise KeyUsedOtherwise(field=KEY) from error
    if batch.spool != spooled.name:
        spooled.drop()
    return batch


def told(batch: Batch, *, at: datetime) -> StreamingHttpResponse:
    lines: Iterator[str] = bring_in_and_tell(batch=batch, at=at)
    headers = {"Content-Type": NDJSON, "Link": f'<{_address(batch)}>; rel="status"'}
    return StreamingHttpResponse(lines, headers=headers)


def sent_away(batch: Batch) -> Response:
    headers = {"Location": _address(batch), "Preference-Applied": "respond-async"}
    return Response(BatchRepresentation(batch).data, status=status.HTTP_202_ACCEPTED, headers=headers)


def _address(batch: Batch) -> str:
    address: str = reverse("api-batches-detail", args=[batch.uid])
    return address
