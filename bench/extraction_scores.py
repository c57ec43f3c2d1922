"""Figures of one extracted page beside its gold.

Shingles are sets of four tokens in a row, as published comparisons of extractors count
(scrapinghub/article-extraction-benchmark, 2020); their F1 is that of the mean precision and the mean recall.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import mean
from typing import Any

from articles.anchoring.text import fold
from articles.ingest.record import IncomingArticle

SHINGLE = 4
# A word; characters of scripts that write no spaces between words stand for one each.
UNSPACED = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
TOKEN = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")
# In tokens: a shorter line of furniture counts as kept only where it is a block of its own.
TELLING_LENGTH = 5
BYLINE_WORDS = frozenset({"by", "von", "par", "por", "di", "da", "від", "text"})
FIELDS = ("headline", "standfirst", "byline", "published_at", "outlet", "language", "canonical_url", "section")


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, each between 0 and 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class FurnitureCount:
    """Gold lines of pages: furniture that stayed away or came in, and lines of the story that were lost."""

    away: int = 0
    came_in: int = 0
    lost: int = 0

    def __add__(self, other: "FurnitureCount") -> "FurnitureCount":
        return FurnitureCount(self.away + other.away, self.came_in + other.came_in, self.lost + other.lost)

    @property
    def score(self) -> Score:
        left_out, furniture = self.away + self.lost, self.away + self.came_in
        return Score(self.away / left_out if left_out else 1.0, self.away / furniture if furniture else 1.0)


def mean_score(scores: Sequence[Score]) -> Score:
    return Score(mean(score.precision for score in scores), mean(score.recall for score in scores))


def tokens_of(text: str) -> list[str]:
    return TOKEN.findall(unicodedata.normalize("NFKC", fold(text)).casefold().replace("\u00ad", ""))


def token_score(expected: str, found: str) -> Score:
    """Tokens, each as often as it stands there."""
    return _score(Counter(tokens_of(expected)), Counter(tokens_of(found)))


def shingle_score(expected: str, found: str) -> Score:
    return _score(_shingles(expected), _shingles(found))


def _shingles(text: str) -> Counter[str]:
    tokens = tokens_of(text)
    starts = range(max(1, len(tokens) - SHINGLE + 1)) if tokens else ()
    return Counter({" ".join(tokens[start : start + SHINGLE]) for start in starts})


def _score(expected: Counter[str], found: Counter[str]) -> Score:
    shared = (expected & found).total()
    return Score(
        precision=shared / found.total() if found else float(not expected),
        recall=shared / expected.total() if expected else 1.0,
    )


def furniture_came_in(furniture: Sequence[str], body: Sequence[str], found: str) -> list[str]:
    """Gold lines of furniture that stand in the extracted text, as often as the story itself does not say them."""
    lines = [f" {' '.join(tokens_of(line))} " for line in found.split("\n")]
    written = [f" {' '.join(tokens_of(line))} " for line in body]
    return [line for line in furniture if _stands_in(line, lines) > _stands_in(line, written)]


def lines_lost(body: Sequence[str], found: str) -> list[str]:
    """Gold lines of the story that are not all there."""
    text = f" {' '.join(tokens_of(found))} "
    return [line for line in body if f" {' '.join(tokens_of(line))} " not in text]


def _stands_in(line: str, lines: Sequence[str]) -> int:
    tokens = tokens_of(line)
    words = f" {' '.join(tokens)} "
    if len(tokens) < TELLING_LENGTH:
        return sum(words == other for other in lines)
    return sum(words in other for other in lines)


def agrees(name: str, expected: Mapping[str, Any], article: IncomingArticle) -> bool:
    """Whether a field says what the gold says; what the page does not say has to stay empty."""
    return AGREEMENTS[name](expected.get(name) or "", article)


def _same_words(name: str) -> Callable[[str, IncomingArticle], bool]:
    return lambda wanted, article: tokens_of(wanted) == tokens_of(str(getattr(article, name)))


def _same_people(wanted: str, article: IncomingArticle) -> bool:
    """The same names, whatever stands round them: "By Ann Lee in Oslo" is Ann Lee."""
    names, found = tokens_of(wanted), [token for token in tokens_of(article.byline) if token not in BYLINE_WORDS]
    joints = {"and", "und", "et", "y", "i", "та", "і"}
    return {token for token in names if token not in joints} == {token for token in found if token not in joints}


def _same_moment(wanted: str, article: IncomingArticle) -> bool:
    """The same instant, or the same day where the gold knows only the day."""
    if not wanted or article.published_at is None:
        return not wanted and article.published_at is None
    expected = datetime.fromisoformat(wanted)
    if len(wanted) <= len("2000-01-01"):
        return expected.date() == article.published_at.date()
    if expected.tzinfo is None:
        expected = expected.replace(tzinfo=article.published_at.tzinfo)
    return expected.replace(second=0, microsecond=0) == article.published_at.replace(second=0, microsecond=0)


def _same_language(wanted: str, article: IncomingArticle) -> bool:
    return wanted.split("-")[0].lower() == article.language.split("-")[0].lower()


AGREEMENTS: Mapping[str, Callable[[str, IncomingArticle], bool]] = {
    **{name: _same_words(name) for name in ("headline", "standfirst", "outlet", "canonical_url", "section")},
    "byline": _same_people,
    "published_at": _same_moment,
    "language": _same_language,
}
