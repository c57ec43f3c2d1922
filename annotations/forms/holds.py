"""Stopping a piece or a verdict, and letting it go."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import PlacedAs

WORDS = {
    PlacedAs.EDITOR: _("Stop it, as an editor"),
    PlacedAs.COUNSEL: _("Stop it, as counsel"),
    PlacedAs.REVIEWER: _("Take it down at once; two people put it back"),
}


class StopForm(forms.Form):
    """Why it is stopped, and in which of the person's roles."""

    placed_as = forms.ChoiceField(label=_("What to do"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The desk sees it, readers do not."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, roles: list[PlacedAs], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["placed_as"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(role.value, WORDS[role]) for role in roles]
        if len(roles) == 1:
            field.initial = roles[0].value
