"""Carrying marks from one text to its next version.

Both versions are at hand, so the texts are aligned and no words are searched for: the same words elsewhere
are other words. A mark is ``anchored`` only on evidence; whatever is not certain is proposed to a person.
"""

from collections.abc import Sequence

from rapidfuzz.distance import Postfix, Prefix

from articles.anchoring.alignment import align
from articles.anchoring.evidence import Evidence
from articles.anchoring.fates import Carried, Reason, State, anchored, proposed
from articles.anchoring.marks import Mark
from articles.anchoring.proposals import propose
from articles.anchoring.text import OffsetsOutside, fold

__all__ = ["Carried", "OffsetsOutside", "Reason", "State", "carry"]

# Code points of equal text kept on both sides of what changed, as evidence.
MARGIN = 1500


def carry(old: str, new: str, spans: Sequence[tuple[int, int]]) -> list[Carried]:
    """Say what becomes of each span of the old text in the new one, in the order given.

    The fate of a span does not depend on the other spans.

    :raises OffsetsOutside: when a span is empty or leaves the old text.
    """
    for start, end in spans:
        if not 0 <= start < end <= len(old):
            raise OffsetsOutside(f"[{start}, {end}) spans no words of a text of {len(old)} code points.")
    if old == new:
        return [anchored(Reason.SAME, start, end) for start, end in spans]
    edit = _Edit(old, new)
    return [edit.fate(start, end) for start, end in spans]


class _Edit:
    """The part of two texts in which they differ, with a margin; the texts are aligned when first needed."""

    def __init__(self, old: str, new: str) -> None:
        equal_before = Prefix.similarity(old, new)
        equal_after = Postfix.similarity(old[equal_before:], new[equal_before:])
        self._old, self._new = old, new
        self._start = old.rfind("\n", 0, max(0, equal_before - MARGIN)) + 1
        line_end = old.find("\n", min(len(old), len(old) - equal_after + MARGIN))
        self._end = line_end if line_end >= 0 else len(old)
        self._growth = len(new) - len(old)
        self._carrier: _Carrier | None = None

    def fate(self, start: int, end: int) -> Carried:
        if end <= self._start:
            return anchored(Reason.SAME, start, end)
        if start >= self._end:
            return anchored(Reason.SAME, start + self._growth, end + self._growth)
        inner_start, inner_end = max(start, self._start), min(end, self._end)
        fate = self._inner(inner_start, inner_end)
        if (inner_start, inner_end) == (start, end):
            return fate
        return self._widened(fate, start, end)

    def _inner(self, start: int, end: int) -> Carried:
        if self._carrier is None:
            new_end = self._end + self._growth
            self._carrier = _Carrier(self._old[self._start : self._end], self._new[self._start : new_end])
        return self._carrier.fate(start - self._start, end - self._start).shifted(self._start)

    def _widened(self, inner: Carried, start: int, end: int) -> Carried:
        """Give a mark that reaches out of the changed part the equal text that it covers there."""
        new_start = start if start < self._start else inner.start
        new_end = end + self._growth if end > self._end else inner.end
        if new_start is None:
            new_start = self._end + self._growth
        if new_end is None:
            new_end = self._start
        place = new_start, new_end
        if inner.state is not State.ANCHORED:
            return proposed(Reason.EDITED, *place)
        if fold(self._old[start:end]).strip() == fold(self._new[new_start:new_end]).strip():
            return anchored(inner.reason, *place)
        return proposed(Reason.EDITED, *place)


class _Carrier:
    """Carries marks across one alignment."""

    def __init__(self, old: str, new: str) -> None:
        self._links = align(old, new)
        self._evidence = Evidence(self._links)

    def fate(self, start: int, end: int) -> Carried:
        mark = Mark.on(self._links.old, start, end)
        if not mark.is_linked_whole(self._links):
            mark = mark.without_outer_space(self._links.old)
        return self._judged(mark) if mark.is_linked_whole(self._links) else propose(self._links, mark)

    def _judged(self, mark: Mark) -> Carried:
        """Weigh the place of a mark whose tokens all stand side by side in the new text."""
        old, new, forward = self._links.old, self._links.new, self._links.forward
        start = new.starts[forward[mark.first]] + mark.start_within(old, new, forward[mark.first])
        end = new.starts[forward[mark.last] + 1] - mark.end_within(old, new, forward[mark.last])
        words = new.text[start:end]
        if fold(words).strip() != fold(mark.words).strip():
            return proposed(Reason.EDITED, start, end)
        doubt = self._evidence.doubt(mark.first, mark.last, mark.end - mark.start)
        if doubt is not None:
            return proposed(doubt, start, end)
        if self._links.moved[mark.first]:
            return anchored(Reason.MOVED, start, end)
        return anchored(Reason.SAME if words == mark.words else Reason.COSMETIC, start, end)
