"""Texts as they came and were saved, and where marks stand in them: written once, so only to be read."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import DeskAdmin
from articles.models import Anchor, Capture, CurrentAnchor, Intake, Revision, Snapshot, Span
from articles.models.words import prefix_query
from articles.permissions import visible_articles, visible_sources


@admin.register(Revision)
class RevisionAdmin(DeskAdmin):
    list_display = ("headline", "number", "created_by", "created_at", "note", "on_the_desk")
    list_select_related = ("article", "created_by")
    search_fields = ("headline",)
    readonly_fields = ("on_the_desk",)

    @staticmethod
    def visible(person: Any) -> QuerySet[Revision]:
        return Revision.objects.filter(article__in=visible_articles(person)).select_related("article__head")

    @admin.display(description=_("on the desk"))
    def on_the_desk(self, revision: Revision) -> SafeString:
        address = reverse("annotations:revision", args=[revision.article.uid, revision.number])
        return format_html('<a href="{}">{}</a>', address, _("Read it"))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        query = prefix_query(search_term)
        return (queryset.filter(headline_words=query) if query else queryset), False


@admin.register(Span)
class SpanAdmin(DeskAdmin):
    list_display = ("uid", "article", "created_by", "created_at")
    list_select_related = ("article__head", "created_by")
    search_fields = ("uid__exact",)

    @staticmethod
    def visible(person: Any) -> QuerySet[Span]:
        return Span.objects.filter(article__in=visible_articles(person))


@admin.register(Anchor)
class AnchorAdmin(DeskAdmin):
    list_display = ("exact", "start", "end", "state", "reason", "sequence", "revision", "created_by")
    list_filter = ("state",)
    list_select_related = ("revision", "created_by")
    search_fields = ("span__uid__exact",)
    search_help_text = _("The uid of a span.")

    @staticmethod
    def visible(person: Any) -> QuerySet[Anchor]:
        return Anchor.objects.filter(span__article__in=visible_articles(person))


@admin.register(CurrentAnchor)
class CurrentAnchorAdmin(DeskAdmin):
    list_display = ("anchor", "span", "revision")
    list_select_related = ("anchor", "span", "revision")
    search_fields = ("span__uid__exact",)
    search_help_text = _("The uid of a span.")

    @staticmethod
    def visible(person: Any) -> QuerySet[CurrentAnchor]:
        return CurrentAnchor.objects.filter(span__article__in=visible_articles(person))


@admin.register(Capture)
class CaptureAdmin(DeskAdmin):
    """Bytes are named here and never shown; they are known to whoever knows a text that came from them."""

    left_out = ("content",)
    list_display = ("__str__", "media_type", "sha256", "created_by", "created_at")
    list_filter = ("media_type",)
    list_select_related = ("created_by",)
    search_fields = ("sha256__startswith", "name")

    @staticmethod
    def visible(person: Any) -> QuerySet[Capture]:
        articles, sources = visible_articles(person), visible_sources(person)
        mine = OuterRef("pk")
        known = (
            Exists(Revision.objects.filter(capture=mine, article__in=articles))
            | Exists(Snapshot.objects.filter(capture=mine, source__in=sources))
            | Exists(Intake.objects.filter(Q(article=None) | Q(article__in=articles), capture=mine))
        )
        return Capture.objects.filter(known).defer("content")


@admin.register(Intake)
class IntakeAdmin(DeskAdmin):
    list_display = ("reader", "article", "refusal", "created_by", "created_at")
    list_filter = ("reader",)
    list_select_related = ("article__head", "capture", "created_by")
    search_fields = ("refusal", "capture__name")

    @staticmethod
    def visible(person: Any) -> QuerySet[Intake]:
        return Intake.objects.filter(Q(article=None) | Q(article__in=visible_articles(person))).defer(
            "capture__content"
        )
