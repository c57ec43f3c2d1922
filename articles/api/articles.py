from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.filters import ArticleFilter
from articles.api.nouns import ChangeableViewSet, NounViewSet, Orders
from articles.api.serializing import NounBody, Person, Representation, VersionSeen
from articles.api.sources import Restriction
from articles.models import Article, Hold, Revision
from articles.models.statement import written_once
from articles.operations.articles import (
    CHANGEABLE,
    change_article,
    open_article,
    restrict_article,
)
from articles.permissions import (
    WORKING,
    Asker,
    articles_with_text_for,
    may_read_in_full,
    roles_of,
    visible_articles,
)

BRIEF = (
    "uid",
    "version",
    "headline",
    "revision",
    "text_sha256",
    "state",
    "slug",
    *sorted(CHANGEABLE),
    "received_at",
    "came_unattended",
    "removed_seen_at",
    "story",
    "is_held",
    "access",
    "access_reason",
    "is_demonstration",
    "created_by",
    "created_at",
)
# What a list leaves in the database: it shows headlines, and texts are long.
TEXTS = ("head__text", "head__blocks", "head__removed", "head__headline_words")


class ArticleBrief(Representation):
    """An article without its text."""

    headline = serializers.CharField(source="head.headline", read_only=True)
    revision = serializers.IntegerField(source="head.number", read_only=True)
    text_sha256 = serializers.CharField(source="head.text_sha256", read_only=True)
    story = serializers.UUIDField(source="story.uid", read_only=True, default=None, allow_null=True)
    is_held = serializers.BooleanField(read_only=True)
    created_by = Person(read_only=True)

    class Meta:
        model = Article
        fields: tuple[str, ...] = BRIEF
        read_only_fields = fields


class InlineMarkFields(serializers.Serializer[Any]):
    kind = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    href = serializers.CharField()


class BlockFields(serializers.Serializer[Any]):
    """A block of a text; offsets of its marks count in its own text."""

    kind = serializers.CharField()
    text = serializers.CharField()
    marks = InlineMarkFields(many=True)


class RemovedLineFields(serializers.Serializer[Any]):
    """A line of the page that is not of the story; ``position`` is the number of blocks before it."""

    text = serializers.CharField()
    rule = serializers.CharField()
    position = serializers.IntegerField()


@extend_schema_field(BlockFields(many=True, allow_null=True))
class StoredBlocks(serializers.JSONField):
    """Blocks as they are stored, which is how they are answered."""


@extend_schema_field(RemovedLineFields(many=True))
class StoredLines(serializers.JSONField):
    """Removed lines as they are stored."""


class ArticleRepresentation(ArticleBrief):
    """An article with its newest text; the text is null where the rights do not allow a reader all of it."""

    text = serializers.CharField(source="head.text", read_only=True, allow_null=True)
    blocks = StoredBlocks(source="head.blocks", read_only=True, allow_null=True)
    removed = StoredLines(source="head.removed", read_only=True)

    class Meta(ArticleBrief.Meta):
        fields = (*BRIEF, "text", "blocks", "removed")
        read_only_fields = fields

    def to_representation(self, article: Article) -> dict[str, Any]:
        written = super().to_representation(article)
        person = self.context["request"].user
        if not may_read_in_full(person, article):
            written["text"] = written["blocks"] = None
        if not roles_of(person) & WORKING or written["text"] is None:
            written["removed"] = []
        return written


class ArticleChange(VersionSeen, NounBody):
    class Meta:
        model = Article
        fields = (*sorted(CHANGEABLE), "version")


class RevisionRepresentation(Representation):
    article = serializers.UUIDField(source="article.uid", read_only=True)
    blocks = StoredBlocks(read_only=True)
    removed = StoredLines(read_only=True)
    created_by = Person(read_only=True)

    class Meta:
        model = Revision
        fields = (
            "uid",
            "article",
            "number",
            "headline",
            "text",
            "text_sha256",
            "blocks",
            "removed",
            "note",
            "created_by",
            "created_at",
        )
        read_only_fields = fields


def _with_what_is_shown(articles: QuerySet[Any]) -> QuerySet[Any]:
    held = Exists(Hold.objects.standing().of_articles().filter(article=OuterRef("pk")))
    shown: QuerySet[Any] = articles.select_related("head", "created_by", "story").annotate(is_held=held)
    return shown


@written_once
def _articles_at(uid: UUID, person: int, *, roles: frozenset[str]) -> QuerySet[Article]:
    return _with_what_is_shown(visible_articles(Asker(person, roles)).filter(uid=uid))


class ArticleNouns(ChangeableViewSet):
    """What is known of articles; their words and states change in annotations, where the marks are known."""

    queryset = Article.objects.none()
    serializer_class = ArticleRepresentation
    filterset_class = ArticleFilter
    sorted_by: ClassVar[Orders] = {"received_at": ("received_at", "id")}
    write_scope = "edit"
    visible = staticmethod(visible_articles)
    keyword = "article"
    change_right = "articles.change_article"
    change_body = ArticleChange
    changing = staticmethod(change_article)

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        return ArticleBrief if self.action == "list" else ArticleRepresentation

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        articles = _with_what_is_shown(nouns)
        shown: QuerySet[Any] = articles.defer(*TEXTS) if self.action == "list" else articles
        return shown

    def noun(self) -> Article:
        for article in _articles_at(self.kwargs["uid"], self.request.user.pk or 0, roles=roles_of(self.request.user)):
            return article
        raise Http404

    @action(detail=True, methods=["post"])
    def restrict(self, request: Request, uid: Any) -> Response:
        """Keep it to named people, yourself among them. For anyone else it no longer exists."""
        article = self.noun()
        self.require("articles.restrict_article", article)
        values = self.body(Restriction)
        restrict_article(article=article, seen=self.seen(article, values), **values, **self.act())
        return self.answer_anew(article)

    @action(detail=True, methods=["post"])
    def open(self, request: Request, uid: Any) -> Response:
        """Lift a restriction."""
        article = self.noun()
        self.require("articles.restrict_article", article)
        values = self.body(VersionSeen)
        open_article(article=article, seen=self.seen(article, values), **self.act())
        return self.answer_anew(article)


def visible_revisions(person: Any) -> QuerySet[Revision]:
    """Every saved text of visible articles for those who work here: earlier ones were never published as such."""
    if not roles_of(person) & WORKING:
        return Revision.objects.none()
    return Revision.objects.filter(article__in=articles_with_text_for(person))


class RevisionViewSet(NounViewSet):
    """The texts of one article as they were saved."""

    http_method_names = ["get", "head"]
    lookup_field = "number"
    lookup_value_converter = "int"
    queryset = Revision.objects.none()
    serializer_class = RevisionRepresentation
    write_scope = "edit"
    visible = staticmethod(visible_revisions)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.filter(article__uid=self.kwargs["article"]).select_related("article", "created_by")

    def list(self, request: Request, article: Any) -> Response:  # type: ignore[override]
        """Newest first."""
        if not visible_articles(request.user).filter(uid=article).exists():
            raise Http404
        return super().list(request)

    def retrieve(self, request: Request, article: Any, number: int) -> Response:  # type: ignore[override]
        """One saved text."""
        return self.answer(self.noun())
