"""What editors do about articles that came by themselves: likes of them, holds, removed lines, versions that wait."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.operations.desk.wires import keep_ours, take_wire_version
from annotations.queries.desk.duplicates import find_duplicates
from annotations.queries.desk.wires import holds_on, version_that_waits
from articles.api.articles import ArticleNouns, ArticleRepresentation
from articles.api.declaring import DeclaredBody, declared_in
from articles.api.fields import Choice, Text, WholeNumber
from articles.api.refusals import NoSuchThing
from articles.api.serializing import Body, Person, VersionSeen
from articles.models import Answer, Article, WireItem
from articles.operations.articles import open_removed_lines
from articles.operations.holds import acknowledge_holds, lift_holds
from articles.operations.stories import join_story
from articles.operations.wires import log_of
from articles.permissions import visible_articles


class DuplicateFields(serializers.Serializer[Any]):
    """A text that is the same or was made from the same copy; shares are from 0 to 1."""

    article = serializers.UUIDField(source="article.uid")
    headline = serializers.CharField(source="revision.headline")
    outlet = serializers.CharField(source="article.outlet")
    revision = serializers.IntegerField(source="revision.number")
    is_exact = serializers.BooleanField()
    resemblance = serializers.FloatField(source="likeness.resemblance")
    containment = serializers.FloatField(source="likeness.containment")


class HoldFields(serializers.Serializer[Any]):
    """What holds an article; ``note`` is what its provider said about it."""

    uid = serializers.UUIDField()
    ground = serializers.CharField()
    provider = serializers.CharField(source="wire_item.identity.provider")
    note = serializers.CharField(source="wire_item.record.editor_note", default="")
    created_at = serializers.DateTimeField()
    acknowledged_by = Person(allow_null=True)
    acknowledged_at = serializers.DateTimeField(allow_null=True)


class WireItemFields(serializers.Serializer[Any]):
    """One message of a wire, and what became of it."""

    uid = serializers.UUIDField()
    provider = serializers.CharField(source="identity.provider")
    guid = serializers.CharField(source="identity.guid")
    version = serializers.IntegerField(allow_null=True)
    pub_status = serializers.CharField()
    outcome = serializers.CharField()
    revision = serializers.IntegerField(source="revision.number", allow_null=True, default=None)
    created_at = serializers.DateTimeField()


class WaitingFields(serializers.Serializer[Any]):
    """A version of the wire that waits beside ours."""

    item = serializers.UUIDField(source="item.uid")
    version = serializers.IntegerField(source="item.version", allow_null=True)
    ours = serializers.CharField()
    theirs = serializers.CharField()


class WireFields(serializers.Serializer[Any]):
    """What the wire said of an article, the newest first, what holds it, and what waits for an answer."""

    items = WireItemFields(many=True)
    holds = HoldFields(many=True)
    waiting = WaitingFields(allow_null=True)


class Lifting(VersionSeen):
    """Letting a held article go."""

    reason = Text(required=False, allow_blank=True, max_length=500, default="")


class Joining(Body):
    """Another outlet's version of the same story."""

    other = serializers.UUIDField(help_text="The uid of the other article.")


class AnswerToWire(Body):
    """What becomes of the version that waits. To take it, say which of our revisions it was compared with."""

    item = serializers.UUIDField(help_text="The uid of the message that waits.")
    answer = Choice(choices=Answer.choices)
    base_revision = WholeNumber(min_value=1, required=False)
    declared = DeclaredBody(required=False, help_text="Needed to take it where readers have the article.")


class ArrivingArticles(ArticleNouns):
    """What has to do with the way an article came in."""

    @extend_schema(responses=DuplicateFields(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def duplicates(self, request: Request, uid: Any) -> Response:
        """Other articles that say the same or were made from the same copy, exact ones first, the likest first."""
        article = self.noun()
        found = find_duplicates(article.head.text, person=request.user, besides=article)
        return Response(DuplicateFields(found, many=True).data)

    @extend_schema(responses=WireFields)
    @action(detail=True, methods=["get"])
    def wire(self, request: Request, uid: Any) -> Response:
        """What its wire said, for those who revise articles: every message, the holds, the version that waits."""
        article = self.noun()
        self.require("articles.revise_article", article)
        said = {"items": log_of(article), "holds": holds_on(article), "waiting": version_that_waits(article)}
        return Response(WireFields(said).data)

    @extend_schema(request=AnswerToWire, responses=ArticleRepresentation)
    @action(detail=True, methods=["post"], url_path="answer-wire")
    def answer_wire(self, request: Request, uid: Any) -> Response:
        """Take the version of the wire that waits as our next text, or keep ours."""
        article = self.noun()
        self.require("articles.revise_article", article)
        values = self.body(AnswerToWire)
        item = self._item(article, values["item"])
        if values["answer"] == Answer.KEPT:
            keep_ours(item=item, **self.act())
        elif "base_revision" not in values:
            raise ValidationError({"base_revision": "Say which of our revisions you compared it with."})
        else:
            declared = declared_in(values)
            take_wire_version(item=item, base=values["base_revision"], declared=declared, **self.act())
        return self.answer_anew(article)

    def _item(self, article: Article, uid: Any) -> WireItem:
        item = WireItem.objects.filter(article=article, uid=uid).first()
        if item is None:
            raise NoSuchThing(field="item")
        return item

    @extend_schema(request=VersionSeen, responses=ArticleRepresentation)
    @action(detail=True, methods=["post"])
    def acknowledge(self, request: Request, uid: Any) -> Response:
        """Put one's name to the holds on it, so that the desk knows somebody has seen them. It stays held."""
        article = self.noun()
        self.require("articles.acknowledge_hold", article)
        acknowledge_holds(article=article, seen=self.seen(article, self.body(VersionSeen)), **self.act())
        return self.answer_anew(article)

    @extend_schema(request=Lifting, responses=ArticleRepresentation)
    @action(detail=True, methods=["post"], url_path="lift-hold")
    def lift_hold(self, request: Request, uid: Any) -> Response:
        """Let it go: readers see it again."""
        article = self.noun()
        self.require("articles.lift_hold", article)
        values = self.body(Lifting)
        seen = self.seen(article, values)
        lift_holds(article=article, seen=seen, **values, **self.act())
        return self.answer_anew(article)

    @extend_schema(request=VersionSeen, responses=ArticleRepresentation)
    @action(detail=True, methods=["post"], url_path="open-removed-lines")
    def open_removed_lines(self, request: Request, uid: Any) -> Response:
        """Note by name that one has looked at its removed lines; what came unattended can be approved after that."""
        article = self.noun()
        self.require("articles.change_article", article)
        open_removed_lines(article=article, seen=self.seen(article, self.body(VersionSeen)), **self.act())
        return self.answer_anew(article)

    @extend_schema(request=Joining, responses=ArticleRepresentation)
    @action(detail=True, methods=["post"], url_path="join-story")
    def join_story(self, request: Request, uid: Any) -> Response:
        """Say that it and another article are versions of one story by different outlets."""
        article = self.noun()
        self.require("articles.change_article", article)
        other = visible_articles(request.user).filter(uid=self.body(Joining)["other"]).first()
        if other is None:
            raise NoSuchThing(field="other")
        join_story(article=article, other=other, **self.act())
        return self.answer_anew(article)
