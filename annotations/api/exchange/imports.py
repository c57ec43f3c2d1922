"""Annotations of other desks and tools over REST (docs/reference/exports.md)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.desk.batches import BatchRepresentation
from annotations.api.desk.bulk import KEY, NDJSON, KeyUsedOtherwise, is_small, key_of, prefers_to_go, sent_away, told
from annotations.api.desk.spooling import Spooled, spool
from annotations.api.exchange.exports import AsAddressed
from annotations.imports import IMPORTERS, NoSuchImporter, importer_named
from annotations.operations.desk.batches import SECONDS_TO_LOOK_AFTER, KeyOfAnotherBatch, open_batch
from annotations.operations.exchange.importfiles import foresee_file
from articles.rights import refusal

LONGEST_START = 9  # digits
PREVIEW = inline_serializer(
    "ImportPreview",
    {
        "types": serializers.DictField(child=serializers.IntegerField()),
        "created": serializers.IntegerField(),
        "known": serializers.IntegerField(),
        "refused": serializers.IntegerField(),
        "is_whole": serializers.BooleanField(),
        "next": serializers.IntegerField(allow_null=True, help_text="The ``start`` of what follows."),
        "problems": serializers.ListField(child=serializers.DictField()),
    },
)


class ImportView(APIView):
    """A file of another desk or tool. A token needs the scope ``admin``."""

    http_method_names = ["post"]
    write_scope = "admin"
    content_negotiation_class = AsAddressed

    @extend_schema(
        operation_id="imports_create",
        request={"application/octet-stream": OpenApiTypes.BINARY},
        responses={(200, "application/json"): PREVIEW, (200, NDJSON): OpenApiTypes.STR, 202: BatchRepresentation},
        parameters=[
            OpenApiParameter("format", str, OpenApiParameter.PATH, enum=[each.name for each in IMPORTERS]),
            OpenApiParameter("preview", str, OpenApiParameter.QUERY, enum=["1"]),
            OpenApiParameter("start", int, OpenApiParameter.QUERY, description="Of a preview: records before it."),
            OpenApiParameter("Prefer", str, OpenApiParameter.HEADER, enum=["respond-async"]),
        ],
    )
    def post(self, request: Request, format: str) -> HttpResponseBase:
        """Take in the records of the body: a result line for each, or 202 and a batch to look at when there are many.

        With ``preview`` nothing is stored, and the answer says what would become of it.
        """
        person: Any = request.user
        if not person.has_perm("annotations.take_in"):
            raise PermissionDenied(refusal(person, "annotations.take_in"))
        try:
            importer_named(format)
        except NoSuchImporter as error:
            raise Http404 from error
        key = key_of(request)
        spooled = spool(request._request)
        if request.query_params.get("preview"):
            return self._preview(request, spooled, format)
        return self._take_in(request, spooled, format, key)

    def _preview(self, request: Request, spooled: Spooled, format: str) -> Response:
        person: Any = request.user
        try:
            start = _start_in(request)
            foreseen = foresee_file(name=spooled.name, format=format, by=person, at=timezone.now(), start=start)
        finally:
            spooled.drop()
        counts = {name: getattr(foreseen, name) for name in ("types", "created", "known", "refused", "is_whole")}
        problems = [problem.to_json() for problem in foreseen.problems]
        return Response({**counts, "next": foreseen.following, "problems": problems})

    def _take_in(self, request: Request, spooled: Spooled, format: str, key: str) -> HttpResponseBase:
        person: Any = request.user
        waits = not prefers_to_go(request) and is_small(spooled)
        now = timezone.now()
        try:
            batch = open_batch(
                by=person,
                at=now,
                format=format,
                key=key,
                body_sha256=spooled.sha256,
                spool=spooled.name,
                look_after=SECONDS_TO_LOOK_AFTER if waits else 0,
            )
        except KeyOfAnotherBatch as error:
            spooled.drop()
            raise KeyUsedOtherwise(field=KEY) from error
        if batch.spool != spooled.name:
            spooled.drop()
        return told(batch, at=now) if waits else sent_away(batch)


def _start_in(request: Request) -> int:
    """How many records stand before those to look at.

    :raises ValidationError: when it is no such number.
    """
    start = request.query_params.get("start", "0")
    if not start.isascii() or not start.isdecimal() or len(start) > LONGEST_START:
        raise ValidationError({"start": [_("Give a whole number from 0.")]})
    return int(start)
