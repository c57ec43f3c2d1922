"""Counting quotations found beside those that people marked."""

from typing import Any

import pytest

from bench.quotation_scores import Tally, likeness, name_key, trimmed

TEXT = "“We will go,” Ann Lee said. He said that they would stay for a week."


def quote(words: str, kind: str = "direct", **more: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "kind": kind, "speaker": None, "speaker_span": None, **more}


def test_marks_and_a_leading_that_do_not_count() -> None:
    start, end = trimmed(TEXT, quote("that they would stay for a week."))

    assert TEXT[start:end] == "they would stay for a week"


def test_likeness_is_what_two_share_of_both_together() -> None:
    text = "we will go now"

    # “we will go” and “will go now” share six letters of eleven.
    assert likeness(text, (0, 10), (3, 14)) == pytest.approx(6 / 11)


def test_each_quotation_is_matched_once() -> None:
    tally = Tally(0.8)

    tally.add(TEXT, [quote("“We will go,”")], [quote("“We will go,”"), quote("We will go")])

    assert (tally.all.hits, tally.all.wrong, tally.all.wanted) == (1, 1, 1)


def test_what_is_marked_as_no_speech_is_neither_asked_for_nor_wrong() -> None:
    gold, found = quote("they would stay", "indirect", speech=False), quote("they would stay", "indirect")
    tally, strict = Tally(0.8), Tally(0.8)

    tally.add(TEXT, [gold], [found])
    strict.add(TEXT, [], [found])

    assert (tally.all.wrong, tally.all.wanted) == (0, 0)
    assert strict.all.wrong == 1


def test_speakers_are_right_by_their_place_or_their_last_name() -> None:
    gold = quote("“We will go,”", speaker="Ann Lee", speaker_span=(14, 21), resolved="Ann Lee")
    found = quote("“We will go,”", speaker="Lee", speaker_span=(0, 0), resolved="Mrs Lee")
    tally = Tally(0.8)

    tally.add(TEXT, [gold], [found])

    assert (tally.mention, tally.person, tally.end_to_end) == (1.0, 1.0, 1.0)


def test_names_are_compared_by_their_last_word() -> None:
    assert [name_key(name) for name in ("Sen. Ann Lee Jr.", "Lee's", None)] == ["lee", "lee", ""]
