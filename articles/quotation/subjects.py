"""Who does what a verb says: the noun phrase before it, after it, or further up the sentence."""

from dataclasses import dataclass

from articles.quotation.language import Grammar, Language
from articles.quotation.tokens import Tokens

# In tokens: how far a subject, and a remark in brackets, may reach.
REACH, BRACKETS = 40, 8


@dataclass(frozen=True, slots=True)
class Subject:
    """Tokens, both included: the phrase itself, and with what explains it ("Ann Lee, the mayor,")."""

    first: int
    last: int
    whole_first: int
    whole_last: int


def subject_before(tokens: Tokens, verb: int, floor: int, language: Language) -> Subject | None:
    """The subject of a verb that follows it; no token before ``floor`` belongs to it."""
    last = _back_over_adjuncts(tokens, verb - 1, floor, language.grammar)
    if last < floor:
        return None
    if tokens.classes[last] == "W" and tokens.words[last] in language.grammar.relatives:
        end = last - 1
        if end >= floor and tokens.classes[end] in ",-":
            end -= 1
        return _phrase_ending(tokens, end, floor, language, whole_last=last) if end >= floor else None
    if tokens.classes[last] == "," or _is_quote_with_comma(tokens, last):
        return _before_apposition(tokens, last, floor, language)
    found = _phrase_ending(tokens, last, floor, language, whole_last=last)
    return found and (_before_relative(tokens, found, floor, language) or found)


def _before_relative(tokens: Tokens, found: Subject, floor: int, language: Language) -> Subject | None:
    """ "Two members who sit on the committee" before a verb, where the committee is what stands next to it."""
    for token in range(found.first - 1, max(floor, found.first - BRACKETS), -1):
        if tokens.classes[token] in ",.:-QSCT":
            return None
        if tokens.classes[token] == "W":
            is_relative = tokens.words[token] in language.grammar.relatives and tokens.classes[token - 1] in "NZ"
            return _phrase_ending(tokens, token - 1, floor, language, whole_last=found.last) if is_relative else None
    return None


def _is_quote_with_comma(tokens: Tokens, token: int) -> bool:
    if tokens.classes[token] != "Q":
        return False
    return tokens.text[tokens.starts[token] : tokens.ends[token]].rstrip("\"”’'» ").endswith(",")


def _back_over_adjuncts(tokens: Tokens, token: int, floor: int, grammar: Grammar) -> int:
    """Over auxiliaries, adverbs, brackets, "on Tuesday", "soon after" and ", however,"."""
    classes, words = tokens.classes, tokens.words
    while token >= floor:
        found = classes[token]
        is_floating = words[token] in grammar.floating and token > floor and classes[token - 1] in "XNZP"
        if found in "RX" or is_floating:
            token -= 1
        elif words[token] in grammar.time_nouns:
            start = token - 1
            while start >= floor and (words[start] in grammar.before_time or words[start] in grammar.time_nouns):
                start -= 1
            if start < floor or classes[start] == ",":
                return token
            token = start
        elif found == ")":
            token = _before_brackets(tokens, token, floor)
        elif words[token] in grammar.after_words and token > floor and words[token - 1] in grammar.shortly:
            token -= 2
        elif found == "," and token - 2 >= floor and classes[token - 1] in "RS" and classes[token - 2] == ",":
            token -= 3
        else:
            break
    return token


def _before_brackets(tokens: Tokens, token: int, floor: int) -> int:
    start = token
    while start > floor and tokens.classes[start] != "(" and token - start < REACH:
        start -= 1
    return start - 1


def _before_apposition(tokens: Tokens, comma: int, floor: int, language: Language) -> Subject | None:
    """The subject that an explanation between commas follows."""
    opening = comma - 1
    while opening >= floor and tokens.classes[opening] != "," and comma - opening < REACH:
        opening -= 1
    if opening <= floor or tokens.classes[opening] != ",":
        return None
    found = _phrase_ending(tokens, opening - 1, floor, language, whole_last=comma - 1)
    if found is None:
        return None
    before = found.first - 1
    is_named_before = before > floor and tokens.classes[before] == "," and tokens.classes[before - 1] in "Z)"
    if is_named_before and tokens.words[before - 1] not in language.grammar.time_nouns:
        return _phrase_ending(tokens, before - 1, floor, language, whole_last=comma - 1) or found
    return found


def _phrase_ending(tokens: Tokens, last: int, floor: int, language: Language, *, whole_last: int) -> Subject | None:
    """The noun phrase whose last token this is."""
    classes, words = tokens.classes, tokens.words
    if classes[last] == ")":
        last = _before_brackets(tokens, last, floor)
        if last < floor:
            return None
    if classes[last] == "P":
        return None if words[last] in language.grammar.object_pronouns else Subject(last, last, last, whole_last)
    is_year = classes[last] == "M" and last > floor and classes[last - 1] == ","
    if classes[last] not in "NZMD" or is_year:
        return None
    first, floor = last, max(floor, last - REACH)
    while first > floor and (taken := _tokens_before(tokens, first, floor, language)):
        first -= taken
    first = _without_fronted(tokens, first, last, language.grammar)
    return None if first < 0 else Subject(first, last, first, whole_last)


