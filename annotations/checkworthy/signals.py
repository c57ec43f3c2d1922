"""What in a sentence speaks for checking it, and what against."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from annotations.checkworthy.lexicon import Lexicon

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
NUMBER = re.compile(r"[$€£¥]?\d+(?:[.,  ]\d+)*(?: ?[%‰°€])?")
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
OPENING = re.compile(r"[“„«\"'‘(\[:—–]\s*$")
QUESTION, EXCLAMATION = "?？؟⁇", "!！"
CLOSING = "\"'”’»›)]}」』 \n"
# In words, or in characters for scripts that put no spaces: a shorter sentence says little on its own.
SHORT, SHORT_UNSPACED = 6, 12


@dataclass(frozen=True, slots=True)
class Signal:
    """Words that speak for or against checking a sentence; ``kind`` names how, as in ``weights.json``."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word as printed and as the lexicon knows it."""

    start: int
    end: int
    printed: str
    plain: str


def words_of(text: str, start: int, end: int) -> list[Word]:
    """The words of a stretch; a genitive's ending is left out of the plain form."""
    return [
        Word(found.start(), found.end(), found[0], found[0].lower().replace("’", "'").removesuffix("'s"))
        for found in WORD.finditer(text, start, end)
    ]


def signals_of(text: str, start: int, end: int, lexicon: Lexicon, *, amid: Collection[str]) -> list[Signal]:
    """The signals of the sentence ``[start, end)``, in the order of their kinds of search.

    :param amid: words that the text capitalises within sentences, so that they are names at the beginning of one too.
    """
    words = words_of(text, start, end)
    return [
        *_numbers(text, start, end),
        *_phrases(words, lexicon),
        *_names(text, start, words, lexicon, amid),
        *_past(words, lexicon),
        *_persons(words, lexicon),
        *_shape(text, start, end, words),
    ]


def names_amid(text: str, spans: Sequence[tuple[int, int]]) -> frozenset[str]:
    """The words that stand capitalised within the sentences of a text, other than after an opening mark."""
    return frozenset(
        word.printed
        for start, end in spans
        for word in words_of(text, start, end)[1:]
        if word.printed[0].isupper() and not OPENING.search(text, max(start, word.start - 2), word.start)
    )


def _numbers(text: str, start: int, end: int) -> Iterator[Signal]:
    for found in NUMBER.finditer(text, start, end):
        yield Signal("date" if YEAR.fullmatch(found[0]) else "number", found.start(), found.end())


def _phrases(words: Sequence[Word], lexicon: Lexicon) -> Iterator[Signal]:
    plain = [word.plain for word in words]
    place = 0
    while place < len(words):
        phrase = lexicon.phrase_at(plain, place)
        if phrase is None:
            place += 1
            continue
        last = place + len(phrase.words) - 1
        yield Signal(phrase.kind, words[place].start, words[last].end)
        place = last + 1


def _names(text: str, start: int, words: Sequence[Word], lexicon: Lexicon, amid: Collection[str]) -> Iterator[Signal]:
    """Runs of capitalised words that are not capitalised for their place alone."""
    place = 0
    while place < len(words):
        first = place
        while place < len(words) and _may_be_name(words[place], lexicon) and _follows(text, words, first, place):
            place += 1
        run = words[first:place]
        if not run:
            place += 1
        elif _is_name(text, start, run, lexicon, amid):
            yield Signal("name", run[0].start, run[-1].end)


def _may_be_name(word: Word, lexicon: Lexicon) -> bool:
    return word.printed[0].isupper() and word.plain not in lexicon.not_names


def _follows(text: str, words: Sequence[Word], first: int, place: int) -> bool:
    return place == first or text[words[place - 1].end : words[place].start] in {" ", ". "}


def _is_name(text: str, start: int, run: Sequence[Word], lexicon: Lexicon, amid: Collection[str]) -> bool:
    if len(run) > 1:
        return True
    word = run[0]
    if lexicon.nouns_are_capitalised:
        return len(word.printed) > 1 and word.printed.isupper()
    opens = not text[start : word.start].strip("\"'“”‘’„«»([ ") or OPENING.search(
        text, max(0, word.start - 2), word.start
    )
    return not opens or word.printed in amid


def _past(words: Sequence[Word], lexicon: Lexicon) -> Iterator[Signal]:
    for word in words:
        if lexicon.is_past(word.plain):
            yield Signal("past", word.start, word.end)


def _persons(words: Sequence[Word], lexicon: Lexicon) -> Iterator[Signal]:
    for word in words:
        if word.plain in lexicon.first_person:
            yield Signal("myself", word.start, word.end)


def _shape(text: str, start: int, end: int, words: Sequence[Word]) -> Iterator[Signal]:
    """What the end of a sentence and its length say."""
    closing = text[start:end].rstrip(CLOSING)
    if closing and closing[-1] in QUESTION:
        yield Signal("question", start, end)
    if closing and closing[-1] in EXCLAMATION:
        yield Signal("exclamation", start, end)
    if len(words) < SHORT and end - start < SHORT * SHORT_UNSPACED:
        yield Signal("short", start, end)
