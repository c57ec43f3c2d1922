"""Elements of an HTML page become blocks: the words as the outlet wrote them, with what they are and how they look."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from lxml.html import HtmlElement

from articles.anchoring.text import Block, BlockKind, InlineMark
from articles.ingest.html_pieces import Piece, PieceCollector
from articles.ingest.paragraphs import ends_sentence, turns_of_dialogues

# What parts the cells of one table row.
CELL_SEPARATOR = " | "
# In code points: longer bold lines are no headings.
LONGEST_HEADING = 120


@dataclass(frozen=True, slots=True)
class HtmlLine:
    """One line of the page as a block, with the innermost element that holds the whole of it."""

    element: HtmlElement
    block: Block


def blocks_from(element: HtmlElement, *, base_url: str = "") -> list[Block]:
    """The blocks of everything that can be seen in the element, its own tail left out.

    ``base_url`` resolves addresses of links that are relative. Time in proportion to the element's size.
    """
    return finished([line.block for line in lines_of(element, base_url=base_url)])


def lines_of(element: HtmlElement, *, base_url: str = "") -> list[HtmlLine]:
    """The lines of everything that can be seen in the element, each with its element, in the order of the page.

    Links that lead nowhere are marked too, without an address: what is mostly links is judged by
    that. :func:`finished` takes those marks away.
    """
    pieces = _with_list_items(PieceCollector(base_url).collect(element))
    lines = [line for group in _rows(pieces) for line in _lines_of_row(group)]
    return _with_bold_headings(lines)


def finished(blocks: Sequence[Block]) -> list[Block]:
    """The blocks as a record holds them: turns of talk told apart, and only links that lead somewhere."""
    return with_dialogue([_with_followable_links(block) for block in blocks])


def _with_followable_links(block: Block) -> Block:
    marks = tuple(mark for mark in block.marks if mark.kind != "link" or mark.href)
    return block if len(marks) == len(block.marks) else replace(block, marks=marks)


def with_dialogue(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, with paragraphs of talk told apart as dialogue turns."""
    turns = turns_of_dialogues([block.text for block in blocks])
    return [
        replace(block, kind=BlockKind.DIALOGUE) if number in turns and block.kind is BlockKind.PARAGRAPH else block
        for number, block in enumerate(blocks)
    ]


def _rows(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Pieces of one table row together, every other piece alone."""
    for row, group in groupby(pieces, key=lambda piece: piece.setting.row):
        if row is None:
            yield from ([piece] for piece in group)
        else:
            yield list(group)


def _lines_of_row(pieces: Sequence[Piece]) -> list[HtmlLine]:
    """One line when the pieces are cells of a row; tables that only lay out a page give their lines one by one."""
    cells = [piece.setting.cell for piece in pieces]
    row = pieces[0].setting.row
    if row is None or len(pieces) < 2 or len({id(cell) for cell in cells}) < len(cells):
        return [HtmlLine(piece.setting.element, Block(piece.setting.kind, piece.text, piece.marks)) for piece in pieces]
    marks: list[InlineMark] = []
    start = 0
    for piece in pieces:
        marks += (replace(mark, start=mark.start + start, end=mark.end + start) for mark in piece.marks)
        start += len(piece.text) + len(CELL_SEPARATOR)
    text = CELL_SEPARATOR.join(piece.text for piece in pieces)
    return [HtmlLine(row, Block(BlockKind.TABLE_ROW, text, tuple(marks)))]


def _with_list_items(pieces: Sequence[Piece]) -> list[Piece]:
    """Paragraphs of lists become list items, unless the list is made of whole texts, as a live report is."""
    paragraphs_of = Counter(id(piece.setting.item) for piece in pieces if piece.setting.element.tag == "p")
    entries = {id(piece.setting.item) for piece in pieces if piece.setting.kind is BlockKind.HEADING}
    return [
        replace(piece, setting=replace(piece.setting, kind=BlockKind.LIST_ITEM))
        if piece.setting.item is not None
        and piece.setting.kind is BlockKind.PARAGRAPH
        and paragraphs_of[id(piece.setting.item)] < 2
        and id(piece.setting.item) not in entries
        else piece
        for piece in pieces
    ]


def _with_bold_headings(lines: Sequence[HtmlLine]) -> list[HtmlLine]:
    """Short lines all in bold, between longer ones, are headings however the page calls them."""
    headings = {
        number + 1
        for number, (before, line) in enumerate(pairwise(lines[:-1]))
        if _is_all_bold(line.block) and not _is_all_bold(before.block) and not _is_all_bold(lines[number + 2].block)
    }
    return [
        replace(line, block=replace(line.block, kind=BlockKind.HEADING)) if number in headings else line
        for number, line in enumerate(lines)
    ]


def _is_all_bold(block: Block) -> bool:
    if block.kind is not BlockKind.PARAGRAPH or len(block.text) > LONGEST_HEADING:
        return False
    if ends_sentence(block.text) or block.text.endswith((":", ",")):
        return False
    return any(mark.kind == "strong" and mark.end - mark.start == len(block.text) for mark in block.marks)
