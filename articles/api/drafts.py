from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.fields import StoredText, WholeNumber
from articles.api.nouns import NounViewSet, described
from articles.api.references import ArticleReference
from articles.api.refusals import NoSuchThing
from articles.api.serializing import Body, Representation
from articles.models import Draft
from articles.operations.drafting import discard_draft, keep_draft
from articles.permissions import visible_articles, visible_drafts


def drafts_of_visible_articles(person: Any) -> QuerySet[Draft]:
    """One's own drafts, as long as one may know of the article."""
    return visible_drafts(person).filter(article__in=visible_articles(person))


class DraftRepresentation(Representation):
    article = serializers.UUIDField(source="article.uid", read_only=True)
    base_revision = serializers.IntegerField(source="base.number", read_only=True)

    class Meta:
        model = Draft
        fields = ("article", "base_revision", "headline", "body", "saved_at")
        read_only_fields = fields


class DraftBody(Body):
    """What is being written on top of a revision and is not saved yet."""

    article = ArticleReference()
    base_revision = WholeNumber(min_value=1)
    headline = StoredText(trim_whitespace=False)
    body = StoredText(trim_whitespace=False)
    over = serializers.DateTimeField(
        required=False,
        allow_null=True,
        help_text="The saved_at of the draft it was written on top of, null for none; without it any is replaced.",
    )


@described(DraftRepresentation, create=DraftBody)
class DraftViewSet(NounViewSet):
    """One's own unsaved texts, one of an article, found by the article's uid. Nobody else sees them."""

    http_method_names = ["get", "head", "post"]
    lookup_field = "article__uid"
    named_by = ("article__uid", "author__uid")
    lookup_url_kwarg = "uid"
    queryset = Draft.objects.none()
    serializer_class = DraftRepresentation
    write_scope = "edit"
    visible = staticmethod(drafts_of_visible_articles)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("article", "author", "base")

    def noun(self) -> Any:
        self.kwargs[self.lookup_field] = self.kwargs["uid"]
        return super().noun()

    def create(self, request: Request) -> Response:
        """Keep what is being written in place of your earlier draft; 409 where ``over`` names another one."""
        values = self.body(DraftBody)
        article = values.pop("article")
        self.require("articles.revise_article", article)
        base = values.pop("base_revision")
        if not article.revisions.filter(number=base).exists():
            raise NoSuchThing(field="base_revision")
        draft = keep_draft(article=article, base=base, **values, **self.act())
        headers = {"Location": f"{request.path}{article.uid}/"}
        return Response(self.represent([draft])[0], status=status.HTTP_201_CREATED, headers=headers)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def discard(self, request: Request, uid: Any) -> Response:
        """Throw it away."""
        discard_draft(article=self.noun().article, by=self.act()["by"])
        return Response(status=status.HTTP_204_NO_CONTENT)
