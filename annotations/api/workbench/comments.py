from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.filters import CommentFilter, MentionFilter
from annotations.models import Comment, Mention
from annotations.operations.workbench.comments import (
    LONGEST,
    change_comment,
    comment,
    put_mention_aside,
    reopen_comment,
    resolve_comment,
)
from annotations.permissions import visible_bias_tags, visible_comments, visible_mentions
from articles.api.fields import Reference, Text
from articles.api.nouns import ChangeableViewSet, NounViewSet, described
from articles.api.references import ArticleReference
from articles.api.refusals import NoSuchThing
from articles.api.serializing import Body, NounBody, Person, Representation, VersionSeen
from articles.models import Span
from articles.permissions import visible_articles


def visible_spans(person: Any) -> QuerySet[Span]:
    """The spans of the articles a person may know of."""
    return Span.objects.filter(article__in=visible_articles(person))


class CommentRepresentation(Representation):
    """A comment. An answer names as ``parent`` the comment that began its thread, and is resolved with it."""

    article = serializers.UUIDField(source="article.uid", read_only=True)
    span = serializers.UUIDField(source="span.uid", allow_null=True, read_only=True, default=None)
    tag = serializers.UUIDField(source="tag.uid", allow_null=True, read_only=True, default=None)
    parent = serializers.UUIDField(source="parent.uid", allow_null=True, read_only=True, default=None)  # type: ignore[assignment]
    mentions = serializers.SerializerMethodField()
    created_by = Person(read_only=True)
    resolved_by = Person(read_only=True, allow_null=True)

    class Meta:
        model = Comment
        fields = (
            "uid",
            "version",
            "article",
            "span",
            "tag",
            "parent",
            "text",
            "mentions",
            "created_by",
            "created_at",
            "edited_at",
            "resolved_by",
            "resolved_at",
        )
        read_only_fields = fields

    @extend_schema_field(Person(many=True))
    def get_mentions(self, remark: Comment) -> Any:
        """Who is named in it."""
        return Person([mention.person for mention in remark.mentions.all()], many=True).data


class CommentText(Body):
    text = Text(max_length=LONGEST)


class CommentChange(VersionSeen, CommentText):
    pass


class CommentBody(NounBody):
    article = ArticleReference()
    span = Reference(visible_spans, required=False, allow_null=True)
    tag = Reference(visible_bias_tags, required=False, allow_null=True)
    parent = Reference(visible_comments, required=False, allow_null=True)  # type: ignore[assignment]
    text = Text(max_length=LONGEST, help_text="`@username` tells somebody who may know of the article.")

    class Meta:
        model = Comment
        fields = ("article", "span", "tag", "parent", "text")


@described(
    CommentRepresentation, create=CommentBody, partial_update=CommentChange, resolve=VersionSeen, reopen=VersionSeen
)
class CommentViewSet(ChangeableViewSet):
    """Remarks on articles, on the words of marks, and answers to them."""

    queryset = Comment.objects.none()
    serializer_class = CommentRepresentation
    filterset_class = CommentFilter
    write_scope = "annotate"
    visible = staticmethod(visible_comments)
    keyword = "comment"
    change_right = "annotations.change_comment"
    change_body = CommentChange
    changing = staticmethod(change_comment)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        named = Mention.objects.filter(ended_at=None).select_related("person").order_by("pk")
        related = nouns.select_related("article", "span", "tag", "parent", "created_by", "resolved_by")
        return related.prefetch_related(Prefetch("mentions", queryset=named))

    def create(self, request: Request) -> Response:
        """Say something about an article, the words of a mark, a tag on the whole article, or answer a comment."""
        self.require("annotations.comment")
        values = self.body(CommentBody)
        for name in ("span", "tag", "parent"):
            if values.get(name) is not None and values[name].article_id != values["article"].pk:
                raise NoSuchThing(field=name)
        return self.answer_made(self.again(comment(**values, **self.act())))

    @action(detail=True, methods=["post"])
    def resolve(self, request: Request, uid: Any) -> Response:
        """Say that the thread is dealt with."""
        remark = self.noun()
        self.require("annotations.comment")
        resolve_comment(comment=remark, seen=self.seen(remark, self.body(VersionSeen)), **self.act())
        return self.answer_anew(remark)

    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, uid: Any) -> Response:
        """Open the thread again."""
        remark = self.noun()
        self.require("annotations.comment")
        reopen_comment(comment=remark, seen=self.seen(remark, self.body(VersionSeen)), **self.act())
        return self.answer_anew(remark)


class MentionRepresentation(Representation):
    comment = serializers.UUIDField(source="comment.uid", read_only=True)
    article = serializers.UUIDField(source="comment.article.uid", read_only=True)
    text = serializers.CharField(source="comment.text", read_only=True)
    created_by = Person(source="comment.created_by", read_only=True)

    class Meta:
        model = Mention
        fields = ("uid", "comment", "article", "text", "created_by", "created_at", "seen_at", "aside_at")
        read_only_fields = fields


@described(MentionRepresentation, aside=Body)
class MentionViewSet(NounViewSet):
    """Where its owner is named in comments. One's own, and nobody else's."""

    http_method_names = ["get", "head", "post"]
    queryset = Mention.objects.none()
    serializer_class = MentionRepresentation
    filterset_class = MentionFilter
    write_scope = "annotate"
    visible = staticmethod(visible_mentions)

    def listed(self) -> QuerySet[Any]:
        """Those that still stand in their comment."""
        return self.get_queryset().filter(ended_at=None)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("comment__article", "comment__created_by")

    @action(detail=True, methods=["post"])
    def aside(self, request: Request, uid: Any) -> Response:
        """Put it aside. Doing so twice is once."""
        mention = self.noun()
        self.body(Body)
        put_mention_aside(mention=mention, **self.act())
        return self.answer_anew(mention)
