from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.viewsets import ViewSet

from annotations.exports import FORMATS, Format
from annotations.forms.exports import KINDS, LAYERS, ORIGINS, STATUSES, ExportForm
from annotations.models import Verdict
from annotations.queries.exchange.exportfilters import ExportFilters
from annotations.queries.exchange.exports import (
    ExtraIsMissing,
    NamesTravel,
    NoSuchFormat,
    count_records,
    format_for,
    manifest_of,
)
from annotations.queries.exchange.exportsending import sent
from articles.api.refusals import NotTogether, Refusal
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


SLUG = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
LANGUAGE = {"type": "string", "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", "maxLength": 35}
IN_FORMAT = OpenApiParameter("format", str, OpenApiParameter.PATH, enum=[format.name for format in FORMATS])
FILTERS = [
    _filter("article", OpenApiTypes.UUID),
    _filter("layer", str, enum=[layer for layer, _label in LAYERS]),
    _filter("kind", str, enum=list(dict.fromkeys(kind for kind, _label in KINDS))),
    _filter("speaker", OpenApiTypes.UUID),
    _filter("category", SLUG),
    _filter("codebook", str, description="Its name and its number."),
    _filter("project", SLUG),
    _filter("since", OpenApiTypes.DATETIME),
    _filter("until", OpenApiTypes.DATETIME),
    _filter("outlet", str),
    _filter("language", LANGUAGE, description="Of the article, with all its regions."),
    _filter("annotator", OpenApiTypes.UUID),
    _filter("state", str, enum=AnchorState.values),
    _filter("status", str, enum=[status for status, _label in STATUSES]),
    _filter("verdict", str, enum=Verdict.values),
    _filter("origin", str, enum=[origin for origin, _label in ORIGINS]),
    _filter("only_human", str, enum=["1"]),
    _filter("anonymous", str, enum=["1"], description="Annotators get pseudonyms that hold within this export."),
]


def schema_of(filter: OpenApiParameter) -> dict[str, Any]:
    """A filter as the schema of the string that it is."""
    if isinstance(filter.type, dict):
        return filter.type
    formats = {OpenApiTypes.UUID: "uuid", OpenApiTypes.DATETIME: "date-time"}
    said: dict[str, Any] = {"type": "string"}
    if filter.type in formats:
        said["format"] = formats[filter.type]
    if filter.enum:
        said["enum"] = [*filter.enum]
    return said


class Unavailable(Refusal):
    """What the format needs is not installed here."""

    status_code = status.HTTP_501_NOT_IMPLEMENTED
    default_detail = _("This format is not available on this desk.")


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
        parameters=[IN_FORMAT, *FILTERS],
        responses={(200, format.media_type.partition(";")[0]): OpenApiTypes.BINARY for format in FORMATS},
    )
    def retrieve(self, request: Request, format: str) -> StreamingHttpResponse:
        """Every live annotation you may know of, in the order of articles and of their text."""
        person, chosen, filters = _asked(request, format)
        path, _mark, query = request.get_full_path().partition("?")
        pieces, headers = sent(
            chosen,
            person,
            filters,
            accepted=request.headers.get("Accept-Encoding", ""),
            described_by=request.build_absolute_uri(f"{path}manifest/" + (f"?{query}" if query else "")),
            day=timezone.now().date(),
        )
        return StreamingHttpResponse(pieces, headers=headers)

    @extend_schema(parameters=[IN_FORMAT, *FILTERS], responses=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["get"])
    def manifest(self, request: Request, format: str) -> JsonResponse:
        """What such an export would hold now: how many records, under which filters, and what offsets count."""
        person, chosen, filters = _asked(request, format)
        return JsonResponse(manifest_of(chosen, filters, records=count_records(person, filters)))


def _asked(request: Request, name: str) -> tuple[Any, Format, ExportFilters]:
    """Who asks for which format of what."""
    person: Any = request.user
    if not person.has_perm("annotations.take_out"):
        raise PermissionDenied(refusal(person, "annotations.take_out"))
    given = request._request.GET
    empty = [each.name for each in FILTERS if (each.type is not str or each.enum) and "" in given.getlist(each.name)]
    if empty:
        raise ValidationError({name: [_("This is empty. Give a value, or leave it out.")] for name in empty})
    filters = filters_in(given)
    return person, wanted_format(name, filters), filters


def filters_in(given: Mapping[str, str]) -> ExportFilters:
    """The filters that were given.

    :raises ValidationError: naming those that are unknown or malformed.
    :raises NotTogether: when it asks for one person's work without saying who that is.
    """
    form = ExportForm(given)
    if form.is_valid():
        return form.filters()
    problems = form.problems()
    if form.has_error("anonymous", code="annotator") and len(problems) == 1:
        raise NotTogether({"anonymous": problems["anonymous"][0]})
    raise ValidationError(problems)


def wanted_format(name: str, filters: ExportFilters) -> Format:
    """The format of that name, or what a client is told in its stead."""
    try:
        return format_for(name, filters)
    except NamesTravel as error:
        raise NotTogether({"anonymous": str(error)}) from error
    except NoSuchFormat as error:
        raise Http404 from error
    except ExtraIsMissing as error:
        raise Unavailable(str(error)) from error
