"""What wires said, what became of it, what is stopped, and by what texts are found again: to be read only.

A wire's message that became nothing here has no article to hide behind, and names nothing but itself.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import DeskAdmin
from articles.models import Fingerprint, Hold, Story, WireAnswer, WireIdentity, WireItem
from articles.permissions import visible_articles, visible_holds


@admin.register(WireIdentity)
class WireIdentityAdmin(DeskAdmin):
    list_display = ("guid", "provider", "article", "created_at")
    list_select_related = ("article__head",)
    search_fields = ("guid__startswith", "provider")
    search_help_text = _("The beginning of an identifier, or a provider.")

    @staticmethod
    def visible(person: Any) -> QuerySet[WireIdentity]:
        return WireIdentity.objects.filter(_nothing_hidden("article", person))


@admin.register(WireItem)
class WireItemAdmin(DeskAdmin):
    list_display = ("identity", "version", "pub_status", "outcome", "article", "refusal", "created_at")
    list_filter = ("outcome", "pub_status")
    list_select_related = ("identity", "article__head", "revision", "capture", "created_by")
    search_fields = ("identity__guid__startswith", "identity__provider")
    search_help_text = _("The beginning of an identifier, or a provider.")

    @staticmethod
    def visible(person: Any) -> QuerySet[WireItem]:
        hidden = _nothing_hidden("article", person) & _nothing_hidden("identity__article", person)
        return WireItem.objects.filter(hidden).defer("capture__content")


@admin.register(WireAnswer)
class WireAnswerAdmin(DeskAdmin):
    list_display = ("item", "answer", "revision", "created_by", "created_at")
    list_filter = ("answer",)
    list_select_related = ("item__identity", "revision", "created_by")
    search_fields = ("item__identity__guid__startswith",)

    @staticmethod
    def visible(person: Any) -> QuerySet[WireAnswer]:
        return WireAnswer.objects.filter(item__article__in=visible_articles(person))


@admin.register(Hold)
class HoldAdmin(DeskAdmin):
    list_display = ("article", "ground", "placed_as", "reason", "created_by", "created_at", "lifted_by", "lifted_at")
    list_filter = ("ground", "placed_as")
    list_select_related = ("article__head", "wire_item__identity", "created_by", "acknowledged_by", "lifted_by")
    search_fields = ("wire_item__identity__guid__startswith", "acknowledged_by__name", "lifted_by__name")

    visible = staticmethod(visible_holds)


@admin.register(Story)
class StoryAdmin(DeskAdmin):
    list_display = ("uid", "created_by", "created_at")
    list_select_related = ("created_by",)
    search_fields = ("uid__exact",)

    @staticmethod
    def visible(person: Any) -> QuerySet[Story]:
        return Story.objects.filter(versions__in=visible_articles(person)).distinct()


@admin.register(Fingerprint)
class FingerprintAdmin(DeskAdmin):
    list_display = ("revision", "folded_sha256")
    list_select_related = ("revision",)
    search_fields = ("folded_sha256__startswith",)

    @staticmethod
    def visible(person: Any) -> QuerySet[Fingerprint]:
        return Fingerprint.objects.filter(revision__article__in=visible_articles(person))


def _nothing_hidden(article: str, person: Any) -> Q:
    """Of no article, or of one the person may know of."""
    return Q(**{article: None}) | Q(**{f"{article}__in": visible_articles(person)})
