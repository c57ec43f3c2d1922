"""Marks drawn over a text: overlapping marks become runs that follow one another.

Marks of three layers may overlap in any way, HTML elements may not. A run is a stretch of text under one
unchanging set of marks; runs cover a range without gaps, so each becomes one element (or none) and the
words inside stay whole. This is the only place that solves overlaps and escaping.

All offsets are code points of the canonical text, half-open.

For a whole article build one :class:`Layout` and ask it range by range (block by block, sentence by
sentence): the marks are sorted once, and a range costs only the runs it holds. :func:`runs` and
:func:`runs_html` do both in one step, for a single range.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Literal

Layer = Literal["quote", "claim", "bias"]

# Outermost first: quotes are drawn farthest from the words, bias closest to them.
LAYERS: tuple[Layer, ...] = ("quote", "claim", "bias")
_DEPTH: dict[Layer, int] = {layer: depth for depth, layer in enumerate(LAYERS)}


class MarkOutsideText(ValueError):
    """A mark is empty, or does not lie inside the text it is drawn over."""


class RangeOutsideText(ValueError):
    """A range that was asked for does not lie inside the text."""


@dataclass(frozen=True, slots=True)
class LayerMark:
    """One mark as it is drawn: its ``id`` as people see it ("C1"), ``classes`` of its span ("c is-refuted").

    Where marks of one layer overlap, the one with the lowest ``rank`` is drawn; all are named.
    """

    id: str
    layer: Layer
    start: int
    end: int
    classes: str
    rank: int


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text under one set of marks, outermost layer first, within a layer the drawn one first."""

    start: int
    end: int
    text: str
    marks: tuple[LayerMark, ...]

    def drawn(self) -> list[LayerMark]:
        """The mark that is drawn for each layer present, outermost layer first."""
        return _drawn(self.marks)


class Layout:
    """Marks laid out over one text, ready to be asked for any range of it.

    Building sorts the marks once; a question costs two binary searches and the runs it answers with.

    :raises MarkOutsideText: a mark is empty or leaves the text.
    """

    def __init__(self, text: str, marks: Iterable[LayerMark]) -> None:
        self._text = text
        self._borders, self._marks_after = _sweep(text, marks)

    def runs(self, start: int = 0, end: int | None = None) -> list[Run]:
        """Runs that cover ``[start, end)`` without gaps, in order; none for an empty range.

        :raises RangeOutsideText: the range is turned round or leaves the text.
        """
        return [
            Run(run_start, run_end, self._text[run_start:run_end], marks)
            for run_start, run_end, marks in self._pieces(start, end)
        ]

    def html(self, start: int = 0, end: int | None = None, *, current: str = "") -> str:
        """The range as escaped HTML; runs of the mark whose id is ``current`` carry ``is-current``.

        :raises RangeOutsideText: the range is turned round or leaves the text.
        """
        return "".join(
            [
                _piece_html(self._text[run_start:run_end], marks, current)
                for run_start, run_end, marks in self._pieces(start, end)
            ]
        )

    def _pieces(self, start: int, end: int | None) -> Iterator[tuple[int, int, tuple[LayerMark, ...]]]:
        stop = len(self._text) if end is None else end
        if not 0 <= start <= stop <= len(self._text):
            raise RangeOutsideText(f"[{start}, {stop}) leaves a text of {len(self._text)} code points.")
        if start == stop:
            return
        first = bisect_right(self._borders, start) - 1
        last = bisect_left(self._borders, stop)
        for number in range(first, last):
            piece_start = max(self._borders[number], start)
            yield piece_start, min(self._borders[number + 1], stop), self._marks_after[number]


def runs(text: str, marks: Iterable[LayerMark], *, start: int = 0, end: int | None = None) -> list[Run]:
    """Runs that cover ``[start, end)`` of the text without gaps, in order.

    :raises MarkOutsideText: a mark is empty or leaves the text.
    :raises RangeOutsideText: the range is turned round or leaves the text.
    """
    return Layout(text, marks).runs(start, end)


def runs_html(
    text: str, marks: Iterable[LayerMark], *, start: int = 0, end: int | None = None, current: str = ""
) -> str:
    """The range as escaped HTML, one ``mark`` element per marked run, layers nested quote > claim > bias.

    :raises MarkOutsideText: a mark is empty or leaves the text.
    :raises RangeOutsideText: the range is turned round or leaves the text.
    """
    return Layout(text, marks).html(start, end, current=current)


# A mark's place in the drawing order: layer, rank, then what makes the order the same on every run.
_Order = tuple[int, int, int, int, str, int]


def _sweep(text: str, marks: Iterable[LayerMark]) -> tuple[list[int], list[tuple[LayerMark, ...]]]:
    """Walk over every place where a mark begins or ends.

    :returns: the borders, from 0 to the length of the text, and for each border but the last the marks
        that hold from there to the next.
    """
    numbered = list(marks)
    changes = _changes(text, numbered)
    borders = [0]
    marks_after: list[tuple[LayerMark, ...]] = []
    open_now: list[_Order] = []
    for place, begins, order in changes:
        if place > borders[-1]:
            marks_after.append(_in_order(open_now, numbered))
            borders.append(place)
        if begins:
            insort(open_now, order)
        else:
            del open_now[bisect_left(open_now, order)]
    if borders[-1] < len(text):
        marks_after.append(())
        borders.append(len(text))
    return borders, marks_after


def _changes(text: str, marks: Sequence[LayerMark]) -> list[tuple[int, bool, _Order]]:
    """Every beginning and end of a mark, sorted by place; at one place ends come before beginnings."""
    changes = []
    for number, mark in enumerate(marks):
        if not 0 <= mark.start < mark.end <= len(text):
            raise MarkOutsideText(
                f"Mark {mark.id} at [{mark.start}, {mark.end}) leaves a text of {len(text)} code points."
            )
        order = (_DEPTH[mark.layer], mark.rank, mark.start, mark.end, mark.id, number)
        changes.append((mark.start, True, order))
        changes.append((mark.end, False, order))
    changes.sort()
    return changes


def _in_order(open_now: Sequence[_Order], marks: Sequence[LayerMark]) -> tuple[LayerMark, ...]:
    return tuple(marks[order[-1]] for order in open_now)


# Ids and classes come back in run after run: an article has few, and escaping them anew took half the time.
_attribute = lru_cache(maxsize=8192)(escape)


def _drawn(marks: tuple[LayerMark, ...]) -> list[LayerMark]:
    winners: list[LayerMark] = []
    for mark in marks:
        if not winners or winners[-1].layer != mark.layer:
            winners.append(mark)
    return winners


def _piece_html(words: str, marks: tuple[LayerMark, ...], current: str) -> str:
    escaped = escape(words)
    if not marks:
        return escaped
    drawn = _drawn(marks)
    opening = "".join([f'<span class="{_attribute(mark.classes)}">' for mark in drawn])
    ids = [mark.id for mark in marks]
    names = " ".join([_attribute(name) for name in ids])
    run_classes = "run is-current" if current and current in ids else "run"
    return f'<mark class="{run_classes}" data-marks="{names}">{opening}{escaped}{"</span>" * len(drawn)}</mark>'
