"""Runs of words with formats become blocks: in NFC, without blank lines, their marks counted in code points."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from unicodedata import category, combining, normalize
from urllib.parse import urlsplit

from articles.anchoring.text import BLANK_LINE, LINK_SCHEMES, Block, BlockKind, InlineMark

# In code points: longer addresses are no links.
LONGEST_HREF = 2_000


@dataclass(frozen=True, slots=True, order=True)
class Format:
    """How words look: ``link`` with its address, ``emphasis`` or ``strong``."""

    kind: str
    href: str = ""


@dataclass(slots=True)
class MarkedText:
    """Words as they are gathered, each run with its formats."""

    _runs: list[tuple[str, tuple[Format, ...]]] = field(default_factory=list)

    def append(self, words: str, formats: Collection[Format] = ()) -> None:
        """Add words that have been through :func:`articles.ingest.charsets.storable`."""
        accents = "".join(takewhile(_joins, words)) if self._runs else ""
        if accents:
            # An accent belongs to the letter before it, whatever format it came in.
            letters, theirs = self._runs[-1]
            self._runs[-1] = (letters + accents, theirs)
        if len(words) > len(accents):
            self._runs.append((words[len(accents) :], tuple(sorted(formats))))

    def blocks(self, kind: BlockKind) -> Iterator[Block]:
        """The words as blocks of the kind: one, or more where blank lines part them; none without words."""
        text = normalize("NFC", "".join(words for words, _ in self._runs))
        marks = list(self._marks(len(text)))
        start = 0
        for gap in [*BLANK_LINE.finditer(text), None]:
            first, last = trimmed(text, start, gap.start() if gap else len(text))
            if first < last:
                yield Block(kind, text[first:last], tuple(_inside(marks, text, first, last)))
            start = gap.end() if gap else last

    def _marks(self, length: int) -> Iterator[InlineMark]:
        """A mark for every row of neighbouring runs of one format, in order of where it begins."""
        begun: dict[Format, int] = {}
        end = 0
        for words, formats in [*self._runs, ("", ())]:
            for form in [form for form in begun if form not in formats]:
                yield InlineMark(form.kind, begun.pop(form), end, form.href)
            begun |= {form: end for form in formats if form not in begun}
            end = min(end + len(normalize("NFC", words)), length)


def _joins(character: str) -> bool:
    """Whether it may become one with the letter before it: an accent, or a later part of a Korean syllable."""
    return combining(character) > 0 or category(character) == "Mc" or "\u1161" <= character <= "\u11c2"


def _inside(marks: Sequence[InlineMark], text: str, first: int, last: int) -> Iterator[InlineMark]:
    """The marks as a block sees them that holds this range of the text."""
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.kind)):
        start, end = trimmed(text, max(first, mark.start), min(last, mark.end))
        if start < end:
            yield InlineMark(mark.kind, start - first, end - first, mark.href)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without the white space at its ends; an empty one where there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else (start, start)


def followable(href: str) -> str:
    """The address of a link that can be followed from elsewhere; else ``""``."""
    href = "".join(href.split())
    if not href or href.startswith("#") or len(href) > LONGEST_HREF:
        return ""
    try:
        return href if urlsplit(href).scheme in LINK_SCHEMES - {""} else ""
    except ValueError:
        return ""
