"""One sentence while it is read: what stands where, and what has been found in it so far."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from articles.quotation import clauses
from articles.quotation.candidates import Candidate
from articles.quotation.cues import Occurrence
from articles.quotation.endings import content_end, phrase_end
from articles.quotation.language import Language
from articles.quotation.marks import Marked
from articles.quotation.rules import Rule
from articles.quotation.subjects import Subject
from articles.quotation.tokens import Tokens

CLOSES_SPEECH = ",.!?…—–-"
INNER_MARKS = " '’‘\""


@dataclass(slots=True)
class Sentence:
    """Tokens from ``first`` up to ``ceiling``; no content found later may begin before ``floor``."""

    tokens: Tokens
    passages: list[Marked]
    language: Language
    number: int
    first: int = 0
    ceiling: int = 0
    floor: int = 0
    subject: Subject | None = None
    """Who spoke last in this sentence."""
    found: list[Candidate] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.first, self.ceiling = self.tokens.sentences[self.number]
        self.floor = self.first

    def at(self, token: int) -> str:
        """The class of a token; a stop outside the sentence."""
        return self.tokens.classes[token] if self.first <= token < self.ceiling else "."

    def word(self, token: int) -> str:
        return self.tokens.words[token] if self.first <= token < self.ceiling else ""

    def quotes(self) -> Iterator[int]:
        """The tokens that stand for quoted passages."""
        return self.all_of("Q", self.first, self.ceiling)

    def all_of(self, found: str, start: int, ceiling: int) -> Iterator[int]:
        """The tokens of one class between two, from left to right."""
        token = self.tokens.classes.find(found, start, ceiling)
        while token >= 0:
            yield token
            token = self.tokens.classes.find(found, token + 1, ceiling)

    def next_comma(self, start: int, ceiling: int | None = None) -> int:
        """The next comma before ``ceiling``, or -1."""
        return self.tokens.classes.find(",", start, self.ceiling if ceiling is None else min(ceiling, self.ceiling))

    def is_clause(self, token: int) -> bool:
        return clauses.is_clause(self.tokens, token, self.ceiling, self.language.grammar)

    def past_adjuncts(self, token: int) -> int:
        return clauses.past_adjuncts(self.tokens, token, self.ceiling, self.language.grammar)

    def past(self, pattern: re.Pattern[str], token: int) -> int:
        return clauses.past(pattern, self.tokens.classes, token, self.ceiling)

    def content_end(self, first: int, ceiling: int | None = None) -> int:
        return content_end(self.tokens, first, ceiling or self.ceiling, self.language)

    def phrase_end(self, first: int) -> int:
        return phrase_end(self.tokens, first, self.ceiling, self.language.grammar)

    def content_start(self, last: int) -> int:
        """Where content that ends with ``last`` may begin at the earliest."""
        return self.floor if self.floor <= last else self.first

    def is_taken(self, token: int) -> bool:
        """Whether the token stands in words already given to somebody."""
        offset = self.tokens.starts[token]
        return any(candidate.start <= offset < candidate.end for candidate in self.found)

    def is_speech(self, token: int) -> bool:
        """Whether a quoted passage ends as speech does before its attribution: in a comma or a stop."""
        if self.at(token) != "Q":
            return False
        passage = self.passages[self.tokens.quotes[token]]
        inner = self.tokens.text[passage.inner_start : passage.inner_end].rstrip(INNER_MARKS)
        return inner[-1:] != "" and inner[-1] in CLOSES_SPEECH

    def add(self, first: int, last: int, rule: Rule, cue: Occurrence) -> bool:
        """Note content between two tokens, both included; marks and conjunctions at its ends do not belong to it."""
        while first <= last and self.at(first) in ",:-;.C":
            first += 1
        while last >= first and self.at(last) in ",:-;.":
            last -= 1
        if last < first:
            return False
        start, end = self.tokens.starts[first], self.tokens.ends[last]
        self.found.append(Candidate(start, end, rule, cue.lemma, cue.first, cue.last, self.subject, cue.form))
        self.floor = max(self.floor, last + 1, cue.last + 1)
        return True

    def add_clause(self, first: int, rule: Rule, cue: Occurrence, ceiling: int | None = None) -> bool:
        """Note a reported clause from ``first`` to where the narrator steps in."""
        return self.add(first, self.content_end(first, ceiling), rule, cue)
