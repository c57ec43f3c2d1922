"""Whether a text that was stored later bears on a claim: it names whom the claim names, and speaks of the same matter.

Pure. A text that shares a name alone is about the same people and something else; one that shares the matter alone is
about other people. So the names and the other telling words of a claim are weighed apart, each by the share that the
text has of them, and both must be met. Words that stand in news of every kind tell nothing (``everyday_words.json``),
nor do days, months and years. A given name is not shared where the text goes on with another surname.

Chosen on claims and sources of our own, and confirmed on others (tests/annotations/later).
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# The mean of both shares from which a text bears on a claim.
LEAST = 0.4
FEWEST = 2
# Where nouns have capitals, a capital makes no name.
NOUNS_HAVE_CAPITALS = frozenset({"de", "lb"})
_EVERYDAY = Path(__file__).parent / "data" / "everyday_words.json"
_WORD = re.compile(r"[^\W_]+(?:[.,-][^\W_]+)*")
# What may stand before the first word of a sentence, beside its beginning.
_BEGINS = re.compile(r"(?:\A|[.!?…:»”\"\n])\s*[«“„\"(]*\Z")
_BEFORE = 8
_SMALL, _YEARS = 31, range(1900, 2100)

Lexemes = Mapping[str, frozenset[str]]
"""A word as it stands, in small letters, and as it is searched."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands, and in small letters.

    :ivar is_capital: it has a capital, or letters that have none.
    :ivar begins: it begins a sentence.
    :ivar is_next: nothing but a space parts it from the word before.
    """

    standing: str
    text: str
    is_capital: bool
    begins: bool
    is_next: bool

    @property
    def is_caseless(self) -> bool:
        return self.standing[0].isalpha() and self.standing[0].lower() == self.standing[0].upper()


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim in words that may tell.

    :ivar names: words with a capital, those that stand together together.
    :ivar firsts: words that have a capital because they begin a sentence, perhaps.
    :ivar others: the other words, and figures.
    :ivar nouns: whether names may be common nouns.
    """

    names: Sequence[Sequence[str]]
    firsts: Sequence[str]
    others: Sequence[str]
    nouns: bool = False

    @property
    def words(self) -> set[str]:
        return {*(word for name in self.names for word in name), *self.firsts, *self.others}


@dataclass(frozen=True, slots=True)
class Reading:
    """A text: its words as they are searched, and what follows those with a capital inside its sentences.

    :ivar followers: by word, the words with a capital that stand behind it; an empty one where there is none.
    """

    lexemes: frozenset[str]
    followers: Mapping[str, frozenset[str]]


def words_of(text: str) -> Iterator[Word]:
    """The words of a text in their order; a possessive is two."""
    end = 0
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        begins = bool(_BEGINS.search(text[max(0, start - _BEFORE) : start]))
        is_next = not begins and text[end:start] == " "
        # Scripts without capitals leave open which words are names.
        is_capital = word[0].isalpha() and word[0].upper() == word[0]
        yield Word(word, word.casefold(), is_capital=is_capital, begins=begins, is_next=is_next)
        end = match.end()


def is_telling(word: str) -> bool:
    """Neither of every kind of news nor of a date, nor a letter alone."""
    if word.isdecimal():
        return int(word) > _SMALL and int(word) not in _YEARS
    return len(word) > 1 and word not in everyday_words()


@cache
def everyday_words() -> frozenset[str]:
    lists = json.loads(_EVERYDAY.read_text(encoding="utf-8"))
    return frozenset(word for name, words in lists.items() if name != "about" for word in words.split())


def read_statement(text: str, *, language: str) -> Statement:
    """:param language: of the claim, as a BCP 47 tag."""
    runs: list[list[Word]] = []
    others: list[str] = []
    caseless: list[str] = []
    goes_on = False
    for word in words_of(text):
        if word.is_caseless:
            caseless.append(word.text)
        elif not word.is_capital:
            others.append(word.text)
        elif goes_on and word.is_next:
            runs[-1].append(word)
        else:
            runs.append([word])
        goes_on = word.is_capital and not word.is_caseless
    names = [[word.text for word in run if is_telling(word.text)] for run in runs if len(run) > 1 or not run[0].begins]
    firsts = [run[0].text for run in runs if len(run) == 1 and run[0].begins]
    return Statement(
        names=[*(name for name in names if name), *([word] for word in caseless)],
        firsts=[word for word in firsts if is_telling(word)],
        others=[word for word in others if is_telling(word)],
        nouns=bool(caseless) or language.split("-")[0].lower() in NOUNS_HAVE_CAPITALS,
    )


def read_followers(text: str) -> Mapping[str, frozenset[str]]:
    """See :class:`Reading`."""
    found: dict[str, set[str]] = defaultdict(set)
    words = list(words_of(text))
    for word, following in zip(words, [*words[1:], None], strict=True):
        if word.is_capital and not word.begins:
            is_name = following is not None and following.is_capital and following.is_next
            found[word.text].add(following.text if is_name and following else "")
    return {word: frozenset(following) for word, following in found.items()}


def bearing_of(claim: Statement, text: Reading, lexemes: Lexemes) -> tuple[float, set[str]]:
    """How much a text bears on a claim, from 0 to 1, and the lexemes they share.

    :param lexemes: of every word of the claim.
    """
    firsts = [word for word in claim.firsts if word in text.followers]
    names = [*claim.names, *([word] for word in firsts)]
    known = {word for name in names for word in name}
    named = _searched(known, lexemes)
    # A word that begins the claim and is nowhere in the text may be a name or none.
    plain = {word for word in claim.firsts if lexemes.get(word, frozenset()) <= text.lexemes} - set(firsts)
    others = _searched({*claim.others, *plain}, lexemes) | (named if claim.nouns else set())
    met = {each for each in _searched(_named_in(text, names, known), lexemes) if each <= text.lexemes}
    shared = {each for each in others if each <= text.lexemes}
    if not met or not shared or len(met | shared) < FEWEST:
        return 0.0, set()
    share = (len(met) / len(named) + len(shared) / len(others)) / 2
    return share, {lexeme for each in met | shared for lexeme in each}


def _searched(words: Iterable[str], lexemes: Lexemes) -> set[frozenset[str]]:
    """Words as they are searched, each once, without those that are not."""
    return {lexemes[word] for word in words if lexemes.get(word)}


def _named_in(text: Reading, names: Iterable[Sequence[str]], known: Collection[str]) -> Iterator[str]:
    """The words of names without those that are part of another name wherever the text has them."""
    for name in names:
        for place, word in enumerate(name):
            following = text.followers.get(word, frozenset())
            if place + 1 < len(name) and following and following.isdisjoint({"", *known}):
                continue
            yield word
