"""``python -m annotations.checkworthy < articles.jsonl > sentences.jsonl``: what is worth checking in each text.

A line in is ``{"id", "text"}`` and may name its ``language``; a line out is ``{"id", "sentences"}`` in the same order,
or ``{"id", "sentences": [], "error"}`` where it could not be read. docs/reference/checkworthiness.md gives the keys.
"""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from typing import Any

from annotations.checkworthy.assessing import suggest

UNREADABLE = "The line is not a JSON object with a text."


def main(lines: Iterable[str]) -> int:
    """Print the sentences worth checking of every line; answer 1 when one could not be read, else 0."""
    status = 0
    for answer in _answers(lines):
        print(json.dumps(answer, ensure_ascii=False), flush=True)  # noqa: T201
        status |= "error" in answer
    return status


def _answers(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        if not line.strip():
            continue
        try:
            article = json.loads(line)
        except ValueError:
            article = None
        identifier = article.get("id") if isinstance(article, dict) else None
        if not isinstance(article, dict) or not isinstance(article.get("text"), str):
            yield {"id": identifier, "sentences": [], "error": UNREADABLE}
            continue
        text = article["text"]
        found = suggest(text, language_code=str(article.get("language") or ""))
        yield {"id": identifier, "sentences": [sentence.to_json(text) for sentence in found]}


if __name__ == "__main__":
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        sys.exit(main(sys.stdin))
    except BrokenPipeError:
        # Whoever read the lines has enough; nothing more may be written, not even on the way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
