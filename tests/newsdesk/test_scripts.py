"""The scripts: what they say when something is missing, and that they do nothing twice.

Each runs in a copy of the project's scripts, in a path with spaces, with a pretended Python that writes
down what it is asked to do.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted(path for path in (PROJECT / "script").iterdir() if path.is_file())
TOOLS = ("awk", "cat", "cksum", "cp", "df", "dirname", "find", "grep", "mkdir", "rm", "sed", "sleep", "sh", "chmod")

# It says it is Python 3.12, makes environments that hold itself, and installs nothing.
PYTHON = """#!/bin/sh
echo "$*" >>"$ASKED"
case "$*" in
    *"version_info[:2]"*) echo "${PRETENDED_VERSION-3.12}" ;;
    *"version_info < "*) [ "${PRETENDED_VERSION-3.12}" != 3.9 ] ;;
    *"import ensurepip"*) [ -z "${WITHOUT_VENV-}" ] ;;
    "-m venv -- "*) mkdir -p "$4/bin" && cp "$0" "$4/bin/python" ;;
    *"pip install"*) [ -z "${WITHOUT_INDEX-}" ] ;;
    *"--collect-only"*) printf 'tests/browser/test_a.py::test_one\\ntests/browser/test_a.py::test_two\\n' ;;
