"""The people and organisations a text names, and the fullest name of each."""

import re
from collections import Counter
from dataclasses import dataclass, field

from articles.quotation.language import Language
from articles.quotation.names import Run, runs
from articles.quotation.tokens import Tokens

# In tokens: how far titles and explanations around a name are read.
REACH = 12
# A name that is not capitalised for its place alone, over word classes.
AMID = re.compile(r"(?<![.:Q])Z")
# So many people of one surname are told apart; a text that names more is none.
NAMESAKES = 20


@dataclass(slots=True, eq=False)
class Person:
    """Somebody or something with a name of its own, the fullest the text gives."""

    name: str
    words: tuple[str, ...]
    gender: str = ""
    """``f``, ``m``, or nothing where the text does not tell."""
    is_human: bool = False
    """Whether that is certain: a title, an honorific or a first name says so."""
    is_organisation: bool = False
    title: str = ""
    affiliation: str = ""
    full_mentions: list[int] = field(default_factory=list)
    """Tokens at which the full name ends."""


class People:
    """Everybody a text names outside quotation marks, by name and by the token at which a name ends."""

    def __init__(self, tokens: Tokens, language: Language) -> None:
        self.tokens = tokens
        self.language = language
        self.at_token: dict[int, Person] = {}
        self._by_name: dict[tuple[str, ...], Person] = {}
        self._by_word: dict[str, list[Person]] = {}
        singles: list[Run] = []
        self._amid = {
            tokens.words[name.start()]
            for first, ceiling in tokens.sentences
            for name in AMID.finditer(tokens.classes, first + 1, ceiling)
        }
        for first, ceiling in tokens.sentences:
            for run in runs(tokens, first, ceiling, language):
                if run.name_first > run.last:
                    continue
                if run.length > 1 and len(self._words(run)) > 1:
                    self._meet(run)
                else:
                    singles.append(run)
        for run in singles:
            self._meet_again(run)

    def main_person(self) -> Person | None:
        """The human being a text names most often."""
        counts = Counter(id(person) for person in self.at_token.values() if person.is_human)
        return max(
            (person for person in self.at_token.values() if person.is_human),
            key=lambda person: counts[id(person)], default=None,
        )  # fmt: skip

    def called(self, word: str, *, gender: str, near: int) -> Person | None:
        """The one a single name stands for at a token; of several, the one named in full most often before it."""
        known = [
            person
            for person in self._by_word.get(word, [])
            if not (gender and person.gender and gender != person.gender)
        ]
        full = [person for person in known if len(person.words) > 1 and not person.is_organisation]
        ranked = [person for person in full if person.words[-1] == word] or full
        likely = [person for person in ranked if person.is_human] or ranked
        before = [person for person in likely if person.full_mentions[0] < near]
        if before or likely:
            return max(before or likely, key=lambda person: len(person.full_mentions))
        return next((person for person in known if len(person.words) == 1), None)

    def _words(self, run: Run) -> tuple[str, ...]:
        words, suffixes = self.tokens.words[run.name_first : run.last + 1], self.language.naming.suffixes
        return tuple(words if suffixes.isdisjoint(words) else [word for word in words if word not in suffixes])

    def _meet(self, run: Run) -> None:
        words = self._words(run)
        person = self._by_name.get(words) or self._same_person(words) or self._new(run, words)
        self._by_name[words] = person
        person.full_mentions.append(run.last)
        self._learn(person, run)
        for token in range(run.name_first if person.is_organisation else run.last, run.last + 1):
            self.at_token[token] = person

    def _same_person(self, words: tuple[str, ...]) -> Person | None:
        """Somebody of the same surname and first name, with or without a middle name or initial."""
        for person in self._by_word.get(words[-1], []):
            if len(person.words) > 1 and person.words[0] == words[0] and person.words[-1] == words[-1]:
                return person
        return None

    def _new(self, run: Run, words: tuple[str, ...]) -> Person:
        person = Person(self.tokens.printed(run.name_first, run.last), words)
        person.is_organisation = not self.language.naming.organisation_words.isdisjoint(words)
        for word in set(words):
            namesakes = self._by_word.setdefault(word, [])
            if len(namesakes) < NAMESAKES:
                namesakes.append(person)
        return person

    def _meet_again(self, run: Run) -> None:
        """A single name: the surname of somebody known, or a name of its own."""
        words = self._words(run)
        if not words or self.is_common_noun(run):
            return
        gender = self.language.naming.honorifics.get(run.honorific, "")
        person = self.called(words[-1], gender=gender, near=run.last) or self._new(run, words)
        self._learn(person, run)
        self.at_token[run.last] = person

    def is_common_noun(self, run: Run) -> bool:
        """ "Residents" at the beginning of a sentence, never capitalised elsewhere."""
        word = self.tokens.words[run.last]
        opens = run.first == self.tokens.sentences[self.tokens.sentence_of(run.first)][0] or (
            self.tokens.classes[run.first - 1] in ".:QSC"
        )
        return (
            opens
            and not run.honorific
            and word not in self._amid
            and (word.removesuffix("s") in self.language.naming.roles or word.endswith("s"))
        )

    def _learn(self, person: Person, run: Run) -> None:
        """What the words around a name tell: gender, title, affiliation, and whether it is a human being."""
        naming, words = self.language.naming, self.tokens.words
        if run.honorific:
            person.gender = person.gender or naming.honorifics[run.honorific]
            person.is_human = True
        for word in (words[run.name_first], words[run.last]):
            if run.length > 1 and word in naming.first_names and not person.is_organisation:
                person.gender = person.gender or naming.genders[word]
                person.is_human = True
        title, affiliation = self._before(run)
        if not title:
            title, affiliation = self._after(run)
        if not title:
            return
        person.is_human = person.is_human or not person.is_organisation
        for word in title.lower().split():
            if word not in naming.first_names:
                person.gender = person.gender or naming.genders.get(word, "")
        if not person.title:
            person.title, person.affiliation = title, affiliation

    def _before(self, run: Run) -> tuple[str, str]:
        """ "Russian Deputy Foreign Minister" and "Kremlin spokesman" before a name."""
        tokens, naming = self.tokens, self.language.naming
        start = tokens.sentences[tokens.sentence_of(run.last)][0]
        first = run.name_first
        while first > max(start, run.name_first - REACH) and tokens.classes[first - 1] in "NZ":
            first -= 1
        words = tokens.words[first : run.name_first]
        titles = [
            number for number, word in enumerate(words) if word in naming.titles and word not in naming.honorifics
        ]
        if not titles or titles[-1] != len(words) - 1:
            return "", ""
        opening = titles[0]
        while opening > 0 and tokens.classes[first + opening - 1] == "N":
            opening -= 1
        affiliation = tokens.printed(first, first + opening - 1) if opening else ""
        return tokens.printed(first + opening, run.name_first - 1), affiliation

    def _after(self, run: Run) -> tuple[str, str]:
        """ ", principal researcher at Dixon Hall," after a name."""
        tokens = self.tokens
        ceiling = tokens.sentences[tokens.sentence_of(run.last)][1]
        start = run.last + 1
        if start >= ceiling or tokens.classes[start] != ",":
            return "", ""
        start += 1
        while start < ceiling and tokens.classes[start] == "D":
            start += 1
        end = self._while_in(start, ceiling, "NZVGC")
        closes = end >= ceiling or tokens.classes[end] in ",.I-"
        is_described = tokens.classes[start - 1] == "D" and end > start and tokens.classes[end - 1] == "N" and closes
        if not (is_described or any(word in self.language.naming.titles for word in tokens.words[start:end])):
            return "", ""
        title = tokens.printed(start, end - 1)
        if end < ceiling and tokens.words[end] in self.language.naming.affiliating:
            last = self._while_in(end + 1, ceiling, "DNZI") - 1
            opening = end + 1
            if opening <= last and tokens.classes[opening] == "D":
                opening += 1
            if opening <= last:
                return title, tokens.printed(opening, last)
        return title, ""

    def _while_in(self, start: int, ceiling: int, classes: str) -> int:
        end = start
        while end < min(ceiling, start + REACH) and self.tokens.classes[end] in classes:
            end += 1
        return end
