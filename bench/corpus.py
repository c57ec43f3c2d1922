"""A seeded corpus: the same articles and marks on every machine and every version of Python.

Only ``Random.random`` is used, because it is the one method whose sequence Python promises to keep.
An article is a row of slices with one mark each; of every ten slices ``MIX`` says which kind each has.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random

from articles.anchoring.text import SEPARATOR

SEED = 20261122
MARKS = 20
WORDS = 450
LONG_MARKS = 1_000
LONG_WORDS = 10_000
HEAVY_MARKS = 5_000
SPEAKERS = 40
SLICES_IN_A_PARAGRAPH = 5  # so that a claim and the tag within it share one
SEVERITIES = 3

ONSETS = [
    "b",
    "br",
    "c",
    "ch",
    "d",
    "f",
    "g",
    "gr",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "w",
]
VOWELS = ["a", "e", "i", "o", "u", "ea", "ai", "ou", "é", "ö"]
ENDS = ["", "", "n", "r", "s", "t", "l", "nd", "st", "ck", "m"]
SMALL = [
    "the",
    "of",
    "to",
    "and",
    "a",
    "in",
    "that",
    "for",
    "on",
    "with",
    "as",
    "was",
    "by",
    "at",
    "from",
    "it",
    "her",
    "his",
    "is",
    "will",
    "has",
    "not",
    "are",
    "be",
    "this",
    "have",
    "an",
]
VOCABULARY = 3_000
WORD = re.compile(r"\w+")
# Outside the Basic Multilingual Plane: one code point here, two units in a browser.
SIGN = "𝄞"


class Kind(StrEnum):
    QUOTE = "quote"
    CLAIM = "claim"
    BIAS = "bias"


# Of ten marks four are quotes, three claims, three bias tags; the first tag of the three stands within a claim.
MIX = (
    Kind.QUOTE,
    Kind.CLAIM,
    Kind.BIAS,
    Kind.QUOTE,
    Kind.BIAS,
    Kind.QUOTE,
    Kind.CLAIM,
    Kind.QUOTE,
    Kind.BIAS,
    Kind.CLAIM,
)
WITHIN_A_CLAIM = MIX.index(Kind.BIAS)


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked words, half-open in code points of the canonical text.

    ``choice`` picks the speaker of a quote and the category of a tag; ``severity`` is 1 to 3.
    """

    kind: Kind
    start: int
    end: int
    choice: int
    severity: int


@dataclass(frozen=True, slots=True)
class GeneratedArticle:
    """Headline, paragraphs, and marks in the order of the text. A claim and the tag within it overlap."""

    headline: str
    paragraphs: tuple[str, ...]
    marks: tuple[Mark, ...]

    @property
    def text(self) -> str:
        return SEPARATOR.join([self.headline, *self.paragraphs])


class Words:
    """Invented words: few that come often, many that come seldom."""

    def __init__(self, random: Random) -> None:
        self._random = random
        found: dict[str, None] = {}
        while len(found) < VOCABULARY:
            found["".join(self._syllable() for _ in range(1 + self.below(3)))] = None
        self._rare = list(found)

    def below(self, limit: int) -> int:
        """A number from 0 to ``limit - 1``."""
        return int(self._random.random() * limit)

    def some(self, count: int) -> list[str]:
        return [self._word() for _ in range(count)]

    def name(self) -> str:
        """A first and a last name."""
        return " ".join(self._rare[self.below(len(self._rare))].capitalize() for _ in range(2))

    def frequent(self) -> str:
        """One name; the first of the rare words come most often."""
        return self._rare[int(len(self._rare) * self._random.random() ** 2)].capitalize()

    def headline(self) -> str:
        return " ".join(self.some(7)).capitalize()

    def _word(self) -> str:
        if self._random.random() < 0.45:
            return SMALL[self.below(len(SMALL))]
        return self._rare[int(len(self._rare) * self._random.random() ** 2)]

    def _syllable(self) -> str:
        return "".join(letters[self.below(len(letters))] for letters in (ONSETS, VOWELS, ENDS))


