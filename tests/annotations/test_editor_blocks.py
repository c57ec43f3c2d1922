"""The editor's blocks: what is read of what is sent, and how formats are noted."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.forms.editing import EditorTextUnreadable, editor_json, settled_blocks, tidied, written_blocks
from articles.anchoring.text import Block, BlockKind, InlineMark, TextRefused, canonical_text, normalise

PARAGRAPH, HEADING = BlockKind.PARAGRAPH, BlockKind.HEADING


def test_blocks_are_parted_at_blank_lines_and_empty_ones_are_dropped() -> None:
    link = InlineMark("link", 4, 9, "https://example.org/")

    found = settled_blocks([Block(HEADING, "One\n\nTwo\n", (link,)), Block(PARAGRAPH, " "), Block(PARAGRAPH, "")])

    assert found == [
        Block(HEADING, "One"),
        Block(HEADING, "Two", (InlineMark("link", 0, 3, "https://example.org/"),)),
    ]


def test_formats_stay_on_their_words_when_text_is_brought_to_normal_form() -> None:
    written = Block(PARAGRAPH, "cafe\u0301 noir", (InlineMark("emphasis", 6, 10), InlineMark("strong", 0, 4)))

    [block] = settled_blocks([written])

    assert block.text == "café noir"
    assert [(mark.kind, block.text[mark.start : mark.end]) for mark in block.marks] == [
        ("strong", "café"),
        ("emphasis", "noir"),
    ]


def test_a_block_that_only_notes_its_formats_otherwise_is_the_stored_one() -> None:
    stored = Block(PARAGRAPH, "abcd", (InlineMark("emphasis", 2, 4), InlineMark("emphasis", 0, 2)))

    [block] = settled_blocks(written_blocks(editor_json([stored])), [stored])

    assert block is stored
    assert tidied(stored).marks == (InlineMark("emphasis", 0, 4),)


def test_a_word_has_one_link() -> None:
    block = Block(PARAGRAPH, "abcd", (InlineMark("link", 0, 3, "https://a.org/"), InlineMark("link", 2, 4, "mailto:b")))

    assert tidied(block).marks == (InlineMark("link", 0, 3, "https://a.org/"), InlineMark("link", 3, 4, "mailto:b"))


@pytest.mark.parametrize(
    "sent",
    [
        "[",
        "[" * 100_000,
        "{}",
        "[1]",
        '[{"kind": "paragraph"}]',
        '[{"kind": "script", "text": "a"}]',
        '[{"kind": ["paragraph"], "text": "a"}]',
        '[{"kind": "paragraph", "text": "a", "marks": {}}]',
        '[{"kind": "paragraph", "text": "a", "marks": [{"kind": "link", "start": 0, "end": 2}]}]',
        '[{"kind": "paragraph", "text": "a", "marks": [{"kind": "link", "start": 0, "end": 1, "href": "data:a"}]}]',
        json.dumps([{"kind": "paragraph", "text": "a"}] * 20_001),
    ],
)
def test_what_is_no_list_of_blocks_is_refused(sent: str) -> None:
    with pytest.raises(EditorTextUnreadable):
        written_blocks(sent)


@pytest.mark.parametrize(
    "block",
    [Block(PARAGRAPH, "a\x00"), Block(PARAGRAPH, "\ud800"), Block(PARAGRAPH, "a", (InlineMark("link", 0, 1, "\x00"),))],
)
def test_what_no_text_may_hold_is_refused(block: Block) -> None:
    with pytest.raises(TextRefused):
        settled_blocks([block])


LETTERS = st.text("aé\u0301 \n\u00a0😀ع", max_size=12)
MARKS = st.tuples(st.sampled_from(["link", "emphasis", "strong"]), st.integers(0, 12), st.integers(0, 12))


@given(st.lists(st.tuples(st.sampled_from(BlockKind), LETTERS, st.lists(MARKS, max_size=4)), max_size=5))
def test_whatever_is_settled_can_be_stored_and_is_settled(
    written: list[tuple[BlockKind, str, list[tuple[str, int, int]]]],
) -> None:
    blocks = [
        Block(kind, text, tuple(InlineMark(*mark) for mark in marks if mark[1] < mark[2] <= len(text)))
        for kind, text, marks in written
    ]

    settled = settled_blocks(blocks)

    assert settled_blocks(settled) == settled
    assert [Block.from_json(block.to_json()) for block in settled] == settled
    text = canonical_text("Headline", settled)
    assert text == normalise(text)
    assert len(text.split("\n\n")) == len(settled) + 1
