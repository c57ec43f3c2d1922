"""What became of words between two texts that report them."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.wording import Comparison, Cut, Finding, What, Words, compare

SAID = "We had no choice but to close the harbour bridge for two years"
LONG = (
    "The council has asked for money every year since the flood. We had no choice but to close the harbour bridge for "
    "two years. Nobody in this room wanted it, and nobody was asked. The ministry promised to pay and then it did not. "
    "I will say it to anybody who listens: the bridge is not safe for children, and that is all there is to know."
)
STITCHED = "We had no choice but to close the harbour bridge. The bridge is not safe for children"
BEGINNING, END = "We had no choice but to close the harbour bridge", "but to close the harbour bridge for two years"

TRUTH = [
    ("the same words", SAID, SAID, Finding.IDENTICAL),
    ("other typography", "“We had no choice” – he said", '"we HAD  no choice" - he said', Finding.IDENTICAL),
    ("other punctuation", "We had no choice, but to close it.", "We had no choice but to close it", Finding.IDENTICAL),
    ("an apostrophe of another shape", "We don’t have a choice here", "We don't have a choice here", Finding.IDENTICAL),
    ("a soft hyphen", "We had no cho\u00adice but this", "We had no choice but this", Finding.IDENTICAL),
    ("a hyphen more", "A cease-fire was agreed upon", "A ceasefire was agreed upon", Finding.IDENTICAL),
    ("thousands parted otherwise", "It cost 12,000 euros in all", "It cost 12.000 euros in all", Finding.IDENTICAL),
    ("vowels of Arabic left out", "قَالَ الرَّئِيسُ إِنَّهُ سَعِيد", "قال الرئيس إنه سعيد", Finding.IDENTICAL),
    (
        "a first letter in brackets",
        "[W]e had no choice but to close",
        "we had no choice but to close",
        Finding.IDENTICAL,
    ),
    ("a hesitation", "We had … no choice but to close it", "We had no choice but to close it", Finding.IDENTICAL),
    ("an insertion in brackets", "We [the council] had no choice at all", "We had no choice at all", Finding.IDENTICAL),
    (
        "a name in brackets for a pronoun",
        "[The mayor] had no choice at all",
        "She had no choice at all",
        Finding.IDENTICAL,
    ),
    ("a sic", "We had no choise [sic] but to close it", "We had no choise but to close it", Finding.IDENTICAL),
    ("one word changed", SAID, SAID.replace("no", "little"), Finding.ALTERED),
    ("one word left out", SAID, SAID.replace("no ", ""), Finding.ALTERED),
    ("one word put in", SAID.replace("had", "never had"), SAID, Finding.ALTERED),
    ("another currency", "It will cost €5 million in all", "It will cost $5 million in all", Finding.ALTERED),
    ("a sign less", "It fell to -5 degrees in the night", "It fell to 5 degrees in the night", Finding.ALTERED),
    ("per cent or not", "They want 5% more than that", "They want 5 more than that", Finding.ALTERED),
    ("the end left out", SAID, f"{SAID}, and I would do it again", Finding.TRUNCATED),
    ("the beginning left out", SAID, f"Let me be clear: {SAID}", Finding.TRUNCATED),
    ("both ends left out", SAID, f"Let me be clear: {SAID}, and I would do it again", Finding.TRUNCATED),
    ("cut with an ellipsis", "We had no choice … for two years", SAID, Finding.TRUNCATED),
    ("cut with dots in brackets", "We had no choice [...] for two years", SAID, Finding.TRUNCATED),
    ("other ends left out of each", BEGINNING, END, Finding.TRUNCATED),
    (
        "two places with nothing between",
        STITCHED,
        LONG,
        Finding.STITCHED,
    ),
    (
        "two places the other way round",
        "The bridge is not safe for children. We had no choice but to close the harbour bridge",
        LONG,
        Finding.STITCHED,
    ),
    ("other words", SAID, "Nobody in this room wanted it, and nobody was asked", Finding.UNRELATED),
    ("a turn of phrase", "At the end of the day it rains", "At the end of the day we all lose", Finding.ALTERED),
    ("a turn of phrase in other words", "At the end of the day it rains on everybody", LONG, Finding.UNRELATED),
    ("no words", "…", SAID, Finding.UNRELATED),
    ("no words twice", "", "", Finding.UNRELATED),
]


@pytest.mark.parametrize(("case", "ours", "theirs", "finding"), TRUTH, ids=[case for case, *_ in TRUTH])
def test_the_words_are_found_to_be(case: str, ours: str, theirs: str, finding: Finding) -> None:
    assert compare(ours, theirs).finding == finding
    assert compare(theirs, ours).finding == finding


IN_A_PASSAGE = [
    ("word for word", SAID, Finding.IDENTICAL),
    ("with one word changed", SAID.replace("no", "little"), Finding.ALTERED),
    ("with a word that nobody said at the end", f"{SAID} forever", Finding.ALTERED),
    ("cut with an ellipsis", "We had no choice … for two years", Finding.TRUNCATED),
    (
        "joined by an ellipsis over half of what was said",
        "asked for money every year since the flood … the bridge is not safe for children",
        Finding.STITCHED,
    ),
    ("joined without a mark", "Nobody in this room wanted it. The bridge is not safe for children", Finding.STITCHED),
]


@pytest.mark.parametrize(("case", "quoted", "finding"), IN_A_PASSAGE, ids=[case for case, *_ in IN_A_PASSAGE])
def test_what_stands_around_a_quote_in_a_source_is_not_cut(case: str, quoted: str, finding: Finding) -> None:
    assert compare(quoted, LONG, is_passage=True).finding == finding


def test_the_place_in_a_passage_is_where_the_words_stand() -> None:
    start, end = compare(SAID, LONG, is_passage=True).place

    assert LONG[start:end] == SAID


@pytest.mark.parametrize(
    ("ours", "theirs", "finding"),
    [
        (SAID, SAID, Finding.IDENTICAL),
        (SAID, SAID.replace("no", "little"), Finding.RENDERING),
        (SAID, f"{SAID}, and I would do it again", Finding.TRUNCATED),
        (STITCHED, LONG, Finding.RENDERING),
    ],
    ids=["identical", "other words", "cut", "stitched"],
)
def test_other_words_of_a_translation_are_another_rendering(ours: str, theirs: str, finding: Finding) -> None:
    assert compare(ours, theirs, is_translation=True).finding == finding
    assert compare(theirs, ours, is_translation=True).finding == finding


@pytest.mark.parametrize(
    ("ours", "theirs", "finding", "became"),
    [
        (SAID, SAID, Finding.OTHER_PERSON, Finding.IDENTICAL),
        ("We had no choice", "We had no choice", Finding.OTHER_PERSON, Finding.IDENTICAL),
        (SAID, SAID.replace("harbour", "city"), Finding.OTHER_PERSON, Finding.ALTERED),
        (SAID, f"{SAID}, and I would do it again", Finding.OTHER_PERSON, Finding.TRUNCATED),
        ("We had no choice", SAID, Finding.UNRELATED, Finding.UNRELATED),
        ("At the end of the day it rains", "At the end of the day we all lose", Finding.UNRELATED, Finding.UNRELATED),
    ],
    ids=["identical", "short and identical", "altered", "cut", "a turn of phrase", "half a turn of phrase"],
)
def test_the_same_words_of_somebody_else_are_given_to_another_person(
    ours: str, theirs: str, finding: Finding, became: Finding
) -> None:
    compared = compare(ours, theirs, is_other_person=True)

    assert (compared.finding, compared.became) == (finding, became)


@pytest.mark.parametrize(
    ("ours", "theirs", "cut"),
    [
        (SAID, f"{SAID} now", Cut.OURS),
        (f"{SAID} now", SAID, Cut.THEIRS),
        (BEGINNING, END, Cut.BOTH),
        (SAID, SAID, Cut.NEITHER),
    ],
)
def test_it_says_which_of_the_two_is_shorter(ours: str, theirs: str, cut: Cut) -> None:
    assert compare(ours, theirs).cut == cut


def drawn(compared: Comparison) -> list[tuple[What, str, bool]]:
    return [(stretch.what, stretch.words, stretch.is_marked) for stretch in compared.stretches]


def test_the_difference_reads_as_it_was_said_and_as_it_is_printed() -> None:
    assert drawn(compare("“We had no choice,” he said", "We had little choice, he said")) == [
        (What.KEPT, "“We had ", False),
        (What.REMOVED, "little ", False),
        (What.ADDED, "no ", False),
        (What.KEPT, "choice,” he said", False),
    ]


def test_what_an_editor_admits_is_marked_as_admitted() -> None:
    assert drawn(compare("[The mayor] had no choice … for two years", f"She {SAID[3:]}")) == [
        (What.REMOVED, "She ", True),
        (What.ADDED, "[The mayor] ", True),
        (What.KEPT, "had no choice … ", False),
        (What.REMOVED, "but to close the harbour bridge ", True),
        (What.KEPT, "for two years", False),
    ]


def test_an_admitted_difference_is_said_to_be_one() -> None:
    assert compare("We [the council] had no choice", "We had no choice").is_marked
    assert not compare("We had no choice", "We had no choice").is_marked


WORDS = st.lists(st.integers(1, 10).map("w{}".format), min_size=0, max_size=24)
WRITTEN = WORDS.map(" ".join)
ANYTHING = st.text(alphabet="ab cd-’“”…[]().,59$%\u00adÄ汉字\n", max_size=60)


@given(WRITTEN, WRITTEN)
def test_words_are_identical_if_and_only_if_they_are_the_same_words(ours: str, theirs: str) -> None:
    is_identical = compare(ours, theirs).finding == Finding.IDENTICAL

    assert is_identical == (bool(ours) and Words.of(ours).folded == Words.of(theirs).folded)


@given(WRITTEN, WRITTEN, st.booleans(), st.booleans())
def test_both_ways_round_the_same_is_found(ours: str, theirs: str, translation: bool, other: bool) -> None:
    one = compare(ours, theirs, is_translation=translation, is_other_person=other)
    two = compare(theirs, ours, is_translation=translation, is_other_person=other)

    assert (one.finding, one.became, one.likeness) == (two.finding, two.became, two.likeness)


@given(ANYTHING | WRITTEN, ANYTHING | WRITTEN, st.booleans())
def test_stretches_cover_our_text_and_stand_where_they_say(ours: str, theirs: str, is_passage: bool) -> None:
    compared = compare(ours, theirs, is_passage=is_passage)

    placed = [stretch for stretch in compared.stretches if stretch.ours]
    assert compared.finding == Finding.UNRELATED or "".join(stretch.words for stretch in placed) == ours
    for stretch in compared.stretches:
        text, place = (theirs, stretch.theirs) if stretch.what == What.REMOVED else (ours, stretch.ours)
        assert place is not None
        assert text[place[0] : place[1]] == stretch.words
    assert 0 <= compared.place[0] <= compared.place[1] <= len(theirs)


@given(WRITTEN, WRITTEN)
def test_all_that_theirs_has_is_kept_or_removed(ours: str, theirs: str) -> None:
    compared = compare(ours, theirs)
    if compared.finding in {Finding.UNRELATED, Finding.STITCHED} or not ours:
        return

    places = [stretch.theirs for stretch in compared.stretches if stretch.theirs]
    if all(before[1] <= after[0] for before, after in pairwise(places)):
        read = " ".join(theirs[start:end] for start, end in places)
        assert Words.of(read).folded == Words.of(theirs).folded


@given(WRITTEN.filter(lambda text: len(text.split()) >= 4), st.integers(0, 20), st.integers(0, 20))
def test_a_part_is_never_called_altered(text: str, first: int, last: int) -> None:
    words = text.split()
    part = " ".join(words[min(first, len(words) - 4) : max(last, min(first, len(words) - 4) + 4)])

    assert compare(part, text).finding in {Finding.IDENTICAL, Finding.TRUNCATED}
    assert compare(part, text, is_passage=True).finding == Finding.IDENTICAL


@pytest.mark.parametrize(
    "text",
    ["no " * 4_000, "a b " * 2_000, "…" * 4_000, "[" * 4_000, "a" * 40_000, "a-" * 4_000, "5,5" * 4_000, "[a]" * 4_000],
    ids=["one word", "two words", "ellipses", "brackets", "one long word", "one compound", "figures", "insertions"],
)
def test_a_text_that_repeats_itself_is_compared_all_the_same(text: str) -> None:
    assert compare(text, text + " end of it").finding in {Finding.IDENTICAL, Finding.TRUNCATED, Finding.UNRELATED}


def test_a_long_text_with_one_word_changed_is_compared_word_by_word() -> None:
    chance = random.Random(7)
    words = [f"w{chance.randrange(900)}" for _ in range(6_000)]
    changed = [*words[:3_000], "other", *words[3_001:]]

    compared = compare(" ".join(words), " ".join(changed))

    assert compared.finding == Finding.ALTERED
    assert [stretch.words.strip() for stretch in compared.stretches if stretch.what != What.KEPT] == [
        "other",
        words[3_000],
    ]
