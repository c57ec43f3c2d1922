"""Examples of what bias categories mean."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import filters
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.studies.codebooks import CategoryReference, every_category
from annotations.models import BiasExample
from annotations.operations.studies.examples import LONGEST, give_example, take_example
from annotations.permissions import visible_bias_tags, visible_examples
from articles.api.fields import Reference, Text
from articles.api.filters import MadeFilter
from articles.api.nouns import NounViewSet, described
from articles.api.refusals import NotTogether
from articles.api.serializing import Body, Person, Representation


class ExampleRepresentation(Representation):
    category = serializers.UUIDField(source="category.uid", read_only=True)
    codebook = serializers.UUIDField(source="category.codebook.uid", read_only=True)
    tag = serializers.UUIDField(source="tag.uid", read_only=True, allow_null=True)
    created_by = Person(read_only=True)

    class Meta:
        model = BiasExample
        fields = ("uid", "category", "codebook", "words", "is_positive", "tag", "created_by", "created_at")
        read_only_fields = fields


class ExampleBody(Body):
    """Words of a category, or a bias tag whose words and category they are."""

    category = CategoryReference(every_category, required=False)
    words = Text(required=False, max_length=LONGEST)
    tag = Reference(visible_bias_tags, required=False)
    is_positive = serializers.BooleanField(required=False, default=True)

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        """Either a tag alone, or a category with words."""
        written = {name for name in ("category", "words") if name in values}
        if "tag" in values and written:
            raise NotTogether({name: _("A tag brings its own.") for name in sorted(written)})
        missing = {"category", "words"} - written
        if "tag" not in values and missing:
            raise NotTogether({name: _("Give this, or a tag whose words they are.") for name in sorted(missing)})
        return values


class ExampleFilter(MadeFilter):
    category = filters.CharFilter(field_name="category__slug")
    codebook = filters.UUIDFilter(field_name="category__codebook__uid")
    is_positive = filters.BooleanFilter()


@described(ExampleRepresentation, create=ExampleBody)
class ExampleViewSet(NounViewSet):
    """Words that show what a category means, or what it does not: written down, or taken from tags."""

    http_method_names = ["get", "head", "post"]
    queryset = BiasExample.objects.none()
    serializer_class = ExampleRepresentation
    filterset_class = ExampleFilter
    write_scope = "admin"
    visible = staticmethod(visible_examples)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("category__codebook", "tag", "created_by")

    def create(self, request: Request) -> Response:
        """Give an example."""
        self.require("annotations.write_codebook")
        values = self.body(ExampleBody)
        made = take_example if "tag" in values else give_example
        return self.answer_made(self.again(made(**values, **self.act())))
