from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.filters import AssignmentFilter, CommentFilter, ProjectFilter
from annotations.models import Assignment, Comment, Project
from annotations.operations.projects import (
    assign,
    comment,
    finish_assignment,
    resolve_comment,
    take_back_assignment,
)
from annotations.permissions import visible_assignments, visible_comments, visible_projects
from articles.api.fields import Reference, people
from articles.api.nouns import NounViewSet, described
from articles.api.refusals import NoSuchThing
from articles.api.serializing import NounBody, Person, Representation, VersionSeen
from articles.models import Span
from articles.permissions import visible_articles


class ProjectRepresentation(Representation):
    codebook = serializers.UUIDField(source="codebook.uid", read_only=True)

    class Meta:
        model = Project
        fields = (
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
            "created_at",
        )
        read_only_fields = fields


class AssignmentRepresentation(Representation):
    project = serializers.UUIDField(source="project.uid", read_only=True)
    article = serializers.UUIDField(source="article.uid", read_only=True)
    person = Person(read_only=True)
    created_by = Person(read_only=True)

    class Meta:
        model = Assignment
        fields = (
            "uid",
            "version",
            "project",
            "article",
            "person",
            "task",
            "due_at",
            "done_at",
            "ended_at",
            "created_by",
            "created_at",
        )
        read_only_fields = fields


class AssignmentBody(NounBody):
    article = Reference(visible_articles)
    project = Reference(visible_projects, required=False)
    person = Reference(people)

    class Meta:
        model = Assignment
        fields = ("article", "project", "person", "task", "due_at")


def visible_spans(person: Any) -> QuerySet[Span]:
    """The spans of the articles a person may know of."""
    return Span.objects.filter(article__in=visible_articles(person))


class CommentRepresentation(Representation):
    article = serializers.UUIDField(source="article.uid", read_only=True)
    span = serializers.UUIDField(source="span.uid", allow_null=True, read_only=True, default=None)
    parent = serializers.UUIDField(source="parent.uid", allow_null=True, read_only=True, default=None)  # type: ignore[assignment]
    created_by = Person(read_only=True)
    resolved_by = Person(read_only=True, allow_null=True)

    class Meta:
        model = Comment
        fields = (
            "uid",
            "version",
            "article",
            "span",
            "parent",
            "text",
            "created_by",
            "created_at",
            "resolved_by",
            "resolved_at",
        )
        read_only_fields = fields


class CommentBody(NounBody):
    article = Reference(visible_articles)
    span = Reference(visible_spans, required=False, allow_null=True)
    parent = Reference(visible_comments, required=False, allow_null=True)  # type: ignore[assignment]

    class Meta:
        model = Comment
        fields = ("article", "span", "parent", "text")


class ProjectViewSet(NounViewSet):
    """The everyday desk and the studies beside it."""

    http_method_names = ["get", "head"]
    queryset = Project.objects.none()
    serializer_class = ProjectRepresentation
    filterset_class = ProjectFilter
    write_scope = "admin"
    visible = staticmethod(visible_projects)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("codebook")


@described(AssignmentRepresentation, create=AssignmentBody, finish=VersionSeen, retract=VersionSeen)
class AssignmentViewSet(NounViewSet):
    """Who is asked to work on what."""

    http_method_names = ["get", "head", "post"]
    queryset = Assignment.objects.none()
    serializer_class = AssignmentRepresentation
    filterset_class = AssignmentFilter
    write_scope = "admin"
    visible = staticmethod(visible_assignments)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("project", "article", "person", "created_by")

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
        take_back_assignment(assignment=assignment, seen=self.seen(assignment, self.body(VersionSeen)), **self.act())
        return self.answer_anew(assignment)


@described(CommentRepresentation, create=CommentBody, resolve=VersionSeen)
class CommentViewSet(NounViewSet):
    """Remarks on articles, on the words of marks, and on each other."""

    http_method_names = ["get", "head", "post"]
    queryset = Comment.objects.none()
    serializer_class = CommentRepresentation
    filterset_class = CommentFilter
    write_scope = "annotate"
    visible = staticmethod(visible_comments)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("article", "span", "parent", "created_by", "resolved_by")

    def create(self, request: Request) -> Response:
        """Say something about an article, the words of a mark, or another remark."""
        self.require("annotations.comment")
        values = self.body(CommentBody)
        for name in ("span", "parent"):
            if values.get(name) is not None and values[name].article_id != values["article"].pk:
                raise NoSuchThing(field=name)
        return self.answer_made(comment(**values, **self.act()))

    @action(detail=True, methods=["post"])
    def resolve(self, request: Request, uid: Any) -> Response:
        """Say that it is dealt with."""
        remark = self.noun()
        self.require("annotations.comment")
        resolve_comment(comment=remark, seen=self.seen(remark, self.body(VersionSeen)), **self.act())
        return self.answer_anew(remark)
