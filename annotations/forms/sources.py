"""What people fill in about a stored document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from annotations.forms.claims import ANY, VersionedForm
from annotations.forms.languages import LANGUAGES, UNSTATED
from articles.ingest.decoding import MAX_BYTES
from articles.models import Basis, Rights, Source

LIMIT = {"limit": MAX_BYTES // 1024**2}


class SourceFilterForm(forms.Form):
    """What the list of sources shows."""

    words = forms.CharField(
        label=_("Words"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.CharField(label=_("Kind"), required=False, max_length=100)
    publisher = forms.CharField(label=_("Publisher"), required=False, max_length=300)
    basis = forms.ChoiceField(label=_("Text is"), choices=[*ANY, *Basis.choices], required=False)

    def filters(self) -> dict[str, str]:
        """The filters that were understood, as keywords of ``narrow_sources``."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class SourceForm(VersionedForm):
    """What is known of a document, without its text."""

    title = forms.CharField(label=_("Title"), max_length=500, widget=forms.TextInput(attrs={"dir": "auto"}))
    publisher = forms.CharField(
        label=_("Publisher"), max_length=300, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    kind = forms.CharField(
        label=_("Kind"), max_length=100, required=False, help_text=_("Resolution, report, interview, statistics …")
    )
    published_date = forms.DateField(
        label=_("Published on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    url = forms.URLField(
        label=_("Address"), max_length=2000, required=False, assume_scheme="https", widget=forms.URLInput()
    )
    url_note = forms.CharField(
        label=_("Note on the address"),
        max_length=500,
        required=False,
        help_text=_("Such as: page to be confirmed."),
    )
    obtained_from = forms.CharField(
        label=_("Where we obtained it"), max_length=500, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    language = forms.ChoiceField(label=_("Language"), choices=[UNSTATED, *LANGUAGES], required=False)
    rights = forms.ChoiceField(label=_("Rights"), choices=Rights.choices, initial=Rights.UNKNOWN)
    interests = forms.CharField(
        label=_("Interests of the publisher"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("What it stands to gain or lose by what it says. Readers see it."),
    )

    @staticmethod
    def values_of(source: Source) -> dict[str, Any]:
        """A source's values, as this form begins with them."""
        return {name: getattr(source, name) for name in SourceForm.base_fields}

    def values(self) -> dict[str, Any]:
        """What ``store_source`` and ``change_source`` are to write."""
        return {name: self.cleaned_data[name] for name in SourceForm.base_fields if name != "version"}


class SnapshotForm(forms.Form):
    """The text of a document as it was captured once: pasted, or a text file."""

    basis = forms.ChoiceField(
        label=_("The text is"),
        choices=Basis.choices,
        help_text=_("Only captured text and transcripts hold the source’s own words. The rest is never quoted."),
    )
    text = forms.CharField(
        label=_("Text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
        help_text=_("Paste it, or choose a file. A blank line begins a new passage."),
    )
    upload = forms.FileField(
        label=_("Text file"),
        required=False,
        help_text=_("UTF-8, up to 5 MB. It is kept exactly as it is."),
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.md,text/plain"}),
    )
    snapshot_note = forms.CharField(
        label=_("How this text was obtained"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    content: bytes = b""
    file_name: str = ""

    def clean_upload(self) -> UploadedFile[Any] | None:
        upload: UploadedFile[Any] | None = self.cleaned_data["upload"]
        if upload and upload.size is not None and upload.size > MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(limit)s MiB. Paste the passages you rely on.") % LIMIT
            )
        return upload or None

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if self.errors:
            return values
        text, upload = values.get("text", ""), values.get("upload")
        if bool(text.strip()) == bool(upload):
            message = _("Paste the text or choose a file.") if upload is None else _("Either text or a file, not both.")
            self.add_error("text", message)
        elif upload:
            values["text"] = self._read(upload)
        elif len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
            self.add_error("text", _("The text is larger than %(limit)s MiB. Paste the passages you rely on.") % LIMIT)
        return values

    def _read(self, upload: UploadedFile[Any]) -> str:
        self.content, self.file_name = upload.read(), upload.name or ""
        try:
            text = self.content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            message = _("Byte %(place)s of the file is not UTF-8. Save it as UTF-8 text, or paste the text.")
            self.add_error("upload", message % {"place": error.start})
            return ""
        if not text.strip():
            self.add_error("upload", _("There is no text in the file."))
        return text


class NewSourceForm(SourceForm, SnapshotForm):
    """A document with its first text."""

    field_order = (
        "title",
        "publisher",
        "kind",
        "published_date",
        "url",
        "url_note",
        "obtained_from",
        "language",
        "rights",
        "interests",
        "basis",
        "text",
        "upload",
        "snapshot_note",
    )
