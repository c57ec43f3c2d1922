"""A text as the words somebody said, with the marks an editor left in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from articles.anchoring.tokens import UNSPACED

# Combining marks of Latin, Cyrillic, Hebrew and Arabic, and the scripts of India, whose vowels are marks.
_COMBINING = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0900-\u0963\u0966-\u0dff"
)
# Soft hyphens, joiners and marks of direction: they change how a word looks, never which one it is.
_INVISIBLE = "\u00ad\u061c\u200b-\u200f\u202a-\u202c\u2060-\u2064\u2066-\u2069\ufeff"
_LETTER = rf"(?:[^\W_{UNSPACED}]|[{_COMBINING}{_INVISIBLE}])"
_FIRST = rf"[^\W_{UNSPACED}]"
# What changes an amount and is no letter: per cent, degrees, currencies, a minus before a figure.
_SIGN = r"[%‰°±$¢-¥֏؋৲৳฿៛₠-⃀]|(?<![\w.,)\]])[-−](?=\d)"

TOKEN = re.compile(
    rf"(?P<gap>[\[(]\s*+(?:…|\.\s?\.\s?\.)\s*+[\])]|…+|\.{{3,}}|\.(?:\s\.){{2,}})"
    rf"|(?P<bracketed>{_LETTER}*+\[[^\[\]]{{1,300}}+\]{_LETTER}*+)"
    rf"|(?P<number>\d+(?:[.,'’\u00a0\u202f]\d+)*+)"
    rf"|(?P<word>{_FIRST}{_LETTER}*+(?:['’ʼ]{_FIRST}{_LETTER}*+)*+)"
    rf"|(?P<sign>[{UNSPACED}]|{_SIGN})"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:[^\d]\d{3})+")
_NOT_A_DIGIT = re.compile(r"\D")
# Arabic and Hebrew vowels and the stroke that lengthens a word are printed or left out at will.
_UNSEEN = re.compile(rf"[{_INVISIBLE}\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u0640]")
_HYPHENS = frozenset("-‐‑")


class Mark(StrEnum):
    """What an editor says stands, or stood, between two words."""

    GAP = "gap"
    INSERTION = "insertion"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in their order, each as it is compared, and where it stands: code points, half-open.

    ``marks`` maps the index of a word to the marks right before it (the number of words for those after the last);
    ``inserted`` are places of bracketed words, which nobody said, with the index of the word after them.
    """

    text: str
    folded: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    marks: dict[int, set[Mark]] = field(default_factory=dict)
    inserted: list[tuple[int, int, int]] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> Words:
        """Read a text, in time that grows with its length."""
        words = cls(text)
        for token in TOKEN.finditer(text):
            start, end = token.span()
            kind, printed = token.lastgroup, token.group()
            if kind == "word":
                words._add(_folded(printed), start, end)
            elif kind == "gap":
                words._mark(Mark.GAP)
            elif kind == "bracketed":
                words._add_bracketed(printed, start, end)
            else:
                words._add(_folded_number(printed) if kind == "number" else _folded(printed), start, end)
        return words

    def __len__(self) -> int:
        return len(self.folded)

    def marked_between(self, first: int, last: int, mark: Mark) -> bool:
        """Whether a mark of this kind stands before any of the words from ``first`` to ``last``, both included."""
        return any(first <= index <= last and mark in marks for index, marks in self.marks.items())

    def segments(self) -> list[Sequence[str]]:
        """The words cut wherever an editor's mark says that others may have stood between them."""
        borders = [0, *sorted(self.marks), len(self.folded)]
        return [self.folded[first:last] for first, last in pairwise(borders) if first < last]

    def spelled_like(self, others: Collection[str]) -> Words:
        """The same words, those with hyphens joined where ``others`` write them as one: cease-fire, ceasefire."""
        if not any(character in self.text for character in _HYPHENS):
            return self
        joined = Words(self.text)
        places = {len(self.folded): 0}
        index = 0
        while index < len(self.folded):
            last = self._last_of_compound(index)
            spelled = "".join(self.folded[index : last + 1])
            if last > index and spelled not in others:
                last, spelled = index, self.folded[index]
            places[index] = len(joined.folded)
            joined._add(spelled, self.starts[index], self.ends[last])
            index = last + 1
        places[len(self.folded)] = len(joined.folded)
        joined.marks.update({places[at]: marks for at, marks in self.marks.items() if at in places})
        joined.inserted.extend((places[at], start, end) for at, start, end in self.inserted if at in places)
        return joined

    def _last_of_compound(self, index: int) -> int:
        while (
            index + 1 < len(self.folded)
            and self.text[self.ends[index] : self.starts[index + 1]] in _HYPHENS
            and index + 1 not in self.marks
        ):
            index += 1
        return index

    def _add(self, folded: str, start: int, end: int) -> None:
        if folded:
            self.folded.append(folded)
            self.starts.append(start)
            self.ends.append(end)

    def _mark(self, mark: Mark) -> None:
        self.marks.setdefault(len(self.folded), set()).add(mark)

    def _add_bracketed(self, printed: str, start: int, end: int) -> None:
        """“[W]e” is a word whose first letter was changed; “[the minister]” and “want[ed]” are an editor's words."""
        before, _, rest = printed.partition("[")
        inside, _, after = rest.partition("]")
        if not before and after and len(inside) == 1 and inside.isalpha():
            self._add(_folded(inside + after), start, end)
            return
        self._mark(Mark.INSERTION)
        self.inserted.append((len(self.folded), start, end))


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    return _UNSEEN.sub("", word.replace("’", "'").replace("ʼ", "'").replace("−", "-")).casefold()


def _folded_number(number: str) -> str:
    """Figures without the marks that part thousands; a decimal mark is a point."""
    return _NOT_A_DIGIT.sub("" if _THOUSANDS.fullmatch(number) else ".", number)
