"""The lines of docs/tutorial/api.md, sent in their order to a running desk.

Behind each stands in a comment how it is answered, and what of the answer the next lines use: ``201 CLAIM=uid``. curl
sends them where there is one, and else httpx what curl would send.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from string import Template

import httpx
import pytest
from pytest_django.live_server_helper import LiveServer

from newsdesk.models import User
from tests.factories.callers import make_key

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial" / "api.md"
Sending = Callable[[str, dict[str, str]], tuple[int, str]]
STEP = re.compile(r"```sh\n(?P<line>.*?)```\s*<!-- (?P<status>\d+)(?P<kept>[^>]*) -->", re.DOTALL)


def steps() -> list[re.Match[str]]:
    return list(STEP.finditer(TUTORIAL.read_text(encoding="utf-8")))


def send(line: str, known: dict[str, str]) -> tuple[int, str]:
    """The status and the body that a line is answered with."""
    if shutil.which("curl"):
        asked = line.rstrip() + " --silent --write-out '\\n%{http_code}'"
        means = known | {"PATH": os.environ["PATH"]}
        done = subprocess.run(["sh", "-c", asked], env=means, capture_output=True, check=True)
        body, _newline, status = done.stdout.decode().rpartition("\n")
        return int(status), body
    return send_by_hand(line, known)


def send_by_hand(line: str, known: dict[str, str]) -> tuple[int, str]:
    """Send what curl would: --header, --data (a POST) and --request."""
    words = iter(shlex.split(line.replace("\\\n", " "))[1:])
    headers, method, content, url = {}, "", None, ""
    for word in words:
        match word:
            case "--header":
                name, _colon, value = Template(next(words)).substitute(known).partition(": ")
                headers[name] = value
            case "--data":
                content = Template(next(words)).substitute(known).encode()
            case "--request":
                method = next(words)
            case _:
                url = Template(word).substitute(known)
    answer = httpx.request(method or ("POST" if content else "GET"), url, headers=headers, content=content)
    return answer.status_code, answer.text


def test_every_line_of_the_tutorial_is_one_of_its_steps() -> None:
    assert TUTORIAL.read_text(encoding="utf-8").count("```sh") == len(steps()) > 8


@pytest.mark.parametrize("sending", [send, send_by_hand])
def test_the_tutorial_goes_as_it_says(alice: User, live_server: LiveServer, sending: Sending) -> None:
    scopes = ["read", "annotate", "edit", "export"]
    known = {"NEWSDESK_URL": live_server.url, "NEWSDESK_TOKEN": make_key(alice, scopes)}

    for step in steps():
        status, body = sending(step["line"], known)
        assert (step["line"], status) == (step["line"], int(step["status"])), body
        for each in step["kept"].split():
            name, _is, path = each.partition("=")
            known[name] = json.loads(body)[path]

    assert {"ARTICLE", "SHA", "CLAIM"} <= set(known)
