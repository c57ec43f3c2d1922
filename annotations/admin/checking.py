"""What stands beside checks: replies, blind rounds, translations, later sources, and how the desk says it works."""

from __future__ import annotations

from django.contrib import admin

from annotations.models import BlindRound, LaterSource, MethodsPage, Reply, Translation
from annotations.permissions import (
    every_methods_page,
    visible_blind_rounds,
    visible_later_sources,
    visible_replies,
    visible_translations,
)
from articles.admin.desk import DeskAdmin


@admin.register(Reply)
class ReplyAdmin(DeskAdmin):
    visible = staticmethod(visible_replies)
    list_display = ("whom", "claim", "asked_at", "deadline", "answered_at", "retracted_at")
    list_filter = ("channel", ("answered_at", admin.EmptyFieldListFilter))
    list_select_related = ("claim", "speaker")
    search_fields = ("name", "speaker__name", "answer", "claim__canonical")


@admin.register(BlindRound)
class BlindRoundAdmin(DeskAdmin):
    visible = staticmethod(visible_blind_rounds)
    list_display = ("claim", "created_by", "created_at", "ended_by", "ended_at")
    list_filter = (("ended_at", admin.EmptyFieldListFilter),)
    list_select_related = ("claim", "created_by", "ended_by")
    search_fields = ("claim__canonical",)


@admin.register(Translation)
class TranslationAdmin(DeskAdmin):
    visible = staticmethod(visible_translations)
    list_display = ("text", "language", "translator", "created_by", "created_at")
    list_filter = ("language",)
    list_select_related = ("created_by",)
    search_fields = ("text", "translator")


@admin.register(LaterSource)
class LaterSourceAdmin(DeskAdmin):
    visible = staticmethod(visible_later_sources)
    list_display = ("claim", "snapshot", "words", "created_at", "aside_by", "aside_at")
    list_filter = (("aside_at", admin.EmptyFieldListFilter),)
    list_select_related = ("claim", "snapshot__source", "aside_by")
    search_fields = ("claim__canonical", "snapshot__source__title")


@admin.register(MethodsPage)
class MethodsPageAdmin(DeskAdmin):
    visible = staticmethod(every_methods_page)
    list_display = ("number", "change_note", "created_by", "created_at")
    list_select_related = ("created_by",)
    search_fields = ("text", "change_note")
