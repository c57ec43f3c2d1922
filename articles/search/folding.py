"""Words of languages without a stemmer, folded so that forms of one word meet.

For every language that PostgreSQL stems for us there is :mod:`articles.search.configuration`; for all others words are
folded here, with what is known to work where there is no dictionary:

- letters without case, accents, vowel marks and stretching; Arabic letters of one sound are one;
- of Arabic words the light stem, without article, particles and endings (light10; Larkey, Ballesteros, Connell 2002);
- of other long words also their first five letters, which do nearly as well as a lemmatiser where endings are many
  (Can et al. 2008, on Turkish);
- of scripts that put no spaces between words, and of Korean, every two neighbouring characters.

Pure: neither Django nor the database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# Han, kana, Hangul, Thai, Lao, Khmer, Burmese.
_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
# Signs within words that are no letters: accents, vowels of Hebrew and Arabic, and those of the scripts of India.
_SIGNS = r"\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
_SIGNS_OF_INDIA = r"\u0900-\u0963\u0966-\u0dff"
_WORD = re.compile(rf"(?P<unspaced>[{_UNSPACED}]+)|(?:(?![{_UNSPACED}_])[\w{_SIGNS}{_SIGNS_OF_INDIA}])+")
_LEFT_OUT = re.compile(rf"[{_SIGNS}]")
_ARABIC = re.compile(r"[\u0621-\u064a]+")

_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ٱ": "ا"}
    | {chr(zero + digit): str(digit) for zero in (0x660, 0x6F0, 0x966) for digit in range(10)}
)
_ARABIC_PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال", "و")
_ARABIC_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_FEWEST_LETTERS = 3  # that prefixes and endings leave
BEGINNING = 5
LONGEST = 60  # letters of a word; what is longer is no word
# As far as a tsvector counts.
_LAST_PLACE, _MOST_PLACES = 16_383, 255


class FoldedWord(NamedTuple):
    """A word, or two characters of one; offsets in code points of the text, half-open. All ``lexemes`` stand there."""

    start: int
    end: int
    lexemes: tuple[str, ...]


def folded_words(text: str) -> Iterator[FoldedWord]:
    """The words of a text in their order, as they are kept and asked for."""
    for found in _WORD.finditer(text):
        if found["unspaced"]:
            yield from _pairs(found.group(), found.start())
        elif lexemes := _lexemes(fold_word(found.group())[:LONGEST]):
            yield FoldedWord(found.start(), found.end(), lexemes)


def vector_of(text: str) -> tuple[str, int]:
    """A text as a ``tsvector`` is written, and how many words it has, counted as its places are."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(folded_words(text), start=1):
        for lexeme in word.lexemes:
            known = places.setdefault(lexeme, [])
            if len(known) < _MOST_PLACES and place <= _LAST_PLACE:
                known.append(place)
    written = [f"'{lexeme}':{','.join(map(str, known or [_LAST_PLACE]))}" for lexeme, known in places.items()]
    return " ".join(written), sum(map(len, places.values()))


def fold_word(word: str) -> str:
    """A word without case and signs: ``İstanbul`` is ``istanbul``, ``Łódź`` is ``lodz``."""
    bare = _LEFT_OUT.sub("", unicodedata.normalize("NFKD", word.casefold()))
    return unicodedata.normalize("NFC", bare).translate(_LETTERS)


def _lexemes(word: str) -> tuple[str, ...]:
    if not word:
        return ()
    if _ARABIC.fullmatch(word):
        stem = _light_stem(word)
        return (word,) if stem == word else (word, stem)
    return (word, word[:BEGINNING]) if len(word) > BEGINNING and not word.isdigit() else (word,)


def _light_stem(word: str) -> str:
    for prefix in _ARABIC_PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= _FEWEST_LETTERS:
            word = word.removeprefix(prefix)
            break
    for ending in _ARABIC_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _FEWEST_LETTERS:
            word = word.removesuffix(ending)
    return word


def _pairs(run: str, start: int) -> Iterator[FoldedWord]:
    """Every two neighbours; a character that stands alone is a word of its own."""
    if len(run) == 1:
        yield FoldedWord(start, start + 1, (run,))
    for place in range(len(run) - 1):
        pair = unicodedata.normalize("NFKC", run[place : place + 2])
        yield FoldedWord(start + place, start + place + 2, (pair,))
