"""What whoever adjudicates fills in: a reason, and a label of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import BiasCategory, Polarity, Severity
from annotations.settling import Label
from articles.anchoring.selectors import WordsAmbiguous, WordsNotFound, find_exact

LONGEST_REASON = 2000  # characters


class DecisionForm(forms.Form):
    """One decision: how, which, why; and the words of a new label where there is one."""

    text = forms.IntegerField(min_value=1)
    question = forms.IntegerField(min_value=1)
    rests_on = forms.CharField(max_length=4000)
    replaces = forms.UUIDField(required=False)
    decision = forms.RegexField(r"\A(take-[A-Z]|both|neither|new)\Z")
    reason = forms.CharField(max_length=LONGEST_REASON, required=False)

    def keys(self) -> list[int]:
        """The labels that the page showed."""
        return [int(key) for key in self.cleaned_data["rests_on"].split() if key.isascii() and key.isdigit()]


class NewLabelForm(forms.Form):
    """A label that no reader gave: its words, or none for the whole article."""

    words = forms.CharField(
        label=gettext_lazy("Words"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=gettext_lazy("Exactly as they stand in the text. Empty means the whole article."),
    )
    occurrence = forms.IntegerField(
        label=gettext_lazy("Which one, if they stand there more often"), min_value=1, required=False
    )
    category = forms.ModelChoiceField(
        label=gettext_lazy("Category"), queryset=BiasCategory.objects.none(), to_field_name="slug"
    )
    severity = forms.TypedChoiceField(
        label=gettext_lazy("Severity"), choices=Severity, coerce=int, initial=Severity.MILD
    )
    polarity = forms.TypedChoiceField(
        label=gettext_lazy("Leans"), choices=Polarity, coerce=int, initial=Polarity.NEITHER
    )

    def __init__(self, *args: Any, codebook: int, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["category"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = BiasCategory.objects.filter(codebook=codebook).order_by("order")

    def label_in(self, text: str, near: int) -> Label | None:
        """The label in this text; None where its words are not found, and the form says so.

        :param near: where the question stands; of words that stand there more often the nearest are meant.
        """
        said = self.cleaned_data
        place: tuple[int, int] | None = None
        if said["words"]:
            place = self._place(text, said["words"], said["occurrence"], near)
            if place is None:
                return None
        return Label(
            key=0,
            reader=0,
            level="span" if place else "article",
            start=place[0] if place else None,
            end=place[1] if place else None,
            category=said["category"].slug,
            severity=said["severity"],
            polarity=said["polarity"],
        )

    def _place(self, text: str, words: str, occurrence: int | None, near: int) -> tuple[int, int] | None:
        try:
            if occurrence is None:
                return min(_places(text, words), key=lambda place: abs(place[0] - near))
            found = find_exact(text, words, occurrence)
        except (WordsNotFound, WordsAmbiguous, ValueError):
            self.add_error("words", _("These words do not stand in the text. Copy them from it."))
            return None
        return found.start, found.end


def _places(text: str, words: str) -> Sequence[tuple[int, int]]:
    places, start = [], text.find(words)
    while start >= 0:
        places.append((start, start + len(words)))
        start = text.find(words, start + 1)
    return places
