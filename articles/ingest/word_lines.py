"""The body of a Word document, as mammoth reads it, becomes blocks with the styles they were written in."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from mammoth import documents

from articles.anchoring.text import Block, BlockKind
from articles.ingest.charsets import storable
from articles.ingest.html_blocks import CELL_SEPARATOR, with_dialogue
from articles.ingest.marked_text import Format, MarkedText, followable

# Names of styles, which are the same whatever language the word processor speaks.
KINDS = {
    "subtitle": BlockKind.STANDFIRST,
    "standfirst": BlockKind.STANDFIRST,
    "caption": BlockKind.CAPTION,
    "quote": BlockKind.QUOTATION,
    "intense quote": BlockKind.QUOTATION,
    "block text": BlockKind.QUOTATION,
    "quotations": BlockKind.QUOTATION,
}
STRONG, EMPHASIS = Format("strong"), Format("emphasis")


@dataclass(frozen=True, slots=True)
class StyledBlock:
    """A block with the name of its style, in lower case; ``""`` for none."""

    style: str
    block: Block


@dataclass(slots=True)
class WordBody:
    """What the body holds; ``left_out`` are sentences about what has no place among the blocks."""

    blocks: list[StyledBlock] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def styled_blocks(document: Any) -> WordBody:
    """The blocks of the document, in its order."""
    counts: Counter[str] = Counter()
    blocks = [styled for child in document.children for styled in _blocks_of(child, counts)]
    said = with_dialogue([styled.block for styled in blocks])
    body = WordBody([StyledBlock(styled.style, block) for styled, block in zip(blocks, said, strict=True)])
    body.left_out = [f"{count} {what} were left out." for what, count in counts.items()]
    return body


def _blocks_of(element: Any, counts: Counter[str]) -> Iterator[StyledBlock]:
    if isinstance(element, documents.Table):
        for row in element.children:
            yield from _row(row, counts)
    elif isinstance(element, documents.Paragraph):
        words = MarkedText()
        _gather(element.children, (), words, counts)
        style = (element.style_name or "").strip().lower()
        yield from (StyledBlock(style, block) for block in words.blocks(_kind(style, element)))
    else:
        for child in getattr(element, "children", ()):
            yield from _blocks_of(child, counts)


def _kind(style: str, paragraph: Any) -> BlockKind:
    if style in KINDS:
        return KINDS[style]
    if style.startswith(("heading ", "title")):
        return BlockKind.HEADING
    if paragraph.numbering is not None or style.startswith("list "):
        return BlockKind.LIST_ITEM
    return BlockKind.PARAGRAPH


def _row(row: Any, counts: Counter[str]) -> Iterator[StyledBlock]:
    """One block per row of a table; a row of one cell only lays out the page, so its paragraphs stay."""
    cells = list(getattr(row, "children", ()))
    if len(cells) == 1:
        yield from (styled for child in cells[0].children for styled in _blocks_of(child, counts))
        return
    words = MarkedText()
    filled = 0
    for cell in cells:
        parts = [styled.block for child in cell.children for styled in _blocks_of(child, counts)]
        if parts:
            words.append(CELL_SEPARATOR if filled else "")
            _append_blocks(parts, words)
            filled += 1
    yield from (StyledBlock("", block) for block in words.blocks(BlockKind.TABLE_ROW))


def _append_blocks(blocks: Sequence[Block], words: MarkedText) -> None:
    """Words of the paragraphs of one cell, a space between them, with their marks."""
    for number, block in enumerate(blocks):
        words.append(" " if number else "")
        edges = sorted({0, len(block.text), *(edge for mark in block.marks for edge in (mark.start, mark.end))})
        for start, end in pairwise(edges):
            formats = [Format(mark.kind, mark.href) for mark in block.marks if mark.start <= start and end <= mark.end]
            words.append(block.text[start:end], formats)


def _gather(elements: Sequence[Any], formats: tuple[Format, ...], words: MarkedText, counts: Counter[str]) -> None:
    for element in elements:
        if isinstance(element, documents.Text):
            words.append(storable(element.value)[0], formats)
        elif isinstance(element, documents.Tab):
            words.append("\t", formats)
        elif isinstance(element, documents.Break):
            words.append("\n", formats)
        elif isinstance(element, documents.NoteReference):
            counts["footnotes"] += 1
        elif isinstance(element, documents.Image):
            counts["pictures"] += 1
        else:
            _gather(getattr(element, "children", ()), (*formats, *_formats(element)), words, counts)


def _formats(element: Any) -> Iterator[Format]:
    if isinstance(element, documents.Hyperlink):
        href = followable(element.href or "")
        if href:
            yield Format("link", href)
    elif isinstance(element, documents.Run):
        if element.is_bold:
            yield STRONG
        if element.is_italic:
            yield EMPHASIS
