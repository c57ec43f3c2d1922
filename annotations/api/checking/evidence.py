from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.exchange.webannotations import WebAnnotationRenderer
from annotations.api.filters import EvidenceFilter
from annotations.models import Evidence, Stance, Translation
from annotations.operations.checking.evidence import attach_evidence, change_stance, detach_evidence, translate_evidence
from annotations.permissions import visible_claims, visible_evidence
from articles.api.fields import Choice, Number, Reference, Text, WholeNumber
from articles.api.nouns import NounViewSet, described
from articles.api.serializing import Body, NounBody, Person, Representation, VersionSeen
from articles.api.sources import visible_snapshots
from articles.models import Basis


class TranslationRepresentation(Representation):
    class Meta:
        model = Translation
        fields = ("uid", "language", "text", "translator", "created_at")
        read_only_fields = fields


class EvidenceRepresentation(Representation):
    claim = serializers.UUIDField(source="claim.uid", read_only=True)
    source = serializers.UUIDField(source="snapshot.source.uid", read_only=True)  # type: ignore[assignment]
    snapshot = serializers.UUIDField(source="snapshot.uid", read_only=True)
    basis = serializers.ChoiceField(source="snapshot.basis", choices=Basis.choices, read_only=True)
    is_verbatim = serializers.BooleanField(source="snapshot.is_verbatim", read_only=True)
    published_before_claim = serializers.BooleanField(read_only=True, allow_null=True)
    translation = serializers.SerializerMethodField()
    created_by = Person(read_only=True)

    class Meta:
        model = Evidence
        fields = (
            "uid",
            "version",
            "claim",
            "source",
            "snapshot",
            "basis",
            "is_verbatim",
            "start",
            "end",
            "excerpt",
            "stance",
            "question",
            "published_before_claim",
            "translation",
            "created_by",
            "created_at",
            "detached_at",
        )
        read_only_fields = fields

    @extend_schema_field(TranslationRepresentation(allow_null=True))
    def get_translation(self, evidence: Evidence) -> Any:
        """Its newest translation."""
        newest = next(reversed(evidence.translations.all()), None)
        return TranslationRepresentation(newest).data if newest is not None else None


class TranslationBody(Body):
    """The words of a passage in another language."""

    language = Text(max_length=35, help_text=_("BCP 47."))
    text = Text(max_length=20_000)
    translator = Text(max_length=300, help_text=_("Who put them into it."))


class EvidenceBody(NounBody):
    """Words of a stored text. Offsets are half-open, in code points of the snapshot's text."""

    claim = Reference(visible_claims)
    snapshot = Reference(visible_snapshots)
    start = WholeNumber(min_value=0)
    end = WholeNumber(min_value=1)
    exact = Text(trim_whitespace=False)
    found_score = Number(required=False, allow_null=True)

    class Meta:
        model = Evidence
        fields = (
            "claim",
            "snapshot",
            "start",
            "end",
            "exact",
            "stance",
            "question",
            "found_query",
            "found_rank",
            "found_score",
        )


class EvidenceChange(VersionSeen):
    stance = Choice(choices=Stance.choices)


@described(EvidenceRepresentation, create=EvidenceBody, partial_update=EvidenceChange, retract=VersionSeen)
class EvidenceViewSet(NounViewSet):
    """Words of stored sources and what they do to a claim."""

    queryset = Evidence.objects.none()
    serializer_class = EvidenceRepresentation
    filterset_class = EvidenceFilter
    renderer_classes = (JSONRenderer, WebAnnotationRenderer)
    write_scope = "annotate"
    visible = staticmethod(visible_evidence)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return (
            nouns.select_related("claim", "snapshot__source", "created_by")
            .prefetch_related("translations")
            .defer("snapshot__text")
        )

    def listed(self) -> QuerySet[Any]:
        """What is attached. Detached evidence is found by its uid alone."""
        evidence: Any = self.get_queryset()
        attached: QuerySet[Any] = evidence.attached()
        return attached

    def create(self, request: Request) -> Response:
        """Attach words of a stored source to a claim."""
        self.require("annotations.attach_evidence")
        return self.answer_made(attach_evidence(**self.body(EvidenceBody), **self.act()))

    def partial_update(self, request: Request, uid: Any) -> Response:
        """Say anew what the words do to the claim."""
        evidence = self.noun()
        self.require("annotations.attach_evidence")
        values = self.body(EvidenceChange)
        change_stance(evidence=evidence, seen=self.seen(evidence, values), **values, **self.act())
        return self.answer_anew(evidence)

    @extend_schema(request=TranslationBody, responses={200: EvidenceRepresentation})
    @action(detail=True, methods=["post"])
    def translate(self, request: Request, uid: Any) -> Response:
        """Put its words into another language, with the name of who did. The newest translation counts."""
        evidence = self.noun()
        self.require("annotations.attach_evidence")
        translate_evidence(evidence=evidence, **self.body(TranslationBody), **self.act())
        return self.answer_anew(evidence)

    @action(detail=True, methods=["post"])
    def retract(self, request: Request, uid: Any) -> Response:
        """Take the words off the claim. They stay in the history."""
        evidence = self.noun()
        self.require("annotations.detach_evidence", evidence)
        values = self.body(VersionSeen)
        detach_evidence(evidence=evidence, seen=self.seen(evidence, values), **self.act())
        return self.answer_anew(evidence)
