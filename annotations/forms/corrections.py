"""What a reader asks to be put right, and what the desk decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.models import RequestState
from annotations.operations.readers.corrections import LONGEST, LONGEST_REASON


class AskForm(forms.Form):
    """A reader's request. ``website`` is for programs that fill in everything: people never see it."""

    text = forms.CharField(
        label=_("What is wrong?"),
        help_text=_("And what is right, if you know: with what shows it, such as an address or a document."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 7, "dir": "auto"}),
        error_messages={"required": _("Say what is wrong.")},
    )
    place = forms.CharField(
        label=_("Where does it stand?"),
        help_text=_("The words, or where they are: the headline, the third paragraph."),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    contact = forms.CharField(
        label=_("How can we answer you?"),
        help_text=_(
            "An address of mail or a telephone number. Only the editors see it, only to answer you, and they delete it."
        ),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )
    check = forms.UUIDField(required=False, widget=forms.HiddenInput)
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_website(self) -> str:
        """Whoever fills this in reads no labels, or has a program that fills in everything."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("This field must stay empty. Empty it and send the request again."))
        return ""

    @property
    def for_people(self) -> list[Any]:
        """The fields that people see."""
        return [self[name] for name in ("text", "place", "contact")]


class DecideForm(forms.Form):
    """Accept or decline, and why, on top of the version the editor saw."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (RequestState.ACCEPTED, _("Accept: it is wrong, and is being put right")),
            (RequestState.DECLINED, _("Decline")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    reason = forms.CharField(
        label=_("Reason, as whoever asked reads it"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Say why it is accepted or declined.")},
    )
