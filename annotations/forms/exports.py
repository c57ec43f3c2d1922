from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import CheckState, ClaimType, Verdict
from annotations.queries.exchange.exportfilters import ExportFilters
from articles.models import AnchorState, Origin, QuoteKind

LAYERS = (("quote", gettext_lazy("quotes")), ("claim", gettext_lazy("claims")), ("bias_tag", gettext_lazy("bias tags")))

# What was rejected is in no export.
ORIGINS = tuple((value, label) for value, label in Origin.choices if value != Origin.REJECTED)
KINDS = (*QuoteKind.choices, *ClaimType.choices)
STATUSES = tuple((value, CheckState(value).label) for value in ("drafted", "in_review", "approved", "published"))
YES = (("", ""), ("1", "1"))
LANGUAGE = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z"


class MomentField(forms.DateTimeField):
    """A moment in UTC: PostgreSQL refuses some of the time zones that Python reads."""

    def to_python(self, value: Any) -> datetime | None:
        moment = super().to_python(value)
        try:
            return moment.astimezone(UTC) if moment is not None else None
        except OverflowError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class ExportForm(forms.Form):
    """By what an export is narrowed. A filter it does not know is an error: the answer would look like everything."""

    article = forms.UUIDField(required=False)
    layer = forms.ChoiceField(choices=(("", ""), *LAYERS), required=False)
    speaker = forms.UUIDField(required=False)
    category = forms.SlugField(required=False)
    since = MomentField(required=False)
    until = MomentField(required=False)
    outlet = forms.CharField(required=False, max_length=200)
    annotator = forms.UUIDField(required=False)
    state = forms.ChoiceField(choices=(("", ""), *AnchorState.choices), required=False)
    origin = forms.ChoiceField(choices=(("", ""), *ORIGINS), required=False)
    only_human = forms.ChoiceField(choices=YES, required=False)
    kind = forms.ChoiceField(choices=(("", ""), *KINDS), required=False)
    codebook = forms.CharField(required=False, max_length=220)
    project = forms.SlugField(required=False)
    status = forms.ChoiceField(choices=(("", ""), *STATUSES), required=False)
    verdict = forms.ChoiceField(choices=(("", ""), *Verdict.choices), required=False)
    language = forms.RegexField(LANGUAGE, required=False, max_length=35)
    anonymous = forms.ChoiceField(choices=YES, required=False)

    def __init__(self, asked: QueryDict | Mapping[str, str]) -> None:
        super().__init__(asked)
        self.unknown = sorted(set(asked) - set(self.fields))

    def clean(self) -> dict[str, Any]:
        for name in self.unknown:
            self.add_error(None, forms.ValidationError(_("There is no filter “%(name)s”.") % {"name": name}, code=name))
        if self.cleaned_data.get("anonymous") and self.cleaned_data.get("annotator"):
            problem = _("What one person made does not become anonymous. Ask for one of the two.")
            self.add_error("anonymous", forms.ValidationError(problem, code="annotator"))
        return self.cleaned_data

    def filters(self) -> ExportFilters:
        """The filters of a valid form."""
        chosen = {name: bool(self.cleaned_data[name]) for name in ("only_human", "anonymous")}
        return ExportFilters(**self.cleaned_data | chosen)

    def problems(self) -> dict[str, list[str]]:
        """Messages by the parameter at fault."""
        of_fields = {name: [str(each) for each in self.errors[name]] for name in self.errors if name in self.fields}
        message = _("There is no such filter. Known are: %(names)s.") % {"names": ", ".join(sorted(self.fields))}
        return {**of_fields, **{name: [message] for name in self.unknown}}
