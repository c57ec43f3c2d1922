from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import DeskAdmin, OperatedAdmin, list_link, page_link
from articles.models import LexemeCount, Passage, PassageCount, PassageWords, Snapshot, Source, SourceAdmission
from articles.models.words import prefix_query
from articles.operations.sources import change_source
from articles.permissions import visible_sources


@admin.register(Source)
class SourceAdmin(OperatedAdmin):
    visible = staticmethod(visible_sources)
    change_right = "articles.change_source"
    changeable = (
        "title",
        "publisher",
        "kind",
        "url",
        "url_note",
        "published_date",
        "obtained_from",
        "interests",
        "language",
        "rights",
        "rights_terms",
        "rights_end_date",
    )
    list_display = ("title", "publisher", "kind", "published_date", "rights", "access", "on_the_desk")
    list_filter = ("rights", "access", "is_demonstration")
    search_fields = ("title", "publisher")
    search_help_text = _("Words of the title or the publisher; the last one may be unfinished.")
    readonly_fields = ("on_the_desk", "snapshots")
    ordering = ("-created_at", "-pk")

    @admin.display(description=_("on the desk"))
    def on_the_desk(self, source: Source) -> SafeString:
        return page_link("annotations:source", source, _("Page"))

    @admin.display(description=_("snapshots"))
    def snapshots(self, source: Source) -> SafeString:
        return list_link(Snapshot, _("Snapshots"), source__id__exact=source.pk)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        query = prefix_query(search_term)
        return (queryset.filter(words=query) if query else queryset), False

    def operate(self, noun: Source, **act: Any) -> None:
        change_source(source=noun, **act)


@admin.register(SourceAdmission)
class SourceAdmissionAdmin(DeskAdmin):
    list_display = ("source", "person", "created_by", "created_at")
    list_select_related = ("source", "person", "created_by")
    search_fields = ("person__name",)

    @staticmethod
    def visible(person: Any) -> QuerySet[SourceAdmission]:
        return SourceAdmission.objects.filter(source__in=visible_sources(person))


@admin.register(Snapshot)
class SnapshotAdmin(DeskAdmin):
    list_display = ("source", "number", "basis", "captured_at", "created_by")
    list_filter = ("basis",)
    list_select_related = ("source", "created_by")
    search_fields = ("source__title",)

    @staticmethod
    def visible(person: Any) -> QuerySet[Snapshot]:
        return Snapshot.objects.filter(source__in=visible_sources(person))


@admin.register(Passage)
class PassageAdmin(DeskAdmin):
    list_display = ("__str__", "snapshot", "position", "start", "end")
    list_select_related = ("snapshot",)
    search_fields = ("text",)

    @staticmethod
    def visible(person: Any) -> QuerySet[Passage]:
        return Passage.objects.filter(snapshot__source__in=visible_sources(person))


@admin.register(PassageWords)
class PassageWordsAdmin(DeskAdmin):
    left_out = ("words",)
    list_display = ("__str__", "configuration", "length")
    list_filter = ("configuration",)
    list_select_related = ("passage",)
    search_fields = ("passage__text",)

    @staticmethod
    def visible(person: Any) -> QuerySet[PassageWords]:
        return PassageWords.objects.filter(snapshot__source__in=visible_sources(person))


@admin.register(PassageCount)
class PassageCountAdmin(DeskAdmin):
    list_display = ("configuration", "passages", "mean_length", "counted_at")
    search_fields = ("configuration",)

    @staticmethod
    def visible(person: Any) -> QuerySet[PassageCount]:
        return PassageCount.objects.all()


@admin.register(LexemeCount)
class LexemeCountAdmin(DeskAdmin):
    """Without the lexemes themselves: some may stand in sources that are restricted."""

    left_out = ("lexeme",)
    list_display = ("configuration", "passages")
    search_fields = ("configuration",)
    list_filter = ("configuration",)

    @staticmethod
    def visible(person: Any) -> QuerySet[LexemeCount]:
        return LexemeCount.objects.all()
