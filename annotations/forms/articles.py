"""What may be asked of the list of articles."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.forms.languages import LANGUAGES
from annotations.queries.desk.articles import ArticleFilters
from articles.models import ArticleState

LANGUAGE_CHOICES = [("", _("any")), *LANGUAGES]


class ArticleFilterForm(forms.Form):
    """The filters of the list. What is not understood is left out of the question, and said beside its field."""

    state = forms.ChoiceField(label=_("State"), choices=[("", _("any")), *ArticleState.choices], required=False)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGE_CHOICES, required=False)
    outlet = forms.CharField(label=_("Outlet"), max_length=200, required=False)
    words = forms.CharField(
        label=_("Words of the headline"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto"}),
    )
    mine = forms.BooleanField(label=_("Mine only"), required=False)

    def filters(self) -> ArticleFilters:
        """What was understood of the question."""
        self.is_valid()
        known = self.cleaned_data
        return ArticleFilters(
            state=known.get("state", ""),
            language=known.get("language", ""),
            outlet=known.get("outlet", ""),
            words=known.get("words", ""),
            mine=known.get("mine", False),
        )
