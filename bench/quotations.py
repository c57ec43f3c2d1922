"""A seeded corpus of what people said: short articles with four quotes each, some of which report others' words again.

Quotes are made of invented words, of small ones that come often, and of turns of phrase that thousands share, so that
an index of word runs meets what it meets in real copy.
"""

from collections.abc import Iterator
from random import Random

from bench.corpus import GeneratedArticle, Kind, Mark, Words

SEED = 20270101
QUOTES = 4
FEWEST, MOST = 6, 36  # words of a quote
SPEAKERS = 40
AGAIN = 20  # one quote of so many reports words that were reported before
PHRASES = (
    "at the end of the day",
    "I want to be very clear",
    "we have to make sure that",
    "one of the most important",
    "we are going to do",
    "this is not the time to",
    "the fact of the matter is",
    "there is no doubt that",
    "as I have said before",
    "we will continue to work with",
    "it is too early to say",
    "the people of this country",
)


class Quotations:
    """Articles one after the other; two corpora with the same seed are alike."""

    def __init__(self, seed: int = SEED) -> None:
        self._words = Words(Random(seed))  # noqa: S311 - a corpus, no secret
        self._said: list[tuple[str, int]] = []

    def articles(self, count: int) -> Iterator[GeneratedArticle]:
        for _ in range(count):
            yield self._article()

    def _article(self) -> GeneratedArticle:
        headline, paragraph, marks = self._words.headline(), "", []
        begin = len(headline) + 2
        for _ in range(QUOTES):
            words, speaker = self._quote()
            start = begin + len(paragraph) + 1
            marks.append(Mark(Kind.QUOTE, start, start + len(words), speaker, 1))
            paragraph += f"“{words},” somebody said. "
        return GeneratedArticle(headline, (paragraph.rstrip(),), tuple(marks))

    def _quote(self) -> tuple[str, int]:
        if self._said and self._words.below(AGAIN) == 0:
            return self._again(*self._said[self._words.below(len(self._said))])
        words = self._words.some(FEWEST + self._words.below(MOST - FEWEST))
        if self._words.below(3) == 0:
            words.insert(self._words.below(len(words)), PHRASES[self._words.below(len(PHRASES))])
        said = " ".join(words), self._words.below(SPEAKERS)
        self._said.append(said)
        return said

    def _again(self, words: str, speaker: int) -> tuple[str, int]:
        """The same words: alike, with one changed, cut in half, or in somebody else's mouth."""
        series = words.split()
        what = self._words.below(4)
        if what == 0:
            series[self._words.below(len(series))] = "otherwise"
        elif what == 1:
            series = series[: max(4, len(series) // 2)]
        elif what == 2:
            speaker = (speaker + 1) % SPEAKERS
        return " ".join(series), speaker
