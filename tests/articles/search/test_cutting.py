"""Where texts are cut into passages."""

from itertools import pairwise

import pytest

from articles.anchoring.passages import LONGEST, passages_of

SENTENCE = "The council voted on Tuesday to close the harbour bridge for two years. "


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in passages_of(text)]


def test_paragraphs_are_passages_whatever_their_lines() -> None:
    assert cut("\n\nFirst,\nstill the first.\n \n\nSecond 😀 one. \n") == ["First,\nstill the first.", "Second 😀 one."]


def test_a_long_paragraph_is_cut_into_like_parts_of_whole_sentences() -> None:
    passages = cut((SENTENCE * 40).strip())

    lengths = [len(passage) for passage in passages]
    assert all(passage.startswith("The council") and passage.endswith("years.") for passage in passages)
    assert max(lengths) <= LONGEST
    assert max(lengths) - min(lengths) <= 2 * len(SENTENCE)


@pytest.mark.parametrize(
    "text",
    [
        "word " * 2_000,
        "x" * 5_000,
        "市議会は橋の閉鎖を決めた。" * 300,
        f"{SENTENCE * 3}{'long ' * 900}. {SENTENCE * 30}",
    ],
    ids=["no stop", "one word", "no spaces", "a long sentence among others"],
)
def test_what_has_no_sentences_is_cut_all_the_same(text: str) -> None:
    text = text.strip()

    passages = passages_of(text)

    gaps = [text[end:start] for (_, end), (start, _) in pairwise(passages)]
    assert max(end - start for start, end in passages) <= LONGEST
    assert (passages[0][0], passages[-1][1]) == (0, len(text))
    assert all(gap.strip() == "" for gap in gaps)


@pytest.mark.parametrize("text", ["", " \n\n\t"])
def test_white_space_has_no_passage(text: str) -> None:
    assert passages_of(text) == []
