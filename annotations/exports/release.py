"""What a release of a dataset holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Release:
    """All that a release says. Nobody on the desk is named but the authors, who are given by whoever releases it.

    :ivar texts: one row a text; ``words`` has those of texts in full, by their id.
    :ivar codebooks: the versions that labels rest on, each with its categories.
    :ivar guidelines: what readers were told, by the number of the version.
    :ivar rule: how agreed labels were merged; empty where nothing was adjudicated.
    """

    slug: str
    release: str
    title: str
    description: str
    authors: Sequence[str]
    licence: str
    day: date
    texts: Sequence[Row]
    words: Mapping[str, str]
    codebooks: Sequence[Row]
    guidelines: Mapping[int, str]
    readings: Sequence[Row]
    labels: Sequence[Row]
    adjudicated: Sequence[Row]
    claims: Sequence[Row] = ()
    rule: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
