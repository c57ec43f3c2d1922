"""How two names stand to each other, and that what may be taken for one name is found by one key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.naming.keys import name_keys, whole_keys, word_keys
from articles.naming.likeness import Likeness, is_whole_name, likeness

NONE, SOUND, PART, SHORTER, SPELLING, SAME = Likeness


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("ines duarte", "Inês Duarte", SAME),
        ("Anna Müller", "Anna Mueller", SAME),
        ("Kim Jong Un", "Kim Jong-un", SAME),
        ("Volodymyr Zelenskiy", "Volodymyr Zelensky", SPELLING),
        ("Володимир Зеленський", "Volodymyr Zelenskyy", SPELLING),
        ("Владимир Зеленский", "Vladimir Zelensky", SPELLING),
        ("Xi Jinping", "Jinping Xi", SPELLING),
        ("Kim Jongun", "Kim Jong-un", SPELLING),
        ("JK Rowling", "J. K. Rowling", SPELLING),
        ("Abdel Fattah el-Sisi", "Abdel Fattah al-Sisi", SPELLING),
        ("J. Okafor", "John Okafor", SHORTER),
        ("George Bush", "George W. Bush", SHORTER),
        ("García Márquez", "Gabriel García Márquez", SHORTER),
        ("Mohammed Salman", "Mohammed bin Salman", SHORTER),
        ("Robert Kennedy Jr.", "Robert Kennedy", SHORTER),
        ("Ryabkov", "Sergey Ryabkov", PART),
        ("Bin Laden", "Osama bin Laden", PART),
        ("Chen Li", "Ken Li", SOUND),
        ("Robert Lee", "Robert Li", SOUND),
        ("Anna Mueller", "Anna Muller", SOUND),
        ("John Smith", "Jon Smith", SOUND),
        ("Sergey Ryabkov", "Sergey Lavrov", NONE),
        ("Janet Yellen", "Janet Ellen", NONE),
        ("", "Ines Duarte", NONE),
    ],
)
def test_two_names_are_as_alike_as_an_editor_would_say(one: str, other: str, expected: Likeness) -> None:
    assert likeness(one, other) == likeness(other, one) == expected


@pytest.mark.parametrize(("name", "expected"), [("Ines Duarte", True), ("JK Rowling", True), ("J. Okafor", False)])
def test_a_whole_name_says_more_than_a_surname(name: str, expected: bool) -> None:
    assert is_whole_name(name) is expected


WORDS = [
    "Sergey",
    "Sergei",
    "Zelensky",
    "Зеленский",
    "Mohammed",
    "Müller",
    "O'Neil",
    "Jong-un",
    "Kim",
    "Lee",
    "J.",
    "bin",
]
NAMES = st.lists(st.sampled_from(WORDS), min_size=2, max_size=3, unique=True).map(" ".join)


@given(NAMES, NAMES)
def test_likeness_has_no_direction(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)


@given(NAMES)
def test_every_name_is_the_same_as_itself(name: str) -> None:
    assert likeness(name, name) == SAME


@given(NAMES, NAMES)
def test_what_may_be_one_name_shares_a_key(one: str, other: str) -> None:
    if likeness(one, other) >= SPELLING:
        assert set(whole_keys(one)) & set(name_keys([other])) or set(word_keys(one)) <= set(name_keys([other]))
