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


class ChosenQuotes(forms.MultipleChoiceField):
    """Quotes by their uids, each with the version that was seen: ``uid:version``."""

    def valid_value(self, value: Any) -> bool:
        uid, _colon, version = str(value).partition(":")
        try:
            UUID(uid)
        except ValueError:
            return False
        return version.isdecimal() and len(version) < 10


class SplitForm(forms.Form):
    """Who is taken out of a speaker, and which quotes go along.

    ``who`` is ``former:uid:version`` of a speaker that was merged, ``alias:name``, or ``new`` with ``name``.
    """

    seen = forms.IntegerField(min_value=1)
    who = forms.RegexField(r"^(former:[0-9a-fA-F-]{36}:[0-9]{1,9}|alias:.+|new)$", max_length=320)
    name = forms.CharField(max_length=300, required=False)
    quotes = ChosenQuotes(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("who") == "new" and not cleaned.get("name"):
            self.add_error("name", _("Say by what name the new speaker goes."))
        return cleaned

    @property
    def former(self) -> tuple[UUID, int] | None:
        """The uid of the former speaker and the version seen of it; None where somebody new is made."""
        kind, _colon, rest = self.cleaned_data["who"].partition(":")
        if kind != "former":
            return None
        uid, _colon, version = rest.partition(":")
        return UUID(uid), int(version)

    @property
    def new_name(self) -> str:
        kind, _colon, alias = self.cleaned_data["who"].partition(":")
        return str(alias) if kind == "alias" else str(self.cleaned_data["name"])

    @property
    def chosen(self) -> dict[UUID, int]:
        """The quotes that go along, with the versions seen."""
        pairs = (value.partition(":") for value in self.cleaned_data["quotes"])
        return {UUID(uid): int(version) for uid, _colon, version in pairs}


class MergeForm(forms.Form):
    """Which speaker becomes part of this one, and the versions of both that were seen."""

    merged = forms.UUIDField()
    seen_kept = forms.IntegerField(min_value=1)
    seen_merged = forms.IntegerField(min_value=1)

    def values(self) -> tuple[UUID, int, int]:
        chosen = self.cleaned_data
        return chosen["merged"], chosen["seen_kept"], chosen["seen_merged"]
