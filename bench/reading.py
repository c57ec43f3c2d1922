"""How fast each reader reads, and how much memory a process takes that knows only this reader.

``python -m bench.reading READER`` is such a process: it takes a document on its standard input, reads it again and
again, and prints how often it did so per second and the most memory it took.
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from articles.ingest.readers import READERS, DeferredReader, Reader
from bench.memory import peak_of_this
from newsdesk import processes

# The library that reads pages, as it is: the floor of our reader of pages.
TRAFILATURA = "trafilatura"
WARMING = 3
SECONDS = 3.0


class ReadingFailed(Exception):
    """A reader did not read what it was given."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Documents per second, and the peak of the resident set in MiB; 0 where the system does not tell."""

    rate: float
    memory: float


def measure(name: str, body: bytes) -> Reading:
    """Measure a reader in a process of its own; or the library alone.

    :raises ReadingFailed: it ended otherwise than with an article.
    """
    status, said = processes.run([sys.executable, "-m", "bench.reading", name], standard_input=body)
    if status != 0:
        raise ReadingFailed(f"{name} did not read its document: {said[-500:]}")
    return Reading(**json.loads(said.splitlines()[-1]))


def main(name: str) -> None:
    body = sys.stdin.buffer.read()
    read = _act(name)
    for _ in range(WARMING):
        read(body)
    count, began = 0, time.perf_counter()
    while (took := time.perf_counter() - began) < SECONDS:
        read(body)
        count += 1
    sys.stdout.write(json.dumps({"rate": count / took, "memory": peak_of_this()}))


def _act(name: str) -> Callable[[bytes], None]:
    if name == TRAFILATURA:
        from trafilatura import extract

        return lambda body: _require(bool(extract(body, include_comments=False)))
    [found] = [each for each in READERS if each.name == name]
    reader: Reader = found.load() if isinstance(found, DeferredReader) else found
    return lambda body: _require(all(each.headline and each.blocks for each in reader.read(body)))


def _require(is_read: bool) -> None:
    if not is_read:
        raise ReadingFailed("There is no article in it.")


if __name__ == "__main__":
    main(sys.argv[1])
