"""Intervals by drawing texts again: the bootstrap (Efron and Tibshirani 1993, chapter 13, percentile intervals).

Texts are drawn, not units: what is marked in one text is not independent of what else is marked there.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence

from annotations.agreement.figures import Coefficient, Figure, Group
from annotations.agreement.ledger import Ledger, Numbers
from annotations.agreement.undefined import Reason, Undefined

CONFIDENCE = 0.95
SAMPLES = 1000
# An interval rests on at least this share of the resamples; in the others the figure is undefined.
LEAST_DEFINED = 0.5

Progress = Callable[[float], None]
Outcome = float | Reason


def figures_of(
    ledger: Ledger, groups: Sequence[Group], *, samples: int, seed: int, progress: Progress
) -> Iterator[Figure]:
    """Every figure of the groups, with intervals from the same resamples.

    :param progress: told the share from 0 to 1 that is done, after every resample; may raise to stop.
    """
    pickers = [ledger.picker(group.keys) for group in groups]
    numbers = ledger.total(range(ledger.size))
    whole = [_outcomes(group, picker(numbers)) for group, picker in zip(groups, pickers, strict=True)]
    drawn: list[list[list[float]]] = [[[] for _ in outcomes] for outcomes in whole]
    chance = random.Random(seed)  # noqa: S311 - a resample, not a secret
    texts = range(ledger.size)
    for number in range(samples if ledger.size > 1 else 0):
        numbers = ledger.total(chance.choices(texts, k=ledger.size))
        for group, picker, kept in zip(groups, pickers, drawn, strict=True):
            for values, outcome in zip(kept, _outcomes(group, picker(numbers)), strict=True):
                if not isinstance(outcome, Reason):
                    values.append(outcome)
        progress((number + 1) / samples)
    for group, outcomes, kept in zip(groups, whole, drawn, strict=True):
        used, skipped = group.used(ledger.everything), group.skipped(ledger.everything)
        for (coefficient, _), outcome, values in zip(group.formulas, outcomes, kept, strict=True):
            yield _figure(group, coefficient, outcome, values, used, skipped, ledger.size, samples)


def _outcomes(group: Group, numbers: Numbers) -> list[Outcome]:
    try:
        table = group.table(numbers)
    except Undefined as undefined:
        return [undefined.reason] * len(group.formulas)
    outcomes: list[Outcome] = []
    for _, formula in group.formulas:
        try:
            outcomes.append(formula(table))
        except Undefined as undefined:
            outcomes.append(undefined.reason)
    return outcomes


def _figure(
    group: Group,
    coefficient: Coefficient,
    outcome: Outcome,
    values: Sequence[float],
    used: int,
    skipped: Mapping[str, int],
    texts: int,
    samples: int,
) -> Figure:
    value, reason = (None, outcome) if isinstance(outcome, Reason) else (outcome, None)
    ends, interval_reason = _ends(values, texts=texts, samples=samples) if reason is None else (None, None)
    low, high = ends or (None, None)
    return Figure(
        coefficient,
        group.about,
        group.subject,
        group.people,
        value,
        reason,
        low,
        high,
        interval_reason,
        used,
        skipped,
        texts,
    )


def _ends(values: Sequence[float], *, texts: int, samples: int) -> tuple[tuple[float, float] | None, Reason | None]:
    if texts < 2:
        return None, Reason.FEW_TEXTS
    if not samples or len(values) < LEAST_DEFINED * samples:
        return None, Reason.RARELY_DEFINED
    ordered = sorted(values)
    tail = (1 - CONFIDENCE) / 2
    return (quantile(ordered, tail), quantile(ordered, 1 - tail)), None


def quantile(ordered: Sequence[float], share: float) -> float:
    """Between the two nearest of the ordered values, in proportion (Hyndman and Fan 1996, definition 7).

    Of 1, 2, 3, 4 the 0.5 quantile is 2.5.
    """
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
