"""Releases: named here, their bytes never shown."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from annotations.models import Dataset, DatasetText
from annotations.permissions import visible_datasets
from articles.admin.desk import DeskAdmin


@admin.register(Dataset)
class DatasetAdmin(DeskAdmin):
    left_out = ("content",)
    list_display = ("project", "release", "title", "licence", "size", "sha256", "created_by", "created_at")
    list_filter = ("project",)
    list_select_related = ("project", "created_by")
    search_fields = ("title", "sha256__startswith")

    @staticmethod
    def visible(person: Any) -> QuerySet[Dataset]:
        return visible_datasets(person).defer("content")


@admin.register(DatasetText)
class DatasetTextAdmin(DeskAdmin):
    list_display = ("dataset", "revision", "is_in_full")
    list_filter = ("is_in_full",)
    list_select_related = ("dataset", "revision")
    search_fields = ("dataset__release",)

    @staticmethod
    def visible(person: Any) -> QuerySet[DatasetText]:
        return DatasetText.objects.filter(dataset__in=visible_datasets(person))
