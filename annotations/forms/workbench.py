"""What people fill in to mark words: a quote, a claim, a bias tag."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import (
    BiasCategory,
    BiasTag,
    Checkable,
    Claim,
    ClaimantKind,
    ClaimType,
    Level,
    Polarity,
    Priority,
    Severity,
    Voice,
)
from articles.models import DateBasis, Quote, QuoteKind, Speaker, Wording
from articles.naming.keys import whole_keys
from articles.naming.likeness import Likeness, likeness

MOST_NAMESAKES = 200
# How the speaker is chosen is nothing that a mark keeps.
NOT_WRITTEN = frozenset({"is_new_speaker", "candidate"})
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class WordsForm(forms.Form):
    """Which words are marked: counted by the page, or typed and looked up."""

    base = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    start = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)
    exact = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    text_sha256 = forms.CharField(required=False, widget=forms.HiddenInput)
    words = forms.CharField(
        label=gettext_lazy("Words"),
        help_text=gettext_lazy("Exactly as they stand in the text."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "class": "serif"}),
    )
    occurrence = forms.IntegerField(
        label=gettext_lazy("Which one, when they stand there more than once"), min_value=1, required=False
    )

    @property
    def is_counted(self) -> bool:
        """Whether the page sent offsets, so that nobody has to type the words."""
        return bool(self["end"].value())


class FoldedForm(forms.Form):
    """A form that shows a few fields first and keeps the rest in a fold."""

    first: ClassVar[tuple[str, ...]] = ()

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.first if name in self.fields]

    @property
    def later_fields(self) -> list[forms.BoundField]:
        apart = {*self.first, *WordsForm.base_fields}
        return [field for field in self.visible_fields() if field.name not in apart]

    @property
    def has_later_errors(self) -> bool:
        return any(field.errors for field in self.later_fields)


class SpeakerName(FoldedForm):
    """A speaker by name. A name nobody has yet is added only when the person says so."""

    speaker = forms.CharField(
        label=gettext_lazy("Speaker"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"list": "speakers", "autocomplete": "off", "dir": "auto"}),
    )
    is_new_speaker = forms.BooleanField(label=gettext_lazy("Add this name as a new speaker"), required=False)
    # Chosen among those the page offers for a name; goes before what is typed.
    candidate = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        name = cleaned.get("speaker") or ""
        cleaned["speaker"], cleaned["new_speaker"] = None, ""
        if cleaned.get("candidate") and not cleaned.get("is_new_speaker"):
            self._take(cleaned)
        elif name.strip():
            self._find(name.strip(), cleaned)
        return cleaned

    def _take(self, cleaned: dict[str, Any]) -> None:
        cleaned["speaker"] = Speaker.objects.unmerged().filter(uid=cleaned["candidate"]).first()
        if cleaned["speaker"] is None:
            self.add_error("speaker", _("This speaker was merged meanwhile. Look for the name again."))

    def _find(self, name: str, cleaned: dict[str, Any]) -> None:
        found = speakers_named(name)
        if len(found) == 1:
            cleaned["speaker"] = found[0]
        elif found:
            titles = "; ".join(f"{speaker.name} ({speaker.title})" for speaker in found)
            self.add_error(
                "speaker", _("Several speakers have this name. Write one of: %(names)s.") % {"names": titles}
            )
        elif cleaned.get("is_new_speaker"):
            cleaned["new_speaker"] = name
        else:
            self.add_error(
                "speaker",
                _("Nobody here is called “%(name)s”. Choose a name from the list, or tick the box to add it.")
                % {"name": name},
            )


def speakers_named(name: str) -> list[Speaker]:
    """The speakers who go by a name, whatever its case and accents; “name (title)” tells two of one name apart."""
    keys = whole_keys(name)
    if not keys:
        return []
    candidates = Speaker.objects.unmerged().named(*keys).order_by("name", "pk")[:MOST_NAMESAKES]
    same = [speaker for speaker in candidates if _goes_by(speaker, name)]
    if same or "(" not in name:
        return same
    bare, title = name.split("(", 1)
    return [speaker for speaker in speakers_named(bare) if speaker.title == title.rstrip(" )")]


def _goes_by(speaker: Speaker, name: str) -> bool:
    return any(likeness(name, each) == Likeness.SAME for each in (speaker.name, *speaker.aliases))


class QuoteForm(SpeakerName):
    """What is known of a quote."""

    first = ("kind", "speaker", "is_new_speaker", "cue")

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=QuoteKind, initial=QuoteKind.DIRECT)
    cue = forms.CharField(
        label=gettext_lazy("Cue"),
        help_text=gettext_lazy("Such as “said” or “according to”."),
        max_length=200,
        required=False,
    )
    mention = forms.CharField(label=gettext_lazy("Speaker as printed"), max_length=300, required=False)
    wording = forms.ChoiceField(label=gettext_lazy("Printed words are"), choices=Wording, initial=Wording.UNKNOWN)
    language = forms.CharField(
        label=gettext_lazy("Language spoken"),
        help_text=gettext_lazy("A code such as en, ru or pt-BR."),
        max_length=35,
        required=False,
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    field_order = ["kind", "speaker", "is_new_speaker", "mention", "cue", "wording", "language", "note"]

    @staticmethod
    def stored(quote: Quote) -> dict[str, Any]:
        """What the form shows of a quote that is stored."""
        names = ("kind", "cue", "mention", "wording", "language", "note")
        return {
            "speaker": quote.speaker.name if quote.speaker else "",
            **{name: getattr(quote, name) for name in names},
        }

    def values(self) -> dict[str, Any]:
        """What an operation writes."""
        names = ("kind", "speaker", "cue", "mention", "wording", "language", "note")
        return {name: self.cleaned_data[name] for name in names}


class ClaimForm(SpeakerName):
    """What a claim says, who says it, and how it ranks."""

    first = ("canonical", "claimant_kind", "speaker", "is_new_speaker", "claim_type", "checkable", "priority")

    canonical = forms.CharField(
        label=gettext_lazy("Restatement"),
        help_text=gettext_lazy("As it reads alone: who, what, where, and the date in full."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "class": "serif"}),
    )
    claimant_kind = forms.ChoiceField(label=gettext_lazy("Claimant"), choices=ClaimantKind, initial=ClaimantKind.AUTHOR)
    claim_date = forms.DateField(
        label=gettext_lazy("Said on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    date_basis = forms.ChoiceField(label=gettext_lazy("Date is"), choices=DateBasis, initial=DateBasis.UNKNOWN)
    date_note = forms.CharField(label=gettext_lazy("How the date is known"), max_length=500, required=False)
    claim_type = forms.ChoiceField(label=gettext_lazy("Type"), choices=ClaimType, initial=ClaimType.EVENT)
    checkable = forms.ChoiceField(label=gettext_lazy("Checkable"), choices=Checkable, initial=Checkable.YES)
    checkable_reason = forms.CharField(label=gettext_lazy("Why not, or only partly"), max_length=500, required=False)
    priority = forms.TypedChoiceField(
        label=gettext_lazy("Priority"), choices=Priority, coerce=int, initial=Priority.MEDIUM
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    field_order = ["canonical", "claimant_kind", "speaker", "is_new_speaker"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("claimant_kind") == ClaimantKind.SPEAKER:
            if not cleaned["speaker"] and not cleaned["new_speaker"] and "speaker" not in self.errors:
                self.add_error("speaker", _("Name the speaker, or choose another claimant."))
        elif cleaned["speaker"] or cleaned["new_speaker"]:
            self.add_error("claimant_kind", _("A speaker is named. Choose “a speaker”, or empty the name."))
        dated, basis = cleaned.get("claim_date"), cleaned.get("date_basis")
        if dated and basis == DateBasis.UNKNOWN:
            self.add_error("date_basis", _("Say whether the date is stated in the text or inferred."))
        if not dated and basis != DateBasis.UNKNOWN and "claim_date" not in self.errors:
            self.add_error("claim_date", _("Give the date, or say that it is unknown."))
        return cleaned

    @staticmethod
    def stored(claim: Claim) -> dict[str, Any]:
        """What the form shows of a claim that is stored."""
        names = [name for name in ClaimForm.base_fields if name not in {"speaker", *NOT_WRITTEN}]
        return {
            "speaker": claim.speaker.name if claim.speaker else "",
            **{name: getattr(claim, name) for name in names},
        }

    def values(self) -> dict[str, Any]:
        """What an operation writes."""
        return {name: self.cleaned_data[name] for name in ClaimForm.base_fields if name not in NOT_WRITTEN}


def letter_of(category: BiasCategory) -> str:
    """The letter that chooses a category; none beyond the alphabet."""
    return LETTERS[category.order - 1] if 0 < category.order <= len(LETTERS) else ""


def lettered(category: BiasCategory) -> str:
    """A category with the letter that chooses it: typed in the list, it jumps there."""
    letter = letter_of(category)
    return f"{letter} · {category.name}" if letter else category.name


class TagForm(FoldedForm):
    """A bias tag. Its categories are those of the codebook of the everyday desk, unless a class names another.

    :cvar codebook: the key of another codebook version.
    """

    codebook: int | None = None
    first = ("category", "severity", "level", "note")

    category = forms.ChoiceField(
        label=gettext_lazy("Category"),
        error_messages={"required": gettext_lazy("Choose what kind of bias it is; its letter jumps there.")},
    )
    severity = forms.TypedChoiceField(
        label=gettext_lazy("Severity"), choices=Severity, coerce=int, initial=Severity.MILD
    )
    level = forms.ChoiceField(label=gettext_lazy("On"), choices=Level, initial=Level.SPAN)
    polarity = forms.TypedChoiceField(
        label=gettext_lazy("Leans"), choices=Polarity, coerce=int, initial=Polarity.NEITHER
    )
    target = forms.CharField(label=gettext_lazy("Towards"), max_length=200, required=False)
    voice = forms.ChoiceField(label=gettext_lazy("Voice"), choices=Voice, initial=Voice.AUTHOR)
    neutral_alternative = forms.CharField(
        label=gettext_lazy("Neutral alternative"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    secondary = forms.MultipleChoiceField(
        label=gettext_lazy("Also"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = {"codebook": self.codebook} if self.codebook else {"codebook__projects__is_default": True}
        found = BiasCategory.objects.filter(**offered).order_by("order")
        self.categories = {category.slug: category for category in found}
        lettered_names = [(slug, lettered(category)) for slug, category in self.categories.items()]
        # Nothing is chosen in advance: a tag that nobody meant is worse than one more key.
        self._offer("category", [("", _("choose one")), *lettered_names])
        self._offer("secondary", [(slug, category.name) for slug, category in self.categories.items()])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("polarity") and not cleaned.get("target"):
            self.add_error("target", _("Say towards whom or what the words lean, or choose “neither”."))
        if cleaned.get("category") in (cleaned.get("secondary") or ()):
            self.add_error("secondary", _("The first category is not listed again."))
        return cleaned

    @staticmethod
    def stored(tag: BiasTag) -> dict[str, Any]:
        """What the form shows of a tag that is stored."""
        names = ("severity", "level", "polarity", "target", "voice", "neutral_alternative", "note")
        return {
            "category": tag.category.slug,
            "secondary": list(tag.secondary.values_list("category__slug", flat=True)),
            **{name: getattr(tag, name) for name in names},
        }

    def values(self) -> dict[str, Any]:
        """What an operation writes."""
        written = {name: self.cleaned_data[name] for name in self.fields if name in TagForm.base_fields}
        written["category"] = self.categories[written["category"]]
        written["secondary"] = [self.categories[slug] for slug in written["secondary"]]
        return written


class NewQuote(QuoteForm, WordsForm):
    """Words and what they are as a quote."""


class NewClaim(ClaimForm, WordsForm):
    """Words and what they state. ``quote`` is the uid of the quote whose words they are, if any."""

    quote = forms.UUIDField(required=False, widget=forms.HiddenInput)


class NewTag(TagForm, WordsForm):
    """Words, a sentence or the whole article, and what is biased in it."""


class ChangedQuote(QuoteForm):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class ChangedClaim(ClaimForm):
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class ChangedTag(TagForm):
    """A tag keeps its level: other words are another tag."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["level"]
