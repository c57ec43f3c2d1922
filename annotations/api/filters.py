"""By what lists of judgements can be narrowed."""

from __future__ import annotations

from typing import ClassVar

from django_filters.rest_framework import filters
from django_filters.rest_framework.filterset import FilterSet

from annotations.models import CheckState, ClaimType, Decision, Level, Priority, Risk, Severity, Stance, Verdict
from articles.api.filters import MadeFilter


class ClaimFilter(MadeFilter):
    kept_from_readers: ClassVar[frozenset[str]] = frozenset({"priority", "risk"})

    article = filters.UUIDFilter(field_name="article__uid")
    project = filters.UUIDFilter(field_name="project__uid")
    speaker = filters.UUIDFilter(field_name="speaker__uid")
    claim_type = filters.ChoiceFilter(choices=ClaimType.choices)
    priority = filters.TypedChoiceFilter(choices=Priority.choices, coerce=int)
    risk = filters.ChoiceFilter(choices=Risk.choices)


class BiasTagFilter(MadeFilter):
    article = filters.UUIDFilter(field_name="article__uid")
    project = filters.UUIDFilter(field_name="project__uid")
    category = filters.CharFilter(field_name="category__slug")
    level = filters.ChoiceFilter(choices=Level.choices)
    severity = filters.TypedChoiceFilter(choices=Severity.choices, coerce=int)


class EvidenceFilter(MadeFilter):
    claim = filters.UUIDFilter(field_name="claim__uid")
    source = filters.UUIDFilter(field_name="snapshot__source__uid")
    snapshot = filters.UUIDFilter(field_name="snapshot__uid")
    stance = filters.ChoiceFilter(choices=Stance.choices)


class FactCheckFilter(MadeFilter):
    claim = filters.UUIDFilter(field_name="claim__uid")
    article = filters.UUIDFilter(field_name="claim__article__uid")
    checker = filters.UUIDFilter(field_name="checker__uid")
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
    resolved = filters.BooleanFilter(field_name="resolved_at", lookup_expr="isnull", exclude=True)


class NoticeFilter(FilterSet):
    kind = filters.CharFilter()
    read = filters.BooleanFilter(field_name="read_at", lookup_expr="isnull", exclude=True)
