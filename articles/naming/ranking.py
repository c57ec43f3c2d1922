"""Who is probably meant by a name in a text, with what speaks for each, and whether it is certain.

Certain is only what the text itself says: a whole name (or an alias that is one) that a single person has, and
nothing printed beside it that contradicts. Everything else is a ranking for a person to choose from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from articles.naming.likeness import Likeness, is_whole_name, likeness
from articles.naming.spelling import spelled
from articles.naming.words import PARTICLES, take_apart


class Reason(StrEnum):
    """What speaks for somebody, or against."""

    NAME = "name"
    ALIAS = "alias"
    SPELLING = "spelling"
    SHORTER = "shorter"
    PART = "part"
    SOUND = "sound"
    TITLE = "title"
    OTHER_TITLE = "other-title"
    BESIDE = "beside"
    OUTLET = "outlet"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Mention:
    """How a text names somebody.

    :ivar mention: as printed where they speak, such as ``Ryabkov`` or ``mayor Ines Duarte``.
    :ivar full_name: as printed in full anywhere in the text; empty where the text does not.
    """

    mention: str
    full_name: str = ""
    title: str = ""
    affiliation: str = ""
    language: str = ""

    @property
    def name(self) -> str:
        """The fullest name the text gives, without what stands before it in small letters or is its title."""
        return _bare_name(self.full_name or self.mention, self.title)

    @property
    def endings(self) -> tuple[str, ...]:
        """Shorter names that may be meant, where the words before them may be an office: ``Minister Sergey Ryabkov``.

        None where the text gives a full name by itself.
        """
        return () if self.full_name else _endings(self.name)


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who is kept, as far as a ranking looks at them."""

    key: int
    name: str
    aliases: Sequence[str] = ()
    title: str = ""
    affiliation: str = ""
    is_person: bool = True


@dataclass(frozen=True, slots=True)
class Company:
    """In what company somebody was quoted before: beside whom of the text, in its outlet, in its language."""

    beside: str = ""
    in_outlet: bool = False
    in_language: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """One of those who may be meant, with a score from 0 to 1; it orders, it is no probability."""

    known: Known
    likeness: Likeness
    score: float
    reasons: tuple[Reason, ...]
    matched: str = field(default="")
    beside: str = field(default="")


ALONE: Final = Company()
_OF_LIKENESS: Final = {
    Likeness.SAME: 0.80,
    Likeness.SPELLING: 0.74,
    Likeness.SHORTER: 0.58,
    Likeness.PART: 0.44,
    Likeness.SOUND: 0.22,
    Likeness.NONE: 0.0,
}
_REASONS: Final = {
    Likeness.SAME: Reason.NAME,
    Likeness.SPELLING: Reason.SPELLING,
    Likeness.SHORTER: Reason.SHORTER,
    Likeness.PART: Reason.PART,
    Likeness.SOUND: Reason.SOUND,
}
NEARNESS, TITLE, BESIDE, OUTLET, LANGUAGE = 0.05, 0.09, 0.06, 0.03, 0.01
_SMALL = "a an and at by de der for former des die in la le of on the to und von y"
_SMALL_WORDS: Final = frozenset(_SMALL.split())
_WORD = re.compile(r"\w+")


def rank(mention: Mention, known: Sequence[Known], company: Mapping[int, Company] | None = None) -> list[Ranked]:
    """Those of ``known`` whose name could be meant, the likeliest first; of equals, the name's alphabet decides."""
    around = company or {}
    ranked = (_ranked(mention, one, around.get(one.key, ALONE)) for one in known)
    possible = [one for one in ranked if one.likeness > Likeness.NONE]
    return sorted(possible, key=lambda one: (-one.score, one.known.name, one.known.key))


def shortlist(mention: Mention, known: Sequence[Known], *, most: int) -> list[Known]:
    """The ``most`` of many whose names are nearest letter by letter, as a cheap look before :func:`rank`.

    Those whose title or affiliation agrees go before the others.
    """
    if len(known) <= most:
        return list(known)
    name = _flat(mention.name)
    printed = set(_titled(mention.title, mention.affiliation).split())

    def nearness(one: Known) -> tuple[bool, float]:
        agrees = bool(printed) and not printed.isdisjoint(_titled(one.title, one.affiliation).split())
        names = (one.name, *one.aliases)
        return agrees, max(JaroWinkler.normalized_similarity(name, each.casefold()) for each in names)

    return sorted(known, key=nearness, reverse=True)[:most]


def certain(mention: Mention, ranked: Sequence[Ranked]) -> Ranked | None:
    """The one who is meant, where the text leaves no doubt; None where a person has to choose.

    A name of one word is certain only where it is all the name there is: of an institution, or of somebody who has no
    other. A surname is not, even if a single person here has it.
    """
    same = [one for one in ranked if one.likeness >= Likeness.SPELLING and _says_enough(mention, one)]
    rivals = [one for one in ranked if one.likeness >= Likeness.SPELLING]
    if not same or (Reason.OTHER_TITLE in same[0].reasons and Reason.BESIDE not in same[0].reasons):
        return None
    if len(rivals) == 1 and not _may_be_shortened(mention, ranked):
        return same[0]
    if not is_whole_name(mention.name):
        return None
    told_apart = [one for one in rivals if Reason.TITLE in one.reasons]
    others = [one for one in rivals if Reason.OTHER_TITLE in one.reasons]
    if len(rivals) > 1 and len(told_apart) == 1 and len(others) == len(rivals) - 1 and told_apart[0] in same:
        return told_apart[0]
    return None


