"""The words of a language, read once from ``languages/<code>/``."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("languages")
# Classes of the lists in grammar.json; the first list that has a word decides.
CLASS_OF_LIST = (
    ("auxiliary", "X"), ("pronoun", "P"), ("possessive", "D"), ("determiner", "D"), ("wh", "W"), ("conjunction", "C"),
    ("subordinator", "S"), ("number", "M"), ("adverb", "R"), ("preposition", "I"), ("verb", "V"), ("base_verb", "B"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grammar:
    """The closed classes of words, and the forms of verbs."""

    class_of: dict[str, str]
    never_names: frozenset[str]
    cue_forms: frozenset[str]
    time_nouns: frozenset[str]
    weekdays: frozenset[str]
    name_particles: frozenset[str]
    event_nouns: frozenset[str]
    plural_nouns: frozenset[str]
    pronominal: frozenset[str]
    """Determiners that may stand without a noun."""
    also_nouns: frozenset[str]
    """Forms of verbs that are nouns as well."""
    works: frozenset[str]
    """Things with titles: books and the like."""


@dataclass(frozen=True, slots=True)
class Cue:
    """How somebody may be said to have said something: a verb with the words that belong to it, and what follows.

    ``rest`` are the words after the verb, none for most; ``frames`` are the constructions it takes.
    """

    lemma: str
    rest: tuple[str, ...]
    frames: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Cues by the forms of their verb; of one form, those with most words first."""

    cues: dict[str, tuple[Cue, ...]]
    nouns: frozenset[str]
    blocks: dict[str, frozenset[str]]
    according: tuple[tuple[str, ...], ...]
    as_words: frozenset[str]
    """Conjunctions that give the next clause as somebody's: "as she noted, …"."""
    plain: frozenset[str]
    """Verbs that do nothing but say."""
    also_nouns: frozenset[str]
    unchanged: frozenset[str]
    """Verbs whose past is their base form."""

    def is_past(self, form: str) -> bool:
        return form in self.unchanged


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    grammar: Grammar
    lexicon: Lexicon
    honorifics: dict[str, str]
    """Honorifics with the gender they tell: ``f``, ``m`` or nothing."""
    titles: frozenset[str]
    roles: frozenset[str]
    genders: dict[str, str]
    """Nouns and first names that tell a gender."""
    first_names: frozenset[str]
    suffixes: frozenset[str]
    nationalities: frozenset[str]
    organisation_words: frozenset[str]


def known_languages() -> list[str]:
    return sorted(folder.name for folder in FOLDER.iterdir() if (folder / "cues.json").is_file())


@cache
def language(code: str) -> Language:
    """:raises FileNotFoundError: where the language has no lexicon."""
    lexicon, forms = _lexicon(_read(code, "cues"))
    people = _read(code, "people")
    lists = {name: people[name].split() for name in people if name != "honorifics"}
    genders = {word: "m" for word in lists["first_names_male"] + lists["male"]}
    for word in lists["first_names_female"] + lists["female"]:
        genders[word] = "" if word in genders else "f"
    return Language(
        code, _grammar(_read(code, "grammar"), forms, lexicon.also_nouns), lexicon, people["honorifics"],
        titles=frozenset(lists["titles"]), roles=frozenset(lists["role_nouns"]), genders=genders,
        first_names=frozenset(lists["first_names_male"] + lists["first_names_female"]),
        suffixes=frozenset(lists["suffixes"]), nationalities=frozenset(lists["nationalities"]),
        organisation_words=frozenset(lists["organisation_words"]),
    )  # fmt: skip


def _read(code: str, name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((FOLDER / code / f"{name}.json").read_text(encoding="utf-8"))
    return read


def _grammar(lists: dict[str, str], cue_forms: frozenset[str], also_nouns: frozenset[str]) -> Grammar:
    class_of: dict[str, str] = {"that": "T", "to": "O"}
    for name, letter in CLASS_OF_LIST:
        for word in lists[name].split():
            class_of.setdefault(word, letter)
    closed = frozenset(word for word, letter in class_of.items() if letter not in "VB")
    return Grammar(
        class_of, closed, cue_forms,
        time_nouns=frozenset(lists["time_noun"].split()),
        weekdays=frozenset(lists["weekday"].split()),
        name_particles=frozenset(lists["name_particle"].split()),
        event_nouns=frozenset(lists["event_noun"].split()),
        pronominal=frozenset(lists["pronominal"].split()),
        also_nouns=also_nouns,
        works=frozenset(lists["work_noun"].split()),
        plural_nouns=frozenset(lists["plural_irregular"].split()),
    )  # fmt: skip


def _lexicon(read: dict[str, Any]) -> tuple[Lexicon, frozenset[str]]:
    frames: dict[tuple[str, tuple[str, ...]], set[str]] = {}
    for group in read["verbs"]:
        for lemma in group["lemmas"].split():
            verb, *rest = lemma.split("_")
            frames.setdefault((verb, tuple(rest)), set()).update(group["frames"].split())
    for phrase in read["phrases"]:
        for rest_words in phrase["rest"].split("|"):
            frames.setdefault((phrase["verb"], tuple(rest_words.split())), set()).update(phrase["frames"].split())
    cues: dict[str, list[Cue]] = {}
    for (verb, rest), taken in frames.items():
        forms = forms_of(verb, read["irregular"])
        for form in forms - {verb} if verb in read["without_base"].split() else forms:
            cues.setdefault(form, []).append(Cue(verb, rest, frozenset(taken)))
    ordered = {form: tuple(sorted(found, key=lambda cue: -len(cue.rest))) for form, found in cues.items()}
    lexicon = Lexicon(
        ordered,
        nouns=frozenset(form for noun in read["nouns"].split() for form in (noun, noun + "s")),
        blocks={verb: frozenset(words.split()) for verb, words in read["blocks"].items()},
        according=tuple(tuple(phrase.split()) for phrase in read["according"]),
        as_words=frozenset(read["as"].split()),
        plain=frozenset(read["plain"].split()),
        also_nouns=frozenset(read["also_nouns"].split()),
        unchanged=frozenset(("put", "read", "hit", "let", "bet", "cast")),
    )
    return lexicon, frozenset(ordered)


def forms_of(verb: str, irregular: dict[str, str]) -> frozenset[str]:
    """Base form, third person, past and participles."""
    if verb in irregular:
        return frozenset((verb, *irregular[verb].split()))
    third = verb[:-1] + "ies" if re.search(r"[^aeiou]y$", verb) else verb + ("es" if re.search(r"(s|x|ch|sh)$", verb) else "s")
    stem = verb[:-1] if verb.endswith("e") else verb
    past = verb[:-1] + "ied" if re.search(r"[^aeiou]y$", verb) else stem + "ed"
    return frozenset((verb, third, past, stem + "ing"))
