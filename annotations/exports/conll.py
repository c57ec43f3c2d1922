"""One token a line with a BIO tag for each layer, as CoNLL shared tasks have it; sentences end with a blank line.

Columns, split by tabs: the token, where it starts and ends, and the tags of quotes, claims and bias. Before each
article stand comments: ``# key = value``.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from annotations.exports.record import About, ExportArticle, ExportRecord, gettext_noop
from articles.anchoring.text import sentences
from articles.anchoring.tokens import TOKEN

LAYERS = ("quote", "claim", "bias_tag")
COMMENTED = ("uid", "revision", "text_sha256", "language", "headline")
# What a tag has no room for, said of each mark in a comment.
SAID_OF_MARKS = ("uid", "type", "start", "end", "annotator_uid", "origin", "codebook", "project", "version")


class Tokens:
    name = "conll"
    media_type = "text/plain; charset=utf-8"
    about = About(
        title="CoNLL",
        suffix="conll",
        sentence=gettext_noop("One token a line with a BIO tag for each layer, for training taggers."),
        drops=gettext_noop(
            "Of marks of one layer that overlap the longer one stays, and marks without a place are left out. "
            "A comment names each of them."
        ),
    )

    def documents(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        yield b"# global.columns = TOKEN START END QUOTE CLAIM BIAS\n# offsets = Unicode code points, half-open\n\n"
        for article in articles:
            yield "".join(_document(article)).encode()


def kept_and_dropped(marks: Iterable[ExportRecord]) -> tuple[list[ExportRecord], list[ExportRecord]]:
    """The marks of one layer that a row of tags can hold: the longer before the shorter, the earlier before the
    later."""
    kept: list[ExportRecord] = []
    dropped: list[ExportRecord] = []
    for mark in sorted(marks, key=lambda each: ((each.start or 0) - (each.end or 0), each.start or 0, each.uid)):
        place = bisect_left(kept, mark.end or 0, key=lambda each: each.start or 0)
        is_free = place == 0 or (kept[place - 1].end or 0) <= (mark.start or 0)
        if is_free:
            kept.insert(place, mark)
        else:
            dropped.append(mark)
    return kept, dropped


def _document(article: ExportArticle) -> Iterator[str]:
    for name in COMMENTED:
        yield _comment("newdoc id" if name == "uid" else name, getattr(article, name))
    tagged, dropped = [], {mark.uid for mark in article.unplaced}
    for layer in LAYERS:
        kept, left_out = kept_and_dropped(mark for mark in article.placed if mark.type == layer)
        tagged.append(_Tagger(kept))
        dropped |= {mark.uid for mark in left_out}
    for mark in article.marks:
        said = {name: getattr(mark, name) for name in SAID_OF_MARKS if getattr(mark, name) is not None}
        yield _comment("dropped" if mark.uid in dropped else "mark", json.dumps(said, ensure_ascii=False))
    for start, end in sentences(article.text):
        for found in TOKEN.finditer(article.text, start, end):
            if not found.group().isspace():
                tags = "\t".join(tagger.tag(found.start(), found.end()) for tagger in tagged)
                yield f"{found.group()}\t{found.start()}\t{found.end()}\t{tags}\n"
        yield "\n"


def _comment(name: str, value: object) -> str:
    return f"# {name} = {' '.join(str(value).split())}\n"


class _Tagger:
    """Tags tokens, asked from left to right, by the marks of one layer, which do not overlap."""

    def __init__(self, marks: Sequence[ExportRecord]) -> None:
        self._marks = marks
        self._next = 0
        self._begun: str = ""

    def tag(self, start: int, end: int) -> str:
        while self._next < len(self._marks) and (self._marks[self._next].end or 0) <= start:
            self._next += 1
        if self._next == len(self._marks) or (self._marks[self._next].start or 0) >= end:
            return "O"
        mark = self._marks[self._next]
        prefix = "I" if self._begun == mark.uid else "B"
        self._begun = mark.uid
        return f"{prefix}-{label_of(mark)}"


def label_of(mark: ExportRecord) -> str:
    """What a mark is called where there is room for one word."""
    return mark.category or mark.kind or mark.type
