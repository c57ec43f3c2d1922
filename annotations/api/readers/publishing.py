"""Where readers find a piece."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.desk.wires import ArrivingArticles
from articles.api.articles import ArticleRepresentation
from articles.api.fields import Slug
from articles.api.serializing import VersionSeen
from articles.operations.publishing import change_address


class NewAddress(VersionSeen):
    """The readable part of an article's address."""

    slug = Slug(max_length=120, help_text="Letters, digits, hyphens and underscores.")


class PublishedArticles(ArrivingArticles):
    """Articles and where readers find them."""

    @extend_schema(request=NewAddress, responses={200: ArticleRepresentation})
    @action(detail=True, methods=["post"])
    def address(self, request: Request, uid: Any) -> Response:
        """Give it another readable address. Former ones lead on to it, and never pass on to another piece."""
        article = self.noun()
        self.require("articles.change_article", article)
        values = self.body(NewAddress)
        change_address(article=article, seen=self.seen(article, values), slug=values["slug"], **self.act())
        return self.answer_anew(article)
