"""Where a text says that somebody said something: verbs of the lexicon, with the words that belong to them."""

from dataclasses import dataclass

from articles.quotation.language import Cue, Grammar, Language
from articles.quotation.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A cue in the text; tokens, the last one included.

    ``form`` is ``finite``, ``participle``, ``infinitive`` or ``passive``.
    """

    first: int
    last: int
    frames: frozenset[str]
    lemma: str
    form: str


def occurrences(tokens: Tokens, first: int, ceiling: int, language: Language) -> list[Occurrence]:
    """The cues between two tokens, from left to right, none within another."""
    found: list[Occurrence] = []
    words, classes, cues = tokens.words, tokens.classes, language.lexicon.cues
    if cues.keys().isdisjoint(words[first:ceiling]):
        return found
    token = first
    while token < ceiling:
        if classes[token] in "VG" and words[token] in cues:
            occurrence = _occurrence(tokens, token, first, ceiling, language)
            if occurrence is not None:
                found.append(occurrence)
                token = occurrence.last
        token += 1
    return found


def _occurrence(tokens: Tokens, token: int, first: int, ceiling: int, language: Language) -> Occurrence | None:
    cues = language.lexicon.cues[tokens.words[token]]
    following = tokens.words[token + 1] if token + 1 < ceiling else ""
    if following in language.lexicon.blocks.get(cues[0].lemma, ()):
        return None
    form = _form(tokens, token, first, language)
    if form is None:
        return None
    fitting = [(end, cue) for cue in cues if (end := _end(tokens, token, ceiling, cue)) is not None]
    if not fitting:
        return None
    last = fitting[0][0]
    frames = frozenset().union(*(cue.frames for end, cue in fitting if end == last))
    return Occurrence(token, last, frames, fitting[0][1].name, form)


def is_reporting(tokens: Tokens, token: int, ceiling: int, language: Language) -> bool:
    """Whether a verb of the lexicon stands here with all its words; one that only quotes needs a quotation."""
    return any(
        (end := _end(tokens, token, ceiling, cue)) is not None
        and (cue.frames > {"quote"} or "Q" in tokens.classes[end + 1 : end + 3])
        for cue in language.lexicon.cues.get(tokens.words[token], ())
    )


def _end(tokens: Tokens, token: int, ceiling: int, cue: Cue) -> int | None:
    """The last token of a cue that begins here, if all its words stand here."""
    last = token + len(cue.rest)
    if last < ceiling and tuple(tokens.words[token + 1 : last + 1]) == cue.rest:
        return last
    return None


def _form(tokens: Tokens, token: int, first: int, language: Language) -> str | None:
    """What the verb is here; nothing where it is a noun or only gives a name."""
    classes, words, grammar = tokens.classes, tokens.words, language.grammar
    before = token - 1
    while before >= first and classes[before] == "R":
        before -= 1
    found = classes[before] if before >= first else "."
    if classes[token] == "G":
        if found == "X" and words[before] in grammar.be:
            return "finite"
        return None if found in "Dp" else "participle"
    if found == "O":
        return "infinitive"
    if found == "X":
        return "passive" if words[before] in grammar.be else "finite"
    if found == "p" or (found == "D" and words[before] not in grammar.pronominal):
        return None
    if found == "I" and words[before] not in grammar.stranded:
        return None
    if _gives_a_name(tokens, token, before, first, language) or _is_noun(tokens, token, before, first, language):
        return None
    return "finite"


def _gives_a_name(tokens: Tokens, token: int, before: int, first: int, language: Language) -> bool:
    """ "a group called Anonymous" """
    classes = tokens.classes
    if tokens.words[token] not in language.lexicon.naming or before < first or classes[before] != "N":
        return False
    while before > first and classes[before - 1] in "NZGV":
        before -= 1
    is_indefinite = before > first and tokens.words[before - 1] in language.grammar.indefinite
    return is_indefinite and classes[token + 1 : token + 2] in ("Z", "Q", "D")


def _is_noun(tokens: Tokens, token: int, before: int, first: int, language: Language) -> bool:
    """Whether "report" or "claims" is a noun here: the verb would not agree with what stands before it."""
    grammar: Grammar = language.grammar
    word = tokens.words[token]
    lemma = language.lexicon.cues[word][0].lemma
    if lemma not in grammar.noun_forms:
        return False
    found = tokens.classes[before] if before >= first else "."
    if word == lemma and lemma not in language.lexicon.unchanged:
        if before < first:
            return tokens.classes[token + 1 : token + 2] != "T"
        subject = tokens.words[before]
        is_plural = found in "NZ" and (subject.endswith("s") or subject in grammar.plural_nouns)
        return not (found in "MWQ,):DR" or is_plural or subject in grammar.plural_subjects)
    if word.endswith("s") and found == "N":
        return tokens.words[before].endswith("s") or (before > first and tokens.classes[before - 1] not in "DpINZMG")
    return False
