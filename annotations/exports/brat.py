"""Stand-off files of brat (https://brat.nlplab.org/standoff.html): a ``.txt`` and an ``.ann`` for each article.

Text-bound annotations of three types, with attributes out of closed lists; all that a record says besides is in a
note on it, as JSON. Words across lines are given as fragments, because brat allows no line break in one.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from annotations.exports.record import About, ExportArticle, ExportRecord, details_of, gettext_noop
from annotations.exports.zipped import MEDIA_TYPE, ZipStream

TYPES = {"quote": "Quote", "claim": "Claim", "bias_tag": "BiasTag"}
# By the field of the record, what the attribute is called and what it may be on.
ATTRIBUTES = {
    "kind": ("Kind", "Quote|Claim"),
    "level": ("Level", "BiasTag"),
    "category": ("Category", "BiasTag"),
    "severity": ("Severity", "BiasTag"),
    "polarity": ("Polarity", "BiasTag"),
    "voice": ("Voice", "BiasTag"),
    "verdict": ("Verdict", "Claim"),
    "origin": ("Origin", "Quote|Claim|BiasTag"),
    "state": ("Anchor", "Quote|Claim|BiasTag"),
}
_LINE = re.compile(r"[^\n]+")


class StandOff:
    name = "brat"
    media_type = MEDIA_TYPE
    about = About(
        title="brat",
        suffix="brat.zip",
        sentence=gettext_noop("Stand-off files for brat: texts, annotations and their configuration in one archive."),
        drops=gettext_noop("Tags on whole articles and words that stand nowhere any more have no place in it."),
    )

    def documents(self, articles: Iterable[ExportArticle]) -> Iterator[bytes]:
        archive = ZipStream()
        values: dict[str, set[str]] = defaultdict(set)
        for article in articles:
            archive.add(f"{article.uid}.txt", article.text.encode())
            archive.add(f"{article.uid}.ann", "".join(_lines(article, values)).encode())
            if archive.is_ready():
                yield archive.taken()
        # Last, because only now it is known what the attributes can be.
        archive.add("annotation.conf", configuration(values).encode())
        yield archive.end()


def _lines(article: ExportArticle, values: dict[str, set[str]]) -> Iterator[str]:
    attributes = 0
    for number, mark in enumerate(article.placed, start=1):
        yield _text_bound(number, mark, article.text)
        for name, (title, _arguments) in ATTRIBUTES.items():
            value = getattr(mark, name)
            if value is None:
                continue
            attributes += 1
            values[name].add(str(value))
            yield f"A{attributes}\t{title} T{number} {value}\n"
        note = json.dumps(details_of(mark, but={"headline", "exact", "start", "end"}), ensure_ascii=False)
        yield f"#{number}\tAnnotatorNotes T{number}\t{note}\n"


def _text_bound(number: int, mark: ExportRecord, text: str) -> str:
    start, end = mark.start or 0, mark.end or 0
    lines = [(start + found.start(), start + found.end()) for found in _LINE.finditer(text[start:end])]
    fragments = ";".join(f"{first} {last}" for first, last in lines)
    words = " ".join(text[first:last] for first, last in lines)
    return f"T{number}\t{TYPES[mark.type]} {fragments}\t{words}\n"


def configuration(values: Mapping[str, Iterable[str]]) -> str:
    """``annotation.conf``: the types, and the attributes with the values that stand in the archive."""
    attributes = [
        f"{title}\tArg:{arguments}, Value:{'|'.join(sorted(values[name]))}"
        for name, (title, arguments) in ATTRIBUTES.items()
        if values.get(name)
    ]
    sections = {
        "entities": list(TYPES.values()),
        "relations": ["<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"],
        "events": [],
        "attributes": attributes,
    }
    return "\n".join("\n".join([f"[{name}]", *lines, ""]) for name, lines in sections.items())