class Corpus:
    """Articles one after the other; two corpora with the same seed are alike."""

    def __init__(self, seed: int = SEED) -> None:
        self._words = Words(Random(seed))  # noqa: S311 - a corpus, no secret
        self.speakers = tuple(self._words.name() for _ in range(SPEAKERS))

    def articles(self, count: int) -> Iterator[GeneratedArticle]:
        """Articles of about ``WORDS`` words with ``MARKS`` marks each."""
        for _ in range(count):
            yield self.article(words=WORDS, marks=MARKS)

    def long_article(self) -> GeneratedArticle:
        return self.article(words=LONG_WORDS, marks=LONG_MARKS)

    def heavy_article(self) -> GeneratedArticle:
        """An article like the long one with ``HEAVY_MARKS`` marks, most of them on words that others lie on too."""
        article = self.long_article()
        borders = [place.span() for place in WORD.finditer(article.text)]
        added = [self._mark_anywhere(borders) for _ in range(HEAVY_MARKS - len(article.marks))]
        marks = sorted([*article.marks, *added], key=lambda mark: (mark.start, -mark.end))
        return replace(article, marks=tuple(marks))

    def _mark_anywhere(self, borders: Sequence[tuple[int, int]]) -> Mark:
        """A mark on one to eight words, wherever they stand."""
        first = self._words.below(len(borders) - 8)
        last = first + self._words.below(8)
        kind = MIX[self._words.below(len(MIX))]
        speaker_or_category = self._words.below(SPEAKERS)
        return Mark(kind, borders[first][0], borders[last][1], speaker_or_category, 1 + self._words.below(SEVERITIES))

    def unmarked(self, count: int, like: Sequence[GeneratedArticle]) -> Iterator[GeneratedArticle]:
        """Articles with headlines of their own over the paragraphs of ``like`` in turn, and no marks."""
        for number in range(count):
            yield replace(like[number % len(like)], headline=self._words.headline(), marks=())

    def article(self, *, words: int, marks: int) -> GeneratedArticle:
        """An article of about ``words`` words with ``marks`` marks, spread evenly."""
        written = _Writing(self._words, self.speakers, self._words.headline())
        for number in range(marks):
            in_slice = words * (number + 1) // marks - words * number // marks
            written.add(number, in_slice)
        return written.finished()


class _Writing:
    """An article in the making."""

    def __init__(self, words: Words, speakers: Sequence[str], headline: str) -> None:
        self._words = words
        self._speakers = speakers
        self._headline = headline
        self._paragraphs: list[str] = []
        self._sentences: list[str] = []
        self._marks: list[Mark] = []
        self._begin = len(headline) + len(SEPARATOR)  # where the paragraph begins

    def add(self, number: int, count: int) -> None:
        """A sentence of ``count`` words with a mark of the kind whose turn it is."""
        kind = MIX[number % len(MIX)]
        if number % len(MIX) == WITHIN_A_CLAIM:
            self._mark_within(self._marks[-1])
            self._say(self._words.some(count))
        elif kind is Kind.QUOTE:
            self._quote(count)
        else:
            self._state(kind, count)
        if (number + 1) % SLICES_IN_A_PARAGRAPH == 0:
            self._end_paragraph()

    def finished(self) -> GeneratedArticle:
        if self._sentences:
            self._end_paragraph()
        marks = tuple(sorted(self._marks, key=lambda mark: (mark.start, -mark.end)))
        return GeneratedArticle(self._headline, tuple(self._paragraphs), marks)

    def _quote(self, count: int) -> None:
        """Quoted words, then who said them; the mark stands between the quotation marks."""
        speaker = self._words.below(len(self._speakers))
        said = " ".join(self._words.some(max(2, count // 2))).capitalize()
        start = self._here() + 1
        self._mark(Kind.QUOTE, start, start + len(said), speaker)
        rest = " ".join(self._words.some(max(1, count - max(2, count // 2) - 3)))
        self._sentences.append(f"“{said},” {self._speakers[speaker]} said {rest}.")

    def _state(self, kind: Kind, count: int) -> None:
        """A sentence with marked words in the middle: many for a claim, one or two for a tag."""
        marked = max(2, count // 2) if kind is Kind.CLAIM else 1 + self._words.below(2)
        before = " ".join(self._words.some(max(1, (count - marked) // 2))).capitalize()
        words = " ".join(self._words.some(marked))
        after = self._words.some(max(1, (count - marked) // 2))
        start = self._here() + len(before) + 1
        self._mark(kind, start, start + len(words), self._words.below(1_000))
        self._sentences.append(f"{before} {words} {' '.join(after)}.")

    def _mark_within(self, claim: Mark) -> None:
        """A tag on the first word of the claim before it."""
        sentence = self._sentences[-1]
        begin = claim.start - (self._here() - 1 - len(sentence))
        word = sentence[begin:].split(" ", 1)[0]
        self._mark(Kind.BIAS, claim.start, claim.start + len(word), self._words.below(1_000))

    def _say(self, words: list[str]) -> None:
        sign = f" {SIGN}" if self._words.below(4) == 0 else ""
        self._sentences.append(f"{' '.join(words).capitalize()}{sign}.")

    def _mark(self, kind: Kind, start: int, end: int, choice: int) -> None:
        self._marks.append(Mark(kind, start, end, choice, 1 + self._words.below(SEVERITIES)))

    def _here(self) -> int:
        """Where the next sentence begins in the canonical text."""
        return self._begin + sum(len(sentence) + 1 for sentence in self._sentences)

    def _end_paragraph(self) -> None:
        self._paragraphs.append(" ".join(self._sentences))
        self._begin += len(self._paragraphs[-1]) + len(SEPARATOR)
        self._sentences = []
