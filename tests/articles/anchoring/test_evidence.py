"""What it takes for a mark to be certain: its own sentence, a neighbour of it, and nothing as like it."""

from articles.anchoring.carry import Carried, Reason, State, carry

OPENING = "The council met on Tuesday evening in the old hall. Nobody expected a long night."
VOTE = "Members then agreed to rebuild the harbour wall before winter comes."
CLOSING = "Fishermen had asked for it since the spring storms. The work begins in August."
ENDING = "A second hall is planned for the north shore. Its site is still unknown to the public."
OLD = "\n\n".join([OPENING, f"{VOTE} {CLOSING}", ENDING])


def fate_of(words: str, new: str, old: str = OLD) -> Carried:
    assert old.count(words) == 1
    start = old.index(words)
    (fate,) = carry(old, new, [(start, start + len(words))])
    return fate


def test_an_edited_sentence_between_its_neighbours_keeps_its_marks() -> None:
    new = OLD.replace("before winter comes", "before the snow")

    assert fate_of("rebuild the harbour wall", new).state is State.ANCHORED


def test_a_look_alike_put_among_other_sentences_does_not_take_the_marks_along() -> None:
    look_alike = VOTE.replace("before winter comes", "after winter comes")
    strangers = f"Otters sleep afloat, wrapped in kelp. {look_alike} Their paws touch all night long."
    new = OLD.replace(f"{VOTE} {CLOSING}", strangers)

    assert fate_of("rebuild the harbour wall", new).state is State.NEEDS_REVIEW


def test_words_of_an_edited_sentence_beside_its_look_alike_are_not_certain() -> None:
    edited = VOTE.replace("rebuild", "rebuilt").replace("comes", "came")
    look_alike = VOTE.replace("Members", "Otters")
    new = OLD.replace(VOTE, f"{look_alike} {edited}")

    assert fate_of("the harbour wall", new).state is State.NEEDS_REVIEW


def test_a_sentence_with_a_copy_run_into_another_is_no_certain_move() -> None:
    new = f"{VOTE}{OLD.replace(f'{VOTE} ', '')} {VOTE}"

    assert new.count(VOTE) == 2
    assert fate_of("rebuild the harbour wall", new).state is State.NEEDS_REVIEW


def test_a_sentence_moved_without_a_copy_is_certain() -> None:
    new = OLD.replace(f"{VOTE} ", "").replace(ENDING, f"{ENDING} {VOTE}")

    assert fate_of("rebuild the harbour wall", new).state is State.ANCHORED


def test_a_first_word_whose_sentence_is_gone_is_not_certain() -> None:
    old = OLD.replace(CLOSING, "The story is developing.")
    new = OLD.replace(CLOSING, "The senator aimed to win by a large margin.")
    start = old.index("The story")

    (fate,) = carry(old, new, [(start, start + 3)])

    assert (fate.state, fate.reason) == (State.NEEDS_REVIEW, Reason.WEAK)


def test_one_word_repeated_by_an_insertion_is_a_doubt() -> None:
    old = OLD.replace("Members then agreed", "They trust Mrs. Clinton, and agreed")
    new = OLD.replace("Members then agreed", "They trust Mrs. Clinton herself, as was said. Clinton, and agreed")

    assert fate_of("trust Mrs. Clinton", new, old).state is State.NEEDS_REVIEW


def test_a_copy_put_in_for_the_sentence_before_is_a_doubt() -> None:
    old = OLD.replace(VOTE, f"“It rains,” she said. {VOTE}")
    new = OLD.replace(VOTE, f"{VOTE} {VOTE}")

    assert fate_of("rebuild the harbour wall", new, old).state is State.NEEDS_REVIEW


def test_paragraphs_put_into_a_short_mark_are_proposed_within_it() -> None:
    sentences = " Otters sleep afloat. They hold paws in kelp." * 12
    new = OLD.replace("agreed to rebuild", f"agreed to.{sentences} They rebuild")

    fate = fate_of("then agreed to rebuild the harbour", new)

    assert fate.state is State.NEEDS_REVIEW
    assert new[fate.start : fate.end].startswith("then agreed to.")
    assert new[fate.start : fate.end].endswith("They rebuild the harbour")


def test_a_word_reworded_with_its_neighbours_is_proposed_at_the_words_in_its_place() -> None:
    new = OLD.replace("agreed to rebuild the harbour", "zigzag voted quay old")

    fate = fate_of("rebuild", new)

    assert (fate.state, new[fate.start : fate.end]) == (State.NEEDS_REVIEW, "voted")


def test_white_space_alone_is_carried() -> None:
    assert carry("  ", "   ", [(0, 2)])[0].state is not State.ORPHANED
