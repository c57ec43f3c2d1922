"""How long all coefficients of a large study take: ``script/bench agreement``."""

import random
import time
from collections.abc import Iterator

from annotations.agreement.measuring import measure
from annotations.agreement.study import Mark, Question, Study, TextRead
from annotations.agreement.weights import Level
from bench.figures import Figure

TEXTS, PEOPLE, MARKS = 1_000, 5, 40
SAMPLES = 1_000
SENTENCES, SENTENCE = 25, 160
CATEGORIES = tuple(f"category {number}" for number in range(18))
SEVERITIES = (0, 1, 2, 3)


def figures() -> Iterator[Figure]:
    """Seconds of one core for all figures of 1,000 texts that five people marked 40 times each."""
    study = study_of(TEXTS)
    began = time.process_time()
    measured = measure(study, samples=SAMPLES)
    yield Figure("agreement-1000", time.process_time() - began, "s", aim="≤ 60")
    yield Figure("agreement-1000-figures", len(measured), "")


def study_of(texts: int, *, seed: int = 1) -> Study:
    """Invented marks, of which about half are also somebody else's, some moved and some of another category."""
    chance = random.Random(seed)  # noqa: S311 - a corpus, not a secret
    questions = (
        Question("category", ("", *CATEGORIES)),
        Question("severity", SEVERITIES, Level.ORDINAL),
        *(Question(category, (False, True)) for category in CATEGORIES),
    )
    people = tuple(f"person {number}" for number in range(PEOPLE))
    return Study(people, tuple(_text(number, chance) for number in range(texts)), questions, CATEGORIES, has_marks=True)


def _text(number: int, chance: random.Random) -> TextRead:
    length = SENTENCES * SENTENCE
    seen = [_mark(chance.randrange(length - 60), chance) for _ in range(MARKS * 3 // 2)]
    marks = {
        person: [_changed(mark, chance, length) for mark in chance.sample(seen, MARKS)] for person in range(PEOPLE)
    }
    found = [
        [{mark.category for mark in marks[person] if mark.start // SENTENCE == place} for person in range(PEOPLE)]
        for place in range(SENTENCES)
    ]
    rows = {
        "category": [tuple(CATEGORIES.index(min(own)) + 1 if own else 0 for own in row) for row in found],
        "severity": [tuple(min(len(own), SEVERITIES[-1]) for own in row) for row in found],
        **{category: [tuple(int(category in own) for own in row) for row in found] for category in CATEGORIES},
    }
    return TextRead(str(number), length, tuple(range(PEOPLE)), rows, marks)


def _mark(start: int, chance: random.Random) -> Mark:
    return Mark(start, start + chance.randrange(10, 60), chance.choice(CATEGORIES))


def _changed(mark: Mark, chance: random.Random, length: int) -> Mark:
    start, category = mark.start, mark.category
    if chance.random() < 0.3:
        start = min(max(0, start + chance.randrange(-15, 16)), length - 60)
    if chance.random() < 0.3:
        category = chance.choice(CATEGORIES)
    return Mark(start, start + mark.end - mark.start, category)
