from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.operations.desk.speakers import split
from articles.api import speakers
from articles.api.fields import Reference, Text, WholeNumber
from articles.api.nouns import described
from articles.api.refusals import NotTogether
from articles.api.serializing import Body, VersionSeen
from articles.api.speakers import SpeakerRepresentation
from articles.models import Quote
from articles.operations.splitting import Apart, SeenQuote
from articles.permissions import visible_quotes, visible_speakers

MOST_QUOTES = 1_000


def _quotes_with_speakers(person: Any) -> QuerySet[Quote]:
    return visible_quotes(person).select_related("speaker")


class QuoteSeen(Body):
    """A quote to take along."""

    quote = Reference(_quotes_with_speakers)
    version = WholeNumber(min_value=1)


class Split(VersionSeen):
    """Who is taken out: ``former``, a speaker that was merged into this one, or somebody new by ``name``."""

    default_error_messages = {"which": _("Name one of the two: former, a merged speaker, or name, for a new one.")}

    former = Reference(visible_speakers, required=False)
    former_version = WholeNumber(min_value=1, required=False)
    name = Text(max_length=300, required=False)
    title = Text(max_length=300, required=False, allow_blank=True, default="")
    affiliation = Text(max_length=300, required=False, allow_blank=True, default="")
    quotes = serializers.ListField(child=QuoteSeen(), max_length=MOST_QUOTES, required=False, default=list)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("former" in attrs) == ("name" in attrs):
            self.fail("which")
        if "former" in attrs and "former_version" not in attrs:
            raise NotTogether({"former_version": _("Say which version of it you have seen.")})
        return attrs


@described(SpeakerRepresentation, split=Split)
class SpeakerViewSet(speakers.SpeakerViewSet):
    __doc__ = speakers.SpeakerViewSet.__doc__

    @action(detail=True, methods=["post"])
    def split(self, request: Request, uid: Any) -> Response:
        """Take a former speaker, or somebody new with the quotes named, out of this one. Answers who was taken out.

        Claims made of quotes that go along are theirs too.
        """
        speaker = self.noun()
        self.require("articles.merge_speakers")
        values = self.body(Split)
        seen = self.seen(speaker, values)
        out = split(kept=speaker, seen=seen, apart=_apart(values), quotes=_quotes(values), **self.act())
        return self.answer_anew(out)


def _apart(values: dict[str, Any]) -> Apart:
    if "former" in values:
        return Apart(values["former"], values["former_version"])
    return Apart(name=values["name"], facts={key: values[key] for key in ("title", "affiliation")})


def _quotes(values: dict[str, Any]) -> list[SeenQuote]:
    return [SeenQuote(each["quote"], each["version"]) for each in values["quotes"]]
