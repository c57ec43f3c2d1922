from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.exchange.webannotations import WebAnnotationRenderer
from annotations.api.filters import BiasTagFilter
from annotations.api.studies.apart import StudiedMarks, refuse_apart
from annotations.api.studies.codebooks import CategoryBrief, CategoryReference, every_category
from annotations.models import BiasTag, Level, SecondaryCategory
from annotations.operations.studies.adopting import keep_tag
from annotations.operations.workbench.bias import CHANGEABLE, change_tag, retract_tag, tag_bias
from annotations.permissions import all_visible_tags, visible_bias_tags, visible_projects
from articles.api.fields import Reference, Text, WholeNumber
from articles.api.marks import MARK_FIELDS, MarkFields, stand_as_marked, standing
from articles.api.nouns import described, words_of
from articles.api.references import ArticleReference
from articles.api.refusals import NoSuchName, NotTogether
from articles.api.rows import RowsBody, results_of
from articles.api.serializing import NoPlace, NounBody, Place, Representation, Retraction, VersionSeen
from articles.permissions import known_articles

PLACE = ("base_revision", "start", "end", "exact", "text_sha256")


class BiasTagRepresentation(MarkFields, Representation):
    project = serializers.UUIDField(source="project.uid", read_only=True)
    codebook = serializers.UUIDField(source="category.codebook.uid", read_only=True)
    category = CategoryBrief(read_only=True)
    secondary = serializers.SerializerMethodField()

    class Meta:
        model = BiasTag
        fields = (
            *MARK_FIELDS,
            "project",
            "codebook",
            "level",
            "category",
            "secondary",
            "severity",
            "polarity",
            "target",
            "voice",
            "neutral_alternative",
            "confidence",
        )
        read_only_fields = fields

    def get_secondary(self, tag: BiasTag) -> list[str]:
        """The slugs of the further categories, in their order."""
        return [secondary.category.slug for secondary in tag.secondary.all()]


class _Categories(serializers.ListField):
    """Categories in their order. One that nobody defined is refused by its place."""

    def run_child_validation(self, data: Any) -> list[Any]:
        found: list[Any] = []
        errors: dict[str, Any] = {}
        for place, each in enumerate(data):
            try:
                found.append(self.child.run_validation(each))
            except NoSuchName as error:
                raise NoSuchName(field=f"{self.field_name}.{place}") from error
            except serializers.ValidationError as error:
                errors[str(place)] = error.detail
        if errors:
            raise serializers.ValidationError(errors)
        return found


def _secondary() -> serializers.ListField:
    return _Categories(child=CategoryReference(every_category), required=False, max_length=18)


class BiasTagChange(VersionSeen, NounBody):
    category = CategoryReference(every_category, required=False)
    secondary = _secondary()

    class Meta:
        model = BiasTag
        fields = (*sorted(CHANGEABLE), "secondary", "version")


class BiasTagBody(NounBody):
    """A tag. On words or a sentence it names them as every mark does; on the whole article it does not."""

    article = ArticleReference(known_articles)
    project = Reference(visible_projects, required=False)
    category = CategoryReference(every_category)
    secondary = _secondary()
    base_revision = WholeNumber(min_value=1, required=False)
    start = WholeNumber(min_value=0, required=False)
    end = WholeNumber(min_value=1, required=False)
    exact = Text(trim_whitespace=False, required=False)
    text_sha256 = Text(min_length=64, max_length=64, required=False)

    class Meta:
        model = BiasTag
        fields = ("article", *PLACE, "project", "level", *sorted(CHANGEABLE), "secondary")

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        """Words are named whole, or, for the whole article, not at all."""
        on_article = values.get("level") == Level.ARTICLE
        wrong = [name for name in PLACE if (name in values) == on_article]
        if wrong:
            message = (
                _("A tag on the whole article has no place.")
                if on_article
                else _("This is missing. Send it with the others.")
            )
            raise NotTogether(dict.fromkeys(wrong, message))
        return values


def related_to_tags(tags: QuerySet[Any]) -> QuerySet[Any]:
    """Tags with what is written beside them."""
    return tags.select_related(
        "article", "project", "category__codebook", "created_by", "decided_by", "span"
    ).prefetch_related(standing(), secondary_in_order())


def secondary_in_order() -> Prefetch[str]:
    """Loads the further categories of tags."""
    return Prefetch("secondary", queryset=SecondaryCategory.objects.select_related("category").order_by("position"))


@extend_schema_view(bulk=extend_schema(request=RowsBody, responses=results_of("BiasTag", BiasTagRepresentation)))
@described(
    BiasTagRepresentation,
    create=BiasTagBody,
    partial_update=BiasTagChange,
    retract=Retraction,
    place=Place,
    accept=VersionSeen,
    reject=VersionSeen,
    unplace=NoPlace,
)
class BiasTagViewSet(StudiedMarks):
    """Tags of bias on words, a sentence or the whole article, each one annotator's."""

    queryset = BiasTag.objects.none()
    serializer_class = BiasTagRepresentation
    filterset_class = BiasTagFilter
    renderer_classes = (JSONRenderer, WebAnnotationRenderer)
    write_scope = "annotate"
    visible = staticmethod(all_visible_tags)
    of_the_desk = staticmethod(visible_bias_tags)
    keyword = "tag"
    change_right = "annotations.change_biastag"
    change_body = BiasTagChange
    changing = staticmethod(change_tag)
    retracting = staticmethod(retract_tag)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return related_to_tags(nouns)

    def make(self, given: Any) -> BiasTag:
        """Tag words, a sentence or the whole article."""
        self.require("annotations.tag_bias")
        values = self.checked(BiasTagBody, given)
        refuse_apart(values, self.request)
        base, words = words_of(values) if values.get("level") != Level.ARTICLE else (None, None)
        act = self.act()
        tag = tag_bias(base=base, words=words, **values, **act)
        stand_as_marked(tag, by=act["by"])
        prefetch_related_objects([tag], secondary_in_order())
        return tag

    @extend_schema(request=VersionSeen, responses=BiasTagRepresentation)
    @action(detail=True, methods=["post"])
    def keep(self, request: Request, uid: Any) -> Response:
        """Say that the tag still holds, though its entry reads otherwise in the version that its project uses now."""
        tag = self.noun()
        self.require("annotations.change_biastag", tag)
        keep_tag(tag=tag, seen=self.seen(tag, self.body(VersionSeen)), **self.act())
        return self.answer_anew(tag)
