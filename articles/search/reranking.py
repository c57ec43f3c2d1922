"""The one place where something else may put what was found in another order, such as a model of sentence meanings.

Off unless ``NEWSDESK_RERANKER`` names one (docs/reference/settings.md). It sees the query and the best passages by
their words; it can promote a passage that shares few words with a claim, and never brings in one that shares none.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string


class Ranked(NamedTuple):
    """A passage's words, and how well they answer by their number and rarity."""

    text: str
    score: float


class Reranker(Protocol):
    """Gives each passage a score of its own; the higher, the better. As many as it was given, in their order."""

    def __call__(self, query: str, passages: Sequence[Ranked], /) -> Sequence[float]: ...


def chosen_reranker() -> Reranker | None:
    """The one that the settings name.

    :raises ImportError: when there is none of that name.
    """
    return _load(settings.EVIDENCE_RERANKER) if settings.EVIDENCE_RERANKER else None


@cache
def _load(name: str) -> Reranker:
    return cast("Reranker", import_string(name))
