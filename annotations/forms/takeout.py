"""The filters of an export, as a page offers them."""

from __future__ import annotations

from django import forms
from django.contrib.auth.models import AbstractUser
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from annotations.forms.exports import LAYERS, ORIGINS, ExportForm
from annotations.models import BiasCategory
from articles.models import AnchorState
from articles.permissions import visible_speakers

ANY = ("", _("any"))
MOST_SPEAKERS = 500
DATE_HINT = _("Such as 2025-05-13.")
LABELS = {
    "layer": _("Kind"),
    "category": _("Bias category"),
    "speaker": _("Speaker"),
    "outlet": _("Outlet"),
    "state": _("Place in the text"),
    "origin": _("Origin"),
    "since": _("Made since"),
    "until": _("Made before"),
}


class TakeOutForm(ExportForm):
    """The same filters as the address of an export takes, with labels, and with names to choose from."""

    def __init__(self, asked: QueryDict, *, person: AbstractUser) -> None:
        super().__init__(asked)
        categories = BiasCategory.objects.order_by("name").values_list("slug", "name").distinct()
        speakers = visible_speakers(person).filter(merged_into=None).order_by("name", "pk")
        choices = {
            "layer": LAYERS,
            "category": categories,
            "speaker": speakers.values_list("uid", "name")[:MOST_SPEAKERS],
            "state": AnchorState.choices,
            "origin": ORIGINS,
        }
        for name, label in LABELS.items():
            self.fields[name].label = label
        for name, known in choices.items():
            self.fields[name].widget = forms.Select(choices=[ANY, *known])
        for name in ("since", "until"):
            self.fields[name].help_text = DATE_HINT
