"""Who a mention stands for: names, nouns and pronouns to the fullest name the text gives."""

from articles.quotation.candidates import Candidate
from articles.quotation.language import Language
from articles.quotation.names import run_of
from articles.quotation.people import People, Person
from articles.quotation.quotations import Range, Speaker
from articles.quotation.subjects import Subject
from articles.quotation.tokens import Tokens

GENDER_OF_PRONOUN = {"he": "m", "she": "f", "his": "m", "her": "f"}
FIRST_PERSON = frozenset(("i", "we", "you"))
# In paragraphs: how far back a pronoun looks.
MEMORY = 4

WRITER = "the writer speaks"
NOBODY_NAMED = "no name stands for it in this text"
NO_SPEAKER = "no speaker stands near"


class Resolver:
    """Follows a text from its beginning, for pronouns depend on who spoke before."""

    def __init__(self, tokens: Tokens, language: Language) -> None:
        self.tokens = tokens
        self.language = language
        self.people = People(tokens, language)
        self.last: Speaker | None = None
        self.last_person: Person | None = None
        self.spoken: list[tuple[int, Person]] = []
        """Tokens at which people spoke, in order."""
        self.groups: list[tuple[int, Speaker]] = []
        self._named = sorted(self.people.at_token)

    def speaker_of(self, candidate: Candidate) -> tuple[Speaker | None, str]:
        """The speaker of a candidate, or why there is none; candidates come in the order of their cues."""
        if candidate.subject is None:
            return (self.last, "") if self.last else (None, NO_SPEAKER)
        speaker, person = self._resolve(candidate.subject)
        self.last = speaker
        self.last_person = person
        if person is not None:
            self.spoken.append((candidate.subject.last, person))
        else:
            self.groups.append((candidate.subject.last, speaker))
        return speaker, ""

    def _resolve(self, subject: Subject) -> tuple[Speaker, Person | None]:
        tokens = self.tokens
        where = Range(tokens.starts[subject.first], tokens.ends[subject.last])
        mention = tokens.text[where.start : where.end]
        word = tokens.words[subject.last]
        if subject.first == subject.last and tokens.classes[subject.last] in "PD":
            return self._pronoun(subject, word, mention, where)
        head = self._head(subject)
        if tokens.classes[head] in "Z" or head in self.people.at_token:
            return self._name(subject, head, mention, where)
        return self._noun(subject, head, mention, where)

    def _head(self, subject: Subject) -> int:
        """The last token before "of", "for" and the like."""
        head = subject.first
        for token in range(subject.first, subject.last + 1):
            if self.tokens.classes[token] in "IO(,W" and token > subject.first:
                break
            head = token
        return head

    def _name(self, subject: Subject, head: int, mention: str, where: Range) -> tuple[Speaker, Person | None]:
        person = self.people.at_token.get(head)
        if person is None:
            first = head
            while first > subject.first and self.tokens.classes[first - 1] == "Z":
                first -= 1
            run = run_of(self.tokens, first, head, self.language)
            if run.name_first > run.last:
                return self._noun(subject, head, mention, where)
            return Speaker(mention, where, self.tokens.printed(run.name_first, run.last)), None
        return self._speaker(person, mention, where), person

    def _speaker(self, person: Person, mention: str, where: Range) -> Speaker:
        return Speaker(mention, where, person.name, "", person.title, person.affiliation)

    def _noun(self, subject: Subject, head: int, mention: str, where: Range) -> tuple[Speaker, Person | None]:
        """ "the spokesman": whoever had that title, last mentioned; "a spokesman" is nobody known."""
        tokens, word = self.tokens, self.tokens.words[head]
        apposed = self._apposed_name(subject)
        if apposed is not None:
            return self._speaker(apposed, mention, where), apposed
        is_definite = tokens.words[subject.first] in ("the", "this", "that") or tokens.classes[head] == "Z"
        if is_definite and word in self.language.naming.roles and head == subject.last:
            gender = self.language.naming.genders.get(word, "")
            for _, person in reversed(self._mentioned_before(subject.first)):
                if not (gender and person.gender and person.gender != gender) and word in person.title.lower().split():
                    return self._speaker(person, mention, where), person
        if word in self.language.naming.organisation_words and any(
            tokens.classes[token] == "Z" for token in range(subject.first, head + 1)
        ):
            opening = subject.first + (tokens.classes[subject.first] == "D")
            return Speaker(mention, where, tokens.printed(opening, head)), None
        return Speaker(mention, where, None, NOBODY_NAMED), None

    def _apposed_name(self, subject: Subject) -> Person | None:
        """ "a spokeswoman, Anna White," """
        for token in range(subject.last + 1, subject.whole_last + 1):
            if self.tokens.classes[token] == "W":
                return None
            if token in self.people.at_token and self.tokens.classes[subject.last + 1] == ",":
                found = self.people.at_token[token]
                first = token - len(found.words) + 1
                return found if first == subject.last + 2 else None
        return None

    def _pronoun(self, subject: Subject, word: str, mention: str, where: Range) -> tuple[Speaker, Person | None]:
        if word in FIRST_PERSON:
            return Speaker(mention, where, None, WRITER), None
        if word in GENDER_OF_PRONOUN:
            person = self._antecedent(subject.first, GENDER_OF_PRONOUN[word])
            if person is None:
                return Speaker(mention, where, None, NOBODY_NAMED), None
            return self._speaker(person, mention, where), person
        if self.groups:
            _, group = self.groups[-1]
            return Speaker(mention, where, group.name, "" if group.name else NOBODY_NAMED), None
        return Speaker(mention, where, None, NOBODY_NAMED), None

    def _mentioned_before(self, token: int) -> list[tuple[int, Person]]:
        return [(position, self.people.at_token[position]) for position in self._named if position < token]

    def _antecedent(self, pronoun: int, gender: str) -> Person | None:
        """Whoever spoke or was the subject last in this paragraph, else in the ones before."""
        tokens = self.tokens
        here = tokens.paragraph_of[tokens.sentence_of(pronoun)]
        best: tuple[int, int, int] | None = None
        found: Person | None = None
        mentions = [(position, person, 3) for position, person in self.spoken] + [
            (position, person, 2 if self._is_subject(position) else 1)
            for position, person in self._mentioned_before(pronoun)
        ]
        for position, person, weight in mentions:
            if position >= pronoun or (person.gender and person.gender != gender):
                continue
            if not person.gender and not person.is_person and weight < 3:
                continue
            distance = here - tokens.paragraph_of[tokens.sentence_of(position)]
            if distance > MEMORY:
                continue
            rank = (-distance if distance < 1 else -1 - (weight < 3) * distance, weight, position)
            if best is None or rank > best:
                best, found = rank, person
        return found

    def _is_subject(self, token: int) -> bool:
        following = self.tokens.classes[token + 1 : token + 3]
        return following[:1] in ("V", "X") or following in ("RV", "RX") or following[:1] == ","
