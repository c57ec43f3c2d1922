"""Taking annotations back from a list, with a reason, under the versions that were shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.desk import act_of
from articles.models import Stale
from articles.operations.quotes import AlreadyRetracted

Retract = Callable[..., Any]


def retract_action(keyword: str, operation: Retract, right: str) -> Callable[..., HttpResponse | None]:
    """An action that asks for the reason and then retracts what may be retracted.

    :param keyword: what ``operation`` calls the noun.
    """

    @admin.action(description=gettext_lazy("Retract, with a reason"))
    def retract(table: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        if "reason" not in request.POST:
            return _ask(table, request, queryset)
        retracted = sum(_retract_one(request, noun, keyword, operation, right) for noun in queryset)
        if retracted:
            said = ngettext("%(count)d annotation is retracted.", "%(count)d annotations are retracted.", retracted)
            messages.success(request, said % {"count": retracted})
        return None

    return retract


def _ask(table: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
    context = {
        **table.admin_site.each_context(request),
        "title": _("Retract"),
        "nouns": queryset,
        "opts": table.opts,
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/retract.html", context)


def _retract_one(request: HttpRequest, noun: Any, keyword: str, operation: Retract, right: str) -> bool:
    if not request.user.has_perm(right, noun):
        messages.error(request, _("You may not retract “%(noun)s”.") % {"noun": noun})
        return False
    seen = request.POST.get(f"seen-{noun.pk}", "")
    try:
        operation(
            **{keyword: noun},
            seen=int(seen) if seen.isdigit() else 0,
            **act_of(request),
            reason=request.POST["reason"][:500],
        )
    except (AlreadyRetracted, Stale) as refusal:
        messages.error(request, f"“{noun}”: {refusal}")
        return False
    return True
