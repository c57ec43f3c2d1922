"""Rounds of studies, their texts, and who takes part."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django_filters.rest_framework import filters
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.models import Guidelines, Participant, Round
from annotations.operations.studies.handingout import (
    assign_text,
    consent,
    hand_out,
    let_go,
    take_consent_back,
    take_in,
)
from annotations.operations.studies.rounds import (
    PLANNED,
    change_round,
    close_round,
    draw_texts,
    open_round,
    plan_round,
    withdraw_text,
)
from annotations.permissions import (
    visible_guidelines,
    visible_participants,
    visible_projects,
    visible_round_texts,
    visible_rounds,
)
from articles.api.fields import Reference, Text, WholeNumber, people
from articles.api.filters import MadeFilter
from articles.api.nouns import ChangeableViewSet, NounViewSet, described
from articles.api.references import ArticleReference
from articles.api.refusals import NoSuchThing
from articles.api.serializing import Body, NounBody, Person, Representation, VersionSeen
from articles.models import Article
from articles.permissions import visible_articles


class TextFields(serializers.Serializer[Any]):
    """A text of a round, where the person may know of its article."""

    uid = serializers.UUIDField(read_only=True)
    article = serializers.UUIDField(source="pinned.revision.article.uid", read_only=True)
    revision = serializers.IntegerField(source="pinned.revision.number", read_only=True)
    position = serializers.IntegerField(read_only=True)
    withdrawn_at = serializers.DateTimeField(read_only=True)
    withdrawn_reason = serializers.CharField(read_only=True)


class RoundRepresentation(Representation):
    project = serializers.UUIDField(source="project.uid", read_only=True)
    created_by = Person(read_only=True)
    texts = TextFields(many=True, read_only=True)

    class Meta:
        model = Round
        fields = (
            "uid",
            "version",
            "project",
            "number",
            *sorted(PLANNED),
            "opened_at",
            "closed_at",
            "texts",
            "created_by",
            "created_at",
        )
        read_only_fields = fields


class RoundBody(NounBody):
    project = Reference(visible_projects)

    class Meta:
        model = Round
        fields = ("project", *sorted(PLANNED))


class RoundChange(VersionSeen, NounBody):
    class Meta:
        model = Round
        fields = (*sorted(PLANNED), "version")


class Drawing(Body):
    """Which articles: those that are named, or all the person may know of; all of them or a seeded sample."""

    articles = serializers.ListField(child=ArticleReference(), required=False)
    size = WholeNumber(min_value=1, required=False)
    seed = WholeNumber(min_value=0, required=False)


class Handing(Body):
    """Who reads which text of the round."""

    text = Reference(visible_round_texts)
    person = Reference(people)


class Withdrawal(Body):
    """Which text is taken out of the study, and why."""

    text = Reference(visible_round_texts)
    reason = Text(max_length=500)


class RoundFilter(MadeFilter):
    project = filters.UUIDFilter(field_name="project__uid")
    open = filters.BooleanFilter(method="being_open", label="whether people read it now")

    def being_open(self, rounds: Any, _name: str, is_open: bool) -> Any:
        reading = {"opened_at__isnull": False, "closed_at": None}
        return rounds.filter(**reading) if is_open else rounds.exclude(**reading)


@described(
    RoundRepresentation,
    create=RoundBody,
    partial_update=RoundChange,
    draw=Drawing,
    assign=Handing,
    hand_out=Body,
    withdraw=Withdrawal,
    open=VersionSeen,
    close=VersionSeen,
)
class RoundViewSet(ChangeableViewSet):
    """Texts that several people read apart."""

    queryset = Round.objects.none()
    serializer_class = RoundRepresentation
    filterset_class = RoundFilter
    write_scope = "admin"
    visible = staticmethod(visible_rounds)
    keyword = "round"
    change_right = "annotations.lead_project"
    change_body = RoundChange
    changing = staticmethod(change_round)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        texts = visible_round_texts(self.request.user).select_related("pinned__revision__article")
        lean = texts.defer("pinned__revision__text", "pinned__revision__blocks", "pinned__revision__removed")
        return nouns.select_related("project", "created_by").prefetch_related(Prefetch("texts", lean))

    def create(self, request: Request) -> Response:
        """Plan the next round of a study."""
        self.require("annotations.lead_project")
        return self.answer_made(self.again(plan_round(**self.body(RoundBody), **self.act())))

    @action(detail=True, methods=["post"])
    def draw(self, request: Request, uid: Any) -> Response:
        """Pin the newest text of articles and give them to the round; what the study reads already is left out."""
        each = self.noun()
        self.require("annotations.lead_project")
        values = self.body(Drawing)
        named = values.pop("articles", None)
        articles = visible_articles(request.user)
        if named is not None:
            articles = Article.objects.filter(pk__in=[article.pk for article in named])
        draw_texts(round=each, articles=articles, **values, **self.act())
        return self.answer_anew(each)

    @action(detail=True, methods=["post"], url_path="hand-out")
    def hand_out(self, request: Request, uid: Any) -> Response:
        """Give every text as many readers as it is to have, by lot."""
        each = self.noun()
        self.require("annotations.assign")
        self.body(Body)
        hand_out(round=each, **self.act())
        return self.answer_anew(each)

    @action(detail=True, methods=["post"])
    def assign(self, request: Request, uid: Any) -> Response:
        """Have somebody read a text of the round."""
        each = self.noun()
        self.require("annotations.assign")
        values = self.body(Handing)
        if values["text"].round_id != each.pk:
            raise NoSuchThing(field="text")
        assign_text(**values, **self.act())
        return self.answer_anew(each)

    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, uid: Any) -> Response:
        """Take a text out of the study. What was found in it stays."""
        each = self.noun()
        self.require("annotations.lead_project")
        values = self.body(Withdrawal)
        if values["text"].round_id != each.pk:
            raise NoSuchThing(field="text")
        withdraw_text(**values, **self.act())
        return self.answer_anew(each)

    @action(detail=True, methods=["post"])
    def open(self, request: Request, uid: Any) -> Response:
        """Let people read it."""
        each = self.noun()
        self.require("annotations.lead_project")
        open_round(round=each, seen=self.seen(each, self.body(VersionSeen)), **self.act())
        return self.answer_anew(each)

    @action(detail=True, methods=["post"])
    def close(self, request: Request, uid: Any) -> Response:
        """End it: what was not submitted goes back, and readers see what they may from now on."""
        each = self.noun()
        self.require("annotations.lead_project")
        close_round(round=each, seen=self.seen(each, self.body(VersionSeen)), **self.act())
        return self.answer_anew(each)


class ParticipantRepresentation(Representation):
    project = serializers.UUIDField(source="project.uid", read_only=True)
    person = Person(read_only=True)
    created_by = Person(read_only=True)

    class Meta:
        model = Participant
        fields = (
            "uid",
            "version",
            "project",
            "person",
            "quota",
            "consented_at",
            "consented_to",
            "keeps_time",
            "left_at",
            "created_by",
            "created_at",
        )
        read_only_fields = fields


class ParticipantBody(NounBody):
    project = Reference(visible_projects)
    person = Reference(people)

    class Meta:
        model = Participant
        fields = ("project", "person", "quota")


class Consent(VersionSeen):
    """That one agrees to the consent note, and whether one's time may be measured."""

    keeps_time = serializers.BooleanField(required=False, default=False)


