"""Who says which lines of a page are the story: an extractor that knows many pages, and the page itself."""

from collections.abc import Iterable, Sequence
from copy import deepcopy

import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from articles.anchoring.text import BlockKind
from articles.ingest.html_blocks import HtmlLine
from articles.ingest.paragraphs import ends_sentence
from articles.ingest.words import word_keys

SHINGLE = 4
# The part of a line's shingles that a witness must have.
ENOUGH = 0.7
# In elements: tables inside of tables take trafilatura time that grows with the square of their depth.
DEEPEST = 200
# In words: what a line of prose has at least, and the most lines shorter than a shingle have.
PROSE = 8


class Witness:
    """A text that holds the story and perhaps more; asked line by line."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._short: set[str] = set()
        self._shingles: set[tuple[str, ...]] = set()
        for line in lines:
            words = word_keys(line)
            if len(words) < SHINGLE:
                self._short.add(" ".join(words))
            self._shingles.update(_shingles(words))

    def knows(self, words: Sequence[str]) -> bool:
        """Whether the line with these words stands in the text."""
        if len(words) < SHINGLE:
            return bool(words) and " ".join(words) in self._short
        shingles = _shingles(words)
        return sum(shingle in self._shingles for shingle in shingles) >= ENOUGH * len(shingles)


def _shingles(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1)]


def extracted_lines(root: HtmlElement, *, fast: bool = True) -> list[str]:
    """The lines trafilatura takes for the story; none when it finds none, or would lose itself in the page."""
    if _is_deep(root):
        return []
    try:
        document = trafilatura.bare_extraction(
            deepcopy(root), fast=fast, with_metadata=False, include_comments=False, include_tables=True
        )
    except (RecursionError, ValueError, TypeError, AttributeError, IndexError, etree.LxmlError):
        # Pages that no browser would show either; the reader then judges the lines by themselves.
        return []
    text = document.text if document is not None and not isinstance(document, dict) else ""
    return (text or "").split("\n")


def _is_deep(root: HtmlElement) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            return True
    return False


def reads_as_prose(line: HtmlLine, words: Sequence[str]) -> bool:
    """Whether the line is written as a sentence of a story is, with few of its words in links."""
    return len(words) >= PROSE and ends_sentence(line.block.text) and linked_share(line) < 0.5


def linked_share(line: HtmlLine) -> float:
    """The part of the line's code points that are links."""
    linked = sum(mark.end - mark.start for mark in line.block.marks if mark.kind == "link")
    return min(1.0, linked / len(line.block.text))


def is_heading(line: HtmlLine) -> bool:
    return line.block.kind is BlockKind.HEADING
