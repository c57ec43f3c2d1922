"""What would be saved of copy that is being brought in, after the choices of whoever brings it in."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.anchoring.text import Block
from articles.ingest.choices import BY_HAND, Choices, may_be_headline, same_lines, story_lines
from articles.ingest.readers import MEDIA_TYPES, read_one, reader_of
from articles.ingest.record import IncomingArticle, RemovedLine

# A piece of at most this many paragraphs is shown whole; of a longer one the first ones, the rest in a fold.
SHOWN_WHOLE = 12
SHOWN_OF_LONG = 3

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
    "running-head": _("running head"),
    "page-number": _("page number"),
    "mail-signature": _("signature"),
    "quoted-reply": _("quoted mail"),
    "forwarded-header": _("head of a forwarded mail"),
    "mail-disclaimer": _("mail disclaimer"),
    "author-box": _("about the author"),
    "below-story": _("below the story"),
    "box": _("box beside the story"),
    "button": _("button"),
    "byline": _("byline"),
    "correction-label": _("label of a correction"),
    "dialog": _("window over the page"),
    "embed": _("who is quoted"),
    "feed-footer": _("foot of a feed"),
    "footnotes": _("footnotes"),
    "form": _("form"),
    "headline": _("headline"),
    "media-player": _("player"),
    "page-footer": _("foot of the page"),
    "page-frame": _("frame of the page"),
    "page-part": _("part of the page"),
    "poll": _("poll"),
    "publication-date": _("date"),
    "pull-quote": _("pull quote"),
    "reader-call": _("call to readers"),
    "section": _("section"),
    BY_HAND: _("by hand"),
}


@dataclass(frozen=True, slots=True)
class Copy:
    """Bytes as they came, and under which name; ``name`` is empty for pasted text.

    What was fetched has the ``url`` it came from, and the type (``sent_as``) its site sent it as.
    """

    content: bytes
    name: str = ""
    url: str = ""
    sent_as: str = ""

    @property
    def media_type(self) -> str:
        """Of a file by the reader that reads it; what is pasted came as UTF-8."""
        if self.url:
            return self.sent_as
        return MEDIA_TYPES[self.reader] if self.name else "text/plain; charset=utf-8"

    @property
    def reader(self) -> str:
        """The name of the reader that reads it."""
        return reader_of(self.content, name=self.name).name

    @property
    def carried(self) -> str:
        """The bytes of a file as a form can carry them to the next step; what was fetched stays on the desk."""
        return base64.b64encode(self.content).decode("ascii") if self.name and not self.url else ""

    @property
    def size(self) -> int:
        return len(self.content)


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was decided about the lines of a piece, by number.

    ``keep`` are removed lines to restore. ``choices`` count the lines of the piece read with these restored.
    """

    keep: frozenset[int] = frozenset()
    choices: Choices = field(default_factory=Choices)

    def with_kept(self, keep: frozenset[int], copy: Copy) -> Decisions:
        """The same choices about a reading that restores other lines."""
        if keep == self.keep:
            return self
        before = read_one(copy.content, name=copy.name, keep=self.keep)
        after = read_one(copy.content, name=copy.name, keep=keep)
        removed = same_lines(self.choices.removed, before=before, after=after)
        headline = next(iter(same_lines({self.choices.headline}, before=before, after=after)), 0)
        return Decisions(keep, Choices(removed - {headline}, headline))


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
class Line:
    """A line of the story with its number: 0 is the headline that was read."""

    number: int
    block: Block

    @property
    def may_be_headline(self) -> bool:
        return may_be_headline(self.block.text)


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be saved, before it is: the piece, every line in question, and a digest of both.

    :ivar read: the piece before choices about its lines.
    """

    incoming: IncomingArticle
    removable: tuple[Removable, ...]
    read: IncomingArticle
    decisions: Decisions

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

    @property
    def lines(self) -> list[Line]:
        """The story below its headline."""
        choices = self.decisions.choices
        return [line for line in self._all_lines() if line.number not in {choices.headline, *choices.removed}]

    @property
    def first_lines(self) -> list[Line]:
        """The lines that are shown at once."""
        return self.lines if len(self.lines) <= SHOWN_WHOLE else self.lines[:SHOWN_OF_LONG]

    @property
    def further_lines(self) -> list[Line]:
        """The lines in the fold."""
        return self.lines[len(self.first_lines) :]

    @property
    def taken_out(self) -> list[Line]:
        """Lines that the editor took out by hand."""
        return [line for line in self._all_lines() if line.number in self.decisions.choices.removed]

    def _all_lines(self) -> Iterator[Line]:
        return (Line(number, block) for number, block in enumerate(story_lines(self.read)))


def preview(copy: Copy, decisions: Decisions) -> Preview:
    """Read copy without saving it, and decide about its lines as the editor did.

    :raises ReadingRefused: the copy cannot be read, or the decisions do not fit it.
    """
    everything = read_one(copy.content, name=copy.name)
    piece = read_one(copy.content, name=copy.name, keep=decisions.keep) if decisions.keep else everything
    removable = (Removable(ordinal, line, ordinal in decisions.keep) for ordinal, line in enumerate(everything.removed))
    return Preview(decisions.choices.apply(piece), tuple(removable), piece, decisions)
