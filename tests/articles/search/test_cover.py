"""Passages of like scores in the order of how much one sentence of theirs covers."""

from articles.search.cover import order_by_cover

CLAIM = "The bridge was contaminated with lead."


def test_one_sentence_that_says_it_all_comes_before_words_that_stand_apart() -> None:
    apart = "The bridge is old. Nobody was there. Lead is a metal. The water is contaminated."
    together = "It rained. The bridge was contaminated with lead."

    assert order_by_cover(CLAIM, [(apart, 5.0), (together, 4.9), ("Nobody sings.", 1.0)]) == [1, 0, 2]


def test_another_form_of_a_word_counts_by_the_letters_it_shares() -> None:
    unrelated = "The bridge has a long history."
    related = "The bridge had a contamination."

    assert order_by_cover(CLAIM, [(unrelated, 3.0), (related, 2.9), ("Nobody.", 0.1), ("None.", 0.0)])[0] == 1


def test_what_covers_alike_stays_in_its_order() -> None:
    assert order_by_cover(CLAIM, [("One.", 2.0), ("Two.", 1.0), ("Six.", 0.5)]) == [0, 1, 2]


def test_there_may_be_one_passage_or_none_and_a_query_without_words() -> None:
    assert order_by_cover(CLAIM, []) == []
    assert order_by_cover(CLAIM, [("", 1.0)]) == [0]
    assert order_by_cover("!?", [("One.", 1.0), ("Two.", 1.0)]) == [0, 1]
