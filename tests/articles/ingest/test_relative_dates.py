"""Relative dates against the day a piece came out: Tuesday, 13 May 2025."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.ingest.dates import LANGUAGES, RelativeDate, relative_dates

TUESDAY = date(2025, 5, 13)

# Written before the rules. A day, or the first and the last of several.
ENGLISH = {
    "He spoke on Tuesday.": ("on Tuesday", "2025-05-13"),
    "He spoke on Monday.": ("on Monday", "2025-05-12"),
    "He spoke on Wednesday.": ("on Wednesday", "2025-05-07"),
    "Talks will be held on Thursday in Istanbul.": ("on Thursday", "2025-05-15"),
    "Talks are due to begin on Tuesday.": ("on Tuesday", "2025-05-13"),
    "He left last Tuesday.": ("last Tuesday", "2025-05-06"),
    "They meet next Tuesday.": ("next Tuesday", "2025-05-20"),
    "She said so yesterday.": ("yesterday", "2025-05-12"),
    "The day before yesterday it rained.": ("The day before yesterday", "2025-05-11"),
    "It opens tomorrow morning.": ("tomorrow morning", "2025-05-14"),
    "Police came last night.": ("last night", "2025-05-12"),
    "The vote fell last week.": ("last week", "2025-05-05", "2025-05-11"),
    "The vote comes later this week.": ("later this week", "2025-05-12", "2025-05-18"),
    "Prices rose last month.": ("last month", "2025-04-01", "2025-04-30"),
    "Prices rose last year.": ("last year", "2024-01-01", "2024-12-31"),
    "The bridge fell three days ago.": ("three days ago", "2025-05-10"),
    "The bridge fell 10 days ago.": ("10 days ago", "2025-05-03"),
    "The bridge fell two weeks ago.": ("two weeks ago", "2025-04-28", "2025-05-04"),
    "The bridge fell a month ago.": ("a month ago", "2025-04-01", "2025-04-30"),
    "The bridge fell two years ago.": ("two years ago", "2023-01-01", "2023-12-31"),
    "It reopens in four days.": ("in four days", "2025-05-17"),
    "They spoke late Sunday.": ("late Sunday", "2025-05-11"),
    "They spoke on Monday evening.": ("on Monday evening", "2025-05-12"),
    "The council will vote soon, the mayor said on Monday.": ("on Monday", "2025-05-12"),
    "On Thursday the council will vote.": ("On Thursday", "2025-05-15"),
}
GERMAN = {
    "Er sprach am Montag.": ("am Montag", "2025-05-12"),
    "Der Rat wird am Freitag entscheiden.": ("am Freitag", "2025-05-16"),
    "Sie kam vorgestern.": ("vorgestern", "2025-05-11"),
    "Vor drei Tagen fiel die Brücke.": ("Vor drei Tagen", "2025-05-10"),
    "Im vergangenen Jahr stieg der Preis.": ("Im vergangenen Jahr", "2024-01-01", "2024-12-31"),
    "Sie trafen sich am Montagabend.": ("am Montagabend", "2025-05-12"),
}
FRENCH = {
    "Le maire l’a dit hier soir.": ("hier soir", "2025-05-12"),
    "Les discussions, a-t-il dit, sont closes depuis vendredi.": ("depuis vendredi", "2025-05-09"),
    "Il y a trois jours, le pont est tombé.": ("Il y a trois jours", "2025-05-10"),
    "La réunion sera reprise jeudi prochain.": ("jeudi prochain", "2025-05-15"),
}
SPANISH = {
    "Lo dijo el lunes ante la prensa.": ("el lunes", "2025-05-12"),
    "La cumbre se celebrará el viernes.": ("el viernes", "2025-05-16"),
    "Cayó hace dos semanas.": ("hace dos semanas", "2025-04-28", "2025-05-04"),
    "Lo anunció anteayer.": ("anteayer", "2025-05-11"),
}
NOT_RELATIVE = (
    "Black Friday and the Monday Club.",
    "On Tuesdays the office is closed.",
    "The Sunday Times printed it.",
    "It happened on Tuesday, 6 May 2025.",
    "On Tuesday, May 6, it rained.",
    "He sang “Yesterday Once More”.",
    "A weekday like any other.",
    "The last weekend of peace.",
    "He came in ten.",
)


def found(text: str, language: str = "en") -> list[tuple[str, ...]]:
    return [
        (each.exact, *dict.fromkeys((each.first.isoformat(), each.last.isoformat())))
        for each in relative_dates(text, published=TUESDAY, language=language)
    ]


@pytest.mark.parametrize(("text", "expected"), ENGLISH.items())
def test_english_words_stand_for_a_day(text: str, expected: tuple[str, ...]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(("text", "expected"), GERMAN.items())
def test_german_words_stand_for_a_day(text: str, expected: tuple[str, ...]) -> None:
    assert found(text, "de-AT") == [expected]


@pytest.mark.parametrize(("text", "expected"), FRENCH.items())
def test_french_words_stand_for_a_day(text: str, expected: tuple[str, ...]) -> None:
    assert found(text, "fr") == [expected]


@pytest.mark.parametrize(("text", "expected"), SPANISH.items())
def test_spanish_words_stand_for_a_day(text: str, expected: tuple[str, ...]) -> None:
    assert found(text, "es-419") == [expected]


@pytest.mark.parametrize("text", NOT_RELATIVE)
def test_names_habits_and_whole_dates_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_offsets_count_code_points_of_the_text() -> None:
    text = "🙂 He spoke on Tuesday, and left yesterday."

    dates = relative_dates(text, published=TUESDAY, language="en")

    assert [text[each.start : each.end] for each in dates] == ["on Tuesday", "yesterday"] == [d.exact for d in dates]


def test_only_a_sentence_of_its_own_says_that_a_day_is_to_come() -> None:
    text = "The minister will resign. He said so on Wednesday."

    assert found(text) == [("on Wednesday", "2025-05-07")]


def test_a_language_without_words_of_its_own_has_none() -> None:
    assert found("He spoke on Tuesday.", "xx") == []
    assert "en" in LANGUAGES


@given(st.text(alphabet=st.sampled_from("onTuesday last week 10 ago.in\n"), max_size=60), st.dates())
def test_whatever_stands_there_dates_stand_in_order_and_on_their_words(text: str, published: date) -> None:
    dates: list[RelativeDate] = relative_dates(text, published=published, language="en")

    assert all(text[each.start : each.end] == each.exact for each in dates)
    assert all(one.end <= other.start for one, other in pairwise(dates))
    assert all(each.first <= each.last <= each.first + timedelta(days=366) for each in dates)
