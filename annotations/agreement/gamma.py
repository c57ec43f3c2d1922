"""γ: how much less disorder there is between people's marks than chance would leave (Mathet and others 2015).

γ = 1 − δ_best / δ_expected (equation 11). The disorder that chance leaves is estimated from marks that people really
made: each person gets the marks of somebody who read the text, all moved by the same distance, round its end to its
beginning. Draws go on until the estimate is within 2 % with 95 % confidence, as section 5.2 of the paper proposes.

Aligning is costly, so that γ rests on :data:`MOST_TEXTS` texts drawn by the seed when there are more. A text in which
too many marks stand near each other, as people made them or as chance would, is left out and counted.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from statistics import variance

from annotations.agreement.alignment import TooDense, disorder
from annotations.agreement.figures import About, Coefficient, Group
from annotations.agreement.ledger import Counts, Key, Numbers
from annotations.agreement.study import Mark, Study, TextRead
from annotations.agreement.undefined import Reason, Undefined

MOST_TEXTS = 40
PRECISION = 0.02
CONFIDENCE_FACTOR = 1.96
LEAST_DRAWS, MOST_DRAWS = 4, 200
# With so many draws over all texts the spread itself is known well enough.
DRAWS_IN_ALL = 30
# Disorders are kept as whole numbers of this part.
PART = 1_000_000

NOT_DRAWN = "texts_not_drawn"
TOO_DENSE = "texts_too_dense"
NOTHING_COMPARED = "texts_without_two_readers_or_marks"


@dataclass(slots=True)
class _Drawn:
    """One text with the disorders that chance left in it."""

    text: TextRead
    marks: Sequence[Sequence[Mark]]
    is_too_dense: bool = False
    observed: float = 0
    disorders: list[float] = field(default_factory=list)
    units: int = 0


@dataclass(frozen=True, slots=True)
class Disorders:
    """Sums over texts, in millionths, and how many marks they are of."""

    observed: int
    marks: int
    expected: int
    expected_marks: int


def gamma(disorders: Disorders) -> float:
    """:raises Undefined: where nobody marked anything in the texts drawn, or chance leaves no disorder."""
    if not disorders.marks or not disorders.expected_marks:
        raise Undefined(Reason.NO_MARKS)
    if not disorders.expected:
        raise Undefined(Reason.ALL_MARKED)
    return 1 - (disorders.observed / disorders.marks) / (disorders.expected / disorders.expected_marks)


def count_disorders(study: Study, *, seed: int, progress: Callable[[float], None]) -> list[Counter[Key]]:
    """For each text of the study what :class:`Disorders` needs of it.

    :param progress: told the share done; may raise to stop.
    """
    chance = random.Random(f"gamma {seed}")  # noqa: S311 - a draw of texts, not a secret
    counts: list[Counter[Key]] = [Counter() for _ in study.texts]
    fit = [number for number, text in enumerate(study.texts) if len(text.readers) > 1 and any(text.marks.values())]
    chosen = sorted(chance.sample(fit, MOST_TEXTS)) if len(fit) > MOST_TEXTS else fit
    for number in set(range(len(study.texts))) - set(chosen):
        counts[number]["gamma", NOT_DRAWN if number in set(fit) else NOTHING_COMPARED] += 1
    drawn = {number: _Drawn(study.texts[number], _marks_of(study.texts[number])) for number in chosen}
    _draw_until_precise(list(drawn.values()), chance, progress)
    for number, one in drawn.items():
        if one.is_too_dense:
            counts[number]["gamma", TOO_DENSE] += 1
            continue
        counts[number]["gamma", "observed"] = round(one.observed * PART)
        counts[number]["gamma", "marks"] = sum(map(len, one.marks))
        counts[number]["gamma", "expected"] = round(sum(one.disorders) * PART)
        counts[number]["gamma", "expected_marks"] = one.units
    return counts


def _marks_of(text: TextRead) -> list[list[Mark]]:
    return [sorted(set(text.marks.get(reader, ()))) for reader in text.readers]


def _draw_until_precise(drawn: Sequence[_Drawn], chance: random.Random, progress: Callable[[float], None]) -> None:
    for text in drawn:
        try:
            text.observed = disorder(text.marks)
        except TooDense:
            text.is_too_dense = True
    texts = [text for text in drawn if not text.is_too_dense]
    if not texts:
        return
    draws = max(LEAST_DRAWS, -(-DRAWS_IN_ALL // len(texts)))
    done = 0
    while done < draws:
        for text in texts:
            shuffled = _shuffled(text, chance)
            try:
                text.disorders.append(disorder(shuffled))
            except TooDense:
                text.is_too_dense = True
            text.units += sum(map(len, shuffled))
        texts = [text for text in texts if not text.is_too_dense]
        done += 1
        progress(done / draws)
        if done == draws:
            draws = min(MOST_DRAWS, max(draws, _draws_needed(texts)))


def _draws_needed(texts: Sequence[_Drawn]) -> int:
    """N = (1.96 · C_v / precision)², section 5.2, for the disorder of all texts together."""
    mean = sum(sum(text.disorders) / len(text.disorders) for text in texts)
    spread = math.sqrt(sum(variance(text.disorders) for text in texts))
    return math.ceil((CONFIDENCE_FACTOR * spread / mean / PRECISION) ** 2) if mean else 0


def _shuffled(text: _Drawn, chance: random.Random) -> list[list[Mark]]:
    length = text.text.length
    shuffled = []
    for _ in text.marks:
        shift = chance.randrange(length)
        shuffled.append(
            [
                Mark(start := (mark.start + shift) % length, start + mark.end - mark.start, mark.category)
                for mark in chance.choice(text.marks)
            ]
        )
    return shuffled


def _disorders(numbers: Numbers, *, study: Study) -> Disorders:
    if len(study.people) < 2:
        raise Undefined(Reason.ONE_PERSON)
    texts, too_dense, *sums = numbers
    if not texts:
        raise Undefined(Reason.NO_OVERLAP)
    disorders = Disorders(*sums)
    if too_dense and not disorders.marks:
        raise Undefined(Reason.TOO_DENSE)
    return disorders


def groups_of(study: Study) -> Iterator[Group]:
    """Everybody's γ, of all categories together."""
    yield Group(
        About.MARKS,
        "",
        (),
        [
            ("u", "texts", 2),
            *(("gamma", name) for name in (TOO_DENSE, "observed", "marks", "expected", "expected_marks")),
        ],
        partial(_disorders, study=study),
        [(Coefficient.GAMMA, gamma)],
        lambda counts: counts["gamma", "marks"],
        _skipped,
    )


def _skipped(counts: Counts) -> Mapping[str, int]:
    return {name: texts for name in (NOT_DRAWN, TOO_DENSE, NOTHING_COMPARED) if (texts := counts["gamma", name])}
