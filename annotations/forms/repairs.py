"""What people send to say where a mark stands."""

from __future__ import annotations

from django import forms

from annotations.forms.workbench import WordsForm


class RepairForm(WordsForm):
    """The words a mark stands on, or that it has no place.

    ``seen`` is the sequence of the anchor that the person looked at.
    """

    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    has_no_place = forms.BooleanField(required=False, widget=forms.HiddenInput)
