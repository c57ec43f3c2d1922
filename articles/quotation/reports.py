"""Constructions in which the words follow their cue. The first that fits is taken."""

from collections.abc import Callable

from articles.quotation.clauses import LONG_PHRASE, NOUN_PHRASE, has_verb
from articles.quotation.cues import Occurrence
from articles.quotation.rules import Rule
from articles.quotation.sentence import Sentence
from articles.quotation.subjects import main_subject, subject_before

# Takes the sentence, the cue, the token after it, and the token after the adjuncts that follow it.
Report = Callable[[Sentence, Occurrence, int, int], bool]
# In tokens: how long a remark between cue and "that" may be.
ASIDE = 8


def introduced(sentence: Sentence, cue: Occurrence, start: int, near: int) -> bool:
    """Ann Lee said: “…”; she said, “…”; she called it “…”."""
    for token in (start, near):
        mark = sentence.at(token)
        quote = token + 1 if mark in ",:-" else token
        if sentence.at(quote) == "Q" and (quote > token or cue.frames & {"quote", "bare"}):
            return sentence.add(quote, _quoted_end(sentence, quote), Rule.INTRODUCED, cue)
        if mark == ":" and token + 1 < sentence.ceiling and cue.frames & {"that", "quote", "post"}:
            return _add_clause(sentence, quote, Rule.INTRODUCED, cue)
    return False


def that_clause(sentence: Sentence, cue: Occurrence, start: int, near: int) -> bool:
    """Ann Lee said on Monday that …; she said, however, that …"""
    if not cue.frames & {"that", "person_that"}:
        return False
    for begin in (start, near):
        token = begin
        if sentence.at(token) == "," and sentence.at(token + 1) in "RI":
            comma = sentence.next_comma(token + 1, token + ASIDE)
            token = comma + 1 if comma > 0 else token
        is_relative = token > start and sentence.at(token + 1) in "XV"
        is_that = sentence.at(token) == "T" and token + 1 < sentence.ceiling
        if is_that and not is_relative and sentence.word(token + 1) not in sentence.language.grammar.after_that:
            return _add_clause(sentence, token + 1, Rule.THAT_CLAUSE, cue)
    return False


def addressed(sentence: Sentence, cue: Occurrence, start: int, near: int) -> bool:
    """Ann Lee told reporters that …; she asked them whether …; she urged them to …"""
    if not cue.frames & {"person_that", "person_bare", "person_wh", "person_to"}:
        return False
    for pattern in (NOUN_PHRASE, LONG_PHRASE):
        end = sentence.past(pattern, start)
        if end == start:
            continue
        after = end if sentence.at(end) == "O" else sentence.past_adjuncts(end)
        if any(_addressed(sentence, cue, start, token) for token in (end, after)):
            return True
    return False


def _addressed(sentence: Sentence, cue: Occurrence, start: int, token: int) -> bool:
    found = sentence.at(token)
    if found == "T" and "person_that" in cue.frames:
        return _add_clause(sentence, token + 1, Rule.ADDRESSED_THAT_CLAUSE, cue)
    if found == "W" and "person_wh" in cue.frames and _asks(sentence, token):
        return _add_clause(sentence, token, Rule.ADDRESSED_QUESTION, cue)
    if found == "O" and "person_to" in cue.frames:
        return _add_clause(sentence, start, Rule.ADDRESSED_INFINITIVE, cue)
    if found in ",:" and sentence.at(token + 1) == "Q":
        return _add_clause(sentence, token + 1, Rule.INTRODUCED, cue)
    if "person_bare" in cue.frames and (found in "PQ" or (found in "DZS" and sentence.is_clause(token))):
        return _add_clause(sentence, token, Rule.ADDRESSED_BARE_CLAUSE, cue)
    return False


def question(sentence: Sentence, cue: Occurrence, start: int, near: int) -> bool:
    """Ann Lee asked whether …; she explained how …"""
    if not cue.frames & {"wh", "person_wh"}:
        return False
    for token in (start, near):
        if token + 1 >= sentence.ceiling or sentence.at(token + 1) == ".":
            continue
        is_whether = sentence.word(token) in sentence.language.grammar.whether
        if is_whether or (sentence.at(token) == "W" and _asks(sentence, token)):
            return _add_clause(sentence, token, Rule.QUESTION, cue)
    return False


def _asks(sentence: Sentence, token: int) -> bool:
    return sentence.word(token) not in sentence.language.grammar.not_questions


