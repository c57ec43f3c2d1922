"""How the words of which language are read: by one of PostgreSQL's text-search configurations, or folded."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

STEMMED: Final = {"en": "english", "de": "german", "fr": "french", "es": "spanish", "ru": "russian"}
# No configuration of PostgreSQL's: words as :mod:`articles.search.folding` makes them.
FOLDED: Final = "folded"
CONFIGURATIONS: Final = (*STEMMED.values(), FOLDED)

# What is no letter, digit or white space; ASCII signs are PostgreSQL's own business.
_SIGN = re.compile(r"[^\w\s\x00-\x7f]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LETTER = re.compile(r"[^\W\d_]")
# Of a text whose language is not stated so many letters are looked at.
_TELLING_LETTERS = 200
_BY_SCRIPT = {"LATIN": "english", "CYRILLIC": "russian"}


def configuration_for(language: str, text: str = "") -> str:
    """The configuration for a BCP 47 tag; :data:`FOLDED` for languages without a stemmer.

    Where the language is not stated the script of ``text`` decides: Latin letters are read as English, the language of
    the desk, Cyrillic ones as Russian, any other folded.
    """
    primary = language.split("-")[0].lower()
    if primary:
        return STEMMED.get(primary, FOLDED)
    letters = [found.group() for found, _ in zip(_LETTER.finditer(text), range(_TELLING_LETTERS), strict=False)]
    scripts = [unicodedata.name(letter, "").partition(" ")[0] for letter in letters]
    commonest = max(sorted(set(scripts)), key=scripts.count, default="LATIN")
    return _BY_SCRIPT.get(commonest, FOLDED)


def readable(text: str) -> str:
    """A text as PostgreSQL's configurations are to read it, whatever locale the database has.

    Some locales count typographic quotation marks among the letters and know no capitals but those of ASCII.
    """
    if text.isascii():
        return text.replace("\x00", " ").lower()
    return _SIGN.sub(" ", _INVISIBLE.sub("", text).replace("’", "'")).replace("\x00", " ").lower()