def _tokens_before(tokens: Tokens, first: int, floor: int, language: Language) -> int:
    """How many tokens before ``first`` belong to the same noun phrase: one or none."""
    classes, words = tokens.classes, tokens.words
    found, before, word = classes[first], classes[first - 1], words[first - 1]
    further = classes[first - 2] if first - 2 >= floor else ""
    if before in "NZMDp":
        # "the territories Russia claims"
        is_relative = found == "Z" and before == "N" and word.endswith("s") and word not in language.naming.titles
        # "gave the man the book" holds two phrases; "all the people" and "two of the" one.
        is_boundary = found == "D" and before in "NZM" and before != "M"
        return not (is_relative or is_boundary)
    if before == "R":
        return found in "DMN" and first - 1 > floor
    if before == "I":
        names_time = word != "of" and first - 2 >= floor and words[first - 2] in language.grammar.time_nouns
        return word in language.grammar.phrase_prepositions and further in ("N", "Z", "M") and not names_time
    if before == "O":
        return further in ("N", "Z") and words[first - 2].removesuffix("s") in language.naming.titles
    if before in "VG":
        return further in ("D", "p") and found in "NZ"
    if before == "C":
        return further in ("N", "Z", "M", "P") and _is_coordination(classes, first, floor)
    return 0


def _is_coordination(classes: str, first: int, floor: int) -> bool:
    """Whether "A and B" before the verb is one phrase: nothing but A stands before the conjunction."""
    start = first - 2
    while start > floor and classes[start - 1] in "NZMDpIP":
        start -= 1
    return start == floor or classes[start - 1] in ",.:-QSTC;("


def _without_fronted(tokens: Tokens, first: int, last: int, grammar: Grammar) -> int:
    """Leave out what stands before the subject: "In a statement", "On Tuesday", "Last week"; -1 if nothing is left."""
    classes, words = tokens.classes, tokens.words
    while first < last and classes[first] in "RCp":
        first += 1
    is_fronted = classes[first] == "I"
    for token in range(last, first, -1):
        before = token - 1
        if words[before] in grammar.time_nouns and classes[token] in "ZDNM" and words[token] not in grammar.time_nouns:
            if classes[token] != "N" or is_fronted or words[first] in grammar.before_time:
                return token
        elif is_fronted and classes[before] == "N" and classes[token] in "ZD":
            return token
    return -1 if is_fronted else first


def subject_after(tokens: Tokens, start: int, ceiling: int, language: Language) -> Subject | None:
    """The subject of an inverted verb ("said Ann Lee, the mayor"); no token from ``ceiling`` on belongs to it."""
    classes, words = tokens.classes, tokens.words
    while start < ceiling and classes[start] == "R":
        start += 1
    if start >= ceiling or words[start] in language.grammar.object_pronouns:
        return None
    if classes[start] == "P":
        return Subject(start, start, start, start)
    if classes[start] not in "DNZM":
        return None
    last, end = start, min(ceiling, start + REACH)
    while last + 1 < end and (taken := _tokens_after(tokens, last, end, language.grammar)):
        last += taken
    while last > start and classes[last] in "DI":
        last -= 1
    return Subject(start, last, start, _apposition_end(classes, last, ceiling))


def _tokens_after(tokens: Tokens, last: int, ceiling: int, grammar: Grammar) -> int:
    """How many tokens after ``last`` belong to the same noun phrase."""
    classes = tokens.classes
    found, following, word = classes[last], classes[last + 1], tokens.words[last + 1]
    further = classes[last + 2] if last + 2 < ceiling else ""
    if word in grammar.weekdays:
        return 0
    if following in "NZMpD" or (following in "VG" and found in "Dp"):
        return 1
    if following == "(":
        close = classes.find(")", last + 1, min(ceiling, last + BRACKETS))
        return max(0, close - last)
    if following == "I" and word in grammar.inverted_prepositions:
        return 2 * (further in ("D", "N", "Z", "M", "R"))
    return 2 * (following == "C" and further in ("Z", "D") and found in "ZN")


def _apposition_end(classes: str, last: int, ceiling: int) -> int:
    """The last token of ", the mayor of Dunmore" after a name; ``last`` itself where none follows."""
    start = last + 2
    if start >= ceiling or classes[last + 1] != "," or classes[start] not in "DNWZ":
        return last
    stop = start
    while stop < ceiling and classes[stop] not in ",.:-Q;":
        stop += 1
    has_verb = any(found in "XV" for found in classes[start:stop])
    return stop - 1 if classes[start] == "W" or not has_verb else last


def main_subject(tokens: Tokens, first: int, before: int, language: Language) -> Subject | None:
    """The subject of the first verb of a sentence that has one."""
    verbs = (token for token in range(first + 1, before) if tokens.classes[token] in "VX")
    return next((found for token in verbs if (found := subject_before(tokens, token, first, language))), None)


def subject_of_participle(
    tokens: Tokens, participle: int, first: int, ceiling: int, language: Language
) -> Subject | None:
    """Who does what an -ing form says: the noun right before it, the last subject before it, or the next after it."""
    before = participle - 1
    while before >= first and tokens.classes[before] == "R":
        before -= 1
    if before >= first and tokens.classes[before] in "NZ":
        return _phrase_ending(tokens, before, first, language, whole_last=before)
    for token in range(before, max(first, before - REACH), -1):
        found = subject_before(tokens, token, first, language) if tokens.classes[token] in "VX" else None
        if found is not None and tokens.classes[found.whole_last] != "W":
            return found
    comma = tokens.classes.find(",", participle, ceiling)
    is_fronted = before < first or tokens.classes[before] in "SI"
    return subject_after(tokens, comma + 1, ceiling, language) if is_fronted and comma > 0 else None
