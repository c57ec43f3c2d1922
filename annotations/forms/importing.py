"""A file of another desk or tool, and the press that takes it in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from annotations.imports import IMPORTERS

SALT = "annotations.importing"
SECONDS = 24 * 60 * 60

FORMATS = {
    "ndjson": _("Newsdesk: one record per line"),
    "w3c": _("W3C Web Annotation"),
    "label-studio": _("Label Studio"),
    "claim-review": _("ClaimReview of schema.org"),
}


class ImportForm(forms.Form):
    """Which file, and of what kind it is."""

    format = forms.ChoiceField(
        label=_("Format"),
        choices=[(importer.name, FORMATS[importer.name]) for importer in IMPORTERS],
        help_text=_("What wrote the file."),
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("You see first what would come in, and what would not."),
        error_messages={"empty": _("This file is empty. Choose another one.")},
    )


class TakeInForm(forms.Form):
    """The file that was looked at, sealed: nobody can have another one taken in."""

    sealed = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, person: int, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._person = person

    def clean_sealed(self) -> dict[str, str]:
        try:
            said = signing.loads(self.cleaned_data["sealed"], salt=SALT, max_age=SECONDS)
        except signing.BadSignature as error:
            raise forms.ValidationError(_("This preview is too old. Choose the file again.")) from error
        if said.pop("person") != self._person:
            raise forms.ValidationError(_("Somebody else looked at this file. Choose it again."))
        return dict(said)


class LookFurtherForm(TakeInForm):
    """The same file, and how many of its records were looked at."""

    start = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_147_483_647)


def seal(*, person: int, **said: str) -> str:
    """What :class:`TakeInForm` opens."""
    return signing.dumps({"person": person, **said}, salt=SALT)
