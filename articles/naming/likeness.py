"""How two names stand to each other, from the same to merely alike."""

from __future__ import annotations

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


@lru_cache(maxsize=16384)
def likeness(one: str, other: str, *, language: str = "") -> Likeness:
    """How ``one``, a name printed in a text of ``language``, stands to ``other``, a name that is kept."""
    mine, theirs = take_apart(one, language=language), take_apart(other)
    if not mine.words or not theirs.words:
        return Likeness.NONE
    same_generation = mine.generation == theirs.generation
    if _reads_alike(mine, theirs):
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


def _spells_alike(mine: Name, theirs: Name) -> bool:
    if mine.initials or theirs.initials:
        spelt = [[spelled(word.plain) for word in name.full] for name in (mine, theirs)]
        return mine.initials == theirs.initials and spelt[0] == spelt[1] != []
    if abs(mine.letters - theirs.letters) > MOST_LETTERS_APART:
        return False
    if _joined(mine) & _joined(theirs):
        return True
    if len(mine.full) < 2 or len(mine.full) != len(theirs.full):
        return False
    return _in_some_order(mine, theirs)


def _joined(name: Name) -> set[str]:
    """All words but articles, written as one: once in each of their readings."""
    words = [word for word in name.words if not word.is_article] or list(name.words)
    together = {spelled("".join(word.plain for word in words))}
    for number in range(max(len(word.readings) for word in words)):
        together.add("".join(spelled(word.readings[min(number, len(word.readings) - 1)]) for word in words))
    return together


def _in_some_order(mine: Name, theirs: Name) -> bool:
    """Family name first here, last there; particles say nothing about the order."""
    particles = [sorted(word.plain for word in name.words if word.is_particle) for name in (mine, theirs)]
    ordered = [sorted(spelled(word.plain) for word in name.full) for name in (mine, theirs)]
    return ordered[0] == ordered[1] and particles[0] == particles[1]


def _partly(mine: Name, theirs: Name) -> Likeness:
    if _fits_into(mine, theirs) or _fits_into(theirs, mine):
        return Likeness.SHORTER
    if _words(mine) & _words(theirs) and (len(mine.core) == 1 or len(theirs.core) == 1):
        return Likeness.PART
    sounds = [{sound(reading) for word in name.full for reading in word.readings} for name in (mine, theirs)]
    shared = len(sounds[0] & sounds[1])
    return Likeness.SOUND if shared and shared >= min(len(mine.full), len(theirs.full)) else Likeness.NONE


def _words(name: Name) -> set[str]:
    return {spelled(reading) for word in name.full for reading in word.readings}


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
