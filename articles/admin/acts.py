"""What people did and undid: appended by the acts themselves, so only to be read."""

from __future__ import annotations

from django.contrib import admin

from articles.admin.desk import DeskAdmin
from articles.models import Act
from articles.permissions import visible_acts


@admin.register(Act)
class ActAdmin(DeskAdmin):
    """One's own; for administrators, everybody's. They are reverted on the person's page of acts."""

    visible = staticmethod(visible_acts)
    # Former values may name things that this person may not know of.
    left_out = ("before", "after")
    list_display = ("at", "person", "verb", "step", "kind", "article")
    list_filter = ("verb", "step", "kind")
    list_select_related = ("person", "article__head")
    search_fields = ("person__name", "noun__exact", "group__exact")
