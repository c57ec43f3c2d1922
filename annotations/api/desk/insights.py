from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from annotations.api.exchange.exports import LANGUAGE, SLUG
from annotations.forms.insights import OUT_OF_ORDER, BiasScopeForm, ScopeForm
from annotations.queries.insights.acceptance import LAYERS, RuleOfLayer, count_acceptance
from annotations.queries.insights.biasfigures import By, Counted, Unit, count_by, count_over_time, tags_in_unread_texts
from annotations.queries.insights.portions import Portion
from annotations.queries.insights.quotefigures import Voice, count_forms, count_voices
from annotations.queries.insights.scope import UNKNOWN
from annotations.queries.insights.verdictfigures import count_verdicts
from articles.api.refusals import NotTogether
from articles.api.serializing import no_such_field
from articles.rights import refusal


class PortionFields(serializers.Serializer[Any]):
    """So many (``hits``) of so many (``of``), with the interval of 95 % (Wilson 1927); null where ``of`` is 0."""

    hits = serializers.IntegerField(read_only=True)
    of = serializers.IntegerField(read_only=True)
    share = serializers.FloatField(read_only=True, allow_null=True)
    low = serializers.FloatField(read_only=True, allow_null=True)
    high = serializers.FloatField(read_only=True, allow_null=True)


class GroupFields(PortionFields):
    """The same of one group: an outlet, a section, a byline, a category, a step of a scale; ``-`` for the unknown."""

    group = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)


class ReadFields(serializers.Serializer[Any]):
    """What was read: texts to the end and in part, sentences, and how many of these have a tag that counts."""

    texts = serializers.IntegerField(read_only=True)
    texts_tagged = serializers.IntegerField(read_only=True)
    begun = serializers.IntegerField(read_only=True)
    sentences = serializers.IntegerField(read_only=True)
    sentences_tagged = serializers.IntegerField(read_only=True)
    tags_in_unread_texts = serializers.IntegerField(read_only=True)


class BiasFigures(serializers.Serializer[Any]):
    """Groups in order of names; ``over_time`` by month, or by day where all is within two months."""

    by = serializers.ChoiceField(choices=[each.value for each in By], read_only=True)
    unit = serializers.ChoiceField(choices=[each.value for each in Unit], read_only=True)
    read = ReadFields(read_only=True)
    groups = GroupFields(many=True, read_only=True)
    over_time = GroupFields(many=True, read_only=True)


class VoiceFields(serializers.Serializer[Any]):
    """How somebody is quoted; ``speaker`` is null where nobody is named.

    ``first`` and ``last`` are of the articles that quote two voices or more.
    """

    speaker = serializers.UUIDField(read_only=True, allow_null=True)
    name = serializers.CharField(read_only=True)
    quotes = serializers.IntegerField(read_only=True)
    words = serializers.IntegerField(read_only=True)
    articles = serializers.IntegerField(read_only=True)
    direct = PortionFields(read_only=True)
    first = PortionFields(read_only=True)
    last = PortionFields(read_only=True)


class KindFields(serializers.Serializer[Any]):
    kind = serializers.CharField(read_only=True)
    quotes = serializers.IntegerField(read_only=True)


class QuoteFigures(serializers.Serializer[Any]):
    """The voices quoted most, in order of names; ``left_out`` says how many are not among them."""

    quotes = serializers.IntegerField(read_only=True)
    articles = serializers.IntegerField(read_only=True)
    kinds = KindFields(many=True, read_only=True)
    voices = VoiceFields(many=True, read_only=True)
    left_out = serializers.IntegerField(read_only=True)


class ScaleFields(serializers.Serializer[Any]):
    """A scale and its steps in their order; ``evidence`` is what the evidence says."""

    scale = serializers.CharField(read_only=True)
    steps = GroupFields(many=True, read_only=True)


class VerdictFigures(serializers.Serializer[Any]):
    verdicts = serializers.IntegerField(read_only=True)
    scales = ScaleFields(many=True, read_only=True)


class RuleFields(serializers.Serializer[Any]):
    """What became of the suggestions of one rule; ``as_it_stood`` is of those that somebody looked at."""

    layer = serializers.ChoiceField(choices=list(LAYERS), read_only=True)
    proposer = serializers.CharField(read_only=True)
    rule = serializers.CharField(read_only=True)
    accepted = serializers.IntegerField(read_only=True)
    corrected = serializers.IntegerField(read_only=True)
    rejected = serializers.IntegerField(read_only=True)
    accepted_in_bulk = serializers.IntegerField(read_only=True)
    waiting = serializers.IntegerField(read_only=True)
    as_it_stood = PortionFields(read_only=True)


class SuggestionFigures(serializers.Serializer[Any]):
    rules = RuleFields(many=True, read_only=True)


def _parameter(name: str, kind: Any, description: str, **options: Any) -> OpenApiParameter:
    return OpenApiParameter(name, kind, OpenApiParameter.QUERY, description=description, **options)


def _words(longest: int) -> dict[str, Any]:
    return {"type": "string", "maxLength": longest}


