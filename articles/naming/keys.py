"""What names are found by in an index of strings: their words, the whole of them, and initials with a name.

Words stand as they sound, whole names begin with ``=`` and have their words in alphabetical order (Nagy Péter is Péter
Nagy), initials begin with ``.``. Spelling, case, accents, script and punctuation leave all of them as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product

from articles.naming.spelling import sound
from articles.naming.words import Name, Word, take_apart

LONGEST_KEY = 300
MOST_READINGS = 4
MOST_PAIRED = 5


def name_keys(names: Iterable[str]) -> list[str]:
    """What somebody with these names is found by, sorted."""
    keys: set[str] = set()
    for name in names:
        for sounds in _sounds_of(take_apart(name)):
            keys.update(sounds, _wholes(sounds))
        keys.update(_with_initials(take_apart(name)))
    return sorted(key[:LONGEST_KEY] for key in keys if key)


def word_keys(words: str) -> list[str]:
    """The keys that somebody who is looked for by ``words`` has all of: one for each word, initials left out."""
    name = take_apart(words)
    return list(dict.fromkeys(sound(word.plain)[:LONGEST_KEY] for word in name.full or name.core))


def whole_keys(name: str, *, language: str = "") -> list[str]:
    """The keys one of which whoever has this name has: the whole name, or its initials with a name."""
    taken = take_apart(name, language=language)
    keys = {key for sounds in _sounds_of(taken) for key in (*_wholes(sounds), *_pairs(sounds))}
    if not keys:  # one word, which is the whole name
        keys = {key for sounds in _sounds_of(taken) for key in sounds}
    return sorted(key[:LONGEST_KEY] for key in keys | set(_with_initials(taken)))


def _sounds_of(name: Name) -> Iterator[list[str]]:
    """The words of a name as they sound, once for each way of reading it; initials are no words to be found by."""
    words = name.full or name.core
    seen: set[tuple[str, ...]] = set()
    # In the order of readings, the plainest first: of a set, each process would keep others of too many.
    for number, reading in enumerate(product(*(dict.fromkeys(map(sound, word.readings)) for word in words))):
        if number == MOST_READINGS:
            return
        if reading and reading not in seen:
            seen.add(reading)
            yield list(reading)


def _wholes(sounds: Sequence[str]) -> Iterator[str]:
    """The whole name; its ends; and of three words two together, as Kim Jong-un is written Kim Jongun."""
    if len(sounds) < 2:
        return
    yield _whole(sounds)
    if len(sounds) > 2:
        yield _whole([sounds[0], sounds[-1]])
    if len(sounds) == 3:
        first, second, third = sounds
        yield _whole([sound(first + second), third])
        yield _whole([first, sound(second + third)])


def _pairs(sounds: Sequence[str]) -> Iterator[str]:
    """Any two words, so that whoever is kept by a shorter name is found by the longer one, too."""
    if len(sounds) <= MOST_PAIRED:
        yield from (_whole(pair) for pair in combinations(sounds, 2))


def _whole(sounds: Iterable[str]) -> str:
    return "=" + " ".join(sorted(sounds))


def _with_initials(name: Name) -> Iterator[str]:
    """Initials with the name they stand beside, of names that have any and of those that could be written so."""
    if len(name.core) < 2:
        return
    if name.initials:
        for word in name.full[-1:] if name.core[-1] in name.full else name.full[:1]:
            yield from _beside(name.initials, word)
    if len(name.full) > 1:
        yield from _beside(_first_letters(name.core[:-1]), name.full[-1])
        yield from _beside(_first_letters(name.core[1:]), name.full[0])


def _beside(initials: str, word: Word) -> Iterator[str]:
    for reading in word.readings[:MOST_READINGS]:
        yield f".{initials} {sound(reading)}"
        yield f".{initials[0]} {sound(reading)}"


def _first_letters(words: Sequence[Word]) -> str:
    return "".join(word.plain if word.is_initial else word.plain[0] for word in words)


def folded(name: str) -> str:
    """A name as one compares it letter by letter: without case, accents, punctuation and honorifics."""
    return " ".join(word.plain for word in take_apart(name).words)
