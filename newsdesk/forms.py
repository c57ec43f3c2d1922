"""What people fill in about their own account."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from newsdesk.models.access import Scope

DAYS = [
    (30, _("30 days")),
    (90, _("90 days")),
    (366, _("a year")),
]
THEMES = [
    ("system", _("As the system does")),
    ("light", _("Light")),
    ("dark", _("Dark")),
]
KEYS = [
    ("on", _("On")),
    ("off", _("Off: only keys with Ctrl or Alt act")),
]


class TokenForm(forms.Form):
    """What a new token is called, what it may be used for, and how long."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("What will use it, so that you know later which one to revoke."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("It may"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[Scope.READ],
        error_messages={"invalid_choice": _("Your roles do not cover “%(value)s”, so no token of yours may have it.")},
    )
    days = forms.TypedChoiceField(label=_("It ends after"), choices=DAYS, coerce=int, initial=90)

    def __init__(self, *values: Any, offered: Iterable[Scope] = Scope, **names: Any) -> None:
        super().__init__(*values, **names)
        scopes = self.fields["scopes"]
        assert isinstance(scopes, forms.MultipleChoiceField)
        scopes.choices = [(scope.value, scope.label) for scope in offered]


class AppearanceForm(forms.Form):
    """How the desk looks and listens in this browser."""

    theme = forms.ChoiceField(label=_("Theme"), choices=THEMES, widget=forms.RadioSelect)
    keys = forms.ChoiceField(
        label=_("Single-letter keys"),
        choices=KEYS,
        widget=forms.RadioSelect,
        help_text=_("Switch them off when you dictate, or when letters are pressed by accident."),
    )
