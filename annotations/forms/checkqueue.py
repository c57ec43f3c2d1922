"""What is asked of the desk's queue, and who gets a check until when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from annotations.queries.checking.checkqueue import WHAT, WHOSE

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
DUE_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]


class QueueFilterForm(forms.Form):
    """Whose checks, and which of them."""

    whose = forms.ChoiceField(label=_("Whose"), choices=list(WHOSE.items()), required=False)
    what = forms.ChoiceField(label=_("Which"), choices=list(WHAT.items()), required=False)

    def asked(self) -> dict[str, str]:
        """What was understood; everything that is open on the desk otherwise."""
        known = self.cleaned_data if self.is_valid() else {}
        return {"whose": known.get("whose") or "all", "what": known.get("what") or "open"}


class PlanForm(forms.Form):
    """Who checks it, until when, and for whoever gets what somebody else had, a note."""

    checker: Any = forms.ModelChoiceField(label=_("Checker"), queryset=None, to_field_name="uid", required=False)
    due_at = forms.DateTimeField(label=_("Due"), required=False, input_formats=DUE_FORMATS, widget=MOMENT)
    note = forms.CharField(
        label=_("Note for the receiver"),
        help_text=_("What was found, what is open. They acknowledge it."),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, people: QuerySet[Any], has_checker: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["checker"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people
        field.empty_label = None if has_checker else _("nobody yet")
        self.has_checker = has_checker
        if not has_checker:
            del self.fields["note"]
