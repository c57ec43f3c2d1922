"""Who does what a verb says: the noun phrase before it, after it, or further up the sentence."""

from dataclasses import dataclass

from articles.quotation.language import Language
from articles.quotation.tokens import Tokens

NAME_OR_NOUN = frozenset("NZM")
# Prepositions within the phrase that names a speaker: "a spokesman for the ministry".
WITHIN_PHRASE = frozenset("of for from at with in on to against behind near under by".split())
AFTER_VERB = frozenset("of for from at with like".split())
OBJECT_PRONOUNS = frozenset("him them me us himself herself themselves itself".split())
RELATIVES = frozenset("who which whom".split())
BEFORE_TIME = frozenset("on in late early last this next earlier later since at the".split())
# In tokens: how far a subject may reach.
REACH = 40


@dataclass(frozen=True, slots=True)
class Subject:
    """Tokens, both included: the phrase itself, and with what explains it ("Ann Lee, the mayor,")."""

    first: int
    last: int
    whole_first: int
    whole_last: int


def subject_before(tokens: Tokens, verb: int, floor: int, language: Language) -> Subject | None:
    """The subject of a verb that follows it; no token before ``floor`` belongs to it."""
    last = _back_over_adjuncts(tokens, verb - 1, floor, language)
    if last < floor:
        return None
    found = tokens.classes[last]
    if found == "W" and tokens.words[last] in RELATIVES:
        end = last - 1
        if end >= floor and tokens.classes[end] in ",-":
            end -= 1
        if end < floor:
            return None
        return _phrase_ending(tokens, end, floor, language, whole_last=last)
    if found == "," or (found == "Q" and tokens.text[tokens.starts[last] : tokens.ends[last]].rstrip("\"”’'» ").endswith(",")):
        return _subject_before_apposition(tokens, last, floor, language)
    return _phrase_ending(tokens, last, floor, language, whole_last=last)


def _back_over_adjuncts(tokens: Tokens, token: int, floor: int, language: Language) -> int:
    """Over auxiliaries, adverbs, "on Tuesday" and ", however,"."""
    while token >= floor:
        found, word = tokens.classes[token], tokens.words[token]
        if found in "RX" and not (found == "X" and word == "'s" and False):
            token -= 1
        elif word in language.grammar.time_nouns:
            start = token - 1
            while start >= floor and (tokens.words[start] in BEFORE_TIME or tokens.words[start] in language.grammar.time_nouns):
                start -= 1
            if start < floor or tokens.classes[start] in ",":
                return start if start >= floor and start == token - 1 else token
            token = start
        elif found == ")":
            start = token
            while start > floor and tokens.classes[start] != "(" and token - start < REACH:
                start -= 1
            token = start - 1
        elif word in ("after", "before", "thereafter") and token > floor and tokens.words[token - 1] in ("soon", "shortly", "immediately", "day", "days", "hours", "week"):
            token -= 2
        elif found == "," and token - 2 >= floor and tokens.classes[token - 1] in "RS" and tokens.classes[token - 2] == ",":
            token -= 3
        else:
            break
    return token


def _subject_before_apposition(tokens: Tokens, comma: int, floor: int, language: Language) -> Subject | None:
    opening = comma - 1
    while opening >= floor and tokens.classes[opening] != "," and comma - opening < REACH:
        opening -= 1
    if opening <= floor or tokens.classes[opening] != ",":
        return None
    found = _phrase_ending(tokens, opening - 1, floor, language, whole_last=comma - 1)
    if found is None:
        return None
    before = found.first - 1
    if before - 1 >= floor and tokens.classes[before] == "," and tokens.classes[before - 1] in "Z)":
        outer = _phrase_ending(tokens, before - 1, floor, language, whole_last=comma - 1)
        return outer or found
    return found


