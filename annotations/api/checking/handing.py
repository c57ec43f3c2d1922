"""Who has a check until when, and how it goes from one person to another."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django_filters.rest_framework import filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.models import HandOver
from annotations.operations.checking.handing import acknowledge_hand_over, assign_check, hand_over, plan_check
from annotations.permissions import visible_hand_overs
from articles.api.fields import Reference, Text, people
from articles.api.filters import MadeFilter
from articles.api.nouns import ChangeableViewSet, NounViewSet, described
from articles.api.serializing import Body, Person, Representation, VersionSeen


class HandOverRepresentation(Representation):
    fact_check = serializers.UUIDField(source="fact_check.uid", read_only=True)
    giver = Person(read_only=True)
    receiver = Person(read_only=True)
    created_by = Person(read_only=True)

    class Meta:
        model = HandOver
        fields = ("uid", "fact_check", "giver", "receiver", "note", "created_by", "created_at", "acknowledged_at")
        read_only_fields = fields


class CheckAssignment(VersionSeen):
    """Who checks it, until when."""

    checker = Reference(people)
    due_at = serializers.DateTimeField(required=False, allow_null=True, default=None)


class CheckPlan(VersionSeen):
    """When it is due; null for at no time."""

    due_at = serializers.DateTimeField(allow_null=True)


class HandingOver(VersionSeen):
    """Who gets it, with what they should know; without ``due_at`` it stays due when it was."""

    checker = Reference(people)
    note = Text(max_length=5000)
    due_at = serializers.DateTimeField(required=False, allow_null=True)


class HandOverFilter(MadeFilter):
    fact_check = filters.UUIDFilter(field_name="fact_check__uid")
    receiver = filters.UUIDFilter(field_name="receiver__uid")
    acknowledged = filters.BooleanFilter(field_name="acknowledged_at", lookup_expr="isnull", exclude=True)


@described(HandOverRepresentation, acknowledge=Body)
class HandOverViewSet(NounViewSet):
    """How checks changed hands. The receiver acknowledges the note."""

    http_method_names = ["get", "head", "post"]
    queryset = HandOver.objects.none()
    serializer_class = HandOverRepresentation
    filterset_class = HandOverFilter
    write_scope = "review"
    visible = staticmethod(visible_hand_overs)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("fact_check", "giver", "receiver", "created_by")

    @action(detail=True, methods=["post"])
    def acknowledge(self, request: Request, uid: Any) -> Response:
        """Say that one has read it. Doing so twice is once."""
        given = self.noun()
        self.body(Body)
        acknowledge_hand_over(given=given, **self.act())
        return self.answer_anew(given)


class HandedChecks(ChangeableViewSet):
    """What has to do with who has a check."""

    @extend_schema(request=CheckAssignment)
    @action(detail=True, methods=["post"])
    def assign(self, request: Request, uid: Any) -> Response:
        """Give a check that nobody has to somebody; take it, where that is oneself."""
        check = self.noun()
        values = self.body(CheckAssignment)
        to = values.pop("checker")
        self.require("annotations.assign_check" if to == request.user else "annotations.assign_to_others", check)
        assign_check(check=check, to=to, seen=self.seen(check, values), **values, **self.act())
        return self.answer_anew(check)

    @extend_schema(request=CheckPlan)
    @action(detail=True, methods=["post"])
    def plan(self, request: Request, uid: Any) -> Response:
        """Say when it is due."""
        check = self.noun()
        self.require("annotations.assign_check", check)
        values = self.body(CheckPlan)
        plan_check(check=check, seen=self.seen(check, values), **values, **self.act())
        return self.answer_anew(check)

    @extend_schema(request=HandingOver, responses={201: HandOverRepresentation})
    @action(detail=True, methods=["post"], url_path="hand-over")
    def hand_over(self, request: Request, uid: Any) -> Response:
        """Give somebody's check to somebody else, with a note that the receiver acknowledges."""
        check = self.noun()
        self.require("annotations.assign_check", check)
        values = self.body(HandingOver)
        to = values.pop("checker")
        given = hand_over(check=check, to=to, seen=self.seen(check, values), **values, **self.act())
        answer = HandOverRepresentation(given, context=self.get_serializer_context())
        return Response(answer.data, status=status.HTTP_201_CREATED)
