"""Whom the pronouns and short names of a stretch mean, by the names that the text before it gives in full."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from articles.quotation.extract import Reading
from articles.quotation.language import known_languages, language, language_of
from articles.quotation.people import Person
from articles.quotation.prose import is_prose
from articles.quotation.quotations import Range
from articles.quotation.resolving import Resolver

# Word classes before which "her" is whose, and not whom.
OWNED = frozenset("NZGMV")


@dataclass(frozen=True, slots=True)
class Meant:
    """A pronoun or a part of a name outside quotation marks, and the fullest name in the text it stands for."""

    where: Range
    name: str
    is_possessive: bool = False


def who_is_meant(text: str, start: int, end: int, *, language_code: str = "") -> list[Meant]:
    """The mentions within ``[start, end)`` that say less than the name, each person once, in order.

    A pronoun is left alone where the stretch names somebody before it, or where it is drawn together with its verb.
    Nobody is meant where the text gives no name, and in languages without a lexicon.
    """
    reading = _reading_of(text, language_code)
    if reading is None:
        return []
    found: list[Meant] = []
    named: set[str] = set()
    for token, person in _mentions(reading, start, end):
        where = Range(reading.tokens.starts[token], reading.tokens.ends[token])
        if person.name in named or text[: where.end].endswith(person.name):
            named.add(person.name)
            continue
        named.add(person.name)
        found.append(Meant(where, person.name, _is_possessive(reading, token)))
    return found


@lru_cache(maxsize=4)
def _reading_of(text: str, language_code: str) -> Reading | None:
    code = language_code.split("-")[0].lower() if language_code else language_of(text)
    return Reading(text, language(code)) if code in known_languages() and is_prose(text) else None


def _mentions(reading: Reading, start: int, end: int) -> Iterator[tuple[int, Person]]:
    """Tokens that mention somebody, with whom; whoever spoke before the stretch is remembered."""
    tokens, naming = reading.tokens, reading.language.naming
    resolver = Resolver(tokens, reading.language)
    for candidate in reading.candidates():
        if candidate.start >= start:
            break
        resolver.speaker_of(candidate)
    is_anybody_named = False
    for token in range(bisect_left(tokens.starts, start), bisect_right(tokens.ends, end)):
        if tokens.words[token] in naming.pronouns and tokens.classes[token] in "PD":
            # Whoever the stretch names before is as likely meant as anybody before it.
            is_short = tokens.words[token + 1 : token + 2] and tokens.words[token + 1].startswith("'")
            person = resolver.antecedent(token, naming.pronouns[tokens.words[token]])
            if person is not None and not is_short and not is_anybody_named:
                yield token, person
        elif (named := resolver.people.at_token.get(token)) is not None and not named.is_organisation:
            is_anybody_named = True
            if len(named.words) > 1:
                yield token, named


def _is_possessive(reading: Reading, token: int) -> bool:
    tokens = reading.tokens
    if tokens.words[token] not in reading.language.grammar.class_of or tokens.classes[token] == "Z":
        return False
    following = tokens.classes[token + 1 : token + 2]
    return tokens.words[token] not in {"he", "she"} and following in OWNED
