"""An editor's choices about a piece that was read: nothing is lost, everything can be taken back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.anchoring.text import Block, BlockKind
from articles.ingest.choices import BY_HAND, LONGEST_HEADLINE, Choices, restore, same_lines
from articles.ingest.record import IncomingAnnotation, IncomingArticle, ReadingRefused, RemovedLine

PIECE = IncomingArticle(
    headline="The Harbour Daily",
    blocks=(
        Block(BlockKind.PARAGRAPH, "Council closes the bridge"),
        Block(BlockKind.QUOTATION, "It will cost 12 million euros."),
        Block(BlockKind.PARAGRAPH, "Our newsletter is free."),
    ),
    removed=(
        RemovedLine("Share", "share-bar", 1),
        RemovedLine("Read next", "read-next", 3),
        RemovedLine("Another piece", "related-headlines", 3),
    ),
)


def texts(article: IncomingArticle) -> list[str]:
    return [article.headline, *(block.text for block in article.blocks)]


def test_without_choices_the_piece_is_as_it_was_read() -> None:
    assert Choices().apply(PIECE) is PIECE
    assert restore(PIECE, ()) is PIECE


def test_a_line_taken_out_by_hand_stands_among_the_removed_ones_where_it_stood() -> None:
    article = Choices(removed=frozenset({2})).apply(PIECE)

    assert texts(article) == ["The Harbour Daily", "Council closes the bridge", "Our newsletter is free."]
    assert article.removed == (
        RemovedLine("Share", "share-bar", 1),
        RemovedLine("It will cost 12 million euros.", BY_HAND, 1),
        RemovedLine("Read next", "read-next", 2),
        RemovedLine("Another piece", "related-headlines", 2),
    )


def test_another_headline_leaves_the_former_one_as_a_paragraph() -> None:
    article = Choices(headline=1).apply(PIECE)

    assert texts(article)[:2] == ["Council closes the bridge", "The Harbour Daily"]
    assert article.blocks[0].kind == BlockKind.PARAGRAPH
    assert [line.position for line in article.removed] == [1, 3, 3]


def test_the_former_headline_can_be_taken_out() -> None:
    article = Choices(removed=frozenset({0}), headline=1).apply(PIECE)

    assert texts(article) == [
        "Council closes the bridge",
        "It will cost 12 million euros.",
        "Our newsletter is free.",
    ]
    assert article.removed[0] == RemovedLine("The Harbour Daily", BY_HAND, 0)


def test_a_headline_of_two_lines_becomes_one() -> None:
    article = Choices(headline=1).apply(IncomingArticle("Old", (Block(BlockKind.HEADING, "One\ntwo"),)))

    assert article.text == "One two\n\nOld"


def test_restored_lines_come_back_where_they_stood() -> None:
    article = restore(PIECE, {0, 2})

    assert texts(article) == [
        "The Harbour Daily",
        "Council closes the bridge",
        "Share",
        "It will cost 12 million euros.",
        "Our newsletter is free.",
        "Another piece",
    ]
    assert article.removed == (RemovedLine("Read next", "read-next", 4),)


def test_annotations_move_with_their_lines_and_lost_ones_are_named() -> None:
    exact = "12 million euros"
    start = PIECE.text.index(exact)
    lost = PIECE.text.index("newsletter")
    piece = IncomingArticle(
        PIECE.headline,
        PIECE.blocks,
        PIECE.removed,
        annotations=(
            IncomingAnnotation("claim", start, start + len(exact), exact),
            IncomingAnnotation("claim", lost, lost + len("newsletter"), "newsletter"),
        ),
    )

    article = Choices(removed=frozenset({0, 3}), headline=1).apply(piece)

    [kept] = article.annotations
    assert article.text[kept.start : kept.end] == exact
    assert article.errors == ("1 of 2 annotations stood in lines that the editor changed, and were left out.",)


REFUSED = {
    "no such line": (Choices(removed=frozenset({4})), "remove", "lines 0 to 3"),
    "no such headline": (Choices(headline=4), "headline", "There is no line 4"),
    "the headline itself": (Choices(removed=frozenset({0})), "remove", "Make another line the headline first"),
    "everything": (Choices(removed=frozenset({1, 2, 3})), "remove", "Nothing of the story would be left"),
}


@pytest.mark.parametrize(("choices", "field", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_is_refused_with_the_remedy(choices: Choices, field: str, said: str) -> None:
    with pytest.raises(ReadingRefused) as refused:
        choices.apply(PIECE)

    assert refused.value.field == field
    assert said in refused.value.reason


def test_a_paragraph_is_no_headline() -> None:
    piece = IncomingArticle("Short", (Block(BlockKind.PARAGRAPH, "w" * (LONGEST_HEADLINE + 1)),))

    with pytest.raises(ReadingRefused, match="at most 300"):
        Choices(headline=1).apply(piece)


def test_a_removed_line_that_is_not_there_cannot_be_restored() -> None:
    with pytest.raises(ReadingRefused, match="no removed line 3"):
        restore(PIECE, {3})


def test_lines_are_known_again_in_another_reading() -> None:
    after = restore(PIECE, {0})

    assert same_lines({0, 2, 3}, before=PIECE, after=after) == {0, 3, 4}
    assert same_lines({2}, before=after, after=PIECE) == frozenset()


def test_equal_lines_are_told_apart_by_their_order() -> None:
    twice = IncomingArticle("H", tuple(Block(BlockKind.PARAGRAPH, text) for text in ("a", "b", "a")))
    after = IncomingArticle("H", tuple(Block(BlockKind.PARAGRAPH, text) for text in ("a", "new", "b", "a")))

    assert same_lines({1, 3}, before=twice, after=after) == {1, 4}


@given(st.frozensets(st.integers(0, 3)), st.integers(0, 3))
def test_no_choice_loses_a_word(removed: frozenset[int], headline: int) -> None:
    try:
        article = Choices(removed, headline).apply(PIECE)
    except ReadingRefused:
        return

    before = [*texts(PIECE), *(line.text for line in PIECE.removed)]
    after = [*texts(article), *(line.text for line in article.removed)]
    assert sorted(before) == sorted(after)
    assert article.text
