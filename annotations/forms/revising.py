"""The form in which an article is rewritten: its headline, and its story as plain text or as the editor's blocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.forms.editing import EditorTextUnreadable, editor_json, settled_blocks, written_blocks
from annotations.forms.paragraphs import blocks_from_body, blocks_of, body_of
from articles.anchoring.text import Block, BlockKind, TextRefused, normalise
from articles.ingest.decoding import MAX_BYTES
from articles.models import PUBLIC_KINDS, ChangeKind, Revision
from articles.operations.declaring import Declared
from articles.operations.revising import Rewritten
from articles.permissions import OUT_FOR_READERS

KIND_NAMES = (
    (BlockKind.PARAGRAPH, gettext_lazy("Paragraph")),
    (BlockKind.STANDFIRST, gettext_lazy("Standfirst")),
    (BlockKind.HEADING, gettext_lazy("Heading")),
    (BlockKind.QUOTATION, gettext_lazy("Quotation")),
    (BlockKind.LIST_ITEM, gettext_lazy("List item")),
    (BlockKind.DIALOGUE, gettext_lazy("Dialogue")),
    (BlockKind.TABLE_ROW, gettext_lazy("Table row")),
    (BlockKind.CAPTION, gettext_lazy("Caption")),
)


class SavingForm(forms.Form):
    """What is said of a new revision when it is saved on top of the one whose number is ``base``."""

    base = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    note = forms.CharField(label=gettext_lazy("What changed, in a few words"), max_length=500, required=False)
    change_kind = forms.ChoiceField(
        label=gettext_lazy("This change is"), choices=ChangeKind.choices, required=False, widget=forms.RadioSelect
    )
    declared_text = forms.CharField(
        label=gettext_lazy("What was wrong, as readers are told"),
        help_text=gettext_lazy(
            "Of a clarification, a correction or a retraction. It is shown with its date, for good."
        ),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, state: str = "", **kwargs: Any) -> None:
        """``state``: of the article; where readers have the text, whoever saves another says what the change is."""
        super().__init__(*args, **kwargs)
        self.is_public = state in OUT_FOR_READERS
        if not self.is_public:
            del self.fields["change_kind"], self.fields["declared_text"]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        # Asked for when it is saved, not when somebody looks at what would happen.
        if self.is_public and "save" in self.data:
            self._ask_what_changed(values)
        return values

    def _ask_what_changed(self, values: dict[str, Any]) -> None:
        """Readers are told of what was wrong; of anything else the desk keeps a note."""
        kind, text = values.get("change_kind"), values.get("declared_text", "")
        if not kind and not self.has_error("change_kind"):
            self.add_error("change_kind", _("Readers have this text. Say what this change is."))
        if kind in PUBLIC_KINDS and not text:
            self.add_error("declared_text", _("Say what was wrong; readers are told so."))
        if not values.get("note"):
            if kind in PUBLIC_KINDS:
                values["note"] = text[:500]
            else:
                self.add_error("note", _("Readers have this text. Say what changed."))

    @property
    def declared(self) -> Declared | None:
        """What the change is said to be; None where nobody is asked."""
        if not self.is_public:
            return None
        return Declared(self.cleaned_data["change_kind"], self.cleaned_data["declared_text"])


class ReviseForm(SavingForm):
    """A new headline and body on top of a revision."""

    headline = forms.CharField(
        label=gettext_lazy("Headline"), widget=forms.TextInput(attrs={"dir": "auto", "class": "serif"})
    )
    body = forms.CharField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy("A blank line begins a new paragraph."),
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 24, "dir": "auto", "class": "serif draft"}),
    )
    # What the editor sends instead of the body; without a script there is none.
    blocks = forms.CharField(strip=False, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not self.has_error("body") and not values.get("body", "").strip():
            self.add_error("body", _("The text is empty. Give at least one paragraph."))
        return values

    def clean_headline(self) -> str:
        return _normalised(self.cleaned_data["headline"]).strip()

    def clean_body(self) -> str:
        """The body; that of the editor when there is one."""
        if self.data.get("blocks"):
            self.cleaned_data["written"] = _settled(self.data["blocks"])
            body = body_of(self.cleaned_data["written"])
        else:
            body = _normalised(self.cleaned_data["body"])
        if len(body.encode()) > MAX_BYTES:
            raise forms.ValidationError(
                _("The text is larger than %(limit)s MiB. Divide it.") % {"limit": MAX_BYTES // 1024**2}
            )
        return body

    def rewritten(self, former: Revision) -> Rewritten:
        """What is to be saved; unchanged blocks of ``former`` keep their kinds, and how their formats are noted."""
        blocks = blocks_of(former)
        if "written" in self.cleaned_data:
            return Rewritten(self.cleaned_data["headline"], settled_blocks(self.cleaned_data["written"], blocks))
        return Rewritten(self.cleaned_data["headline"], blocks_from_body(self.cleaned_data["body"], blocks))

    def for_editor(self, former: Revision) -> str:
        """The blocks of what the form shows, with which the editor begins."""
        sent = self["blocks"].value()
        if sent:
            return str(sent)
        body = str(self["body"].value() or "").replace("\r\n", "\n")
        return editor_json(blocks_from_body(body, blocks_of(former)))

    @staticmethod
    def showing(number: int, headline: str, blocks: Sequence[Block]) -> dict[str, Any]:
        """Values with which the form shows a text on top of revision ``number``."""
        return {"base": number, "headline": headline, "body": body_of(blocks), "blocks": editor_json(blocks)}


def with_body(sent: QueryDict) -> QueryDict:
    """What was sent, with the body that is shown where there is no script when only the editor's blocks came."""
    if not sent.get("blocks") or "body" in sent:
        return sent
    whole = sent.copy()
    try:
        whole["body"] = body_of(block for block in written_blocks(str(sent["blocks"])) if block.text.strip())
    except EditorTextUnreadable:
        del whole["blocks"]
    return whole


def _settled(sent: str) -> list[Block]:
    try:
        return settled_blocks(written_blocks(sent))
    except EditorTextUnreadable as unreadable:
        raise forms.ValidationError(_("The text did not arrive whole. Send it again.")) from unreadable
    except TextRefused as refused:
        raise _not_stored(refused) from refused


def _normalised(text: str) -> str:
    try:
        return normalise(text)
    except TextRefused as refused:
        raise _not_stored(refused) from refused


def _not_stored(refused: TextRefused) -> forms.ValidationError:
    message = _("The text cannot be stored: %(reason)s. Delete it there and try again.")
    return forms.ValidationError(message % {"reason": refused.reason})
