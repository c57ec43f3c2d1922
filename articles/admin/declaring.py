"""What changes of published pieces were said to be, and what outlets were asked: to be read only."""

from __future__ import annotations

from django.contrib import admin

from articles.admin.desk import DeskAdmin
from articles.models import Declaration, OutletRequest
from articles.permissions import visible_declarations, visible_outlet_requests


@admin.register(Declaration)
class DeclarationAdmin(DeskAdmin):
    visible = staticmethod(visible_declarations)
    list_display = ("article", "kind", "text", "created_by", "created_at")
    list_filter = ("kind",)
    list_select_related = ("article__head", "revision", "created_by")
    search_fields = ("text",)


@admin.register(OutletRequest)
class OutletRequestAdmin(DeskAdmin):
    visible = staticmethod(visible_outlet_requests)
    list_display = ("article", "asked_of", "asked_date", "answer", "answered_date", "answered_by")
    list_filter = ("answer",)
    list_select_related = ("article__head", "answered_by", "created_by")
    search_fields = ("asked_of",)
