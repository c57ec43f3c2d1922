from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, JsonResponse, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.exchange.exports import FILTERS, AsAddressed, filters_in, schema_of, wanted_format
from annotations.exports import FORMATS
from annotations.models import ExportFile, ExportState
from annotations.operations.exchange.exportfiles import (
    ExportEnded,
    TooManyExports,
    articles_done,
    begin_export,
    cancel_export,
    delete_export,
    export_path,
)
from annotations.permissions import visible_export_files
from annotations.queries.exchange.exportfiles import manifest_beside, part_of
from articles.api.fields import Choice
from articles.api.nouns import NounViewSet, described
from articles.api.refusals import Refusal
from articles.api.serializing import Body, Person, Representation


class ExportOver(Refusal):
    """It is not in the state that this act needs."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = _("This export has ended already.")


class ExportsEnough(Refusal):
    """Others of the same person are being written."""

    status_code = status.HTTP_429_TOO_MANY_REQUESTS
    default_detail = _("Too many of your files are being written.")


class ExportFileRepresentation(Representation):
    """How far a file is. ``articles`` is null until somebody has counted; ``articles_done`` of them are written."""

    created_by = Person(read_only=True)
    articles_done = serializers.SerializerMethodField()

    class Meta:
        model = ExportFile
        fields = (
            *("uid", "format", "filters", "state", "articles", "articles_done", "rows", "size", "sha256", "problem"),
            *("created_by", "created_at", "ended_at", "expires_at"),
        )
        read_only_fields = fields

    def get_articles_done(self, file: ExportFile) -> int | None:
        return articles_done(file) if file.state == ExportState.RUNNING else file.articles


@extend_schema_field(
    {
        "type": "object",
        "properties": {each.name: schema_of(each) for each in FILTERS},
        "additionalProperties": False,
    }
)
class FiltersGiven(serializers.DictField):
    """Filters by their names, with the values that they have in an address."""


class ExportFileBody(Body):
    """What to write, and by what it is narrowed: the same filters as the streamed exports take."""

    format = Choice(choices=[format.name for format in FORMATS])
    filters = FiltersGiven(child=serializers.CharField(allow_blank=True), required=False, default=dict)


@described(ExportFileRepresentation, create=ExportFileBody)
class ExportFileViewSet(NounViewSet):
    """Exports kept as files for a week. A token needs the scope ``export``."""

    http_method_names = ["get", "head", "post", "delete"]
    queryset = ExportFile.objects.none()
    serializer_class = ExportFileRepresentation
    read_right = "annotations.take_out"
    read_scope = "export"
    write_scope = "export"
    visible = staticmethod(visible_export_files)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("created_by")

    def create(self, request: Request) -> Response:
        """Have an export written to a file. It is ready when ``state`` says ``done``."""
        self.require("annotations.take_out")
        values = self.body(ExportFileBody)
        filters = filters_in(values["filters"])
        format = wanted_format(values["format"], filters)
        try:
            file = begin_export(format=format.name, filters=filters.given(), **self.act())
        except TooManyExports as error:
            raise ExportsEnough(str(error)) from error
        return self.answer_made(self.again(file))

    @extend_schema(
        parameters=[OpenApiParameter("Range", str, OpenApiParameter.HEADER)],
        responses={
            (200, "application/octet-stream"): OpenApiTypes.BINARY,
            (206, "application/octet-stream"): OpenApiTypes.BINARY,
        },
    )
    @action(detail=True, methods=["get"], content_negotiation_class=AsAddressed)
    def content(self, request: Request, uid: Any) -> StreamingHttpResponse:
        """The bytes, all of them or a range."""
        file = self._finished()
        part = part_of(
            file,
            export_path(file),
            asked=request.headers.get("Range", ""),
            only_if=request.headers.get("If-Range", ""),
            known=request.headers.get("If-None-Match", ""),
        )
        return StreamingHttpResponse(part.chunks, status=part.status, headers=part.headers)

    @extend_schema(responses=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["get"])
    def manifest(self, request: Request, uid: Any) -> JsonResponse:
        """What the file holds: counts, hashes, filters, and the version of the code that wrote it."""
        return JsonResponse(manifest_beside(self._finished()))

    def _finished(self) -> ExportFile:
        self.require("annotations.take_out")
        file: ExportFile = self.noun()
        if file.state != ExportState.DONE or not export_path(file).exists():
            raise Http404
        return file

    @extend_schema(request=None, responses=ExportFileRepresentation)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, uid: Any) -> Response:
        """Write no more of it."""
        file = self.noun()
        self.require("annotations.take_out")
        try:
            cancel_export(file=file, **self.act())
        except ExportEnded as error:
            raise ExportOver(str(error), field="state") from error
        return self.answer_anew(file)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, uid: Any) -> Response:
        """Take the bytes off the disk. That it was taken out stays known."""
        file = self.noun()
        self.require("annotations.take_out")
        try:
            delete_export(file=file, **self.act())
        except ExportEnded as error:
            raise ExportOver(str(error), field="state") from error
        return Response(status=status.HTTP_204_NO_CONTENT)