def infinitive(sentence: Sentence, cue: Occurrence, start: int, near: int) -> bool:
    """Ann Lee promised to …"""
    return "to" in cue.frames and sentence.at(start) == "O" and _add_clause(sentence, start, Rule.INFINITIVE, cue)


def bare_clause(sentence: Sentence, cue: Occurrence, start: int, near: int) -> bool:
    """Ann Lee said the plan would fail; a plan that she said would fail."""
    if "bare" not in cue.frames or cue.form == "passive":
        return False
    if cue.form == "finite" and sentence.at(start) in "XV":
        return _add_clause(sentence, start, Rule.RELATIVE_CLAUSE, cue)
    for token in (start, near):
        comma = sentence.at(token) == ","
        if sentence.is_clause(token + comma):
            return _add_clause(sentence, token + comma, Rule.BARE_CLAUSE, cue)
    if cue.lemma in sentence.language.lexicon.plain and sentence.at(near) in "DPNZMSRIGQ":
        return _add_clause(sentence, near, Rule.LOOSE_CLAUSE, cue)
    return False


def reported_object(sentence: Sentence, cue: Occurrence, start: int, near: int) -> bool:
    """Ann Lee criticised the plan for its cost; she called it a mess; she denied knowing of it."""
    opening = sentence.at(start)
    if opening == "G" and "gerund" in cue.frames:
        return _add_clause(sentence, start, Rule.GERUND, cue)
    if cue.form == "passive" or opening not in "DPNZMQRGWX":
        return False
    if "predicate" in cue.frames:
        return sentence.add(start, sentence.phrase_end(start), Rule.PREDICATE, cue)
    return "object" in cue.frames and sentence.add(start, sentence.phrase_end(start), Rule.OBJECT, cue)


REPORTS: tuple[Report, ...] = (
    introduced, that_clause, addressed, question, infinitive, bare_clause, reported_object,
)  # fmt: skip


def reporting_nouns(sentence: Sentence) -> None:
    """A warning that …; Ann Lee's claim that …; only where the noun is no subject, whose verb would end the words."""
    tokens, language = sentence.tokens, sentence.language
    for that in sentence.all_of("T", sentence.first + 2, sentence.ceiling - 1):
        noun = that - 1
        if tokens.words[noun] not in language.lexicon.nouns or sentence.is_taken(noun):
            continue
        opening = noun - 1
        while opening > sentence.first and sentence.at(opening) in "NRM":
            opening -= 1
        if sentence.at(noun + 2) in "XV" or not has_verb(tokens, sentence.first, opening):
            continue
        if sentence.at(opening) == "p":
            sentence.subject = subject_before(tokens, opening, sentence.first, language)
        else:
            sentence.subject = main_subject(tokens, sentence.first, noun, language)
        sentence.add_clause(noun + 2, Rule.NOUN, Occurrence(noun, noun, frozenset(), sentence.word(noun), "noun"))


def _quoted_end(sentence: Sentence, quote: int) -> int:
    """Where words that begin with a quoted passage end: with it, or with the clause it is part of."""
    while sentence.at(quote + 1) == "C" and sentence.at(quote + 2) == "Q":
        quote += 2
    if sentence.is_speech(quote) or sentence.at(quote + 1) in ",.:;-S":
        return quote
    end = sentence.content_end(quote)
    comma = sentence.next_comma(quote, end)
    return comma - 1 if comma > 0 else end


def _add_clause(sentence: Sentence, first: int, rule: Rule, cue: Occurrence) -> bool:
    return sentence.add_clause(first, rule, cue, _main_clause(sentence, first, cue))


def _main_clause(sentence: Sentence, first: int, cue: Occurrence) -> int:
    """Where the main clause begins after "When she said that …, he laughed" or "Lee, who said that …, laughed"."""
    subject = sentence.subject
    if subject is None or cue.form not in ("finite", "passive"):
        return sentence.ceiling
    before = subject.whole_first - 1
    is_relative = sentence.at(subject.whole_last) == "W"
    opens_sentence = sentence.first <= before <= sentence.first + 3
    is_subordinate = opens_sentence and (
        sentence.at(before) == "S" or sentence.word(before) in sentence.language.grammar.subordinate
    )
    if not (is_relative or is_subordinate):
        return sentence.ceiling
    for token in range(first + 2, sentence.ceiling - 1):
        is_comma = sentence.at(token) == ","
        if not is_comma and not sentence.is_speech(token):
            continue
        following = token + 1
        starts_main = sentence.at(following) in "DPNZ" and sentence.is_clause(following)
        if (is_relative and sentence.at(following) in "XV") or (is_subordinate and starts_main):
            return token if is_comma else following
    return sentence.ceiling
