"""What stored sources are searched for on the page of a claim, and which of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from annotations.forms.languages import LANGUAGES
from articles.search.narrowing import Narrowed

LONGEST = 2_000


class Published(TextChoices):
    """When a source may have been published, seen from the claim."""

    ANY = "", _("at any time")
    UNTIL = "until", _("before the claim or unknown")
    AFTER = "after", _("after the claim")


class EvidenceSearchForm(forms.Form):
    """A search for evidence. What is not understood is left out."""

    q = forms.CharField(label=_("Search the stored sources"), required=False)
    source = forms.CharField(label=_("Title or publisher"), required=False, max_length=200)
    kind = forms.CharField(label=_("Kind of source"), required=False, max_length=100)
    language = forms.ChoiceField(label=_("Language"), choices=[("", _("any")), *LANGUAGES], required=False)
    published = forms.ChoiceField(label=_("Published"), choices=Published.choices, required=False)
    past = forms.BooleanField(label=_("Earlier snapshots too"), required=False)

    @property
    def query(self) -> str:
        """The words to search with, empty where none are given."""
        return str(self._understood.get("q", "")).replace("\x00", " ").strip()[:LONGEST]

    @property
    def asked(self) -> dict[str, str]:
        """What was understood, as parameters of an address."""
        values = {name: value for name, value in self._understood.items() if value and name != "q"}
        return {"q": self.query, **{name: "on" if value is True else value for name, value in values.items()}}

    @property
    def everywhere(self) -> str:
        """The query as the last part of an address, that leads to its section of the page."""
        return f"{quote(self.query)}#evidence"

    @property
    def is_narrowed(self) -> bool:
        return any(value for name, value in self._understood.items() if name != "q")

    def narrowed(self, claim_date: date | None) -> Narrowed:
        """Which sources to search for a claim made on this day; where that is unknown, it narrows nothing."""
        understood = self._understood
        published = understood.get("published", "") if claim_date else ""
        return Narrowed(
            words=understood.get("source", ""),
            kind=understood.get("kind", ""),
            language=understood.get("language", ""),
            published_until=claim_date if published == Published.UNTIL else None,
            published_from=claim_date + timedelta(days=1) if claim_date and published == Published.AFTER else None,
            is_past_included=understood.get("past", False),
        )

    @property
    def _understood(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data
