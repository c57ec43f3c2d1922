"""From a text to its quotations: the order in which everything else is called."""

from articles.quotation.candidates import Candidate
from articles.quotation.confidence import confidence_of, is_worth_showing
from articles.quotation.direct import floating
from articles.quotation.language import Language, language
from articles.quotation.marks import Marked, marked_passages
from articles.quotation.reading import read_sentence
from articles.quotation.quotations import Kind, Quotation, Range
from articles.quotation.resolving import Resolver
from articles.quotation.tokens import Tokens, tokenise

MOSTLY, HARDLY = 0.97, 0.02


def extract(text: str, *, language_code: str = "en") -> list[Quotation]:
    """The quotations of a canonical text, in order."""
    known = language(language_code)
    passages = marked_passages(text)
    tokens = tokenise(text, passages, known.grammar)
    found: list[Candidate] = []
    for sentence in range(len(tokens.sentences)):
        found += read_sentence(tokens, passages, known, sentence)
    found += floating(tokens, passages, found)
    found.sort(key=lambda candidate: (candidate.start, candidate.end))
    people = Resolver(tokens, known)
    return _quotations(text, tokens, passages, found, people)


def _quotations(
    text: str, tokens: Tokens, passages: list[Marked], found: list[Candidate], people: Resolver
) -> list[Quotation]:
    quotations = []
    seen = set()
    for candidate in found:
        if (candidate.start, candidate.end) in seen:
            continue
        seen.add((candidate.start, candidate.end))
        verbatim = [
            Range(passage.start, passage.end)
            for passage in passages
            if passage.start < candidate.end and candidate.start < passage.end
        ]
        kind = _kind(text, candidate, verbatim)
        speaker, why = people.speaker_of(candidate)
        confidence = confidence_of(candidate, kind)
        if not is_worth_showing(confidence):
            continue
        cue = None
        attribution = None
        if candidate.cue_first >= 0:
            cue = Range(tokens.starts[candidate.cue_first], tokens.ends[candidate.cue_last])
            attribution = cue
            if speaker:
                attribution = Range(min(cue.start, speaker.where.start), max(cue.end, speaker.where.end))
        quotations.append(
            Quotation(
                candidate.start, candidate.end, kind, candidate.rule, confidence, cue, attribution, speaker, why,
                tuple(verbatim),
            )
        )  # fmt: skip
    return quotations


def _kind(text: str, candidate: Candidate, verbatim: list[Range]) -> Kind:
    total = sum(letter.isalnum() for letter in text[candidate.start : candidate.end])
    quoted = sum(
        letter.isalnum()
        for part in verbatim
        for letter in text[max(part.start, candidate.start) : min(part.end, candidate.end)]
    )
    share = quoted / total if total else 0.0
    return Kind.DIRECT if share >= MOSTLY else Kind.INDIRECT if share <= HARDLY else Kind.MIXED
