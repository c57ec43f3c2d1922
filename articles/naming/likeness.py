"""How two names stand to each other, from the same to merely alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from articles.naming.spelling import sound, spelled
from articles.naming.words import Name, Word, take_apart

# Two spellings of one name differ by no more letters: El-Sisi and Sisi, Müller and Mueller twice.
MOST_LETTERS_APART = 6


class Likeness(IntEnum):
    """From strangers to one name. From :attr:`SPELLING` up two names are one, written once this way and once that."""

    NONE = 0
    SOUND = 1  # they sound alike
    PART = 2  # one word of a name: a surname, a given name
    SHORTER = 3  # a shorter form: initials, a middle name or a generation left out
    SPELLING = 4  # another romanisation, another order of words, other hyphens
    SAME = 5  # word for word, but for case, accents and punctuation


@dataclass(frozen=True, slots=True)
class _Spelt:
    """A name in the spellings that it is compared by; every name of a crowd is compared with one of a text.

    :ivar joined: all its words written as one, in each of their readings.
    :ivar words: each word that is written out, in each of its readings.
    :ivar sounds: the same, coarser.
    """

    name: Name
    joined: frozenset[str]
    words: frozenset[str]
    sounds: frozenset[str]


@lru_cache(maxsize=8192)
def _spelt(printed: str, language: str) -> _Spelt:
    name = take_apart(printed, language=language)
    readings = {reading for word in name.full for reading in word.readings}
    return _Spelt(name, frozenset(_joined(name)), frozenset(map(spelled, readings)), frozenset(map(sound, readings)))


@lru_cache(maxsize=16384)
def likeness(one: str, other: str, *, language: str = "") -> Likeness:
    """How ``one``, a name printed in a text of ``language``, stands to ``other``, a name that is kept."""
    mine, theirs = _spelt(one, language), _spelt(other, "")
    if not mine.name.words or not theirs.name.words:
        return Likeness.NONE
    same_generation = mine.name.generation == theirs.name.generation
    if _reads_alike(mine.name, theirs.name):
        return Likeness.SAME if same_generation else Likeness.SHORTER
    if _spells_alike(mine, theirs):
        return Likeness.SPELLING if same_generation else Likeness.SHORTER
    return _partly(mine, theirs)


def is_whole_name(name: str) -> bool:
    """Whether a name says more than a surname: two words written out, or one with two initials."""
    return take_apart(name).is_full


def _reads_alike(mine: Name, theirs: Name) -> bool:
    return len(mine.words) == len(theirs.words) and all(map(_share_reading, mine.words, theirs.words))


def _share_reading(mine: Word, theirs: Word) -> bool:
    # Through the plainest of one of them: two letters that are written in full alike are not one letter.
    return mine.plain in theirs.readings or theirs.plain in mine.readings


def _spells_alike(mine: _Spelt, theirs: _Spelt) -> bool:
    one, other = mine.name, theirs.name
    if one.initials or other.initials:
        spelt = [[spelled(word.plain) for word in name.full] for name in (one, other)]
        return one.initials == other.initials and spelt[0] == spelt[1] != []
    if abs(one.letters - other.letters) > MOST_LETTERS_APART:
        return False
    if not mine.joined.isdisjoint(theirs.joined):
        return True
    if len(one.full) < 2 or len(one.full) != len(other.full):
        return False
    return _in_some_order(one, other)


def _joined(name: Name) -> Iterator[str]:
    """All words but articles, written as one: once in each of their readings."""
    words = [word for word in name.words if not word.is_article] or list(name.words)
    yield spelled("".join(word.plain for word in words))
    for number in range(max((len(word.readings) for word in words), default=0)):
        yield "".join(spelled(word.readings[min(number, len(word.readings) - 1)]) for word in words)


def _in_some_order(mine: Name, theirs: Name) -> bool:
    """Family name first here, last there; particles say nothing about the order."""
    particles = [sorted(word.plain for word in name.words if word.is_particle) for name in (mine, theirs)]
    ordered = [sorted(spelled(word.plain) for word in name.full) for name in (mine, theirs)]
    return ordered[0] == ordered[1] and particles[0] == particles[1]


def _partly(mine: _Spelt, theirs: _Spelt) -> Likeness:
    one, other = mine.name, theirs.name
    if _fits_into(one, other) or _fits_into(other, one):
        return Likeness.SHORTER
    if (len(one.core) == 1 or len(other.core) == 1) and not mine.words.isdisjoint(theirs.words):
        return Likeness.PART
    shared = len(mine.sounds & theirs.sounds)
    return Likeness.SOUND if shared and shared >= min(len(one.full), len(other.full)) else Likeness.NONE


def _fits_into(short: Name, long: Name) -> bool:
    """Whether each word of one stands for another word of the other, two at least and one of them written out."""
    if len(short.core) < 2 or not short.full:
        return False
    left = list(long.core)
    for word in sorted(short.core, key=lambda each: each.is_initial):
        found = next((each for each in left if _stands_for(word, each)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _stands_for(word: Word, other: Word) -> bool:
    if word.is_initial or other.is_initial:
        # JK stands for the first of its words; the others stand where they are left out.
        return word.plain[0] == other.plain[0]
    return bool({spelled(each) for each in word.readings} & {spelled(each) for each in other.readings})
