"""Where reported words stop and the narrator goes on."""

from articles.quotation.clauses import is_clause, over_time
from articles.quotation.language import Grammar, Lexicon
from articles.quotation.subjects import subject_before
from articles.quotation.tokens import Tokens


def content_end(tokens: Tokens, first: int, ceiling: int, grammar: Grammar, lexicon: Lexicon) -> int:
    """The last token of a reported clause that begins at ``first``: of the sentence, unless the narrator steps in."""
    classes, words = tokens.classes, tokens.words
    last = ceiling - 1
    for token in range(first + 1, ceiling):
        found = classes[token]
        if found == "Q" and token + 1 < ceiling and _ends_in_comma(tokens, token):
            if _narrator_follows(tokens, token + 1, ceiling, grammar, lexicon):
                last = token
                break
        elif found == "," and token + 1 < ceiling:
            if _narrator_follows(tokens, token + 1, ceiling, grammar, lexicon):
                last = token - 1
                break
        elif found == ":" and token + 1 < ceiling and classes[token + 1] == "Q":
            last = token - 1
            break
        elif found == "C" and _new_cue(tokens, token + 1, ceiling, lexicon):
            last = token - 1
            break
    while last >= first and classes[last] in ".,:-;":
        last -= 1
    return last


def _ends_in_comma(tokens: Tokens, token: int) -> bool:
    inner = tokens.text[tokens.starts[token] : tokens.ends[token]].rstrip("\"”’'» ")
    return inner[-1:] == ","


def _narrator_follows(tokens: Tokens, token: int, ceiling: int, grammar: Grammar, lexicon: Lexicon) -> bool:
    """What follows a comma: another cue, an attribution, a participle that reports."""
    classes, words = tokens.classes, tokens.words
    found = classes[token]
    if words[token] == "according":
        return True
    if found == "G":
        return words[token] in lexicon.cues
    if found in "CS" and _new_cue(tokens, token + 1, ceiling, lexicon):
        return True
    if found in "CS" and words[token] in ("but", "and", "while", "though", "although", "as", "even") and _clause_with_cue(tokens, token + 1, ceiling, lexicon):
        return True
    return found == "V" and words[token] in lexicon.cues and token + 1 < ceiling and classes[token + 1] in "ZDP"


def _new_cue(tokens: Tokens, token: int, ceiling: int, lexicon: Lexicon) -> bool:
    while token < ceiling and tokens.classes[token] == "R":
        token += 1
    if token >= ceiling or tokens.classes[token] not in "VG" or tokens.words[token] not in lexicon.cues:
        return False
    return not tokens.words[token].endswith("ing") or tokens.classes[token] == "G"


def _clause_with_cue(tokens: Tokens, token: int, ceiling: int, lexicon: Lexicon) -> bool:
    """Whether a subject follows whose verb is a cue of its own."""
    start = token
    while token < min(ceiling, start + 8) and tokens.classes[token] in "DNZMPpRI":
        token += 1
    return token > start and token < ceiling and tokens.classes[token] == "V" and tokens.words[token] in lexicon.cues


def phrase_end(tokens: Tokens, first: int, ceiling: int, grammar: Grammar) -> int:
    """The last token of an object with what belongs to it, up to a comma, a time or a new clause."""
    classes, words = tokens.classes, tokens.words
    token = first
    while token < ceiling:
        found = classes[token]
        if found in ",.:;-(" or (found == "C" and token + 1 < ceiling and classes[token + 1] in "VXG"):
            break
        if token > first and over_time(tokens, token, ceiling, grammar) > token:
            break
        if words[token] in ("during", "after", "before", "when", "while") and token > first:
            break
        if found == "I" and token > first and _is_event(tokens, token, ceiling, grammar):
            break
        token += 1
    return token - 1


def _is_event(tokens: Tokens, token: int, ceiling: int, grammar: Grammar) -> bool:
    """Whether a preposition opens "in an interview", "at a rally", "on Twitter"."""
    if tokens.words[token] not in ("in", "at", "on", "during", "via"):
        return False
    return any(tokens.words[other] in grammar.event_nouns for other in range(token + 1, min(ceiling, token + 5)))
