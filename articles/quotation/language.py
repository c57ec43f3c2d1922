"""The words of a language, read once from ``languages/<code>/``: grammar, cues, people."""

import json
import re
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("languages")
# Of the lists of grammar.json in this order, the first that has a word decides its class.
CLASS_OF_LIST = {
    "auxiliary": "X", "pronoun": "P", "possessive": "D", "determiner": "D", "wh": "W", "conjunction": "C",
    "subordinator": "S", "number": "M", "adverb": "R", "preposition": "I", "verb": "V", "base_verb": "B",
}  # fmt: skip
ENDS_IN_Y = re.compile(r"[^aeiou]y$")
TAKES_ES = re.compile(r"(?:s|x|ch|sh)$")
# Of the words at the beginning of a text: so many are looked at, and this share tells its language.
TELLING_WORDS, TELLING_SHARE = 400, 0.12
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Grammar:
    """Word classes, and the closed lists that rules look words up in; lists are named as in grammar.json."""

    class_of: dict[str, str]
    cue_forms: frozenset[str]
    noun_forms: frozenset[str]
    """Cues in forms that are nouns as well."""
    time_nouns: frozenset[str]
    weekdays: frozenset[str]
    before_time: frozenset[str]
    shortly: frozenset[str]
    after_words: frozenset[str]
    name_particles: frozenset[str]
    within_names: frozenset[str]
    """Words that may stand within the name of an organisation: "Ministry of Agriculture"."""
    event_nouns: frozenset[str]
    work_nouns: frozenset[str]
    plural_nouns: frozenset[str]
    pronominal: frozenset[str]
    phrase_prepositions: frozenset[str]
    inverted_prepositions: frozenset[str]
    adjunct_prepositions: frozenset[str]
    event_prepositions: frozenset[str]
    ending_words: frozenset[str]
    stranded: frozenset[str]
    """Prepositions after which a verb may follow: "the paper he worked for reported"."""
    relatives: frozenset[str]
    after_that: frozenset[str]
    """Words that make "that" point at something: "that same day"."""
    not_questions: frozenset[str]
    whether: frozenset[str]
    object_pronouns: frozenset[str]
    first_person: frozenset[str]
    plural_subjects: frozenset[str]
    not_reported: frozenset[str]
    contrasts: frozenset[str]
    subordinate: frozenset[str]
    indefinite: frozenset[str]
    floating: frozenset[str]
    """Determiners that follow their noun: "the two have both said"."""
    definite: frozenset[str]
    things: frozenset[str]
    be: frozenset[str]
    let: frozenset[str]
    there: frozenset[str]
    telltale: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb, with the words that belong to it, and the constructions it takes."""

    lemma: str
    rest: tuple[str, ...]
    frames: frozenset[str]

    @property
    def name(self) -> str:
        return " ".join((self.lemma, *self.rest))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Cues by the forms of their verb; of one form, those with most words first."""

    cues: dict[str, tuple[Cue, ...]]
    also_nouns: frozenset[str]
    nouns: frozenset[str]
    """Nouns that take what was said: "a warning that …"."""
    blocks: dict[str, frozenset[str]]
    plain: frozenset[str]
    """Verbs that do nothing but say."""
    according: tuple[tuple[str, ...], ...]
    as_words: frozenset[str]
    asked: frozenset[str]
    about: frozenset[str]
    by: frozenset[str]
    unchanged: frozenset[str]
    """Verbs whose past is their base form."""
    not_speakers: frozenset[str]
    """What suggests and shows, but does not speak."""
    naming: frozenset[str]
    """Participles before the title of something."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Words in and around names."""

    honorifics: dict[str, str]
    """With the gender they tell: ``f``, ``m`` or nothing."""
    pronouns: dict[str, str]
    affiliating: frozenset[str]
    """Prepositions between a title and whom its bearer belongs to."""
    titles: frozenset[str]
    roles: frozenset[str]
    genders: dict[str, str]
    """Nouns and first names that tell a gender."""
    first_names: frozenset[str]
    suffixes: frozenset[str]
    postnominals: frozenset[str]
    """Letters after a name that do not belong to it: "KC", "MP"."""
    nationalities: frozenset[str]
    organisation_words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    grammar: Grammar
    lexicon: Lexicon
    naming: Naming


@cache
def known_languages() -> tuple[str, ...]:
    """Codes of the languages with a lexicon."""
    return tuple(sorted(folder.name for folder in FOLDER.iterdir() if (folder / "cues.json").is_file()))


