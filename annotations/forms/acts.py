"""Which of somebody's acts are meant."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.permissions import visible_articles

DATE_HINT = _("Such as 2025-05-13.")


class RangeForm(forms.Form):
    """A range of days, both included, and an article; at least one of them."""

    person: Any = None

    since = forms.DateField(label=_("From"), required=False, help_text=DATE_HINT)
    until = forms.DateField(label=_("To"), required=False, help_text=DATE_HINT)
    article = forms.CharField(
        label=_("Article"), required=False, help_text=_("The address of its page. Empty means all articles.")
    )

    def clean_article(self) -> str:
        """The uid in the address of a page of an article, or alone."""
        typed = self.cleaned_data["article"].strip()
        if not typed:
            return ""
        parts = [part for part in typed.split("?")[0].split("/") if part]
        for part in reversed(parts):
            try:
                uid = UUID(part)
            except ValueError:
                continue
            if visible_articles(self.person).filter(uid=uid).exists():
                return str(uid)
        raise forms.ValidationError(_("No article has this address. Copy it from the page of the article."))

    def clean(self) -> dict[str, Any]:
        """:raises ValidationError: when the range ends before it begins."""
        asked = super().clean() or {}
        since, until = asked.get("since"), asked.get("until")
        if since and until and until < since:
            self.add_error("until", _("This is before the first day."))
        return asked

    def has_range(self) -> bool:
        """Whether anything was asked for; all that somebody ever did is never meant by mistake."""
        return any(self.cleaned_data.get(name) for name in ("since", "until", "article"))
