"""Labels of several readers of one text: which of them are about the same words, and which agree. Pure.

The rule by which labels are merged is :data:`RULE`, word for word what :func:`merged` does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

RULE = (
    "Labels that overlap form one question. Where each of at least two readers of the text has exactly one label in "
    "it, all on the same words, at the same level, with the same category and the same leaning, they are merged. The "
    "severity is the median, of two in the middle the lower. Target, voice and neutral wording are what most readers "
    "gave; of those given equally often, what the first reader gave. Further categories are those that all gave. "
    "Everything else is decided by a person."
)
ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Label:
    """One reader's label.

    :ivar key: what the caller knows it by.
    :ivar reader: the number of the reader among those of the text, from 1.
    :ivar start: in code points of the text, half-open with ``end``; both None for the whole article.
    :ivar category: its slug, with ``secondary`` in their order.
    """

    key: int
    reader: int
    level: str
    start: int | None
    end: int | None
    category: str
    severity: int
    polarity: int = 0
    target: str = ""
    voice: str = "author"
    neutral_alternative: str = ""
    secondary: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands; the whole article stands before all words."""
        return (-1, -1) if self.start is None or self.end is None else (self.start, self.end)


@dataclass(frozen=True, slots=True)
class Question:
    """Labels that are about the same words, ordered by reader and place. Together they are settled."""

    labels: tuple[Label, ...]

    @property
    def keys(self) -> frozenset[int]:
        return frozenset(label.key for label in self.labels)

    @property
    def start(self) -> int:
        """Where the first of them begins; -1 for the whole article."""
        return min(label.place[0] for label in self.labels)

    @property
    def end(self) -> int:
        return max(label.place[1] for label in self.labels)

    def options(self) -> list[Option]:
        """What can be taken: labels that say the same of the same words are one option."""
        found: dict[Any, list[Label]] = {}
        for label in self.labels:
            found.setdefault(_said(label), []).append(label)
        return [Option(chr(ord("A") + number), tuple(labels)) for number, labels in enumerate(found.values())]


@dataclass(frozen=True, slots=True)
class Option:
    """Labels that say the same, under one letter; ``label`` is what taking them makes."""

    letter: str
    labels: tuple[Label, ...]

    @property
    def label(self) -> Label:
        return _joined(self.labels)

    @property
    def readers(self) -> list[int]:
        return sorted({label.reader for label in self.labels})


def questions_of(labels: Iterable[Label]) -> list[Question]:
    """The questions of one text, in its order. Labels on words meet where they share a code point; those on the whole
    article where they have the same category.
    """
    whole: dict[str, list[Label]] = {}
    on_words: list[list[Label]] = []
    reach = -1
    for label in sorted(labels, key=lambda each: (each.place, each.reader, each.key)):
        if label.level == ARTICLE or label.start is None:
            whole.setdefault(label.category, []).append(label)
        elif on_words and label.place[0] < reach:
            on_words[-1].append(label)
            reach = max(reach, label.place[1])
        else:
            on_words.append([label])
            reach = label.place[1]
    groups = [*whole.values(), *on_words]
    return [Question(tuple(sorted(group, key=lambda each: (each.reader, each.place, each.key)))) for group in groups]


def merged(question: Question, readers: int) -> Label | None:
    """The label that the readers of a text agree on by :data:`RULE`; None where they do not.

    :param readers: how many people submitted a reading of the text.
    """
    each_once = len(question.labels) == len({label.reader for label in question.labels}) == readers
    if readers < 2 or not each_once or len({_said(label) for label in question.labels}) > 1:
        return None
    return _joined(question.labels)


def _said(label: Label) -> tuple[Any, ...]:
    """What has to be the same for two labels to agree."""
    return (label.level, label.start, label.end, label.category, label.polarity)


def _joined(labels: Sequence[Label]) -> Label:
    severities = sorted(label.severity for label in labels)
    shared = [slug for slug in labels[0].secondary if all(slug in label.secondary for label in labels)]
    return replace(
        labels[0],
        severity=severities[(len(severities) - 1) // 2],
        target=_most(labels, lambda label: label.target),
        voice=_most(labels, lambda label: label.voice),
        neutral_alternative=_most(labels, lambda label: label.neutral_alternative),
        secondary=tuple(shared),
    )


def _most(labels: Sequence[Label], said: Callable[[Label], str]) -> str:
    """What most labels say; of those said equally often, the first."""
    return Counter(said(label) for label in labels).most_common(1)[0][0]
