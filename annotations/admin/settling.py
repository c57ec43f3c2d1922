"""What was settled about labels: to be read only."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from annotations.models import AdjudicatedLabel, SettledTag, Settlement
from annotations.permissions import visible_settlements
from articles.admin.desk import DeskAdmin


@admin.register(Settlement)
class SettlementAdmin(DeskAdmin):
    visible = staticmethod(visible_settlements)
    list_display = ("round", "revision", "decided", "reason", "created_by", "created_at")
    list_filter = ("decided",)
    list_select_related = ("round", "revision", "created_by")
    search_fields = ("reason",)


@admin.register(SettledTag)
class SettledTagAdmin(DeskAdmin):
    list_display = ("settlement", "tag", "tag_version")
    list_select_related = ("settlement", "tag__category")
    search_fields = ("tag__uid__exact",)

    @staticmethod
    def visible(person: Any) -> QuerySet[SettledTag]:
        return SettledTag.objects.filter(settlement__in=visible_settlements(person))


@admin.register(AdjudicatedLabel)
class AdjudicatedLabelAdmin(DeskAdmin):
    list_display = ("category", "severity", "level", "start", "end", "settlement", "created_by", "created_at")
    list_filter = ("level", "severity")
    list_select_related = ("category", "settlement", "created_by")
    search_fields = ("category__slug",)

    @staticmethod
    def visible(person: Any) -> QuerySet[AdjudicatedLabel]:
        return AdjudicatedLabel.objects.filter(settlement__in=visible_settlements(person))
