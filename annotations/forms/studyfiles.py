"""Files whose texts a round is to read: looked at first, then brought in."""

from __future__ import annotations

import base64
import binascii
import hashlib
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.forms.intake import ACCEPTED, MAX_MEBIBYTES
from annotations.forms.preview import Copy, Decisions, Preview, preview
from articles.ingest.decoding import MAX_BYTES
from articles.ingest.record import ReadingRefused
from articles.models import Rights

MOST_FILES = 100


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; none where nothing was chosen."""

    widget = SeveralFiles

    def clean(self, value: Any, initial: Any = None) -> list[Any]:
        return [super(FilesField, self).clean(each, initial) for each in value or ()]


class StudyFilesForm(forms.Form):
    """Files of one text each. The second step carries them again, so that what was seen is what comes in.

    After validation ``seen`` are the files with what was read from them, and ``refused`` those that hold no text to
    bring in, with the reason.
    """

    chosen = FilesField(
        label=gettext_lazy("Files"),
        required=False,
        allow_empty_file=True,
        max_length=300,
        widget=SeveralFiles(attrs={"accept": ACCEPTED}),
        help_text=format_lazy(
            gettext_lazy("One text each: saved pages, Word documents, PDF, mail or plain text; {limit} MiB together."),
            limit=MAX_MEBIBYTES,
        ),
    )
    rights = forms.ChoiceField(
        label=gettext_lazy("Rights"),
        choices=Rights.choices,
        initial=Rights.UNKNOWN,
        help_text=gettext_lazy(
            "Of all of them. They decide whether the words go into a dataset, or only where they stand."
        ),
    )
    once = forms.UUIDField(required=False, widget=forms.HiddenInput)
    digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen: list[tuple[Copy, Preview]] = []
        self.refused: list[tuple[str, str]] = []

    def clean(self) -> None:
        super().clean()
        copies = self._copies()
        if len(copies) > MOST_FILES or sum(copy.size for copy in copies) > MAX_BYTES:
            self.add_error("chosen", _("These are too many at once. Choose fewer, and the others after them."))
            return
        for copy in copies:
            try:
                self.seen.append((copy, preview(copy, Decisions())))
            except ReadingRefused as refused:
                self.refused.append((copy.name, refused.reason))
        if not self.seen and "chosen" not in self.errors:
            self.add_error("chosen", _("Choose at least one file that holds a text."))

    def _copies(self) -> Sequence[Copy]:
        files = self.cleaned_data.get("chosen") or []
        if files:
            return [Copy(file.read(), file.name) for file in files]
        sent = self.data if isinstance(self.data, MultiValueDict) else MultiValueDict[str, str]()
        try:
            bodies = [base64.b64decode(each, validate=True) for each in sent.getlist("carried")]
        except binascii.Error:
            self.add_error("chosen", _("The files did not come through whole. Choose them again."))
            return []
        return [
            Copy(body, name[:300] or "text.txt")
            for body, name in zip(bodies, sent.getlist("carried_name"), strict=False)
        ]

    @property
    def seen_digest(self) -> str:
        """Stands for exactly these texts."""
        return hashlib.sha256("".join(found.digest for _copy, found in self.seen).encode()).hexdigest()

    @property
    def was_seen(self) -> bool:
        return bool(self.seen) and self.cleaned_data.get("digest") == self.seen_digest

    @property
    def once_key(self) -> str:
        """Stands for this form: however often it is sent, each of its texts comes in once."""
        return str(getattr(self, "cleaned_data", {}).get("once") or uuid.uuid4())

    def text_uid(self, number: int, person: int) -> uuid.UUID | None:
        once = self.cleaned_data.get("once")
        return uuid.uuid5(once, f"{person} {number} {self.seen[number][1].digest}") if once else None
