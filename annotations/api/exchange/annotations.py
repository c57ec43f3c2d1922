"""All annotations of the desk, or of an article, as an AnnotationCollection of the W3C with an address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from annotations.exports.web_annotation import MEDIA_TYPE, collection, page, written
from annotations.queries.exchange.annotated import NoSuchPage, annotations_page, count_annotations
from articles.api.fields import Text
from articles.api.serializing import Body
from articles.permissions import articles_with_text_for


class CollectionAsked(Body):
    """Which annotations, as parameters of the address."""

    article = serializers.UUIDField(required=False, default=None, help_text="Only those of this one.")
    page = Text(required=False, default="", max_length=60, help_text="Of the collection, as its ``first`` says.")


class LinkedDataRenderer(BaseRenderer):
    """A document of the W3C's model; what is refused stays a problem in JSON."""

    media_type = "application/ld+json"
    format = "jsonld"
    charset = None

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        response = (renderer_context or {})["response"]
        if response.status_code < 300:
            response["Content-Type"] = MEDIA_TYPE
        return written(data)


class AnnotationViewSet(ViewSet):
    """An AnnotationCollection (Web Annotation Data Model, section 5): its pages are read by following ``next``."""

    http_method_names = ["get", "head"]
    renderer_classes = (LinkedDataRenderer,)
    write_scope = "annotate"

    @extend_schema(
        parameters=[CollectionAsked],
        responses={(200, "application/ld+json"): OpenApiTypes.OBJECT},
        operation_id="annotations_collection",
    )
    def list(self, request: Request) -> Response:
        """The collection; with ``page`` one of its pages: quotes, then claims, bias tags, evidence and verdicts."""
        asked = CollectionAsked(data=dict(request.query_params.items()), context={"request": request})
        asked.is_valid(raise_exception=True)
        article, wanted = asked.validated_data["article"], asked.validated_data["page"]
        person: Any = request.user
        if article is not None and not articles_with_text_for(person).filter(uid=article).exists():
            raise Http404
        address = request.build_absolute_uri(request.path) + (f"?article={article}" if article else "")
        label = _("Annotations of an article") if article else _("Annotations of the desk")
        total = count_annotations(person, article) if article else None
        if not wanted:
            return Response(collection(address=address, label=label, total=total))
        try:
            found = annotations_page(person, page=wanted, article=article)
        except NoSuchPage as error:
            raise Http404 from error
        return Response(
            page(found.records, address=address, label=label, name=wanted, following=found.following, total=total)
        )
