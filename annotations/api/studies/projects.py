from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.filters import AssignmentFilter, ProjectFilter
from annotations.api.studies.codebooks import every_codebook
from annotations.api.studies.drift import DriftRound, written_drift
from annotations.models import Assignment, PinnedRevision, Project
from annotations.operations.studies.adopting import adopt_codebook
from annotations.operations.studies.projects import (
    CHANGEABLE,
    assign,
    change_project,
    create_project,
    finish_assignment,
    pin_revision,
    take_back_assignment,
)
from annotations.permissions import visible_assignments, visible_projects
from annotations.queries.studies.drift import drift_of
from articles.api.fields import Reference, Slug, Text, WholeNumber, people
from articles.api.nouns import ChangeableViewSet, NounViewSet, described
from articles.api.references import ArticleReference
from articles.api.refusals import NoSuchThing
from articles.api.serializing import Body, NounBody, Person, Representation, VersionSeen
from articles.permissions import visible_articles


class ProjectBrief(Representation):
    """A project without the texts it reads."""

    codebook = serializers.UUIDField(source="codebook.uid", read_only=True)

    class Meta:
        model = Project
        fields: tuple[str, ...] = (
            "uid",
            "version",
            "name",
            "slug",
            "is_default",
            "codebook",
            "guidelines",
            "suggestion_policy",
            "suggestion_rules",
            "is_blind",
            "consent_note",
            "data_note",
            "offers_time",
            "created_at",
        )
        read_only_fields = fields


class PinFields(serializers.Serializer[Any]):
    """A text that a study reads."""

    article = serializers.UUIDField(source="revision.article.uid", read_only=True)
    revision = serializers.IntegerField(source="revision.number", read_only=True)


class ProjectRepresentation(ProjectBrief):
    """A project with the texts it reads, as far as the person may know of their articles."""

    pinned_revisions = serializers.SerializerMethodField()

    class Meta(ProjectBrief.Meta):
        fields = (*ProjectBrief.Meta.fields, "pinned_revisions")
        read_only_fields = fields

    @extend_schema_field(PinFields(many=True))
    def get_pinned_revisions(self, project: Project) -> Any:
        return PinFields(project.pinned_revisions.all(), many=True).data


def pins_known_to(person: Any) -> Prefetch[str]:
    """Loads the pinned revisions of projects, without those of articles the person may not know of."""
    pins = PinnedRevision.objects.filter(revision__article__in=visible_articles(person)).order_by("pk")
    pins = pins.select_related("revision__article").only("project", "revision__number", "revision__article__uid")
    return Prefetch("pinned_revisions", queryset=pins)


class ProjectChange(VersionSeen, NounBody):
    slug = Slug(max_length=50)

    class Meta:
        model = Project
        fields = (*sorted(CHANGEABLE), "version")


class ProjectBody(NounBody):
    slug = Slug(max_length=50)
    codebook = Reference(every_codebook, required=False)

    class Meta:
        model = Project
        fields = (*sorted(CHANGEABLE), "codebook")


class Adoption(VersionSeen):
    """A later version of the codebook that a project uses."""

    codebook = Reference(every_codebook)


class Pin(Body):
    """A text for a study to read."""

    article = ArticleReference()
    revision = WholeNumber(min_value=1)


class AssignmentRepresentation(Representation):
    project = serializers.UUIDField(source="project.uid", read_only=True)
    article = serializers.UUIDField(source="article.uid", read_only=True)
    round = serializers.UUIDField(source="round.uid", read_only=True, allow_null=True, default=None)
    person = Person(read_only=True)
    created_by = Person(read_only=True)

    class Meta:
        model = Assignment
        fields = (
            "uid",
            "version",
            "project",
            "article",
            "round",
            "position",
            "person",
            "task",
            "due_at",
            "times_out_at",
            "done_at",
            "ended_at",
            "ended_reason",
            "created_by",
            "created_at",
        )
        read_only_fields = fields


class AssignmentBody(NounBody):
    article = ArticleReference()
    project = Reference(visible_projects, required=False)
    person = Reference(people)

    class Meta:
        model = Assignment
        fields = ("article", "project", "person", "task", "due_at")


