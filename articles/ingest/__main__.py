"""``python -m articles.ingest FILE…``: one JSON line per article, in the order of the files, without a database."""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from io import BufferedReader, TextIOWrapper
from pathlib import Path

from articles.ingest.readers import read
from articles.ingest.record import IncomingArticle, ReadingRefused
from articles.ingest.records import are_lines, read_lines

# In bytes. Records are read line by line and have no such limit.
LARGEST_FILE = 64 * 1024 * 1024
STANDARD_INPUT = "-"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the articles of every file; answer 1 when something could not be read, else 0."""
    files = _parser().parse_args(arguments).files
    status = 0
    for file in files:
        for article in _articles(file):
            print(json.dumps(article.to_json(), ensure_ascii=False), flush=True)  # noqa: T201
            if article.errors and not (article.headline and article.blocks):
                status = 1
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m articles.ingest",
        description="Print the articles in the files as JSON, one per line. "
        "The line of a file that cannot be read says why in errors.",
        epilog="The exit status is 1 when something could not be read. The keys are in docs/reference/intake.md.",
    )
    parser.add_argument("files", metavar="FILE", nargs="+", help="a file of any format, or - for standard input")
    return parser


def _articles(file: str) -> Iterator[IncomingArticle]:
    try:
        is_given = file == STANDARD_INPUT
        with open(sys.stdin.fileno() if is_given else file, "rb", closefd=not is_given) as stream:
            yield from _read(stream, "" if is_given else Path(file).name)
    except ReadingRefused as refused:
        yield _unread(file, refused.reason)
    except OSError as error:
        yield _unread(file, f"The file cannot be opened ({error.strerror}). Look at its name and who may read it.")


def _read(stream: BufferedReader, name: str) -> Iterator[IncomingArticle]:
    if are_lines(stream.peek(), name):
        yield from read_lines(stream)
        return
    body = stream.read(LARGEST_FILE + 1)
    if len(body) > LARGEST_FILE:
        limit = LARGEST_FILE // 1024 // 1024
        raise ReadingRefused(field="text", reason=f"The file has more than {limit} MiB. Bring it in as several.")
    yield from read(body, name=name)


def _unread(file: str, reason: str) -> IncomingArticle:
    return IncomingArticle(headline="", blocks=(), errors=(f"{file}: {reason}",))


if __name__ == "__main__":
    for output in (sys.stdout, sys.stderr):
        # Names of files may hold bytes that are no text.
        if isinstance(output, TextIOWrapper):
            output.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        sys.exit(main())
    except BrokenPipeError:
        # Whoever read the lines has enough; nothing more may be written, not even on the way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
