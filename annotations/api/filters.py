"""By what lists of judgements can be narrowed."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django_filters.rest_framework import filters
from django_filters.rest_framework.filterset import FilterSet

from annotations.models import (
    BiasTag,
    CheckState,
    Claim,
    ClaimType,
    Decision,
    Level,
    MeasurementState,
    Mention,
    Priority,
    RequestState,
    Risk,
    Severity,
    Stance,
    Verdict,
)
from annotations.models.claim import ClaimQuerySet
from annotations.permissions import visible_projects
from annotations.queries.studies.retagging import tags_to_tag_again
from articles.api.filters import MadeFilter, MarkFilter, MomentFilter
from articles.models import Quote


class ClaimFilter(MarkFilter):
    kept_from_readers: ClassVar[frozenset[str]] = frozenset({"priority", "risk"})

    article = filters.UUIDFilter(field_name="article__uid")
    project = filters.UUIDFilter(field_name="project__uid")
    speaker = filters.UUIDFilter(field_name="speaker__uid")
    claim_type = filters.ChoiceFilter(choices=ClaimType.choices)
    priority = filters.TypedChoiceFilter(choices=Priority.choices, coerce=int)
    risk = filters.ChoiceFilter(choices=Risk.choices)
    words = filters.CharFilter(method="with_words", label="words of the restatement, the last one as a prefix")

    def with_words(self, claims: ClaimQuerySet, _name: str, words: str) -> ClaimQuerySet:
        return claims.matching(words)


class BiasTagFilter(MarkFilter):
    article = filters.UUIDFilter(field_name="article__uid")
    project = filters.UUIDFilter(field_name="project__uid")
    category = filters.CharFilter(field_name="category__slug")
    level = filters.ChoiceFilter(choices=Level.choices)
    severity = filters.TypedChoiceFilter(choices=Severity.choices, coerce=int)
    words = filters.CharFilter(method="with_words", label="words that are tagged, or of the target")
    to_look_at_in = filters.UUIDFilter(
        method="waiting", label="the uid of a project: its tags whose category reads otherwise in the version in use"
    )

    def with_words(self, tags: Any, _name: str, words: str) -> Any:
        return self._saying(tags, words, "target")

    def waiting(self, tags: Any, _name: str, uid: UUID) -> Any:
        person = self.request.user
        project = visible_projects(person).select_related("codebook").filter(uid=uid).first()
        return tags.filter(pk__in=tags_to_tag_again(project, person)) if project else tags.none()


class EvidenceFilter(MadeFilter):
    claim = filters.UUIDFilter(field_name="claim__uid")
    source = filters.UUIDFilter(field_name="snapshot__source__uid")
    snapshot = filters.UUIDFilter(field_name="snapshot__uid")
    stance = filters.ChoiceFilter(choices=Stance.choices)


class BlindRoundFilter(MadeFilter):
    claim = filters.UUIDFilter(field_name="claim__uid")


class MeasurementFilter(MadeFilter):
    project = filters.UUIDFilter(field_name="project__uid")
    round = filters.NumberFilter(field_name="round__number")
    state = filters.ChoiceFilter(choices=MeasurementState.choices)


class LaterSourceFilter(FilterSet):
    claim = filters.UUIDFilter(field_name="claim__uid")
    aside = filters.BooleanFilter(field_name="aside_at", lookup_expr="isnull", exclude=True)


class ReplyFilter(MadeFilter):
    claim = filters.UUIDFilter(field_name="claim__uid")
    speaker = filters.UUIDFilter(field_name="speaker__uid")


class FactCheckFilter(MadeFilter):
    claim = filters.UUIDFilter(field_name="claim__uid")
    article = filters.UUIDFilter(field_name="claim__article__uid")
    checker = filters.UUIDFilter(field_name="checker__uid")
    unassigned = filters.BooleanFilter(field_name="checker", lookup_expr="isnull")
    due_before = MomentFilter(field_name="due_at", lookup_expr="lt")
    state = filters.MultipleChoiceFilter(choices=CheckState.choices)
    verdict = filters.ChoiceFilter(choices=Verdict.choices)


class ReviewFilter(MadeFilter):
    fact_check = filters.UUIDFilter(field_name="fact_check__uid")
    decision = filters.ChoiceFilter(choices=Decision.choices)


class DeskVerdictFilter(MadeFilter):
    claim = filters.UUIDFilter(field_name="claim__uid")
    article = filters.UUIDFilter(field_name="claim__article__uid")
    verdict = filters.ChoiceFilter(choices=Verdict.choices)


class CategoryFilter(FilterSet):
    codebook = filters.UUIDFilter(field_name="codebook__uid")
    slug = filters.CharFilter()
    family = filters.CharFilter()


class ProjectFilter(MadeFilter):
    is_default = filters.BooleanFilter()


class ReadingFilter(MadeFilter):
    article = filters.UUIDFilter(field_name="revision__article__uid")
    project = filters.UUIDFilter(field_name="project__uid")
    submitted = filters.BooleanFilter(field_name="submitted_at", lookup_expr="isnull", exclude=True)


class AssignmentFilter(MadeFilter):
    article = filters.UUIDFilter(field_name="article__uid")
    project = filters.UUIDFilter(field_name="project__uid")
    person = filters.UUIDFilter(field_name="person__uid")
    done = filters.BooleanFilter(field_name="done_at", lookup_expr="isnull", exclude=True)


class CommentFilter(MadeFilter):
    article = filters.UUIDFilter(field_name="article__uid")
    mark = filters.UUIDFilter(method="about", label="the uid of a quote, a claim or a bias tag")
    span = filters.UUIDFilter(field_name="span__uid")
    thread = filters.UUIDFilter(method="in_thread", label="the uid of the comment that began it")
    mentioned = filters.UUIDFilter(method="naming", label="the uid of somebody who is named")
    resolved = filters.BooleanFilter(method="in_resolved_threads", label="whether the thread is dealt with")

    def about(self, comments: Any, _name: str, uid: UUID) -> Any:
        """Of a tag without words, what names the tag; of every other mark, what is on its span."""
        spans = [model.objects.filter(uid=uid).values("span") for model in (Quote, Claim, BiasTag)]
        on_its_words = Q(span__in=spans[0]) | Q(span__in=spans[1]) | Q(span__in=spans[2])
        return comments.filter(on_its_words | Q(tag__uid=uid))

    def in_thread(self, comments: Any, _name: str, uid: UUID) -> Any:
        return comments.filter(Q(uid=uid) | Q(parent__uid=uid))

    def naming(self, comments: Any, _name: str, uid: UUID) -> Any:
        return comments.filter(Exists(Mention.objects.filter(comment=OuterRef("pk"), person__uid=uid, ended_at=None)))

    def in_resolved_threads(self, comments: Any, _name: str, is_resolved: bool) -> Any:
        resolved = Q(resolved_at__isnull=False) | Q(parent__resolved_at__isnull=False)
        return comments.filter(resolved if is_resolved else ~resolved)


class MentionFilter(FilterSet):
    aside = filters.BooleanFilter(field_name="aside_at", lookup_expr="isnull", exclude=True)
    seen = filters.BooleanFilter(field_name="seen_at", lookup_expr="isnull", exclude=True)


class CorrectionRequestFilter(FilterSet):
    article = filters.UUIDFilter(field_name="article__uid")
    claim = filters.UUIDFilter(field_name="claim__uid")
    state = filters.ChoiceFilter(choices=RequestState.choices)
    since = MomentFilter(field_name="created_at", lookup_expr="gte")
    until = MomentFilter(field_name="created_at", lookup_expr="lt")


class NoticeFilter(FilterSet):
    kind = filters.CharFilter()
    read = filters.BooleanFilter(field_name="read_at", lookup_expr="isnull", exclude=True)
