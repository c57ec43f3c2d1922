"""Releases of what a project's readers found."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django_filters.rest_framework import filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.forms.datasets import names_a_file
from annotations.models import Dataset, Licence
from annotations.operations.studies.datasets import release_dataset
from annotations.permissions import visible_datasets, visible_projects
from annotations.queries.studies.datasets import headers_of
from articles.api.fields import Choice, Reference, Text
from articles.api.filters import MadeFilter
from articles.api.nouns import NounViewSet, described
from articles.api.serializing import Body, Person, Representation


class DatasetRepresentation(Representation):
    project = serializers.UUIDField(source="project.uid", read_only=True)
    counts = serializers.DictField(child=serializers.IntegerField(), read_only=True)
    created_by = Person(read_only=True)

    class Meta:
        model = Dataset
        fields = (
            "uid",
            "project",
            "release",
            "title",
            "licence",
            "sha256",
            "size",
            "counts",
            "file_name",
            "created_by",
            "created_at",
        )
        read_only_fields = fields


class DatasetBody(Body):
    """A release to be made. ``authors`` are the only people it names."""

    project = Reference(visible_projects)
    release = Text(max_length=40, validators=[names_a_file])
    title = Text(max_length=300)
    licence = Choice(choices=Licence.choices)
    authors = serializers.ListField(child=Text(max_length=200), min_length=1, max_length=50)
    description = Text(required=False, allow_blank=True, default="", max_length=4000)


class DatasetFilter(MadeFilter):
    project = filters.UUIDFilter(field_name="project__uid")
    release = filters.CharFilter()


@described(DatasetRepresentation, create=DatasetBody)
class DatasetViewSet(NounViewSet):
    """Frozen releases. Their bytes are at ``…/file/``, the same for ever; a token needs the scope ``export``."""

    http_method_names = ["get", "head", "post"]
    queryset = Dataset.objects.none()
    serializer_class = DatasetRepresentation
    filterset_class = DatasetFilter
    read_scope = "export"
    read_right = "annotations.take_out"
    write_scope = "admin"
    visible = staticmethod(visible_datasets)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("project", "created_by").defer("content")

    def create(self, request: Request) -> Response:
        """Make a release. Refused while a round is open, and where nothing was read."""
        self.require("annotations.release_dataset")
        return self.answer_made(self.again(release_dataset(**self.body(DatasetBody), **self.act())))

    @extend_schema(responses={(200, "application/zip"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def file(self, request: Request, uid: Any) -> HttpResponse:
        """The zip, byte by byte as it was made."""
        self.require("annotations.take_out")
        dataset = self.noun()
        return HttpResponse(bytes(dataset.content), headers=headers_of(dataset))
