"""Passages of stored sources: listed, and found for a claim."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.fields import Text
from articles.api.filters import PassageFilter
from articles.api.nouns import ListedViewSet
from articles.api.serializing import Body, Representation
from articles.models import Basis, Passage
from articles.permissions import visible_sources
from articles.rights import refusal
from articles.search.narrowing import Narrowed
from articles.search.passages import FoundPassage, find_passages

MOST_FOUND = 100
NARROWING = ("source", "words", "publisher", "kind", "published_from", "published_until")


def visible_passages(person: Any) -> QuerySet[Passage]:
    """The passages of the texts of the sources a person may know of."""
    return Passage.objects.filter(snapshot__source__in=visible_sources(person))


class PassageRepresentation(Representation):
    snapshot = serializers.UUIDField(source="snapshot.uid", read_only=True)
    source = serializers.UUIDField(source="snapshot.source.uid", read_only=True)  # type: ignore[assignment]
    basis = serializers.ChoiceField(source="snapshot.basis", choices=Basis.choices, read_only=True)

    class Meta:
        model = Passage
        fields = ("source", "snapshot", "basis", "position", "start", "end", "text")
        read_only_fields = fields


class PassagesAsked(Body):
    """A search for evidence, as parameters of the address."""

    q = Text(help_text="A claim, or words. Of more than 10,000 characters the first ones are read.")
    language = Text(max_length=35, required=False, default="", help_text="Of the query, as a BCP 47 tag.")
    limit = serializers.IntegerField(min_value=1, max_value=MOST_FOUND, required=False, default=10)
    said_on = serializers.DateField(
        required=False, default=None, help_text="The day of the claim: later sources take no place of others."
    )
    later = serializers.IntegerField(
        min_value=0, max_value=MOST_FOUND, required=False, default=10, help_text="How many passages of later sources."
    )
    source = serializers.UUIDField(required=False, default=None)  # type: ignore[assignment]
    words = Text(max_length=200, required=False, default="", help_text="Of the title or the publisher of a source.")
    publisher = Text(max_length=300, required=False, default="")
    kind = Text(max_length=100, required=False, default="")
    source_language = Text(max_length=35, required=False, default="")
    published_from = serializers.DateField(required=False, default=None)
    published_until = serializers.DateField(
        required=False, default=None, help_text="Sources of unknown date stay in the search."
    )
    past = serializers.BooleanField(required=False, default=False, help_text="Search earlier snapshots too.")


class PlaceFields(serializers.Serializer[Any]):
    """Offsets in code points of the snapshot's text, half-open."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()


class FoundFields(serializers.Serializer[Any]):
    """A passage that was found. The score compares passages for one query and says nothing across queries."""

    rank = serializers.IntegerField()
    score = serializers.FloatField()
    passage = PassageRepresentation()
    title = serializers.CharField(source="passage.snapshot.source.title")
    publisher = serializers.CharField(source="passage.snapshot.source.publisher")
    published_date = serializers.DateField(source="passage.snapshot.source.published_date", allow_null=True)
    is_later = serializers.SerializerMethodField(help_text="Published after the claim; null where a date is unknown.")
    words = serializers.ListField(child=serializers.CharField(), help_text="The words that matched.")
    matches = PlaceFields(many=True, source="places")

    def get_is_later(self, found: FoundPassage) -> bool | None:
        published, said_on = found.passage.snapshot.source.published_date, self.context["said_on"]
        return published > said_on if published and said_on else None


class AnswerFields(serializers.Serializer[Any]):
    """What a search found, best first. Without a word worth asking for ``has_words`` is false, and nothing is found."""

    has_words = serializers.BooleanField()
    is_cut = serializers.BooleanField(help_text="The query is so long that its beginning alone was read.")
    found = FoundFields(many=True, source="passages")


class PassageViewSet(ListedViewSet):
    """Passages of snapshots, which have no uid: snapshot and offsets say which they are."""

    named_by = ("snapshot__uid", "position")
    read_right = "articles.view_sources"
    queryset = Passage.objects.none()
    serializer_class = PassageRepresentation
    filterset_class = PassageFilter
    write_scope = "edit"
    visible = staticmethod(visible_passages)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        passages: QuerySet[Any] = nouns.select_related("snapshot__source").defer("snapshot__text")
        return passages

    @extend_schema(parameters=[PassagesAsked], responses={200: AnswerFields}, filters=False)
    @action(detail=False, methods=["get"], pagination_class=None)
    def search(self, request: Request) -> Response:
        """The passages that answer best to a claim, with the words that matched and where they stand."""
        if not request.user.has_perm(self.read_right):
            raise PermissionDenied(refusal(request.user, self.read_right))
        asked = PassagesAsked(data=dict(request.query_params.items()), context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        answer = find_passages(
            values["q"],
            person=request.user,
            language=values["language"],
            limit=values["limit"],
            said_on=values["said_on"],
            later=values["later"],
            narrowed=Narrowed(
                language=values["source_language"],
                is_past_included=values["past"],
                **{name: values[name] for name in NARROWING},
            ),
        )
        context = {**self.get_serializer_context(), "said_on": values["said_on"]}
        return Response(AnswerFields(answer, context=context).data)
