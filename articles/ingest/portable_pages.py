"""Pages of a PDF become lines in the order people read them: column by column, whatever order they were drawn in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import groupby
from typing import Any

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTContainer, LTImage, LTTextLineHorizontal

from articles.ingest.charsets import storable

# Letters that typesetters draw as one, and readers search for as several.
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
# What the library writes for a letter of which the font does not say what it is.
NAMELESS = "(cid:"
# A gutter has at least so many lines side by side, and at most this share of the lines run across it.
FEWEST_SIDE_BY_SIDE = 2
MOST_ACROSS = 0.4
# How far apart the baselines of one line may be, in points, and its pieces, in times the size of the letters.
SAME_BASELINE = 2.0
WIDEST_SPACE = 3.0
# Columns inside columns beyond this depth are no columns.
DEEPEST_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of letters. Places are in points: ``left`` and ``right`` from the left edge of the page, ``top`` and
    ``bottom`` from its lower edge, ``height`` that of the page; ``column`` numbers the columns of the document.
    """

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    height: float
    column: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    lines: tuple[PageLine, ...]
    has_pictures: bool


def pages_of(body: bytes) -> Iterator[Page]:
    """The pages, one at a time, each with its lines in reading order.

    :raises Exception: whatever the library raises for a damaged file.
    """
    columns = 0
    layout = LAParams(boxes_flow=None)
    for number, page in enumerate(extract_pages(BytesIO(body), laparams=layout)):
        found = list(_text_lines(page, number, page.height))
        ordered: list[PageLine] = []
        for rows in _columns(found, DEEPEST_COLUMNS):
            ordered += (replace(line, column=columns) for line in _joined(rows))
            columns += 1
        yield Page(tuple(ordered), any(_pictures(page)))


def _text_lines(element: Any, page: int, height: float) -> Iterator[PageLine]:
    if isinstance(element, LTTextLineHorizontal):
        text = " ".join(storable(element.get_text())[0].translate(LIGATURES).split())
        if text:
            sizes = [character.size for character in element if isinstance(character, LTChar)]
            size = sorted(sizes)[len(sizes) // 2] if sizes else element.height
            yield PageLine(text, page, element.x0, element.x1, element.y1, element.y0, size, height)
    elif isinstance(element, LTContainer):
        for child in element:
            yield from _text_lines(child, page, height)


def _pictures(element: Any) -> Iterator[bool]:
    if isinstance(element, LTImage):
        yield True
    elif isinstance(element, LTContainer):
        for child in element:
            yield from _pictures(child)


def _columns(lines: Sequence[PageLine], depth: int) -> Iterator[list[PageLine]]:
    """Lines that belong below each other, in reading order: what runs across a gutter parts what stands beside it."""
    ordered = sorted(lines, key=lambda line: (-line.top, line.left))
    gutter = _gutter(ordered) if depth else None
    if gutter is None:
        if ordered:
            yield ordered
        return
    for is_across, band in groupby(ordered, key=lambda line: _is_across(line, gutter)):
        rows = list(band)
        if is_across:
            yield rows
            continue
        yield from _columns([line for line in rows if line.right <= gutter], depth - 1)
        yield from _columns([line for line in rows if line.right > gutter], depth - 1)


def _gutter(lines: Sequence[PageLine]) -> float | None:
    """Where a column ends and the next begins, in points from the left; the place that fewest lines run across."""
    best: tuple[float, float] | None = None
    for gutter in sorted({round(line.left) - 1.0 for line in lines}):
        left = [line for line in lines if line.right <= gutter]
        right = [line for line in lines if line.left >= gutter]
        across = len(lines) - len(left) - len(right)
        if min(len(left), len(right)) < FEWEST_SIDE_BY_SIDE or across > MOST_ACROSS * len(lines):
            continue
        if _side_by_side(left, right) >= FEWEST_SIDE_BY_SIDE and (best is None or across < best[0]):
            best = (across, gutter)
    return best[1] if best else None


def _side_by_side(left: Sequence[PageLine], right: Sequence[PageLine]) -> int:
    """How many lines on the left stand no lower than the highest and no higher than the lowest on the right."""
    top, bottom = max(line.top for line in right), min(line.bottom for line in right)
    return sum(line.bottom < top and line.top > bottom for line in left)


def _is_across(line: PageLine, gutter: float) -> bool:
    return line.left < gutter < line.right


def _joined(lines: Sequence[PageLine]) -> Iterator[PageLine]:
    """Pieces of one line of letters, which wide spaces had parted, as one."""
    held: PageLine | None = None
    for line in lines:
        if held is not None and _is_one_line(held, line):
            held = replace(held, text=f"{held.text} {line.text}", right=line.right, top=max(held.top, line.top))
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _is_one_line(piece: PageLine, following: PageLine) -> bool:
    gap = following.left - piece.right
    return abs(piece.bottom - following.bottom) <= SAME_BASELINE and -1 <= gap <= WIDEST_SPACE * piece.size
