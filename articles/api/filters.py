"""By what lists can be narrowed. Names of parameters are the names of fields."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django_filters.fields import IsoDateTimeField
from django_filters.rest_framework import filters
from django_filters.rest_framework.filterset import FilterSet

from articles.models import Access, AnchorState, ArticleState, Basis, CurrentAnchor, QuoteKind, SpeakerKind
from articles.models.article import ArticleQuerySet
from articles.models.source import SourceQuerySet
from articles.models.speaker import SpeakerQuerySet
from articles.naming.keys import word_keys
from articles.search.narrowing import passages_with_all

EARLIEST, LATEST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class MomentField(IsoDateTimeField):
    """A moment in UTC: PostgreSQL refuses some of the time zones that RFC 3339 has."""

    def to_python(self, value: Any) -> datetime | None:
        moment = super().to_python(value)
        try:
            return moment.astimezone(UTC) if moment is not None else None
        except OverflowError:  # before the first year, or after the last
            return EARLIEST if moment.year == 1 else LATEST


class MomentFilter(filters.IsoDateTimeFilter):
    field_class = MomentField


class MadeFilter(FilterSet):
    """Who made it, and when: from ``since``, before ``until``."""

    annotator = filters.UUIDFilter(field_name="created_by__uid")
    since = MomentFilter(field_name="created_at", lookup_expr="gte")
    until = MomentFilter(field_name="created_at", lookup_expr="lt")


class MarkFilter(MadeFilter):
    """By how sure the place of a mark is in the newest text of its article."""

    anchor_state = filters.MultipleChoiceFilter(
        choices=AnchorState.choices, method="standing", label="how sure the place in the newest text is"
    )

    def standing(self, marks: QuerySet[Any], _name: str, states: list[str]) -> QuerySet[Any]:
        if not states:
            return marks
        on_head = CurrentAnchor.objects.filter(span=OuterRef("span"), revision=F("span__article__head"))
        return marks.filter(Exists(on_head.filter(anchor__state__in=states)))

    def _saying(self, marks: QuerySet[Any], words: str, *further: str) -> QuerySet[Any]:
        """Marks in whose words every one of ``words`` stands, or in one of the ``further`` fields."""
        found = words.split()
        on_head = CurrentAnchor.objects.filter(span=OuterRef("span"), revision=F("span__article__head"))
        for word in found:
            said = Q(Exists(on_head.filter(anchor__exact__icontains=word)))
            for field in further:
                said |= Q(**{f"{field}__icontains": word})
            marks = marks.filter(said)
        return marks if found else marks.none()


class ArticleFilter(MadeFilter):
    state = filters.MultipleChoiceFilter(choices=ArticleState.choices)
    outlet = filters.CharFilter()
    language = filters.CharFilter()
    access = filters.ChoiceFilter(choices=Access.choices)
    words = filters.CharFilter(method="with_words", label="words of the headline, the last one as a prefix")

    def with_words(self, articles: ArticleQuerySet, _name: str, words: str) -> ArticleQuerySet:
        return articles.matching(words)


class SpeakerFilter(MadeFilter):
    kind = filters.ChoiceFilter(choices=SpeakerKind.choices)
    name = filters.CharFilter(lookup_expr="icontains")
    merged = filters.BooleanFilter(field_name="merged_into", lookup_expr="isnull", exclude=True)
    words = filters.CharFilter(method="with_words", label="words of a name, as they sound, in any order")

    def with_words(self, speakers: SpeakerQuerySet, _name: str, words: str) -> SpeakerQuerySet:
        return speakers.with_words(word_keys(words))


class QuoteFilter(MarkFilter):
    article = filters.UUIDFilter(field_name="article__uid")
    speaker = filters.UUIDFilter(method="of_speaker", label="the speaker, with the names merged into it")
    kind = filters.ChoiceFilter(choices=QuoteKind.choices)
    words = filters.CharFilter(method="with_words", label="words of the quote, each of them somewhere in it")

    def with_words(self, quotes: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        return self._saying(quotes, words)

    def of_speaker(self, quotes: QuerySet[Any], _name: str, uid: Any) -> QuerySet[Any]:
        return quotes.filter(Q(speaker__uid=uid) | Q(speaker__merged_into__uid=uid))


class SourceFilter(MadeFilter):
    publisher = filters.CharFilter()
    language = filters.CharFilter()
    basis = filters.ChoiceFilter(choices=Basis.choices, field_name="snapshots__basis", distinct=True)
    words = filters.CharFilter(method="with_words", label="words of title or publisher, the last one as a prefix")

    def with_words(self, sources: SourceQuerySet, _name: str, words: str) -> SourceQuerySet:
        return sources.matching(words)


class SnapshotFilter(MadeFilter):
    source = filters.UUIDFilter(field_name="source__uid")
    basis = filters.ChoiceFilter(choices=Basis.choices)


class PassageFilter(FilterSet):
    source = filters.UUIDFilter(field_name="snapshot__source__uid")
    snapshot = filters.UUIDFilter(field_name="snapshot__uid")
    words = filters.CharFilter(method="with_words", label="words that stand in the passage")

    def with_words(self, passages: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        return passages.filter(pk__in=passages_with_all(words))
