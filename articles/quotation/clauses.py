"""Where a phrase or a clause begins and ends."""

import re

from articles.quotation.language import Grammar
from articles.quotation.tokens import Tokens

# In tokens: how far patterns over word classes look.
REACH = 60
NOUN_PHRASE = re.compile(r"R?(?:P|(?:[DM]|R(?=[DMNVZ]))*(?:[NZMp]|[VGR](?=[NZVG]))*[NZM]|[DM])(?:\([NZM.-]{1,6}\))?")
LONG_PHRASE = re.compile(
    rf"(?:{NOUN_PHRASE.pattern})(?:I(?:{NOUN_PHRASE.pattern})|C(?:{NOUN_PHRASE.pattern})(?=[^XV])){{0,4}}"
)
CLAUSE = re.compile(rf"[RC]?,?(?:{LONG_PHRASE.pattern})(?:,[^,]{{1,25}},|W[^,]{{1,10}}(?=X))?R*[XVQ]")
PREPOSITIONAL = re.compile(rf"[IO](?:{NOUN_PHRASE.pattern}|G(?:{NOUN_PHRASE.pattern})?)(?:I(?:{NOUN_PHRASE.pattern}))*")


def past(pattern: re.Pattern[str], classes: str, token: int, ceiling: int) -> int:
    """How far a pattern of word classes reaches from a token; the token itself when it does not fit."""
    found = pattern.match(classes, token, min(ceiling, token + REACH))
    return found.end() if found else token


def is_clause(tokens: Tokens, token: int, ceiling: int, grammar: Grammar) -> bool:
    """Whether a subject with its verb stands here."""
    if token >= ceiling:
        return False
    found = tokens.classes[token]
    if found == "T":
        return True
    if found == "S":
        return tokens.words[token] not in grammar.not_reported
    if found in "XW":
        return found == "W" and tokens.classes[token + 1 : ceiling].strip(".") != ""
    return past(CLAUSE, tokens.classes, token, ceiling) > token


def has_verb(tokens: Tokens, first: int, ceiling: int) -> bool:
    return any(found in "XV" for found in tokens.classes[first:ceiling])


def has_main_verb(tokens: Tokens, first: int, ceiling: int) -> bool:
    """Whether there is a verb outside relative clauses that commas set off."""
    start = first
    while start < ceiling:
        end = tokens.classes.find(",", start, ceiling)
        end = ceiling if end < 0 else end
        if tokens.classes[start] != "W" and has_verb(tokens, start, end):
            return True
        start = end + 1
    return False


def past_time(tokens: Tokens, token: int, ceiling: int, grammar: Grammar) -> int:
    """Past "Tuesday", "on Monday night", "last week", "in March 2016", "earlier this month"."""
    words, start = tokens.words, token
    while token < ceiling and words[token] in grammar.before_time:
        token += 1
    if token >= ceiling or words[token] not in grammar.time_nouns:
        return start
    while token < ceiling and (words[token] in grammar.time_nouns or tokens.classes[token] == "M"):
        token += 1
    return token


def past_adjuncts(tokens: Tokens, token: int, ceiling: int, grammar: Grammar) -> int:
    """Past adverbs, times and prepositional phrases that say where, when and to whom something was said."""
    while token < ceiling:
        found = tokens.classes[token]
        if (after := past_time(tokens, token, ceiling, grammar)) > token:
            token = after
        elif found == "R":
            token += 1
        elif (found == "I" or found == "O") and tokens.words[token] in grammar.adjunct_prepositions:
            after = past(PREPOSITIONAL, tokens.classes, token, ceiling)
            if after == token:
                break
            token = after
        elif found == "(" and (close := tokens.classes.find(")", token, min(ceiling, token + 12))) > 0:
            token = close + 1
        else:
            break
    return token
