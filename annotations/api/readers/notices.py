from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.filters import NoticeFilter
from annotations.models import Notice
from annotations.operations.readers.notices import read_notice
from annotations.permissions import visible_claims, visible_notices
from articles.api.nouns import NounViewSet, described
from articles.api.serializing import Body, Representation


class NoticeRepresentation(Representation):
    claim = serializers.SerializerMethodField()

    class Meta:
        model = Notice
        fields = ("uid", "kind", "text", "claim", "created_at", "read_at")
        read_only_fields = fields

    def get_claim(self, notice: Notice) -> str | None:
        """The uid of the claim it is about, while its person may know of it."""
        return str(notice.claim.uid) if notice.claim and notice.claim_id in self.context["known_claims"] else None


@described(NoticeRepresentation, aside=Body)
class NoticeViewSet(NounViewSet):
    """What the desk wants its owner to know: work handed out, checks that came back. One's own, and nobody else's."""

    http_method_names = ["get", "head", "post"]
    queryset = Notice.objects.none()
    serializer_class = NoticeRepresentation
    filterset_class = NoticeFilter
    write_scope = "annotate"
    visible = staticmethod(visible_notices)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("claim")

    def represent(self, nouns: Any) -> Any:
        named = {notice.claim_id for notice in nouns}
        known = visible_claims(self.request.user).filter(pk__in=named).values_list("pk", flat=True)
        context = {**self.get_serializer_context(), "known_claims": frozenset(known)}
        return NoticeRepresentation(nouns, many=True, context=context).data

    @action(detail=True, methods=["post"])
    def aside(self, request: Request, uid: Any) -> Response:
        """Put it aside. Doing so twice is once."""
        notice = self.noun()
        self.body(Body)
        read_notice(notice=notice, **self.act())
        return self.answer_anew(notice)
