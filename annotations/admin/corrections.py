"""What readers ask to be put right: decided on the desk, read here."""

from __future__ import annotations

from django.contrib import admin

from annotations.models import CorrectionRequest, ReaderContact
from annotations.permissions import visible_correction_requests, visible_reader_contacts
from articles.admin.desk import DeskAdmin


@admin.register(CorrectionRequest)
class CorrectionRequestAdmin(DeskAdmin):
    visible = staticmethod(visible_correction_requests)
    list_display = ("text", "state", "article", "created_at", "decided_by", "decided_at")
    list_filter = ("state",)
    list_select_related = ("article__head", "decided_by")
    search_fields = ("text",)


@admin.register(ReaderContact)
class ReaderContactAdmin(DeskAdmin):
    """How readers can be answered, for those who answer them; forgotten on the page of the request."""

    visible = staticmethod(visible_reader_contacts)
    list_display = ("contact", "request", "created_at")
    list_select_related = ("request",)
    search_fields = ("contact",)