class Returning(VersionSeen):
    """Why it is taken back, for those who lead the study."""

    reason = Text(max_length=500, required=False)


@described(ProjectRepresentation, create=ProjectBody, partial_update=ProjectChange, pin=Pin)
class ProjectViewSet(ChangeableViewSet):
    """The everyday desk and the studies beside it. Which one is the everyday desk never changes."""

    queryset = Project.objects.none()
    serializer_class = ProjectRepresentation
    filterset_class = ProjectFilter
    write_scope = "admin"
    visible = staticmethod(visible_projects)
    keyword = "project"
    change_right = "annotations.lead_project"
    change_body = ProjectChange
    changing = staticmethod(change_project)

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        return ProjectBrief if self.action == "list" else ProjectRepresentation

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        projects = nouns.select_related("codebook")
        return projects if self.action == "list" else projects.prefetch_related(pins_known_to(self.request.user))

    def create(self, request: Request) -> Response:
        """Set up a study. Its codebook version stays the one it begins with."""
        self.require("annotations.lead_project")
        return self.answer_made(self.again(create_project(**self.body(ProjectBody), **self.act())))

    @action(detail=True, methods=["post"])
    def pin(self, request: Request, uid: Any) -> Response:
        """Have the study read a revision, whatever the newsroom does to the article later. Pinning twice is once."""
        project = self.noun()
        self.require("annotations.lead_project")
        values = self.body(Pin)
        revision = values["article"].revisions.filter(number=values["revision"]).first()
        if revision is None:
            raise NoSuchThing(field="revision")
        pin_revision(project=project, revision=revision, **self.act())
        return self.answer_anew(project)

    @extend_schema(request=Adoption, responses=ProjectRepresentation)
    @action(detail=True, methods=["post"])
    def adopt(self, request: Request, uid: Any) -> Response:
        """Have it tag under a later version of its codebook. Old tags keep their meaning; those whose category reads
        otherwise wait to be looked at. A study in which somebody has begun keeps its version.
        """
        project = self.noun()
        self.require("annotations.lead_project")
        values = self.body(Adoption)
        adopt_codebook(project=project, seen=self.seen(project, values), **values, **self.act())
        return self.answer_anew(project)

    @extend_schema(responses=DriftRound(many=True))
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def drift(self, request: Request, uid: Any) -> Response:
        """Agreement and the use of categories from round to round, by the newest measurement of each."""
        project = self.noun()
        self.require("annotations.lead_project", project)
        return Response(DriftRound(written_drift(drift_of(project, request.user)), many=True).data)


@described(AssignmentRepresentation, create=AssignmentBody, finish=VersionSeen, retract=Returning)
class AssignmentViewSet(NounViewSet):
    """Who is asked to work on what."""

    http_method_names = ["get", "head", "post"]
    queryset = Assignment.objects.none()
    serializer_class = AssignmentRepresentation
    filterset_class = AssignmentFilter
    write_scope = "admin"
    visible = staticmethod(visible_assignments)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("project", "round", "article", "person", "created_by")

    def create(self, request: Request) -> Response:
        """Ask somebody to work on an article; while they are, they may see it."""
        self.require("annotations.assign")
        return self.answer_made(self.again(assign(**self.body(AssignmentBody), **self.act())))

    @action(detail=True, methods=["post"], write_scope="annotate")
    def finish(self, request: Request, uid: Any) -> Response:
        """Say that it is done. Whoever has it says so, or whoever hands out work."""
        assignment = self.noun()
        if assignment.person_id != request.user.pk:
            self.require("annotations.assign")
        finish_assignment(assignment=assignment, seen=self.seen(assignment, self.body(VersionSeen)), **self.act())
        return self.answer_anew(assignment)

    @action(detail=True, methods=["post"])
    def retract(self, request: Request, uid: Any) -> Response:
        """Take it back; what it let the person see is closed again."""
        assignment = self.noun()
        self.require("annotations.assign")
        values = self.body(Returning)
        take_back_assignment(assignment=assignment, seen=self.seen(assignment, values), **values, **self.act())
        return self.answer_anew(assignment)
