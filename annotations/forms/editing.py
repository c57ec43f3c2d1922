"""What the editor of the revise page is given and gives back: blocks as JSON, in the words of the canonical text.

The editor knows the kinds of blocks and the formats that are stored, and nothing else: no HTML comes in.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from annotations.forms.paragraphs import BLANK_LINES
from articles.anchoring.text import Block, BlockKind, BlockMalformed, InlineMark, normalise

MOST_BLOCKS = 20_000
LONGEST_COMPOSED = 32  # code points that normal form may join into one character; more of them are no writing


class EditorTextUnreadable(ValueError):
    """What was sent as the editor's blocks are none."""


def editor_json(blocks: Iterable[Block]) -> str:
    """The blocks as the editor begins with them."""
    return json.dumps([tidied(block).to_json() for block in blocks], ensure_ascii=False)


def written_blocks(sent: str) -> list[Block]:
    """The blocks as they stand in somebody's editor: some may be empty, or hold what no stored text may hold.

    :raises EditorTextUnreadable: when it is no list of blocks.
    """
    try:
        values = json.loads(sent)
    except (ValueError, RecursionError):
        raise EditorTextUnreadable("This is no JSON.") from None
    if not isinstance(values, list) or len(values) > MOST_BLOCKS:
        raise EditorTextUnreadable(f"This is no list of at most {MOST_BLOCKS} blocks.")
    return kept_blocks(values)


def kept_blocks(values: Iterable[Any]) -> list[Block]:
    """The blocks that were kept as JSON values while they were written.

    :raises EditorTextUnreadable: when one of them is no block.
    """
    try:
        return [_written(value) for value in values]
    except BlockMalformed as malformed:
        raise EditorTextUnreadable(str(malformed)) from malformed


def _written(value: Any) -> Block:
    text, marks = (value.get("text"), value.get("marks", [])) if isinstance(value, dict) else (None, None)
    if not isinstance(text, str) or not isinstance(marks, list) or value.get("kind") not in list(BlockKind):
        raise EditorTextUnreadable("Each block has a known kind, a text and a list of marks.")
    return Block(BlockKind(value["kind"]), text, tuple(InlineMark.from_json(mark, length=len(text)) for mark in marks))


def settled_blocks(written: Iterable[Block], former: Sequence[Block] = ()) -> list[Block]:
    """The blocks that can be stored: in normal form, parted at blank lines, without the empty ones.

    A block that only differs from one of ``former`` in how its formats are noted is that one.

    :raises TextRefused: for characters that no stored text may hold.
    """
    known = {tidied(block): block for block in former}
    return [known.get(part, part) for block in written for part in _parts(_normalised(block))]


def _normalised(block: Block) -> Block:
    text = normalise(block.text)
    for mark in block.marks:
        normalise(mark.href)
    if text == block.text:
        return block
    marks = (
        replace(mark, start=_carried_over(block.text, text, mark.start), end=_carried_over(block.text, text, mark.end))
        for mark in block.marks
    )
    return Block(block.kind, text, tuple(mark for mark in marks if mark.start < mark.end))


def _carried_over(written: str, text: str, place: int) -> int:
    """Where a place of ``written`` stands in its normal form; inside a composed character, after it."""
    for further in range(place, min(place + LONGEST_COMPOSED, len(written))):
        before = normalise(written[:further])
        if text == before + normalise(written[further:]):
            return len(before)
    return len(text)


def _parts(block: Block) -> Iterator[Block]:
    start = 0
    for gap in BLANK_LINES.finditer(block.text):
        yield from _cut(block, start, gap.start())
        start = gap.end()
    yield from _cut(block, start, len(block.text))


def _cut(block: Block, start: int, end: int) -> Iterator[Block]:
    """The words of ``[start, end)`` as a block without line breaks around; nothing when there are none."""
    words = block.text[start:end]
    if not words.strip():
        return
    start, end = start + len(words) - len(words.lstrip("\n")), end - len(words) + len(words.rstrip("\n"))
    marks = (
        replace(mark, start=max(mark.start, start) - start, end=min(mark.end, end) - start) for mark in block.marks
    )
    yield tidied(Block(block.kind, block.text[start:end], tuple(mark for mark in marks if mark.start < mark.end)))


def tidied(block: Block) -> Block:
    """The same block with its formats noted one way: in order, joined where they touch, one link on each word."""
    spans: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    linked_until = 0
    for mark in sorted(block.marks, key=lambda mark: (mark.start, mark.end)):
        start, href = mark.start, mark.href if mark.kind == "link" else ""
        if mark.kind == "link":
            start, linked_until = max(start, linked_until), max(mark.end, linked_until)
        if start < mark.end:
            _join(spans[mark.kind, href], start, mark.end)
    marks = [InlineMark(kind, start, end, href) for (kind, href), joined in spans.items() for start, end in joined]
    return replace(block, marks=tuple(sorted(marks, key=lambda mark: (mark.start, mark.end, mark.kind))))


def _join(spans: list[tuple[int, int]], start: int, end: int) -> None:
    if spans and start <= spans[-1][1]:
        spans[-1] = spans[-1][0], max(end, spans[-1][1])
    else:
        spans.append((start, end))
