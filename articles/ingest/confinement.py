"""Hostile formats are read by another process, which is ended when a document takes too long or too much.

A process is started when the first such document comes, reads one document after the other, and is replaced when
a document ended it or made it grow. It is started afresh, not forked, so it knows nothing of the desk (no
settings, no connections, no passwords), and it ends with whoever started it. Threads read side by side, a process
each. What it answers is JSON, never objects: a document that took the process over can only say things.
"""

import atexit
import json
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from articles.ingest.messages import Gone, receive, send
from articles.ingest.record import IncomingArticle, ReadingRefused
from articles.ingest.record_json import RecordRefused, article_from_json

# Seconds for reading one document, and for a process to be there and know its libraries.
SECONDS = 5.0
STARTING = 60.0
# In bytes: of a document, and of what was read from it.
LARGEST_DOCUMENT = 32 * 1024 * 1024
LARGEST_ANSWER = 128 * 1024 * 1024
# How many processes wait for the next document.
MOST_IDLE = 4
DAMAGED = (
    "The document is damaged in a way that its reader cannot get past. Save it again in the program it was written "
    "with, or paste its words."
)
ROOT = Path(__file__).resolve().parents[2]

logger = logging.getLogger(__name__)


class ReadingProcess:
    """One process that reads documents, and the socket to it."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._program = subprocess.Popen(
                [sys.executable, "-P", "-B", "-m", "articles.ingest.confined"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
                # An interruption at the keyboard is for whoever started the reading.
                start_new_session=True,
            )

    def ask(self, request: dict[str, object], body: bytes) -> dict[str, Any]:
        """Have a document read.

        :raises TimeoutError: it took longer than ``SECONDS``.
        :raises Gone: the process ended.
        :raises OSError: the process ended before it took the document.
        """
        self._socket.settimeout(STARTING)
        send(self._socket, json.dumps(request).encode())
        send(self._socket, body)
        begun = receive(self._socket, longest=LARGEST_ANSWER, seconds=STARTING)
        answer: dict[str, Any] = json.loads(begun or receive(self._socket, longest=LARGEST_ANSWER, seconds=SECONDS))
        return answer

    def is_alive(self) -> bool:
        return self._program.poll() is None

    def end(self) -> int:
        """End the process, whatever it does, and give its exit status."""
        self._socket.close()
        self._program.kill()
        status: int = self._program.wait()
        return status

    def forget(self) -> None:
        """Leave the process to whoever started it, after a fork."""
        self._socket.close()
        self._program.returncode = 0


_idle: list[ReadingProcess] = []
_lock = Lock()


def read_confined(
    *, module: str, class_name: str, body: bytes, name: str = "", keep: Collection[int] = ()
) -> list[IncomingArticle]:
    """Read a document with the reader ``class_name`` of ``module``, in another process.

    :raises ReadingRefused: the reader refuses it, it is too large, or it took too much time or memory.
    """
    if len(body) > LARGEST_DOCUMENT:
        raise ReadingRefused(
            field="text",
            reason=f"The document has {len(body) / 1024 / 1024:.1f} MiB and the limit is "
            f"{LARGEST_DOCUMENT // 1024 // 1024}. Take out its pictures, or paste its words.",
        )
    request: dict[str, object] = {"module": module, "class_name": class_name, "name": name, "keep": sorted(keep)}
    answer = _answer(request, body)
    if "stumbled" in answer:
        logger.warning("%s stumbled over a document.\n%s", module, answer["stumbled"])
        raise ReadingRefused(field="text", reason=DAMAGED)
    if "reason" in answer:
        raise ReadingRefused(field=str(answer["field"]), reason=str(answer["reason"]))
    return [_article(record) for record in answer["articles"]]


def _answer(request: dict[str, object], body: bytes) -> dict[str, Any]:
    process = _process()
    try:
        answer = process.ask(request, body)
    except TimeoutError:
        process.end()
        raise ReadingRefused(
            field="text",
            reason=f"The document took longer than {SECONDS:g} seconds to read. "
            "Bring in a smaller part of it, or paste its words.",
        ) from None
    except (Gone, OSError, ValueError):
        status = process.end()
        logger.warning("%s ended while it read a document: exit status %s.", request["module"], status)
        raise ReadingRefused(field="text", reason=DAMAGED) from None
    except BaseException:
        process.end()
        raise
    _give_back(process, is_spent=bool(answer.get("spent")))
    return answer


def _article(record: object) -> IncomingArticle:
    try:
        return article_from_json(record)
    except RecordRefused as refused:
        return IncomingArticle(headline="", blocks=(), errors=(str(refused),))


def _process() -> ReadingProcess:
    while True:
        with _lock:
            process = _idle.pop() if _idle else None
        if process is None:
            return ReadingProcess()
        if process.is_alive():
            return process
        process.end()


def _give_back(process: ReadingProcess, *, is_spent: bool) -> None:
    with _lock:
        if not is_spent and len(_idle) < MOST_IDLE:
            _idle.append(process)
            return
    process.end()


def end_idle() -> None:
    """End the processes that wait for a document."""
    with _lock:
        ended, _idle[:] = list(_idle), []
    for process in ended:
        process.end()


def _forget_idle() -> None:
    """After a fork the processes belong to the parent, and a lock somebody held would stay held."""
    global _lock
    _lock = Lock()
    for process in _idle:
        with suppress(OSError):
            process.forget()
    _idle.clear()


atexit.register(end_idle)
os.register_at_fork(after_in_child=_forget_idle)
