"""What people fill in about who was heard on a claim."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.forms.claims import VersionedForm
from annotations.models import Channel, Claim
from articles.models import Speaker

LONGEST = 20_000  # characters


class Moment(forms.DateTimeField):
    """A day and a time of day, typed or chosen."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **options)


class WhomForm(forms.Form):
    """Whom it is about: the claimant, where the desk knows one, or somebody else by name."""

    whom = forms.CharField(label=_("Whom"), max_length=300)

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._claim = claim
        if claim.speaker is not None:
            self.fields["whom"].initial = claim.speaker.name

    def named(self) -> dict[str, Speaker | str]:
        """The speaker where the name is the claimant's, else the name."""
        named, speaker = self.cleaned_data["whom"], self._claim.speaker
        if speaker is not None and named in {speaker.name, *speaker.aliases}:
            return {"speaker": speaker}
        return {"name": named}


class AskForm(WhomForm):
    """That somebody was approached."""

    channel = forms.ChoiceField(label=_("How"), choices=Channel.choices)
    asked_at = Moment(label=_("When"))
    deadline = Moment(label=_("Answer by"))
    question = forms.CharField(
        label=_("What we asked"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def values(self) -> dict[str, Any]:
        """What ``ask_for_reply`` is told."""
        written = {name: self.cleaned_data[name] for name in ("channel", "asked_at", "deadline", "question")}
        return {**self.named(), **written}


class UnaskedForm(WhomForm):
    """Why nobody asks somebody."""

    reason = forms.CharField(
        label=_("Why nobody asks"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Readers see it beside the verdict."),
    )

    def values(self) -> dict[str, Any]:
        """What ``leave_unasked`` is told."""
        return {**self.named(), "reason": self.cleaned_data["reason"]}


class AnswerForm(VersionedForm):
    """What somebody answered."""

    answer = forms.CharField(
        label=_("Answer, word for word"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    answered_at = Moment(label=_("When"))


class DeadlineForm(VersionedForm):
    """Another deadline."""

    deadline = Moment(label=_("Answer by"))
