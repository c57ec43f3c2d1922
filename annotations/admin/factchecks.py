"""Checks, reviews and verdicts. They are written on the claim's page, where the rules of checking are shown."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from annotations.models import DeskVerdict, FactCheck, Notice, Rating, RestingOn, Review, VerdictScale
from annotations.permissions import (
    visible_desk_verdicts,
    visible_fact_checks,
    visible_notices,
    visible_reviews,
)
from articles.admin.desk import DeskAdmin, page_link


@admin.register(FactCheck)
class FactCheckAdmin(DeskAdmin):
    visible = staticmethod(visible_fact_checks)
    list_display = ("claim", "state", "verdict", "rating", "checker", "due_at", "created_at", "on_the_desk")
    list_filter = ("state", "verdict", "rating")
    list_select_related = ("claim", "rating", "checker")
    search_fields = ("claim__canonical", "reason")
    readonly_fields = ("on_the_desk",)

    @admin.display(description=_("on the desk"))
    def on_the_desk(self, check: FactCheck) -> SafeString:
        return page_link("annotations:claim", check.claim, _("Page of the claim"))


@admin.register(Review)
class ReviewAdmin(DeskAdmin):
    visible = staticmethod(visible_reviews)
    list_display = ("fact_check", "decision", "reason", "created_by", "created_at")
    list_filter = ("decision",)
    list_select_related = ("fact_check__claim", "created_by")
    search_fields = ("reason",)


@admin.register(DeskVerdict)
class DeskVerdictAdmin(DeskAdmin):
    visible = staticmethod(visible_desk_verdicts)
    list_display = ("claim", "number", "verdict", "rating", "created_by", "created_at", "on_the_desk")
    list_filter = ("verdict", "rating")
    list_select_related = ("claim", "rating", "created_by")
    search_fields = ("claim__canonical", "reason")
    readonly_fields = ("on_the_desk",)

    @admin.display(description=_("on the desk"))
    def on_the_desk(self, verdict: DeskVerdict) -> SafeString:
        return page_link("annotations:claim", verdict.claim, _("Page of the claim"))


@admin.register(RestingOn)
class RestingOnAdmin(DeskAdmin):
    list_display = ("desk_verdict", "fact_check", "version_seen")
    list_select_related = ("desk_verdict__claim", "desk_verdict__rating", "fact_check__claim")
    search_fields = ("desk_verdict__reason",)

    @staticmethod
    def visible(person: Any) -> QuerySet[RestingOn]:
        return RestingOn.objects.filter(desk_verdict__in=visible_desk_verdicts(person))


@admin.register(VerdictScale)
class VerdictScaleAdmin(DeskAdmin):
    list_display = ("name", "slug")
    search_fields = ("name",)

    @staticmethod
    def visible(person: Any) -> QuerySet[VerdictScale]:
        return VerdictScale.objects.all()


@admin.register(Rating)
class RatingAdmin(DeskAdmin):
    list_display = ("name", "scale", "order", "verdicts")
    list_filter = ("scale",)
    list_select_related = ("scale",)
    search_fields = ("name",)
    ordering = ("scale", "order")

    @staticmethod
    def visible(person: Any) -> QuerySet[Rating]:
        return Rating.objects.all()


@admin.register(Notice)
class NoticeAdmin(DeskAdmin):
    """One's own. The claim it is about may since be for others alone."""

    visible = staticmethod(visible_notices)
    left_out = ("claim",)
    list_display = ("text", "kind", "created_at", "read_at")
    list_filter = ("kind", ("read_at", admin.EmptyFieldListFilter))
    search_fields = ("text",)
