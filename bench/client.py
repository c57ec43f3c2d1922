"""An HTTP client that keeps its connection and adds little of its own to what is measured."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

# The web server lets go of a connection that was idle for two seconds.
IDLE_SECONDS = 1.0
ANSWER_SECONDS = 120.0
FORM = "application/x-www-form-urlencoded"


class Unexpected(Exception):
    """The desk answered otherwise than it should; a figure made of such answers would mean nothing."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    content: bytes

    def json(self) -> Any:
        return json.loads(self.content)


class Client:
    """One connection to the desk, as somebody with a token, or signed in on its pages.

    Not for several threads at once; each opens its own.
    """

    def __init__(self, url: str, *, token: str = "") -> None:
        parts = urlsplit(url)
        self._address = (parts.hostname or "", parts.port or 80)
        self._origin = url
        self._token = token
        self._cookies: dict[str, str] = {}
        self._connection: HTTPConnection | None = None
        self._used_at = 0.0

    @property
    def cookies(self) -> dict[str, str]:
        """What the desk asked to be sent back, by name: a browser that gets them is signed in as well."""
        return dict(self._cookies)

    def get(self, path: str, *, status: int = 200) -> Answer:
        """:raises Unexpected: when the answer has another status."""
        return self._expect(self._send("GET", path, b"", {}), status, path)

    def look(self, path: str) -> Answer:
        """Ask for what may be nothing new.

        :raises Unexpected: when the answer is neither something (200) nor nothing (204).
        """
        answer = self._send("GET", path, b"", {})
        return answer if answer.status == 204 else self._expect(answer, 200, path)

    def another(self) -> Client:
        """A further connection of the same person."""
        client = Client(self._origin, token=self._token)
        client._cookies = dict(self._cookies)
        return client

    def post_form(self, path: str, fields: list[tuple[str, str]], *, status: int = 200) -> Answer:
        """Send a form of the pages with its token against forgery, which must have come with a page before."""
        fields = [*fields, ("csrfmiddlewaretoken", self._cookies.get("csrftoken", ""))]
        body = urlencode(fields).encode()
        answer = self._send("POST", path, body, {"Content-Type": FORM, "Referer": self._origin + path})
        return self._expect(answer, status, path)

    def post_json(self, path: str, body: object, *, status: int = 201) -> Answer:
        """:raises Unexpected: when the answer has another status."""
        content = json.dumps(body).encode()
        return self._expect(self._send("POST", path, content, {"Content-Type": "application/json"}), status, path)

    def post_lines(
        self, path: str, body: bytes | Iterable[bytes], *, length: int, prefer: str = "", status: int = 200
    ) -> Answer:
        """Send NDJSON of ``length`` bytes, as it is made if need be.

        :raises Unexpected: when the answer has another status.
        """
        headers = {"Content-Type": "application/x-ndjson", "Content-Length": str(length)}
        if prefer:
            headers["Prefer"] = prefer
        return self._expect(self._send("POST", path, body, headers), status, path)

    def drain(self, path: str) -> int:
        """Read an answer without keeping it; returns its length in bytes."""
        return sum(map(len, self.arriving(path)))

    def arriving(self, path: str) -> Iterator[bytes]:
        """An answer in pieces, each as soon as it is there. Whoever does not take them all closes this client.

        :raises Unexpected: when the answer has another status.
        """
        response = self._begin("GET", path, b"", {})
        if response.status != 200:
            raise Unexpected(f"{path} answered {response.status}.")
        while chunk := response.read1(256 * 1024):
            yield chunk
        self._used_at = time.monotonic()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _send(self, method: str, path: str, body: bytes | Iterable[bytes], headers: dict[str, str]) -> Answer:
        response = self._begin(method, path, body, headers)
        answer = Answer(response.status, dict(response.headers), response.read())
        for line in response.headers.get_all("Set-Cookie") or []:
            self._cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
        self._used_at = time.monotonic()
        return answer

    def _begin(self, method: str, path: str, body: bytes | Iterable[bytes], headers: dict[str, str]) -> HTTPResponse:
        if self._connection is None or time.monotonic() - self._used_at > IDLE_SECONDS:
            self.close()
            self._connection = HTTPConnection(*self._address, timeout=ANSWER_SECONDS)
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        try:
            self._connection.request(method, path, body=body or None, headers=headers)
            return self._connection.getresponse()
        except BaseException:
            self.close()  # what is left on it belongs to no request
            raise

    @staticmethod
    def _expect(answer: Answer, status: int, path: str) -> Answer:
        if answer.status != status:
            said = re.sub(r"\s+", " ", answer.content[:500].decode(errors="replace"))
            raise Unexpected(f"{path} answered {answer.status} instead of {status}: {said}")
        return answer
