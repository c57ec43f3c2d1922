"""Where the words of a claim stand in the newest text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from django.db.models import F

from annotations.highlighting import LayerMark, runs_html
from annotations.queries.checking.verdicts import ShownVerdict
from annotations.queries.workbench.marks import sentence_at, sentences_of
from articles.models import Anchor, CurrentAnchor


@dataclass(frozen=True, slots=True)
class Said:
    """Where the words of a claim stand in the newest text. Offsets in code points; sentences count from 1.

    ``html`` is the sentence with the words marked, escaped; empty when the words stand nowhere any more.
    """

    anchor: Anchor
    html: str
    sentence: int
    sentences: int
    revision: int
    unchanged_since: int

    @property
    def is_placed(self) -> bool:
        return self.anchor.start is not None


def said_in(claim: Any, label: str, shown: ShownVerdict) -> Said:
    """Find the sentence that a claim's words stand in, and since which revision they stand unchanged."""
    head = claim.article.head
    standing = _standing(claim)
    anchor = standing[0].anchor
    spans = sentences_of(head.text)
    if anchor.start is None or anchor.end is None:
        return Said(anchor, "", 0, len(spans), head.number, head.number)
    first, last = sentence_at(spans, anchor.start), sentence_at(spans, anchor.end - 1)
    mark = LayerMark(label, "claim", anchor.start, anchor.end, f"c is-{shown.tone}", 0)
    html = runs_html(head.text, [mark], start=spans[first][0], end=spans[last][1])
    return Said(anchor, html, first + 1, len(spans), head.number, _unchanged_since(standing))


def _standing(claim: Any) -> list[Any]:
    """Where its words stand in each revision, the newest first, which the law knows of every span."""
    current = CurrentAnchor.objects.filter(span=claim.span_id).select_related("anchor")
    return list(current.annotate(number=F("revision__number")).order_by("-number"))


def _unchanged_since(standing: Sequence[Any]) -> int:
    words = standing[0].anchor.exact
    same = takewhile(lambda current: current.anchor.exact == words, standing)
    oldest: int = min(current.number for current in same)
    return oldest
