"""By what the figures of the desk are narrowed, on pages and over the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.forms.articles import LANGUAGE_CHOICES
from annotations.models import BiasCategory, Verdict
from annotations.queries.insights.acceptance import LAYERS, ORIGINS
from annotations.queries.insights.biasfigures import NAMES, By, Unit
from annotations.queries.insights.scope import Scope, scope_of
from articles.models import QuoteKind

OUT_OF_ORDER = "out_of_order"
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
UID_OR_UNKNOWN = r"^(-|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\Z"
STEP = r"^[\w-]{1,50}:[\w-]{1,50}\Z"
LANGUAGE = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z"


class ScopeForm(forms.Form):
    """Of which articles and days the figures are. What is not understood is said beside its field and left out."""

    since = forms.DateField(label=gettext_lazy("From"), required=False, widget=DAY)
    until = forms.DateField(label=gettext_lazy("To"), required=False, widget=DAY)
    outlet = forms.CharField(
        label=gettext_lazy("Outlet"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "placeholder": gettext_lazy("its exact name")}),
    )
    language = forms.RegexField(
        LANGUAGE,
        label=gettext_lazy("Language"),
        max_length=35,
        required=False,
        widget=forms.Select(choices=LANGUAGE_CHOICES),
    )
    section = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    author = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", forms.ValidationError(_("The last day lies before the first."), code=OUT_OF_ORDER))
        return self.cleaned_data

    def scope(self) -> Scope:
        """What was understood of the question."""
        self.is_valid()
        return scope_of(self.cleaned_data)

    def problems(self) -> dict[str, list[str]]:
        """Messages by the parameter at fault."""
        return {name: [str(each) for each in errors] for name, errors in self.errors.items()}


class BiasScopeForm(ScopeForm):
    """The same with a category, what the figures are broken down by, and what is counted."""

    category = forms.SlugField(label=gettext_lazy("Category"), required=False, widget=forms.Select)
    by = forms.ChoiceField(choices=[(each, NAMES[each]) for each in By], required=False, widget=forms.HiddenInput)
    unit = forms.ChoiceField(choices=[(each, each) for each in Unit], required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, categories: Sequence[BiasCategory] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", _("any")), *((each.slug, each.name) for each in categories)]
        self.fields["category"].widget = forms.Select(choices=offered)

    def chosen(self) -> tuple[By, Unit]:
        """By what, and of what; by outlet and of sentences unless asked otherwise. To be asked after ``scope``."""
        return By(self.cleaned_data.get("by") or By.OUTLET), Unit(self.cleaned_data.get("unit") or Unit.SENTENCES)


class BehindForm(ScopeForm):
    """The same with which marks are listed; all where nothing is asked for."""

    speaker = forms.RegexField(UID_OR_UNKNOWN, required=False)
    kind = forms.ChoiceField(choices=QuoteKind.choices, required=False)
    verdict = forms.ChoiceField(choices=Verdict.choices, required=False)
    rating = forms.RegexField(STEP, required=False)
    layer = forms.ChoiceField(choices=list(LAYERS.items()), required=False)
    proposer = forms.CharField(max_length=100, required=False)
    rule = forms.CharField(max_length=100, required=False, strip=False)
    origin = forms.ChoiceField(choices=[(each, each) for each in ORIGINS], required=False)