def _phrase_ending(tokens: Tokens, last: int, floor: int, language: Language, *, whole_last: int) -> Subject | None:
    """The noun phrase whose last token this is."""
    classes, words = tokens.classes, tokens.words
    if classes[last] == ")":
        while last > floor and classes[last] != "(":
            last -= 1
        last -= 1
        if last < floor:
            return None
    if classes[last] == "P":
        return None if words[last] in OBJECT_PRONOUNS else Subject(last, last, last, whole_last)
    if classes[last] not in "NZMD":
        return None
    if classes[last] == "M" and last > floor and classes[last - 1] == ",":
        return None
    first = last
    floor = max(floor, last - REACH)
    while first > floor:
        before, word = classes[first - 1], words[first - 1]
        if before in "NZMDp" or (before == "R" and classes[first] in "DMN" and first - 1 > floor):
            if classes[first] == "Z" and before == "N" and word.endswith("s") and word not in language.titles:
                break
            if classes[first] == "D" and before in "NZM" and not (before == "M" or words[first - 1] in ("all", "both")):
                break
            first -= 1
        elif before == "I" and word in WITHIN_PHRASE and first - 2 >= floor and classes[first - 2] in "NZM":
            if word != "of" and words[first - 2] in language.grammar.time_nouns:
                break
            first -= 1
        elif before in "VG" and first - 2 >= floor and classes[first - 2] in "Dp" and classes[first] in "NZ":
            first -= 1
        elif before == "C" and word in ("and", "or", "&") and first - 2 >= floor and classes[first - 2] in "NZMP":
            if not _is_coordination(classes, first, floor):
                break
            first -= 1
        else:
            break
    first = _without_fronted(tokens, first, last, language)
    if first is None:
        return None
    return Subject(first, last, first, whole_last)


def _is_coordination(classes: str, first: int, floor: int) -> bool:
    """Whether "A and B" before the verb is one phrase: nothing but A stands before the conjunction."""
    start = first - 2
    while start > floor and classes[start - 1] in "NZMDpIP":
        start -= 1
    return start == floor or classes[start - 1] in ",.:-QSTC;("


def _without_fronted(tokens: Tokens, first: int, last: int, language: Language) -> int | None:
    """Leave out what stands in front of the subject itself: "In a statement", "On Tuesday", "Last week"."""
    classes, words = tokens.classes, tokens.words
    while first < last and (classes[first] in "RC" or (classes[first] == "p")):
        first += 1
    is_fronted = classes[first] == "I"
    for token in range(last, first, -1):
        before = token - 1
        if words[before] in language.grammar.time_nouns and classes[token] in "ZDNM" and words[token] not in language.grammar.time_nouns:
            if classes[token] != "N" or is_fronted or words[first] in BEFORE_TIME:
                return token
        if is_fronted and classes[before] == "N" and classes[token] in "ZD":
            return token
    if is_fronted:
        return None
    return first


def subject_after(tokens: Tokens, start: int, ceiling: int, language: Language) -> Subject | None:
    """The subject of an inverted verb ("said Ann Lee, the mayor"); no token from ``ceiling`` on belongs to it."""
    classes, words = tokens.classes, tokens.words
    while start < ceiling and classes[start] == "R":
        start += 1
    if start >= ceiling:
        return None
    if classes[start] == "P":
        return None if words[start] in OBJECT_PRONOUNS else Subject(start, start, start, start)
    if classes[start] not in "DNZM":
        return None
    last = start
    ceiling = min(ceiling, start + REACH)
    while last + 1 < ceiling:
        following, word = classes[last + 1], words[last + 1]
        if word in language.grammar.weekdays and last >= start:
            break
        if following in "NZMpD" or (following in "VG" and classes[last] in "Dp"):
            last += 1
        elif following == "(" :
            close = classes.find(")", last + 1, min(ceiling, last + 8))
            if close < 0:
                break
            last = close
        elif following == "I" and word in AFTER_VERB and last + 2 < ceiling and classes[last + 2] in "DNZMR":
            last += 2
        elif following == "C" and last + 2 < ceiling and classes[last + 2] in "ZD" and classes[last] in "ZN":
            last += 2
        else:
            break
    while last > start and classes[last] in "DI":
        last -= 1
    whole_last = last
    if last + 2 < ceiling and classes[last + 1] == ",":
        stop = last + 2
        while stop < ceiling and classes[stop] not in ",.:-Q;":
            stop += 1
        if classes[last + 2] in "DNWZ" and (classes[last + 2] == "W" or not any(c in "XV" for c in classes[last + 2 : stop])):
            whole_last = stop - 1
    return Subject(start, last, start, whole_last)


def main_subject(tokens: Tokens, first: int, before: int, language: Language) -> Subject | None:
    """The subject of the first verb of a sentence, for participles that follow it."""
    for token in range(first + 1, before):
        if tokens.classes[token] in "VX" and (found := subject_before(tokens, token, first, language)):
            return found
    return None
