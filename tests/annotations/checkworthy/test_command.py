"""``python -m annotations.checkworthy``: a line out for each line in, without Django."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]


def run(given: str) -> tuple[int, list[dict[str, Any]]]:
    command = [sys.executable, "-m", "annotations.checkworthy"]
    ran = subprocess.run(command, cwd=ROOT, input=given.encode(), capture_output=True, check=False)
    assert ran.stderr == b""
    return ran.returncode, [json.loads(line) for line in ran.stdout.splitlines()]


def test_every_text_is_a_line_with_what_is_worth_checking() -> None:
    text = "“We cut 300 jobs in 2021,” said Ann Lee. What next?"
    lines = [{"id": "a", "text": text, "language": "en"}, {"id": 7, "text": "Who knows?"}]

    status, answers = run("\n".join(map(json.dumps, lines)))

    assert status == 0
    assert [answer["id"] for answer in answers] == ["a", 7]
    [sentence] = answers[0]["sentences"]
    assert text[sentence["start"] : sentence["end"]] == "“We cut 300 jobs in 2021,” said Ann Lee."
    assert (sentence["claimant"], sentence["reasons"][0]["words"]) == ("Ann Lee", "300")
    assert answers[1]["sentences"] == []


def test_a_line_that_cannot_be_read_says_so_and_the_others_are_read() -> None:
    status, answers = run('{"id": 1}\nnonsense\n{"id": 2, "text": "Police arrested 43 people on Monday."}\n')

    assert status == 1
    assert [("error" in answer, len(answer["sentences"])) for answer in answers] == [(True, 0), (True, 0), (False, 1)]


def test_the_package_needs_no_django() -> None:
    code = (
        "import sys, annotations.checkworthy.assessing as _; sys.exit(any(n.startswith('django') for n in sys.modules))"
    )

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
