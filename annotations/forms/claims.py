"""What people fill in on the list and the page of claims."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from annotations.models import (
    Checkable,
    CheckState,
    Claim,
    ClaimantKind,
    ClaimType,
    Decision,
    FactCheck,
    Priority,
    Qualifier,
    Rating,
    Risk,
    Stance,
    Verdict,
)
from annotations.permissions import visible_claims
from annotations.queries.checking.claims import TONE_NAMES
from annotations.queries.checking.verdicts import TONES
from articles.models import DateBasis, Origin, Speaker

ANY: list[tuple[Any, Any]] = [("", _("any"))]
_UID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)


class ClaimFilterForm(forms.Form):
    """What the list of claims shows. What is not understood is left out."""

    words = forms.CharField(
        label=_("Words"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    verdict = forms.ChoiceField(label=_("Verdict"), choices=[*ANY, *TONE_NAMES.items()], required=False)
    stage = forms.ChoiceField(label=_("A check is"), choices=[*ANY, *CheckState.choices], required=False)
    claim_type = forms.ChoiceField(label=_("Type"), choices=[*ANY, *ClaimType.choices], required=False)
    priority = forms.TypedChoiceField(
        label=_("Priority"), choices=[*ANY, *Priority.choices[::-1]], required=False, coerce=int, empty_value=None
    )
    checkable = forms.ChoiceField(label=_("Checkable"), choices=[*ANY, *Checkable.choices], required=False)
    claimant_kind = forms.ChoiceField(label=_("Claimant"), choices=[*ANY, *ClaimantKind.choices], required=False)
    origin = forms.ChoiceField(
        label=_("Decided"), choices=[("", _("yes")), (Origin.SUGGESTED.value, _("only suggested"))], required=False
    )

    def __init__(self, *args: Any, is_for_readers: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_for_readers:
            # What could be filtered by would be known.
            del self.fields["stage"], self.fields["priority"], self.fields["origin"]

    def filters(self) -> dict[str, Any]:
        """The filters that were understood, as keywords of ``narrow_claims``."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in {"", None}}


class VersionedForm(forms.Form):
    """A form that carries the version its writer saw."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput, required=False)

    @property
    def seen(self) -> int:
        """The version the writer saw; 0 when the form says none, which no row ever has."""
        return self.cleaned_data.get("version") or 0

    def go_on_from(self, version: int) -> None:
        """Carry another version than the one that was sent, with everything else as it was written."""
        assert isinstance(self.data, QueryDict)
        written = self.data.copy()
        written[self.add_prefix("version")] = str(version)
        self.data = written


class ClaimForm(VersionedForm):
    """What a claim says when read alone, who says it and when, and how it ranks."""

    canonical = forms.CharField(
        label=_("Restatement"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("As it reads alone: who, what, where, with an absolute date."),
    )
    claimant_kind = forms.ChoiceField(label=_("Claimant"), choices=ClaimantKind.choices)
    speaker = forms.ModelChoiceField(
        label=_("Speaker"), queryset=Speaker.objects.none(), required=False, to_field_name="uid"
    )
    claim_date = forms.DateField(
        label=_("Said on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    date_basis = forms.ChoiceField(label=_("The date is"), choices=DateBasis.choices)
    date_note = forms.CharField(label=_("How the date is known"), max_length=500, required=False)
    claim_type = forms.ChoiceField(label=_("Type"), choices=ClaimType.choices)
    priority = forms.TypedChoiceField(label=_("Priority"), choices=Priority.choices, coerce=int)
    checkable = forms.ChoiceField(label=_("Checkable"), choices=Checkable.choices)
    checkable_reason = forms.CharField(label=_("Why not, or only partly"), max_length=500, required=False)
    risk = forms.ChoiceField(
        label=_("Risk"),
        choices=Risk.choices,
        help_text=_("High: a wrong verdict could do much harm. Two second persons must then agree."),
    )
    risk_reason = forms.CharField(label=_("Why the risk is high"), max_length=500, required=False)
    same_as = forms.CharField(
        label=_("Says the same as"),
        max_length=300,
        required=False,
        help_text=_("The address of the page of an earlier claim."),
    )
    note = forms.CharField(
        label=_("Note for the desk"), required=False, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )

    def __init__(self, *args: Any, claim: Claim, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._claim, self._person = claim, person
        near = Speaker.objects.filter(Q(quotes__article=claim.article_id) | Q(pk=claim.speaker_id))
        speaker = self.fields["speaker"]
        assert isinstance(speaker, forms.ModelChoiceField)
        speaker.queryset = near.unmerged().distinct().order_by("name", "pk")

    @staticmethod
    def values_of(claim: Any) -> dict[str, Any]:
        """A claim's values, as this form begins with them."""
        return {
            **{name: getattr(claim, name) for name in ClaimForm.base_fields if name not in {"speaker", "same_as"}},
            "speaker": claim.speaker.uid if claim.speaker else None,
            "same_as": str(claim.same_as.uid) if claim.same_as else "",
        }

    def clean_same_as(self) -> Claim | None:
        written = self.cleaned_data["same_as"]
        if not written:
            return None
        found = _UID.search(written)
        other: Claim | None = visible_claims(self._person).filter(uid=UUID(found.group())).first() if found else None
        if other is None or other.pk == self._claim.pk:
            raise forms.ValidationError(_("No other claim has this address. Copy it from the page of the claim."))
        return other

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        self._match_claimant(values)
        if bool(values.get("claim_date")) != (values.get("date_basis") != DateBasis.UNKNOWN):
            self.add_error(
                "date_basis", _("A date is stated or inferred; without a date it is unknown. Change one of the two.")
            )
        if values.get("risk") == Risk.HIGH and not values.get("risk_reason"):
            self.add_error("risk_reason", _("Say what harm a wrong verdict could do."))
        if values.get("checkable") == Checkable.NO and not values.get("checkable_reason"):
            self.add_error("checkable_reason", _("Say why it cannot be checked."))
        return values

    def _match_claimant(self, values: dict[str, Any]) -> None:
        is_speaker = values.get("claimant_kind") == ClaimantKind.SPEAKER
        if is_speaker and not values.get("speaker") and "speaker" not in self.errors:
            self.add_error("speaker", _("Choose the speaker, or another claimant."))
        if not is_speaker:
            values["speaker"] = None

    def values(self) -> dict[str, Any]:
        """What ``change_claim`` is to write."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class RetractForm(VersionedForm):
    """Why a claim is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


