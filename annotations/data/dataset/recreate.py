#!/usr/bin/env python3
"""Put the words back under the labels of this dataset, from the texts that are in it and those you have yourself.

    python3 recreate.py [--texts FOLDER] [--out FOLDER]

Texts whose rights did not let them out are named in texts.jsonl by their SHA-256, their length and their address. Get
them, save each as a UTF-8 text file in a folder of your own (headline, then the paragraphs, a blank line between any
two) and name the folder with --texts. A text counts only if its SHA-256 is the right one, so nothing is ever misplaced.

Offsets are half-open and count Unicode code points. Needs Python 3.9 or newer and nothing else.
"""

import argparse
import hashlib
import json
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def changed_files() -> list[str]:
    """The files of the dataset that are not what SHA256SUMS says."""
    wrong = []
    for line in (HERE / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        expected, _, name = line.partition("  ")
        path = HERE / name
        if not path.is_file() or digest(path.read_bytes()) != expected:
            wrong.append(name)
    return wrong


def rows(name: str) -> Iterator[dict[str, Any]]:
    with (HERE / name).open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def spellings(content: bytes) -> Iterator[str]:
    """A text as it may have been saved: as it is, and with the line ends and letters that offsets count in."""
    text = content.decode("utf-8-sig", "replace")
    yield text
    canonical = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    yield canonical
    yield canonical.strip("\n")
    yield "\n".join(line.rstrip() for line in canonical.split("\n")).strip("\n")


def found_texts(folder: Any) -> dict[str, str]:
    """Texts by their SHA-256: those of the dataset and of the folder."""
    paths = sorted((HERE / "texts").glob("*.txt")) if (HERE / "texts").is_dir() else []
    if folder is not None:
        paths += sorted(path for path in Path(folder).rglob("*") if path.is_file())
    texts = {}
    for path in paths:
        for text in spellings(path.read_bytes()):
            texts[digest(text.encode("utf-8"))] = text
    return texts


def with_words(label: dict[str, Any], text: str) -> dict[str, Any]:
    if label["start"] is None:
        return {**label, "exact": None}
    return {**label, "exact": text[label["start"] : label["end"]]}


def write_rows(path: Path, written: list[dict[str, Any]]) -> None:
    lines = [json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in written]
    path.write_text("".join(lines), encoding="utf-8")


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--texts", help="a folder with the texts that you have yourself")
    options.add_argument("--out", default="recreated", help="where to write (default: recreated)")
    asked = options.parse_args()
    wrong = changed_files()
    if wrong:
        print("These files are not as they were released: " + ", ".join(wrong), file=sys.stderr)
        return 2
    at_hand = found_texts(asked.texts)
    texts, missing = {}, []
    for row in rows("texts.jsonl"):
        if row["sha256"] in at_hand:
            texts[row["id"]] = at_hand[row["sha256"]]
        else:
            missing.append(row)
    out = Path(asked.out)
    (out / "texts").mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (out / "texts" / (name + ".txt")).write_bytes(text.encode("utf-8"))
    labels = [with_words(row, texts[row["text"]]) for row in rows("labels.jsonl") if row["text"] in texts]
    write_rows(out / "labels.jsonl", labels)
    claims = [with_words(row, texts[row["text"]]) for row in rows("claims.jsonl") if row["text"] in texts]
    write_rows(out / "claims.jsonl", claims)
    settled = [
        {**row, "labels": [with_words(label, texts[row["text"]]) for label in row["labels"]]}
        for row in rows("adjudicated.jsonl")
        if row["text"] in texts
    ]
    write_rows(out / "adjudicated.jsonl", settled)
    print(
        f"{len(texts)} texts, {len(labels)} labels, {len(claims)} claims, {len(settled)} adjudicated questions in {out}"
    )
    for row in missing:
        print(f"missing: {row['id']} {row['sha256']} {row['url'] or '(no address)'}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
