"""A name taken apart into words, with what is no part of the name itself told apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from articles.naming.scripts import readings

MOST_WORDS = 12  # no name has more; what has is a sentence in the wrong field
LONGEST = 300

APOSTROPHES = frozenset("'’‘ʼʻʹʺ`´′ʾʿ")
HYPHENS = frozenset("-‐‑‒–—־")
_HONORIFICS = (
    "the mr mrs ms mx miss dr prof professor sir dame lord lady rev hon herr frau monsieur madame mme mlle signor "
    "signora señor señora sra sheikh shaykh"
)
_PARTICLES = (
    "van von der den dem de del della di da do dos das du la le los las el al bin ibn ben bint abu ter ten zu zum af "
    "av y e i"
)
HONORIFICS: Final = frozenset(_HONORIFICS.split())
GENERATIONS: Final = {"jr": "jr", "junior": "jr", "sr": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
DEGREES: Final = frozenset({"phd", "md", "mp", "mep", "esq", "obe", "cbe", "mbe", "qc", "kc"})
# Words between names that people leave out, move or write together.
PARTICLES: Final = frozenset(_PARTICLES.split())
# Those that are nobody's given name, so that they are particles in front and with a capital too.
_ALWAYS_PARTICLES: Final = frozenset({"bin", "ibn", "bint", "abu", "von"})
ARTICLES: Final = frozenset({"al", "el"})
# The Arabic article as it sounds before each letter, told by its hyphen.
_HYPHENED_ARTICLES: Final = ARTICLES | {"ad", "adh", "an", "ar", "as", "ash", "at", "ath", "az", "ul"}
_SERVANT: Final = frozenset({"abdul", "abdel", "abdal", "abdur", "abder"})
_RUN = re.compile(r"[^\W_]+|.", re.DOTALL)
_JOINED: Final = frozenset({"mc", "mac", "o", "d"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name: its readings in plain letters, the plainest first."""

    readings: tuple[str, ...]
    is_initial: bool = False
    is_particle: bool = False
    is_article: bool = False

    @property
    def plain(self) -> str:
        return self.readings[0]


@dataclass(frozen=True, slots=True)
class Name:
    """A name without honorifics and degrees. ``generation`` is ``jr``, ``sr``, ``ii`` and so on, or empty.

    :ivar core: the words that carry the name: no particles, unless there is nothing else.
    :ivar full: the words of the core that are written out.
    :ivar initials: the initials it is written with, together: ``jk`` of J. K. Rowling and of JK Rowling.
    :ivar letters: how many letters all its words have together.
    """

    words: tuple[Word, ...]
    generation: str = ""
    core: tuple[Word, ...] = field(init=False, repr=False, compare=False)
    full: tuple[Word, ...] = field(init=False, repr=False, compare=False)
    initials: str = field(init=False, repr=False, compare=False)
    letters: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        core = tuple(word for word in self.words if not word.is_particle) or self.words
        known = {
            "core": core,
            "full": tuple(word for word in core if not word.is_initial),
            "initials": "".join(word.plain for word in core if word.is_initial),
            "letters": sum(len(word.plain) for word in self.words),
        }
        for name, value in known.items():
            object.__setattr__(self, name, value)  # what follows from a frozen name, counted once

    @property
    def is_full(self) -> bool:
        """Whether it says more than a surname: two words written out, or one with two initials."""
        return len(self.full) > 1 or (len(self.full) == 1 and len(self.initials) > 1)


@dataclass(slots=True)
class _Token:
    letters: str
    has_period: bool = False
    before_hyphen: bool = False
    after_hyphen: bool = False


@lru_cache(maxsize=8192)
def take_apart(name: str, *, language: str = "") -> Name:
    """The words of a name as printed; what comes after a comma goes in front, as in ``Okafor, Jane``."""
    family, comma, given = unicodedata.normalize("NFC", name[:LONGEST]).partition(",")
    following = _tokens(given)
    if comma and following and not all(_tail_of(token) for token in following):
        tokens = [*following, *_tokens(family)]
    else:
        tokens = [*_tokens(family), *following]
    generation = next((GENERATIONS[_bare(token)] for token in tokens[1:] if _bare(token) in GENERATIONS), "")
    tokens = _without_tails(_without_honorifics(tokens))[:MOST_WORDS]
    tokens = _joined(tokens)
    all_capitals = all(token.letters.isupper() for token in tokens)
    words = (
        _word(token, is_first=place == 0, all_capitals=all_capitals, language=language)
        for place, token in enumerate(tokens)
    )
    return Name(tuple(word for word in words if word.plain), generation)


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    letters, after_hyphen = "", False
    for run in _RUN.findall(f"{text} "):
        if run.isalnum() or (run > "\x7f" and unicodedata.category(run)[0] == "M"):
            letters += run
        elif run in APOSTROPHES and letters:
            continue
        else:
            hyphen = run in HYPHENS
            if letters:
                tokens.append(_Token(letters, run == ".", hyphen, after_hyphen))
                letters = ""
            after_hyphen = hyphen
    return tokens


def _bare(token: _Token) -> str:
    return token.letters.casefold()


def _tail_of(token: _Token) -> bool:
    return _bare(token) in GENERATIONS or _bare(token) in DEGREES


def _without_honorifics(tokens: list[_Token]) -> list[_Token]:
    first = 0
    while first < len(tokens) - 1 and _bare(tokens[first]) in HONORIFICS:
        first += 1
    return tokens[first:]


def _without_tails(tokens: list[_Token]) -> list[_Token]:
    return [token for place, token in enumerate(tokens) if place == 0 or not _tail_of(token)]


def _joined(tokens: list[_Token]) -> list[_Token]:
    """``Mc Donald`` and ``O Brien`` as one word; ``Abd al-Rahman`` and ``Abdul Rahman`` as Abdulrahman."""
    joined: list[_Token] = []
    for token in tokens:
        last = joined[-1] if joined else None
        before = _bare(last) if last else ""
        if last and before in _JOINED and not last.has_period and len(token.letters) > 2:
            joined[-1] = _Token(last.letters + token.letters, token.has_period, token.before_hyphen, last.after_hyphen)
        elif last and before == "abd" and _bare(token) in _HYPHENED_ARTICLES:
            joined[-1] = _Token("Abdul", before_hyphen=True)
        elif last and before in _SERVANT and len(token.letters) > 2:
            joined[-1] = _Token("Abdul" + _bare(token), token.has_period, token.before_hyphen)
        else:
            joined.append(token)
    return joined


def _word(token: _Token, *, is_first: bool, all_capitals: bool, language: str) -> Word:
    bare = _bare(token)
    is_article = bare in ARTICLES or (token.before_hyphen and bare in _HYPHENED_ARTICLES)
    stands_between = not is_first or token.letters.islower() or token.before_hyphen or bare in _ALWAYS_PARTICLES
    is_particle = (bare in PARTICLES or is_article) and stands_between and not token.has_period
    is_cased = token.letters.upper() != token.letters.lower()
    abbreviates = len(token.letters) == 1 or (len(token.letters) < 4 and token.letters.isupper() and not all_capitals)
    return Word(
        readings(token.letters, language=language),
        is_initial=is_cased and abbreviates and not is_particle and not token.after_hyphen,
        is_particle=is_particle,
        is_article=is_article and is_particle,
    )
