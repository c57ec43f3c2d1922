"""The filters of an export, as a page offers them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from annotations.forms.exports import KINDS, LAYERS, ORIGINS, STATUSES, ExportForm
from annotations.models import BiasCategory, Codebook, Verdict
from annotations.permissions import visible_projects
from articles.models import AnchorState
from articles.permissions import WORKING, visible_speakers

ANY = ("", _("any"))
NAMED = ("", _("by name"))
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
    "kind": _("Kind of quote or claim"),
    "codebook": _("Codebook"),
    "project": _("Project"),
    "annotator": _("Annotator"),
    "language": _("Language"),
    "status": _("Check"),
    "verdict": _("Verdict"),
    "only_human": _("Made by"),
    "anonymous": _("Annotators"),
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
            "kind": KINDS,
            "codebook": [(str(each), str(each)) for each in Codebook.objects.order_by("name", "number")],
            "project": visible_projects(person).order_by("name").values_list("slug", "name"),
            "annotator": _annotators(),
            "status": STATUSES,
            "verdict": Verdict.choices,
            "only_human": [("1", _("people alone"))],
            "anonymous": [("1", _("pseudonyms"))],
        }
        for name, label in LABELS.items():
            self.fields[name].label = label
        for name, known in choices.items():
            self.fields[name].widget = forms.Select(choices=[NAMED if name == "anonymous" else ANY, *known])
        for name in ("since", "until"):
            self.fields[name].help_text = DATE_HINT

    def shown(self) -> list[forms.BoundField]:
        """The fields in the order of the page."""
        return [self[name] for name in LABELS]


def _annotators() -> Any:
    """Everybody who works or has worked here, by name."""
    people = get_user_model()._default_manager.filter(groups__name__in=WORKING).distinct()
    return people.order_by("name").values_list("uid", "name")
