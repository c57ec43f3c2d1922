"""Copy as it is pasted or uploaded, and what is known about it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.forms.languages import LANGUAGES, UNSTATED
from articles.ingest.decoding import MAX_BYTES
from articles.ingest.readers import READERS, read
from articles.ingest.record import IncomingArticle, ReadingRefused, RemovedLine
from articles.models import DateBasis, Rights

MAX_MEBIBYTES = MAX_BYTES // 1024 // 1024
# Dates without a doubt about which is the month.
DATE_FORMATS = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d"]

# What the desk calls the rules that remove furniture.
RULES: dict[str, str | Promise] = {
    "share-bar": _("share bar"),
    "prev-next": _("previous and next"),
    "comment-form": _("comment form"),
    "read-next": _("read next"),
    "related-headlines": _("other piece’s headline"),
    "newsletter": _("newsletter"),
    "cookie-notice": _("cookie notice"),
    "photo-credit": _("photo credit"),
    "ad-label": _("advertisement"),
    "story-continues": _("“story continues”"),
    "reading-time": _("reading time"),
    "follow": _("follow us"),
    "copyright": _("copyright line"),
    "subscription": _("subscription"),
    "navigation": _("site navigation"),
    "tags": _("topic tags"),
}


@dataclass(frozen=True, slots=True)
class Copy:
    """Bytes as they came, and under which name; ``name`` is empty for pasted text."""

    content: bytes
    name: str = ""

    @property
    def media_type(self) -> str:
        return "text/plain" if self.name else "text/plain; charset=utf-8"

    @property
    def reader(self) -> str:
        """The name of the reader that reads it."""
        return next(reader.name for reader in READERS if reader.recognises(self.content, self.name))

    @property
    def carried(self) -> str:
        """The bytes of a file as a form can carry them from one step to the next."""
        return base64.b64encode(self.content).decode("ascii") if self.name else ""

    @property
    def size(self) -> int:
        return len(self.content)


@dataclass(frozen=True, slots=True)
class Removable:
    """A line taken for furniture: what it says, which rule says so, and whether the editor wants it kept."""

    ordinal: int
    line: RemovedLine
    is_restored: bool

    @property
    def rule(self) -> str | Promise:
        return RULES.get(self.line.rule, self.line.rule.replace("-", " "))


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be saved, before it is: the piece, every line in question, and a digest of both."""

    incoming: IncomingArticle
    removable: tuple[Removable, ...]

    @property
    def digest(self) -> str:
        """Stands for exactly this text and these removed lines."""
        seen = {
            "headline": self.incoming.headline,
            "blocks": [block.to_json() for block in self.incoming.blocks],
            "removed": [[line.text, line.rule, line.position] for line in self.incoming.removed],
        }
        return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()

    @property
    def length(self) -> int:
        """Of the whole text, in code points."""
        return len(self.incoming.text)

    @property
    def removed_length(self) -> int:
        """Of all removed lines, in code points."""
        return sum(len(line.text) for line in self.incoming.removed)


def preview(copy: Copy, keep: Collection[int]) -> Preview:
    """Read copy without saving it; ``keep`` names the lines to restore by their ordinals.

    :raises ReadingRefused: the copy cannot be read, or there is no such line.
    """
    everything = read(copy.content, name=copy.name)[0]
    incoming = read(copy.content, name=copy.name, keep=keep)[0] if keep else everything
    return Preview(
        incoming,
        tuple(Removable(ordinal, line, ordinal in keep) for ordinal, line in enumerate(everything.removed)),
    )


class PastedText(forms.Field):
    """Text as it was typed: nothing is trimmed or refused here, because the reader says better what is wrong."""

    widget = forms.Textarea


