"""Which labels are about the same words, and which of them the rule merges."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.settling import Label, merged, questions_of


def label(key: int, reader: int, start: int | None = 10, end: int | None = 20, **values: Any) -> Label:
    said: dict[str, Any] = {"level": "span", "category": "spin", "severity": 1, **values}
    return Label(key=key, reader=reader, start=start, end=end, **said)


def test_labels_that_share_a_letter_are_one_question_and_neighbours_are_not() -> None:
    labels = [label(1, 1, 0, 10), label(2, 2, 9, 15), label(3, 1, 14, 20), label(4, 2, 20, 30)]

    assert [question.keys for question in questions_of(labels)] == [{1, 2, 3}, {4}]


def test_labels_on_the_whole_article_are_asked_about_by_category() -> None:
    labels = [
        label(1, 1, None, None, level="article"),
        label(2, 2, None, None, level="article"),
        label(3, 2, None, None, level="article", category="omitted-context"),
        label(4, 1, 0, 5),
    ]

    assert [question.keys for question in questions_of(labels)] == [{1, 2}, {3}, {4}]


def test_what_all_readers_say_of_the_same_words_is_merged() -> None:
    labels = [
        label(1, 1, severity=3, target="the mayor", secondary=("labelling", "euphemism")),
        label(2, 2, severity=1, target="the council", secondary=("euphemism",)),
        label(3, 3, severity=2, target="the council", voice="quote", secondary=("euphemism", "labelling")),
        label(4, 4, severity=2, voice="quote", secondary=("euphemism",)),
    ]

    found = merged(questions_of(labels)[0], readers=4)

    assert found is not None
    assert (found.severity, found.target, found.voice, found.secondary) == (2, "the council", "author", ("euphemism",))


@pytest.mark.parametrize(
    "other", [{"start": 11}, {"category": "labelling"}, {"level": "sentence"}, {"polarity": -1, "target": "the mayor"}]
)
def test_who_says_something_else_is_not_merged(other: dict[str, Any]) -> None:
    labels = [label(1, 1), label(2, 2, **other)]

    assert merged(questions_of(labels)[0], readers=2) is None
    assert [option.letter for option in questions_of(labels)[0].options()] == ["A", "B"]


@pytest.mark.parametrize(
    ("labels", "readers"),
    [
        ([label(1, 1)], 1),
        ([label(1, 1)], 2),
        ([label(1, 1), label(2, 2)], 3),
        ([label(1, 1), label(2, 1), label(3, 2)], 2),
    ],
)
def test_a_reader_alone_or_a_label_too_few_or_too_many_is_for_a_person(labels: list[Label], readers: int) -> None:
    assert merged(questions_of(labels)[0], readers=readers) is None


def test_those_who_say_the_same_are_one_option() -> None:
    question = questions_of([label(1, 1, severity=3), label(2, 2, category="labelling"), label(3, 3)])[0]

    options = question.options()

    assert [(option.letter, option.readers, option.label.severity) for option in options] == [
        ("A", [1, 3], 1),
        ("B", [2], 1),
    ]
