"""The people and organisations a text names, and the fullest name of each."""

import re
from dataclasses import dataclass, field

from articles.quotation.language import Language
from articles.quotation.names import Run, runs
from articles.quotation.tokens import Tokens

POSSESSIVE = re.compile(r"['’]s?$")
# In tokens: how far titles and explanations around a name are read.
REACH = 12


@dataclass(slots=True, eq=False)
class Person:
    """Somebody or something with a name of its own."""

    name: str
    words: tuple[str, ...]
    first_token: int
    gender: str = ""
    is_person: bool = False
    """Whether it is certainly a human being."""
    title: str = ""
    affiliation: str = ""
    mentions: int = 1
    full_mentions: list[int] = field(default_factory=list)


class People:
    """Everybody a text names outside quotation marks, found by any part of the name."""

    def __init__(self, tokens: Tokens, language: Language) -> None:
        self.tokens = tokens
        self.language = language
        self.by_name: dict[tuple[str, ...], Person] = {}
        self.by_surname: dict[str, list[Person]] = {}
        self.at_token: dict[int, Person] = {}
        """The person whose name ends at a token."""
        singles: list[Run] = []
        for first, ceiling in tokens.sentences:
            for run in runs(tokens, first, ceiling, language):
                if run.name_first > run.last:
                    continue
                if self._words(run)[1:]:
                    self._meet(run)
                else:
                    singles.append(run)
        for run in singles:
            self._meet_again(run)

    def _words(self, run: Run) -> tuple[str, ...]:
        words = self.tokens.words[run.name_first : run.last + 1]
        return tuple(word for word in words if word not in self.language.naming.suffixes)

    def _meet(self, run: Run) -> Person:
        words = self._words(run)
        person = self.by_name.get(words)
        if person is None:
            person = self._same_person(words) or self._new(run, words)
            self.by_name[words] = person
        person.mentions += 1
        person.full_mentions.append(run.last)
        self._learn(person, run)
        self.at_token[run.last] = person
        return person

    def _same_person(self, words: tuple[str, ...]) -> Person | None:
        """Somebody of the same surname and first name with or without a middle name or initial."""
        for person in self.by_surname.get(words[-1], []):
            if len(person.words) > 1 and len(words) > 1 and person.words[0] == words[0]:
                return person
        return None

    def _new(self, run: Run, words: tuple[str, ...]) -> Person:
        person = Person(self.tokens.printed(run.name_first, run.last), words, run.name_first)
        self.by_surname.setdefault(words[-1], []).append(person)
        return person

    def _meet_again(self, run: Run) -> None:
        """A single name: a surname or a first name of somebody known, or a name of its own."""
        words = self._words(run)
        if not words:
            return
        person = self.person_called(words[-1], gender=self.language.naming.honorifics.get(run.honorific, ""), near=run.last)
        if person is None:
            person = self.by_name.get(words) or self._new(run, words)
            self.by_name[words] = person
        person.mentions += 1
        self._learn(person, run)
        self.at_token[run.last] = person

    def person_called(self, surname: str, *, gender: str, near: int) -> Person | None:
        """The one a single name stands for here; of several, the one last named in full."""
        known = [
            person
            for person in self.by_surname.get(surname, [])
            if not (gender and person.gender and gender != person.gender)
        ]
        full = [person for person in known if len(person.words) > 1]
        if len(full) > 1:
            likely = [person for person in full if person.is_person] or full
            before = [person for person in likely if person.full_mentions and person.full_mentions[0] < near]
            return max(before or likely, key=lambda person: len(person.full_mentions))
        return (full or known or [None])[0]

    def _learn(self, person: Person, run: Run) -> None:
        """What the words around a name tell: gender, title, affiliation, and whether it is a human being."""
        language, tokens = self.language, self.tokens
        if run.honorific:
            person.gender = person.gender or language.naming.honorifics[run.honorific]
            person.is_person = True
        first_name = tokens.words[run.name_first]
        if run.length > 1 and first_name in language.naming.first_names and tokens.words[run.last] not in language.naming.organisation_words:
            person.gender = person.gender or language.naming.genders[first_name]
            person.is_person = True
        title, affiliation = self._before(run)
        if not title:
            title, affiliation = self._after(run)
        if title:
            person.is_person = person.is_person or tokens.words[run.last] not in language.naming.organisation_words
            for word in title.lower().split():
                person.gender = person.gender or (language.naming.genders.get(word, "") if word not in language.naming.first_names else "")
            if not person.title:
                person.title, person.affiliation = title, affiliation

    def _before(self, run: Run) -> tuple[str, str]:
        """ "Russian Deputy Foreign Minister" and "Kremlin spokesman" before a name."""
        tokens, language = self.tokens, self.language
        first = run.name_first
        while first > 0 and run.name_first - first < REACH and tokens.classes[first - 1] in "NZ" and tokens.sentence_of(
            first - 1
        ) == tokens.sentence_of(run.last):
            first -= 1
        words = tokens.words[first : run.name_first]
        titles = [
            number for number, word in enumerate(words)
            if word in language.naming.titles and word not in language.naming.honorifics
        ]  # fmt: skip
        if not titles or titles[-1] != len(words) - 1:
            return "", ""
        opening = titles[0]
        while opening > 0 and tokens.classes[first + opening - 1] == "N":
            opening -= 1
        affiliation = tokens.printed(first, first + opening - 1) if opening else ""
        return tokens.printed(first + opening, run.name_first - 1), affiliation

    def _after(self, run: Run) -> tuple[str, str]:
        """ ", principal researcher at Dixon Hall," after a name."""
        tokens, language = self.tokens, self.language
        ceiling = tokens.sentences[tokens.sentence_of(run.last)][1]
        start = run.last + 1
        if start >= ceiling or tokens.classes[start] != ",":
            return "", ""
        start += 1
        while start < ceiling and tokens.classes[start] == "D":
            start += 1
        end = start
        while end < ceiling and end - start < REACH and tokens.classes[end] in "NZVGC":
            end += 1
        roles = [token for token in range(start, end) if tokens.words[token] in language.naming.titles]
        if not roles:
            return "", ""
        title = tokens.printed(start, end - 1)
        if end < ceiling and tokens.words[end] in ("of", "for", "at", "with"):
            last = end
            while last + 1 < ceiling and tokens.classes[last + 1] in "DNZI" and last - end < REACH:
                last += 1
            opening = end + 1
            if last > end:
                return title, tokens.printed(opening, last)
        return title, ""