class OrdinalsField(forms.CharField):
    """Numbers of removed lines, separated by commas."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> frozenset[int]:
        written = super().clean(value)
        try:
            return frozenset(int(number) for number in written.split(",") if number)
        except ValueError as error:
            raise forms.ValidationError(_("The lines to restore are numbers. Look at the preview again.")) from error


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
        label=_("Or a text file"),
        required=False,
        allow_empty_file=True,
        max_length=300,
        widget=forms.FileInput(attrs={"accept": ".txt,.text,.md,text/plain"}),
        help_text=format_lazy(
            _("Plain text, UTF-8 or UTF-16, at most {limit} MiB. From other formats, paste the words."),
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
        choices=[choice for choice in DateBasis.choices if choice[0] != DateBasis.UNKNOWN],
        initial=DateBasis.STATED,
        required=False,
    )
    date_note = forms.CharField(
        label=_("How the date is known"),
        max_length=500,
        required=False,
        help_text=_("If it is inferred: from which words."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=[UNSTATED, *LANGUAGES], required=False)
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
    carried = forms.CharField(required=False, widget=forms.HiddenInput)
    carried_name = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    keep = OrdinalsField(required=False)
    restore = forms.IntegerField(required=False, widget=forms.HiddenInput)
    drop = forms.IntegerField(required=False, widget=forms.HiddenInput)
    digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.copy: Copy | None = None
        self.preview: Preview | None = None
        for name in ("published_at", "embargo_until"):
            written = self.data.get(name, "")
            self.fields[name].error_messages["invalid"] = gettext(
                "“%(written)s” does not say which day. Write a date such as 2025-05-13."
            ) % {"written": written}

    def clean_embargo_until(self) -> Any:
        until = self.cleaned_data["embargo_until"]
        if until is not None and until <= timezone.now():
            raise forms.ValidationError(_("This moment has passed. Write a later one, or leave the field empty."))
        return until

    def clean(self) -> None:
        super().clean()
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
        if self.cleaned_data.get("carried"):
            return self._carried_copy()
        # Half of a surrogate pair cannot be written as UTF-8; the reader is to meet it and say so.
        return Copy(text.encode("utf-8", "surrogatepass"))

    def _carried_copy(self) -> Copy | None:
        try:
            content = base64.b64decode(self.cleaned_data["carried"], validate=True)
        except binascii.Error:
            self.add_error("file", _("The file did not come through whole. Choose it again."))
            return None
        return Copy(content, self.cleaned_data.get("carried_name") or "text.txt")

    def _read(self, copy: Copy) -> None:
        try:
            self.preview = preview(copy, self.restored)
        except ReadingRefused as refused:
            # The page has one field for the whole text, headline included, and a file takes its place.
            self.add_error("file" if copy.name else "text", refused.reason)

    @property
    def restored(self) -> frozenset[int]:
        """The lines to restore, after the button that was pressed."""
        kept: frozenset[int] = self.cleaned_data.get("keep") or frozenset()
        more, less = self.cleaned_data.get("restore"), self.cleaned_data.get("drop")
        return (kept | {more} if more is not None else kept) - {less}

    @property
    def kept(self) -> str:
        """The same, as the form carries it."""
        return ",".join(map(str, sorted(self.restored)))

    @property
    def touched(self) -> int | None:
        """The line whose button was pressed; focus goes back to it."""
        found: int | None = self.cleaned_data.get("restore")
        return self.cleaned_data.get("drop") if found is None else found

    @property
    def was_seen(self) -> bool:
        """Whether this very text, with these lines removed, has been shown before."""
        return self.preview is not None and self.cleaned_data.get("digest") == self.preview.digest

    def incoming(self) -> IncomingArticle:
        """What was read, with what the editor knows about it. Only of a valid form."""
        assert self.preview is not None
        known = self.cleaned_data
        date = known["published_at"]
        return replace(
            self.preview.incoming,
            outlet=known["outlet"],
            byline=known["byline"],
            language=known["language"],
            published_at=date,
            date_basis=(known["date_basis"] or DateBasis.STATED) if date else DateBasis.UNKNOWN,
        )
