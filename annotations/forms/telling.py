"""What readers are told about a piece they have, and what outlets are asked about copy that is theirs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import PUBLIC_KINDS, OutletAnswer

DAY = {"type": "date"}


class NoticeForm(forms.Form):
    """A notice without a new text."""

    prefix = "notice"

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[(kind.value, kind.label) for kind in PUBLIC_KINDS],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What was wrong, as readers are told"),
        help_text=_("Say what stood there and what is right. It is shown with its date, for good."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class OutletRequestForm(forms.Form):
    """Whom the desk asked to correct copy that is not its own."""

    prefix = "request"

    asked_of = forms.CharField(label=_("Asked of"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    asked_date = forms.DateField(label=_("Asked on"), widget=forms.DateInput(attrs=DAY))
    text = forms.CharField(
        label=_("What is wrong, as readers are told"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, outlet: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"asked_of": outlet, "asked_date": timezone.localdate()})
        super().__init__(*args, **kwargs)


class OutletAnswerForm(forms.Form):
    """What they answered, or that they did not."""

    answer = forms.ChoiceField(label=_("Answer"), choices=OutletAnswer.choices)
    answered_date = forms.DateField(label=_("Answered on"), widget=forms.DateInput(attrs=DAY))
    answer_text = forms.CharField(
        label=_("In their words"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"answered_date": timezone.localdate()})
        super().__init__(*args, **kwargs)
