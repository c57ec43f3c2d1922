"""A text under the hands of an editor who remembers where every character came from, so that the truth is known."""

import re
from collections import defaultdict
from collections.abc import Sequence
from random import Random
from typing import TypeVar

from articles.anchoring.cases import Kind, Span
from articles.anchoring.text import fold

Value = TypeVar("Value")

# Less than this share of the letters left makes a remnant.
REMNANT = 0.3
# Pieces of a mark further apart than this many code points, or than one and a half times its length, are separate.
APART = 300


class Dice:
    """Chance with a seed. Only ``Random.random`` is used: the one sequence Python promises to keep."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - an editor, no secret

    def below(self, limit: int) -> int:
        return int(self._random.random() * limit)

    def between(self, least: int, most: int) -> int:
        return least + self.below(most - least + 1)

    def one_of(self, values: Sequence[Value]) -> Value:
        return values[self.below(len(values))]

    def happens(self, share: float) -> bool:
        return self._random.random() < share


class Draft:
    """A text being edited. Every character knows the original one it is, or the one it was put in for, or neither."""

    def __init__(self, text: str) -> None:
        self.original = text
        self._characters = list(text)
        self._origins: list[int | None] = list(range(len(text)))
        self._put_in_for: list[int | None] = [None] * len(text)

    @property
    def text(self) -> str:
        return "".join(self._characters)

    def replace(self, start: int, end: int, words: str) -> None:
        """Put words in the place of others; they stand in for the first original character among those."""
        instead_of = next((origin for origin in self._origins[start:end] if origin is not None), None)
        self._splice(start, end, words, instead_of)

    def insert(self, place: int, words: str) -> None:
        self._splice(place, place, words, None)

    def delete(self, start: int, end: int) -> None:
        self._splice(start, end, "", None)

    def _splice(self, start: int, end: int, words: str, instead_of: int | None) -> None:
        self._characters[start:end] = words
        self._origins[start:end] = [None] * len(words)
        self._put_in_for[start:end] = [instead_of] * len(words)

    def move(self, start: int, end: int, place: int) -> None:
        """Take ``[start, end)`` out and put it in before what stands at ``place``, outside of it."""
        target = place if place <= start else place - (end - start)
        _move(self._characters, start, end, target)
        _move(self._origins, start, end, target)
        _move(self._put_in_for, start, end, target)

    def touched(self) -> list[int]:
        """Say at which original offsets something was changed."""
        places = self._places()
        return [
            offset
            for offset in range(1, len(self.original))
            if offset not in places or places.get(offset - 1) != places[offset] - 1
        ]

    def _places(self) -> dict[int, int]:
        return {origin: place for place, origin in enumerate(self._origins) if origin is not None}

    def truths(self, spans: Sequence[Span]) -> list[dict[str, object]]:
        """Say what became of spans of the original, as ``gold`` of a case."""
        places = self._places()
        stand_ins: defaultdict[int, list[int]] = defaultdict(list)
        for place, origin in enumerate(self._put_in_for):
            if origin is not None:
                stand_ins[origin].append(place)
        return [self._truth(span, places, stand_ins) for span in spans]

    def _truth(self, span: Span, places: dict[int, int], stand_ins: dict[int, list[int]]) -> dict[str, object]:
        new, words = self.text, self.original[slice(*span)]
        kept = [places[offset] for offset in range(*span) if offset in places]
        if kept == list(range(kept[0], kept[0] + len(words))) if kept else False:
            return {"kind": Kind.INTACT.value, "pos": [kept[0], kept[-1] + 1]}
        put_in = [place for offset in range(*span) for place in stand_ins.get(offset, ())]
        visible = sorted(place for place in kept + put_in if not new[place].isspace())
        letters_kept = sum(new[place].isalnum() for place in kept)
        if not visible or not (letters_kept or any(new[place].isalnum() for place in put_in)):
            return {"kind": Kind.DELETED.value}
        whole = [visible[0], visible[-1] + 1]
        if fold(new[slice(*whole)]) == fold(words).strip():
            return {"kind": Kind.COSMETIC.value, "pos": whole}
        pieces = _pieces(visible, max(APART, len(words) * 3 // 2))
        if len(pieces) > 1 or kept != sorted(kept):
            return {"kind": Kind.SPLIT.value, "pos": pieces[0], "parts": pieces}
        letters = sum(character.isalnum() for character in words)
        kind = Kind.EDITED if letters_kept >= REMNANT * letters else Kind.REMNANT
        return {"kind": (kind if letters_kept else Kind.REPLACED).value, "pos": whole}


def _move(column: list[Value], start: int, end: int, target: int) -> None:
    taken = column[start:end]
    del column[start:end]
    column[target:target] = taken


def _pieces(places: Sequence[int], apart: int) -> list[list[int]]:
    """Give the ranges of places that lie together, the one with most places first."""
    pieces = [[places[0]]]
    for place in places[1:]:
        if place - pieces[-1][-1] > apart:
            pieces.append([place])
        else:
            pieces[-1].append(place)
    return [[piece[0], piece[-1] + 1] for piece in sorted(pieces, key=len, reverse=True)]


# Rougher than the sentences of the desk, and on purpose: people do not cut where a program would.
SENTENCE = re.compile(r"[^\s.!?][^.!?\n]*(?:[.!?]+[\"”’')]*|$)", re.MULTILINE)
WORD = re.compile(r"[^\W\d_]{3,}")


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    return [found.span() for found in WORD.finditer(text, start, len(text) if end is None else end)]


def sentences_of(text: str, fewest_words: int = 4) -> list[Span]:
    return [found.span() for found in SENTENCE.finditer(text) if len(found.group().split()) >= fewest_words]


def paragraphs_of(text: str) -> list[Span]:
    return [found.span() for found in re.finditer(r"[^\n]+", text)]
