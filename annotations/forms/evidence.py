"""Which words of a stored source are evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.forms.languages import LANGUAGES
from annotations.models import Stance
from articles.anchoring.selectors import Place, WordsAmbiguous, WordsNotFound, find_exact, select
from articles.anchoring.text import OffsetsOutside
from articles.models import Snapshot


class EvidenceForm(forms.Form):
    """Words of one snapshot, named in one of three ways: offsets with the words, the words alone, or a paragraph.

    Offsets are half-open, in code points of the snapshot's text.
    """

    start = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)
    exact = forms.CharField(
        label=_("Exact words"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Select them in the text, or copy them here. Empty means the whole paragraph that you choose."),
    )
    passage = forms.IntegerField(label=_("Paragraph"), min_value=0, required=False)
    stance = forms.ChoiceField(label=_("To the claim, these words"), choices=Stance.choices, widget=forms.RadioSelect)
    question = forms.CharField(label=_("Question they answer"), max_length=500, required=False)
    found_query = forms.CharField(required=False, widget=forms.HiddenInput)
    found_rank = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    found_score = forms.FloatField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, snapshot: Snapshot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._snapshot = snapshot
        self.place: Place | None = None

    @classmethod
    def beginning(cls, snapshot: Snapshot, asked: Mapping[str, str]) -> Self:
        """The form with the paragraph that was found, and how it was; what is not understood is left out."""
        form = cls(asked, snapshot=snapshot)
        form.full_clean()
        known = ("passage", "found_query", "found_rank", "found_score")
        return cls(snapshot=snapshot, initial={name: form.cleaned_data.get(name) for name in known})

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not self.errors:
            self.place = self._find(values)
        return values

    def _find(self, values: dict[str, Any]) -> Place | None:
        exact = values["exact"].replace("\r\n", "\n")
        start, end = values.get("start"), values.get("end")
        try:
            if start is not None and end is not None and self._snapshot.text[start:end] == exact:
                return select(self._snapshot.text, start, end)
            if exact.strip():
                return find_exact(self._snapshot.text, exact.strip(), occurrence=None)
        except OffsetsOutside:
            self.add_error("exact", _("These offsets lie outside the text. Select the words again."))
            return None
        except WordsNotFound:
            self.add_error("exact", _("These words do not stand in the text. Copy them exactly as they are."))
            return None
        except WordsAmbiguous as found:
            message = _("These words stand in the text %(count)s times. Add the words around them.")
            self.add_error("exact", message % {"count": found.count})
            return None
        return self._paragraph(values.get("passage"))

    def _paragraph(self, position: int | None) -> Place | None:
        passage = self._snapshot.passages.filter(position=position).first() if position is not None else None
        if passage is None:
            self.add_error("exact", _("Select words in the text, copy them here, or choose a paragraph."))
            return None
        return select(self._snapshot.text, passage.start, passage.end)


class TranslationForm(forms.Form):
    """The words of a passage in the language of the article, and who put them into it."""

    language = forms.ChoiceField(label=_("Into"), choices=LANGUAGES)
    text = forms.CharField(
        label=_("Translation"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    translator = forms.CharField(
        label=_("Translated by"), max_length=300, help_text=_("A person, a bureau, or a program with its version.")
    )
