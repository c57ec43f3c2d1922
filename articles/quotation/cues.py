"""Where a text says that somebody said something: verbs of the lexicon, with the words that belong to them."""

from dataclasses import dataclass

from articles.quotation.language import Cue, Lexicon
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


def occurrences(tokens: Tokens, first: int, ceiling: int, lexicon: Lexicon) -> list[Occurrence]:
    found = []
    token = first
    while token < ceiling:
        if tokens.classes[token] in "VGN" and tokens.words[token] in lexicon.cues:
            occurrence = _occurrence(tokens, token, first, ceiling, lexicon)
            if occurrence is not None:
                found.append(occurrence)
                token = occurrence.last
        token += 1
    return found


def _occurrence(tokens: Tokens, token: int, first: int, ceiling: int, lexicon: Lexicon) -> Occurrence | None:
    form = _form(tokens, token, first)
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


def _form(tokens: Tokens, token: int, first: int) -> str | None:
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
    if found in "Dp" or (found == "I" and words[before] not in ("on", "in", "of", "for", "at")):
        return None
    if classes[token] == "N":
        return None
    return "finite"
