"""How far people agreed, looked at and not touched: its page measures anew."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from annotations.models import MeasuredFigure, MeasuredSentence, Measurement
from annotations.permissions import visible_measurements
from articles.admin.desk import DeskAdmin
from articles.permissions import visible_articles


@admin.register(Measurement)
class MeasurementAdmin(DeskAdmin):
    visible = staticmethod(visible_measurements)
    list_display = ("project", "round", "state", "texts", "units", "created_by", "created_at")
    list_filter = ("state", "project")
    list_select_related = ("project", "round", "created_by")
    search_fields = ("project__name",)


@admin.register(MeasuredFigure)
class MeasuredFigureAdmin(DeskAdmin):
    list_display = (
        "measurement",
        "coefficient",
        "about",
        "subject",
        "first",
        "second",
        "value",
        "low",
        "high",
        "units",
    )
    list_filter = ("coefficient", "about")
    list_select_related = ("measurement", "first", "second")
    search_fields = ("subject",)

    @staticmethod
    def visible(person: Any) -> QuerySet[MeasuredFigure]:
        return MeasuredFigure.objects.filter(measurement__in=visible_measurements(person))


@admin.register(MeasuredSentence)
class MeasuredSentenceAdmin(DeskAdmin):
    list_display = ("measurement", "revision", "number", "start", "end")
    list_select_related = ("measurement", "revision")
    search_fields = ("revision__headline",)

    @staticmethod
    def visible(person: Any) -> QuerySet[MeasuredSentence]:
        return MeasuredSentence.objects.filter(
            measurement__in=visible_measurements(person), revision__article__in=visible_articles(person)
        )