def _key_of(rating: Any) -> int:
    """The key of a rating, or of what a form was sent as one; 0, which none has, for anything else."""
    key = rating.pk if isinstance(rating, Rating) else rating
    return int(key) if str(key).isdecimal() else 0


class RatingSelect(forms.Select):
    """Ratings that know which verdicts they may stand for, so that a script can offer only those."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        rating = getattr(value, "instance", None)
        if rating is not None:
            option["attrs"]["data-verdicts"] = " ".join(rating.verdicts)
        return option


class CheckForm(VersionedForm):
    """A checker's verdict: what the evidence says, and what readers are told."""

    verdict = forms.ChoiceField(
        label=_("What the evidence says"), choices=Verdict.choices, required=False, widget=forms.RadioSelect
    )
    rating = forms.ModelChoiceField(
        label=_("Published rating"), queryset=Rating.objects.none(), required=False, widget=RatingSelect
    )
    qualifiers = forms.MultipleChoiceField(
        label=_("Qualifiers"), choices=Qualifier.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=_("Reason, as readers will see it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=_("What the sources say, with dates and figures, so that somebody else could find the same."),
    )
    one_source_reason = forms.CharField(
        label=_("Why one source suffices"),
        required=False,
        max_length=500,
        help_text=_("Only where one primary record settles it."),
    )
    note = forms.CharField(
        label=_("Note for the desk"), required=False, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )
    withdraw_approval = forms.BooleanField(label=_("Withdraw the approval of this check"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rating = self.fields["rating"]
        assert isinstance(rating, forms.ModelChoiceField)
        in_use = Rating.objects.in_use().filter(scale__slug="rating")
        # A draft in words that were retired since shows them, so that nothing changes unseen.
        mine = _key_of(self.initial.get("rating") or self.data.get(self.add_prefix("rating")))
        rating.queryset = (in_use | Rating.objects.filter(pk=mine)).order_by("order", "pk")
        rating.empty_label = str(_("choose"))

    @staticmethod
    def values_of(check: FactCheck | None) -> dict[str, Any]:
        """A check's values, as this form begins with them."""
        if check is None:
            return {"version": 0}
        return {name: getattr(check, name) for name in CheckForm.base_fields if name != "withdraw_approval"}

    def says_the_same_as(self, check: FactCheck) -> bool:
        """Whether nothing in this form differs from what is stored."""
        written = self.cleaned_data
        return all(written[name] == stored for name, stored in self.values_of(check).items() if name != "version")

    def verdict_choices(self) -> list[dict[str, Any]]:
        """The four verdicts with the digit that chooses each and the tone of its sign."""
        chosen = self["verdict"].value()
        return [
            {"value": verdict, "label": label, "tone": TONES[verdict], "digit": digit, "chosen": verdict == chosen}
            for digit, (verdict, label) in enumerate(Verdict.choices, start=1)
        ]

    def values(self) -> dict[str, Any]:
        """What ``write_check`` is to write."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ReviewForm(VersionedForm):
    """A second person's decision."""

    decision = forms.ChoiceField(label=_("Decision"), choices=Decision.choices)
    reason = forms.CharField(label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}))

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("decision") == Decision.RETURN and not values.get("reason"):
            self.add_error("reason", _("Say what is missing, so that it can be mended."))
        return values


class PublishForm(VersionedForm):
    """What is published with a verdict: who disagreed, and what an earlier verdict got wrong."""

    dissent = forms.CharField(
        label=_("Dissent"), required=False, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )
    correction_note = forms.CharField(
        label=_("What this corrects, and why"), required=False, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )


class StanceForm(VersionedForm):
    """What a passage does to a claim."""

    stance = forms.ChoiceField(label=_("Stance"), choices=Stance.choices)
