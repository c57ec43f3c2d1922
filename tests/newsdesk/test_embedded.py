"""The embedded PostgreSQL: made once, shared, stopped, and whole after every kind of death."""

import os
import pwd
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import psycopg
import pytest

from newsdesk.embedded import EmbeddedRefused, database_url, identity, place, programs, running, socket_folder
from newsdesk.embedded.__main__ import throwaway_home
from newsdesk.embedded.server import accepts

PROJECT = Path(__file__).resolve().parents[2]
OWNER = """
import pathlib, sys, time
from newsdesk.embedded import running
with running(pathlib.Path(sys.argv[1])):
    print("running", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def home() -> Iterator[Path]:
    with throwaway_home() as folder:
        yield folder


def one(url: str, question: str) -> object:
    """Return the first column of the first row."""
    with psycopg.connect(url) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return row[0]


def write_row(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'still here' AS word")


def until(condition: Callable[[], bool], seconds: float = 15) -> bool:
    """Ask again and again, at most for the given seconds."""
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


def test_the_address_is_known_before_anything_runs(home: Path) -> None:
    address = database_url(home)

    assert address.startswith("postgresql://newsdesk@/newsdesk?host=")
    assert unquote(address).endswith(f"host={home}/run")
    assert not (home / "postgres").exists()


def test_a_home_with_a_long_path_has_its_socket_elsewhere() -> None:
    folder = socket_folder(Path("/", "x" * 120))

    assert len(os.fsencode(folder)) < 60
    assert folder != socket_folder(Path("/", "y" * 120))


def test_rows_outlive_the_server(home: Path) -> None:
    with running(home) as server:
        write_row(server.url)
        assert server.owned

    with running(home) as server:
        assert one(server.url, "SELECT word FROM kept") == "still here"


def test_leaving_the_block_stops_the_server(home: Path) -> None:
    with running(home, throwaway=True) as server:
        assert accepts(server.url)

    assert not accepts(server.url)


def test_nothing_but_a_socket_in_a_closed_folder_leads_in(home: Path) -> None:
    with running(home, throwaway=True) as server:
        assert one(server.url, "SHOW listen_addresses") == ""
        assert socket_folder(home).stat().st_mode & 0o777 == 0o700


def test_the_role_of_the_desk_is_no_superuser(home: Path) -> None:
    with running(home, throwaway=True) as server:
        assert one(server.url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
        assert one(server.url, "SHOW data_checksums") == "on"


def test_a_commit_is_on_disk_unless_the_server_is_a_throwaway(home: Path) -> None:
    with running(home, throwaway=True) as server:
        assert one(server.url, "SHOW fsync") == "off"

    with running(home) as server:
        assert one(server.url, "SHOW fsync") == "on"
        assert one(server.url, "SHOW synchronous_commit") == "on"


def test_letters_fold_alike_on_every_machine(home: Path) -> None:
    with running(home, throwaway=True) as server:
        assert one(server.url, "SELECT upper('київ é')") == "КИЇВ É"


def test_whoever_comes_second_shares_the_server_and_leaves_it_running(home: Path) -> None:
    with running(home, throwaway=True) as first:
        with running(home, throwaway=True) as second:
            assert not second.owned
            assert second.url == first.url

        assert accepts(first.url)


def test_a_killed_server_starts_again_with_its_rows(home: Path) -> None:
    with running(home) as server:
        write_row(server.url)
        number = int((home / "postgres" / "postmaster.pid").read_text().split()[0])
        os.kill(number, signal.SIGKILL)
        assert until(lambda: not server.is_running())

        server.start()

        assert one(server.url, "SELECT word FROM kept") == "still here"


def test_a_killed_owner_leaves_nothing_that_blocks_the_next(home: Path) -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(home)], stdout=subprocess.PIPE, cwd=PROJECT, env=os.environ
    )
    assert owner.stdout is not None
    assert owner.stdout.readline() == b"running\n"
    write_row(database_url(home))

    owner.kill()
    owner.communicate()

    with running(home) as server:
        assert server.owned
        assert one(server.url, "SELECT word FROM kept") == "still here"


def test_what_a_dead_server_left_lying_about_does_not_matter(home: Path) -> None:
    with running(home, throwaway=True):
        pass
    (home / "postgres" / "postmaster.pid").write_text("999999\n/nowhere\n0\n5432\n/nowhere\n")
    (home / "run" / ".s.PGSQL.5432").touch()
    (home / "run" / ".s.PGSQL.5432.lock").write_text("999999\n")

    with running(home, throwaway=True) as server:
        assert accepts(server.url)


def test_a_start_is_tried_again_while_the_server_before_is_still_going_down(home: Path) -> None:
    with running(home, throwaway=True):
        pass
    # it belongs to nobody here, so the system clears it away when it ends
    going_down = subprocess.run(["sh", "-c", "sleep 2 >&- & echo $!"], stdout=subprocess.PIPE, text=True).stdout
    (home / "postgres" / "postmaster.pid").write_text(f"{going_down.strip()}\n{home}/postgres\n0\n5432\n\n")

    with running(home, throwaway=True) as server:
        assert accepts(server.url)

    assert 'lock file "postmaster.pid" already exists' in (home / "postgres.log").read_text()


def test_an_interrupted_initialisation_is_begun_again(home: Path) -> None:
    draft = home / "postgres.tmp"
    draft.mkdir()
    (draft / "PG_VERSION").write_text("18\n")

    with running(home, throwaway=True) as server:
        assert accepts(server.url)

    assert not draft.exists()


def test_data_of_another_major_version_are_refused_before_they_are_touched(home: Path) -> None:
    with running(home, throwaway=True):
        pass
    (home / "postgres" / "PG_VERSION").write_text("14\n")

    with pytest.raises(EmbeddedRefused, match=r"was made by PostgreSQL 14.*NEWSDESK_PG_BIN.*pg_upgrade"):
        running(home, throwaway=True).__enter__()


def test_a_folder_without_programs_is_refused_by_name(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_PG_BIN", str(home))

    with pytest.raises(EmbeddedRefused, match=r"NEWSDESK_PG_BIN names .* which holds no PostgreSQL"):
        running(home, throwaway=True).__enter__()


def test_a_server_that_will_not_start_says_why(home: Path) -> None:
    with running(home, throwaway=True):
        pass
    with (home / "postgres" / "postgresql.conf").open("a") as file:
        file.write("shared_buffers = 'plenty'\n")

    with pytest.raises(EmbeddedRefused, match=r"PostgreSQL did not start: .*postgres\.log"):
        running(home, throwaway=True).__enter__()


def test_the_folder_of_a_socket_that_others_may_enter_is_refused(home: Path) -> None:
    (home / "run").mkdir()
    (home / "run").chmod(0o777)

    with pytest.raises(EmbeddedRefused, match="closed to all others"):
        running(home, throwaway=True).__enter__()


def test_a_command_gets_a_server_that_is_gone_afterwards() -> None:
    script = 'printf "%s\\n%s\\n" "$DATABASE_URL" "$NEWSDESK_HOME"; exit 7'

    ended = subprocess.run(
        [sys.executable, "-m", "newsdesk.embedded", "run", "--", "sh", "-c", script],
        capture_output=True,
        text=True,
        cwd=PROJECT,
    )

    address, folder = ended.stdout.splitlines()
    assert ended.returncode == 7
    assert unquote(address).endswith(f"host={folder}/run")
    assert not Path(folder).exists()


if os.geteuid() == 0:

    @pytest.fixture
    def no_namespaces(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
        """A machine that refuses user namespaces, as containers do; yields where homes move to."""
        identity._namespaces_allowed.cache_clear()
        monkeypatch.setattr(identity, "USER_NAMESPACE", ("false",))
        with tempfile.TemporaryDirectory() as elsewhere:
            Path(elsewhere).chmod(0o711)
            monkeypatch.setattr(place, "ELSEWHERE", Path(elsewhere))
            yield Path(elsewhere)
        identity._namespaces_allowed.cache_clear()

    def test_root_without_namespaces_runs_it_as_nobody(home: Path, no_namespaces: Path) -> None:
        with running(home, throwaway=True) as server:
            assert accepts(server.url)

            assert (home / "postgres").stat().st_uid == pwd.getpwnam("nobody").pw_uid
            assert not (home / "postgres").is_symlink()

    def test_a_home_closed_to_nobody_is_kept_elsewhere_and_says_so(home: Path, no_namespaces: Path) -> None:
        home.chmod(0o700)
        said: list[str] = []

        with running(home, throwaway=True, say=said.append) as server:
            write_row(server.url)
        with running(home, throwaway=True, say=said.append) as server:
            assert one(server.url, "SELECT word FROM kept") == "still here"

        assert (home / "postgres").resolve().is_relative_to(no_namespaces)
        assert len([sentence for sentence in said if str(no_namespaces) in sentence]) == 1

    def test_data_made_as_root_move_when_namespaces_are_refused_later(
        home: Path, request: pytest.FixtureRequest
    ) -> None:
        home.chmod(0o700)
        with running(home, throwaway=True) as server:
            write_row(server.url)
        request.getfixturevalue("no_namespaces")

        with running(home, throwaway=True) as server:
            assert one(server.url, "SELECT word FROM kept") == "still here"


def test_a_full_version_text_gives_its_major_number(tmp_path: Path) -> None:
    for text, major in (("18.4", 18), ("15.10 (Debian 15.10-0+deb12u1)", 15), ("19beta1", 19)):
        postgres = tmp_path / "postgres"
        postgres.write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {text}'\n")
        postgres.chmod(0o755)

        assert programs.major_of(postgres) == major
