from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import DeskAdmin, OperatedAdmin, page_link
from articles.admin.retracting import retract_action
from articles.admin.wording import with_words, words
from articles.models import ProposedSpeaker, QuotationRun, Quote, QuotedWords
from articles.operations.quotes import AlreadyRetracted, change_quote, retract_quote
from articles.permissions import visible_articles, visible_quotes, visible_sources


@admin.register(QuotationRun)
class QuotationRunAdmin(DeskAdmin):
    list_display = ("revision", "version", "created_by", "created_at")
    list_filter = ("version",)
    list_select_related = ("revision", "created_by")
    search_fields = ("revision__uid__exact",)
    search_help_text = _("The uid of a revision.")

    @staticmethod
    def visible(person: Any) -> QuerySet[QuotationRun]:
        return QuotationRun.objects.filter(revision__article__in=visible_articles(person))


@admin.register(ProposedSpeaker)
class ProposedSpeakerAdmin(DeskAdmin):
    list_display = ("name", "title", "affiliation", "why_unnamed", "quote")
    list_select_related = ("quote__speaker",)
    search_fields = ("quote__uid__exact",)
    search_help_text = _("The uid of a quote.")

    @staticmethod
    def visible(person: Any) -> QuerySet[ProposedSpeaker]:
        return ProposedSpeaker.objects.filter(quote__in=visible_quotes(person))


@admin.register(Quote)
class QuoteAdmin(OperatedAdmin):
    visible = staticmethod(visible_quotes)
    change_right = "articles.change_quote"
    refusals = (AlreadyRetracted,)
    changeable = ("kind", "speaker", "cue", "mention", "language", "wording", "note")
    autocomplete_fields = ("speaker",)
    list_display = (
        "__str__",
        words,
        "article",
        "language",
        "origin",
        "created_by",
        "created_at",
        "retracted_at",
        "in_the_text",
    )
    list_filter = ("kind", "wording", "origin", ("retracted_at", admin.EmptyFieldListFilter))
    list_select_related = ("article__head", "speaker", "created_by")
    search_fields = ("mention", "cue", "speaker__name", "uid__exact")
    readonly_fields = ("in_the_text",)
    actions = (retract_action("quote", retract_quote, "articles.change_quote"),)

    @admin.display(description=_("in the text"))
    def in_the_text(self, quote: Quote) -> SafeString:
        return page_link("annotations:workbench", quote.article, _("Workbench"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quote]:
        return with_words(super().get_queryset(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or obj.is_live) and super().has_change_permission(request, obj)

    def operate(self, noun: Quote, **act: Any) -> None:
        change_quote(quote=noun, **act)


@admin.register(QuotedWords)
class QuotedWordsAdmin(DeskAdmin):
    list_display = ("__str__", "quote", "passage")
    list_select_related = ("quote__speaker", "passage")
    search_fields = ("quote__uid__exact", "passage__text")

    @staticmethod
    def visible(person: Any) -> QuerySet[QuotedWords]:
        of_quotes = Q(quote__in=visible_quotes(person))
        return QuotedWords.objects.filter(of_quotes | Q(passage__snapshot__source__in=visible_sources(person)))
