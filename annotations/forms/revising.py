"""Rewriting an article as plain text: a headline and a body whose blocks stand apart by blank lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.anchoring.carry import State, carry
from articles.anchoring.text import SEPARATOR, Block, BlockKind, InlineMark, TextRefused, normalise
from articles.ingest.decoding import MAX_BYTES
from articles.models import ArticleState, Revision
from articles.operations.revising import Rewritten
from articles.permissions import OUT_FOR_READERS

BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


def body_of(revision: Revision) -> str:
    """The blocks of a revision as they stand in the text area."""
    return SEPARATOR.join(paragraphs_of(revision))


def paragraphs_of(revision: Revision) -> list[str]:
    """The words of every block of a revision."""
    return [block["text"] for block in revision.blocks]


def blocks_from_body(body: str, former: Sequence[Block]) -> list[Block]:
    """Read the text area back into blocks.

    Blank lines part blocks. A block whose words are unchanged keeps its kind and formats wherever it stands now. Where
    as many blocks were rewritten as stood there, each keeps the kind of the one it replaces, and the formats whose
    words are still there. Everything else is a paragraph. ``body`` must have been through ``normalise``.
    """
    texts = [part.strip("\n") for part in BLANK_LINES.split(body) if part.strip()]
    known = {block.text: block for block in reversed(former)}
    blocks = [known.get(text) or Block(BlockKind.PARAGRAPH, text) for text in texts]
    matcher = SequenceMatcher(a=[block.text for block in former], b=texts, autojunk=False)
    for what, first, last, new_first, new_last in matcher.get_opcodes():
        if what == "equal":
            blocks[new_first:new_last] = former[first:last]
        elif what == "replace" and last - first == new_last - new_first:
            blocks[new_first:new_last] = [
                known.get(text) or _rewritten(old, text)
                for old, text in zip(former[first:last], texts[new_first:new_last], strict=True)
            ]
    return blocks


def _rewritten(old: Block, text: str) -> Block:
    fates = carry(old.text, text, [(mark.start, mark.end) for mark in old.marks]) if old.marks else []
    kept = tuple(
        InlineMark(mark.kind, fate.start, fate.end, mark.href)
        for mark, fate in zip(old.marks, fates, strict=True)
        if fate.state == State.ANCHORED and fate.start is not None and fate.end is not None
    )
    return Block(old.kind, text, kept)


class ReviseForm(forms.Form):
    """A new headline and body on top of the revision whose number is ``base``."""

    base = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    headline = forms.CharField(
        label=gettext_lazy("Headline"), widget=forms.TextInput(attrs={"dir": "auto", "class": "serif"})
    )
    body = forms.CharField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy("A blank line begins a new paragraph."),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "dir": "auto", "class": "serif draft"}),
    )
    note = forms.CharField(label=gettext_lazy("What changed, in a few words"), max_length=500, required=False)
    mark_corrected = forms.BooleanField(label=gettext_lazy("Mark the article as corrected"), required=False)

    def __init__(self, *args: Any, state: str = "", **kwargs: Any) -> None:
        """``state``: of the article; where readers have the text, what changed must be said when it is saved."""
        super().__init__(*args, **kwargs)
        self.is_public = state in OUT_FOR_READERS
        if state != ArticleState.PUBLISHED:
            del self.fields["mark_corrected"]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        # Asked for when it is saved, not when somebody looks at what would happen.
        if self.is_public and "save" in self.data and not values.get("note"):
            self.add_error("note", _("Readers have this text. Say what changed."))
        return values

    def clean_headline(self) -> str:
        return self._normalised("headline").strip()

    def clean_body(self) -> str:
        body = self._normalised("body")
        if len(body.encode()) > MAX_BYTES:
            raise forms.ValidationError(
                _("The text is larger than %(limit)s MiB. Divide it.") % {"limit": MAX_BYTES // 1024**2}
            )
        return body

    def _normalised(self, name: str) -> str:
        try:
            return normalise(self.cleaned_data[name])
        except TextRefused as refused:
            message = _("The text cannot be stored: %(reason)s. Delete it there and try again.")
            raise forms.ValidationError(message % {"reason": refused.reason}) from refused

    def rewritten(self, former: Revision) -> Rewritten:
        """What is to be saved; unchanged blocks of ``former`` keep their kinds."""
        blocks = [Block.from_json(block) for block in former.blocks]
        return Rewritten(self.cleaned_data["headline"], blocks_from_body(self.cleaned_data["body"], blocks))

    @staticmethod
    def stored(revision: Revision) -> dict[str, Any]:
        """What the form shows of a saved text."""
        return {"base": revision.number, "headline": revision.headline, "body": body_of(revision)}
