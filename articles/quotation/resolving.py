"""Who a mention stands for: names, nouns and pronouns to the fullest name the text gives."""

from bisect import bisect_left

from articles.quotation.candidates import Candidate
from articles.quotation.language import Language
from articles.quotation.names import run_of
from articles.quotation.people import People, Person
from articles.quotation.quotations import Range, Speaker
from articles.quotation.rules import Rule
from articles.quotation.subjects import Subject
from articles.quotation.tokens import Tokens

# How far back a pronoun looks: paragraphs, and names in them.
MEMORY, NAMES_REMEMBERED, SPEAKERS_REMEMBERED = 4, 40, 12
# In characters: a label that only stands for the one who answers.
LONGEST_LETTER = 2
SPOKE, WAS_SUBJECT, WAS_NAMED = 3, 2, 1

WRITER = "the writer speaks"
NOBODY_NAMED = "no name stands for it in this text"
NO_SPEAKER = "no speaker stands near"
NOT_SAID_WHO = "the sentence does not say who"

Resolved = tuple[Speaker, Person | None]


class Resolver:
    """Follows a text from its beginning, for pronouns depend on who spoke before."""

    def __init__(self, tokens: Tokens, language: Language) -> None:
        self.tokens = tokens
        self.language = language
        self.people = People(tokens, language)
        self._named_at = sorted(self.people.at_token)
        self._last: Speaker | None = None
        self._last_thing: Person | None = None
        self._last_group: Speaker | None = None
        self._spoke: list[tuple[int, Person]] = []
        """Who spoke at which token, the latest last."""

    def speaker_of(self, candidate: Candidate) -> tuple[Speaker | None, str]:
        """The speaker of a candidate, or why there is none; candidates come in the order of the text."""
        if candidate.rule in (Rule.ASKED, Rule.TOLD):
            return None, NOT_SAID_WHO
        if candidate.subject is None:
            return self._last, "" if self._last else NO_SPEAKER
        speaker, person = self._resolve(candidate.subject)
        self._last = speaker
        if person is not None and not person.is_human and (person.is_organisation or not person.gender):
            self._last_thing = person
        if person is not None:
            self._spoke = [*self._spoke[1 - SPEAKERS_REMEMBERED :], (candidate.subject.last, person)]
        else:
            self._last_group = speaker
        return speaker, ""

    def labelled(self, label: str, where: Range) -> Speaker:
        """Who speaks under a label of a transcript: "LEE", "Ann Lee", "Q"."""
        words = label.lower().replace(".", "").split()
        person = self.people.called(words[-1], gender="", near=len(self.tokens.starts))
        if person is not None:
            return self._known(person, label, where)
        if len(label) <= LONGEST_LETTER and (person := self.people.main_person()):
            return self._known(person, label, where)
        is_name = len(label) > LONGEST_LETTER
        return Speaker(label, where, label if is_name else None, "" if is_name else NOBODY_NAMED)

    def _resolve(self, subject: Subject) -> Resolved:
        tokens = self.tokens
        where = Range(tokens.starts[subject.first], tokens.ends[subject.last])
        mention = tokens.text[where.start : where.end]
        if subject.first == subject.last and tokens.classes[subject.last] in "PD":
            return self._pronoun(subject, mention, where)
        head = self._head(subject)
        is_demonym = tokens.words[head] in self.language.naming.nationalities and subject.first < head
        if tokens.classes[head] == "Z" and not (is_demonym and tokens.classes[head - 1] == "D"):
            return self._name(subject, head, mention, where)
        return self._noun(subject, head, mention, where)

    def _head(self, subject: Subject) -> int:
        """The last token before "of", "for" and the like."""
        head = subject.first
        for token in range(subject.first + 1, subject.last + 1):
            if self.tokens.classes[token] in "IO(,W":
                break
            head = token
        return head

    def _name(self, subject: Subject, head: int, mention: str, where: Range) -> Resolved:
        person = self.people.at_token.get(head)
        if person is not None:
            return self._known(person, mention, where), person
        first = head
        while first > subject.first and self.tokens.classes[first - 1] == "Z":
            first -= 1
        run = run_of(self.tokens, first, head, self.language)
        if run.name_first > run.last:
            return self._noun(subject, head, mention, where)
        if self.people.is_common_noun(run):
            return Speaker(mention, where, None, NOBODY_NAMED), None
        return Speaker(mention, where, self.tokens.printed(run.name_first, run.last)), None

    def _known(self, person: Person, mention: str, where: Range) -> Speaker:
        return Speaker(mention, where, person.name, "", person.title, person.affiliation)

    def _noun(self, subject: Subject, head: int, mention: str, where: Range) -> Resolved:
        """ "the senator": whoever has that title and was named last; "a spokesman": nobody known, unless named next."""
        person = self._apposed(subject) or self._titled(subject, head) or self._organisation(subject, head)
        if person is not None:
            return self._known(person, mention, where), person
        has_name = "Z" in self.tokens.classes[subject.first : head + 1]
        if has_name and self.tokens.words[head] in self.language.naming.organisation_words:
            opening = subject.first + (self.tokens.classes[subject.first] == "D")
            return Speaker(mention, where, self.tokens.printed(opening, head)), None
        return Speaker(mention, where, None, NOBODY_NAMED), None

    def _apposed(self, subject: Subject) -> Person | None:
        """ "a spokeswoman, Anna White," """
        if subject.whole_last <= subject.last or self.tokens.classes[subject.last + 1] != ",":
            return None
        for token in range(subject.last + 2, subject.whole_last + 1):
            if self.tokens.classes[token] != "Z":
                return None
            if token in self.people.at_token:
                return self.people.at_token[token]
        return None

    def _titled(self, subject: Subject, head: int) -> Person | None:
        tokens, naming, word = self.tokens, self.language.naming, self.tokens.words[head]
        is_definite = tokens.words[subject.first] in self.language.grammar.definite or tokens.classes[head] == "Z"
        if not is_definite or not (word in naming.roles or word in naming.nationalities):
            return None
        gender = naming.genders.get(word, "")
        for _, person in reversed(self._named_before(subject.first)):
            fits = not (gender and person.gender and person.gender != gender)
            if fits and word in person.title.lower().split():
                return person
        is_plain = head == subject.last and not (tokens.classes[head] == "Z" and word in naming.roles)
        return self.antecedent(subject.first, gender) if is_plain else None

    def _organisation(self, subject: Subject, head: int) -> Person | None:
        """ "the company": the organisation that spoke last, or was named last."""
        tokens = self.tokens
        is_bare = set(tokens.classes[subject.first : head + 1]).isdisjoint("Zp")
        is_definite = tokens.words[subject.first] in self.language.grammar.definite
        if is_bare and is_definite and tokens.words[head] in self.language.naming.organisation_words:
            return self._thing_before(subject.first)
        return None

    def _thing_before(self, token: int) -> Person | None:
        if self._last_thing is not None:
            return self._last_thing
        here = self.tokens.paragraph_of(token)
        for position, person in reversed(self._named_before(token)):
            if person.is_organisation and here - self.tokens.paragraph_of(position) <= MEMORY:
                return person
        return None

    def _pronoun(self, subject: Subject, mention: str, where: Range) -> Resolved:
        word = self.tokens.words[subject.last]
        if word in self.language.grammar.first_person:
            return Speaker(mention, where, None, WRITER), None
        if word in self.language.naming.pronouns:
            person = self.antecedent(subject.first, self.language.naming.pronouns[word])
            if person is not None:
                return self._known(person, mention, where), person
        elif word in self.language.grammar.things:
            thing = self._thing_before(subject.first)
            if thing is not None:
                return self._known(thing, mention, where), thing
        elif self._last_group is not None and self._last_group.name and self.tokens.classes[subject.last] == "P":
            return Speaker(mention, where, self._last_group.name), None
        return Speaker(mention, where, None, NOBODY_NAMED), None

    def _named_before(self, token: int, *, within: int | None = None) -> list[tuple[int, Person]]:
        """The names remembered at a token, in order; only those of the last paragraphs where their number is given."""
        end = bisect_left(self._named_at, token)
        positions = self._named_at[max(0, end - NAMES_REMEMBERED) : end]
        if within is not None:
            earliest = self.tokens.paragraph_of(token) - within
            positions = positions[bisect_left(positions, earliest, key=self.tokens.paragraph_of) :]
        return [(position, self.people.at_token[position]) for position in positions]

    def antecedent(self, pronoun: int, gender: str) -> Person | None:
        """Whoever spoke or was a subject last in this paragraph, else whoever spoke before it, else who was named."""
        here = self.tokens.paragraph_of(pronoun)
        named = [
            (position, person, WAS_SUBJECT if self._is_subject(position) else WAS_NAMED)
            for position, person in self._named_before(pronoun, within=MEMORY)
        ]
        best: tuple[int, int, int] | None = None
        found: Person | None = None
        for position, person, weight in [*named, *((token, person, SPOKE) for token, person in self._spoke)]:
            distance = here - self.tokens.paragraph_of(position)
            is_other = bool(gender and person.gender) and person.gender != gender
            is_thing = person.is_organisation or (not person.is_human and not person.gender and weight < SPOKE)
            if position >= pronoun or distance > MEMORY or is_other or is_thing:
                continue
            nearness = 0 if distance == 0 else -1 if weight == SPOKE else -1 - distance
            if best is None or (nearness, weight, position) > best:
                best, found = (nearness, weight, position), person
        return found

    def _is_subject(self, token: int) -> bool:
        following = self.tokens.classes[token + 1 : token + 3]
        return following[:1] in ("V", "X", ",") or following in ("RV", "RX")
