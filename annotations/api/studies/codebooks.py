from __future__ import annotations

import uuid
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.filters import CategoryFilter
from annotations.models import BiasCategory, Codebook, Level, Rating, VerdictScale
from annotations.operations.studies.codebooks import CategoryText, write_codebook
from annotations.queries.studies.codebooks import FieldChange, difference_between
from articles.api.fields import Choice, Reference, Slug, Text, WholeNumber
from articles.api.nouns import ListedViewSet, NounViewSet, described
from articles.api.refusals import VersionMissing
from articles.api.serializing import Body, Person, Representation


def every_codebook(_person: Any) -> QuerySet[Codebook]:
    """Codebooks are no secret."""
    return Codebook.objects.all()


def every_category(_person: Any) -> QuerySet[BiasCategory]:
    return BiasCategory.objects.all()


def every_scale(_person: Any) -> QuerySet[VerdictScale]:
    return VerdictScale.objects.all()


class CategoryBrief(serializers.Serializer[Any]):
    """A category where it is used."""

    uid = serializers.UUIDField(read_only=True)
    slug = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)


class CategoryRepresentation(Representation):
    codebook = serializers.UUIDField(source="codebook.uid", read_only=True)

    class Meta:
        model = BiasCategory
        fields = ("uid", "codebook", "order", "slug", "name", "family", "definition", "levels", "maps_to")
        read_only_fields = fields


class CodebookRepresentation(Representation):
    categories = CategoryRepresentation(many=True, read_only=True)
    created_by = Person(read_only=True, allow_null=True)

    class Meta:
        model = Codebook
        fields = ("uid", "name", "number", "change_note", "created_by", "created_at", "categories")
        read_only_fields = fields


class CategoryBody(Body):
    """A category of a new version, in the place where it stands."""

    slug = Slug(max_length=50)
    name = Text(max_length=100)
    family = Text(max_length=40)
    definition = Text(max_length=4000)
    levels = serializers.ListField(child=Choice(choices=Level.choices), min_length=1, max_length=3)
    maps_to = Text(required=False, allow_blank=True, default="", max_length=1000)


class CodebookBody(Body):
    """A whole version of a codebook."""

    name = Text(max_length=200)
    base = WholeNumber(
        required=False, min_value=0, help_text="The number of the version it was written on; 0 for the first. Needed."
    )
    categories = serializers.ListField(child=CategoryBody(), min_length=1)
    change_note = Text(required=False, allow_blank=True, default="", max_length=2000)


class FieldDifference(serializers.Serializer[Any]):
    """A field that reads otherwise, in pieces that are the same in both, out of the earlier or in the later."""

    name = serializers.CharField(read_only=True)
    pieces = serializers.SerializerMethodField()

    def get_pieces(self, change: FieldChange) -> list[dict[str, str]]:
        return [{"what": piece.what, "words": piece.words} for piece in change.pieces]


class EntryDifference(serializers.Serializer[Any]):
    """A category that is new (``in``), left out (``out``), ``changed`` or ``moved``."""

    what = serializers.CharField(read_only=True)
    category = CategoryBrief(read_only=True)
    fields_changed = FieldDifference(source="fields", many=True, read_only=True)


class DifferenceRepresentation(serializers.Serializer[Any]):
    """Two versions of a codebook."""

    earlier = serializers.IntegerField(source="earlier.number", read_only=True)
    later = serializers.IntegerField(source="later.number", read_only=True)
    unchanged = serializers.IntegerField(read_only=True)
    changes = EntryDifference(many=True, read_only=True)


class RatingRepresentation(Representation):
    scale = serializers.CharField(source="scale.slug", read_only=True)

    class Meta:
        model = Rating
        fields = ("scale", "slug", "name", "order", "verdicts", "asks_for_reply", "since", "retired_at")
        read_only_fields = fields


class ScaleRepresentation(Representation):
    ratings = RatingRepresentation(many=True, read_only=True)

    class Meta:
        model = VerdictScale
        fields = ("slug", "name", "ratings")
        read_only_fields = fields


@extend_schema_field(OpenApiTypes.STR)
class CategoryReference(Reference):
    """A category by its uid, or by its slug in the codebook of the everyday desk."""

    may_be_hidden = False

    def _find(self, value: Any) -> Any:
        if not isinstance(value, str):
            self.fail("invalid")
        categories = BiasCategory.objects.select_related("codebook")
        try:
            return categories.filter(uid=uuid.UUID(value)).first()
        except ValueError:
            return categories.filter(slug=value, codebook__projects__is_default=True).first()

    def to_representation(self, value: Any) -> str:
        return str(value.slug)


@extend_schema_field(OpenApiTypes.STR)
class RatingReference(Reference):
    """A rating as ``scale/step``: ``rating/mostly-true``."""

    may_be_hidden = False

    def _find(self, value: Any) -> Any:
        if not isinstance(value, str):
            self.fail("invalid")
        scale, _slash, step = value.partition("/")
        return Rating.objects.in_use().filter(scale__slug=scale, slug=step).first()

    def to_representation(self, value: Any) -> str:
        return f"{value.scale.slug}/{value.slug}"


@described(CodebookRepresentation, create=CodebookBody)
class CodebookViewSet(NounViewSet):
    """Versions of codebooks, each with its categories. A version never changes: an edit is the next one."""

    http_method_names = ["get", "head", "post"]
    queryset = Codebook.objects.none()
    serializer_class = CodebookRepresentation
    write_scope = "admin"
    visible = staticmethod(every_codebook)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("created_by").prefetch_related("categories__codebook")

    def create(self, request: Request) -> Response:
        """Keep the next version of a codebook. Projects keep the version that they began with."""
        self.require("annotations.write_codebook")
        values = self.body(CodebookBody)
        if "base" not in values:
            raise VersionMissing(field="base")
        categories = [CategoryText(**category) for category in values.pop("categories")]
        return self.answer_made(self.again(write_codebook(**values, categories=categories, **self.act())))

    @extend_schema(
        parameters=[OpenApiParameter("number", int, OpenApiParameter.PATH)], responses=DifferenceRepresentation
    )
    @action(detail=True, methods=["get"], url_path="from/<int:number>")
    def difference(self, request: Request, uid: Any, number: int) -> Response:
        """How the version differs from another one of the same codebook, whichever of the two is the later."""
        later = self.noun()
        earlier = self.get_queryset().filter(name=later.name, number=number).exclude(pk=later.pk).first()
        if earlier is None:
            raise Http404
        if earlier.number > later.number:
            earlier, later = later, earlier
        return Response(DifferenceRepresentation(difference_between(earlier, later)).data)


class CategoryViewSet(NounViewSet):
    """Bias categories as a codebook version defines them. They are written with their codebook."""

    http_method_names = ["get", "head"]
    queryset = BiasCategory.objects.none()
    serializer_class = CategoryRepresentation
    filterset_class = CategoryFilter
    write_scope = "admin"
    visible = staticmethod(every_category)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("codebook")


class VerdictScaleViewSet(ListedViewSet):
    """The words that verdicts are given in."""

    named_by = ("slug",)
    queryset = VerdictScale.objects.none()
    serializer_class = ScaleRepresentation
    write_scope = "admin"
    visible = staticmethod(every_scale)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        in_use = Rating.objects.in_use().select_related("scale").order_by("order")
        return nouns.prefetch_related(Prefetch("ratings", queryset=in_use))
