"""A text as a text area shows it: blocks that stand apart by blank lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from articles.anchoring.carry import State, carry
from articles.anchoring.text import SEPARATOR, Block, BlockKind, InlineMark
from articles.models import Revision

BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


def blocks_of(revision: Revision) -> list[Block]:
    """The blocks of a revision, as they are stored."""
    return [Block.from_json(block) for block in revision.blocks]


def body_of(blocks: Iterable[Block]) -> str:
    """Blocks as they stand in the text area."""
    return SEPARATOR.join(block.text for block in blocks)


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
