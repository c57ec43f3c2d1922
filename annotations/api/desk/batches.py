from __future__ import annotations

from typing import Any

from django.http import StreamingHttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.models import Batch
from annotations.operations.desk.batches import BatchEnded, cancel_batch, results_of
from annotations.permissions import visible_batches
from articles.api.nouns import NounViewSet
from articles.api.refusals import Refusal
from articles.api.serializing import Person, Representation


class EndedAlready(Refusal):
    """There is nothing left to cancel."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = _("This batch has ended already.")


class BatchRepresentation(Representation):
    """How far a batch has come. ``total`` is null while nobody has counted."""

    created_by = Person()
    done = serializers.IntegerField(read_only=True)

    class Meta:
        model = Batch
        fields = (
            *("uid", "name", "state", "total", "done", "created", "known", "refused"),
            *("created_by", "created_at", "ended_at"),
        )
        read_only_fields = fields


class BatchViewSet(NounViewSet):
    """Articles brought in at once: how far they are, and what became of each."""

    http_method_names = ["get", "head", "post"]
    write_scope = "edit"
    visible = staticmethod(visible_batches)
    serializer_class = BatchRepresentation

    def related(self, nouns: Any) -> Any:
        return nouns.select_related("created_by")

    @extend_schema(responses={(200, "application/x-ndjson"): OpenApiTypes.STR})
    @action(detail=True, methods=["get"])
    def results(self, request: Request, uid: Any) -> StreamingHttpResponse:
        """What became of each line so far, as NDJSON."""
        batch = self.noun()
        return StreamingHttpResponse(
            (results for _number, results in results_of(batch)),
            headers={
                "Content-Type": "application/x-ndjson",
                "Content-Disposition": f'attachment; filename="batch-{batch.uid}.ndjson"',
            },
        )

    @extend_schema(request=None, responses=BatchRepresentation)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, uid: Any) -> Response:
        """Bring in no more of it. What is in stays in."""
        batch = self.noun()
        self.require("articles.bring_in")
        try:
            cancel_batch(batch=batch, **self.act())
        except BatchEnded as error:
            raise EndedAlready(field="state") from error
        return self.answer_anew(batch)
