"""Quotes, claims, tags and evidence in the words of the W3C, for who asks for ``application/ld+json``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework.renderers import BaseRenderer, JSONRenderer

from annotations.exports.web_annotation import CONTEXT, MEDIA_TYPE, annotation, written
from annotations.models import BiasTag, Claim, Evidence
from annotations.queries.exchange.annotated import annotations_named
from articles.models import Quote

TYPES: Mapping[type[Any], str] = {Quote: "quote", Claim: "claim", BiasTag: "bias_tag", Evidence: "evidence"}


class WebAnnotationRenderer(BaseRenderer):
    """One noun as an Annotation, a list as an AnnotationPage of those in it. Whatever else is answered stays JSON."""

    media_type = "application/ld+json"
    format = "jsonld"
    charset = None

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        context = renderer_context or {}
        response, request, view = context["response"], context["request"], context["view"]
        kind = TYPES.get(getattr(view.queryset, "model", type(None)))
        document = None
        if response.status_code < 300 and kind and isinstance(data, dict):
            document = _document(data, request, kind)
        if document is None:
            response["Content-Type"] = "application/json"
            rendered: bytes = JSONRenderer().render(data)
            return rendered
        response["Content-Type"] = MEDIA_TYPE
        return written(document)


def _document(answer: Mapping[str, Any], request: Any, kind: str) -> dict[str, Any] | None:
    if "results" in answer:
        # Rows made at once, and lists cut to fields without a uid, are no pages of annotations.
        is_page = "next" in answer and all("uid" in each for each in answer["results"])
        return _page(answer, request, kind) if is_page else None
    found = annotations_named(request.user, kind, [str(answer.get("uid"))])
    return annotation(found[0]) if found else None


def _page(answer: Mapping[str, Any], request: Any, kind: str) -> dict[str, Any]:
    """An AnnotationPage (section 5.2) of a list, which is paged by its place and says no total."""
    uids = [str(each["uid"]) for each in answer["results"]]
    address = request.build_absolute_uri()
    neighbours = {name: answer[said] for name, said in (("next", "next"), ("prev", "previous")) if answer.get(said)}
    return {
        "@context": CONTEXT,
        "id": address,
        "type": "AnnotationPage",
        "partOf": {"id": request.build_absolute_uri(request.path), "type": "AnnotationCollection"},
        **neighbours,
        "items": [annotation(each, has_context=False) for each in annotations_named(request.user, kind, uids)],
    }
