from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.studies.codebooks import RatingReference, RatingRepresentation, every_scale
from annotations.models import MethodsPage, Rating, Verdict
from annotations.operations.readers.methods import add_rating, move_rating, replace_rating, retire_rating, write_methods
from annotations.permissions import every_methods_page
from articles.api.fields import Choice, Text, WholeNumber
from articles.api.nouns import ListedViewSet, NounViewSet, described
from articles.api.refusals import VersionMissing
from articles.api.serializing import Body, Person, Representation


class MethodsRepresentation(Representation):
    created_by = Person(read_only=True)

    class Meta:
        model = MethodsPage
        fields = ("uid", "number", "text", "change_note", "created_by", "created_at")
        read_only_fields = fields


class MethodsBody(Body):
    """A whole version of how the desk checks."""

    text = Text(max_length=100_000)
    change_note = Text(required=False, allow_blank=True, default="", max_length=500)
    base = WholeNumber(
        required=False, min_value=0, help_text="The number of the version it was written on; 0 for the first. Needed."
    )


@described(MethodsRepresentation, create=MethodsBody)
class MethodsViewSet(NounViewSet):
    """Versions of how the desk says it checks. A version never changes: an edit is the next one."""

    http_method_names = ["get", "head", "post"]
    queryset = MethodsPage.objects.none()
    serializer_class = MethodsRepresentation
    write_scope = "admin"
    visible = staticmethod(every_methods_page)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("created_by")

    def create(self, request: Request) -> Response:
        """Keep the next version."""
        self.require("annotations.write_methods")
        values = self.body(MethodsBody)
        if "base" not in values:
            raise VersionMissing(field="base")
        return self.answer_made(self.again(write_methods(**values, **self.act())))


class RatingBody(Body):
    """The words of a rating, and what they stand for."""

    name = Text(max_length=100)
    verdicts = serializers.ListField(child=Choice(choices=Verdict.choices), min_length=1, max_length=4)
    asks_for_reply = serializers.BooleanField(required=False, default=False)


class RatingReplacement(RatingBody):
    rating = RatingReference(every_scale)


class RatingNamed(Body):
    rating = RatingReference(every_scale)


class RatingMove(RatingNamed):
    up = serializers.BooleanField()


def every_rating(_person: Any) -> QuerySet[Rating]:
    """What readers are told in is no secret; retired ones stand with what was published in their words."""
    return Rating.objects.all()


class RatingViewSet(ListedViewSet):
    """The words that verdicts are given in, also those that are given no longer. The words of one never change."""

    http_method_names = ["get", "head", "post"]
    named_by = ("scale", "slug")
    queryset = Rating.objects.none()
    serializer_class = RatingRepresentation
    write_scope = "admin"
    visible = staticmethod(every_rating)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("scale")

    @extend_schema(request=RatingBody, responses={201: RatingRepresentation})
    def create(self, request: Request) -> Response:
        """Add a rating to the published scale, after all that it has."""
        return self._write(add_rating, RatingBody, answer=status.HTTP_201_CREATED)

    @extend_schema(request=RatingReplacement, responses={200: RatingRepresentation})
    @action(detail=False, methods=["post"])
    def replace(self, request: Request) -> Response:
        """Give a rating other words: it is retired, and another takes its place. What was published keeps its words."""
        return self._write(replace_rating, RatingReplacement)

    @extend_schema(request=RatingNamed, responses={200: RatingRepresentation})
    @action(detail=False, methods=["post"])
    def retire(self, request: Request) -> Response:
        """Give it no longer."""
        return self._write(retire_rating, RatingNamed)

    @extend_schema(request=RatingMove, responses={200: RatingRepresentation})
    @action(detail=False, methods=["post"])
    def move(self, request: Request) -> Response:
        """Let it change places with its neighbour."""
        return self._write(move_rating, RatingMove)

    def _write(self, act: Callable[..., Rating], kind: type[Body], *, answer: int = status.HTTP_200_OK) -> Response:
        self.require("annotations.write_methods")
        rating = act(**self.body(kind), **self.act())
        return Response(self.get_serializer(rating).data, status=answer)
