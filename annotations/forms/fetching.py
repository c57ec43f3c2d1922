"""Addresses that people give."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class AddressForm(forms.Form):
    """The address of a page or file. Whether the desk fetches it, whoever fetches says better."""

    url = forms.CharField(
        label=_("Address"),
        max_length=2000,
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off"}),
        help_text=_("Of the story itself: a page, a PDF, a Word file. robots.txt is respected."),
        error_messages={"required": _("Give the address of the story.")},
    )
