import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.anchoring.text import (
    Block,
    BlockKind,
    BlockMalformed,
    HeadlineMissing,
    InlineMark,
    OffsetInsidePair,
    OffsetsOutside,
    TextRefused,
    block_ranges,
    canonical_text,
    code_points_from_utf16,
    fold,
    normalise,
    sha256_of,
    utf16_from_code_points,
)

PARAGRAPH = BlockKind.PARAGRAPH
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def test_normalising_composes_characters_and_unifies_newlines() -> None:
    assert normalise("cafe\u0301\r\na\rb\u2028c") == "café\na\nb\nc"


def test_normalising_keeps_bidirectional_marks_and_tabs() -> None:
    kept = "\u200eabc\u202ad\u202be\u202c\u2066f\u2069\t"

    assert normalise(kept) == kept


@pytest.mark.parametrize(("override", "name"), [("\u202d", "left-to-right"), ("\u202e", "right-to-left")])
def test_normalising_refuses_what_shows_words_in_another_order(override: str, name: str) -> None:
    with pytest.raises(TextRefused) as refusal:
        normalise(f"One.\r\nPaid {override}001 euros.")

    assert refusal.value.reason.startswith(f"line 2 holds a {name} override (U+{ord(override):04X}), which shows words")


@pytest.mark.parametrize("character", ["\0", "\x07", "\x0b", "\x1b", "\x7f", "\x9c", "\ud83d"])
def test_normalising_refuses_what_no_text_may_hold(character: str) -> None:
    with pytest.raises(TextRefused) as refusal:
        normalise(f"ab{character}")

    assert refusal.value.reason.startswith(f"character 2 (U+{ord(character):04X}) is ")


@given(ANY_TEXT.filter(lambda text: "\0" not in text))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    try:
        once = normalise(text)
    except TextRefused:
        return

    assert normalise(once) == once


def test_the_canonical_text_joins_headline_and_blocks_with_blank_lines() -> None:
    blocks = [Block(PARAGRAPH, "One.\nTwo."), Block(BlockKind.QUOTATION, "Three.")]

    text = canonical_text("Head", blocks)

    assert text == "Head\n\nOne.\nTwo.\n\nThree."
    assert [text[start:end] for start, end in block_ranges("Head", blocks)] == ["Head", "One.\nTwo.", "Three."]


def test_an_article_without_headline_is_refused() -> None:
    with pytest.raises(HeadlineMissing):
        canonical_text(" \u00a0", [])


@pytest.mark.parametrize(
    ("headline", "block", "field"),
    [
        ("Head", "", "blocks[0]"),
        ("Head", " \t", "blocks[0]"),
        ("Head", "a\n \nb", "blocks[0]"),
        ("Head", "a\n", "blocks[0]"),
        ("Head\nline", "a", "headline"),
    ],
)
def test_parts_that_would_blur_the_block_borders_are_refused(headline: str, block: str, field: str) -> None:
    with pytest.raises(BlockMalformed) as refusal:
        canonical_text(headline, [Block(PARAGRAPH, block)])

    assert refusal.value.field == field


def test_a_block_survives_json() -> None:
    block = Block(PARAGRAPH, "Read this now", (InlineMark("link", 5, 9, "https://example.org"),))

    assert Block.from_json(block.to_json()) == block


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ("text", "block"),
        ({"kind": "poem", "text": "a"}, "kind"),
        ({"text": "a"}, "kind"),
        ({"kind": "paragraph"}, "text"),
        ({"kind": "paragraph", "text": "a\n\nb"}, "text"),
        ({"kind": "paragraph", "text": "a", "marks": {}}, "marks"),
        ({"kind": "paragraph", "text": "a", "marks": ["b"]}, "marks"),
        ({"kind": "paragraph", "text": "a", "marks": [{"kind": "blink", "start": 0, "end": 1}]}, "marks.kind"),
        ({"kind": "paragraph", "text": "a", "marks": [{"kind": "strong", "start": "0", "end": 1}]}, "marks.start"),
        ({"kind": "paragraph", "text": "a", "marks": [{"kind": "strong", "start": 0, "end": True}]}, "marks.end"),
        ({"kind": "paragraph", "text": "a", "marks": [{"kind": "strong", "start": 0, "end": 2}]}, "marks.end"),
        (
            {
                "kind": "paragraph",
                "text": "a",
                "marks": [{"kind": "link", "start": 0, "end": 1, "href": "javascript:alert()"}],
            },
            "marks.href",
        ),
    ],
)
def test_a_malformed_block_is_refused_by_field(value: object, field: str) -> None:
    with pytest.raises(BlockMalformed) as refusal:
        Block.from_json(value)

    assert refusal.value.field == field


def test_folding_hears_no_typography() -> None:
    assert fold("“Don’t…”\u00a0—  he said") == fold('"Don\'t..." -- he said')


def test_folding_keeps_words_apart() -> None:
    assert fold("Kyiv") != fold("Kiev")


@given(ANY_TEXT)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_the_hash_is_over_utf8() -> None:
    assert sha256_of("é") == hashlib.sha256(b"\xc3\xa9").hexdigest()


@given(ANY_TEXT, st.data())
def test_offsets_survive_the_way_to_javascript_and_back(text: str, choices: st.DataObject) -> None:
    text += "e\u0301👩‍👩‍👧‍👦שלום"
    offset = choices.draw(st.integers(0, len(text)))

    units = utf16_from_code_points(text, offset)

    assert text.encode("utf-16-le")[: 2 * units].decode("utf-16-le") == text[:offset]
    assert code_points_from_utf16(text, units) == offset


def test_an_offset_inside_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(OffsetInsidePair):
        code_points_from_utf16("a😀b", 2)


@pytest.mark.parametrize("offset", [-1, 4])
def test_offsets_outside_the_text_are_refused_both_ways(offset: int) -> None:
    with pytest.raises(OffsetsOutside):
        utf16_from_code_points("abc", offset)
    with pytest.raises(OffsetsOutside):
        code_points_from_utf16("abc", offset)