esac
"""


class Room:
    """A copy of the scripts with pretended programs around them."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a room with spaces" / "desk"
        self.programs = folder / "programs"
        self.venv = self.root / ".venv"
        self._asked = folder / "asked"
        shutil.copytree(PROJECT / "script", self.root / "script")
        for name in ("requirements.txt", "requirements-dev.txt"):
            shutil.copy(PROJECT / name, self.root)
        self.programs.mkdir()
        for name in TOOLS:
            found = shutil.which(name)
            assert found
            (self.programs / name).symlink_to(found)

    def program(self, name: str, text: str) -> Path:
        path = self.programs / name
        path.unlink(missing_ok=True)
        path.write_text(text)
        path.chmod(0o755)
        return path

    def run(self, script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a script from somewhere else with nothing but the pretended programs in reach."""
        return subprocess.run(
            [self.root / "script" / script, *arguments],
            env={"PATH": str(self.programs), "HOME": "/nonexistent", "ASKED": str(self._asked)} | environment,
            cwd="/",
            capture_output=True,
            text=True,
        )

    def asked(self) -> list[str]:
        """Return what Python was asked to do since the last time."""
        lines = self._asked.read_text().splitlines() if self._asked.exists() else []
        self._asked.unlink(missing_ok=True)
        return lines


@pytest.fixture
def room(tmp_path: Path) -> Room:
    room = Room(tmp_path)
    room.program("python3", PYTHON)
    return room


def installs(asked: list[str]) -> list[str]:
    return [line for line in asked if "pip install" in line]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_script_is_sound_posix_shell(script: Path) -> None:
    for shell in filter(shutil.which, ("sh", "dash")):
        subprocess.run([shell, "-n", script], check=True)

    assert "[[" not in script.read_text()


def test_the_server_is_run_by_the_environment_it_made(room: Room) -> None:
    ended = room.run("server")

    assert ended.returncode == 0
    assert room.asked()[-1] == f"{room.root}/manage.py desk"


def test_what_is_installed_is_not_installed_again(room: Room) -> None:
    room.run("server")
    assert installs(room.asked())

    ended = room.run("server")

    assert ended.returncode == 0
    assert not installs(room.asked())
    assert ended.stderr == ""


def test_changed_requirements_are_installed(room: Room) -> None:
    room.run("server")
    room.asked()

    (room.root / "requirements.txt").write_text("other==1 --hash=sha256:00\n")
    room.run("server")

    assert installs(room.asked())


def test_the_development_environment_serves_too(room: Room) -> None:
    room.run("test")
    room.asked()

    room.run("server")

    assert not installs(room.asked())


def test_an_interrupted_installation_begins_with_an_empty_environment(room: Room) -> None:
    room.run("server", WITHOUT_INDEX="1")
    assert (room.venv / "installing").exists()
    (room.venv / "half").touch()

    ended = room.run("server")

    assert ended.returncode == 0
    assert not (room.venv / "half").exists()
    assert not (room.venv / "installing").exists()


def test_two_scripts_started_together_install_once(room: Room) -> None:
    room.program("sleep", '#!/bin/sh\nrm -f -- "$INSTALLING"\n')  # while the second waits, the first one ends
    room.venv.mkdir()
    (room.venv / "installing").write_text(f"{os.getpid()}\n")

    ended = room.run("server", INSTALLING=str(room.venv / "installing"))

    assert ended.returncode == 0
    assert ended.stderr.startswith(f"Waiting for another installation into {room.venv}.\n")


def test_a_failed_installation_is_not_taken_for_a_whole_one(room: Room) -> None:
    failed = room.run("server", WITHOUT_INDEX="1")
    room.asked()

    ended = room.run("server")

    assert failed.returncode == 1
    assert "The requirements could not be installed" in failed.stderr
    assert ended.returncode == 0
    assert installs(room.asked())


def test_pip_installs_where_uv_cannot_be_had(room: Room) -> None:
    ended = room.run("server")

    assert "Installing with pip instead of uv" in ended.stderr
    assert installs(room.asked())[-1].endswith(f"--require-hashes --requirement {room.root}/requirements.txt")


def test_an_old_python_is_named_with_the_remedy(room: Room) -> None:
    ended = room.run("server", PRETENDED_VERSION="3.9")

    assert ended.returncode == 1
    assert ended.stderr == (
        "Python 3.11 or later is needed, and python3 is 3.9. Install a newer one, or name it in NEWSDESK_PYTHON.\n"
    )


def test_a_missing_venv_module_is_named_with_the_package(room: Room) -> None:
    ended = room.run("server", WITHOUT_VENV="1")

    assert ended.returncode == 1
    assert "Python 3.12 has no venv module." in ended.stderr
    assert "apt install python3.12-venv" in ended.stderr


def test_no_python_at_all_is_one_sentence(room: Room) -> None:
    (room.programs / "python3").unlink()

    ended = room.run("server")

    assert ended.returncode == 1
    assert ended.stderr.startswith("No Python was found. Install Python 3.11 or later")


def test_the_python_somebody_names_is_the_only_one_tried(room: Room) -> None:
    ended = room.run("server", NEWSDESK_PYTHON="/nowhere/python")

    assert ended.returncode == 1
    assert ended.stderr == "NEWSDESK_PYTHON names /nowhere/python, which does not run.\n"


def test_a_full_disk_is_named_before_anything_is_made(room: Room) -> None:
    room.program("df", "#!/bin/sh\necho Filesystem\necho disk 100 90 10240 90% /\n")

    ended = room.run("server")

    assert ended.returncode == 1
    assert "There are 10 MB free" in ended.stderr
    assert not room.venv.exists()


def test_tests_run_around_a_throwaway_server_with_the_browser_found(room: Room) -> None:
    chromium = room.program("chromium", "#!/bin/sh\n")

    ended = room.run("test", "-k", "one word")

    assert ended.returncode == 0
    assert chromium.exists()
    assert room.asked()[-1] == "-m newsdesk.embedded run -- .venv/bin/python -m pytest -k one word"


def test_tests_use_the_server_somebody_names(room: Room) -> None:
    room.program("chromium", "#!/bin/sh\n")

    room.run("test", DATABASE_URL="postgresql://elsewhere/desk")

    assert room.asked()[-1] == "-m pytest"


def test_without_a_browser_the_tests_left_out_are_counted_and_the_package_named(room: Room) -> None:
    ended = room.run("test", DATABASE_URL="postgresql://elsewhere/desk")

    assert ended.returncode == 0
    assert "-m pytest -m not browser" in room.asked()
    assert "2 browser tests were left out: no Chromium was found. Install the package chromium" in ended.stderr


def test_on_a_build_server_nothing_may_be_left_out(room: Room) -> None:
    ended = room.run("test", CI="true", DATABASE_URL="postgresql://elsewhere/desk")

    assert ended.returncode == 1
    assert "nothing may be left out" in ended.stderr


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_file_holds_hashes_and_no_addresses(name: str) -> None:
    text = (PROJECT / name).read_text()

    assert "://" not in text
    assert "index-url" not in text
    assert all("--hash=sha256:" in entry for entry in re.split(r"\n(?=[a-z0-9])", text))


def test_both_lock_files_pin_the_same_versions() -> None:
    kept = pins("requirements.txt")

    assert kept <= pins("requirements-dev.txt")
    assert len(kept) > 20


def pins(name: str) -> set[str]:
    return set(re.findall(r"^[a-z0-9][^ ;]*==[^ ;\\]+", (PROJECT / name).read_text(), re.MULTILINE))


def test_the_build_server_ends_with_the_closing_line_of_the_tests() -> None:
    run = PROJECT / ".ci" / "run"

    subprocess.run(["bash", "-n", run], check=True)

    assert os.access(run, os.X_OK)
    assert run.read_text().index("script/lint") < run.read_text().index("script/test")
