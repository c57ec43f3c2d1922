"""What went out to readers, and where they find it: to be read only."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from articles.admin.desk import DeskAdmin
from articles.models import Publication, ReaderAddress
from articles.permissions import visible_articles


@admin.register(Publication)
class PublicationAdmin(DeskAdmin):
    list_display = ("article", "number", "revision", "created_by", "created_at")
    list_select_related = ("article__head", "revision", "created_by")
    search_fields = ("article__slug",)

    @staticmethod
    def visible(person: Any) -> QuerySet[Publication]:
        return Publication.objects.filter(article__in=visible_articles(person))


@admin.register(ReaderAddress)
class ReaderAddressAdmin(DeskAdmin):
    list_display = ("slug", "article", "created_by", "created_at")
    list_select_related = ("article__head", "created_by")
    search_fields = ("slug",)

    @staticmethod
    def visible(person: Any) -> QuerySet[ReaderAddress]:
        return ReaderAddress.objects.filter(article__in=visible_articles(person))
