"""Attributions that stand after the words, within them, or outside every clause."""

from articles.quotation.clauses import LONG_PHRASE, has_main_verb, has_verb
from articles.quotation.cues import Occurrence
from articles.quotation.rules import Rule
from articles.quotation.sentence import Sentence
from articles.quotation.subjects import Subject, subject_after, subject_before


def inverted(sentence: Sentence, cue: Occurrence, before: int) -> bool:
    """“…,” said Ann Lee, the mayor. And without marks: …, said Ann Lee."""
    quoted = sentence.at(before) == "Q"
    subject = subject_after(sentence.tokens, cue.last + 1, sentence.ceiling, sentence.language)
    if subject is None or subject.first != cue.last + 1 or not (sentence.is_speech(before) or "post" in cue.frames):
        return False
    if quoted and not sentence.is_speech(before):
        return False
    start = sentence.content_start(before)
    if not quoted:
        after = sentence.past_adjuncts(subject.whole_last + 1)
        goes_on = sentence.at(after) == "," and sentence.at(after + 1) in "XV"
        if sentence.at(after) not in ".,-:" or not (goes_on or has_main_verb(sentence.tokens, start, before)):
            return False
    sentence.subject = subject
    sentence.add(start, before, Rule.INVERTED, cue)
    _go_on(sentence, cue, subject.whole_last + 1, quoted=quoted)
    return True


def post_posed(sentence: Sentence, cue: Occurrence, subject: Subject) -> bool:
    """“…,” she said on Monday. And without marks: …, Ann Lee said."""
    if sentence.at(subject.whole_last) == "W":
        return False
    before = subject.first - 1
    while before >= sentence.floor and sentence.at(before) in "RCS" and sentence.at(before - 1) in ",Q":
        before -= 1
    opening = sentence.at(before)
    if before < sentence.floor or opening not in ",Q-" or (opening == "Q" and not sentence.is_speech(before)):
        return False
    after = _after_addressee(sentence, cue)
    start = sentence.content_start(before)
    if not _closes(sentence, cue, after, quoted=opening == "Q"):
        return False
    if opening != "Q" and not ("post" in cue.frames and _is_whole_clause(sentence, start, before, after)):
        return False
    sentence.add(start, before, Rule.POST_POSED, cue)
    _go_on(sentence, cue, after, quoted=opening == "Q")
    return True


def _after_addressee(sentence: Sentence, cue: Occurrence) -> int:
    after = cue.last + 1
    if "person_that" in cue.frames:
        after = sentence.past(LONG_PHRASE, after)
    return sentence.past_adjuncts(after)


def _closes(sentence: Sentence, cue: Occurrence, after: int, *, quoted: bool) -> bool:
    """Whether the attribution ends where its adjuncts do, and reports nothing more."""
    closing = sentence.at(after)
    if closing in ".,-:;GQ)S":
        return True
    if closing in "TX" or sentence.is_clause(after):
        return False
    has_adjunct = after > cue.last + 1
    if quoted:
        return has_adjunct or closing not in "DPNZW"
    return has_adjunct and closing in "OIWV" and cue.lemma in sentence.language.lexicon.plain


def _is_whole_clause(sentence: Sentence, start: int, before: int, after: int) -> bool:
    """Whether what stands before ", she said" could be a statement, and not only where or when she said it."""
    tokens, opening, closing = sentence.tokens, sentence.at(start), sentence.at(after)
    if closing in "Q:":
        return False
    if opening == "S" or (opening in "IG" and closing != "."):
        comma = sentence.next_comma(start, before)
        if comma < 0 or not has_main_verb(tokens, comma + 1, before):
            return False
    if has_main_verb(tokens, start, before):
        return True
    return closing == "," and sentence.at(after + 1) != "Q" and opening not in "IRSG"


def _go_on(sentence: Sentence, cue: Occurrence, after: int, *, quoted: bool) -> None:
    """The words that go on after an inserted attribution: “…,” she said, “…”."""
    after = sentence.past_adjuncts(after)
    mark = sentence.at(after)
    start = after if mark == "Q" else after + 1
    opening = sentence.at(start)
    if mark not in ",:-;Q" or (opening == "Q" and sentence.word(after - 1) in sentence.language.grammar.work_nouns):
        return
    joined = opening == "C" and sentence.at(start + 1) in "TQ"
    goes_on = opening in "QT" or joined
    if not quoted:
        is_predicate = mark == "," and opening not in "GWIRSC" and (opening in "XV" or sentence.is_clause(start))
        goes_on = goes_on or is_predicate or (opening == "C" and sentence.is_clause(start + 1))
    if goes_on:
        sentence.add_clause(start, Rule.INTERRUPTED, cue)


