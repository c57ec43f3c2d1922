from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.fields import Reference, Text, WholeNumber
from articles.api.filters import SpeakerFilter
from articles.api.nouns import ChangeableViewSet, Orders, described
from articles.api.serializing import Body, NounBody, Person, Representation, VersionSeen
from articles.models import Speaker
from articles.naming.ranking import Reason
from articles.operations.speakers import CHANGEABLE, add_speaker, change_speaker, merge_speakers
from articles.permissions import visible_speakers
from articles.search.company import MOST_BESIDE
from articles.search.speakers import resolve_speaker


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


class Asked(Body):
    """A mention of a speaker, as parameters of the address."""

    mention = Text(max_length=300, help_text="The name as printed where they speak.")
    full_name = Text(max_length=300, required=False, allow_blank=True, default="")
    title = Text(max_length=300, required=False, allow_blank=True, default="")
    affiliation = Text(max_length=300, required=False, allow_blank=True, default="")
    language = Text(max_length=35, required=False, allow_blank=True, default="")
    outlet = Text(max_length=200, required=False, allow_blank=True, default="")
    beside = serializers.ListField(
        child=Reference(visible_speakers),
        required=False,
        default=list,
        max_length=MOST_BESIDE,
        help_text="Uids of other speakers whom the text names.",
    )


class SpeakerInShort(Representation):
    """A speaker, as far as one chooses by it."""

    class Meta:
        model = Speaker
        fields = ("uid", "version", "name", "kind", "title", "affiliation", "aliases")
        read_only_fields = fields


class CandidateFields(serializers.Serializer[Any]):
    """Somebody who may be meant; the score orders candidates and is no probability."""

    speaker = SpeakerInShort(read_only=True)
    score = serializers.FloatField(read_only=True)
    reasons = serializers.ListField(child=serializers.ChoiceField(choices=list(Reason)), read_only=True)
    why = serializers.CharField(read_only=True)
    matched = serializers.CharField(read_only=True, help_text="Which of the speaker’s names it was.")
    beside = serializers.CharField(read_only=True, help_text="Beside whom of this text they were quoted before.")


class ProposedFields(serializers.Serializer[Any]):
    name = serializers.CharField(read_only=True)
    title = serializers.CharField(read_only=True)
    affiliation = serializers.CharField(read_only=True)


class ResolutionFields(serializers.Serializer[Any]):
    """Who is meant. ``speaker`` is null unless it is certain; ``proposed`` is whom to add if it is none of them."""

    speaker = CandidateFields(read_only=True, allow_null=True)
    candidates = CandidateFields(read_only=True, many=True)
    proposed = ProposedFields(read_only=True, allow_null=True)


@described(SpeakerRepresentation, create=SpeakerBody, partial_update=SpeakerChange, merge=Merge)
class SpeakerViewSet(ChangeableViewSet):
    """Persons, organisations, states and unnamed groups whose words are reported."""

    queryset = Speaker.objects.none()
    serializer_class = SpeakerRepresentation
    filterset_class = SpeakerFilter
    sorted_by: ClassVar[Orders] = {"name": ("name", "id")}
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

    @extend_schema(parameters=[Asked], responses={200: ResolutionFields}, filters=False)
    @action(detail=False, methods=["get"], pagination_class=None)
    def resolve(self, request: Request) -> Response:
        """Whom a mention in a text means: one who is certain, several ranked, or somebody to add."""
        values: dict[str, Any] = dict(request.query_params.items())
        if "beside" in values:
            values["beside"] = request.query_params.getlist("beside")
        asked = Asked(data=values, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        found = resolve_speaker(person=request.user, **asked.validated_data)
        return Response(ResolutionFields(found, context=self.get_serializer_context()).data)

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
