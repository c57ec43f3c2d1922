from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.filters import ReadingFilter
from annotations.api.studies.apart import refuse_apart
from annotations.models import Finding, Reading, SentenceFinding
from annotations.operations.checking.claims import everyday_desk
from annotations.operations.studies.readings import (
    TAKEN_BACK,
    begin_reading,
    record_finding,
    reopen_reading,
    submit_reading,
    withdraw_finding,
)
from annotations.permissions import visible_projects, visible_readings
from articles.api.fields import Choice, Reference, Text, WholeNumber
from articles.api.nouns import NounViewSet, described
from articles.api.references import ArticleReference
from articles.api.refusals import NoSuchThing
from articles.api.serializing import Body, Person, Representation, VersionSeen
from articles.operations.spans import Words
from articles.permissions import known_articles


class FindingFields(serializers.Serializer[Any]):
    """The last word on a sentence; offsets count in the text of the reading's revision."""

    start = serializers.IntegerField(read_only=True)
    end = serializers.IntegerField(read_only=True)
    finding = serializers.ChoiceField(choices=Finding.choices, read_only=True)
    created_at = serializers.DateTimeField(read_only=True)


class ReadingRepresentation(Representation):
    project = serializers.UUIDField(source="project.uid", read_only=True)
    codebook = serializers.UUIDField(source="codebook.uid", read_only=True)
    article = serializers.UUIDField(source="revision.article.uid", read_only=True)
    revision = serializers.IntegerField(source="revision.number", read_only=True)
    text_sha256 = serializers.CharField(source="revision.text_sha256", read_only=True)
    created_by = Person(read_only=True)
    findings = serializers.SerializerMethodField()
    round = serializers.UUIDField(source="round.uid", read_only=True, default=None)
    guidelines = serializers.UUIDField(source="guidelines.uid", read_only=True, default=None)

    class Meta:
        model = Reading
        fields = (
            "uid",
            "version",
            "project",
            "codebook",
            "article",
            "revision",
            "text_sha256",
            "findings",
            "round",
            "guidelines",
            "is_gold",
            "created_by",
            "created_at",
            "submitted_at",
        )
        read_only_fields = fields

    @extend_schema_field(FindingFields(many=True))
    def get_findings(self, reading: Reading) -> Any:
        """What stands of each sentence, in the order of the text."""
        standing = [word for word in reading.findings.all() if word.finding != TAKEN_BACK]
        return FindingFields(standing, many=True).data


def last_words() -> Prefetch[str]:
    """Loads the last word on each sentence of readings."""
    words = SentenceFinding.objects.order_by("reading", "start", "-sequence").distinct("reading", "start")
    return Prefetch("findings", queryset=words)


class ReadingBody(Body):
    """Which text is read, and within which project; the everyday desk unless said."""

    article = ArticleReference(known_articles)
    revision = WholeNumber(min_value=1, help_text="The number of the revision that is read.")
    project = Reference(visible_projects, required=False)


class Sentence(Body):
    """A sentence of the reading's revision. Offsets are half-open, in code points."""

    start = WholeNumber(min_value=0)
    end = WholeNumber(min_value=1)
    exact = Text(trim_whitespace=False, help_text="The words at the offsets.")
    text_sha256 = Text(min_length=64, max_length=64, required=False)


class FindingBody(Sentence):
    """What the reader says of a sentence."""

    finding = Choice(choices=Finding.choices)


class Reopening(VersionSeen):
    """Why a reading is opened again; its reader is told."""

    reason = Text(max_length=500)


@described(
    ReadingRepresentation,
    create=ReadingBody,
    findings=FindingBody,
    withdraw_finding=Sentence,
    submit=VersionSeen,
    reopen=Reopening,
)
class ReadingViewSet(NounViewSet):
    """That people read a text under a codebook, and what they say of sentences that got no mark."""

    http_method_names = ["get", "head", "post"]
    queryset = Reading.objects.none()
    serializer_class = ReadingRepresentation
    filterset_class = ReadingFilter
    write_scope = "annotate"
    visible = staticmethod(visible_readings)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        readings = nouns.select_related("project", "codebook", "revision__article", "created_by", "round", "guidelines")
        return readings.defer("revision__blocks", "revision__removed").prefetch_related(last_words())

    def create(self, request: Request) -> Response:
        """Begin to read a revision. Whoever has begun already is answered their reading."""
        self.require("annotations.read_for_study")
        values = self.body(ReadingBody)
        refuse_apart(values, request)
        revision = values["article"].revisions.filter(number=values["revision"]).first()
        if revision is None:
            raise NoSuchThing(field="revision")
        project = values.get("project") or everyday_desk()
        return self.answer_made(self.again(begin_reading(revision=revision, project=project, **self.act())))

    @action(detail=True, methods=["post"])
    def findings(self, request: Request, uid: Any) -> Response:
        """Say of a sentence that nothing was found in it, or that it is an opinion. The last word counts."""
        reading = self.noun()
        self.require("annotations.read_for_study")
        values = self.body(FindingBody)
        finding = Finding(values.pop("finding"))
        record_finding(reading=reading, words=_words(values), finding=finding, **self.act())
        return self.answer_anew(reading)

    @action(detail=True, methods=["post"], url_path="findings/withdraw")
    def withdraw_finding(self, request: Request, uid: Any) -> Response:
        """Take back what was said of a sentence."""
        reading = self.noun()
        self.require("annotations.read_for_study")
        withdraw_finding(reading=reading, words=_words(self.body(Sentence)), **self.act())
        return self.answer_anew(reading)

    @action(detail=True, methods=["post"])
    def submit(self, request: Request, uid: Any) -> Response:
        """Say that one has read it to the end; from now on it counts, and nothing is added to it."""
        reading = self.noun()
        self.require("annotations.read_for_study")
        submit_reading(reading=reading, seen=self.seen(reading, self.body(VersionSeen)), **self.act())
        return self.answer_anew(reading)

    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, uid: Any) -> Response:
        """Open a submitted reading again; its reader is told why."""
        reading = self.noun()
        self.require("annotations.lead_project")
        values = self.body(Reopening)
        reopen_reading(reading=reading, seen=self.seen(reading, values), **values, **self.act())
        return self.answer_anew(reading)


def _words(sentence: Mapping[str, Any]) -> Words:
    return Words(sentence["start"], sentence["end"], sentence["exact"], sentence.get("text_sha256"))
