from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from annotations.models import BiasCategory, BiasExample, BiasTag, Codebook, KeptTag, SecondaryCategory
from annotations.operations.workbench.bias import CategoryOfAnotherCodebook, change_tag, retract_tag
from annotations.permissions import visible_bias_tags, visible_examples, visible_kept_tags
from articles.admin.desk import DeskAdmin, OperatedAdmin, VersionedForm, list_link, page_link
from articles.admin.retracting import retract_action
from articles.admin.wording import with_words, words
from articles.operations.quotes import AlreadyRetracted


class BiasTagForm(VersionedForm):
    """A tag, with the categories of its own codebook."""

    def __init__(self, *values: Any, **names: Any) -> None:
        super().__init__(*values, **names)
        category: Any = self.fields.get("category")
        if category is not None:
            category.queryset = BiasCategory.objects.filter(codebook=self.instance.project.codebook_id)


@admin.register(BiasTag)
class BiasTagAdmin(OperatedAdmin):
    visible = staticmethod(visible_bias_tags)
    form = BiasTagForm
    change_right = "annotations.change_biastag"
    refusals = (AlreadyRetracted, CategoryOfAnotherCodebook)
    changeable = (
        "category",
        "severity",
        "polarity",
        "target",
        "voice",
        "neutral_alternative",
        "confidence",
        "note",
    )
    list_display = (
        "category",
        words,
        "severity",
        "level",
        "article",
        "origin",
        "created_by",
        "created_at",
        "in_the_text",
    )
    list_filter = ("category", "severity", "level", "voice", "origin", ("retracted_at", admin.EmptyFieldListFilter))
    list_select_related = ("category", "article__head", "created_by")
    search_fields = ("target", "note", "uid__exact")
    readonly_fields = ("in_the_text", "further_categories")
    actions = (retract_action("tag", retract_tag, "annotations.change_biastag"),)

    @admin.display(description=_("in the text"))
    def in_the_text(self, tag: BiasTag) -> SafeString:
        return page_link("annotations:workbench", tag.article, _("Workbench"))

    @admin.display(description=_("further categories"))
    def further_categories(self, tag: BiasTag) -> str:
        return ", ".join(str(each.category) for each in tag.secondary.select_related("category"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[BiasTag]:
        return with_words(super().get_queryset(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or obj.is_live) and super().has_change_permission(request, obj)

    def operate(self, noun: BiasTag, **act: Any) -> None:
        change_tag(tag=noun, **act)


@admin.register(SecondaryCategory)
class SecondaryCategoryAdmin(DeskAdmin):
    list_display = ("category", "position", "tag")
    list_select_related = ("category", "tag__category")
    search_fields = ("category__name",)

    @staticmethod
    def visible(person: Any) -> QuerySet[SecondaryCategory]:
        return SecondaryCategory.objects.filter(tag__in=visible_bias_tags(person))


@admin.register(Codebook)
class CodebookAdmin(DeskAdmin):
    list_display = ("name", "number", "created_by", "created_at", "categories")
    list_select_related = ("created_by",)
    search_fields = ("name",)
    readonly_fields = ("categories",)

    @staticmethod
    def visible(person: Any) -> QuerySet[Codebook]:
        return Codebook.objects.all()

    @admin.display(description=_("categories"))
    def categories(self, codebook: Codebook) -> SafeString:
        return list_link(BiasCategory, _("Categories"), codebook__id__exact=codebook.pk)


@admin.register(BiasCategory)
class BiasCategoryAdmin(DeskAdmin):
    list_display = ("name", "slug", "family", "codebook", "order")
    list_filter = ("family", "codebook")
    list_select_related = ("codebook",)
    search_fields = ("name", "slug", "definition")
    ordering = ("codebook", "order")

    @staticmethod
    def visible(person: Any) -> QuerySet[BiasCategory]:
        return BiasCategory.objects.all()


@admin.register(BiasExample)
class BiasExampleAdmin(DeskAdmin):
    visible = staticmethod(visible_examples)
    list_display = ("words", "category", "is_positive", "created_by", "created_at")
    list_filter = ("is_positive", "category")
    list_select_related = ("category", "created_by")
    search_fields = ("words",)


@admin.register(KeptTag)
class KeptTagAdmin(DeskAdmin):
    visible = staticmethod(visible_kept_tags)
    list_display = ("tag", "codebook", "created_by", "created_at")
    list_filter = ("codebook",)
    list_select_related = ("tag__category", "codebook", "created_by")
    search_fields = ("tag__uid__exact",)
