"""The difference between two texts, as people read it: paragraph by paragraph, then word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from articles.anchoring.text import SEPARATOR

WORD = re.compile(r"\w+|\s+|[^\w\s]")
# Beyond this many words on both sides a rewritten paragraph is shown as out and in, not word by word.
LONGEST_COMPARED = 1_500


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words and what became of them: same, out, in."""

    what: str
    words: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A changed paragraph with its pieces, or how many unchanged ones stand here."""

    pieces: Sequence[Piece] = ()
    unchanged: int = 0


def differences(old: str, new: str) -> list[Stretch]:
    """What changed from one canonical text to another, in the order of the new one."""
    return list(_stretches(old.split(SEPARATOR), new.split(SEPARATOR)))


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    for what, first, last, new_first, new_last in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Stretch(unchanged=last - first)
            continue
        before, after = old[first:last], new[new_first:new_last]
        for index in range(max(len(before), len(after))):
            yield Stretch(pieces_of(before[index : index + 1], after[index : index + 1]))


def pieces_of(before: Sequence[str], after: Sequence[str]) -> list[Piece]:
    """The pieces of one paragraph that was rewritten, taken out or put in."""
    if not before or not after:
        return [Piece("out", words) for words in before] + [Piece("in", words) for words in after]
    old, new = WORD.findall(before[0]), WORD.findall(after[0])
    if len(old) + len(new) > LONGEST_COMPARED:
        return [Piece("out", before[0]), Piece("in", after[0])]
    return list(_compared(old, new))


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for what, first, last, new_first, new_last in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Piece("same", "".join(old[first:last]))
            continue
        if first < last:
            yield Piece("out", "".join(old[first:last]))
        if new_first < new_last:
            yield Piece("in", "".join(new[new_first:new_last]))
