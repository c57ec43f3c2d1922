from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from articles.api.speakers import SpeakerBrief
from articles.search.wording import Elsewhere
from articles.wording import Cut, Finding, What

FOUND = [finding.value for finding in Finding if finding != Finding.UNRELATED]
BECAME = [finding for finding in FOUND if finding != Finding.OTHER_PERSON]


class StretchFields(serializers.Serializer[Any]):
    """Some words: in both texts, only in this quote (``added``), or only elsewhere (``removed``)."""

    what = serializers.ChoiceField(choices=[each.value for each in What])
    words = serializers.CharField()
    is_marked = serializers.BooleanField(help_text="An ellipsis or square brackets admit the difference.")


class QuoteElsewhere(serializers.Serializer[Any]):
    """A quote of another place, and the piece it stands in."""

    uid = serializers.UUIDField()
    article = serializers.UUIDField(source="article.uid")
    headline = serializers.CharField(source="article.head.headline")
    outlet = serializers.CharField(source="article.outlet")
    speaker = SpeakerBrief(source="standing_speaker", allow_null=True)
    wording = serializers.CharField()
    language = serializers.CharField()
    origin = serializers.CharField()


class SourceElsewhere(serializers.Serializer[Any]):
    """A stored text in which the words stand: code points of the snapshot's text, half-open."""

    uid = serializers.UUIDField(source="snapshot.source.uid")
    title = serializers.CharField(source="snapshot.source.title")
    snapshot = serializers.UUIDField(source="snapshot.uid")
    start = serializers.IntegerField()
    end = serializers.IntegerField()


class ElsewhereFields(serializers.Serializer[Any]):
    """Where the words of a quote stand again; either ``quote`` or ``source`` says where."""

    finding = serializers.ChoiceField(choices=FOUND)
    became = serializers.ChoiceField(
        choices=BECAME, source="comparison.became", help_text="What became of the words, whoever said them."
    )
    cut = serializers.ChoiceField(
        choices=[(each.value, each.name.lower()) for each in Cut],
        source="comparison.cut",
        help_text="Which of the two has less of the words: ours is this quote.",
    )
    likeness = serializers.FloatField(source="comparison.likeness")
    is_marked = serializers.BooleanField(source="comparison.is_marked")
    words = serializers.CharField()
    quote = QuoteElsewhere(allow_null=True)
    source = serializers.SerializerMethodField()  # type: ignore[assignment]
    difference = StretchFields(many=True, source="comparison.stretches")

    @extend_schema_field(SourceElsewhere(allow_null=True))
    def get_source(self, found: Elsewhere) -> Any:
        """The source, unless the words stand in a quote."""
        return SourceElsewhere(found).data if found.snapshot is not None else None
