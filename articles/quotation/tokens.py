"""A text as tokens with one-letter word classes, a quoted passage being one token.

Patterns over the string of classes find phrases and clauses. No word is looked up in a dictionary of the language,
and nothing is learned.

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
``,`` ``:`` ``;`` ``-`` (dash) ``(`` ``)``        ``.`` stop
====  ==========================================  ====  ==============================================
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from articles.anchoring.text import sentences
from articles.quotation.classes import classes_of
from articles.quotation.language import Grammar
from articles.quotation.marks import Marked

# What stands for a quoted passage, and for each further character of it, while a text is cut into sentences.
QUOTED, PADDING = "\ue000", "\ue001"
# Apostrophes are straight. Most of a text is spaces and plain words, which are told at a glance.
TOKEN = re.compile(
    r"(?! )(?:"
    r"[a-zA-Z]+(?=[ ,])"
    r"|(?:[^\W\d_]\.){2,}"  # U.S.
    r"|[^\W\d_]'(?=[^\W\d_]{3})[^\W\d_]+(?:-[^\W\d_]+)*"  # O'Brien
    r"|[@#]?\w+(?:'[tT]\b|[-‐‑/&]\w+|(?<=\d)[.,:]\d+)*"
    r"|'(?:[sdmSDM]|re|ve|ll|RE|VE|LL)\b"
    rf"|{QUOTED}{PADDING}*"
    r"|--+|\.\.\.|[,;:.!?…()\[\]—–-]|[$£€%]"
    r")"
)
INNER_STOP = re.compile(r"[.!?…‽؟۔।。！？]")
# In tokens: a longer sentence is read in parts, so that the work stays in proportion to the length of a text.
LONGEST_SENTENCE = 250
# In tokens: how soon the verb of an attribution follows quoted words.
ATTRIBUTION = 5
ASKS_OR_EXCLAIMS, CLOSING_MARKS = "?!…", "\"”’'» "


@dataclass(slots=True)
class Tokens:
    """Parallel lists, one entry per token, and the sentences as half-open ranges of tokens.

    ``words`` are in lower case with straight apostrophes, empty for a quoted passage, whose number ``quotes`` gives;
    it is -1 for every other token. Of each sentence, ``openings`` gives the first token once more, and ``paragraphs``
    counts its paragraph, from 0.
    """

    text: str
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    classes: str = ""
    quotes: list[int] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    openings: list[int] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)

    def sentence_of(self, token: int) -> int:
        return max(0, bisect_right(self.openings, token) - 1)

    def paragraph_of(self, token: int) -> int:
        return self.paragraphs[self.sentence_of(token)]

    def printed(self, first: int, last: int) -> str:
        """The text from one token to another, both included."""
        return self.text[self.starts[first] : self.ends[last]]


def tokenise(text: str, passages: list[Marked], grammar: Grammar) -> Tokens:
    tokens = Tokens(text)
    shadow = _shadow(text, passages)
    straight = shadow.replace("’", "'")
    number_of = {passage.start: number for number, passage in enumerate(passages)}
    classes: list[str] = []
    paragraph, last_end = -1, 0
    for start, end in _sentence_ranges(shadow):
        paragraph += paragraph < 0 or "\n" in shadow[last_end:start]
        last_end = end
        first = len(tokens.starts)
        _cut(straight, start, end, passages, number_of, tokens)
        if tokens.sentences and tokens.paragraphs[-1] == paragraph and _goes_on(tokens, first, grammar):
            first, _ = tokens.sentences.pop()
            tokens.openings.pop()
            tokens.paragraphs.pop()
            del classes[first:]
        for part in range(first, len(tokens.starts), LONGEST_SENTENCE):
            ceiling = min(part + LONGEST_SENTENCE, len(tokens.starts))
            capitals = list(map(str.isupper, map(shadow.__getitem__, tokens.starts[part:ceiling])))
            classes += classes_of(tokens.words[part:ceiling], capitals, grammar)
            tokens.sentences.append((part, ceiling))
            tokens.openings.append(part)
            tokens.paragraphs.append(paragraph)
    tokens.classes = "".join(classes)
    return tokens


def _goes_on(tokens: Tokens, first: int, grammar: Grammar) -> bool:
    """Whether a sentence is no more than who asked or exclaimed the quoted words before it."""
    if first == 0 or first >= len(tokens.starts) or tokens.quotes[first - 1] < 0:
        return False
    if tokens.printed(first - 1, first - 1).rstrip(CLOSING_MARKS)[-1:] not in ASKS_OR_EXCLAIMS:
        return False
    opening = grammar.class_of.get(tokens.words[first], "Z")
    following = tokens.words[first + 1 : first + ATTRIBUTION]
    return opening in "PDZ" and any(word in grammar.cue_forms for word in following)


def _cut(shadow: str, start: int, end: int, passages: list[Marked], number_of: dict[int, int], tokens: Tokens) -> None:
    """Append the tokens of one sentence; the stops of abbreviations and initials are none.

    Apostrophes in ``shadow`` are straight.
    """
    spans = [found.span() for found in TOKEN.finditer(shadow, start, end)]
    if shadow.find(".", start, end - 2) >= 0:
        last = end - 1
        spans = [
            (opening, closing)
            for opening, closing in spans
            if shadow[opening] != "." or closing >= last or closing - opening > 1 or shadow[closing] == ")"
        ]
    if shadow.find(QUOTED, start, end) >= 0:
        _cut_quoted(shadow, spans, passages, number_of, tokens)
        return
    tokens.starts += [opening for opening, _closing in spans]
    tokens.ends += [closing for _opening, closing in spans]
    tokens.words += [shadow[opening:closing].lower() for opening, closing in spans]
    tokens.quotes += [-1] * len(spans)


def _cut_quoted(
    shadow: str,
    spans: list[tuple[int, int]],
    passages: list[Marked],
    number_of: dict[int, int],
    tokens: Tokens,
) -> None:
    """Append the tokens of a sentence with quoted passages, whose own stops are within them."""
    quoted_until = -1
    for opening, closing in spans:
        if opening < quoted_until:
            continue
        word = shadow[opening:closing]
        number = number_of.get(opening, -1) if word[0] == QUOTED else -1
        if number >= 0:
            word, closing = "", passages[number].end
            quoted_until = closing
        tokens.starts.append(opening)
        tokens.ends.append(closing)
        tokens.words.append(word.lower())
        tokens.quotes.append(number)


def _shadow(text: str, passages: list[Marked]) -> str:
    """The text, as long as before, with each quoted passage made opaque save the stop it ends in."""
    pieces, position = [], 0
    for passage in passages:
        pieces.append(text[position : passage.start].replace(QUOTED, " ").replace(PADDING, " "))
        length = passage.end - passage.start
        inner = text[passage.inner_start : passage.inner_end].rstrip()
        after = text[passage.end : passage.end + 1]
        ends_here = bool(INNER_STOP.match(inner[-1:])) and (not after or after.isspace())
        pieces.append(QUOTED + PADDING * (length - 1 - ends_here) + "." * ends_here)
        position = passage.end
    pieces.append(text[position:].replace(QUOTED, " ").replace(PADDING, " "))
    return "".join(pieces).replace("\u00a0", " ").replace("\u202f", " ")


def _sentence_ranges(shadow: str) -> list[tuple[int, int]]:
    """Sentences; the end of a line ends them too."""
    ranges = []
    for start, end in sentences(shadow):
        position = start
        for line in shadow[start:end].split("\n"):
            if line.strip():
                ranges.append((position, position + len(line)))
            position += len(line) + 1
    return ranges
