"""Placeholder registry."""
from articles.quotation.candidates import Candidate
from articles.quotation.language import Language
from articles.quotation.quotations import Range, Speaker
from articles.quotation.tokens import Tokens


class People:
    def __init__(self, tokens: Tokens, language: Language) -> None:
        self.tokens = tokens
        self.last: Speaker | None = None

    def speaker_of(self, candidate: Candidate) -> tuple[Speaker | None, str]:
        if candidate.subject is None:
            return self.last, "no"
        s = candidate.subject
        start, end = self.tokens.starts[s.first], self.tokens.ends[s.last]
        self.last = Speaker(self.tokens.text[start:end], Range(start, end), self.tokens.text[start:end])
        return self.last, ""
