"""Figures, and the measures that give them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from annotations.agreement.ledger import Counts, Key, Numbers
from annotations.agreement.undefined import SENTENCES, Reason


class Coefficient(StrEnum):
    """What is measured; docs/reference/agreement.md has a heading for each."""

    PERCENT = "percent"
    COHEN = "cohen"
    COHEN_LINEAR = "cohen_linear"
    COHEN_QUADRATIC = "cohen_quadratic"
    FLEISS = "fleiss"
    ALPHA = "alpha"
    AC1 = "ac1"
    AC2 = "ac2"
    U_ALPHA = "u_alpha"
    BAR_U_ALPHA = "bar_u_alpha"
    GAMMA = "gamma"
    F1_EXACT = "f1_exact"
    F1_OVERLAP = "f1_overlap"
    SAME_CLAIM = "same_claim"
    SAME_SPEAKER = "same_speaker"
    SAME_EVIDENCE = "same_evidence"
    SAME_VERDICT = "same_verdict"


class About(StrEnum):
    """What kind of thing the units of a figure are."""

    SENTENCES = "sentences"
    WORDS = "words"
    MARKS = "marks"
    CLAIMS = "claims"


@dataclass(frozen=True, slots=True)
class Figure:
    """One coefficient of one question or category, for everybody together or a pair.

    :ivar subject: the question or the category; empty for all categories together.
    :ivar people: two names, or none for everybody.
    :ivar value: None where undefined; ``reason`` says why.
    :ivar low: the lower end of the interval, with ``high``; None where there is none, and ``interval_reason`` says why.
    :ivar units: how many were used. ``skipped`` says how many were not, by reason.
    :ivar texts: how many texts the interval was drawn over.
    """

    coefficient: Coefficient
    about: About
    subject: str
    people: tuple[str, ...]
    value: float | None
    reason: Reason | None
    low: float | None
    high: float | None
    interval_reason: Reason | None
    units: int
    skipped: Mapping[str, int] = field(default_factory=dict)
    texts: int = 0

    def to_json(self) -> dict[str, Any]:
        return {
            "coefficient": self.coefficient.value,
            "about": self.about.value,
            "subject": self.subject,
            "people": list(self.people),
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "reason": self.reason.value if self.reason else "",
            "says": SENTENCES[self.reason] if self.reason else "",
            "interval_reason": self.interval_reason.value if self.interval_reason else "",
            "units": self.units,
            "skipped": dict(self.skipped),
            "texts": self.texts,
        }


# A formula takes what the table of its group gives; it raises Undefined where there is no figure.
Formula = Callable[[Any], float]


@dataclass(frozen=True, slots=True)
class Group:
    """Coefficients of one subject and some people that are worked out from the same table.

    :ivar keys: the counts that the table is made of.
    :ivar table: what the formulas need, from these counts of some texts, in the order of the keys; may raise Undefined.
    :ivar used: how many units the figures rest on, from all counts; ``skipped`` how many they leave out, by reason.
    """

    about: About
    subject: str
    people: tuple[str, ...]
    keys: Sequence[Key]
    table: Callable[[Numbers], Any]
    formulas: Sequence[tuple[Coefficient, Formula]]
    used: Callable[[Counts], int]
    skipped: Callable[[Counts], Mapping[str, int]] = lambda counts: {}
