"""What readers are told about an article, and saying it without a new text."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.desk.wires import ArrivingArticles
from annotations.queries.readers.publicnotices import About, notices_on
from articles.api.articles import ArticleRepresentation
from articles.api.declaring import Telling
from articles.operations.declaring import declare


class PublicNoticeFields(serializers.Serializer[Any]):
    """One thing readers are told: of the article, of the desk's verdict on a claim, or what an outlet was asked."""

    uid = serializers.UUIDField()
    about = serializers.ChoiceField(choices=[each.value for each in About])
    kind = serializers.CharField()
    title = serializers.CharField()
    at = serializers.DateTimeField()
    text = serializers.CharField()
    number = serializers.IntegerField()
    claim = serializers.UUIDField(allow_null=True)
    rating = serializers.CharField()
    asked_of = serializers.CharField()
    asked_date = serializers.DateField(allow_null=True)
    answer = serializers.CharField()
    answer_text = serializers.CharField()
    answered_date = serializers.DateField(allow_null=True)


class TellingArticles(ArrivingArticles):
    """What has to do with readers of an article."""

    @extend_schema(responses=PublicNoticeFields(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None, url_path="public-notices")
    def public_notices(self, request: Request, uid: Any) -> Response:
        """What readers are told about it and about the verdicts on it, newest first."""
        return Response(PublicNoticeFields(notices_on(self.noun(), request.user), many=True).data)

    @extend_schema(request=Telling, responses=ArticleRepresentation)
    @action(detail=True, methods=["post"])
    def declare(self, request: Request, uid: Any) -> Response:
        """Tell readers what was wrong. A correction marks it as corrected, a retraction takes it back."""
        article = self.noun()
        self.require("articles.change_article", article)
        values = self.body(Telling)
        declare(article=article, seen=self.seen(article, values), **values, **self.act())
        return self.answer_anew(article)
