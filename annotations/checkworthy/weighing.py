"""How much each signal weighs, and the score that a sentence gets of its signals."""

import json
import math
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import Any

from annotations.checkworthy.signals import Signal

_READ: dict[str, Any] = json.loads(Path(__file__).with_name("weights.json").read_text(encoding="utf-8"))
# From this score on a sentence is suggested.
LEAST: float = _READ["least"]
GROUND: float = _READ["ground"]
WEIGHTS: dict[str, float] = _READ["weights"]
# What a claim is about, by the first of these kinds that its sentence has.
CLAIM_TYPES: dict[str, str] = _READ["claim_types"]
# A second signal of a kind adds half as much as the first; a third adds nothing.
SECOND = 0.5


def is_reason(kind: str) -> bool:
    """Whether a kind of signal speaks for checking."""
    return WEIGHTS[kind] > 0


def score_of(signals: Collection[Signal]) -> float:
    """The score of a sentence with these signals, from 0 to 1, to the hundredth: the logistic function of their sum."""
    counts = Counter(signal.kind for signal in signals)
    total = GROUND + sum(WEIGHTS[kind] * (1 + SECOND * (count > 1)) for kind, count in counts.items())
    return round(1 / (1 + math.exp(-total)), 2)
