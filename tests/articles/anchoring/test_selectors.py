import pytest

from articles.anchoring.selectors import (
    ExactMismatch,
    OffsetsOutside,
    Place,
    WordsAmbiguous,
    WordsNotFound,
    find_exact,
    select,
)
from tests.articles.anchoring.article import ARTICLE


def test_a_place_names_its_words_and_32_code_points_on_either_side() -> None:
    start = ARTICLE.index("durable")

    place = select(ARTICLE, start, start + 7, "durable")

    assert place == Place(start, start + 7, "durable", ARTICLE[start - 32 : start], ARTICLE[start + 7 : start + 39])


def test_context_stops_at_the_ends_of_the_text() -> None:
    assert select("a 😀 b", 2, 3) == Place(2, 3, "😀", "a ", " b")


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (0, 0), (2, 1), (0, 4)])
def test_offsets_that_span_no_words_of_the_text_are_refused(start: int, end: int) -> None:
    with pytest.raises(OffsetsOutside):
        select("abc", start, end)


def test_other_words_at_the_offsets_are_refused_and_told() -> None:
    with pytest.raises(ExactMismatch) as refusal:
        select("Kiev waits", 0, 4, "Kyiv")

    assert refusal.value.expected == "Kiev"


def test_words_are_found_by_their_occurrence() -> None:
    assert find_exact("talks on talks", "talks", 2) == select("talks on talks", 9, 14)


@pytest.mark.parametrize(("words", "occurrence"), [("war", 1), ("talks", 3), ("talks", 0), ("", 1), ("war", None)])
def test_words_that_are_not_there_are_not_found(words: str, occurrence: int | None) -> None:
    with pytest.raises(WordsNotFound):
        find_exact("talks on talks", words, occurrence)


def test_repeated_words_are_ambiguous_when_no_occurrence_is_named() -> None:
    with pytest.raises(WordsAmbiguous) as refusal:
        find_exact("talks on talks", "talks", None)

    assert refusal.value.count == 2


def test_words_found_once_need_no_occurrence() -> None:
    assert find_exact("talks on war", "war", None).start == 9
