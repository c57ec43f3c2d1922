"""Names in comments, found without a database."""

import pytest

from annotations.mentions import mentions_in, names_in, pieces_of

KNOWN = {"ada": 1, "j.doe": 2, "ada.": 3, "bob@desk.example": 4, "renée": 5}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@ada look", {1}),
        ("Look, @ADA!", {1}),
        ("Ask @j.doe.", {2}),
        ("(@ada)", {1}),
        ("@ada @ada @j.doe", {1, 2}),
        ("@bob@desk.example knows", {4}),
        ("@Renée, please", {5}),
        ("mail ada@desk.example", set()),
        ("https://example.org/@ada", set()),
        ("an @ alone", set()),
    ],
)
def test_names_after_an_at_sign_mention_people(text: str, found: set[int]) -> None:
    assert mentions_in(text, KNOWN) == (found, [])


def test_a_full_stop_belongs_to_a_name_only_where_somebody_has_it() -> None:
    assert mentions_in("@ada.", KNOWN)[0] == {3}
    assert mentions_in("@ada.", {"ada": 1})[0] == {1}


def test_names_that_nobody_has_are_given_back_as_they_stand() -> None:
    assert mentions_in("@Nobody. and @ada and @Else", KNOWN) == ({1}, ["Nobody", "Else"])


def test_each_name_counts_once_in_its_order() -> None:
    assert names_in("@b @a @b") == ["b", "a"]


def test_the_pieces_of_a_text_join_to_it_and_say_which_are_names() -> None:
    pieces = pieces_of("Ask @j.doe. Or @nobody", KNOWN)

    assert pieces == [("Ask ", False), ("@j.doe", True), (". Or @nobody", False)]