def _says_enough(mention: Mention, one: Ranked) -> bool:
    if is_whole_name(mention.name):
        return True
    words = {spelled(word.plain) for word in take_apart(one.known.name).full}
    is_all_there_is = len(words) == 1 or not {spelled(word.plain) for word in take_apart(one.matched).full} <= words
    return is_all_there_is or not one.known.is_person


def _may_be_shortened(mention: Mention, ranked: Sequence[Ranked]) -> bool:
    """Whether a name of one word is also a part of somebody else's."""
    return not is_whole_name(mention.name) and any(one.likeness == Likeness.PART for one in ranked)


def _ranked(mention: Mention, known: Known, company: Company) -> Ranked:
    best, matched, before = _best_match(mention, known)
    title = _title_agreement(mention, known, before)
    if before and title <= 0:
        # Perhaps a longer name and somebody else: nothing says that the words before the name are an office.
        best = min(best, Likeness.SHORTER)
    reasons = [Reason.ALIAS if best == Likeness.SAME and matched != known.name else _REASONS[best]] if best else []
    reasons += [Reason.TITLE] * (title > 0) + [Reason.OTHER_TITLE] * (title < 0)
    score = _OF_LIKENESS[best] + TITLE * title
    score += NEARNESS * JaroWinkler.normalized_similarity(_flat(mention.name), _flat(matched))
    for reason, holds, weight in (
        (Reason.BESIDE, bool(company.beside), BESIDE),
        (Reason.OUTLET, company.in_outlet, OUTLET),
        (Reason.LANGUAGE, company.in_language, LANGUAGE),
    ):
        score += weight * holds
        reasons += [reason] * holds
    return Ranked(known, best, round(min(max(score, 0.0), 1.0), 4), tuple(reasons), matched, company.beside)


def _best_match(mention: Mention, known: Known) -> tuple[Likeness, str, str]:
    """How a name is best matched, by which of the names that are kept, and the words before it where it is shorter."""
    kept = (known.name, *known.aliases)
    best, matched = max(((_compared(mention.name, each, mention), each) for each in kept), key=_degree)
    if best < Likeness.SPELLING:
        for ending in mention.endings:
            degree, name = max(((_compared(ending, each, mention), each) for each in kept), key=_degree)
            if degree >= Likeness.SPELLING:
                return degree, name, mention.name.removesuffix(ending).strip(" ,")
    return best, matched, ""


def _compared(name: str, kept: str, mention: Mention) -> Likeness:
    return likeness(name, kept, language=mention.language)


def _degree(compared: tuple[Likeness, str]) -> Likeness:
    return compared[0]


def _title_agreement(mention: Mention, known: Known, before: str) -> float:
    """From 1, where what is printed beside the name says the same, to −1, where it says nothing that is kept.

    0 where one of the two says nothing, so that nothing is held against whoever has no title here.
    """
    printed = _titled(mention.title or before or _before_name(mention), mention.affiliation)
    kept = _titled(known.title, known.affiliation)
    if not printed or not kept:
        return 0.0
    shared = set(printed.split()) & set(kept.split())
    return fuzz.token_set_ratio(printed, kept) / 100 if shared else -1.0


@lru_cache(maxsize=4096)
def _titled(title: str, affiliation: str) -> str:
    words = _WORD.findall(f"{title} {affiliation}".casefold())
    return " ".join(_stem(word) for word in words if word not in _SMALL_WORDS)


def _stem(word: str) -> str:
    """Russia and Russian, minister and ministry, president and presidential are about the same office."""
    return spelled(word[:6]) if word.isascii() else word


def _before_name(mention: Mention) -> str:
    """What stands before the name in the mention: ``mayor`` of ``mayor Ines Duarte``."""
    printed = mention.mention
    name = _bare_name(printed, "")
    return printed.removesuffix(name).strip(" ,") if printed != name else ""


@lru_cache(maxsize=4096)
def _bare_name(printed: str, title: str) -> str:
    """``printed`` without its title, and without small words in front unless they belong to names, as in bin Laden."""
    rest = printed.strip()
    if title and rest.casefold().startswith(f"{title.casefold()} "):
        rest = rest[len(title) :].strip(" ,")
    words = rest.split()
    if any(not word.islower() for word in words):
        while words[0].islower() and words[0].split("-")[0] not in PARTICLES:
            words = words[1:]
    return " ".join(words)


@lru_cache(maxsize=4096)
def _endings(name: str) -> tuple[str, ...]:
    """What of a long name could be the name, where words before it are an office: two to four of its last words."""
    words = name.split()
    return tuple(" ".join(words[-count:]) for count in range(2, min(len(words), 5)))


def _flat(name: str) -> str:
    return " ".join(word.plain for word in take_apart(name).words)
