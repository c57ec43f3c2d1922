from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import DeskAdmin, OperatedAdmin, VersionedForm, list_link, page_link
from articles.models import Admission, Article, ArticleState, Draft, Quote, Revision, Span
from articles.models.words import prefix_query
from articles.operations.articles import (
    NEXT_STATES,
    ArticleHeld,
    RemovedLinesUnseen,
    StateOutOfOrder,
    change_article,
    move_article,
)
from articles.operations.declaring import Undeclared
from articles.permissions import visible_articles, visible_drafts


class ArticleForm(VersionedForm):
    """What is known about a piece, and the states it may go to from where it stands."""

    def __init__(self, *values: Any, **names: Any) -> None:
        super().__init__(*values, **names)
        state = self.fields.get("state")
        if isinstance(state, forms.TypedChoiceField):
            stands = self.instance.state
            state.choices = [
                (value, label) for value, label in ArticleState.choices if value in {stands, *NEXT_STATES[stands]}
            ]


@admin.register(Article)
class ArticleAdmin(OperatedAdmin):
    visible = staticmethod(visible_articles)
    form = ArticleForm
    change_right = "articles.change_article"
    refusals = (StateOutOfOrder, RemovedLinesUnseen, ArticleHeld, Undeclared)
    changeable = (
        "state",
        "embargo_until",
        "language",
        "outlet",
        "byline",
        "dateline",
        "credit",
        "section",
        "canonical_url",
        "published_at",
        "date_basis",
        "date_note",
        "rights",
        "rights_terms",
        "rights_end_date",
        "usage_terms",
        "editor_note",
    )
    list_display = ("headline", "state", "outlet", "received_at", "rights", "access", "embargo_until", "on_the_desk")
    list_filter = ("state", "rights", "access", "is_demonstration")
    list_select_related = ("head",)
    search_fields = ("head__headline",)
    search_help_text = _("Words of the headline; the last one may be unfinished.")
    readonly_fields = ("headline", "on_the_desk", "its_rows")
    ordering = ("-received_at", "-pk")

    @admin.display(description=_("headline"))
    def headline(self, article: Article) -> str:
        return article.head.headline

    @admin.display(description=_("on the desk"))
    def on_the_desk(self, article: Article) -> SafeString:
        return page_link("annotations:workbench", article, _("Workbench"))

    @admin.display(description=_("its rows"))
    def its_rows(self, article: Article) -> SafeString:
        links = [(Revision, _("Revisions")), (Span, _("Spans")), (Quote, _("Quotes")), (Admission, _("Admissions"))]
        return SafeString(" · ".join(list_link(model, text, article__id__exact=article.pk) for model, text in links))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By the index that holds the headlines' words."""
        query = prefix_query(search_term)
        return (queryset.filter(head__headline_words=query) if query else queryset), False

    def operate(self, noun: Article, **act: Any) -> None:
        """What is known first, then the step to another state."""
        state = act.pop("state", None)
        if set(act) - {"seen", "by", "at"}:
            noun = change_article(article=noun, **act)
        if state is not None:
            move_article(article=noun, state=state, seen=noun.version, by=act["by"], at=act["at"])


@admin.register(Draft)
class DraftAdmin(DeskAdmin):
    list_display = ("article", "author", "saved_at")
    list_select_related = ("article__head", "author")
    search_fields = ("headline",)

    @staticmethod
    def visible(person: Any) -> QuerySet[Draft]:
        return visible_drafts(person).filter(article__in=visible_articles(person))


@admin.register(Admission)
class AdmissionAdmin(DeskAdmin):
    list_display = ("article", "person", "ground", "created_by", "created_at")
    list_filter = ("ground",)
    list_select_related = ("article__head", "person", "created_by")
    search_fields = ("person__name",)

    @staticmethod
    def visible(person: Any) -> QuerySet[Admission]:
        return Admission.objects.filter(article__in=visible_articles(person))
