"""A text as tokens with one-letter word classes, a quoted passage being one token.

Classes are guessed from closed lists, endings and capitals, so that patterns over the string of classes can find
phrases: no word is looked up in a dictionary of the language, and nothing is learned.

====  ==========================================  ====  ==============================================
``D`` determiner, possessive pronoun              ``V`` verb in a finite form, or a past participle
``P`` personal pronoun                            ``B`` verb in its base form
``N`` noun, adjective, anything unknown           ``G`` verb in -ing
``Z`` name: capitalised                           ``X`` auxiliary
``M`` number                                      ``R`` adverb
``I`` preposition                                 ``O`` "to"
``T`` "that"                                      ``W`` wh-word
``S`` subordinating conjunction                   ``C`` coordinating conjunction
``p`` possessive 's                               ``Q`` quoted passage
``,`` ``:`` ``;`` ``-`` (dash) ``(`` ``)``        ``.`` stop that ends a sentence
====  ==========================================  ====  ==============================================
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from articles.anchoring.text import sentences
from articles.quotation.language import Grammar
from articles.quotation.marks import Marked

# Stands for a quoted passage in the text that is cut into sentences and tokens.
QUOTED = "\ue000"
PAD = "\ue001"
TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|[^\W\d_]['’](?=[^\W\d_]{3})[^\W\d_]+(?:-[^\W\d_]+)*"  # O'Brien
    r"|[^\W\d_]+n['’]t\b"
    r"|['’](?:s|re|ve|ll|d|m)\b"
    r"|[@#]?\w+(?:[-‐‑/&]\w+|(?<=\d)[.,:]\d+)*"
    rf"|{QUOTED}{PAD}*"
    r"|--+|\.\.\.|[,;:.!?…()\[\]—–-]|[$£€%]",
    re.IGNORECASE,
)
INNER_STOP = re.compile(r"[.!?…‽؟۔।。！？]")
CLASS_OF_MARK = {
    ",": ",", ";": ";", ":": ":", "(": "(", "[": "(", ")": ")", "]": ")",
    "—": "-", "–": "-", "-": "-", "…": "-", "...": "-", ".": ".", "!": ".", "?": ".",
}  # fmt: skip
LOUD_SHARE = 0.6
LONG = 4


@dataclass(slots=True)
class Tokens:
    """Parallel lists, one entry per token, and the sentences as half-open ranges of tokens.

    ``words`` are in lower case with straight apostrophes; ``quotes`` gives the number of the quoted passage a token
    stands for, or -1.
    """

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    classes: str
    quotes: list[int]
    sentences: list[tuple[int, int]]
    paragraph_of: list[int]
    """The paragraph of each sentence, counted from 0."""

    def at(self, offset: int) -> int:
        """The last token that starts at or before the offset."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def sentence_of(self, token: int) -> int:
        return max(0, bisect_right(self.sentences, (token, len(self.starts) + 1)) - 1)

    def printed(self, first: int, last: int) -> str:
        """The text from one token to another, both included."""
        return self.text[self.starts[first] : self.ends[last]]


def tokenise(text: str, passages: list[Marked], grammar: Grammar) -> Tokens:
    shadow = _shadow(text, passages)
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    quotes: list[int] = []
    classes: list[str] = []
    ranges: list[tuple[int, int]] = []
    paragraph_of: list[int] = []
    number_of = {passage.start: number for number, passage in enumerate(passages)}
    paragraph, last_end = -1, 0
    for start, end in _sentence_ranges(shadow):
        if paragraph < 0 or "\n" in shadow[last_end:start]:
            paragraph += 1
        last_end = end
        first = len(starts)
        for found in TOKEN.finditer(shadow, start, end):
            word = found.group()
            if word == "." and found.end() < end - 1 and shadow[found.end()] != ")" :
                continue
            starts.append(found.start())
            ends.append(found.end())
            if word[0] == QUOTED:
                words.append("")
                quotes.append(number_of.get(found.start(), -1))
            else:
                words.append(word.lower().replace("’", "'"))
                quotes.append(-1)
        if len(starts) > first:
            classes += _classes(shadow, starts, ends, words, first, grammar)
            ranges.append((first, len(starts)))
            paragraph_of.append(paragraph)
    return Tokens(text, starts, ends, words, "".join(classes), quotes, ranges, paragraph_of)


