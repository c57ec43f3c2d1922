"""A study from lines of JSON, one thing that one person did each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotations.agreement.study import ClaimMade, Mark, Question, Study, TextRead, Value
from annotations.agreement.weights import Level


class LineNotUnderstood(Exception):
    """A line is not what docs/reference/agreement.md describes; the message names the line and says why."""


@dataclass(slots=True)
class _Text:
    length: int = 0
    readers: set[str] = field(default_factory=set)
    answers: dict[str, dict[str, dict[str, Value]]] = field(default_factory=dict)
    marks: dict[str, list[Mark]] = field(default_factory=dict)
    claims: dict[str, list[ClaimMade]] = field(default_factory=dict)


def read_study(lines: Iterable[str], *, level: Level = Level.NOMINAL) -> Study:
    """The study that the lines tell of; people, questions and values in order, numbers by size.

    :param level: of the values of every question.
    :raises LineNotUnderstood: at the first line that is none.
    """
    texts: dict[str, _Text] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                _take(texts, json.loads(line))
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                raise LineNotUnderstood(f"Line {number}: {_said(error)}") from error
    people = tuple(sorted({reader for text in texts.values() for reader in text.readers}))
    questions = _questions(texts.values(), level)
    marks = [mark for text in texts.values() for own in text.marks.values() for mark in own]
    return Study(
        people,
        tuple(_text_read(name, text, people, questions) for name, text in texts.items()),
        questions,
        tuple(sorted({mark.category for mark in marks})),
        has_marks=bool(marks) or any(text.length and not text.answers for text in texts.values()),
        has_claims=any(text.claims for text in texts.values()),
    )


def _said(error: Exception) -> str:
    return f"{error} is missing." if isinstance(error, KeyError) else str(error)


def _take(texts: dict[str, _Text], record: Mapping[str, Any]) -> None:
    text = texts.setdefault(str(record["text"]), _Text())
    person = str(record["person"])
    if "value" in record:
        units = text.answers.setdefault(str(record.get("question", "")), {})
        if not isinstance(value := record["value"], str | int | float | bool):
            raise ValueError("a value is words, a number, true or false.")
        units.setdefault(str(record["unit"]), {})[person] = value
    elif "start" in record:
        start, end = int(record["start"]), int(record["end"])
        if not 0 <= start < end:
            raise ValueError("start is not before end.")
        text.length = max(text.length, end)
        if "category" in record:
            text.marks.setdefault(person, []).append(Mark(start, end, str(record["category"])))
        else:
            text.claims.setdefault(person, []).append(_claim(start, end, record))
    else:
        text.length = max(text.length, int(record["length"]))
    text.readers.add(person)


def _claim(start: int, end: int, record: Mapping[str, Any]) -> ClaimMade:
    speaker, verdict = record.get("speaker"), record.get("verdict")
    evidence = frozenset(map(str, record.get("evidence", ())))
    return ClaimMade(start, end, speaker and str(speaker), evidence, verdict and str(verdict))


def _questions(texts: Iterable[_Text], level: Level) -> tuple[Question, ...]:
    given: dict[str, set[Value]] = {}
    for text in texts:
        for name, units in text.answers.items():
            given.setdefault(name, set()).update(value for unit in units.values() for value in unit.values())
    return tuple(Question(name, tuple(sorted(values, key=_order)), level) for name, values in sorted(given.items()))


def _order(value: Value) -> tuple[bool, float, str]:
    """Numbers by size, then words by the alphabet."""
    if isinstance(value, int | float):
        return (False, float(value), "")
    return (True, 0.0, str(value))


def _text_read(name: str, text: _Text, people: Sequence[str], questions: Sequence[Question]) -> TextRead:
    rows = {}
    for question in questions:
        places = {value: place for place, value in enumerate(question.values)}
        rows[question.name] = [
            tuple(places[unit[person]] if person in unit else None for person in people)
            for unit in text.answers.get(question.name, {}).values()
        ]
    numbers = {person: number for number, person in enumerate(people)}
    return TextRead(
        name,
        text.length,
        tuple(sorted(numbers[reader] for reader in text.readers)),
        rows,
        {numbers[person]: marks for person, marks in text.marks.items()},
        {numbers[person]: claims for person, claims in text.claims.items()},
    )
