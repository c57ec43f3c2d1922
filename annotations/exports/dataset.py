"""A release of a dataset as the bytes of a zip: the same records always make the same files."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from annotations.exports.datasheet import citation, datasheet, licence
from annotations.exports.release import Release, Row

SCRIPT = Path(__file__).resolve().parent.parent / "data" / "dataset" / "recreate.py"
# The earliest moment that a zip can name; when something was made is said inside.
NO_TIME = (1980, 1, 1, 0, 0, 0)
READABLE = 0o100644 << 16


def packed(release: Release) -> bytes:
    """The zip of a release: all files in one folder, in the order of their names, without times."""
    files = files_of(release)
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    files["SHA256SUMS"] = sums.encode()
    folder = f"{release.slug}-{release.release}"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{folder}/{name}", NO_TIME)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, READABLE, 3
            archive.writestr(entry, content)
    return made.getvalue()


def files_of(release: Release) -> dict[str, bytes]:
    """The files of a release by their names, without their checksums."""
    files = {
        "DATASHEET.md": datasheet(release),
        "CITATION.cff": citation(release),
        "LICENCE.md": licence(release),
        "codebook.json": _json(release.codebooks, indent=1) + "\n",
        "texts.jsonl": _lines(release.texts),
        "readings.jsonl": _lines(release.readings),
        "labels.jsonl": _lines(release.labels),
        "claims.jsonl": _lines(release.claims),
        "adjudicated.jsonl": _lines(release.adjudicated),
        "recreate.py": SCRIPT.read_text(encoding="utf-8"),
    }
    files |= {f"guidelines-{number}.md": text.rstrip("\n") + "\n" for number, text in release.guidelines.items()}
    # As they are, to the byte: their checksums are those of the texts.
    files |= {f"texts/{name}.txt": words for name, words in release.words.items()}
    return {name: content.encode() for name, content in files.items()}


def _lines(rows: Sequence[Row]) -> str:
    return "".join(_json(row) + "\n" for row in rows)


def _json(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=indent)
