from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.filters import LaterSourceFilter
from annotations.models import LaterSource
from annotations.operations.checking.latersources import put_later_source_aside
from annotations.permissions import visible_later_sources
from articles.api.nouns import NounViewSet, described
from articles.api.serializing import Body, Person, Representation


class LaterSourceRepresentation(Representation):
    claim = serializers.UUIDField(source="claim.uid", read_only=True)
    source = serializers.UUIDField(source="snapshot.source.uid", read_only=True)  # type: ignore[assignment]
    snapshot = serializers.UUIDField(source="snapshot.uid", read_only=True)
    aside_by = Person(read_only=True, allow_null=True)

    class Meta:
        model = LaterSource
        fields = (
            "uid",
            "claim",
            "source",
            "snapshot",
            "start",
            "end",
            "words",
            "created_at",
            "aside_by",
            "aside_at",
        )
        read_only_fields = fields


@described(LaterSourceRepresentation, aside=Body)
class LaterSourceViewSet(NounViewSet):
    """Texts stored after a claim was judged that share its telling words: its verdict is stale until somebody looks."""

    http_method_names = ["get", "head", "post"]
    queryset = LaterSource.objects.none()
    serializer_class = LaterSourceRepresentation
    filterset_class = LaterSourceFilter
    write_scope = "review"
    visible = staticmethod(visible_later_sources)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("claim", "snapshot__source", "aside_by")

    @action(detail=True, methods=["post"])
    def aside(self, request: Request, uid: Any) -> Response:
        """Say that it says nothing new. Doing so twice is once."""
        later = self.noun()
        self.require("annotations.attach_evidence")
        self.body(Body)
        put_later_source_aside(later=later, **self.act())
        return self.answer_anew(later)
