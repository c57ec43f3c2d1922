"""Hostile documents end the process that reads them, and nothing else."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from articles.ingest import confined, confinement
from articles.ingest.confinement import end_idle, read_confined
from articles.ingest.plaintext import PlainTextReader
from articles.ingest.readers import read
from articles.ingest.record import ReadingRefused

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def nothing_idle() -> Iterator[None]:
    end_idle()
    yield
    end_idle()


def answer_to(script: str, name: str = "", keep: tuple[int, ...] = ()) -> str:
    [article] = read_confined(
        module="tests.articles.ingest.hostility",
        class_name="ScriptedReader",
        body=script.encode(),
        name=name,
        keep=keep,
    )
    return article.blocks[0].text


def refusal_of(script: str) -> ReadingRefused:
    with pytest.raises(ReadingRefused) as refused:
        answer_to(script)
    return refused.value


def test_one_process_reads_one_document_after_the_other() -> None:
    first, second = answer_to("greet"), answer_to("greet")

    assert first == second != str(os.getpid())


def test_how_large_the_desk_itself_is_does_not_spend_the_process() -> None:
    desk = bytearray(b"1") * (confined.SPENT + 1)

    assert answer_to("greet") == answer_to("greet")
    assert desk


def test_threads_read_side_by_side() -> None:
    with ThreadPoolExecutor(4) as threads:
        processes = list(threads.map(answer_to, ["greet"] * 12))

    assert 1 <= len(set(processes)) <= 4


def test_a_document_that_takes_too_long_is_refused_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confinement, "SECONDS", 0.5)

    refused = refusal_of("sleep")

    assert refused.reason.startswith("The document took longer than 0.5 seconds")
    assert answer_to("greet")


def test_plain_text_much_longer_than_a_story_is_ended_like_other_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    made_to_be_slow = b"Bridge shut\n\nIt is shut.\n\n" + b"Share\nTweet\n" * 40_000
    monkeypatch.setattr(confinement, "SECONDS", 0.05)

    with pytest.raises(ReadingRefused, match="took longer than"):
        read(made_to_be_slow)

    assert read(b"Bridge shut\n\nIt is shut.\n")


def test_plain_text_is_read_alike_however_long_it_is() -> None:
    long = "Bridge shut\n\n" + "The bridge was shut on Monday, the council said.\n\n" * 6_000 + "Share this article\n"

    assert read(long.encode()) == PlainTextReader().read(long.encode())


def test_a_document_that_needs_too_much_memory_is_refused() -> None:
    assert "more memory" in refusal_of("hog").reason


def test_a_process_that_has_grown_is_replaced() -> None:
    before = answer_to("greet")

    answer_to("grow")

    assert answer_to("greet") != before


@pytest.mark.parametrize(("script", "logged"), [("crash", "exit status -6"), ("raise", "KeyError: 'a library")])
def test_a_document_that_ends_the_reading_is_refused_and_written_down(
    script: str, logged: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert "damaged" in refusal_of(script).reason
    assert logged in caplog.text
    assert answer_to("greet")


def test_nesting_without_end_is_refused() -> None:
    assert "nested too deeply" in refusal_of("nest").reason


def test_what_a_reader_refuses_is_refused_in_its_words() -> None:
    refused = refusal_of("refuse")

    assert (refused.field, refused.reason) == ("headline", "No headline. Write one.")


def test_what_a_library_prints_disturbs_nothing() -> None:
    assert answer_to("print") == "Done."


@pytest.mark.parametrize(
    ("script", "part"), [("connect", "socket.getaddrinfo"), ("run", "subprocess.Popen"), ("write", "File too large")]
)
def test_the_process_may_not_reach_out(script: str, part: str) -> None:
    assert part in refusal_of(script).reason


def test_the_process_knows_nothing_of_the_desk() -> None:
    assert answer_to("environment").split() == ["LC_CTYPE", "PYTHONPATH", "PYTHONUTF8"]


def test_a_document_beyond_the_limit_is_not_sent() -> None:
    with pytest.raises(ReadingRefused, match="limit is 32"):
        read_confined(module="", class_name="", body=b"x" * (confinement.LARGEST_DOCUMENT + 1))


def test_processes_end_with_the_program_that_started_them() -> None:
    program = (
        "from articles.ingest.confinement import read_confined\n"
        "import os\n"
        "place = {'module': 'tests.articles.ingest.hostility', 'class_name': 'ScriptedReader'}\n"
        "print(read_confined(**place, body=b'greet')[0].blocks[0].text, flush=True)\n"
        "os._exit(0)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    pid = int(ran.stdout)
    for _ in range(100):
        if not is_running(pid):
            return
        os.sched_yield()
        subprocess.run(["sleep", "0.05"], check=True)
    pytest.fail("The process outlived its program.")


def is_running(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False


def test_a_fork_starts_processes_of_its_own() -> None:
    parents = answer_to("greet")
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, answer_to("greet").encode())
        end_idle()
        os._exit(0)

    os.waitpid(child, 0)
    childs = os.read(reading, 100).decode()

    assert childs.isdigit()
    assert childs != parents == answer_to("greet")
    os.close(reading)
    os.close(writing)
