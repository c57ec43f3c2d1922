"""What whoever releases a dataset fills in."""

from __future__ import annotations

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from annotations.models import Licence

names_a_file = RegexValidator(
    r"\A[0-9A-Za-z][0-9A-Za-z._-]*\Z", _("Use letters, digits, dots, hyphens and underscores: it names the file.")
)


class DatasetForm(forms.Form):
    """The number of a release, and what its citation and datasheet say."""

    release = forms.CharField(
        label=_("Release"), max_length=40, validators=[names_a_file], help_text=_("Such as 1.0. It never changes.")
    )
    title = forms.CharField(label=_("Title"), max_length=300)
    licence = forms.ChoiceField(
        label=_("Licence of the annotations"),
        choices=Licence,
        initial=Licence.CC_BY,
        help_text=_("Texts keep the rights that they have."),
    )
    authors = forms.CharField(
        label=_("Who is to be cited"),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("One name a line. Nobody else is named; annotators have pseudonyms."),
    )
    description = forms.CharField(
        label=_("What it was made for"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("Opens the datasheet."),
    )

    def clean_authors(self) -> list[str]:
        names = [" ".join(line.split()) for line in self.cleaned_data["authors"].splitlines()]
        return [name for name in names if name]
