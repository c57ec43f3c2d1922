"""What is kept from readers, and who lets it go again."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django_filters.rest_framework import filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.models import Claim
from annotations.operations.readers.holding import stop_verdict
from annotations.permissions import visible_claims
from articles.api.fields import Choice, Reference, Text
from articles.api.filters import MadeFilter
from articles.api.nouns import NounViewSet, described
from articles.api.references import ArticleReference
from articles.api.refusals import NotTogether
from articles.api.serializing import Body, Person, Representation, VersionSeen
from articles.models import Hold, HoldGround, PlacedAs
from articles.operations.holds import lift, put_back, stop
from articles.permissions import roles_to_stop_in, visible_holds


class HoldRepresentation(Representation):
    """A hold on an article, or with ``claim`` on the verdict of one claim of it."""

    article = serializers.UUIDField(source="article.uid", read_only=True)
    claim = serializers.UUIDField(source="claim_uid", read_only=True, allow_null=True)
    created_by = Person(read_only=True)
    agreed_by = Person(read_only=True, allow_null=True)
    lifted_by = Person(read_only=True, allow_null=True)

    class Meta:
        model = Hold
        fields = (
            "uid",
            "version",
            "article",
            "claim",
            "ground",
            "reason",
            "placed_as",
            "created_by",
            "created_at",
            "acknowledged_at",
            "agreed_by",
            "agreed_at",
            "lifted_by",
            "lifted_at",
            "lift_reason",
        )
        read_only_fields = fields


class HoldBody(Body):
    """What is stopped, why, and in which role: placed as a reviewer it is taken down at once."""

    article = ArticleReference(required=False)
    claim = Reference(visible_claims, required=False)
    placed_as = Choice(choices=PlacedAs.choices)
    reason = Text(max_length=2000)

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        """An article, or the claim whose verdict is meant."""
        if ("article" in values) == ("claim" in values):
            raise NotTogether({"article": "Give either article, or the claim whose verdict is meant."})
        return values


class HoldLifting(VersionSeen):
    reason = Text(required=False, allow_blank=True, max_length=500, default="")


class HoldFilter(MadeFilter):
    article = filters.UUIDFilter(field_name="article__uid")
    ground = filters.MultipleChoiceFilter(choices=HoldGround.choices)
    standing = filters.BooleanFilter(field_name="lifted_at", lookup_expr="isnull")


@described(HoldRepresentation, create=HoldBody)
class HoldViewSet(NounViewSet):
    """What providers and people of the desk have stopped. Those of a wire are lifted with their article."""

    http_method_names = ["get", "head", "post"]
    queryset = Hold.objects.none()
    serializer_class = HoldRepresentation
    filterset_class = HoldFilter
    write_scope = "review"
    visible = staticmethod(visible_holds)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        claim = Claim.objects.filter(span=OuterRef("span")).values("uid")
        related = nouns.select_related("article", "created_by", "agreed_by", "lifted_by")
        named: QuerySet[Any] = related.annotate(claim_uid=Subquery(claim[:1]))
        return named

    def create(self, request: Request) -> Response:
        """Stop an article or a verdict; nobody is asked. Readers do not see it from then on."""
        values = self.body(HoldBody)
        role = values["placed_as"]
        if role not in roles_to_stop_in(self.request.user):
            self.require("articles.pull" if role == PlacedAs.REVIEWER else "articles.stop")
            raise NotTogether({"placed_as": "You do not have this role."})
        claim = values.pop("claim", None)
        made = stop(**values, **self.act()) if claim is None else stop_verdict(claim=claim, **values, **self.act())
        return self.answer_made(self.again(made))

    @extend_schema(request=HoldLifting, responses=HoldRepresentation)
    @action(detail=True, methods=["post"])
    def lift(self, request: Request, uid: Any) -> Response:
        """Let it go, in the role in which it was stopped."""
        hold = self.noun()
        self.require("articles.lift_hold", hold)
        values = self.body(HoldLifting)
        lift(hold=hold, seen=self.seen(hold, values), lifted_as=hold.placed_as, **values, **self.act())
        return self.answer_anew(hold)

    @extend_schema(request=HoldLifting, responses=HoldRepresentation)
    @action(detail=True, methods=["post"], url_path="put-back")
    def put_back(self, request: Request, uid: Any) -> Response:
        """Agree to put back what was taken down at once; the second person who does puts it back."""
        hold = self.noun()
        self.require("articles.put_back", hold)
        values = self.body(HoldLifting)
        put_back(hold=hold, seen=self.seen(hold, values), **values, **self.act())
        return self.answer_anew(hold)
