"""``python -m articles.ingest``: a line per article, errors in lines, no database, no Django."""

import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
STORY = b"Talks begin\n\nThey met on Friday."
RECORD = b'{"headline": "Talks end", "blocks": [{"kind": "paragraph", "text": "They left."}]}\n'


def run(*files: object, given: bytes = b"") -> tuple[int, list[dict[str, Any]]]:
    command = [sys.executable, "-m", "articles.ingest", *map(str, files)]
    ran = subprocess.run(command, cwd=ROOT, input=given, capture_output=True, check=False)
    assert ran.stderr == b""
    return ran.returncode, [json.loads(line) for line in ran.stdout.splitlines()]


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_every_article_is_a_line_in_the_order_of_the_files(tmp_path: Path) -> None:
    records, story = written(tmp_path, "a.ndjson", RECORD * 2), written(tmp_path, "b.txt", STORY)

    status, lines = run(story, records)

    assert status == 0
    assert [line["headline"] for line in lines] == ["Talks begin", "Talks end", "Talks end"]
    assert lines[0]["blocks"] == [{"kind": "paragraph", "text": "They met on Friday.", "marks": []}]


def test_what_cannot_be_read_is_a_line_with_errors_and_the_others_go_in(tmp_path: Path) -> None:
    empty, story = written(tmp_path, "empty.txt", b""), written(tmp_path, "b.txt", STORY)

    status, lines = run(empty, tmp_path / "absent.txt", tmp_path, story)

    assert status == 1
    assert [line["headline"] for line in lines] == ["", "", "", "Talks begin"]
    assert [line["errors"][0].split(": ")[0] for line in lines[:3]] == [
        str(empty),
        str(tmp_path / "absent.txt"),
        str(tmp_path),
    ]
    assert "empty" in lines[0]["errors"][0]


def test_a_record_that_cannot_be_read_makes_the_status_one(tmp_path: Path) -> None:
    status, lines = run(written(tmp_path, "a.ndjson", b"{}\n" + RECORD))

    assert (status, len(lines)) == (1, 2)


def test_standard_input_is_read() -> None:
    assert run("-", given=STORY)[1][0]["headline"] == "Talks begin"
    assert run("-", given=RECORD)[1][0]["headline"] == "Talks end"


def test_the_command_needs_neither_django_nor_the_libraries_of_other_formats(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom articles.ingest.__main__ import main\n"
        f"main([{str(written(tmp_path, 'b.txt', STORY))!r}])\n"
        "print(sorted({'django', 'lxml', 'mammoth', 'pdfminer', 'trafilatura'} & set(sys.modules)))"
    )

    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    assert ran.stdout.splitlines()[-1] == "[]"


def test_whoever_has_enough_lines_may_leave(tmp_path: Path) -> None:
    many = written(tmp_path, "a.ndjson", RECORD * 5_000)
    shell = shlex.join([sys.executable, "-m", "articles.ingest", str(many)]) + " | head -n 1"

    ran = subprocess.run(shell, cwd=ROOT, capture_output=True, shell=True, check=True)

    assert (ran.stdout.count(b"\n"), ran.stderr) == (1, b"")


def test_help_names_the_files() -> None:
    ran = subprocess.run([sys.executable, "-m", "articles.ingest", "--help"], cwd=ROOT, capture_output=True, check=True)

    assert b"FILE" in ran.stdout
