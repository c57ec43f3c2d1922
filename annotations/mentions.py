"""Names in the text of a comment: ``@ada``. Pure, so that a notebook reads them as the desk does."""

from __future__ import annotations

import re
from collections.abc import Mapping

# What a username may consist of, after an @ that no word, address or path runs into.
NAMED = re.compile(r"(?<![\w.@+/-])@([\w.@+-]*\w[\w.@+-]*)")
# What a username may end with as well as a sentence.
TRAILING = ".@+-"


def names_in(text: str) -> list[str]:
    """The names that a text mentions, without the @, each once, in their order; a full stop may still hang on one."""
    return list(dict.fromkeys(match[1] for match in NAMED.finditer(text)))


def spellings(name: str) -> list[str]:
    """What a name as it stands may mean, in small letters: itself, or without the signs that end a sentence."""
    folded = name.lower()
    return list(dict.fromkeys([folded, folded.rstrip(TRAILING)]))


def mentions_in(text: str, known: Mapping[str, int]) -> tuple[set[int], list[str]]:
    """Whom a text mentions, and the names in it that nobody has.

    :param known: keys of people by username in small letters.
    """
    found, strangers = set(), []
    for name in names_in(text):
        keys = [known[each] for each in spellings(name) if each in known]
        if keys:
            found.add(keys[0])
        else:
            strangers.append(name.rstrip(TRAILING))
    return found, strangers


def pieces_of(text: str, known: Mapping[str, int]) -> list[tuple[str, bool]]:
    """A text in pieces that join to it, each with whether it is a mention of somebody known."""
    pieces, at = [], 0
    for match in NAMED.finditer(text):
        spelling = next((each for each in spellings(match[1]) if each in known), None)
        if spelling is None:
            continue
        end = match.start() + 1 + len(spelling)
        pieces += [(text[at : match.start()], False), (text[match.start() : end], True)]
        at = end
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]
