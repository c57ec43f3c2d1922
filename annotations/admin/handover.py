"""How checks changed hands: to be read only."""

from __future__ import annotations

from django.contrib import admin

from annotations.models import HandOver
from annotations.permissions import visible_hand_overs
from articles.admin.desk import DeskAdmin


@admin.register(HandOver)
class HandOverAdmin(DeskAdmin):
    visible = staticmethod(visible_hand_overs)
    list_display = ("fact_check", "giver", "receiver", "note", "created_at", "acknowledged_at")
    list_select_related = ("fact_check__claim", "giver", "receiver", "created_by")
    search_fields = ("giver__name", "receiver__name")
