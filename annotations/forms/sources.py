"""What people fill in about a stored document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from annotations.forms.claims import ANY, VersionedForm
from annotations.forms.languages import LANGUAGES, UNSTATED
from articles.ingest.decoding import MAX_BYTES
from articles.ingest.documents import Document, read_document
from articles.ingest.record import ReadingRefused
from articles.models import Basis, Capture, FetchRequest, Rights, Source

LARGEST_FILE = 20 * 1024 * 1024
LIMIT = {"limit": MAX_BYTES // 1024**2}
FILE_LIMIT = {"limit": LARGEST_FILE // 1024**2}


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it was uploaded, under its name."""

    content: bytes
    name: str


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
    """The text of a document as it was captured once: pasted, read from a file, or from what was fetched."""

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
        label=_("File"),
        required=False,
        help_text=format_lazy(
            _("Text, Word, PDF, mail, a saved page or a wire; up to {limit} MiB. It is kept exactly as it is."),
            **FILE_LIMIT,
        ),
        widget=forms.ClearableFileInput(),
    )
    snapshot_note = forms.CharField(
        label=_("How this text was obtained"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    fetched = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, requests: QuerySet[FetchRequest] | None = None, **kwargs: Any) -> None:
        """``requests``: what the person had fetched. After validation ``document`` is what was read of a file or an
        address, and ``received`` the bytes of a file."""
        super().__init__(*args, **kwargs)
        self._requests = FetchRequest.objects.none() if requests is None else requests
        self.document: Document | None = None
        self.received: Received | None = None
        self.capture: Capture | None = None

    @classmethod
    def offered(cls, uid: str, *, requests: QuerySet[FetchRequest]) -> Self:
        """The form as somebody first sees it for what was fetched: filled with what the document says of itself, or
        saying why it cannot be read."""
        read = cls({"fetched": uid, "basis": Basis.CAPTURE, "rights": Rights.UNKNOWN}, requests=requests)
        read.is_valid()
        if read.document is None or read.capture is None:
            for name in read.errors.keys() - {"text"}:  # nobody has filled anything in yet
                del read.errors[name]
            return read
        form = cls(initial=_facts(read.document, read.capture) | {"fetched": uid}, requests=requests)
        form.document, form.capture = read.document, read.capture
        return form

    def clean_upload(self) -> UploadedFile[Any] | None:
        upload: UploadedFile[Any] | None = self.cleaned_data["upload"]
        if upload and upload.size is not None and upload.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("The file is larger than %(limit)s MiB. Paste the passages you rely on.") % FILE_LIMIT
            )
        return upload or None

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if self.errors.keys() & {"basis", "text", "upload"}:
            return values
        text, upload = values.get("text", ""), values.get("upload")
        if values.get("fetched") and not text.strip() and not upload:
            values["text"] = self._read_fetched(values["fetched"])
        elif bool(text.strip()) == bool(upload):
            message = _("Paste the text or choose a file.") if upload is None else _("Either text or a file, not both.")
            self.add_error("text", message)
        elif upload:
            values["text"] = self._read(upload)
        elif len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
            self.add_error("text", _("The text is larger than %(limit)s MiB. Paste the passages you rely on.") % LIMIT)
        return values

    def _read(self, upload: UploadedFile[Any]) -> str:
        self.received = Received(upload.read(), (upload.name or "")[:300])
        return self._read_document(self.received.content, self.received.name, field="upload")

    def _read_fetched(self, uid: UUID) -> str:
        request = self._requests.filter(uid=uid).select_related("capture").first()
        if request is None or request.capture is None:
            self.add_error("text", _("Nothing was fetched for this. Give the address once more."))
            return ""
        self.capture = request.capture
        return self._read_document(bytes(self.capture.content), self.capture.name, field="text")

    def _read_document(self, content: bytes, name: str, *, field: str) -> str:
        try:
            self.document = read_document(content, name=name)
        except ReadingRefused as refused:
            self.add_error(field, refused.reason)
            return ""
        return self.document.text


def _facts(document: Document, capture: Capture) -> dict[str, Any]:
    return {
        "title": document.title,
        "publisher": document.publisher,
        "url": document.url or capture.url,
        "obtained_from": capture.url,
        "language": document.language,
        "published_date": document.published_at.date() if document.published_at else None,
        "basis": Basis.CAPTURE,
    }


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
