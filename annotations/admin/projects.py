from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations.models import (
    Assignment,
    ExportFile,
    PinnedRevision,
    Project,
    Reading,
    SentenceFinding,
    SentenceStarts,
)
from annotations.operations.studies.projects import (
    AssignedBefore,
    assign,
    change_project,
    finish_assignment,
    take_back_assignment,
)
from annotations.permissions import visible_assignments, visible_projects, visible_readings
from articles.admin.desk import DeskAdmin, OperatedAdmin, act_of
from articles.models import Stale
from articles.permissions import Role, roles_of, visible_articles


@admin.register(Project)
class ProjectAdmin(OperatedAdmin):
    visible = staticmethod(visible_projects)
    change_right = "annotations.lead_project"
    changeable = ("name", "guidelines", "suggestion_policy", "suggestion_rules", "is_blind")
    list_display = ("name", "slug", "is_default", "codebook", "is_blind", "suggestion_policy")
    list_filter = ("is_default", "is_blind")
    list_select_related = ("codebook",)
    search_fields = ("name", "slug")

    def operate(self, noun: Project, **act: Any) -> None:
        change_project(project=noun, **act)


@admin.register(Assignment)
class AssignmentAdmin(OperatedAdmin):
    """Handed out here, and then only finished or taken back."""

    visible = staticmethod(visible_assignments)
    change_right = "annotations.assign"
    refusals = (AssignedBefore,)
    changeable = ("project", "article", "person", "task", "due_at")
    autocomplete_fields = ("article",)
    list_display = ("person", "article", "task", "project", "due_at", "done_at", "ended_at")
    list_filter = (("done_at", admin.EmptyFieldListFilter), ("ended_at", admin.EmptyFieldListFilter), "project")
    list_select_related = ("person", "article__head", "project")
    search_fields = ("person__name", "task")
    actions = ("finish", "take_back")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.change_right))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "person":
            kwargs["queryset"] = get_user_model()._default_manager.filter(is_active=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        values = {name: form.cleaned_data[name] for name in self.changeable}
        obj.pk = assign(**values, **act_of(request)).pk

    @admin.action(description=_("Say that they are done"))
    def finish(self, request: HttpRequest, queryset: QuerySet[Assignment]) -> None:
        self._end(request, queryset.filter(done_at=None, ended_at=None), finish_assignment)

    @admin.action(description=_("Take them back"))
    def take_back(self, request: HttpRequest, queryset: QuerySet[Assignment]) -> None:
        self._end(request, queryset.filter(ended_at=None), take_back_assignment)

    def _end(self, request: HttpRequest, assignments: QuerySet[Assignment], operation: Any) -> None:
        for assignment in assignments:
            try:
                operation(assignment=assignment, seen=assignment.version, **act_of(request))
            except Stale as refusal:
                messages.error(request, str(refusal))


@admin.register(PinnedRevision)
class PinnedRevisionAdmin(DeskAdmin):
    list_display = ("project", "revision")
    list_select_related = ("project", "revision")
    search_fields = ("project__name",)

    @staticmethod
    def visible(person: Any) -> QuerySet[PinnedRevision]:
        return PinnedRevision.objects.filter(revision__article__in=visible_articles(person))


@admin.register(Reading)
class ReadingAdmin(DeskAdmin):
    list_display = ("created_by", "project", "revision", "codebook", "submitted_at")
    list_filter = ("project", ("submitted_at", admin.EmptyFieldListFilter))
    list_select_related = ("created_by", "project", "revision", "codebook")
    search_fields = ("created_by__name",)

    visible = staticmethod(visible_readings)


@admin.register(SentenceFinding)
class SentenceFindingAdmin(DeskAdmin):
    list_display = ("reading", "start", "end", "finding", "created_at")
    list_filter = ("finding",)
    list_select_related = ("reading__created_by",)
    search_fields = ("reading__created_by__name",)

    @staticmethod
    def visible(person: Any) -> QuerySet[SentenceFinding]:
        return SentenceFinding.objects.filter(reading__in=visible_readings(person))


@admin.register(SentenceStarts)
class SentenceStartsAdmin(DeskAdmin):
    list_display = ("revision", "starts")
    list_select_related = ("revision",)
    search_fields = ("revision__headline",)

    @staticmethod
    def visible(person: Any) -> QuerySet[SentenceStarts]:
        return SentenceStarts.objects.filter(revision__article__in=visible_articles(person))


@admin.register(ExportFile)
class ExportFileAdmin(DeskAdmin):
    """Everybody's for administrators, one's own for editors: what was asked for says what somebody works on."""

    list_display = ("format", "rows", "sha256", "created_by", "created_at", "expires_at")
    list_filter = ("format",)
    list_select_related = ("created_by",)
    search_fields = ("sha256__startswith",)

    @staticmethod
    def visible(person: Any) -> QuerySet[ExportFile]:
        if Role.ADMINISTRATOR in roles_of(person):
            return ExportFile.objects.all()
        return ExportFile.objects.filter(created_by_id=person.pk)
