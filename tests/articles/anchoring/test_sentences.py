import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.anchoring.text import sentences
from tests.articles.anchoring.article import ARTICLE, TEXTS


def sentences_in(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_the_sample_article_has_23_sentences_and_the_headline_is_the_first() -> None:
    found = sentences_in(ARTICLE)

    assert len(found) == 23
    assert found[0].startswith("Moscow sets the stage")
    assert found[6] == "“The core issues haven’t changed,” Ryabkov emphasized."
    assert found[7].startswith("“We’re still focused")
    assert found[7].endswith("stable peace.”")


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Smith met Dr. Jones.|They left.",
        "Former U.S. President Trump spoke.|He left the U.S.|The end.",
        "J. K. Rowling and John F. Kennedy.|So did I.|Then it rained.",
        "It cost $3.5 million at 5 p.m. Monday.|Shares of Apple Inc. fell.",
        "“Why?” he asked.|“Why now?” Ryabkov said.|“No.”|She left.",
        "It ended…|Or did it?!|Wait… what happened?",
        "Platform No. 9 is shut.|He said no.|30 people left.",
        "(He stayed.)|[She left.]|Done",
        "1. The first item.|More.",
        "« Bonjour. »|Il part.",
        "هل ذهب؟|نعم.|ما هذا؟",
        "यह है।|वह था।",
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str) -> None:
    assert sentences_in(text.replace("|", " ")) == text.split("|")


def test_scripts_without_spaces_need_none_after_a_stop() -> None:
    assert sentences_in("我们去。他说：“好。”然后走了！真的？") == ["我们去。", "他说：“好。”", "然后走了！", "真的？"]


def test_a_blank_line_ends_a_sentence_and_a_single_newline_does_not() -> None:
    assert sentences_in("A headline\n\nA line\nthat wraps. Next") == ["A headline", "A line\nthat wraps.", "Next"]


def test_a_text_without_words_has_no_sentences() -> None:
    assert sentences(" \n\n \n") == []


@given(st.one_of(TEXTS, st.text(alphabet=" \n.!?“”\"'()aAé。؟…1")))
def test_sentences_and_the_white_space_between_them_cover_the_text(text: str) -> None:
    spans = sentences(text)

    outside = "".join(
        text[start:end]
        for start, end in zip([0, *(s[1] for s in spans)], [*(s[0] for s in spans), len(text)], strict=True)
    )
    assert outside.strip() == ""
    assert all(start < end and text[start:end].strip() == text[start:end] for start, end in spans)
    assert not any("\n\n" in text[start:end] for start, end in spans)
