"""What people say about a feed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.forms.claims import VersionedForm
from annotations.forms.languages import LANGUAGES, UNSTATED
from articles.models import Feed
from articles.models.feed import LONGEST_INTERVAL, SHORTEST_INTERVAL


class FeedForm(VersionedForm):
    """An address that brings copy by itself."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    url = forms.CharField(
        label=_("Address"),
        max_length=2000,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        help_text=_("Of an RSS, Atom or JSON feed, or of a file of a wire."),
    )
    interval_minutes = forms.IntegerField(
        label=_("Minutes between polls"), min_value=SHORTEST_INTERVAL, max_value=LONGEST_INTERVAL, initial=30
    )
    outlet = forms.CharField(
        label=_("Outlet"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("What its pieces are filed under. Left empty, what the feed says."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[UNSTATED, *LANGUAGES],
        required=False,
        help_text=_("Of pieces that do not say it themselves."),
    )

    @staticmethod
    def values_of(feed: Feed) -> dict[str, Any]:
        """A feed's values, as this form begins with them."""
        return {name: getattr(feed, name) for name in FeedForm.base_fields}

    def values(self) -> dict[str, Any]:
        """What the operations are to write."""
        return {name: self.cleaned_data[name] for name in FeedForm.base_fields if name != "version"}
