"""What whoever leads a study fills in: the study, its rounds, its texts and its people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.checkworthy.weighing import is_reason
from annotations.models import Codebook, RoundKind, SuggestionPolicy, TextOrder
from annotations.queries.workbench.rules import REASONS
from articles.models import ArticleState

AREA = {"rows": 6, "dir": "auto"}
FEW_ROWS = {"rows": 3, "dir": "auto"}


class StudyForm(forms.Form):
    """A study: what it is called, by which codebook and guidelines, and who sees what."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    slug = forms.SlugField(
        label=gettext_lazy("In addresses"),
        max_length=50,
        required=False,
        help_text=gettext_lazy("Letters, digits and hyphens; made of the name when left empty."),
    )
    codebook = forms.ModelChoiceField(
        label=gettext_lazy("Codebook"),
        queryset=Codebook.objects.none(),
        help_text=gettext_lazy("The study keeps this version from first to last."),
    )
    guidelines = forms.CharField(
        label=gettext_lazy("Guidelines"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs=AREA),
        help_text=gettext_lazy("Shown beside every text. Plain text; rewriting makes the next version."),
    )
    is_blind = forms.BooleanField(
        label=gettext_lazy("Blind: nobody sees what others mark until the round is closed"),
        required=False,
        initial=True,
    )
    suggestion_policy = forms.ChoiceField(
        label=gettext_lazy("Suggestions of machines"), choices=SuggestionPolicy, initial=SuggestionPolicy.NONE
    )
    suggestion_rules = forms.MultipleChoiceField(
        label=gettext_lazy("Listed rules"),
        choices=[(kind, REASONS[kind]) for kind in REASONS if is_reason(kind)],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Where only listed rules suggest: those that may take a sentence for worth checking."),
    )
    consent_note = forms.CharField(
        label=gettext_lazy("Consent note"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs=FEW_ROWS),
        help_text=gettext_lazy("Annotators agree to it before their first text. Empty asks for nothing."),
    )
    data_note = forms.CharField(
        label=gettext_lazy("Data-protection note"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs=FEW_ROWS),
    )
    offers_time = forms.BooleanField(
        label=gettext_lazy("Annotators may agree to have their time measured"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codebook = self.fields["codebook"]
        assert isinstance(codebook, forms.ModelChoiceField)
        codebook.queryset = Codebook.objects.order_by("name", "-number")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("suggestion_policy") != SuggestionPolicy.LISTED:
            cleaned["suggestion_rules"] = []
        elif not cleaned.get("suggestion_rules") and "suggestion_rules" not in self.errors:
            self.add_error("suggestion_rules", _("List at least one rule, or choose no suggestions."))
        if not cleaned.get("slug"):
            cleaned["slug"] = slugify(cleaned.get("name", ""))[:50]
            if not cleaned["slug"] and "name" in cleaned:
                self.add_error("slug", _("The name has no Latin letters: say how the study is called in addresses."))
        return cleaned


class ChangedStudyForm(StudyForm):
    """The same for a study that is there: its codebook stays."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["codebook"]


class RoundForm(forms.Form):
    """The next round: what it is for, and how its texts are read."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=RoundKind, initial=RoundKind.MAIN)
    annotators_per_text = forms.IntegerField(
        label=gettext_lazy("Annotators for each text"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=gettext_lazy("Texts are handed out by lot, evenly. Leave it empty to say yourself who reads what."),
    )
    text_order = forms.ChoiceField(label=gettext_lazy("Order"), choices=TextOrder, initial=TextOrder.SAME)
    pass_mark = forms.IntegerField(
        label=gettext_lazy("Pass mark, in per cent"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=gettext_lazy("For training and tests: how much of gold an annotator has to find."),
    )
    due_at = forms.DateTimeField(
        label=gettext_lazy("Due"), required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    hours_to_submit = forms.IntegerField(
        label=gettext_lazy("Hours until a text goes back"), required=False, min_value=1, max_value=10_000
    )
    shows_decided = forms.BooleanField(
        label=gettext_lazy("Annotators see what was decided on their texts"), required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("pass_mark") is not None and cleaned.get("kind") == RoundKind.MAIN:
            self.add_error("pass_mark", _("Only training and tests have a pass mark."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What an operation writes."""
        values = dict(self.cleaned_data)
        if values["pass_mark"] is not None:
            values["pass_mark"] = values["pass_mark"] / 100
        return values


class CorpusForm(forms.Form):
    """Which articles a round reads: all that fit, or a sample of them that can be drawn again."""

    words = forms.CharField(label=gettext_lazy("Words in the headline"), max_length=200, required=False)
    outlet = forms.CharField(label=gettext_lazy("Outlet"), max_length=200, required=False)
    language = forms.CharField(label=gettext_lazy("Language"), max_length=35, required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"), choices=[("", gettext_lazy("any")), *ArticleState.choices], required=False
    )
    size = forms.IntegerField(
        label=gettext_lazy("How many"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=gettext_lazy("A sample by lot; empty for all of them."),
    )
    seed = forms.IntegerField(
        label=gettext_lazy("Seed"),
        initial=1,
        min_value=0,
        max_value=2**31 - 1,
        help_text=gettext_lazy("The same seed draws the same sample of the same articles."),
    )


class TextsForm(forms.Form):
    """Texts of one's own for a round: pasted, one after the other."""

    texts = forms.CharField(
        label=gettext_lazy("Texts"),
        max_length=2_000_000,
        widget=forms.Textarea(attrs={**AREA, "rows": 8}),
        help_text=gettext_lazy(
            "The first line of each is its headline. A line of three equals signs (===) stands between two texts."
        ),
    )


class PeopleForm(forms.Form):
    """Who takes part."""

    people = forms.ModelMultipleChoiceField(
        label=gettext_lazy("People"),
        queryset=get_user_model()._default_manager.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    quota = forms.IntegerField(
        label=gettext_lazy("Most texts for each in a round"), required=False, min_value=1, max_value=10_000
    )

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.fields["people"]
        assert isinstance(people, forms.ModelMultipleChoiceField)
        people.queryset = offered


class ReasonForm(forms.Form):
    """Why something is taken out, taken back or opened again."""

    reason = forms.CharField(label=gettext_lazy("Why"), max_length=500)
