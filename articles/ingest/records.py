"""Our own NDJSON: one record of ``docs/reference/intake.md`` per line, with judgements where somebody made them."""

import codecs
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from articles.ingest.choices import restore
from articles.ingest.record import IncomingArticle, ReadingRefused
from articles.ingest.record_json import RecordRefused, article_from_json

# In bytes. A text may have 5 MiB; its marks, its judgements and what was removed come on top.
LONGEST_LINE = 32 * 1024 * 1024
REMEDY = "Write one JSON object per line, in UTF-8."


class RecordsReader:
    """Reads articles that are records already, one per line."""

    name = "records"

    def recognises(self, body: bytes, name: str) -> bool:
        """Whether the first line begins an object with the keys of a record, or the name says that lines are JSON."""
        beginning = body[:65_536].removeprefix(codecs.BOM_UTF8).lstrip()
        if not beginning.startswith(b"{"):
            return False
        return (b'"headline"' in beginning and b'"blocks"' in beginning) or name.lower().endswith((".ndjson", ".jsonl"))

    def read(self, body: bytes, *, name: str = "", keep: Collection[int] = ()) -> list[IncomingArticle]:
        """Read every record; ``keep`` restores removed lines of a file that holds one.

        :raises ReadingRefused: there is no record at all, or ``keep`` does not fit.
        """
        articles = list(read_lines([_on_one_line(body)] if _is_one_object(body) else body.split(b"\n")))
        if not articles:
            raise ReadingRefused(field="text", reason=f"The file holds no record. {REMEDY}")
        if keep and len(articles) > 1:
            raise ReadingRefused(
                field="keep", reason="Lines are restored in one piece. Bring the pieces in one by one."
            )
        return [restore(article, keep) for article in articles] if keep else articles


def are_lines(beginning: bytes, name: str = "") -> bool:
    """Whether a file that begins so is read line by line, however long it is."""
    return RecordsReader().recognises(beginning, name) and not _is_one_object(beginning)


def read_lines(lines: Iterable[bytes], *, first: int = 1) -> Iterator[IncomingArticle]:
    """Read records as they come, one article per line that is not blank; memory does not grow with their number.

    A line that cannot be read gives an article without headline and blocks, whose error names the line, counted from
    ``first``.
    """
    for number, line in enumerate(lines, start=first):
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if line.strip():
            yield _article(number, line)


def _article(number: int, line: bytes) -> IncomingArticle:
    try:
        value = _value(line)
        article = article_from_json(value)
    except RecordRefused as refused:
        return IncomingArticle(headline="", blocks=(), errors=(f"Line {number}: {refused}",))
    said = value["errors"] if isinstance(value, dict) and isinstance(value.get("errors"), list) else []
    new = tuple(f"Line {number}: {sentence}" for sentence in article.errors[len(said) :])
    return replace(article, errors=(*article.errors[: len(said)], *new)) if new else article


def _value(line: bytes) -> object:
    if len(line) > LONGEST_LINE:
        raise RecordRefused(f"The record has more than {LONGEST_LINE // 1024 // 1024} MiB. Bring it in as several.")
    try:
        return json.loads(line.decode(), parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise RecordRefused(f"The line is not UTF-8. {REMEDY}") from None
    except RecursionError:
        raise RecordRefused(f"The line is nested too deeply. {REMEDY}") from None
    except json.JSONDecodeError as error:
        raise RecordRefused(f"The line is not JSON from character {error.pos} on ({error.msg}). {REMEDY}") from None
    except ValueError:
        raise RecordRefused(f"The line holds a number that is too long. {REMEDY}") from None


def _refuse_constant(constant: str) -> object:
    raise RecordRefused(f"{constant} is no JSON. {REMEDY}")


def _is_one_object(body: bytes) -> bool:
    """Whether the whole file is one object written over several lines."""
    first = next((line for line in body[:65_536].splitlines() if line.strip()), b"").strip()
    return first.removeprefix(codecs.BOM_UTF8).strip() == b"{" or first.endswith(b",")


def _on_one_line(body: bytes) -> bytes:
    return body.replace(b"\r", b" ").replace(b"\n", b" ")
