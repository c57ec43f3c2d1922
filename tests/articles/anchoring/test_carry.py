import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.anchoring.carry import Carried, OffsetsOutside, Reason, State, carry
from articles.anchoring.text import fold, sentences
from tests.articles.anchoring.article import ARTICLE, TEXTS, edited_texts, place_of, spans_of

PARAGRAPHS = ARTICLE.split("\n\n")
SENTENCES = sentences(ARTICLE)
STRANGE = st.lists(
    st.sampled_from(["Otters", "sleep", "afloat", "wrapped", "kelp", "holding", "paws", "drifting", "never", "apart"]),
    min_size=3,
    max_size=40,
).map(" ".join)


def carried(new: str, words: str, old: str = ARTICLE) -> tuple[State, Reason, str | None]:
    """What becomes of words that stand once in the old text, and the words they are carried to."""
    (fate,) = carry(old, new, [place_of(words, old)])
    return fate.state, fate.reason, None if fate.start is None else new[fate.start : fate.end]


def test_an_edit_elsewhere_leaves_the_words_as_they_are() -> None:
    new = ARTICLE.replace("For now, it’s a waiting game.", "It goes on.")

    assert carried(new, "durable settlement") == (State.ANCHORED, Reason.SAME, "durable settlement")


def test_a_change_of_typography_is_cosmetic() -> None:
    new = ARTICLE.replace("’", "'").replace("—", " -- ").replace(" -- ", "--")

    fate = carried(new, "it’s not holding its breath")

    assert fate == (State.ANCHORED, Reason.COSMETIC, "it's not holding its breath")


def test_a_sentence_moved_whole_is_found_again() -> None:
    new = "\n\n".join([*PARAGRAPHS[:2], *PARAGRAPHS[3:], PARAGRAPHS[2]])

    assert carried(new, "durable settlement") == (State.ANCHORED, Reason.MOVED, "durable settlement")


def test_an_edited_sentence_is_proposed_with_its_new_words() -> None:
    new = ARTICLE.replace(
        "Kiev and its allies have offered mixed signals.", "Kyiv and its partners have offered few signals."
    )

    fate = carried(new, "Kiev and its allies have offered mixed signals.")

    assert fate == (State.NEEDS_REVIEW, Reason.EDITED, "Kyiv and its partners have offered few signals.")


def test_a_replaced_name_is_proposed_with_the_name_in_its_place() -> None:
    new = ARTICLE.replace("Dmitry Peskov", "Maria Zakharova")

    assert carried(new, "Dmitry Peskov") == (State.NEEDS_REVIEW, Reason.REPLACED, "Maria Zakharova")


def test_a_fragment_moved_into_another_sentence_is_proposed() -> None:
    fragment = "official recognition of the territories Russia now claims as its own"
    new = ARTICLE.replace(f"{fragment}—namely, ", "").replace("a waiting game", f"a wait for {fragment} and more")

    assert carried(new, fragment) == (State.NEEDS_REVIEW, Reason.MOVED_FRAGMENT, fragment)


def test_words_beside_a_copy_put_in_are_ambiguous() -> None:
    new = ARTICLE.replace(
        "For now, it’s a waiting game.", "For now, it’s a waiting game. For now, it’s a waiting game."
    )

    state, reason, words = carried(new, "a waiting game")

    assert (state, reason, words) == (State.NEEDS_REVIEW, Reason.AMBIGUOUS, "a waiting game")


def test_a_word_with_nothing_unchanged_around_it_is_weak() -> None:
    assert carried("x Kyiv z", "Kyiv", old="a Kyiv b") == (State.NEEDS_REVIEW, Reason.WEAK, "Kyiv")


@pytest.mark.parametrize("number", range(1, len(PARAGRAPHS)))
def test_words_taken_out_everywhere_are_orphaned(number: int) -> None:
    start = ARTICLE.index(PARAGRAPHS[number])
    new = "\n\n".join(PARAGRAPHS[:number] + PARAGRAPHS[number + 1 :])
    inside = [span for span in SENTENCES if start <= span[0] < start + len(PARAGRAPHS[number])]

    assert carry(ARTICLE, new, inside) == [Carried(State.ORPHANED, Reason.GONE, None, None)] * len(inside)


