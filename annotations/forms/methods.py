"""What editors fill in about how the desk checks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.models import MethodsPage, Rating, Verdict

LONGEST = 100_000  # characters


class MethodsForm(forms.Form):
    """The policy, and what changed in it."""

    base = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Policy"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 16, "dir": "auto"}),
        help_text=_("Plain text; a blank line begins a paragraph. Readers see it."),
    )
    change_note = forms.CharField(
        label=_("What changed"), max_length=500, required=False, help_text=_("Readers see it beside the version.")
    )

    def __init__(self, *args: Any, newest: MethodsPage | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"base": newest.number if newest else 0, "text": newest.text if newest else ""}
        if newest is None:
            del self.fields["change_note"]
        else:
            self.fields["change_note"].required = True


class RatingForm(forms.Form):
    """The words of a rating, what they stand for, and whether somebody named is heard first."""

    name = forms.CharField(label=_("Words"), max_length=100)
    verdicts = forms.MultipleChoiceField(
        label=_("Given where the evidence says"), choices=Verdict.choices, widget=forms.CheckboxSelectMultiple
    )
    asks_for_reply = forms.BooleanField(label=_("Whoever it names is heard first"), required=False)

    @staticmethod
    def values_of(rating: Rating) -> dict[str, Any]:
        return {name: getattr(rating, name) for name in RatingForm.base_fields}

    def says_the_same_as(self, rating: Rating) -> bool:
        """Whether nothing differs from the rating as it is."""
        return self.cleaned_data == self.values_of(rating)
