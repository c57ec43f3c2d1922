from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.viewsets import ViewSet

from annotations.exports import FORMATS
from annotations.forms.exports import LAYERS, ORIGINS, ExportForm
from annotations.queries.exports import NoSuchFormat, format_named, headers_of, stream
from articles.models import AnchorState
from articles.rights import refusal


class AsAddressed(BaseContentNegotiation):
    """The address says the format, so ``Accept`` has nothing to choose."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> tuple[Any, str]:
        return renderers[0], renderers[0].media_type


def _filter(name: str, kind: Any, **options: Any) -> OpenApiParameter:
    return OpenApiParameter(name, kind, OpenApiParameter.QUERY, **options)


class ExportViewSet(ViewSet):
    """Annotations as files, streamed. A token needs the scope ``export``."""

    http_method_names = ["get", "head"]
    lookup_field = "format"
    lookup_url_kwarg = "format"
    lookup_value_converter = "str"
    content_negotiation_class = AsAddressed
    read_scope = "export"
    write_scope = "export"

    @extend_schema(
        parameters=[
            OpenApiParameter("format", str, OpenApiParameter.PATH, enum=[format.name for format in FORMATS]),
            _filter("article", OpenApiTypes.UUID),
            _filter("layer", str, enum=[layer for layer, _label in LAYERS]),
            _filter("speaker", OpenApiTypes.UUID),
            _filter("category", str),
            _filter("since", OpenApiTypes.DATETIME),
            _filter("until", OpenApiTypes.DATETIME),
            _filter("outlet", str),
            _filter("annotator", OpenApiTypes.UUID),
            _filter("state", str, enum=AnchorState.values),
            _filter("origin", str, enum=[origin for origin, _label in ORIGINS]),
            _filter("only_human", str, enum=["1"]),
        ],
        responses={(200, format.media_type.partition(";")[0]): OpenApiTypes.BINARY for format in FORMATS},
    )
    def retrieve(self, request: Request, format: str) -> StreamingHttpResponse:
        """Every live annotation you may know of, one per line, in the order of articles and of their text."""
        person: Any = request.user
        if not person.has_perm("annotations.take_out"):
            raise PermissionDenied(refusal(person, "annotations.take_out"))
        form = ExportForm(request._request.GET)
        if not form.is_valid():
            raise ValidationError(form.problems())
        try:
            chosen = format_named(format)
        except NoSuchFormat as error:
            raise Http404 from error
        pieces = stream(chosen, person, form.filters())
        return StreamingHttpResponse(pieces, headers=headers_of(chosen, day=timezone.now().date()))