@cache
def language(code: str) -> Language:
    """:raises FileNotFoundError: where the language has no lexicon."""
    lexicon = _lexicon(_read(code, "cues"))
    return Language(code, _grammar(_read(code, "grammar"), lexicon), lexicon, _naming(_read(code, "people")))


def language_of(text: str) -> str:
    """The known language whose small words a text is full of, or nothing."""
    words = [found.group().lower() for found, _ in zip(WORD.finditer(text), range(TELLING_WORDS), strict=False)]
    shares = {
        code: sum(word in language(code).grammar.telltale for word in words) / max(1, len(words))
        for code in known_languages()
    }
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] >= TELLING_SHARE else ""


def forms_of(verb: str, irregular: dict[str, Any]) -> frozenset[str]:
    """Base form, third person, past and participles of an English verb."""
    if verb in irregular:
        return frozenset((verb, *_words(irregular[verb])))
    if ENDS_IN_Y.search(verb):
        return frozenset((verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"))
    third = verb + ("es" if TAKES_ES.search(verb) else "s")
    past = verb + ("d" if verb.endswith("e") else "ed")
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    return frozenset((verb, third, past, stem + "ing"))


def _read(code: str, name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((FOLDER / code / f"{name}.json").read_text(encoding="utf-8"))
    return read


def _words(listed: str | list[str]) -> list[str]:
    """Words of one string, or of several lines of them."""
    return (listed if isinstance(listed, str) else " ".join(listed)).split()


def _set(listed: str | list[str]) -> frozenset[str]:
    return frozenset(_words(listed))


def _grammar(read: dict[str, Any], lexicon: Lexicon) -> Grammar:
    class_of: dict[str, str] = {"that": "T", "to": "O"}
    for name, letter in CLASS_OF_LIST.items():
        for word in _words(read["classes"][name]):
            class_of.setdefault(word, letter)
    named = {field.name for field in fields(Grammar)}
    lists = {name: _set(words) for name, words in read["lists"].items() if name in named}
    return Grammar(class_of, frozenset(lexicon.cues), lexicon.also_nouns, **lists)


def _lexicon(read: dict[str, Any]) -> Lexicon:
    frames: dict[tuple[str, tuple[str, ...]], set[str]] = {}
    for taken, lemmas in read["verbs"].items():
        for lemma in _words(lemmas):
            verb, *rest = lemma.split("_")
            frames.setdefault((verb, tuple(rest)), set()).update(taken.split())
    for phrase in read["phrases"]:
        for rest_words in phrase["rest"]:
            frames.setdefault((phrase["verb"], tuple(rest_words.split())), set()).update(phrase["frames"].split())
    cues: dict[str, list[Cue]] = {}
    for (verb, rest_of_cue), taken_frames in frames.items():
        forms = forms_of(verb, read["irregular"])
        for form in forms - {verb} if verb in read["without_base_form"] else forms:
            cues.setdefault(form, []).append(Cue(verb, rest_of_cue, frozenset(taken_frames)))
    return Lexicon(
        {form: tuple(sorted(found, key=lambda cue: -len(cue.rest))) for form, found in cues.items()},
        also_nouns=_set(read["also_nouns"]),
        nouns=_set(read["nouns"]),
        blocks={verb: _set(words) for verb, words in read["blocks"].items()},
        plain=_set(read["plain"]),
        according=tuple(tuple(phrase.split()) for phrase in read["according"]),
        as_words=_set(read["as"]), asked=_set(read["asked"]), about=_set(read["about"]), by=_set(read["by"]),
        unchanged=_set(read["unchanged"]), naming=_set(read["naming"]),
        not_speakers=_set(read["not_speakers"]),
    )  # fmt: skip


def _naming(read: dict[str, Any]) -> Naming:
    male, female = _words(read["first_names_male"]), _words(read["first_names_female"])
    genders = dict.fromkeys((*male, *_words(read["male"])), "m")
    for word in (*female, *_words(read["female"])):
        genders[word] = "" if word in genders else "f"
    return Naming(
        read["honorifics"], pronouns=read["pronouns"], affiliating=_set(read["affiliating"]),
        titles=_set(read["titles"]), roles=_set(read["role_nouns"]), genders=genders,
        first_names=frozenset((*male, *female)), suffixes=_set(read["suffixes"]),
        postnominals=_set(read["postnominals"]),
        nationalities=_set(read["nationalities"]), organisation_words=_set(read["organisation_words"]),
    )  # fmt: skip
