from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from annotations.models import Guidelines, Participant, ReadingReopened, Round, RoundText, TimeSpent
from annotations.permissions import (
    visible_guidelines,
    visible_participants,
    visible_readings,
    visible_rounds,
)
from articles.admin.desk import DeskAdmin
from articles.permissions import visible_articles


@admin.register(Round)
class RoundAdmin(DeskAdmin):
    list_display = ("project", "number", "kind", "opened_at", "closed_at")
    list_filter = ("kind", "project")
    list_select_related = ("project",)
    search_fields = ("project__name",)

    visible = staticmethod(visible_rounds)


@admin.register(RoundText)
class RoundTextAdmin(DeskAdmin):
    list_display = ("round", "position", "pinned", "withdrawn_at")
    list_select_related = ("round", "pinned")
    search_fields = ("pinned__revision__headline",)

    @staticmethod
    def visible(person: Any) -> QuerySet[RoundText]:
        return RoundText.objects.filter(
            round__in=visible_rounds(person), pinned__revision__article__in=visible_articles(person)
        )


@admin.register(Guidelines)
class GuidelinesAdmin(DeskAdmin):
    list_display = ("project", "number", "created_by", "created_at")
    list_filter = ("project",)
    list_select_related = ("project", "created_by")
    search_fields = ("project__name", "text")

    visible = staticmethod(visible_guidelines)


@admin.register(Participant)
class ParticipantAdmin(DeskAdmin):
    list_display = ("person", "project", "quota", "consented_at", "left_at")
    list_filter = ("project",)
    list_select_related = ("person", "project")
    search_fields = ("person__name",)

    visible = staticmethod(visible_participants)


@admin.register(ReadingReopened)
class ReadingReopenedAdmin(DeskAdmin):
    list_display = ("reading", "submitted_at", "reason", "created_by", "created_at")
    list_select_related = ("reading__created_by", "created_by")
    search_fields = ("reading__created_by__name",)

    @staticmethod
    def visible(person: Any) -> QuerySet[ReadingReopened]:
        return ReadingReopened.objects.filter(reading__in=visible_readings(person))


@admin.register(TimeSpent)
class TimeSpentAdmin(DeskAdmin):
    list_display = ("reading", "seconds", "heard_at")
    list_select_related = ("reading__created_by",)
    search_fields = ("reading__created_by__name",)

    @staticmethod
    def visible(person: Any) -> QuerySet[TimeSpent]:
        return TimeSpent.objects.filter(reading__in=visible_readings(person))