def _shadow(text: str, passages: list[Marked]) -> str:
    """The text, as long as before, with each quoted passage made opaque save the stop it ends in."""
    pieces, position = [], 0
    for passage in passages:
        pieces.append(text[position : passage.start])
        length = passage.end - passage.start
        inner = text[passage.inner_start : passage.inner_end].rstrip()
        after = text[passage.end : passage.end + 1]
        ends_here = inner[-1:] != "" and INNER_STOP.match(inner[-1]) and (not after or after.isspace())
        pieces.append(QUOTED + PAD * (length - 2) + ("." if ends_here else PAD) if length > 1 else QUOTED)
        position = passage.end
    pieces.append(text[position:])
    return "".join(pieces).replace("\u00a0", " ").replace("\u202f", " ")


def _sentence_ranges(shadow: str) -> list[tuple[int, int]]:
    """Sentences, ended also by the end of a line."""
    ranges = []
    for start, end in sentences(shadow):
        position = start
        while (line_end := shadow.find("\n", position, end)) >= 0:
            if shadow[position:line_end].strip():
                ranges.append((position, line_end))
            position = line_end + 1
        if shadow[position:end].strip():
            ranges.append((position, end))
    return ranges


def _classes(
    shadow: str, starts: list[int], ends: list[int], words: list[str], first: int, grammar: Grammar
) -> list[str]:
    last = len(starts)
    capitals = [shadow[starts[token]].isupper() for token in range(first, last)]
    long_words = [capital for token, capital in enumerate(capitals, first) if ends[token] - starts[token] >= LONG]
    loud = len(long_words) > 2 and sum(long_words) > LOUD_SHARE * len(long_words)
    if loud:
        odd = [
            token for token, capital in enumerate(capitals[1:], first + 1)
            if capital and (words[token] in grammar.class_of or words[token] in grammar.cue_forms)
        ]
        loud = len(odd) > 1 or all(long_words)
    classes: list[str] = []
    opens = True
    for token in range(first, last):
        word = words[token]
        known = grammar.class_of.get(word)
        if not word:
            found = "Q"
        elif word in CLASS_OF_MARK:
            found = CLASS_OF_MARK[word]
        elif word == "'s":
            found = "s"
        elif capitals[token - first] and not (known and (opens or loud or known not in "VB")):
            found = _class_of_capitalised(word, opens=opens or loud, grammar=grammar)
        elif known:
            found = known
        else:
            found = _class_by_ending(word, grammar)
        opens = found in "Q:-(" or (opens and found in ",.")
        classes.append(found)
    return _settled(classes, words, first, grammar)


def _class_of_capitalised(word: str, *, opens: bool, grammar: Grammar) -> str:
    if opens and (word in grammar.cue_forms or word.endswith("ing") or word.endswith("ly")):
        guess = _class_by_ending(word, grammar)
        return guess if guess in "GRV" else "Z"
    return "Z"


def _class_by_ending(word: str, grammar: Grammar) -> str:
    if word[0].isdigit() or word in ("$", "£", "€", "%"):
        return "M"
    if word in grammar.cue_forms:
        return "G" if word.endswith("ing") else "V"
    if word.endswith("ly") and len(word) > 4:
        return "R"
    if word.endswith("ing") and len(word) > 4:
        return "G"
    if word.endswith("ed") and len(word) > 3:
        return "V"
    return "N"


def _settled(classes: list[str], words: list[str], first: int, grammar: Grammar) -> list[str]:
    """Decide what depends on the neighbours: 's, base forms, verbs that are nouns here."""
    last = len(classes) - 1
    for here, found in enumerate(classes):
        before = classes[here - 1] if here else "."
        after = classes[here + 1] if here < last else "."
        word, word_before = words[first + here], words[first + here - 1] if here else ""
        if word in grammar.there and after in "XVBs":
            classes[here] = "P"
        elif found == "s":
            is_verb = before in "PWTS" or after in "DXRGITOP" or (
                after == "V" and before != "Z" and words[first + here + 1].endswith(("ed", "en"))
            )
            classes[here] = "X" if is_verb and word_before not in grammar.let else "p"
        elif found in "VB" and _is_noun_here(found, word, before, after, word_before, grammar):
            classes[here] = "N"
        elif found == "G" and before in "Dp" and after not in "NZGMA":
            classes[here] = "N"
        elif found == "B":
            is_plural = before in "NR" and word_before.endswith("s")
            classes[here] = "V" if before in "PXWO" or is_plural else "N"
        elif found in "GR" and before in ".Q" and after == "V" and words[first + here + 1] in grammar.cue_forms:
            classes[here] = "Z"
    return classes


def _is_noun_here(found: str, word: str, before: str, after: str, word_before: str, grammar: Grammar) -> bool:
    if word in grammar.noun_forms and after in "VX" and before in "NZDM":
        return True
    if before == "I":
        return after in "ID.,"
    return before == "p" or (before == "D" and (found == "B" or word_before not in grammar.pronominal))
