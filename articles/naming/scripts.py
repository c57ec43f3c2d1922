"""Names in Latin letters: Cyrillic and Greek as the press romanises them, and letters that carry no separable accent.

Cyrillic follows what BGN/PCGN 1947 (Russian), the Ukrainian resolution 55 of 2010, and the national systems of Serbia,
Macedonia, Bulgaria and Kazakhstan have in common; where they part, :func:`readings` gives both. Other scripts have
letters without vowels or signs without letters, so no table romanises them: they are compared in their own signs.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_CYRILLIC_SIGNS = "абвгґдеёєжзиіїйклмнопрстуўфхцчшщъыьэюяђјљњћџѓќѕәғқңөұүһ"
_CYRILLIC_LETTERS = (
    "a b v g g d e e ye zh z i i i i k l m n o p r s t u u f kh ts ch sh shch - y - e yu ya "
    "dj j lj nj ch dz gj kj dz a g k n o u u h"
)
_GREEK_SIGNS = "αβγδεζηθικλμνξοπρσςτυφχψω"
_GREEK_LETTERS = "a v g d e z i th i k l m n x o p r s s t y f ch ps o"
_CYRILLIC = dict(zip(_CYRILLIC_SIGNS, _CYRILLIC_LETTERS.split(), strict=True))
_GREEK = dict(zip(_GREEK_SIGNS, _GREEK_LETTERS.split(), strict=True))
_LATIN = {"æ": "ae", "œ": "oe", "ø": "o", "ð": "d", "þ": "th", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "ə": "a"}
_OWN_SIGNS = {"ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ـ": ""}  # Arabic letters that are written one for another
TO_LATIN: Final = str.maketrans(
    {sign: letters.replace("-", "") for sign, letters in {**_CYRILLIC, **_GREEK, **_LATIN, **_OWN_SIGNS}.items()}
)

_GREEK_PAIRS = {"ου": "ou", "ευ": "ev", "αυ": "av", "μπ": "b"}
# What a desk without the letter writes in its place, besides leaving out the accent.
_IN_FULL: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "ñ": "ny"}
    | {"č": "ch", "ć": "ch", "ç": "ch", "š": "sh", "ş": "sh", "ș": "sh", "ž": "zh"}
)
_SERBIAN = frozenset("ђјљњћџ")
_WITHOUT_CARONS: Final = str.maketrans({"ч": "c", "ћ": "c", "ш": "s", "ж": "z"})
_AS_UKRAINIAN: Final = str.maketrans({"г": "h", "и": "y"})
_UKRAINIAN = frozenset("іїєґ")
_RUSSIAN = frozenset("ыэёъ")
_NOT_UKRAINIAN = ("ru", "bg", "mk", "sr")
_GREEK_SIGN = re.compile("[\u0370-\u03ff]")


@lru_cache(maxsize=16384)
def readings(word: str, *, language: str = "") -> tuple[str, ...]:
    """The ways a word of a name is written in plain Latin letters, the plainest first; each without case and accents.

    ``Müller`` reads ``muller`` and ``mueller``, ``Олег`` reads ``oleg`` and ``oleh``. Signs of scripts that no table
    romanises stay as they are.

    :param language: of the text around it, as a code; tells Ukrainian from Russian where the letters do not.
    """
    if word.isascii():
        return (word.casefold(),)
    folded = unicodedata.normalize("NFKC", word).casefold()
    plain, others = _plain(folded), [_plain(folded.translate(_IN_FULL))]
    as_ukrainian = folded.translate(_AS_UKRAINIAN)
    ukrainian = plain if as_ukrainian == folded else _plain(as_ukrainian)
    if _SERBIAN & set(folded):
        others = [_plain(folded.translate(_WITHOUT_CARONS))]
    elif _UKRAINIAN & set(folded) or language.startswith("uk"):
        plain, others = ukrainian, [plain]
    elif not _RUSSIAN & set(folded) and not language.startswith(_NOT_UKRAINIAN):
        others.append(ukrainian)
    return tuple(dict.fromkeys([plain, *others]))


def _plain(folded: str) -> str:
    if _GREEK_SIGN.search(folded):
        for pair, letters in _GREEK_PAIRS.items():
            folded = _unaccented_pair(folded, pair, letters)
    # Once before accents go, for letters that would lose what tells them apart (й, ё), and once for what is left.
    romanised = folded.translate(TO_LATIN)
    if romanised.isascii():
        return romanised
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", romanised) if not unicodedata.combining(sign))
    return bare.translate(TO_LATIN)


def _unaccented_pair(word: str, pair: str, letters: str) -> str:
    """Greek pairs of vowels carry their accent on the second letter."""
    accented = {"υ": "ύ"}.get(pair[1])
    word = word.replace(pair, letters)
    return word.replace(pair[0] + accented, letters) if accented else word
