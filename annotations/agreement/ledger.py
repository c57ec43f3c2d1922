"""Counts of many texts, kept so that the counts of a resample are a few sums of whole numbers.

A coefficient of any set of texts needs only sums of counts over these texts. Each text's counts are packed beside each
other into one large whole number; adding a thousand of those adds thousands of counts at once, so that a resample costs
milliseconds where counting it anew would cost seconds.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from operator import itemgetter

Key = Hashable
Counts = Mapping[Key, int]
Numbers = Sequence[int]

# Widths in bytes that the machine unpacks by itself, narrow first; whatever is wider is cut up by hand.
FORMATS = {4: "I", 8: "Q"}


class _Shelf:
    """Counts of one width."""

    def __init__(self, rows: Sequence[Counts], keys: Sequence[Key], width: int) -> None:
        self._width = width
        self._size = len(keys)
        self._rows = [self._packed([row.get(key, 0) for key in keys]) for row in rows]

    def _packed(self, numbers: Sequence[int]) -> int:
        if letter := FORMATS.get(self._width):
            return int.from_bytes(struct.pack(f"<{self._size}{letter}", *numbers), "little")
        return int.from_bytes(b"".join(number.to_bytes(self._width, "little") for number in numbers), "little")

    def total(self, picks: Sequence[int]) -> tuple[int, ...]:
        packed = sum(map(self._rows.__getitem__, picks)).to_bytes(self._width * self._size, "little")
        if letter := FORMATS.get(self._width):
            return struct.unpack(f"<{self._size}{letter}", packed)
        starts = range(0, len(packed), self._width)
        return tuple(int.from_bytes(packed[at : at + self._width], "little") for at in starts)


class Ledger:
    """The counts of texts, one row each.

    :param rows: for every text its counts by key, none below 0.
    :param keys: the counts that are asked for; what no row counts is 0.
    """

    def __init__(self, rows: Sequence[Counts], keys: Iterable[Key]) -> None:
        self.size = len(rows)
        self.everything: Counter[Key] = Counter()
        for row in rows:
            self.everything.update(row)
        by_width: dict[int, list[Key]] = {}
        for key in dict.fromkeys(keys):
            if self.everything[key]:
                by_width.setdefault(self._width_for(key, rows), []).append(key)
        self._shelves = [_Shelf(rows, own, width) for width, own in by_width.items()]
        found = [key for own in by_width.values() for key in own]
        self._places = {key: place for place, key in enumerate(found)}

    def _width_for(self, key: Key, rows: Sequence[Counts]) -> int:
        """Bytes that hold a count even of the text with most, drawn every time."""
        # No text has more than all of them together.
        bits = (self.everything[key] * self.size).bit_length()
        if bits > 32:
            bits = (max(row.get(key, 0) for row in rows) * self.size).bit_length()
        return next((width for width in FORMATS if bits <= 8 * width), -(-bits // 64) * 8)

    def total(self, picks: Sequence[int]) -> tuple[int, ...]:
        """The sums over the texts with these numbers, each as often as it is named; :meth:`picker` finds a count."""
        numbers: tuple[int, ...] = ()
        for shelf in self._shelves:
            numbers += shelf.total(picks)
        # What no text counts is found behind the last.
        return (*numbers, 0)

    def picker(self, keys: Sequence[Key]) -> Callable[[tuple[int, ...]], Numbers]:
        """Something that takes the counts with these keys out of a :meth:`total`, in their order."""
        places = [self._places.get(key, len(self._places)) for key in keys]
        if len(places) == 1:
            return lambda numbers: (numbers[places[0]],)
        return itemgetter(*places)
