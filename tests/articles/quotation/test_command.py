"""``python -m articles.quotation``: a line out for each line in, without Django."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]


def run(given: str) -> tuple[int, list[dict[str, Any]]]:
    command = [sys.executable, "-m", "articles.quotation"]
    ran = subprocess.run(command, cwd=ROOT, input=given.encode(), capture_output=True, check=False)
    assert ran.stderr == b""
    return ran.returncode, [json.loads(line) for line in ran.stdout.splitlines()]


def test_every_text_is_a_line_with_its_quotations() -> None:
    lines = [{"id": "a", "text": "“No,” said Ann Lee."}, {"id": 7, "text": "Nobody spoke."}]

    status, answers = run("\n".join(map(json.dumps, lines)))

    assert status == 0
    assert [answer["id"] for answer in answers] == ["a", 7]
    [quote] = answers[0]["quotes"]
    assert (quote["start"], quote["end"], quote["kind"], quote["cue"]) == (0, 5, "direct", [6, 10])
    assert (quote["speaker"], quote["speaker_span"], quote["resolved"]) == ("Ann Lee", [11, 18], "Ann Lee")
    assert answers[1]["quotes"] == []


def test_a_line_that_cannot_be_read_says_so_and_the_others_are_read() -> None:
    status, answers = run('{"id": 1}\nnonsense\n{"id": 2, "text": "“No,” said Ann Lee."}\n')

    assert status == 1
    assert [("error" in answer, len(answer["quotes"])) for answer in answers] == [(True, 0), (True, 0), (False, 1)]


def test_the_package_needs_no_django() -> None:
    code = "import sys, articles.quotation.extract; sys.exit(any(name.startswith('django') for name in sys.modules))"

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
