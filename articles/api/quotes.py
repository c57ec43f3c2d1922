from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.elsewhere import ElsewhereFields
from articles.api.fields import Reference
from articles.api.filters import QuoteFilter
from articles.api.marks import MARK_FIELDS, MarkFields, stand_as_marked, standing
from articles.api.nouns import MarkViewSet, described, words_of
from articles.api.references import ArticleReference
from articles.api.serializing import NounBody, Place, Representation, Retraction, VersionSeen
from articles.api.speakers import SpeakerBrief
from articles.models import Quote
from articles.operations.quotes import CHANGEABLE, change_quote, record_quote, retract_quote
from articles.permissions import visible_quotes, visible_speakers
from articles.search.wording import same_words_elsewhere


class QuoteRepresentation(MarkFields, Representation):
    speaker = SpeakerBrief(allow_null=True, read_only=True)

    class Meta:
        model = Quote
        fields = (*MARK_FIELDS, "speaker", "kind", "cue", "mention", "language", "wording")
        read_only_fields = fields


class QuoteChange(VersionSeen, NounBody):
    speaker = Reference(visible_speakers, required=False, allow_null=True)

    class Meta:
        model = Quote
        fields = (*sorted(CHANGEABLE), "version")


class QuoteBody(Place, NounBody):
    article = ArticleReference()
    speaker = Reference(visible_speakers, required=False, allow_null=True)

    class Meta:
        model = Quote
        fields = ("article", "base_revision", "start", "end", "exact", "text_sha256", *sorted(CHANGEABLE))


def related_to_quotes(quotes: QuerySet[Any]) -> QuerySet[Any]:
    """Quotes with what is written beside them."""
    return quotes.select_related("article", "speaker", "created_by", "span").prefetch_related(standing())


@described(QuoteRepresentation, create=QuoteBody, partial_update=QuoteChange, retract=Retraction, place=Place)
class QuoteViewSet(MarkViewSet):
    """Words attributed to a speaker, who may be unknown."""

    queryset = Quote.objects.none()
    serializer_class = QuoteRepresentation
    filterset_class = QuoteFilter
    write_scope = "annotate"
    visible = staticmethod(visible_quotes)
    keyword = "quote"
    change_right = "articles.change_quote"
    change_body = QuoteChange
    changing = staticmethod(change_quote)
    retracting = staticmethod(retract_quote)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return related_to_quotes(nouns)

    def create(self, request: Request) -> Response:
        """Record that words of the newest text report what somebody said."""
        self.require("articles.record_quote")
        values = self.body(QuoteBody)
        base, words = words_of(values)
        act = self.act()
        quote = record_quote(base=base, words=words, **values, **act)
        stand_as_marked(quote, by=act["by"])
        return self.answer_made(quote)

    @extend_schema(responses=ElsewhereFields(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def elsewhere(self, request: Request, uid: Any) -> Response:
        """Where the same words stand in other quotes and in stored sources, the most serious finding first."""
        # Without what stands beside a quote in its own representation, which takes longer than the search.
        quote = get_object_or_404(visible_quotes(request.user), uid=uid)
        self.require("articles.compare_words", quote)
        return Response(ElsewhereFields(same_words_elsewhere(quote, person=request.user), many=True).data)