SCOPE = [
    _parameter("since", OpenApiTypes.DATE, "The first day that counts."),
    _parameter("until", OpenApiTypes.DATE, "The last day that counts."),
    _parameter("outlet", _words(200), f"By its exact name; {UNKNOWN} for none. So section and author, a byline."),
    _parameter("section", _words(200), "Of the article."),
    _parameter("author", _words(300), "The byline of the article."),
    _parameter("language", LANGUAGE, "Of the article, with all its regions."),
]
BIAS = [
    *SCOPE,
    _parameter("category", SLUG, "The slug of the category of the tags that count; all unless given."),
    _parameter("by", str, "Outlet unless given.", enum=[each.value for each in By]),
    _parameter("unit", str, "Sentences unless given.", enum=[each.value for each in Unit]),
]


class InsightViewSet(ViewSet):
    """The figures of the desk: each with what it is a share of, and its interval. Nothing is written here."""

    http_method_names = ["get", "head"]
    write_scope = "admin"

    @extend_schema(parameters=BIAS, responses=BiasFigures)
    @action(detail=False, methods=["get"])
    def bias(self, request: Request) -> Response:
        """How often bias is tagged in what was read."""
        form = _asked(request, BiasScopeForm)
        scope = form.scope()
        by, unit = form.chosen()
        course = count_over_time(request.user, scope, unit)
        total = sum((counted for _point, counted in course), Counted())
        read = {name: getattr(total, name) for name in Counted.__dataclass_fields__}
        return Response(
            {
                "by": by.value,
                "unit": unit.value,
                "read": {**read, "tags_in_unread_texts": tags_in_unread_texts(request.user, scope)},
                "groups": [_group(each) for each in count_by(request.user, scope, by, unit)],
                "over_time": [{**_group(point.portion), "name": point.portion.value} for point, _counted in course],
            }
        )

    @extend_schema(parameters=SCOPE, responses=QuoteFigures)
    @action(detail=False, methods=["get"])
    def quotes(self, request: Request) -> Response:
        """Who is quoted, how often and how long, in whose words, first or last."""
        scope = _asked(request, ScopeForm).scope()
        quoted, voices = count_forms(request.user, scope), count_voices(request.user, scope)
        return Response(
            {
                "quotes": quoted.total,
                "articles": quoted.articles,
                "kinds": [{"kind": each.value, "quotes": each.hits} for each in quoted.kinds],
                "voices": [_voice(each) for each in voices.voices],
                "left_out": voices.left_out,
            }
        )

    @extend_schema(parameters=SCOPE, responses=VerdictFigures)
    @action(detail=False, methods=["get"])
    def verdicts(self, request: Request) -> Response:
        """The mix of the verdicts that stand, by each scale; days are those on which they were published."""
        mix = count_verdicts(request.user, _asked(request, ScopeForm).scope())
        scales = [
            {"scale": scale.slug or "evidence", "steps": [_group(each) for each in scale.portions]}
            for scale in mix.scales
        ]
        return Response({"verdicts": mix.total, "scales": scales})

    @extend_schema(parameters=SCOPE, responses=SuggestionFigures)
    @action(detail=False, methods=["get"])
    def suggestions(self, request: Request) -> Response:
        """What became of suggestions, by rule; days are those of the decision."""
        found = count_acceptance(request.user, _asked(request, ScopeForm).scope())
        return Response({"rules": [_rule(each) for each in found]})


def _asked(request: Request, kind: type[Any]) -> Any:
    """What is asked for, by somebody who may.

    :raises ValidationError: naming every filter that is unknown or malformed.
    :raises NotTogether: when the last day lies before the first.
    """
    if not request.user.has_perm("annotations.see_insights"):
        raise PermissionDenied(refusal(request.user, "annotations.see_insights"))
    form = kind(request._request.GET)
    unknown = {name: [no_such_field(list(form.fields))] for name in request._request.GET if name not in form.fields}
    if not unknown and form.has_error("until", code=OUT_OF_ORDER):
        raise NotTogether({"until": form.problems()["until"][0]})
    if unknown or not form.is_valid():
        raise ValidationError({**form.problems(), **unknown})
    return form


def _portion(portion: Portion) -> dict[str, Any]:
    low, high = portion.interval if portion.of else (None, None)
    return {"hits": portion.hits, "of": portion.of, "share": portion.share, "low": low, "high": high}


def _group(portion: Portion) -> dict[str, Any]:
    return {"group": portion.value, "name": portion.name, **_portion(portion)}


def _voice(voice: Voice) -> dict[str, Any]:
    return {
        "speaker": voice.uid,
        "name": voice.name,
        "quotes": voice.quotes,
        "words": voice.words,
        "articles": voice.articles,
        **{name: _portion(getattr(voice, name)) for name in ("direct", "first", "last")},
    }


def _rule(each: RuleOfLayer) -> dict[str, Any]:
    record = each.record
    return {
        "layer": each.layer,
        "proposer": record.proposer,
        "rule": record.rule,
        "accepted": record.accepted,
        "corrected": record.corrected,
        "rejected": record.rejected,
        "accepted_in_bulk": record.in_bulk,
        "waiting": record.waiting,
        "as_it_stood": _portion(each.portion),
    }
