"""Read the articles whose sentences people have labelled; ``tests/data/checkworthy/README.md`` gives the conventions.

The sample article is labelled by the claims of the demonstration desk: a sentence that holds most of the words of a
claim that can be checked is worth checking, every other one is not.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from annotations.checkworthy.assessing import Assessed, assess
from articles.anchoring.text import sentences

ROOT = Path(__file__).parents[3]
GOLD = ROOT / "tests" / "data" / "checkworthy"
DEMO = ROOT / "annotations" / "data" / "demo"
HALVES = ("training", "held_out")
# What follows the sample article on its page.
FURNITURE = "\n\nShare this article"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence of a labelled article: half-open, in code points of its text."""

    start: int
    end: int
    is_worth_checking: bool


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """A text with the labels of its sentences."""

    name: str
    text: str
    sentences: Sequence[Labelled]


def read_half(half: str) -> list[GoldArticle]:
    return [_read(path) for path in sorted((GOLD / half).glob("*.txt"))]


def read_sample() -> GoldArticle:
    text = (DEMO / "article.txt").read_text(encoding="utf-8").split(FURNITURE)[0]
    claims = json.loads((DEMO / "desk.json").read_text(encoding="utf-8"))["claims"]
    checkable = [(claim["start"], claim["end"]) for claim in claims if claim["checkable"] != "no"]
    labelled = [
        Labelled(start, end, any(2 * (min(end, last) - max(start, first)) > last - first for first, last in checkable))
        for start, end in sentences(text)
    ]
    return GoldArticle("sample", text, labelled)


def scores_of(article: GoldArticle) -> list[tuple[float, bool]]:
    """The score and the label of each labelled sentence: the best score of those that are found in its place."""
    found = assess(article.text, language_code="en")
    return [(_score_at(sentence, found), sentence.is_worth_checking) for sentence in article.sentences]


def _score_at(sentence: Labelled, found: Sequence[Assessed]) -> float:
    same = (
        each.score if each.reasons else 0.0
        for each in found
        if 2 * (min(each.end, sentence.end) - max(each.start, sentence.start)) > each.end - each.start
    )
    return max(same, default=0.0)


def _read(path: Path) -> GoldArticle:
    text, labelled = "", []
    paragraphs = path.read_text(encoding="utf-8").strip().split("\n\n")
    for number, paragraph in enumerate(paragraphs):
        text += "\n\n" if number else ""
        for place, line in enumerate(paragraph.splitlines()):
            text += " " if place else ""
            labelled.append(Labelled(len(text), len(text) + len(line) - 2, line.startswith("+ ")))
            text += line[2:]
    return GoldArticle(path.stem, text, labelled)
