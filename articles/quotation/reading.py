"""From the cues of a sentence to what was said: which constructions are tried, in which order."""

from articles.quotation.attributions import according_to, as_said, asked, inverted, post_posed, told, unlisted_verbs
from articles.quotation.candidates import Candidate
from articles.quotation.cues import Occurrence, occurrences
from articles.quotation.language import Language
from articles.quotation.marks import Marked
from articles.quotation.reports import REPORTS, reporting_nouns
from articles.quotation.sentence import Sentence
from articles.quotation.subjects import Subject, main_subject, subject_before, subject_of_participle
from articles.quotation.tokens import Tokens

THAT_FRAMES = frozenset(("that", "person_that"))
AFTER_FRAMES = frozenset(("post", "quote"))


def read_sentence(tokens: Tokens, passages: list[Marked], language: Language, number: int) -> list[Candidate]:
    """The quotations of one sentence that its own words give to somebody."""
    sentence = Sentence(tokens, passages, language, number)
    according_to(sentence)
    for cue in occurrences(tokens, sentence.first, sentence.ceiling, language):
        if cue.first >= sentence.floor and not sentence.is_taken(cue.first):
            _read_cue(sentence, cue)
    reporting_nouns(sentence)
    unlisted_verbs(sentence)
    return sentence.found


def _read_cue(sentence: Sentence, cue: Occurrence) -> None:
    tokens = sentence.tokens
    before = cue.first - 1
    while before >= sentence.floor and sentence.at(before) in "RX":
        before -= 1
    opening = sentence.at(before) if before >= sentence.floor else "."
    is_finite = cue.form == "finite"
    if is_finite and (opening == "," or sentence.at(before) == "Q") and inverted(sentence, cue, before):
        return
    subject = _subject_of(sentence, cue, opening)
    has_subject = opening != "," or _own_subject(sentence, cue, opening) is not None
    if told(sentence, cue) or asked(sentence, cue, opening, has_subject=has_subject):
        return
    if subject is not None and tokens.words[subject.last] in sentence.language.lexicon.not_speakers:
        return
    sentence.subject = subject
    if cue.frames & THAT_FRAMES and as_said(sentence, cue):
        return
    if subject is None and cue.form != "participle":
        return
    if is_finite and subject is not None and cue.frames & AFTER_FRAMES and post_posed(sentence, cue, subject):
        return
    start = cue.last + 1
    near = sentence.past_adjuncts(start)
    for report in REPORTS:
        if report(sentence, cue, start, near):
            return


def _subject_of(sentence: Sentence, cue: Occurrence, opening: str) -> Subject | None:
    """Who the cue gives the words to; participles, infinitives and second verbs share the subject before them."""
    tokens, language = sentence.tokens, sentence.language
    if cue.form in ("finite", "passive") and opening != "C":
        found = _own_subject(sentence, cue, opening)
        if found is not None or opening != ",":
            return found
    if cue.form == "participle":
        floor = sentence.floor if sentence.subject else sentence.first
        return subject_of_participle(tokens, cue.first, floor, sentence.ceiling, language) or sentence.subject
    return sentence.subject or main_subject(tokens, sentence.first, cue.first, language)


def _own_subject(sentence: Sentence, cue: Occurrence, opening: str) -> Subject | None:
    """The subject right before the cue, which may reach back over what a participle reported."""
    after_participle = opening in ",Q" and bool(sentence.found) and sentence.found[-1].form == "participle"
    floor = sentence.first if after_participle else sentence.floor
    return subject_before(sentence.tokens, cue.first, floor, sentence.language)
