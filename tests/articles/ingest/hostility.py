"""What every reader owes hostile bytes, and readers that behave badly on purpose."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Collection
from pathlib import Path

from articles.anchoring.text import Block, BlockKind
from articles.ingest.readers import Reader
from articles.ingest.record import IncomingArticle, ReadingRefused


def is_read_or_refused(reader: Reader, body: bytes) -> bool:
    """Whether the bytes give articles with a text or an error each, or a refusal that ends as a sentence does.

    Anything else that is raised escapes and fails the test.
    """
    try:
        articles = reader.read(body)
    except ReadingRefused as refused:
        return refused.reason.endswith(".")
    return bool(articles) and all(article.errors or article.pub_status or article.text for article in articles)


class ScriptedReader:
    """Does what the document says: sleeps, hogs memory, breaks, reaches out, or tells about its process."""

    def read(self, body: bytes, *, name: str = "", keep: Collection[int] = ()) -> list[IncomingArticle]:
        answer = str(getattr(self, f"_{body.decode()}")() or "Done.")
        return [IncomingArticle(headline=name or "Talks begin", blocks=(Block(BlockKind.PARAGRAPH, answer),))]

    def _greet(self) -> str:
        return f"{os.getpid()}"

    def _sleep(self) -> None:
        time.sleep(60)

    def _hog(self) -> int:
        return len(b"x" * (2 << 30))

    def _grow(self) -> int:
        return len(b"x" * (300 << 20))

    def _nest(self) -> None:
        self._nest()

    def _crash(self) -> None:
        os.abort()

    def _raise(self) -> None:
        raise KeyError("a library stumbled")

    def _refuse(self) -> None:
        raise ReadingRefused(field="headline", reason="No headline. Write one.")

    def _print(self) -> None:
        print("a library says something")  # noqa: T201
        sys.stderr.write("and warns\n")

    def _connect(self) -> None:
        try:
            socket.create_connection(("127.0.0.1", 9), timeout=1)
        except PermissionError as error:
            raise ReadingRefused(field="text", reason=str(error)) from None

    def _run(self) -> None:
        try:
            subprocess.run(["true"], check=False)
        except PermissionError as error:
            raise ReadingRefused(field="text", reason=str(error)) from None

    def _write(self) -> None:
        path = Path(f"/tmp/newsdesk-confined-{os.getpid()}")
        try:
            path.write_text("words", encoding="utf-8")
        except OSError as error:
            raise ReadingRefused(field="text", reason=f"{error.strerror}.") from None
        finally:
            path.unlink()

    def _environment(self) -> str:
        return " ".join(sorted(os.environ)) + (" django" if "django" in sys.modules else "")
