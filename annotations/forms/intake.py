"""Copy as it is pasted or uploaded, and what is known about it."""

from __future__ import annotations

import base64
import binascii
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.forms.languages import LANGUAGES, UNSTATED, language_choices
from annotations.forms.preview import Copy, Decisions, Preview, preview
from articles.ingest.choices import Choices
from articles.ingest.decoding import MAX_BYTES
from articles.ingest.record import IncomingArticle, ReadingRefused
from articles.models import DateBasis, FetchRequest, Rights

MAX_MEBIBYTES = MAX_BYTES // 1024 // 1024
# What a file dialogue offers first; the bytes decide, whatever the name.
ACCEPTED = ".txt,.text,.md,.html,.htm,.docx,.pdf,.eml,.json,.jsonl,.ndjson,.xml,.rss,.atom"
# Dates without a doubt about which is the month.
DATE_FORMATS = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d"]


class PastedText(forms.Field):
    """Text as it was typed: nothing is trimmed or refused here, because the reader says better what is wrong."""

    widget = forms.Textarea


class OrdinalsField(forms.CharField):
    """Numbers of lines, separated by commas."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> frozenset[int]:
        written = super().clean(value)
        try:
            return frozenset(int(number) for number in written.split(",") if number)
        except ValueError as error:
            raise forms.ValidationError(_("Lines are named by numbers. Look at the preview again.")) from error


def _hidden_number() -> forms.IntegerField:
    return forms.IntegerField(required=False, widget=forms.HiddenInput)


def _moment_field(**options: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(format=DATE_FORMATS[0], attrs={"autocomplete": "off"})
    return forms.DateTimeField(required=False, input_formats=DATE_FORMATS, widget=widget, **options)


class BringInForm(forms.Form):
    """One piece, pasted or as a file, with what is known about it. Every step carries all of it again.

    After validation ``copy`` is what came, if anything did, and ``preview`` what was read from it; both also where
    another field is wrong, so that the page can show them.
    """

    text = PastedText(
        label=_("Pasted text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "serif", "dir": "auto", "spellcheck": "false"}),
        help_text=_("The headline on the first line, the story below it."),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        allow_empty_file=True,
        max_length=300,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=format_lazy(
            _("A saved page, Word document, PDF with text, mail, ninjs, NewsML-G2 or plain text, at most {limit} MiB."),
            limit=MAX_MEBIBYTES,
        ),
    )
    outlet = forms.CharField(
        label=_("Outlet"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Left empty it stays unknown; nothing is guessed."),
    )
    byline = forms.CharField(
        label=_("Byline"), max_length=300, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    published_at = _moment_field(label=_("Published"), help_text=_("Such as 2025-05-13, or 2025-05-13 14:30."))
    date_basis = forms.ChoiceField(
        label=_("This date is"),
        choices=[("", _("choose one")), *(choice for choice in DateBasis.choices if choice[0] != DateBasis.UNKNOWN)],
        required=False,
    )
    date_note = forms.CharField(
        label=_("How the date is known"),
        max_length=500,
        required=False,
        help_text=_("If it is inferred: from which words."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=[UNSTATED], required=False)
    rights = forms.ChoiceField(
        label=_("Rights"),
        choices=Rights.choices,
        initial=Rights.UNKNOWN,
        help_text=_("Decide how much of the text readers are shown."),
    )
    embargo_until = _moment_field(
        label=_("Embargo until"),
        help_text=_("Until then only editors, and people assigned to it, know of the piece."),
    )
    fetched = forms.UUIDField(required=False, widget=forms.HiddenInput)
    carried = forms.CharField(required=False, widget=forms.HiddenInput)
    carried_name = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    # Decisions so far, by the numbers of lines, and the one that a button stands for.
    keep = OrdinalsField(required=False)
    removed = OrdinalsField(required=False)
    headline = _hidden_number()
    restore = _hidden_number()
    drop = _hidden_number()
    remove = _hidden_number()
    put_back = _hidden_number()
    lead = _hidden_number()
    once = forms.UUIDField(required=False, widget=forms.HiddenInput)
    digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        languages: Sequence[str] = (),
        requests: QuerySet[FetchRequest] | None = None,
        **kwargs: Any,
    ) -> None:
        """``languages``: the tags to offer first; ``requests``: what the person had fetched."""
        super().__init__(*args, **kwargs)
        self._requests = FetchRequest.objects.none() if requests is None else requests
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)
        language.choices = language_choices(first=languages)
        self.copy: Copy | None = None
        self.preview: Preview | None = None
        for name in ("published_at", "embargo_until"):
            written = self.data.get(name, "")
            self.fields[name].error_messages["invalid"] = gettext(
                "“%(written)s” may mean several days, or none. Write a date such as 2025-05-13."
            ) % {"written": written}

    def clean_embargo_until(self) -> Any:
        until = self.cleaned_data["embargo_until"]
        if until is not None and until <= timezone.now():
            raise forms.ValidationError(_("This moment has passed. Write a later one, or leave the field empty."))
        return until

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("published_at") and not self.cleaned_data.get("date_basis"):
            self.add_error("date_basis", _("Say whether the text states this date or you inferred it."))
        self.copy = self._copy()
        if self.copy is not None:
            self._read(self.copy)

    def _copy(self) -> Copy | None:
        """What came: a file just chosen, one carried along, or the text typed."""
        text, file = self.cleaned_data.get("text") or "", self.cleaned_data.get("file")
        if file is not None and text.strip():
            self.add_error("file", _("You pasted text and chose a file. Empty the text, or choose no file."))
            return None
        if file is not None:
            return Copy(file.read(), file.name)
        if "file" in self.errors:
            return None
        if self.cleaned_data.get("fetched"):
            return self._fetched_copy(self.cleaned_data["fetched"])
        if self.cleaned_data.get("carried"):
            return self._carried_copy()
        # Half of a surrogate pair cannot be written as UTF-8; the reader is to meet it and say so.
        return Copy(text.encode("utf-8", "surrogatepass"))

    def _fetched_copy(self, uid: uuid.UUID) -> Copy | None:
        request = self._requests.filter(uid=uid).select_related("capture").first()
        if request is None or request.capture is None:
            self.add_error(None, _("Nothing was fetched for this. Give the address once more."))
            return None
        capture = request.capture
        return Copy(bytes(capture.content), capture.name, url=capture.url, sent_as=capture.media_type)

    def _carried_copy(self) -> Copy | None:
        try:
            content = base64.b64decode(self.cleaned_data["carried"], validate=True)
        except binascii.Error:
            self.add_error("file", _("The file did not come through whole. Choose it again."))
            return None
        return Copy(content, self.cleaned_data.get("carried_name") or "text.txt")

    def _read(self, copy: Copy) -> None:
        before = self._decided()
        try:
            self.preview = preview(copy, before)
            self.preview = preview(copy, self._decide(before, copy))
        except ReadingRefused as refused:
            if self.preview is not None:  # what the button stands for cannot be done; everything else stands
                self.add_error(None, refused.reason)
            else:
                # The page has one field for the whole text, headline included, and a file takes its place.
                self.add_error(None if copy.url else "file" if copy.name else "text", refused.reason)

    def _decided(self) -> Decisions:
        """What had been decided before a button was pressed."""
        known = self.cleaned_data
        headline: int = known.get("headline") or 0
        choices = Choices(known.get("removed") or frozenset(), headline)
        return Decisions(known.get("keep") or frozenset(), choices)

    def _decide(self, before: Decisions, copy: Copy) -> Decisions:
        """What is decided after it."""
        pressed = self.cleaned_data.get
        keep = before.keep | _only(pressed("restore"))
        after = before.with_kept(keep - _only(pressed("drop")), copy)
        lead: int | None = pressed("lead")
        headline = after.choices.headline if lead is None else lead
        removed = after.choices.removed | _only(pressed("remove"))
        return replace(after, choices=Choices(removed - _only(pressed("put_back")) - _only(lead), headline))

    def offer_facts(self) -> None:
        """Write what the copy itself says into the fields that were left empty; the editor may change it.

        Only on the first look, so that what an editor empties stays empty.
        """
        if self.preview is None or self.cleaned_data.get("once"):
            return
        offered = {name: value for name, value in self._facts(self.preview.incoming).items() if value}
        typed = {name: self.data[name] for name in self.data if self.data[name]}
        self.data = {**offered, **typed}

    def _exactly(self, written: datetime | None) -> datetime | None:
        """The moment as the copy says it, to the second, where the field says the same minute."""
        read = self.preview.incoming.published_at if self.preview else None
        return read if read and written and read.replace(second=0, microsecond=0) == written else written

    def _facts(self, incoming: IncomingArticle) -> dict[str, str]:
        """What a reader found, as these fields write it."""
        written = {"outlet": incoming.outlet, "byline": incoming.byline, "language": self._offered(incoming.language)}
        for name, moment in (("published_at", incoming.published_at), ("embargo_until", incoming.embargoed_until)):
            written[name] = f"{timezone.localtime(moment):{DATE_FORMATS[0]}}" if moment else ""
        if incoming.published_at and not self.data.get("published_at"):
            written["date_basis"] = incoming.date_basis
        return written

    def _offered(self, language: str) -> str:
        """The tag as the desk offers it: itself, or the language without its region; empty for neither."""
        return next((tag for tag in (language, language.split("-")[0]) if tag in dict(LANGUAGES)), "")

    @property
    def kept(self) -> str:
        """The restored lines, as the form carries them."""
        return _carried(self.preview.decisions.keep) if self.preview else ""

    @property
    def taken_out(self) -> str:
        """The lines taken out by hand, as the form carries them."""
        return _carried(self.preview.decisions.choices.removed) if self.preview else ""

    @property
    def touched(self) -> int | None:
        """The removed line whose button was pressed; focus goes back to it."""
        found: int | None = self.cleaned_data.get("restore")
        return self.cleaned_data.get("drop") if found is None else found

    @property
    def touched_line(self) -> int | None:
        """The line of the story whose button was pressed."""
        pressed = (self.cleaned_data.get(button) for button in ("remove", "put_back", "lead"))
        return next((number for number in pressed if number is not None), None)

    @property
    def once_key(self) -> str:
        """Stands for this form: however often it is sent, one piece comes of it."""
        return str(getattr(self, "cleaned_data", {}).get("once") or uuid.uuid4())

    def piece_uid(self, *, by: AbstractUser) -> uuid.UUID | None:
        """Of the piece that comes of this form with this text, sent by this person."""
        once = self.cleaned_data.get("once")
        return None if once is None or self.preview is None else uuid.uuid5(once, f"{by.pk} {self.preview.digest}")

    @property
    def was_seen(self) -> bool:
        """Whether this very text, with these lines removed, has been shown before."""
        return self.preview is not None and self.cleaned_data.get("digest") == self.preview.digest

    def incoming(self) -> IncomingArticle:
        """What was read, with what the editor knows about it. Only of a valid form."""
        assert self.preview is not None
        known = self.cleaned_data
        date = self._exactly(known["published_at"])
        return replace(
            self.preview.incoming,
            canonical_url=self.preview.incoming.canonical_url or (self.copy.url if self.copy else ""),
            outlet=known["outlet"],
            byline=known["byline"],
            language=known["language"],
            published_at=date,
            date_basis=known["date_basis"] if date else DateBasis.UNKNOWN,
        )


def _only(number: int | None) -> frozenset[int]:
    return frozenset() if number is None else frozenset({number})


def _carried(numbers: frozenset[int]) -> str:
    return ",".join(map(str, sorted(numbers)))
