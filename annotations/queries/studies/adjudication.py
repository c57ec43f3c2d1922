"""The labels of a round side by side: which questions they leave, and what was decided on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from annotations.labelling import ReadText, Settled, settled_in, texts_of_round
from annotations.models import Reading, Round, Settlement
from annotations.permissions import reads_blind, visible_settlements
from annotations.settling import Label, Option, Question, merged, questions_of
from articles.anchoring.text import sentences
from articles.permissions import articles_with_text_for

if TYPE_CHECKING:
    from articles.permissions import Person


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a sentence, and whether a label is on them."""

    words: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Column:
    """What one reader has at the question: the words around with theirs marked, and their labels by letter."""

    reader: int
    is_you: bool
    runs: Sequence[Run]
    labels: Sequence[tuple[str, Label, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its place in the text.

    :ivar settlement: the newest decision; None while it is open.
    :ivar agreed: what the rule makes of it; None where people decide.
    """

    number: int
    question: Question
    words: str
    settlement: Settlement | None
    agreed: Label | None

    @property
    def is_open(self) -> bool:
        return self.settlement is None


@dataclass(frozen=True, slots=True)
class TextToSettle:
    """A text of the round with its questions; ``number`` is its place among those that the person sees."""

    number: int
    text: ReadText
    questions: Sequence[Asked]

    @property
    def open_count(self) -> int:
        return sum(asked.is_open for asked in self.questions)


@dataclass(frozen=True, slots=True)
class Adjudication:
    """A round as somebody adjudicates it."""

    round: Round
    texts: Sequence[TextToSettle]

    @property
    def open_count(self) -> int:
        return sum(text.open_count for text in self.texts)

    @property
    def agreed_count(self) -> int:
        """How many open questions the rule settles."""
        return sum(asked.is_open and asked.agreed is not None for text in self.texts for asked in text.questions)

    def at(self, text: int, question: int) -> tuple[TextToSettle, Asked] | None:
        """The question of these numbers; None where there is none."""
        for each in self.texts:
            for asked in each.questions:
                if (each.number, asked.number) == (text, question):
                    return each, asked
        return None

    def following(self, text: int = 0, question: int = 0) -> tuple[TextToSettle, Asked] | None:
        """The next open question after this one, else the first of all."""
        waiting = [(each, asked) for each in self.texts for asked in each.questions if asked.is_open]
        later = (pair for pair in waiting if (pair[0].number, pair[1].number) > (text, question))
        return next(later, waiting[0] if waiting else None)

    def beside(self, text: int, question: int, by: int) -> tuple[TextToSettle, Asked] | None:
        """The question before or after one, open or settled."""
        every = [(each, asked) for each in self.texts for asked in each.questions]
        places = [(each.number, asked.number) for each, asked in every]
        at = places.index((text, question)) + by
        return every[at] if 0 <= at < len(every) else None


def adjudication_of(round: Round, person: Person) -> Adjudication:
    """The texts of a round that the person may see, with their questions.

    A text that the person still reads blind for another study is not there.
    """
    seen = articles_with_text_for(person).exclude(reads_blind(person, "pk"))
    found = texts_of_round(round)
    known = set(seen.filter(pk__in=[text.revision.article_id for text in found]).values_list("pk", flat=True))
    settled = settled_in([round])
    texts = [text for text in found if text.revision.article_id in known]
    return Adjudication(round, [_to_settle(number, text, round, settled) for number, text in enumerate(texts, start=1)])


def _to_settle(number: int, text: ReadText, round: Round, settled: Settled) -> TextToSettle:
    known = settled.get((round.pk, text.revision.pk), {})
    asked = [
        Asked(
            number=place,
            question=question,
            words=text.revision.text[question.start : question.end] if question.start >= 0 else "",
            settlement=known.get(question.keys),
            agreed=merged(question, len(text.readings)),
        )
        for place, question in enumerate(questions_of(text.labels), start=1)
    ]
    return TextToSettle(number, text, asked)


def columns_of(text: ReadText, question: Question, person: Person) -> list[Column]:
    """What each reader of the text has at a question, side by side; who marked nothing has nothing there."""
    options = question.options()
    first, last = around(text.revision.text, question)
    return [
        Column(
            reader=number,
            is_you=reading.created_by_id == person.pk,
            runs=_runs(text.revision.text, first, last, [each for each in question.labels if each.reader == number]),
            labels=_lettered(options, number, text),
        )
        for number, reading in enumerate(text.readings, start=1)
    ]


def around(text: str, question: Question) -> tuple[int, int]:
    """The sentences that a question stands in, as offsets; nothing for the whole article."""
    if question.start < 0:
        return 0, 0
    spans = [span for span in sentences(text) if span[0] < question.end and span[1] > question.start]
    return (spans[0][0], spans[-1][1]) if spans else (question.start, question.end)


def _runs(text: str, first: int, last: int, labels: Sequence[Label]) -> list[Run]:
    on_words = [label.place for label in labels if label.place[0] >= 0]
    borders = sorted({first, last, *(border for place in on_words for border in place)})
    runs = []
    for start, end in pairwise(borders):
        is_marked = any(place[0] <= start and end <= place[1] for place in on_words)
        runs.append(Run(text[start:end], is_marked))
    return runs


def _lettered(options: Sequence[Option], reader: int, text: ReadText) -> list[tuple[str, Label, str]]:
    """The labels of a reader with the letter of their option and the name of their category."""
    return [
        (option.letter, label, str(text.tags[label.key].category.name))
        for option in options
        for label in option.labels
        if label.reader == reader
    ]


def decided_on_mine(round: Round, person: Person) -> list[dict[str, Any]]:
    """What was decided on the texts that somebody read in a round, where they may see it, with their own labels."""
    read = Reading.objects.filter(round=round, created_by_id=person.pk, submitted_at__isnull=False)
    settlements = visible_settlements(person).filter(
        round=round, replaced_by=None, revision__in=read.values("revision")
    )
    rows = settlements.select_related("revision__article").prefetch_related(
        "labels__category", "rests_on__tag__category"
    )
    shown = []
    for settlement in rows.order_by("revision", "pk"):
        text = settlement.revision.text
        mine = [
            each.tag
            for each in settlement.rests_on.all()
            if person.pk in (each.tag.created_by_id, each.tag.decided_by_id)
        ]
        labels = [
            {"label": label, "words": "" if label.start is None else text[label.start : label.end]}
            for label in settlement.labels.all()
        ]
        shown.append({"settlement": settlement, "mine": mine, "labels": labels})
    return shown
