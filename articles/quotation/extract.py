"""From a text to its quotations: the order in which everything else is called."""

import re
from bisect import bisect_left, bisect_right

from articles.quotation.candidates import Candidate
from articles.quotation.confidence import LEAST, confidence_of
from articles.quotation.direct import unclaimed
from articles.quotation.language import Language, known_languages, language, language_of
from articles.quotation.marks import Marked, marked_passages
from articles.quotation.other_languages import direct_quotations
from articles.quotation.prose import is_prose
from articles.quotation.quotations import Kind, Quotation, Range
from articles.quotation.reading import read_sentence
from articles.quotation.resolving import Resolver
from articles.quotation.rules import Rule
from articles.quotation.tokens import Tokens, tokenise
from articles.quotation.transcripts import Turn, turns

# Shares of the letters within quotation marks from which words are direct, and up to which they are indirect.
MOSTLY, HARDLY = 0.97, 0.02
WORD = re.compile(r"\S+")


def extract(text: str, *, language_code: str = "") -> list[Quotation]:
    """The quotations of a canonical text, in order, none overlapping another.

    Without a ``language_code`` the language is told from the text. Where it has no lexicon, direct quotations are
    found by their marks, without speakers. The work is in proportion to the length of the text; a long text that is
    a pile of marks or of stops rather than prose has none.
    """
    if not is_prose(text):
        return []
    code = language_code.split("-")[0].lower() if language_code else language_of(text)
    if code not in known_languages():
        return direct_quotations(text)
    return Reading(text, language(code)).quotations()


class Reading:
    """One text on its way to its quotations."""

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language
        self.passages: list[Marked] = marked_passages(text)
        self.tokens: Tokens = tokenise(text, self.passages, language.grammar)
        self.turns: list[Turn] = turns(text)
        self._passage_starts = [passage.start for passage in self.passages]

    def quotations(self) -> list[Quotation]:
        resolver = Resolver(self.tokens, self.language)
        made = [self._quotation(candidate, resolver) for candidate in self.candidates()]
        made += [self._said_in_turn(turn, resolver) for turn in self.turns if not turn.asks]
        return _without_overlaps([quotation for quotation in made if quotation.confidence >= LEAST])

    def candidates(self) -> list[Candidate]:
        found: list[Candidate] = []
        for number, (first, _) in enumerate(self.tokens.sentences):
            if not self._is_in_turn(self.tokens.starts[first]):
                found += read_sentence(self.tokens, self.passages, self.language, number)
        others = unclaimed(self.tokens, self.passages, found, self.language)
        found += [candidate for candidate in others if not self._is_in_turn(candidate.start)]
        return sorted(found, key=lambda candidate: (candidate.start, candidate.end))

    def _is_in_turn(self, offset: int) -> bool:
        before = bisect_right(self.turns, offset, key=lambda turn: turn.label_start) - 1
        return before >= 0 and offset < self.turns[before].end

    def _quotation(self, candidate: Candidate, resolver: Resolver) -> Quotation:
        start, end = candidate.start, candidate.end
        verbatim = self._verbatim(start, end)
        kind = self._kind(start, end, verbatim)
        is_plain = candidate.lemma in self.language.lexicon.plain
        words = len(WORD.findall(self.text, start, end))
        confidence = confidence_of(candidate.rule, candidate.form, kind=kind, words=words, is_plain=is_plain)
        speaker, why = resolver.speaker_of(candidate)
        cue = attribution = None
        if candidate.cue_first >= 0:
            cue = Range(self.tokens.starts[candidate.cue_first], self.tokens.ends[candidate.cue_last])
            attribution = cue
            if speaker is not None:
                attribution = Range(min(cue.start, speaker.where.start), max(cue.end, speaker.where.end))
        return Quotation(start, end, kind, candidate.rule, confidence, cue, attribution, speaker, why, verbatim)

    def _said_in_turn(self, turn: Turn, resolver: Resolver) -> Quotation:
        label = Range(turn.label_start, turn.label_end)
        return Quotation(
            turn.start, turn.end, Kind.DIRECT, Rule.TRANSCRIPT, confidence_of(Rule.TRANSCRIPT), None, label,
            resolver.labelled(self.text[label.start : label.end], label), "", (Range(turn.start, turn.end),),
        )  # fmt: skip

    def _verbatim(self, start: int, end: int) -> tuple[Range, ...]:
        """The quoted passages that share words with a content, as far as they do."""
        first = max(0, bisect_right(self._passage_starts, start) - 1)
        last = bisect_left(self._passage_starts, end)
        return tuple(
            Range(max(start, passage.start), min(end, passage.end))
            for passage in self.passages[first:last]
            if passage.end > start
        )

    def _kind(self, start: int, end: int, verbatim: tuple[Range, ...]) -> Kind:
        letters = _letters(self.text[start:end])
        quoted = sum(_letters(self.text[part.start : part.end]) for part in verbatim)
        if quoted >= MOSTLY * letters:
            return Kind.DIRECT
        return Kind.INDIRECT if quoted <= HARDLY * letters else Kind.MIXED


def _letters(words: str) -> int:
    """Letters and digits."""
    return sum(map(str.isalnum, words))


def _without_overlaps(quotations: list[Quotation]) -> list[Quotation]:
    """Of two that share words, the more likely one; the first when both are as likely."""
    kept: list[Quotation] = []
    for quotation in sorted(quotations, key=lambda quotation: (quotation.start, quotation.end)):
        if kept and quotation.start < kept[-1].end:
            if quotation.confidence > kept[-1].confidence:
                kept[-1] = quotation
        else:
            kept.append(quotation)
    return kept
