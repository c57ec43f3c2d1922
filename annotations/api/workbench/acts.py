from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import filters
from django_filters.rest_framework.filterset import FilterSet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.operations.workbench.undo import ChangedSince, Conflict, Reversed, redo, revert, undo, undo_act
from annotations.queries.workbench.acts import acts_in_range, acts_to_revert
from annotations.queries.workbench.actsides import ShownConflict, shown_conflicts
from articles.api.fields import Reference
from articles.api.filters import MomentFilter
from articles.api.nouns import NounViewSet
from articles.api.references import ArticleReference
from articles.api.refusals import NotTogether, Refusal
from articles.api.serializing import Body, Person, Representation
from articles.models import Act, Step, Verb
from articles.permissions import visible_acts

MOST_AT_ONCE = 500


def everybody(_person: Any) -> QuerySet[Any]:
    """Whoever has or had an account: what somebody did stays when they leave."""
    return get_user_model()._default_manager.all()


class ActFilter(FilterSet):
    """Whose, when (from ``since``, before ``until``), where, and on what."""

    person = filters.UUIDFilter(field_name="person__uid")
    article = filters.UUIDFilter(field_name="article__uid")
    noun = filters.UUIDFilter()
    verb = filters.ChoiceFilter(choices=Verb.choices)
    step = filters.ChoiceFilter(choices=Step.choices)
    since = MomentFilter(field_name="at", lookup_expr="gte")
    until = MomentFilter(field_name="at", lookup_expr="lt")


class ActRepresentation(Representation):
    """That somebody did ``verb`` to a thing: ``kind`` and ``noun`` say which; ``undoes`` names the act it reverses."""

    person = Person(read_only=True)
    article = serializers.UUIDField(source="article.uid", read_only=True)
    undoes = serializers.UUIDField(source="undoes.uid", read_only=True, allow_null=True, default=None)
    is_undone = serializers.BooleanField(read_only=True)

    class Meta:
        model = Act
        fields = (
            "uid",
            "person",
            "at",
            "verb",
            "step",
            "article",
            "kind",
            "noun",
            "version_before",
            "version_after",
            "undoes",
            "is_undone",
            "group",
        )
        read_only_fields = fields


class SideFields(serializers.Serializer[Any]):
    """One field on both sides."""

    name = serializers.CharField(source="label", read_only=True)
    as_left = serializers.CharField(source="yours", read_only=True)
    now = serializers.CharField(source="theirs", read_only=True)


class RestingFields(serializers.Serializer[Any]):
    """What rests on the thing since the act; without its uid where you may not know of it."""

    what = serializers.CharField(read_only=True)
    uid = serializers.UUIDField(read_only=True, allow_null=True)
    at = serializers.DateTimeField(read_only=True, allow_null=True)


class ConflictFields(serializers.Serializer[Any]):
    """An act that was not reversed: who changed the thing since, both sides, what rests on it, or why else."""

    act = serializers.UUIDField(source="shown.act.uid", read_only=True)
    changed_by = serializers.CharField(source="who", read_only=True)
    changed_at = serializers.DateTimeField(source="at", read_only=True, allow_null=True)
    sides = SideFields(many=True, read_only=True)
    resting = RestingFields(many=True, read_only=True)
    reason = serializers.CharField(read_only=True)


class ReversedFields(serializers.Serializer[Any]):
    """The acts that were reversed, the newest first, and those that were left."""

    acts = ActRepresentation(many=True, read_only=True)
    left = ConflictFields(many=True, read_only=True)


class ActReference(Reference):
    """An act of one's own."""

    def __init__(self, **options: Any) -> None:
        super().__init__(visible_acts, **options)


class Undoing(Body):
    """What is undone: the last act, or the one named."""

    act = ActReference(required=False, help_text="An act of yours; without it, the last one.")
    leaving = serializers.BooleanField(
        default=False, help_text="Of acts that are one, leave what somebody changed since, and undo the others."
    )


class Redoing(Body):
    leaving = serializers.BooleanField(
        default=False, help_text="Of acts that are one, leave what somebody changed since, and redo the others."
    )


class Reverting(Body):
    """Whose acts are reverted, and which: from ``since``, before ``until``, in one article or in all."""

    person = Reference(everybody)
    since = serializers.DateTimeField(required=False)
    until = serializers.DateTimeField(required=False)
    article = ArticleReference(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """:raises NotTogether: without a range; all that somebody ever did is never meant by mistake."""
        if not attrs.keys() - {"person"}:
            raise NotTogether({"": _("Give a range: since, until or article.")})
        return attrs


class ActConflict(Refusal):
    """Somebody changed what an act was done to; ``conflicts`` has both sides."""

    status_code = status.HTTP_409_CONFLICT


class ActViewSet(NounViewSet):
    """What one did to marks, evidence and sentences, and undoing it; administrators see and revert everybody's."""

    http_method_names = ["get", "head", "post"]
    queryset = Act.objects.none()
    serializer_class = ActRepresentation
    filterset_class = ActFilter
    write_scope = "annotate"
    visible = staticmethod(visible_acts)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        reversals = Act.objects.filter(undoes=OuterRef("pk"))
        acts = nouns.select_related("person", "article", "undoes")
        with_outcome: QuerySet[Any] = acts.annotate(is_undone=Exists(reversals))
        return with_outcome

    @extend_schema(request=Undoing, responses=ReversedFields)
    @action(detail=False, methods=["post"])
    def undo(self, request: Request) -> Response:
        """Undo what you did last, or the act you name, with all acts that are one with it."""
        values = self.body(Undoing)
        act = values.pop("act", None)
        if act is None:
            return self._answer_reversed(lambda: undo(**values, **self.act()))
        return self._answer_reversed(lambda: undo_act(act=act, **values, **self.act()))

    @extend_schema(request=Redoing, responses=ReversedFields)
    @action(detail=False, methods=["post"])
    def redo(self, request: Request) -> Response:
        """Do again what you undid last, unless you have done something else since."""
        values = self.body(Redoing)
        return self._answer_reversed(lambda: redo(**values, **self.act()))

    @extend_schema(request=Reverting, responses=ReversedFields)
    @action(detail=False, methods=["post"], write_scope="admin")
    def revert(self, request: Request) -> Response:
        """Revert what somebody did in a range, the newest first; what others changed since is left. At most 500."""
        self.require("annotations.administer")
        acts = acts_in_range(visible_acts(request.user), **self.body(Reverting))
        return self._answer_reversed(lambda: revert(acts=acts_to_revert(acts, most=MOST_AT_ONCE), **self.act()))

    def _answer_reversed(self, reverse: Any) -> Response:
        try:
            came_to: Reversed = reverse()
        except ChangedSince as changed:
            conflicts = ConflictFields(self._shown(changed.conflicts), many=True).data
            raise ActConflict(str(changed), conflicts=conflicts, others=changed.others) from changed
        acts = self.get_queryset().filter(pk__in=[act.pk for act in came_to.acts]).order_by("-pk")
        return Response(ReversedFields({"acts": acts, "left": self._shown(came_to.left)}).data)

    def _shown(self, conflicts: Sequence[Conflict]) -> list[ShownConflict]:
        return shown_conflicts(conflicts, self.request.user)
