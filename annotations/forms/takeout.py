"""The filters of an export, as a page offers them."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django import forms
from django.contrib.auth.models import AbstractUser
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from annotations.forms.exports import LAYERS, ExportForm
from annotations.models import BiasCategory
from articles.models import AnchorState
from articles.permissions import visible_speakers
from articles.permissions import visible_speakers

ANY = ("", _("any"))
MOST_SPEAKERS = 500
DATE_HINT = _("Such as 2025-05-13.")


class TakeOutForm(ExportForm):
    """The same filters as the address of an export takes, with names for people and values to choose from."""

    layer = forms.ChoiceField(label=_("Kind"), choices=[ANY, *LAYERS], required=False)
    category = forms.ChoiceField(label=_("Bias category"), required=False)
    speaker = forms.TypedChoiceField(label=_("Speaker"), required=False, coerce=UUID, empty_value=None)
    outlet = forms.CharField(
        label=_("Outlet"), max_length=200, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    status = forms.ChoiceField(label=_("Place in the text"), choices=[ANY, *AnchorState.choices], required=False)
    since = forms.DateTimeField(label=_("Made since"), required=False, help_text=DATE_HINT)
    until = forms.DateTimeField(label=_("Made before"), required=False, help_text=DATE_HINT)

    def __init__(self, asked: QueryDict, *, person: AbstractUser) -> None:
        super().__init__(asked)
        categories = BiasCategory.objects.order_by("name").values_list("slug", "name").distinct()
        speakers = visible_speakers(person).filter(merged_into=None).order_by("name", "pk")
        cast("forms.ChoiceField", self.fields["category"]).choices = [ANY, *categories]
        cast("forms.ChoiceField", self.fields["speaker"]).choices = [
            ANY,
            *((str(uid), name) for uid, name in speakers.values_list("uid", "name")[:MOST_SPEAKERS]),
        ]

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.values())
