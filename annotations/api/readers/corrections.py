from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.filters import CorrectionRequestFilter
from annotations.models import CorrectionRequest, RequestState
from annotations.operations.readers.corrections import (
    LONGEST_REASON,
    decide_correction,
    forget_contact,
    reopen_correction,
)
from annotations.permissions import visible_correction_requests
from articles.api.fields import Choice, Text
from articles.api.nouns import NounViewSet, described
from articles.api.serializing import Body, Person, Representation, VersionSeen

OUTCOMES = [(state.value, state.label) for state in (RequestState.ACCEPTED, RequestState.DECLINED)]


class CorrectionRequestRepresentation(Representation):
    """What a reader asks to be put right. ``contact`` is null for whoever may not see it, and where none was left."""

    article = serializers.UUIDField(source="article.uid", read_only=True)
    revision = serializers.IntegerField(source="revision.number", read_only=True)
    claim = serializers.UUIDField(source="claim.uid", allow_null=True, read_only=True, default=None)
    decided_by = Person(read_only=True, allow_null=True)
    contact = serializers.SerializerMethodField()

    class Meta:
        model = CorrectionRequest
        fields = (
            "uid",
            "version",
            "article",
            "revision",
            "claim",
            "place",
            "text",
            "contact",
            "state",
            "decision_reason",
            "created_at",
            "decided_by",
            "decided_at",
        )
        read_only_fields = fields

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_contact(self, request: CorrectionRequest) -> str | None:
        """How whoever asked can be answered."""
        if not self.context["request"].user.has_perm("annotations.see_reader_contact"):
            return None
        contact = getattr(request, "contact", None)
        return contact.contact if contact is not None else None


class DecisionBody(VersionSeen):
    outcome = Choice(choices=OUTCOMES)
    reason = Text(max_length=LONGEST_REASON, help_text="Read by whoever asked.")


@described(CorrectionRequestRepresentation, decide=DecisionBody, reopen=VersionSeen, forget=Body)
class CorrectionRequestViewSet(NounViewSet):
    """What readers ask to be put right in what is published. They are made on the readers' pages."""

    http_method_names = ["get", "head", "post"]
    queryset = CorrectionRequest.objects.none()
    serializer_class = CorrectionRequestRepresentation
    filterset_class = CorrectionRequestFilter
    write_scope = "edit"
    visible = staticmethod(visible_correction_requests)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("article", "revision", "claim", "decided_by", "contact")

    @action(detail=True, methods=["post"])
    def decide(self, request: Request, uid: Any) -> Response:
        """Accept or decline it, with a reason for whoever asked."""
        asked = self.noun()
        self.require("annotations.decide_correction", asked)
        values = self.body(DecisionBody)
        decide_correction(request=asked, seen=self.seen(asked, values), **values, **self.act())
        return self.answer_anew(asked)

    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, uid: Any) -> Response:
        """Take the decision back. The history keeps it."""
        asked = self.noun()
        self.require("annotations.decide_correction", asked)
        reopen_correction(request=asked, seen=self.seen(asked, self.body(VersionSeen)), **self.act())
        return self.answer_anew(asked)

    @action(detail=True, methods=["post"], url_path="forget-contact")
    def forget(self, request: Request, uid: Any) -> Response:
        """Delete how whoever asked can be reached. Doing so twice is once."""
        asked = self.noun()
        self.require("annotations.see_reader_contact", asked)
        self.body(Body)
        forget_contact(request=asked, **self.act())
        return self.answer_anew(asked)