def test_the_same_words_elsewhere_are_other_words() -> None:
    old = "The mayor declined to comment on the raid. Rain fell.\n\nThe market was open all day."
    new = "Rain fell.\n\nThe market was open all day. A baker declined to comment on the price of bread."

    assert carried(new, "declined to comment", old=old)[0] is not State.ANCHORED


def test_a_copy_put_elsewhere_while_its_original_was_edited_is_no_certain_move() -> None:
    sentence = "Some have floated the idea of a 30-day truce as a prerequisite to talks."
    edited = sentence.replace("30-day", "60-day")
    new = ARTICLE.replace(sentence, edited) + " " + sentence

    assert carried(new, sentence)[0] is State.NEEDS_REVIEW


def test_a_long_insertion_inside_a_long_mark_keeps_both_its_ends() -> None:
    words = PARAGRAPHS[6]
    new = ARTICLE.replace(" But in a twist,", " Otters sleep afloat. " * 12 + "But in a twist,")

    state, reason, found = carried(new, words)

    assert (state, reason) == (State.NEEDS_REVIEW, Reason.EDITED)
    assert found is not None
    assert found.startswith("Kiev and its allies")
    assert found.endswith("with Putin.")


def test_characters_of_scripts_without_spaces_are_aligned_one_by_one() -> None:
    old = "外交部长周二对记者说，谈判将在伊斯坦布尔举行。"
    new = "外交部长周三对记者说，谈判将在安卡拉举行。"

    assert carried(new, "外交部长", old=old)[0] is State.ANCHORED
    assert carried(new, "伊斯坦布尔", old=old)[:2] == (State.NEEDS_REVIEW, Reason.REPLACED)


def numbered(paragraphs: int) -> str:
    return "\n\n".join(f"Paragraph {n} speaks of otter {n * 7} and kelp {n * 13} at length." for n in range(paragraphs))


def test_a_mark_over_a_whole_long_text_is_widened_beyond_the_change() -> None:
    old = numbered(300)
    new = old.replace("otter 1050 ", "otter 1051 ")

    (fate,) = carry(old, new, [(5, len(old) - 5)])

    assert fate == Carried(State.NEEDS_REVIEW, Reason.EDITED, 5, len(new) - 5)


def test_a_mark_over_a_whole_long_text_stays_anchored_through_typography() -> None:
    old = numbered(300)
    new = old.replace("otter 1050 ", "otter 1050  ")

    (fate,) = carry(old, new, [(5, len(old) - 5)])

    assert fate == Carried(State.ANCHORED, Reason.COSMETIC, 5, len(new) - 5)


def test_a_text_edited_in_every_sentence_is_aligned_however_long_it_is() -> None:
    old = numbered(900)
    new = old.replace("speaks", "tells")
    spans = [place_of(f"otter {n * 7} and", old) for n in range(1, 900, 50)]

    fates = carry(old, new, spans)

    assert {(fate.state, new[fate.start : fate.end]) for fate in fates} == {
        (State.ANCHORED, old[start:end]) for start, end in spans
    }


def test_a_total_rewrite_orphans_what_is_gone() -> None:
    old = numbered(600)
    new = " ".join(f"w{n}" for n in range(9000))

    assert carry(old, new, [(0, 40)]) == [Carried(State.ORPHANED, Reason.GONE, None, None)]


def test_a_common_word_shared_with_a_rewritten_sentence_is_no_survivor() -> None:
    new = ARTICLE.replace(
        "Even so, Ryabkov wasn’t exactly brimming with optimism.",
        "Otters float, asleep, holding paws, drifting with kelp around their bodies at night.",
    )

    assert carried(new, "brimming with optimism")[0] is State.ORPHANED


