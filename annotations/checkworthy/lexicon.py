"""The words of a language, read once from ``languages/<code>.json``: phrases that speak for and against a check."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("languages")
ANY = "_"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that are a signal of a kind when they stand in a row; ``_`` stands for any one word."""

    words: tuple[str, ...]
    kind: str

    def stands_in(self, words: Sequence[str]) -> bool:
        return len(words) == len(self.words) and all(
            own in {ANY, word} for own, word in zip(self.words, words, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by their first word, those with most words first; all of it in lower case, with straight apostrophes."""

    phrases: dict[str, tuple[Phrase, ...]]
    stems: tuple[tuple[str, str], ...]
    """Beginnings of words, each with its kind."""
    saying: frozenset[str]
    past: frozenset[str]
    past_ending: str
    """The end of a word that tells the past; empty where none does."""
    first_person: frozenset[str]
    not_names: frozenset[str]
    nouns_are_capitalised: bool

    def phrase_at(self, words: Sequence[str], place: int) -> Phrase | None:
        """The longest phrase that begins with this word."""
        for phrase in self.phrases.get(words[place], ()):
            if phrase.stands_in(words[place : place + len(phrase.words)]):
                return phrase
        for stem, kind in self.stems:
            if words[place].startswith(stem):
                return Phrase((words[place],), kind)
        return None

    def is_past(self, word: str) -> bool:
        if word in self.saying:
            return False
        ending = self.past_ending
        return word in self.past or (bool(ending) and len(word) > len(ending) + 2 and word.endswith(ending))


# What is left where a language has no words of its own: numbers, years and names are found without any.
NO_WORDS = Lexicon({}, (), frozenset(), frozenset(), "", frozenset(), frozenset(), nouns_are_capitalised=False)


@cache
def known_languages() -> frozenset[str]:
    """Codes of the languages with a lexicon."""
    return frozenset(file.stem for file in FOLDER.glob("*.json"))


def lexicon_of(language_code: str) -> Lexicon:
    """The lexicon of a BCP 47 tag; an empty one where there is none."""
    code = language_code.split("-")[0].lower()
    return _read(code) if code in known_languages() else NO_WORDS


@cache
def _read(code: str) -> Lexicon:
    listed: dict[str, Any] = json.loads((FOLDER / f"{code}.json").read_text(encoding="utf-8"))
    phrases: defaultdict[str, list[Phrase]] = defaultdict(list)
    stems: list[tuple[str, str]] = []
    for kind, words in _listed(listed):
        if words.endswith("*"):
            stems.append((words.removesuffix("*"), kind))
        else:
            phrase = Phrase(tuple(words.split()), kind)
            phrases[phrase.words[0]].append(phrase)
    return Lexicon(
        phrases={first: tuple(sorted(found, key=lambda each: -len(each.words))) for first, found in phrases.items()},
        stems=tuple(stems),
        saying=frozenset(listed["saying"].split()),
        past=frozenset(" ".join(listed["past"]).split()),
        past_ending=listed["past_ending"],
        first_person=frozenset(listed["first_person"].split()),
        not_names=frozenset(listed["not_names"].split()),
        nouns_are_capitalised=listed.get("nouns_are_capitalised", False),
    )


def _listed(listed: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each phrase after the name of its kind. What speaks against stands first: of equal words it is what counts."""
    for side in ("against", "for"):
        for kind, lines in listed[side].items():
            for line in lines:
                for words in line.split("|"):
                    yield kind, words.strip()
