from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.filters import ReplyFilter
from annotations.models import Channel, Reply
from annotations.operations.checking.replies import (
    ask_for_reply,
    extend_deadline,
    leave_unasked,
    record_answer,
    retract_reply,
)
from annotations.permissions import visible_claims, visible_replies
from annotations.queries.checking.replies import Standing, standing_of
from articles.api.fields import Choice, Reference, Text
from articles.api.nouns import NounViewSet, described
from articles.api.refusals import NotTogether
from articles.api.serializing import Body, Person, Representation, VersionSeen
from articles.models import Speaker


def every_speaker(_person: Any) -> QuerySet[Speaker]:
    """Speakers are no secret on a desk."""
    return Speaker.objects.all()


class ReplyRepresentation(Representation):
    claim = serializers.UUIDField(source="claim.uid", read_only=True)
    speaker = serializers.UUIDField(source="speaker.uid", read_only=True, allow_null=True, default=None)
    whom = serializers.CharField(read_only=True)
    standing = serializers.SerializerMethodField()
    approached_by = Person(read_only=True, allow_null=True)
    created_by = Person(read_only=True)

    class Meta:
        model = Reply
        fields = (
            "uid",
            "version",
            "claim",
            "speaker",
            "whom",
            "standing",
            "approached_by",
            "asked_at",
            "channel",
            "question",
            "deadline",
            "answer",
            "answered_at",
            "not_asked_reason",
            "created_by",
            "created_at",
            "retracted_at",
        )
        read_only_fields = fields

    def get_standing(self, reply: Reply) -> str:
        """How far it has come: answered, waiting, expired, unasked, retracted."""
        standing: Standing = standing_of(reply, now=timezone.now())
        return standing.value


class ReplyBody(Body):
    """That somebody was asked, with channel, asked_at and deadline; or why nobody asks, with not_asked_reason."""

    claim = Reference(visible_claims)
    speaker = Reference(every_speaker, required=False, allow_null=True, default=None)
    name = Text(max_length=300, required=False, allow_blank=True, default="", help_text=_("In place of a speaker."))
    channel = Choice(choices=Channel.choices, required=False)
    asked_at = serializers.DateTimeField(required=False)
    deadline = serializers.DateTimeField(required=False)
    question = Text(required=False, allow_blank=True, default="", max_length=20_000)
    not_asked_reason = Text(required=False, max_length=20_000)

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        if (values["speaker"] is None) == (not values["name"].strip()):
            raise NotTogether({"name": _("Give a speaker, or a name for somebody else.")})
        asking = {"channel", "asked_at", "deadline"}
        if "not_asked_reason" in values:
            if given := sorted(asking & set(values)):
                raise NotTogether(
                    dict.fromkeys(given, _("Nobody was asked, says not_asked_reason. Leave one of the two out."))
                )
        elif missing := sorted(asking - set(values)):
            raise NotTogether(dict.fromkeys(missing, _("Needed where somebody was asked; else give not_asked_reason.")))
        return values


class Answer(VersionSeen):
    """What somebody said, word for word, and when."""

    answer = Text(max_length=20_000)
    answered_at = serializers.DateTimeField()


class Deadline(VersionSeen):
    """A later deadline."""

    deadline = serializers.DateTimeField()


@described(ReplyRepresentation, create=ReplyBody, answer_reply=Answer, put_off=Deadline, retract=VersionSeen)
class ReplyViewSet(NounViewSet):
    """Who was asked about a claim before it is rated, what they said, or why nobody asked."""

    http_method_names = ["get", "head", "post"]
    queryset = Reply.objects.none()
    serializer_class = ReplyRepresentation
    filterset_class = ReplyFilter
    write_scope = "review"
    visible = staticmethod(visible_replies)

    def related(self, nouns: QuerySet[Any]) -> QuerySet[Any]:
        return nouns.select_related("claim", "speaker", "approached_by", "created_by")

    def create(self, request: Request) -> Response:
        """Note that somebody was asked, or why nobody asks."""
        self.require("annotations.hear")
        values = self.body(ReplyBody)
        if "not_asked_reason" in values:
            whom = {name: values[name] for name in ("claim", "speaker", "name")}
            reply = leave_unasked(**whom, reason=values["not_asked_reason"], **self.act())
        else:
            reply = ask_for_reply(**values, **self.act())
        return self.answer_made(self.again(reply))

    @action(detail=True, methods=["post"], url_path="answer")
    def answer_reply(self, request: Request, uid: Any) -> Response:
        """Keep an answer word for word; what it replaces stays in the history."""
        return self._write(record_answer, Answer)

    @action(detail=True, methods=["post"], url_path="put-off")
    def put_off(self, request: Request, uid: Any) -> Response:
        """Give more time."""
        return self._write(extend_deadline, Deadline)

    @action(detail=True, methods=["post"])
    def retract(self, request: Request, uid: Any) -> Response:
        """Take the record back. It stays in the history and settles nothing any more."""
        return self._write(retract_reply, VersionSeen)

    def _write(self, act: Any, kind: type[Body]) -> Response:
        reply = self.noun()
        self.require("annotations.hear")
        values = self.body(kind)
        act(reply=reply, seen=self.seen(reply, values), **values, **self.act())
        return self.answer_anew(reply)