def told(sentence: Sentence, cue: Occurrence) -> bool:
    """…, the court was told: who told it, the sentence does not say."""
    if cue.form != "passive" or "person_that" not in cue.frames:
        return False
    listener = subject_before(sentence.tokens, cue.first, sentence.floor, sentence.language)
    after = sentence.past_adjuncts(cue.last + 1)
    if listener is None or sentence.at(after) not in ".,;":
        return False
    before = listener.first - 1
    if sentence.at(before) not in ",Q" or not has_main_verb(sentence.tokens, sentence.content_start(before), before):
        return False
    sentence.subject = None
    return sentence.add(sentence.content_start(before), before, Rule.TOLD, cue)


def unlisted_verbs(sentence: Sentence) -> None:
    """“…,” she remembered: whatever the verb, words that end in a comma are followed by who said them."""
    for quote in sentence.quotes():
        if not sentence.is_speech(quote) or sentence.is_taken(quote):
            continue
        verb = quote + 1
        is_inverted = sentence.at(verb) == "V"
        start = verb + is_inverted
        subject = subject_after(sentence.tokens, start, sentence.ceiling, sentence.language)
        if subject is None or subject.first != start:
            continue
        if not is_inverted:
            verb = subject.whole_last + 1
            while sentence.at(verb) in "R,":
                verb += 1
            if sentence.at(verb) != "V":
                continue
        sentence.subject = subject
        sentence.add(quote, quote, Rule.UNLISTED_VERB, Occurrence(verb, verb, frozenset(), sentence.word(verb), ""))


def according_to(sentence: Sentence) -> None:
    """According to the mayor, …; …, according to the mayor."""
    words = sentence.tokens.words[sentence.first : sentence.ceiling]
    present = set(words)
    for phrase in sentence.language.lexicon.according:
        if not present.issuperset(phrase):
            continue
        for token in range(len(words) - len(phrase)):
            if tuple(words[token : token + len(phrase)]) == phrase:
                first = sentence.first + token
                cue = Occurrence(first, first + len(phrase) - 1, frozenset(), phrase[0], "according")
                _read_according_to(sentence, cue)
                return


def _read_according_to(sentence: Sentence, cue: Occurrence) -> None:
    tokens = sentence.tokens
    subject = subject_after(tokens, cue.last + 1, sentence.ceiling, sentence.language)
    if subject is None:
        return
    sentence.subject = subject
    after = subject.whole_last + 1
    before = cue.first - 1
    if cue.first <= sentence.first + 1:
        while sentence.at(after) not in ".,-:Q":
            after += 1
        sentence.add_clause(after + (sentence.at(after) != "Q"), Rule.ACCORDING_TO, cue)
    elif not (sentence.at(before) == "," and sentence.at(before - 1) in "TCSWIO"):
        start = max(sentence.first, tokens.classes.rfind("(", sentence.first, cue.first) + 1)
        if ")" in tokens.classes[start : cue.first]:
            start = sentence.first
        sentence.add(start, before, Rule.ACCORDING_TO, cue)
        is_inserted = sentence.at(before) in ",-" and sentence.at(after) == "," and sentence.at(after + 1) not in "GW"
        if is_inserted and not has_verb(tokens, start, cue.first):
            sentence.add_clause(after + 1, Rule.ACCORDING_TO, cue)
    sentence.floor = sentence.first
    sentence.subject = None


def as_said(sentence: Sentence, cue: Occurrence) -> bool:
    """As Ann Lee noted, …; as reported by the Courier, …"""
    lexicon = sentence.language.lexicon
    subject = sentence.subject
    opening = subject.first - 1 if subject is not None and cue.form == "finite" else cue.first - 1
    if opening != sentence.first or sentence.word(sentence.first) not in lexicon.as_words:
        return False
    if sentence.word(cue.last + 1) in lexicon.by:
        sentence.subject = subject_after(sentence.tokens, cue.last + 2, sentence.ceiling, sentence.language)
    comma = sentence.next_comma(cue.last)
    return comma > 0 and sentence.add_clause(comma + 1, Rule.AS_SAID, cue)


def asked(sentence: Sentence, cue: Occurrence, opening: str, *, has_subject: bool) -> bool:
    """Asked whether he would stay, …; when asked about it, …; she was asked why: nobody is named who asks."""
    lexicon, grammar = sentence.language.lexicon, sentence.language.grammar
    is_set_off = opening in ".SW" or (opening == "," and not has_subject)
    if sentence.word(cue.first) not in lexicon.asked or not (cue.form == "passive" or is_set_off):
        return False
    if cue.form == "infinitive":
        return False
    start = cue.last + 1
    if sentence.word(start) in lexicon.about:
        start += 1
    else:
        start = start if sentence.at(start) == "I" else sentence.past_adjuncts(start)
        if not (sentence.at(start) == "W" or sentence.word(start) in grammar.whether):
            return False
    end = start + 1
    while end < sentence.ceiling and not (sentence.at(end) == "," and sentence.is_clause(end + 1)):
        end += 1
    sentence.subject = None
    return sentence.add(start, end - 1, Rule.ASKED, cue)
