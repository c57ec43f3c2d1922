"""What researchers fill in about a codebook: a whole next version, an example, which version a project uses."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import BiasCategory, Codebook, Level
from annotations.operations.studies.codebooks import FIELDS, CategoryText
from annotations.operations.studies.examples import LONGEST

ROOM = 3  # empty entries for new categories
PREFIX = "entry"


class VersionForm(forms.Form):
    """The version it is written on, and what changed."""

    base = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    change_note = forms.CharField(
        label=gettext_lazy("What changed, and why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy("Whoever tags under the new version reads it beside the difference."),
    )


class EntryForm(forms.Form):
    """One category. Without a name it is none."""

    place = forms.IntegerField(label=gettext_lazy("Place"), min_value=1, max_value=999)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=100, required=False)
    slug = forms.CharField(
        label=gettext_lazy("Slug"),
        max_length=50,
        required=False,
        validators=[validate_slug],
        help_text=gettext_lazy(
            "Exports name it so. The same slug is the same category; left empty, it follows the name."
        ),
    )
    family = forms.CharField(label=gettext_lazy("Family"), max_length=40, required=False)
    definition = forms.CharField(
        label=gettext_lazy("Definition"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    levels = forms.MultipleChoiceField(
        label=gettext_lazy("Used for"), choices=Level, required=False, widget=forms.CheckboxSelectMultiple
    )
    maps_to = forms.CharField(label=gettext_lazy("In other codebooks"), max_length=1000, required=False)
    is_left_out = forms.BooleanField(label=gettext_lazy("Leave it out of the new version"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.is_empty() or cleaned.get("is_left_out"):
            return cleaned
        needed = {
            "name": _("Give the category its name."),
            "family": _("Say which family it belongs to."),
            "definition": _("Say what it means."),
            "levels": _("Say what it is used for."),
        }
        for name, sentence in needed.items():
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        if cleaned.get("name") and not cleaned.get("slug"):
            cleaned["slug"] = slugify(cleaned["name"])[:50]
            if not cleaned["slug"]:
                self.add_error("slug", _("Give it a slug of Latin letters: its name has none."))
        return cleaned

    def is_empty(self) -> bool:
        """Nothing was written in it."""
        written = ("name", "slug", "family", "definition", "maps_to")
        return not any(self.cleaned_data.get(name) for name in written)

    def text(self) -> CategoryText:
        """The category as an operation takes it."""
        return CategoryText(**{name: self.cleaned_data[name] for name in FIELDS})


EntryFormSet: Any = forms.formset_factory(EntryForm, extra=0, max_num=200, absolute_max=200)


def entries_of(codebook: Codebook) -> Any:
    """The entries of a version to be edited, with room for new ones."""
    rows: list[dict[str, Any]] = [
        {**{name: getattr(category, name) for name in FIELDS}, "place": 10 * number}
        for number, category in enumerate(codebook.categories.order_by("order"), start=1)
    ]
    rows += [{"place": 10 * number, "levels": [Level.SPAN]} for number in range(len(rows) + 1, len(rows) + ROOM + 1)]
    return EntryFormSet(initial=rows, prefix=PREFIX)


def written_entries(sent: Any) -> list[CategoryText]:
    """The categories of a valid set of entries, in the order of their places."""
    kept = [form for form in sent if not form.is_empty() and not form.cleaned_data["is_left_out"]]
    return [form.text() for form in sorted(kept, key=lambda form: form.cleaned_data["place"])]


class ExampleForm(forms.Form):
    """Words that show what a category means, or what it does not."""

    category = forms.ModelChoiceField(
        label=gettext_lazy("Category"), queryset=BiasCategory.objects.none(), to_field_name="slug"
    )
    words = forms.CharField(
        label=gettext_lazy("Words"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )
    is_positive = forms.TypedChoiceField(
        label=gettext_lazy("They are"),
        choices=[("yes", gettext_lazy("an instance of it")), ("no", gettext_lazy("not an instance of it"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )

    def __init__(self, *args: Any, codebook: Codebook, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["category"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = codebook.categories.order_by("order")