class ParticipantFilter(MadeFilter):
    project = filters.UUIDFilter(field_name="project__uid")


@described(
    ParticipantRepresentation,
    create=ParticipantBody,
    let_go=VersionSeen,
    consent=Consent,
    take_consent_back=VersionSeen,
)
class ParticipantViewSet(NounViewSet):
    """Who takes part in which study, and what they agreed to."""

    http_method_names = ["get", "head", "post"]
    queryset = Participant.objects.none()
    serializer_class = ParticipantRepresentation
    filterset_class = ParticipantFilter
    write_scope = "admin"
    visible = staticmethod(visible_participants)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("project", "person", "created_by")

    def create(self, request: Request) -> Response:
        """Let somebody take part; again is once, with the newer quota."""
        self.require("annotations.assign")
        return self.answer_made(self.again(take_in(**self.body(ParticipantBody), **self.act())))

    @action(detail=True, methods=["post"], url_path="let-go")
    def let_go(self, request: Request, uid: Any) -> Response:
        """Let somebody go: what they have not submitted goes back."""
        part = self.noun()
        self.require("annotations.assign")
        let_go(participant=part, seen=self.seen(part, self.body(VersionSeen)), **self.act())
        return self.answer_anew(part)

    @action(detail=True, methods=["post"], write_scope="annotate")
    def consent(self, request: Request, uid: Any) -> Response:
        """Agree, for oneself."""
        part = self.noun()
        values = self.body(Consent)
        seen = self.seen(part, values)
        consent(participant=part, seen=seen, keeps_time=values["keeps_time"], **self.act())
        return self.answer_anew(part)

    @action(detail=True, methods=["post"], url_path="consent/back", write_scope="annotate")
    def take_consent_back(self, request: Request, uid: Any) -> Response:
        """Take one's consent back; the time that was measured is forgotten."""
        part = self.noun()
        take_consent_back(participant=part, seen=self.seen(part, self.body(VersionSeen)), **self.act())
        return self.answer_anew(part)


class GuidelinesRepresentation(Representation):
    project = serializers.UUIDField(source="project.uid", read_only=True)
    created_by = Person(read_only=True)

    class Meta:
        model = Guidelines
        fields = ("uid", "project", "number", "text", "created_by", "created_at")
        read_only_fields = fields


class GuidelinesFilter(MadeFilter):
    project = filters.UUIDFilter(field_name="project__uid")


@described(GuidelinesRepresentation)
class GuidelinesViewSet(NounViewSet):
    """What annotators are told, in its versions; written with the ``guidelines`` of the project."""

    http_method_names = ["get", "head"]
    queryset = Guidelines.objects.none()
    serializer_class = GuidelinesRepresentation
    filterset_class = GuidelinesFilter
    write_scope = "admin"
    visible = staticmethod(visible_guidelines)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("project", "created_by")
