"""Near-duplicates: what texts share, and the keys by which they find each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.ingest.likeness import band_keys, containment, likeness, resemblance, shingles, signature
from bench.likeness_pairs import Pair, Writer, pairs, written

STORY = written(Writer(seed=7).story())
HALF = STORY[: len(STORY) // 2]


def test_a_text_is_wholly_like_itself() -> None:
    assert (resemblance(STORY, STORY), containment(STORY, STORY)) == (1.0, 1.0)


def test_resemblance_is_the_share_of_runs_that_stand_in_both() -> None:
    one, other = "a b c d e f g", "b c d e f g h"

    assert resemblance(one, other) == pytest.approx(2 / 4)
    assert containment(one, other) == pytest.approx(2 / 3)


def test_a_piece_cut_to_half_is_contained_in_the_whole() -> None:
    found = likeness(HALF, STORY)

    assert found.containment > 0.99
    assert 0.4 < found.resemblance < 0.6
    assert found.is_near_duplicate


def test_case_typography_and_punctuation_do_not_count() -> None:
    printed = "“Otters”, she said – quietly –, ‘hold HANDS… while   asleep.’"
    typed = "\"otters\" she said - quietly - 'hold hands... while asleep'"

    assert band_keys(printed) == band_keys(typed)
    assert resemblance(printed, typed) == 1.0


def test_scripts_without_spaces_are_compared_by_their_characters() -> None:
    assert 0.2 < resemblance("水獭睡觉时手牵着手漂浮在海面上", "水獭睡觉时手牵着手漂浮在河面上") < 1


@pytest.mark.parametrize("text", ["", " \n\n", "…!?", "—"])
def test_a_text_without_words_is_like_nothing_and_has_no_keys(text: str) -> None:
    assert resemblance(text, text) == 0.0
    assert resemblance(text, STORY) == 0.0
    assert band_keys(text) == []
    assert signature(shingles(text)) == []


def test_a_text_of_a_few_words_is_a_run_by_itself() -> None:
    assert resemblance("Otters asleep", "otters ASLEEP") == 1.0
    assert resemblance("Otters asleep", "Otters awake") == 0.0


def test_keys_are_the_same_on_every_machine_and_every_day() -> None:
    assert band_keys("Otters hold hands while they sleep.")[:3] == [-2085239152, -2068867730, -1754843115]


@given(st.text())
def test_keys_are_signed_numbers_of_32_bits_in_order(text: str) -> None:
    keys = band_keys(text)

    assert keys == sorted(set(keys))
    assert len(keys) <= 42
    assert all(-(2**31) <= key < 2**31 for key in keys)


@given(st.text(), st.text())
def test_likeness_lies_between_nothing_and_all_whichever_comes_first(one: str, other: str) -> None:
    found = likeness(one, other)

    assert 0 <= found.resemblance <= found.containment <= 1
    assert found == likeness(other, one)


def test_signatures_agree_about_as_often_as_their_texts_do() -> None:
    off = []
    for pair in pairs(seed=11, each=20):
        one, other = signature(shingles(pair.one)), signature(shingles(pair.other))
        agreeing = sum(a == b for a, b in zip(one, other, strict=True)) / len(one)
        off.append(agreeing - resemblance(pair.one, pair.other))

    assert abs(sum(off) / len(off)) < 0.02
    assert max(map(abs, off)) < 0.2


@pytest.mark.parametrize("kind", ["lightly edited", "cut to half"])
def test_what_was_made_from_a_text_shares_a_key_with_it_and_is_named(kind: str) -> None:
    made = [pair for pair in pairs(seed=12, each=30) if pair.kind == kind]

    assert sum(map(_is_found, made)) >= 0.9 * len(made)


def test_pieces_that_share_background_or_statements_alone_are_not_named() -> None:
    apart = [pair for pair in pairs(seed=13, each=30) if not pair.alike]

    assert not any(likeness(pair.one, pair.other).is_near_duplicate for pair in apart)


def _is_found(pair: Pair) -> bool:
    share_a_key = not set(band_keys(pair.one)).isdisjoint(band_keys(pair.other))
    return share_a_key and likeness(pair.one, pair.other).is_near_duplicate


def words(first: int, count: int) -> str:
    return " ".join(f"word{number}" for number in range(first, first + count))


def test_a_rewriting_that_leaves_something_everywhere_is_a_near_duplicate() -> None:
    source = words(0, 288)
    rewritten = " ".join(words(start if start % 48 == 0 else 10_000 + start, 24) for start in range(0, 288, 24))

    found = likeness(source, rewritten)

    assert (found.resemblance < 0.4, found.containment < 0.5) == (True, True)
    assert found.is_near_duplicate


def test_as_much_of_the_same_background_in_one_place_is_none() -> None:
    one, other = f"{words(0, 110)} {words(500, 130)}", f"{words(1_000, 130)} {words(0, 110)}"

    found = likeness(one, other)

    assert found.containment > 0.4
    assert found.evenness == 0.0
    assert not found.is_near_duplicate


def test_a_text_too_short_for_parts_is_not_judged_by_them() -> None:
    assert likeness(words(0, 40), words(0, 40)).evenness == 0.0