@pytest.mark.parametrize("span", [(-1, 3), (3, 3), (4, 2), (0, 6)])
def test_spans_that_are_not_in_the_old_text_are_refused(span: tuple[int, int]) -> None:
    with pytest.raises(OffsetsOutside):
        carry("abcde", "abc", [span])


@given(edited_texts(), st.data())
def test_anchored_words_are_the_same_words_and_every_place_lies_in_the_text(
    texts: tuple[str, str], choices: st.DataObject
) -> None:
    old, new = texts
    start, end = choices.draw(spans_of(old))

    (fate,) = carry(old, new, [(start, end)])

    if fate.state is State.ORPHANED:
        assert (fate.start, fate.end) == (None, None)
        return
    assert fate.start is not None
    assert fate.end is not None
    assert 0 <= fate.start < fate.end <= len(new)
    if fate.state is State.ANCHORED:
        assert fold(new[fate.start : fate.end]).strip() == fold(old[start:end]).strip()


@given(TEXTS, st.data())
def test_an_unchanged_text_leaves_every_mark_where_it_was(text: str, choices: st.DataObject) -> None:
    start, end = choices.draw(spans_of(text))

    assert carry(text, text, [(start, end)]) == [Carried(State.ANCHORED, Reason.SAME, start, end)]


@given(edited_texts(), st.data())
def test_the_fate_of_a_mark_does_not_depend_on_the_others(texts: tuple[str, str], choices: st.DataObject) -> None:
    old, new = texts
    spans = choices.draw(st.lists(spans_of(old), min_size=1, max_size=6))

    assert carry(old, new, spans) == [fate for span in spans for fate in carry(old, new, [span])]


def test_a_mark_over_the_whole_text_does_not_change_the_fate_of_others() -> None:
    old = numbered(300)
    new = old.replace("otter 1050 ", "whale ") + " The end."
    near = place_of("otter 1043", old)

    assert carry(old, new, [near, (0, len(old))])[0] == carry(old, new, [near])[0]


@given(st.integers(1, len(PARAGRAPHS)), STRANGE, st.data())
def test_a_paragraph_put_in_shifts_what_follows_by_exactly_its_length(
    number: int, strange: str, choices: st.DataObject
) -> None:
    new = "\n\n".join([*PARAGRAPHS[:number], strange, *PARAGRAPHS[number:]])
    paragraph = choices.draw(st.sampled_from(PARAGRAPHS))
    offset = ARTICLE.index(paragraph)
    start, end = choices.draw(spans_of(paragraph))
    shift = len(strange) + 2 if PARAGRAPHS.index(paragraph) >= number else 0

    (fate,) = carry(ARTICLE, new, [(offset + start, offset + end)])

    assert (fate.start, fate.end) == (offset + start + shift, offset + end + shift)


@given(st.sampled_from(SENTENCES), STRANGE, st.data())
def test_a_word_changed_inside_is_never_anchored(
    sentence: tuple[int, int], strange: str, choices: st.DataObject
) -> None:
    start, end = sentence
    words = ARTICLE[start:end].split(" ")
    changed = choices.draw(st.integers(0, len(words) - 1))
    new = ARTICLE[:start] + " ".join([*words[:changed], strange, *words[changed + 1 :]]) + ARTICLE[end:]

    (fate,) = carry(ARTICLE, new, [sentence])

    assert fate.state is not State.ANCHORED


@given(st.permutations(PARAGRAPHS[1:]), st.integers(0, 8), st.data())
def test_there_and_back_again_never_lands_on_other_words(
    order: list[str], dropped: int, choices: st.DataObject
) -> None:
    new = "\n\n".join([PARAGRAPHS[0], *order[dropped:]])
    span = choices.draw(spans_of(ARTICLE))

    (there,) = carry(ARTICLE, new, [span])
    if there.start is None or there.end is None or there.state is not State.ANCHORED:
        return
    (back,) = carry(new, ARTICLE, [(there.start, there.end)])

    if back.state is State.ANCHORED:
        assert back.start is not None
        assert ARTICLE[back.start : back.end].strip() == ARTICLE[slice(*span)].strip()
        assert abs(back.start - span[0]) <= 2
