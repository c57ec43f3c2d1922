"""What was decided on labels of closed rounds."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django_filters.rest_framework import filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.studies.codebooks import CategoryBrief
from annotations.models import AdjudicatedLabel, BiasTag, Decided, Level, Polarity, Settlement, Severity, Voice
from annotations.operations.studies.settling import LONGEST_REASON, merge_agreed, settle
from annotations.permissions import visible_rounds, visible_settlements, visible_study_tags
from annotations.settling import Label
from articles.api.fields import Choice, Reference, Text, WholeNumber
from articles.api.filters import MadeFilter
from articles.api.nouns import NounViewSet, described
from articles.api.refusals import NoSuchThing
from articles.api.serializing import Body, Person, Representation


class AdjudicatedLabelRepresentation(Representation):
    category = CategoryBrief(read_only=True)

    class Meta:
        model = AdjudicatedLabel
        fields = (
            "uid",
            "level",
            "start",
            "end",
            "category",
            "secondary",
            "severity",
            "polarity",
            "target",
            "voice",
            "neutral_alternative",
        )
        read_only_fields = fields


class GroundRepresentation(serializers.Serializer[Any]):
    """A label that a settlement rests on, in the version it had."""

    tag = serializers.UUIDField(source="tag.uid", read_only=True)
    version = serializers.IntegerField(source="tag_version", read_only=True)


class SettlementRepresentation(Representation):
    project = serializers.UUIDField(source="round.project.uid", read_only=True)
    round = serializers.IntegerField(source="round.number", read_only=True)
    article = serializers.UUIDField(source="revision.article.uid", read_only=True)
    revision = serializers.IntegerField(source="revision.number", read_only=True)
    replaces = serializers.UUIDField(source="replaces.uid", read_only=True, allow_null=True)
    rests_on = GroundRepresentation(many=True, read_only=True)
    labels = AdjudicatedLabelRepresentation(many=True, read_only=True)
    created_by = Person(read_only=True)

    class Meta:
        model = Settlement
        fields = (
            "uid",
            "project",
            "round",
            "article",
            "revision",
            "decided",
            "reason",
            "replaces",
            "rests_on",
            "labels",
            "created_by",
            "created_at",
        )
        read_only_fields = fields


class NewLabel(Body):
    """A label that no reader gave. Offsets in code points of the text that was read; none for the whole article."""

    level = Choice(choices=Level.choices)
    start = WholeNumber(min_value=0, required=False, allow_null=True, default=None)
    end = WholeNumber(min_value=1, required=False, allow_null=True, default=None)
    category = Text(max_length=50, help_text="The slug in the codebook that the text was read under.")
    severity = Choice(choices=Severity.choices)
    polarity = Choice(choices=Polarity.choices, required=False, default=Polarity.NEITHER)
    target = Text(required=False, allow_blank=True, default="", max_length=200)
    voice = Choice(choices=Voice.choices, required=False, default=Voice.AUTHOR)
    neutral_alternative = Text(required=False, allow_blank=True, default="", max_length=4000)


class RoundReference(Body):
    """A round by the project's uid and its number."""

    project = serializers.UUIDField()
    round = WholeNumber(min_value=1)


class SettlementBody(RoundReference):
    """A decision. ``rests_on`` names every label of the question, ``replaces`` the settlement it replaces, if any."""

    rests_on = serializers.ListField(child=Reference(visible_study_tags), min_length=1, max_length=500)
    decided = Choice(choices=[choice for choice in Decided.choices if choice[0] != Decided.AGREED])
    take = Reference(visible_study_tags, required=False, help_text="The label that is taken, where one is.")
    new = NewLabel(required=False)
    reason = Text(required=False, allow_blank=True, default="", max_length=LONGEST_REASON)
    replaces = Reference(visible_settlements, required=False, allow_null=True, default=None)


class SettlementFilter(MadeFilter):
    project = filters.UUIDFilter(field_name="round__project__uid")
    round = filters.NumberFilter(field_name="round__number")
    article = filters.UUIDFilter(field_name="revision__article__uid")
    decided = filters.ChoiceFilter(choices=Decided.choices)
    replaced = filters.BooleanFilter(field_name="replaced_by", lookup_expr="isnull", exclude=True)


@described(SettlementRepresentation, create=SettlementBody)
class SettlementViewSet(NounViewSet):
    """What was decided where readers of a closed round labelled the same words. The labels stay as they are."""

    http_method_names = ["get", "head", "post"]
    queryset = Settlement.objects.none()
    serializer_class = SettlementRepresentation
    filterset_class = SettlementFilter
    write_scope = "admin"
    visible = staticmethod(visible_settlements)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        related = nouns.select_related("round__project", "revision__article", "replaces", "created_by")
        return related.prefetch_related("rests_on__tag", "labels__category")

    def create(self, request: Request) -> Response:
        """Settle a question, or settle it anew."""
        self.require("annotations.adjudicate")
        values = self.body(SettlementBody)
        round = self._round(values)
        tags: list[BiasTag] = values.pop("rests_on")
        revision = round.texts.filter(pinned__revision__article=tags[0].article_id).first()
        if revision is None:
            raise NoSuchThing(field="rests_on")
        take, new = values.pop("take", None), values.pop("new", None)
        made = settle(
            round=round,
            revision=revision.pinned.revision_id,
            rests_on=[tag.pk for tag in tags],
            take=take.pk if take else None,
            new=Label(key=0, reader=0, **new) if new else None,
            **values,
            **self.act(),
        )
        return self.answer_made(self.again(made))

    @extend_schema(request=RoundReference, responses=SettlementRepresentation(many=True))
    @action(detail=False, methods=["post"])
    def merge(self, request: Request) -> Response:
        """Merge what all readers of a round agree on, by the rule that the page of adjudication states."""
        self.require("annotations.adjudicate")
        made = merge_agreed(round=self._round(self.body(RoundReference)), **self.act())
        return Response(self.represent(list(self.get_queryset().filter(pk__in=[each.pk for each in made]))))

    def _round(self, values: dict[str, Any]) -> Any:
        rounds = visible_rounds(self.request.user)
        found = rounds.filter(project__uid=values.pop("project"), number=values.pop("round")).first()
        if found is None:
            raise NoSuchThing(field="round")
        return found
