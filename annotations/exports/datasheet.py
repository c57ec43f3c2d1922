"""What a release says of itself: a datasheet after Gebru et al. (2021), a citation file (CFF 1.2.0), its licence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotations.exports.release import Release

LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
COUNTED = (
    ("texts", "texts"),
    ("in_full", "of them in full"),
    ("annotators", "annotators"),
    ("readings", "readings submitted"),
    ("labels", "labels as they were given"),
    ("claims", "claims as they were found"),
    ("questions", "adjudicated questions"),
    ("adjudicated", "adjudicated labels"),
)


def citation(release: Release) -> str:
    """The citation file. Strings are written as JSON, which YAML reads."""
    lines = [
        "cff-version: 1.2.0",
        'message: "If you use this dataset, please cite it as below."',
        "type: dataset",
        f"title: {_quoted(release.title)}",
        f"version: {_quoted(release.release)}",
        f"date-released: {release.day.isoformat()}",
        f"license: {release.licence}",
        *([f"abstract: {_quoted(release.description)}"] if release.description else []),
        "authors:",
        *(f"  - name: {_quoted(author)}" for author in release.authors),
    ]
    return "\n".join(lines) + "\n"


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def licence(release: Release) -> str:
    """Under what the annotations may be used, and that the texts keep their own rights."""
    return f"""# Licence

The annotations of this dataset (everything but the files in `texts/`) may be used under {release.licence}:
{LICENCES[release.licence]}

The texts keep the rights that they have; `texts.jsonl` names them for each (`rights`, `terms`). Texts whose rights do
not let them out are not in the dataset: they are named by checksum, length and address.
"""


def datasheet(release: Release) -> str:
    """The datasheet, in the sections of Gebru et al., “Datasheets for Datasets”, CACM 64(12), 2021."""
    counts = "\n".join(f"| {label} | {release.counts.get(name, 0)} |" for name, label in COUNTED)
    codebooks = ", ".join(f"{each['name']} {each['version']}" for each in release.codebooks)
    guidelines = ", ".join(f"`guidelines-{number}.md`" for number in release.guidelines) or "none were written down"
    return f"""# {release.title}, release {release.release}

{release.day.isoformat()} · {", ".join(release.authors)} · {release.licence}

## Motivation

{release.description or "Not described."}

## Composition

| what | count |
|---|---|
{counts}

- `texts.jsonl`: the texts that were read. Each is named by the SHA-256 and the length of its canonical text (Unicode
  NFC, lines ended by LF; the headline, then the paragraphs, a blank line between any two). Texts whose rights allow it
  stand in `texts/`, the others can be got from their address (`url`).
- `readings.jsonl`: who read what to the end, under which codebook and guidelines, and the sentences in which they
  said they found nothing, or opinion. A text without a reading by somebody says nothing about what they would find.
  A sentence without a label and without a finding was left open; it is not a clean one.
- `labels.jsonl`: every label as its annotator gave it. None was removed because others disagreed.
- `claims.jsonl`: every claim as its annotator found it, with who made it and which claim it repeats by names of this
  release; restated only where the words of the text are in it.
- `adjudicated.jsonl`: what was decided where labels overlap, each naming the labels it rests on.
- `codebook.json`: what the categories mean ({codebooks}); guidelines: {guidelines}.

Offsets are half-open and count Unicode code points of the canonical text.

## Collection

Annotators read on their own and submitted each reading; only submitted readings are here. Labels that a machine
proposed are here only where a person decided on them one by one (`origin`). Texts that were kept to named people,
held, or under embargo are never part of a release, nor are readings of people who took their consent back.

{"Adjudication: " + release.rule if release.rule else "Nothing was adjudicated."}

## People

Annotators are named by pseudonyms that were made for this release with a key that was not kept: the same person has
another pseudonym in another release. Remarks in free words, reasons of decisions and times of day are left out, because
they could tell who somebody is.

## Preprocessing

None beyond the canonical form of the texts. `python3 recreate.py --texts FOLDER` puts the words back under the labels,
from the texts in this dataset and those in your folder, and checks each by its SHA-256. `sha256sum -c SHA256SUMS`
checks the files.

## Uses

Measuring how people agree on bias in the wording of news, and training or testing what proposes such labels. Labels are
judgements of single readers under one codebook: a count without the number of readings, or a ranking of outlets or
authors by it, says nothing.

## Distribution and maintenance

See `LICENCE.md` and `CITATION.cff`. This release does not change. A later one has a number of its own.
"""
