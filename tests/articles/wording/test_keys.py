"""Texts that share a run of words are found by their keys."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from articles.wording import kept_keys, run_keys

SAID = "We had no choice but to close the harbour bridge for two years"
WORDS = st.lists(st.integers(0, 400).map("w{}".format), max_size=60)


def test_typography_does_not_change_a_key() -> None:
    assert kept_keys("“We had no CHOICE – but to…") == kept_keys("we had no choice but to")


def test_the_keys_are_the_same_on_every_machine() -> None:
    assert kept_keys("We had no choice") == [757862064]


def test_a_text_of_three_words_has_no_keys() -> None:
    assert kept_keys("No choice, none") == run_keys("No choice, none") == []


def test_a_short_quote_keeps_all_its_keys_and_a_long_one_about_half() -> None:
    long = " ".join(f"w{number}" for number in range(400))

    assert kept_keys(SAID) == run_keys(SAID)
    assert 0.4 < len(kept_keys(long)) / len(run_keys(long)) < 0.6


def test_no_run_goes_across_what_an_editor_left_out_or_put_in() -> None:
    assert run_keys("We had no choice … close the harbour bridge") == sorted(
        {*run_keys("We had no choice"), *run_keys("close the harbour bridge")}
    )
    assert run_keys("We had [really] no choice") == []


@given(WORDS, WORDS, WORDS, WORDS, st.lists(st.integers(0, 400).map("w{}".format), min_size=6, max_size=20))
def test_who_shares_six_words_in_a_row_is_found(
    before: list[str], after: list[str], other: list[str], another: list[str], run: list[str]
) -> None:
    stored = " ".join([*before, *run, *after])
    asked = " ".join([*other, *run, *another])

    assert set(run_keys(asked)) & set(kept_keys(stored))


@given(st.text())
def test_any_text_has_keys_that_an_index_holds(text: str) -> None:
    keys = kept_keys(text)

    assert keys == sorted(set(keys))
    assert set(keys) <= set(run_keys(text))
    assert all(-(2**31) <= key < 2**31 for key in keys)
