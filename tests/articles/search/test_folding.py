"""Words of languages without a stemmer: what meets, and what does not."""

import pytest

from articles.search.configuration import configuration_for
from articles.search.folding import folded_words, vector_of


def lexemes(text: str) -> set[str]:
    return {lexeme for word in folded_words(text) for lexeme in word.lexemes}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("İSTANBUL", "istanbul"),
        ("Łódź", "lodz"),
        ("kitaplarımızdan", "kitaplar"),  # Turkish: of our books, books
        ("المدينة", "مدينة"),  # the city, a city
        ("والمدرسة", "مدرسة"),  # and the school, a school
        ("كِتَابٌ", "كتاب"),  # with its vowels and without
        ("۱۲", "١٢"),  # twelve in Persian and in Arabic digits
        ("١٢", "12"),
        ("한국어를", "한국어"),
        ("東京都の知事", "知事"),
        ("สภาเมือง", "เมือง"),
    ],
)
def test_forms_of_one_word_share_a_lexeme(one: str, other: str) -> None:
    assert lexemes(one) & lexemes(other)


@pytest.mark.parametrize(("one", "other"), [("köprü", "şehir"), ("مدينة", "جسر"), ("東京", "大阪"), ("1200", "120")])
def test_other_words_share_none(one: str, other: str) -> None:
    assert not lexemes(one) & lexemes(other)


def test_places_are_code_points_of_the_text_as_it_is() -> None:
    text = "🌉 كِتَابٌ, 東京都"

    places = [(text[word.start : word.end], word.lexemes) for word in folded_words(text)]

    assert places == [("كِتَابٌ", ("كتاب",)), ("東京", ("東京",)), ("京都", ("京都",))]


def test_a_vector_has_the_places_of_every_lexeme_and_their_number() -> None:
    assert vector_of("köprü, köprüler köprü") == ("'kopru':1,2,3 'kopruler':2", 4)


def test_signs_and_empty_texts_have_no_lexeme() -> None:
    assert lexemes("' & | ! :* <-> _ \u0651") == set()


def test_indian_words_stay_whole() -> None:
    assert [text[0] for text in (word.lexemes for word in folded_words("हिन्दी में"))] == ["हिन्दी", "में"]


@pytest.mark.parametrize(
    ("language", "text", "configuration"),
    [
        ("de-AT", "", "german"),
        ("ru", "", "russian"),
        ("tr", "", "folded"),
        ("", "The bridge is closed.", "english"),
        ("", "Мост закрыт.", "russian"),
        ("", "الجسر مغلق في BBC", "folded"),
        ("", "12 345", "english"),
    ],
)
def test_a_language_is_read_as_stated_and_else_by_its_script(language: str, text: str, configuration: str) -> None:
    assert configuration_for(language, text) == configuration
