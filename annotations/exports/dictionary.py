"""The data dictionary of exports, as Markdown: ``python -m annotations.exports.dictionary docs/reference/exports.md``.

What is generated stands between two comments of the document; everything around it is written by hand.
"""

from __future__ import annotations

import sys
from dataclasses import fields
from pathlib import Path

from annotations.exports import FORMATS
from annotations.exports.record import ExportRecord

BEGIN, END = "<!-- generated: begin -->", "<!-- generated: end -->"
# What each column holds; a column without an entry cannot be described, and a test says so.
MEANINGS: dict[str, str] = {
    "type": "`quote`, `claim` or `bias_tag`",
    "uid": "of the annotation",
    "article": "uid of the article",
    "headline": "of its newest revision",
    "outlet": "where the article was published",
    "revision": "number of the revision that the offsets count in",
    "text_sha256": "SHA-256 of its canonical text",
    "start": "where the words begin; empty for a tag on the whole article and for words without a place",
    "end": "where they end, the first code point after them",
    "exact": "the words",
    "state": "`anchored`, `needs_review` or `orphaned`",
    "speaker": "who is quoted, or who claims",
    "speaker_uid": "of the speaker",
    "kind": "of a quote: `direct`, `indirect`, `mixed`; of a claim: its type",
    "level": "of a bias tag: `span`, `sentence` or `article`",
    "category": "of a bias tag: the slug in its codebook",
    "secondary": "further categories of a bias tag, in their order",
    "severity": "of a bias tag: 1 mild word, 2 shifts the reading, 3 misleads on a material fact",
    "polarity": "of a bias tag: -1 against its target, 0 neither, 1 in favour",
    "target": "of a bias tag: towards whom the words lean",
    "voice": "of a bias tag: `author`, `paraphrase`, `quote` or `structure`",
    "canonical": "of a claim: its restatement",
    "claimant": "of a claim: `author`, `speaker`, `unattributed` or `unknown`",
    "verdict": "of a claim: `supported`, `refuted`, `conflicting`, `not_enough_evidence`, as on its page",
    "rating": "of a claim: the verdict in the words of the desk's scale",
    "qualifiers": "of a claim: what narrows the rating",
    "annotator": "who made it",
    "annotator_uid": "of the annotator",
    "origin": "`human`, `suggested` (not decided), `accepted` (singly), `accepted_in_bulk` or `corrected`",
    "project": "the study it was made for; `desk` is the everyday work",
    "codebook": "of a bias tag: name and number of the codebook",
    "version": "how often it was changed, from 1",
    "created_at": "RFC 3339, UTC",
    "check_state": "of a verdict: `drafted`, `in_review`, `approved` or `published`; only the last is the desk's word",
    "reading": "of a bias tag: uid of the reading of the article by the same person, in the same project and codebook",
}


def dictionary() -> str:
    """Both tables: formats, and columns with their types."""
    formats = [
        f"| `{each.name}` | `.{each.about.suffix}` | `{each.media_type.partition(';')[0]}` | {each.about.sentence} "
        f"| {each.about.unit or '–'} | {each.about.drops or '–'} |"
        for each in FORMATS
    ]
    columns = [f"| `{each.name}` | {_kind(str(each.type))} | {MEANINGS[each.name]} |" for each in fields(ExportRecord)]
    return "\n".join(
        [
            "## Formats",
            "",
            "| format | ends in | media type | what it is for | offsets count | what it cannot hold |",
            "|---|---|---|---|---|---|",
            *formats,
            "",
            "## Columns",
            "",
            "| column | type | what it holds |",
            "|---|---|---|",
            *columns,
        ]
    )


def _kind(annotation: str) -> str:
    kinds = {"str": "text", "int": "number", "list[str]": "list of texts"}
    name, _bar, none = annotation.partition(" | ")
    return kinds[name] + (", may be empty" if none else "")


def written_into(document: str) -> str:
    """The document with the dictionary as it is now."""
    before, _begin, rest = document.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    return f"{before}{BEGIN}\n{dictionary()}\n{END}{after}"


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(written_into(path.read_text(encoding="utf-8")), encoding="utf-8")
