from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.desk import OperatedAdmin, act_of, list_link, page_link
from articles.models import Quote, Speaker, Stale
from articles.naming.keys import word_keys
from articles.operations.speakers import MergeImpossible, add_speaker, change_speaker, merge_speakers
from articles.operations.splitting import Apart, SplitImpossible, split_speaker


@admin.register(Speaker)
class SpeakerAdmin(OperatedAdmin):
    change_right = "articles.change_speaker"
    changeable = ("name", "kind", "title", "affiliation", "aliases")
    left_out = ("keys",)
    list_display = ("name", "kind", "title", "affiliation", "merged_into", "on_the_desk")
    list_filter = ("kind", ("merged_into", admin.EmptyFieldListFilter), "is_demonstration")
    list_select_related = ("merged_into",)
    search_fields = ("name",)
    search_help_text = gettext_lazy("A name, or a word of one.")
    readonly_fields = ("on_the_desk", "quotes")
    ordering = ("name", "pk")
    actions = ("merge", "split")

    @staticmethod
    def visible(person: Any) -> QuerySet[Speaker]:
        return Speaker.objects.all()

    @admin.display(description=gettext_lazy("on the desk"))
    def on_the_desk(self, speaker: Speaker) -> SafeString | str:
        return page_link("annotations:speaker", speaker, _("Page")) if speaker.pk else ""

    @admin.display(description=gettext_lazy("quotes"))
    def quotes(self, speaker: Speaker) -> SafeString | str:
        return list_link(Quote, _("Quotes"), speaker__id__exact=speaker.pk) if speaker.pk else ""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By the index of names and their words in any spelling; half a word is compared with how names begin."""
        keys = word_keys(search_term)
        if not keys:
            return queryset, False
        return queryset.filter(keys__contains=keys) | queryset.filter(name__istartswith=search_term), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("articles.add_speaker"))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        values = {name: form.cleaned_data[name] for name in self.changeable}
        values["aliases"] = values["aliases"] or []
        made = add_speaker(**values, **act_of(request))
        obj.pk, obj.uid = made.pk, made.uid

    def operate(self, noun: Speaker, **act: Any) -> None:
        change_speaker(speaker=noun, **act)

    @admin.action(description=gettext_lazy("Merge two into one"))
    def merge(self, request: HttpRequest, queryset: QuerySet[Speaker]) -> HttpResponse | None:
        """Ask which name stays, then merge the other into it."""
        speakers = list(queryset)
        if not request.user.has_perm("articles.merge_speakers") or len(speakers) != 2:
            messages.error(request, _("Choose exactly two speakers who are one."))
            return None
        if "kept" not in request.POST:
            context = {
                **self.admin_site.each_context(request),
                "title": _("Merge two into one"),
                "speakers": speakers,
                "opts": self.opts,
                "checkbox": ACTION_CHECKBOX_NAME,
            }
            return TemplateResponse(request, "admin/merge.html", context)
        kept, merged = sorted(speakers, key=lambda speaker: str(speaker.pk) != request.POST["kept"])
        self._merge(request, kept, merged)
        return None

    @admin.action(description=gettext_lazy("Take a merged name apart again"))
    def split(self, request: HttpRequest, queryset: QuerySet[Speaker]) -> HttpResponse | None:
        """Ask whether it should, then let a former speaker stand for itself again."""
        speakers = list(queryset.select_related("merged_into"))
        may = request.user.has_perm("articles.merge_speakers")
        if not may or len(speakers) != 1 or speakers[0].merged_into is None:
            messages.error(request, _("Choose exactly one speaker that was merged into another."))
            return None
        if "sure" not in request.POST:
            context = {
                **self.admin_site.each_context(request),
                "title": _("Take a merged name apart again"),
                "former": speakers[0],
                "opts": self.opts,
                "checkbox": ACTION_CHECKBOX_NAME,
            }
            return TemplateResponse(request, "admin/split.html", context)
        self._split(request, speakers[0].merged_into, speakers[0])
        return None

    def _split(self, request: HttpRequest, kept: Speaker, former: Speaker) -> None:
        apart = Apart(former, _seen(request, former))
        try:
            split_speaker(kept=kept, seen=_seen(request, kept), apart=apart, **act_of(request))
        except (SplitImpossible, Stale) as refusal:
            messages.error(request, str(refusal))
        else:
            told = _("%(former)s is a speaker of their own again.")
            messages.success(request, told % {"former": former.name})

    def _merge(self, request: HttpRequest, kept: Speaker, merged: Speaker) -> None:
        try:
            merge_speakers(
                kept=kept,
                merged=merged,
                seen_kept=_seen(request, kept),
                seen_merged=_seen(request, merged),
                **act_of(request),
            )
        except (MergeImpossible, Stale) as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("%(merged)s is %(kept)s now.") % {"merged": merged.name, "kept": kept.name})


def _seen(request: HttpRequest, speaker: Speaker) -> int:
    """The version of a speaker that the page showed."""
    return int(request.POST.get(f"seen-{speaker.pk}") or 0)
