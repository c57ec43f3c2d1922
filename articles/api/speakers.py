from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.fields import Reference, WholeNumber
from articles.api.filters import SpeakerFilter
from articles.api.nouns import ChangeableViewSet, described
from articles.api.serializing import NounBody, Person, Representation, VersionSeen
from articles.models import Speaker
from articles.operations.speakers import CHANGEABLE, add_speaker, change_speaker, merge_speakers
from articles.permissions import visible_speakers


class SpeakerBrief(serializers.Serializer[Any]):
    """A speaker where others are spoken of."""

    uid = serializers.UUIDField(read_only=True)
    name = serializers.CharField(read_only=True)


class SpeakerRepresentation(Representation):
    merged_into = serializers.UUIDField(source="merged_into.uid", allow_null=True, read_only=True, default=None)
    created_by = Person(read_only=True)

    class Meta:
        model = Speaker
        fields = (
            "uid",
            "version",
            "name",
            "kind",
            "title",
            "affiliation",
            "aliases",
            "merged_into",
            "is_demonstration",
            "created_by",
            "created_at",
        )
        read_only_fields = fields


class SpeakerBody(NounBody):
    class Meta:
        model = Speaker
        fields = tuple(sorted(CHANGEABLE))


class SpeakerChange(VersionSeen, SpeakerBody):
    class Meta(SpeakerBody.Meta):
        fields = (*SpeakerBody.Meta.fields, "version")


class Merge(VersionSeen):
    """The name that is another name of this speaker."""

    merged = Reference(visible_speakers)
    merged_version = WholeNumber(min_value=1)


@described(SpeakerRepresentation, create=SpeakerBody, partial_update=SpeakerChange, merge=Merge)
class SpeakerViewSet(ChangeableViewSet):
    """Persons, organisations, states and unnamed groups whose words are reported."""

    queryset = Speaker.objects.none()
    serializer_class = SpeakerRepresentation
    filterset_class = SpeakerFilter
    write_scope = "edit"
    visible = staticmethod(visible_speakers)
    keyword = "speaker"
    change_right = "articles.change_speaker"
    change_body = SpeakerChange
    changing = staticmethod(change_speaker)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("merged_into", "created_by")

    def create(self, request: Request) -> Response:
        """Add somebody whose words are reported."""
        self.require("articles.add_speaker")
        return self.answer_made(add_speaker(**self.body(SpeakerBody), **self.act()))

    @action(detail=True, methods=["post"])
    def merge(self, request: Request, uid: Any) -> Response:
        """Say that another name is this speaker. The merged one stays and points here."""
        speaker = self.noun()
        self.require("articles.merge_speakers")
        values = self.body(Merge)
        merge_speakers(
            kept=speaker,
            merged=values["merged"],
            seen_kept=self.seen(speaker, values),
            seen_merged=values["merged_version"],
            **self.act(),
        )
        return self.answer_anew(speaker)
