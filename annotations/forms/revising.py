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
from articles.models import ArticleState, Revision
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

    def __init__(self, *args: Any, state: str = "", **kwargs: Any) -> None:
        """``state``: of the article; where readers have the text, what changed must be said when it is saved."""
        super().__init__(*args, **kwargs)
        self.is_public = state in OUT_FOR_READERS

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        # Asked for when it is saved, not when somebody looks at what would happen.
        if self.is_public and "save" in self.data and not values.get("note"):
            self.add_error("note", _("Readers have this text. Say what changed."))
        return values


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
    mark_corrected = forms.BooleanField(label=gettext_lazy("Mark the article as corrected"), required=False)

    def __init__(self, *args: Any, state: str = "", **kwargs: Any) -> None:
        super().__init__(*args, state=state, **kwargs)
        if state != ArticleState.PUBLISHED:
            del self.fields["mark_corrected"]

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
