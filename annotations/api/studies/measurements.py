from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.filters import MeasurementFilter
from annotations.models import MeasuredFigure, Measurement
from annotations.operations.studies.measuring import begin_measurement, cancel_measurement
from annotations.permissions import visible_measurements, visible_projects
from articles.api.fields import Reference, WholeNumber
from articles.api.nouns import NounViewSet, described
from articles.api.refusals import NoSuchThing
from articles.api.serializing import Body, Person, Representation


class MeasurementRepresentation(Representation):
    """How far a measurement is, and what it counted. ``share`` is from 0 to 1."""

    project = serializers.UUIDField(source="project.uid", read_only=True)
    round = serializers.IntegerField(source="round.number", read_only=True, allow_null=True, default=None)
    codebook = serializers.UUIDField(source="codebook.uid", read_only=True)
    created_by = Person(read_only=True)
    left_out = serializers.DictField(child=serializers.IntegerField(), read_only=True)

    class Meta:
        model = Measurement
        fields = (
            *("uid", "project", "round", "codebook", "state", "share", "seed", "samples", "texts", "units", "left_out"),
            *("created_by", "created_at", "ended_at"),
        )
        read_only_fields = fields


class FigureRepresentation(Representation):
    """One figure: of everybody where ``first`` and ``second`` are null, else of two people."""

    first = Person(read_only=True, allow_null=True)
    second = Person(read_only=True, allow_null=True)
    skipped = serializers.DictField(child=serializers.IntegerField(), read_only=True)

    class Meta:
        model = MeasuredFigure
        fields = (
            *("coefficient", "about", "subject", "first", "second", "value", "low", "high"),
            *("reason", "interval_reason", "units", "skipped"),
        )
        read_only_fields = fields


class MeasurementBody(Body):
    """What is measured: a round of a project, or the texts that it reads outside rounds."""

    project = Reference(visible_projects)
    round = WholeNumber(min_value=1, required=False, allow_null=True, help_text="The number of the round.")
    seed = WholeNumber(min_value=0, max_value=2**31 - 1, required=False, help_text="Of the texts drawn again.")


@described(MeasurementRepresentation, create=MeasurementBody, cancel=Body)
class MeasurementViewSet(NounViewSet):
    """How far the people of a study agree, as it was measured."""

    http_method_names = ["get", "head", "post"]
    queryset = Measurement.objects.none()
    serializer_class = MeasurementRepresentation
    filterset_class = MeasurementFilter
    write_scope = "review"
    visible = staticmethod(visible_measurements)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("project", "round", "codebook", "created_by")

    def create(self, request: Request) -> Response:
        """Have the figures of a round worked out by a job; one that is under way is answered as it is."""
        body = self.body(MeasurementBody)
        self.require("annotations.lead_project", body["project"])
        number = body.pop("round", None)
        of_round = body["project"].rounds.filter(number=number).first() if number else None
        if number and of_round is None:
            raise NoSuchThing(field="round")
        return self.answer_made(self.again(begin_measurement(**body, round=of_round, **self.act())))

    @extend_schema(responses=FigureRepresentation(many=True))
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def figures(self, request: Request, uid: Any) -> Response:
        """All figures of a measurement."""
        figures = self.noun().figures.select_related("first", "second").order_by("pk")
        return Response(FigureRepresentation(figures, many=True).data)

    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, uid: Any) -> Response:
        """Measure no further; nothing of it is kept."""
        found = self.noun()
        self.require("annotations.lead_project", found.project)
        self.body(Body)
        cancel_measurement(measurement=found, **self.act())
        return self.answer_anew(found)
