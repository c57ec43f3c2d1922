"""Edits with known truth, made of any prose: ``python -m bench.edits PROSE… [--seed N] > CASES.json``.

PROSE is a ``.txt`` with one article, blank lines between its paragraphs, or a ``.jsonl`` of ``{"text"}``. The cases
are those of :mod:`articles.anchoring.cases`: for every kind of edit as many as asked for, and others in which several
kinds follow each other; in each case up to ten marks, half of them near what was changed.
"""

import argparse
import json
import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from articles.anchoring.cases import Span
from bench.drafts import Dice, Draft, paragraphs_of, sentences_of
from bench.editors import EDITS, Editor

MARKS = 10
EACH = 200
MOST_EDITS = 7  # one after the other in a mixed case
FEWEST_PARAGRAPHS = 4
# Set phrases that stand several times in one article.
SET_PHRASES = ("Read more: Our full coverage.", "She declined to comment.", "The story is developing.")
WORD = re.compile(r"\w+(?:['’-]\w+)*")
QUOTE = re.compile(r'["“][^"“”\n]{8,300}["”]')
NEAR = 25  # code points from what was changed


def articles_of(paths: Sequence[Path]) -> list[str]:
    """Read the articles that have at least four paragraphs."""
    texts: list[str] = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        texts += [json.loads(line)["text"] for line in text.splitlines()] if path.suffix == ".jsonl" else [text]
    return [text.strip() for text in texts if len(paragraphs_of(text)) >= FEWEST_PARAGRAPHS]


def cases(articles: Sequence[str], *, seed: int, each: int = EACH, mixed: int = 6 * EACH) -> Iterator[dict[str, Any]]:
    """Edit articles ``each`` times in every way, and ``mixed`` times in several ways, without those of no effect.

    The same articles and seed give the same cases on every machine.
    """
    writer = Writer(articles, seed)
    for edit in EDITS:
        for number in range(each):
            yield from writer.case(f"{edit}-{number}", [edit])
    for number in range(mixed):
        edits = [writer.dice.one_of(list(EDITS)) for _ in range(writer.dice.between(2, MOST_EDITS))]
        yield from writer.case(f"mixed-{number}", edits)


class Writer:
    """Makes cases, one after the other, of the same articles."""

    def __init__(self, articles: Sequence[str], seed: int) -> None:
        self.dice = Dice(seed)
        self._articles = articles
        sentences = [text[slice(*place)] for text in articles for place in sentences_of(text)]
        self._sentences = tuple(sentence for sentence in sentences if 40 < len(sentence) < 250)
        self._words = tuple(re.findall(r"[a-z]{4,}", " ".join(sentences)))

    def case(self, name: str, edits: Sequence[str]) -> Iterator[dict[str, Any]]:
        phrase = self.dice.one_of(SET_PHRASES if self.dice.happens(0.4) else self._sentences)
        text = self.dice.one_of(self._articles)
        if any(edit.startswith("set_phrase") for edit in edits) or self.dice.happens(0.1):
            text = self._with_phrase(text, phrase)
        draft, editor = Draft(text), Editor(self.dice, self._sentences, self._words, phrase)
        for edit in edits:
            EDITS[edit](editor, draft)
        if draft.text != text:
            spans = self._spans(draft)
            yield {
                "id": name,
                "ops": list(edits),
                "old": text,
                "new": draft.text,
                "spans": [list(span) for span in spans],
                "gold": draft.truths(spans),
            }

    def _with_phrase(self, text: str, phrase: str) -> str:
        """The article with the same sentence at the end of two to four paragraphs."""
        paragraphs = text.split("\n\n")
        for _ in range(self.dice.between(2, 4)):
            number = self.dice.below(len(paragraphs))
            paragraphs[number] = f"{paragraphs[number].removesuffix(phrase).rstrip()} {phrase}"
        return "\n\n".join(paragraphs)

    def _spans(self, draft: Draft) -> list[Span]:
        """Choose what is marked: words, phrases, quotes, and one or more sentences."""
        text, touched, found = draft.original, draft.touched(), set[Span]()
        words, sentences = [word.span() for word in WORD.finditer(text)], sentences_of(text, 3)
        quotes = [quote.span() for quote in QUOTE.finditer(text)]
        for number in range(3 * MARKS):
            place = self.dice.below(len(text))
            if touched and number % 2 == 0:
                place = max(0, self.dice.one_of(touched) + self.dice.between(-NEAR, NEAR))
            kind = self.dice.below(8)
            if kind < 4:
                found.add(self._row(words, place, 2 if kind < 2 else 8))
            elif kind == 4 and quotes:
                found.add(self.dice.one_of(quotes))
            elif kind > 4:
                found.add(self._row(sentences, place, 0 if kind < 7 else 3))
            if len(found) == MARKS:
                break
        return sorted(found)

    def _row(self, units: Sequence[Span], place: int, more: int) -> Span:
        """The unit at a place with up to ``more`` after it."""
        first = max(0, bisect_right(units, (place, len(units))) - 1)
        last = min(len(units) - 1, first + self.dice.between(0, more))
        return units[first][0], units[last][1]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.edits", description="Make edits with known truth of prose.")
    parser.add_argument("prose", metavar="PROSE", nargs="+", type=Path, help="articles: .txt, or .jsonl of {text}")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other edits (1)")
    parser.add_argument("--each", type=int, default=EACH, help=f"cases of each kind of edit ({EACH})")
    wanted = parser.parse_args(arguments)
    try:
        articles = articles_of(wanted.prose)
    except (OSError, ValueError, KeyError, TypeError) as error:
        parser.error(f"the prose cannot be read: {error}")
    if not articles:
        parser.error(f"no article there has {FEWEST_PARAGRAPHS} paragraphs")
    json.dump(list(cases(articles, seed=wanted.seed, each=wanted.each, mixed=6 * wanted.each)), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
