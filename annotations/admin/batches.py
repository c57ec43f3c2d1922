from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from annotations.models import Batch, BatchPart, FollowUp
from annotations.permissions import visible_batches
from articles.admin.desk import DeskAdmin


@admin.register(Batch)
class BatchAdmin(DeskAdmin):
    """What came in at once, looked at and not touched: its page cancels it."""

    visible = staticmethod(visible_batches)
    list_display = ("name", "state", "total", "created", "known", "refused", "created_by", "created_at")
    list_filter = ("state",)
    list_select_related = ("created_by",)
    search_fields = ("name",)


@admin.register(BatchPart)
class BatchPartAdmin(DeskAdmin):
    """The results of each part, as they were told."""

    list_display = ("batch", "number")
    list_select_related = ("batch",)
    search_fields = ("=batch__uid", "results")

    @staticmethod
    def visible(person: Any) -> QuerySet[BatchPart]:
        return BatchPart.objects.filter(batch__in=visible_batches(person))


@admin.register(FollowUp)
class FollowUpAdmin(DeskAdmin):
    """What the worker does for articles after they are in."""

    list_display = ("batch", "kind", "articles", "done_at", "failures", "failed_at", "again_at")
    list_filter = ("kind",)
    list_select_related = ("batch",)
    search_fields = ("=batch__uid",)

    @staticmethod
    def visible(person: Any) -> QuerySet[FollowUp]:
        return FollowUp.objects.filter(batch__in=visible_batches(person))
