"""Which part of a stored source is read when some of its passages share words with a quote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Q

from articles.models import Passage

# A part of a source longer than this is not read whole: its likest passage and what is around it are.
LONGEST = 20_000


@dataclass(slots=True)
class Window:
    """A part of a snapshot, in code points of its text, half-open; it begins and ends with a passage."""

    snapshot: int
    start: int
    end: int
    pieces: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words of the part at their distances; white space between passages is spaces here."""
        text = ""
        for _position, start, piece in self.pieces:
            text += " " * (start - self.start - len(text)) + piece
        return text

    def position_at(self, start: int) -> int:
        """The position of the passage in which an offset of the snapshot's text stands."""
        return max(position for position, begin, _piece in self.pieces if begin <= start)


def windows_of(met: Iterable[tuple[int, int, int]], *, reach: int, most: int) -> list[Window]:
    """Windows around passages, one for each snapshot, of the ``most`` snapshots that come first.

    A quote may go over the end of its passage, and may be stitched from two, so a window holds the passages around
    each that was met, ``reach`` code points far.

    :param met: snapshot, start and end of passages, the likest first.
    """
    found: dict[int, Window] = {}
    for snapshot, start, end in met:
        begin, stop = max(start - reach, 0), end + reach
        window = found.setdefault(snapshot, Window(snapshot, begin, stop))
        joined = min(window.start, begin), max(window.end, stop)
        if joined[1] - joined[0] <= LONGEST:
            window.start, window.end = joined
    windows = list(found.values())[:most]
    _read(windows)
    return windows


def _read(windows: Sequence[Window]) -> None:
    if not windows:
        return
    wanted = reduce(or_, (Q(snapshot=each.snapshot, start__lt=each.end, end__gt=each.start) for each in windows))
    by_snapshot = {window.snapshot: window for window in windows}
    passages = Passage.objects.filter(wanted).order_by("snapshot", "position")
    for snapshot, position, start, text in passages.values_list("snapshot_id", "position", "start", "text"):
        by_snapshot[snapshot].pieces.append((position, start, text))
    for window in windows:
        window.start = window.pieces[0][1]
        window.end = window.pieces[-1][1] + len(window.pieces[-1][2])
