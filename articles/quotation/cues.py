"""Where a text says that somebody said something: verbs of the lexicon, with the words that belong to them."""

from dataclasses import dataclass

from articles.quotation.language import Cue, Grammar, Lexicon
from articles.quotation.tokens import Tokens

BE = frozenset("is are was were be been being 's 're am".split())
MODALS = frozenset("will would can could may might must shall should 'll".split())


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A cue in the text; tokens, the last one included."""

    first: int
    last: int
    frames: frozenset[str]
    lemma: str
    form: str
    """``finite``, ``participle``, ``infinitive`` or ``passive``."""


def occurrences(tokens: Tokens, first: int, ceiling: int, lexicon: Lexicon, grammar: Grammar) -> list[Occurrence]:
    found = []
    token = first
    while token < ceiling:
        if tokens.classes[token] in "VGN" and tokens.words[token] in lexicon.cues:
            occurrence = _occurrence(tokens, token, first, ceiling, lexicon, grammar)
            if occurrence is not None:
                found.append(occurrence)
                token = occurrence.last
        token += 1
    return found


def _occurrence(
    tokens: Tokens, token: int, first: int, ceiling: int, lexicon: Lexicon, grammar: Grammar
) -> Occurrence | None:
    form = _form(tokens, token, first, lexicon, grammar)
    if form is None:
        return None
    blocks = lexicon.blocks.get(lexicon.cues[tokens.words[token]][0].lemma, frozenset())
    if token + 1 < ceiling and tokens.words[token + 1] in blocks:
        return None
    frames: set[str] = set()
    last = token
    lemma = ""
    for cue in lexicon.cues[tokens.words[token]]:
        end = _rest_ends(tokens, token, ceiling, cue)
        if end is None or (frames and end < last):
            continue
        last, lemma = max(last, end), lemma or "_".join((cue.lemma, *cue.rest))
        frames |= cue.frames
    return Occurrence(token, last, frozenset(frames), lemma, form) if frames else None


def _rest_ends(tokens: Tokens, token: int, ceiling: int, cue: Cue) -> int | None:
    for number, word in enumerate(cue.rest, start=1):
        if token + number >= ceiling or tokens.words[token + number] != word:
            return None
    return token + len(cue.rest)


def _form(tokens: Tokens, token: int, first: int, lexicon: Lexicon, grammar: Grammar) -> str | None:
    """What the verb is here; nothing where it is a noun."""
    classes, words = tokens.classes, tokens.words
    word = words[token]
    before = token - 1
    while before >= first and classes[before] == "R":
        before -= 1
    found = classes[before] if before >= first else "."
    if word.endswith("ing"):
        if found == "X" and words[before] in BE:
            return "finite"
        return None if found in "Dp" else "participle"
    if found == "O":
        return "infinitive"
    if found == "X":
        is_past = word.endswith(("ed", "told", "said", "written")) or word in ("put", "read")
        return "passive" if words[before] in BE and is_past else "finite"
    if lexicon.cues[word][0].lemma == "call" and found == "N" and _names_a_thing(tokens, token, before, first):
        return None
    if found in "Dp" or (found == "I" and words[before] not in ("on", "in", "of", "for", "at")):
        return None
    if classes[token] == "N" or _is_noun(tokens, token, before, first, lexicon, grammar):
        return None
    return "finite"


def _names_a_thing(tokens: Tokens, token: int, before: int, first: int) -> bool:
    """ "a group called Anonymous" """
    while before > first and tokens.classes[before - 1] in "NZGV":
        before -= 1
    is_indefinite = before > first and tokens.words[before - 1] in ("a", "an", "something", "website")
    return is_indefinite and tokens.classes[token + 1 : token + 2] in ("Z", "Q", "D")


def _is_noun(tokens: Tokens, token: int, before: int, first: int, lexicon: Lexicon, grammar: Grammar) -> bool:
    """Whether "report" or "claims" is a noun here: the verb would not agree with what stands before it."""
    lemma = lexicon.cues[tokens.words[token]][0].lemma
    word, found = tokens.words[token], tokens.classes[before] if before >= first else "."
    if lemma not in lexicon.also_nouns:
        return False
    if word == lemma and not lexicon.is_past(word):
        if before < first:
            return tokens.classes[token + 1 : token + 2] != "T"
        subject = tokens.words[before]
        is_plural = subject.endswith("s") or subject in grammar.plural_nouns
        return not (found in "MWQ,):DR" or (found in "NZ" and is_plural) or subject in ("i", "you", "we", "they"))
    if word.endswith("s") and word != "says" and found == "N":
        return tokens.words[before].endswith("s") or (before - 1 >= first and tokens.classes[before - 1] not in "DpINZMG")
    return False
