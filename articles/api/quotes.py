from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.elsewhere import ElsewhereFields
from articles.api.fields import Reference
from articles.api.filters import QuoteFilter
from articles.api.marks import KEPT_FROM_READERS, MARK_FIELDS, MarkFields, stand_as_marked, standing
from articles.api.nouns import MarkViewSet, described, words_of
from articles.api.references import ArticleReference
from articles.api.rows import RowsBody, results_of
from articles.api.serializing import NoPlace, NounBody, Place, Representation, Retraction, VersionSeen
from articles.api.speakers import SpeakerBrief
from articles.models import Quote
from articles.operations.quotes import CHANGEABLE, change_quote, record_quote, retract_quote
from articles.permissions import visible_quotes, visible_speakers
from articles.search.wording import same_words_elsewhere


class ProposedSpeakerFields(serializers.Serializer[Any]):
    """Whom the text itself gives suggested words to: the fullest name in it, or why there is none."""

    name = serializers.CharField(read_only=True)
    title = serializers.CharField(read_only=True)
    affiliation = serializers.CharField(read_only=True)
    why_unnamed = serializers.CharField(read_only=True)


class QuoteRepresentation(MarkFields, Representation):
    kept_from_readers: ClassVar[Mapping[str, Any]] = {
        **KEPT_FROM_READERS,
        "confidence": None,
        "proposed_speaker": None,
    }
    speaker = SpeakerBrief(allow_null=True, read_only=True)
    proposed_speaker = ProposedSpeakerFields(allow_null=True, read_only=True, default=None)

    class Meta:
        model = Quote
        fields = (
            *MARK_FIELDS,
            "speaker",
            "proposed_speaker",
            "kind",
            "cue",
            "mention",
            "language",
            "wording",
            "confidence",
        )
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
    return quotes.select_related(
        "article", "speaker", "proposed_speaker", "created_by", "decided_by", "span"
    ).prefetch_related(standing())


@extend_schema_view(bulk=extend_schema(request=RowsBody, responses=results_of("Quote", QuoteRepresentation)))
@described(
    QuoteRepresentation,
    create=QuoteBody,
    partial_update=QuoteChange,
    retract=Retraction,
    place=Place,
    accept=VersionSeen,
    reject=VersionSeen,
    unplace=NoPlace,
)
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

    def make(self, given: Any) -> Quote:
        """Record that words of the newest text report what somebody said."""
        self.require("articles.record_quote")
        values = self.checked(QuoteBody, given)
        base, words = words_of(values)
        act = self.act()
        quote = record_quote(base=base, words=words, **values, **act)
        stand_as_marked(quote, by=act["by"])
        Quote.proposed_speaker.related.set_cached_value(quote, None)  # nobody proposed it
        return quote

    @extend_schema(responses=ElsewhereFields(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def elsewhere(self, request: Request, uid: Any) -> Response:
        """Where the same words stand in other quotes and in stored sources, the most serious finding first."""
        # Without what stands beside a quote in its own representation, which takes longer than the search.
        quote = get_object_or_404(visible_quotes(request.user), uid=uid)
        self.require("articles.compare_words", quote)
        return Response(ElsewhereFields(same_words_elsewhere(quote, person=request.user), many=True).data)
