"""Where reported words stop and the narrator goes on."""

from articles.quotation.clauses import past_time
from articles.quotation.cues import is_reporting
from articles.quotation.language import Grammar, Language
from articles.quotation.tokens import Tokens

# In tokens: how far the subject of a coordinated clause, and the noun of a prepositional phrase, may reach.
SUBJECT_REACH, PHRASE_REACH = 8, 5


def content_end(tokens: Tokens, first: int, ceiling: int, language: Language) -> int:
    """The last token of a reported clause that begins at ``first``: of the sentence, unless the narrator steps in."""
    last = ceiling - 1
    for token in range(first + 1, ceiling - 1):
        if _narrator_steps_in(tokens, token, ceiling, language):
            last = token - (tokens.classes[token] != "Q")
            break
    while last >= first and tokens.classes[last] in ".,:-;":
        last -= 1
    return last


def _narrator_steps_in(tokens: Tokens, token: int, ceiling: int, language: Language) -> bool:
    """Whether reported words end at this mark, conjunction or quoted passage."""
    found, following = tokens.classes[token], token + 1
    if found == "," or (found == "Q" and _ends_in_comma(tokens, token)):
        return _narrator_follows(tokens, following, ceiling, language)
    if found == ":":
        return tokens.classes[following] == "Q"
    if found == ";":
        return _clause_with_cue_follows(tokens, following, ceiling, language)
    return found == "C" and _cue_follows(tokens, following, ceiling, language)


def _ends_in_comma(tokens: Tokens, token: int) -> bool:
    return tokens.text[tokens.starts[token] : tokens.ends[token]].rstrip("\"”’'» ").endswith(",")


def _narrator_follows(tokens: Tokens, token: int, ceiling: int, language: Language) -> bool:
    """What follows a comma: an attribution, a participle that reports, another clause with a cue of its own."""
    found, word = tokens.classes[token], tokens.words[token]
    cues = language.lexicon.cues
    if found == "G":
        return word in cues or any(word == phrase[0] for phrase in language.lexicon.according)
    if found in "CS":
        is_contrast = word in language.grammar.contrasts
        return _cue_follows(tokens, token + 1, ceiling, language) or (
            is_contrast and _clause_with_cue_follows(tokens, token + 1, ceiling, language)
        )
    return found == "V" and word in cues and tokens.classes[token + 1 : token + 2] in ("Z", "D", "P")


def _cue_follows(tokens: Tokens, token: int, ceiling: int, language: Language) -> bool:
    while token < ceiling and tokens.classes[token] == "R":
        token += 1
    return token < ceiling and tokens.classes[token] in "VG" and is_reporting(tokens, token, ceiling, language)


def _clause_with_cue_follows(tokens: Tokens, token: int, ceiling: int, language: Language) -> bool:
    """Whether a subject follows whose verb is a cue."""
    start = token
    while token < min(ceiling, start + SUBJECT_REACH) and tokens.classes[token] in "DNZMPpRI":
        token += 1
    is_verb = start < token < ceiling and tokens.classes[token] == "V"
    return is_verb and is_reporting(tokens, token, ceiling, language)


def phrase_end(tokens: Tokens, first: int, ceiling: int, grammar: Grammar) -> int:
    """The last token of an object with what belongs to it, up to a comma, a time or another verb."""
    classes = tokens.classes
    token = first
    while token < ceiling and classes[token] not in ",.:;-(":
        if classes[token] == "C" and token + 1 < ceiling and classes[token + 1] in "VXG":
            break
        if token > first and (
            tokens.words[token] in grammar.ending_words
            or past_time(tokens, token, ceiling, grammar) > token
            or _is_occasion(tokens, token, ceiling, grammar)
        ):
            break
        token += 1
    return token - 1


def _is_occasion(tokens: Tokens, token: int, ceiling: int, grammar: Grammar) -> bool:
    """ "in an interview", "at a rally", "on Twitter" """
    if tokens.classes[token] != "I" or tokens.words[token] not in grammar.event_prepositions:
        return False
    within = range(token + 1, min(ceiling, token + PHRASE_REACH))
    return any(tokens.words[other] in grammar.event_nouns for other in within)
