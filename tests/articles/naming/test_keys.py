"""What names are found by: the same for every spelling, order and script, and never nothing for something."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.naming.keys import LONGEST_KEY, folded, name_keys, whole_keys, word_keys
from articles.naming.words import take_apart

# Every group is one name as different desks print it.
ONE_NAME = [
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "Volodymyr Zelenskiy", "VOLODYMYR ZELENSKY", "Володимир Зеленський"),
    ("Vladimir Zelensky", "Владимир Зеленский"),
    ("Muhammad Ali", "Mohammed Ali", "Mohamed Aly", "Muhammed Ali"),
    ("Ivan Petrov", "Ivan Petroff", "Иван Петров", "Petrov, Ivan"),
    ("Anna Müller", "Anna Mueller", "Anna Muller"),
    ("Günter Grass", "Günter Graß"),
    ("Fiona MacDonald", "Fiona McDonald", "Fiona Mac Donald", "Fiona Mc Donald"),
    ("Seán O'Brien", "Sean O’Brien", "Sean OBrien"),
    ("Kim Jong-un", "Kim Jong Un", "Kim Jongun", "KIM JONG UN"),
    ("Xi Jinping", "Jinping Xi"),
    ("Nagy Péter", "Péter Nagy", "Peter Nagy"),
    ("Ólafur Ragnar Grímsson", "Olafur Ragnar Grimsson"),
    ("Gabriel García Márquez", "Gabriel Garcia Marquez"),
    ("Ursula von der Leyen", "Ursula Von Der Leyen", "Ursula Leyen"),
    ("Abdel Fattah al-Sisi", "Abdel Fattah El-Sisi", "Abdel-Fattah Sisi"),
    ("Mohammed bin Salman", "Muhammad bin Salman", "Mohamed Bin Salman"),
    ("Nguyễn Văn Thiệu", "Nguyen Van Thieu"),
    ("J. K. Rowling", "J.K. Rowling", "JK Rowling"),
    ("Kyriakos Mitsotakis", "Κυριάκος Μητσοτάκης"),
    ("Aleksandar Vučić", "Aleksandar Vucic", "Александар Вучић", "Aleksandar Vuchich"),
    ("Dr. Jane Doe", "Jane Doe", "Jane Doe, PhD", "Prof. Jane Doe"),
    ("Robert Kennedy Jr.", "Robert Kennedy"),
    ("محمد صلاح", "مُحَمَّد صَلَاح"),
]


@pytest.mark.parametrize("names", ONE_NAME, ids=[names[0] for names in ONE_NAME])
def test_every_spelling_of_a_name_is_found_by_any_other(names: tuple[str, ...]) -> None:
    found_by = [(name, other) for name in names for other in names if set(whole_keys(name)) & set(name_keys([other]))]

    assert len(found_by) == len(names) ** 2


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("J. Okafor", "John Okafor"),
        ("J Okafor", "John Chidi Okafor"),
        ("J. C. Okafor", "John Chidi Okafor"),
        ("Okafor J.", "John Okafor"),
        ("JK Rowling", "Joanne Kathleen Rowling"),
        ("Иванов А. П.", "Alexei Petrovich Ivanov"),
        ("P. Nagy", "Nagy Péter"),
        ("Donald Trump", "Donald J. Trump"),
        ("Donald J. Trump", "Donald Trump"),
        ("John Okafor", "John Chidi Okafor"),
    ],
)
def test_initials_and_left_out_names_find_the_whole_one(short: str, long: str) -> None:
    assert set(whole_keys(short)) & set(name_keys([long]))


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("Ryabkov", "Sergey Ryabkov"),
        ("Рябков", "Sergey Ryabkov"),
        ("Sigrún", "Sigrun Magnúsdóttir"),
        ("Xi", "Xi Jinping"),
        ("García Márquez", "Gabriel García Márquez"),
        ("bin Laden", "Osama bin Laden"),
        ("Bin Laden", "Osama bin Laden"),
        ("al-Assad", "Bashar al-Assad"),
        ("Assad", "Bashar al-Assad"),
        ("Mr. Reed", "Tomas Reed"),
        ("the Kremlin", "Kremlin"),
        ("习近平", "习近平"),
    ],
)
def test_a_part_of_a_name_has_only_words_of_it(part: str, name: str) -> None:
    assert word_keys(part)
    assert set(word_keys(part)) <= set(name_keys([name]))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ines Duarte", "Rui Costa"), ("Sergey Ryabkov", "Sergey Lavrov"), ("Zhang Wei", "Wang Wei")],
)
def test_different_people_share_no_whole_name(one: str, other: str) -> None:
    assert not set(whole_keys(one)) & set(name_keys([other]))


@pytest.mark.parametrize("nothing", ["", " ", "…", "-", "''", "\n"])
def test_what_has_no_letter_is_found_by_nothing(nothing: str) -> None:
    assert name_keys([nothing]) == word_keys(nothing) == whole_keys(nothing) == []


@pytest.mark.parametrize("name", ["van", "de la", "Dr.", "J.", "Jr.", "al-", "The", "o", "III"])
def test_a_name_made_of_what_is_left_out_elsewhere_still_has_a_key(name: str) -> None:
    assert name_keys([name])


def test_a_folded_name_is_compared_letter_by_letter() -> None:
    assert folded("Prof. Ana ŠIMIĆ-O'Neil") == "ana simic oneil"
    assert folded("Zelenskyy") != folded("Zelensky")


NAMES = st.lists(
    st.sampled_from(
        ["Inês", "Duarte", "Müller", "Зеленский", "O'Brien", "al-Sisi", "van", "Kim", "Jong-un", "J.", "习近平"]
    ),
    min_size=1,
    max_size=5,
).map(" ".join)


@given(st.text(max_size=400))
def test_any_text_has_keys_that_fit_their_column(text: str) -> None:
    keys = name_keys([text])

    assert all(0 < len(key) <= LONGEST_KEY for key in keys)
    assert keys == sorted(set(keys))


@given(st.text(max_size=80))
def test_case_and_composition_change_no_key(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)

    assert name_keys([composed]) == name_keys([unicodedata.normalize("NFD", text)])


@given(NAMES)
def test_a_name_is_found_by_itself_and_by_each_of_its_words(name: str) -> None:
    keys = set(name_keys([name]))

    assert set(word_keys(name)) <= keys
    assert set(whole_keys(name)) & keys


@given(NAMES, NAMES)
def test_a_further_name_takes_no_key_away(name: str, alias: str) -> None:
    assert set(name_keys([name])) <= set(name_keys([name, alias]))


@given(NAMES)
def test_punctuation_at_the_ends_says_nothing(name: str) -> None:
    assert take_apart(f"“{name},”").words == take_apart(name).words


def test_of_very_many_readings_the_plainest_is_always_kept() -> None:
    keys = name_keys(["Игор Григориевич Гагин"])

    assert set(word_keys("Igor Grigorievich Gagin")) < set(keys)
    assert "=gagin griguriavik igur" in keys
