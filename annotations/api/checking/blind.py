from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.filters import BlindRoundFilter
from annotations.models import BlindRound
from annotations.operations.checking.blind import begin_blind_round, end_blind_round
from annotations.permissions import visible_blind_rounds, visible_claims
from articles.api.fields import Reference
from articles.api.nouns import NounViewSet, described
from articles.api.serializing import Body, Person, Representation


class BlindRoundRepresentation(Representation):
    claim = serializers.UUIDField(source="claim.uid", read_only=True)
    created_by = Person(read_only=True)
    ended_by = Person(read_only=True, allow_null=True)

    class Meta:
        model = BlindRound
        fields = ("uid", "claim", "created_by", "created_at", "ended_by", "ended_at")
        read_only_fields = fields


class BlindRoundBody(Body):
    """Which claim is judged apart."""

    claim = Reference(visible_claims)


@described(BlindRoundRepresentation, create=BlindRoundBody, end=Body)
class BlindRoundViewSet(NounViewSet):
    """Rounds in which checkers do not see each other's verdict on a claim until two have drafted one."""

    http_method_names = ["get", "head", "post"]
    queryset = BlindRound.objects.none()
    serializer_class = BlindRoundRepresentation
    filterset_class = BlindRoundFilter
    write_scope = "review"
    visible = staticmethod(visible_blind_rounds)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("claim", "created_by", "ended_by")

    def create(self, request: Request) -> Response:
        """Have a claim judged blind. It has no draft yet."""
        self.require("annotations.begin_blind_round")
        return self.answer_made(self.again(begin_blind_round(**self.body(BlindRoundBody), **self.act())))

    @action(detail=True, methods=["post"])
    def end(self, request: Request, uid: Any) -> Response:
        """Let everybody see what was drafted, although fewer have drafted than should."""
        found = self.noun()
        self.require("annotations.end_blind_round")
        self.body(Body)
        end_blind_round(blind_round=found, **self.act())
        return self.answer_anew(found)
