"""Lines of a PDF become paragraphs: where a new one begins is seen from indents, gaps, sizes and short lines."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from articles.anchoring.text import Block, BlockKind
from articles.ingest.paragraphs import BULLET, continues_lower, ends_sentence
from articles.ingest.portable_pages import PageLine

# Times the size of the letters: more than this is a gap, and less than that no indent.
GAP = 1.25
INDENT = 0.6
# Times the size of the body: letters from here on are those of headlines, and those of headings.
HEADLINE = 1.35
HEADING = 1.1
LONGEST_HEADING = 120
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
PARTED = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
# First parts that keep their hyphen when the document does not show otherwise.
HYPHENATED_FIRST = frozenset(
    re.findall(
        r"\w+",
        "all anti co cross ex far half high long low mid multi non part post pre pro re self semi short so sub twenty "
        "thirty forty fifty sixty seventy eighty ninety two three four five six seven eight nine ten vice well",
    )
)


@dataclass(frozen=True, slots=True)
class PortableBlock:
    """A block, the size of its letters in points, and the number of the line it begins on."""

    block: Block
    size: float
    line: int


def body_size(lines: Sequence[PageLine]) -> float:
    """The size most of the letters have."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[round(line.size * 2) / 2] += len(line.text)
    return max(letters, key=lambda size: letters[size])


def blocks_of(lines: Sequence[PageLine], removed: Mapping[int, str]) -> tuple[list[PortableBlock], int]:
    """The blocks of the lines that stay, and how many words were joined that ends of lines had parted."""
    size = body_size(lines)
    whole = _whole_words(lines)
    edges = _edges(lines, removed)
    blocks, joined = [], 0
    for rows in _paragraphs(lines, removed, edges):
        text, parted = _text([lines[number].text for number in rows], whole)
        letters = median(lines[number].size for number in rows)
        blocks.append(PortableBlock(Block(_kind(text, letters, size), BULLET.sub("", text, count=1)), letters, rows[0]))
        joined += parted
    return blocks, joined


def _kind(text: str, letters: float, size: float) -> BlockKind:
    if BULLET.match(text):
        return BlockKind.LIST_ITEM
    is_large = letters >= size * HEADING and len(text) <= LONGEST_HEADING
    return BlockKind.HEADING if is_large else BlockKind.PARAGRAPH


def _edges(lines: Sequence[PageLine], removed: Mapping[int, str]) -> dict[int, tuple[float, float]]:
    """By column, where its lines begin and end, in points."""
    edges: dict[int, tuple[float, float]] = {}
    for number, line in enumerate(lines):
        if number not in removed:
            left, right = edges.get(line.column, (line.left, line.right))
            edges[line.column] = (min(left, line.left), max(right, line.right))
    return edges


def _paragraphs(
    lines: Sequence[PageLine], removed: Mapping[int, str], edges: Mapping[int, tuple[float, float]]
) -> Iterator[list[int]]:
    rows: list[int] = []
    for number, line in enumerate(lines):
        if number in removed:
            continue
        if rows and _begins(lines[rows[-1]], line, edges):
            yield rows
            rows = []
        rows.append(number)
    if rows:
        yield rows


def _begins(before: PageLine, line: PageLine, edges: Mapping[int, tuple[float, float]]) -> bool:
    """Whether the line begins a paragraph, the line before it being the last of the one above."""
    if abs(before.size - line.size) > 0.08 * before.size or BULLET.match(line.text):
        return True
    ended = ends_sentence(before.text)
    left, _ = edges[line.column]
    is_indented = line.left - left > INDENT * line.size
    if before.column != line.column:
        # Across columns and pages a gap says nothing; a sentence that stopped in the middle goes on.
        return (ended and (is_indented or _is_short(before, edges))) or not (ended or _goes_on(before, line))
    if before.bottom - line.top > (GAP - 0.75) * line.size:
        return ended or not continues_lower(line.text)
    was_indented = before.left - left > INDENT * line.size
    return (is_indented and not was_indented and (ended or _is_short(before, edges))) or (
        ended and _is_short(before, edges)
    )


def _goes_on(before: PageLine, line: PageLine) -> bool:
    return (
        continues_lower(line.text) or before.text.endswith(("-", "\u2010", "\u00ad", ",")) or before.size == line.size
    )


def _is_short(line: PageLine, edges: Mapping[int, tuple[float, float]]) -> bool:
    left, right = edges[line.column]
    return right - line.right > 0.2 * (right - left)


def _whole_words(lines: Sequence[PageLine]) -> frozenset[str]:
    """Words that stand inside lines, so that nobody parted them, in lower case."""
    return frozenset(
        match.group().lower()
        for line in lines
        for match in WORD.finditer(line.text)
        if match.end() < len(line.text.rstrip("-\u2010\u00ad"))
    )


def _text(rows: Sequence[str], whole: frozenset[str]) -> tuple[str, int]:
    """The rows as one text, and how many words were put together."""
    text, parted = rows[0], 0
    for row in rows[1:]:
        cut = PARTED.search(text)
        following = WORD.match(row)
        if cut is None or following is None:
            text = f"{text} {row}"
        elif _keeps_hyphen(cut[1], following.group(), whole):
            text += row
        else:
            text = text[:-1] + row
            parted += 1
    return text, parted


def _keeps_hyphen(first: str, second: str, whole: frozenset[str]) -> bool:
    """Whether a hyphen at the end of a line belongs to the word."""
    joined, hyphenated = (first + second).lower(), f"{first}-{second}".lower()
    if hyphenated in whole or not second[:1].islower():
        return True
    return joined not in whole and first.lower() in HYPHENATED_FIRST
