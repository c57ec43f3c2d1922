"""What people fill in about their own account."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from newsdesk.keymap import ACT_OF, ACTS, Act, Place, differences, faults
from newsdesk.models.access import Scope
from newsdesk.models.hooks import Event

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
# A phone must not begin it with a capital, nor a browser offer what was typed before.
KEY_FIELD = {
    "class": "key-field",
    "size": "2",
    "dir": "auto",
    "autocomplete": "off",
    "autocapitalize": "none",
    "spellcheck": "false",
    "data-key-field": "",
}


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


class WebHookForm(forms.Form):
    """An address, and the events it is told of."""

    address = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=_("Messages are posted here. It has to be on the public internet."),
    )
    events = forms.MultipleChoiceField(
        label=_("It is told when"), choices=Event.choices, widget=forms.CheckboxSelectMultiple
    )


class AppearanceForm(forms.Form):
    """How the desk looks and listens in this browser."""

    theme = forms.ChoiceField(label=_("Theme"), choices=THEMES, widget=forms.RadioSelect)
    keys = forms.ChoiceField(
        label=_("Single-letter keys"),
        choices=KEYS,
        widget=forms.RadioSelect,
        help_text=_("Switch them off when you dictate, or when letters are pressed by accident."),
    )


class KeymapForm(forms.Form):
    """A field for every act, holding its key; one that is left empty gets the key that everybody has.

    :param keys: the person's present keys, by slug.
    """

    def __init__(self, *values: Any, keys: Mapping[str, str], **names: Any) -> None:
        super().__init__(*values, **names)
        self.initial = dict(keys)
        for act in ACTS:
            self.fields[act.slug] = forms.CharField(
                label=str(act.name), required=False, widget=forms.TextInput(KEY_FIELD)
            )
        for slug in differences(keys):
            self.fields[slug].help_text = _("instead of %(key)s") % {"key": ACT_OF[slug].key}

    def clean(self) -> dict[str, str]:
        keys = {slug: key or ACT_OF[slug].key for slug, key in self.cleaned_data.items()}
        for slug, sentence in faults(keys).items():
            self.add_error(slug, sentence)
        return keys

    def by_place(self) -> list[tuple[Place, list[tuple[Act, forms.BoundField]]]]:
        """The fields as people meet them: what is done in one place together."""
        return [(place, [(act, self[act.slug]) for act in ACTS if act.place is place]) for place in Place]
