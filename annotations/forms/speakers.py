"""What people fill in about somebody who is quoted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.forms.claims import ANY, VersionedForm
from articles.models import Speaker, SpeakerKind


class SpeakerFilterForm(forms.Form):
    """What the list of speakers shows."""

    words = forms.CharField(
        label=_("Name"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[*ANY, *SpeakerKind.choices], required=False)


class SpeakerForm(VersionedForm):
    """Who somebody is."""

    name = forms.CharField(label=_("Name"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto"}))
    kind = forms.ChoiceField(label=_("Kind"), choices=SpeakerKind.choices)
    title = forms.CharField(
        label=_("Title or office"), max_length=300, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    affiliation = forms.CharField(
        label=_("Affiliation"), max_length=300, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    aliases = forms.CharField(
        label=_("Also known as"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("One name on a line: other spellings, other scripts, former names."),
    )

    @staticmethod
    def values_of(speaker: Speaker) -> dict[str, Any]:
        """A speaker's values, as this form begins with them."""
        values = {name: getattr(speaker, name) for name in SpeakerForm.base_fields}
        return {**values, "aliases": "\n".join(speaker.aliases)}

    def clean_aliases(self) -> list[str]:
        names = [line.strip() for line in self.cleaned_data["aliases"].splitlines()]
        aliases = list(dict.fromkeys(name for name in names if name))
        if any(len(alias) > 300 for alias in aliases):
            raise forms.ValidationError(_("A name has at most 300 characters."))
        return aliases

    def values(self) -> dict[str, Any]:
        """What ``add_speaker`` and ``change_speaker`` are to write."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class MergeForm(forms.Form):
    """Which speaker becomes part of this one, and the versions of both that were seen."""

    merged = forms.UUIDField()
    seen_kept = forms.IntegerField(min_value=1)
    seen_merged = forms.IntegerField(min_value=1)

    def values(self) -> tuple[UUID, int, int]:
        chosen = self.cleaned_data
        return chosen["merged"], chosen["seen_kept"], chosen["seen_merged"]
