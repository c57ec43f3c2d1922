"""Words of names in one spelling: those that differ by romanisation alone, and, coarser, what a word is found by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

_DOUBLED = re.compile(r"([bcdfghjklmnpqrstvwxz])\1")
# In this order: where the letters stand in a word, what is written for the pattern, or without one for the letters.
_SPELLINGS: Final = tuple(
    (letters, re.compile(pattern) if pattern else None, right)
    for letters, pattern, right in (
        ("mac", r"^mac(?=[b-df-hj-np-tv-z]...)", "mc"),
        ("abd", r"^abd[ue][lr](?=...)", "abdul"),
        ("ye", r"^ye(?=[vkgmr])", "e"),
        ("ph", "", "f"),
        ("kh", "", "h"),
        ("tsch", "", "ch"),
        ("sch", "", "sh"),
        ("x", "", "ks"),
        ("ou", "", "u"),
        ("w", "", "v"),
        ("of", r"(?<=..)o(?:ff|f)$", "ov"),
        ("ef", r"(?<=..)e(?:ff|f)$", "ev"),
        ("", r"(?<=..)[iyj]+$", "i"),
        ("", r"[iyj]{2,}", "i"),
        ("", r"(?<=[aeou])[yj](?=[^aeiou]|$)", "i"),
        ("", r"(?<=[^aeiouyj])[yj](?=[aeou])", "i"),
    )
)
_SOUNDS: Final = tuple(
    (letters, re.compile(pattern) if pattern else None, right)
    for letters, pattern, right in (
        ("and", r"(?<=.)andr?er?$", "andr"),
        ("v", r"(?:ch|sh)(?:i?o|e)v$", "kav"),
        ("ee", "", "i"),
        ("oo", "", "u"),
        ("e", r"ae|ea", "a"),
        ("oe", "", "o"),
        ("ue", "", "u"),
        ("", r"sh|zh|ts|tz|z", "s"),
        ("", r"ck|ch|c|q", "k"),
        ("th", "", "t"),
        ("h", r"(?<=[aeiou])h(?![aeiou])", ""),
        ("e", "", "a"),
        ("o", "", "u"),
        ("", r"[yj]", "i"),
        ("", r"(.)\1+", r"\1"),
    )
)
# Given names whose romanisations differ by more than rules can tell; one family a line, the first stands for all.
_FAMILIES = """
muhammad mohammed mohamed mohammad muhammed mohamad muhamad mohamud mahammad
hussein husain hussain hossein husayn hussayn houssein husein hossain
yusuf yousef youssef yousuf yusef youssouf yussuf
ahmad ahmed achmed
abdullah abdallah abdulla abdalla
omar umar
osman othman uthman
said saeed saeid sayeed
khaled khalid
mahmoud mahmud mahmood
mustafa mostafa moustafa
ibrahim ebrahim ibraheem
suleiman sulaiman sulayman soliman
faisal feisal faysal
nasser nasir naser
rashid rasheed rachid
saleh salih
tariq tarek tarik tareq
qasim kassem qassem kasim qasem
gaddafi qaddafi kadhafi qadhafi gadhafi
alexander aleksandr aleksander alexandr aleksandar oleksandr
dmitry dmitri dimitri dmitrii dmitriy dimitry dmytro
yuri yury iouri yurii jurij yuriy
evgeny yevgeny evgeni yevgeni evgeniy yevgeniy evgenii
mikhail michail mykhailo
nikolai nikolay nicolai nikolaj mykola
sergei sergey sergej serhiy serhii
"""


@lru_cache(maxsize=16384)
def spelled(word: str) -> str:
    """A word in plain letters as one of its romanisations: ``zelenskyy``, ``zelenskiy`` and ``zelensky`` are one.

    Words with the same spelling may be taken for the same name; ``lee`` and ``li``, ``chen`` and ``ken`` stay apart.
    """
    ruled = _ruled(word)
    return _FAMILY_OF.get(ruled, ruled)


def _ruled(word: str) -> str:
    if not word.isascii():
        return word
    return _DOUBLED.sub(r"\1", _rewritten(word, _SPELLINGS))


def _rewritten(word: str, rules: Iterable[tuple[str, re.Pattern[str] | None, str]]) -> str:
    for letters, pattern, right in rules:
        if letters in word:
            word = pattern.sub(right, word) if pattern else word.replace(letters, right)
    return word


_FAMILY_OF: Final = {
    _ruled(name): _ruled(family.split()[0]) for family in _FAMILIES.strip().splitlines() for name in family.split()
}


@lru_cache(maxsize=16384)
def sound(word: str) -> str:
    """What a word in plain letters is found by: coarser than :func:`spelled`, so that no right one is missed.

    Words of one spelling have one sound. The reverse does not hold: ``chen`` and ``ken`` sound alike.
    """
    key = spelled(word)
    if not key.isascii():
        return key
    return _rewritten(key, _SOUNDS)
