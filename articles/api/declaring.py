"""What changes of published pieces were said to be, and what was asked of outlets about copy that is theirs."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django_filters.rest_framework import filters
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.fields import Choice, Text
from articles.api.filters import MadeFilter
from articles.api.nouns import NounViewSet, described
from articles.api.references import ArticleReference
from articles.api.serializing import Body, NounBody, Person, Representation, VersionSeen
from articles.models import PUBLIC_KINDS, ChangeKind, Declaration, OutletAnswer, OutletRequest
from articles.operations.declaring import Declared, ask_outlet, note_answer
from articles.permissions import visible_declarations, visible_outlet_requests

LONGEST = 2000
TOLD_KINDS = [(kind.value, kind.label) for kind in PUBLIC_KINDS]


class DeclaredBody(Body):
    """What a new text of a published piece is said to be; with what was wrong where readers are told."""

    kind = Choice(choices=ChangeKind.choices)
    text = Text(required=False, allow_blank=True, max_length=LONGEST, default="")


def declared_in(values: dict[str, Any]) -> Declared | None:
    """What a body says the change is; takes it out of the body."""
    said = values.pop("declared", None)
    return None if said is None else Declared(said["kind"], said["text"])


class Telling(VersionSeen):
    """A notice to readers without a new text."""

    kind = Choice(choices=TOLD_KINDS)
    text = Text(max_length=LONGEST, help_text="What was wrong, as readers are told.")


class DeclarationRepresentation(Representation):
    article = serializers.UUIDField(source="article.uid", read_only=True)
    revision = serializers.IntegerField(source="revision.number", read_only=True)
    is_public = serializers.BooleanField(read_only=True)
    created_by = Person(read_only=True)

    class Meta:
        model = Declaration
        fields = ("uid", "article", "revision", "kind", "text", "is_public", "created_by", "created_at")
        read_only_fields = fields


class DeclarationFilter(MadeFilter):
    article = filters.UUIDFilter(field_name="article__uid")
    kind = filters.MultipleChoiceFilter(choices=ChangeKind.choices)


class DeclarationViewSet(NounViewSet):
    """What the changes of published pieces were said to be. Written with the change, never changed."""

    http_method_names = ["get", "head"]
    queryset = Declaration.objects.none()
    serializer_class = DeclarationRepresentation
    filterset_class = DeclarationFilter
    write_scope = "edit"
    visible = staticmethod(visible_declarations)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        related = nouns.select_related("article", "revision", "created_by")
        return related.defer("revision__text", "revision__blocks", "revision__removed")


class OutletRequestRepresentation(Representation):
    article = serializers.UUIDField(source="article.uid", read_only=True)
    answered_by = Person(read_only=True, allow_null=True)
    created_by = Person(read_only=True)

    class Meta:
        model = OutletRequest
        fields = (
            "uid",
            "version",
            "article",
            "asked_of",
            "asked_date",
            "text",
            "answer",
            "answer_text",
            "answered_date",
            "answered_by",
            "created_by",
            "created_at",
        )
        read_only_fields = fields


class OutletRequestBody(NounBody):
    article = ArticleReference()
    text = Text(max_length=LONGEST, help_text="What is wrong, as readers are told.")

    class Meta:
        model = OutletRequest
        fields = ("article", "asked_of", "asked_date", "text")


class OutletAnswerBody(VersionSeen):
    """What they answered, or that they did not."""

    answer = Choice(choices=OutletAnswer.choices)
    answered_date = serializers.DateField()
    answer_text = Text(required=False, allow_blank=True, max_length=5000, default="")


class OutletRequestFilter(MadeFilter):
    article = filters.UUIDFilter(field_name="article__uid")
    waiting = filters.BooleanFilter(field_name="answered_date", lookup_expr="isnull")


@described(OutletRequestRepresentation, create=OutletRequestBody, note_answer=OutletAnswerBody)
class OutletRequestViewSet(NounViewSet):
    """Corrections asked of whoever published copy that is not the desk's."""

    http_method_names = ["get", "head", "post"]
    queryset = OutletRequest.objects.none()
    serializer_class = OutletRequestRepresentation
    filterset_class = OutletRequestFilter
    write_scope = "edit"
    visible = staticmethod(visible_outlet_requests)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("article", "answered_by", "created_by")

    def create(self, request: Request) -> Response:
        """Note that an outlet was asked to correct its copy; readers see it."""
        self.require("articles.ask_outlet")
        return self.answer_made(self.again(ask_outlet(**self.body(OutletRequestBody), **self.act())))

    @action(detail=True, methods=["post"], url_path="answer")
    def note_answer(self, request: Request, uid: Any) -> Response:
        """Note what they answered, once."""
        asked = self.noun()
        self.require("articles.ask_outlet")
        values = self.body(OutletAnswerBody)
        note_answer(request=asked, seen=self.seen(asked, values), **values, **self.act())
        return self.answer_anew(asked)
