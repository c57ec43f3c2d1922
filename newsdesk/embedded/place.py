"""Which folders a home's server uses, and as whom.

Normally all of it is inside the home. Where PostgreSQL may not run as root and the user it runs as
cannot reach the home, the folders move under ``/var/lib/newsdesk`` and the home links to them.
"""

import hashlib
import os
import shutil
import stat
from dataclasses import dataclass, replace
from pathlib import Path

from newsdesk.embedded import identity as identities
from newsdesk.embedded import programs as located
from newsdesk.embedded.addresses import socket_folder
from newsdesk.embedded.identity import Identity
from newsdesk.embedded.programs import Programs
from newsdesk.processes import Say

ELSEWHERE = Path("/var/lib/newsdesk")


class PlaceUnsafe(Exception):
    """Somebody else owns a folder we were about to trust; the message is a sentence with the remedy."""


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of one server; ``cluster`` and ``sockets`` may be links."""

    home: Path
    cluster: Path
    sockets: Path
    programs: Programs
    identity: Identity

    @property
    def draft(self) -> Path:
        """Where a cluster is initialised before it is renamed into place."""
        return self.cluster.resolve().with_name("postgres.tmp")

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @property
    def lock(self) -> Path:
        return self.home / "postgres.lock"


def prepare(home: Path, say: Say) -> Place:
    """Choose identity and folders for a home and make the folder of the socket.

    :raises ProgramsMissing: when there is no PostgreSQL.
    :raises PlaceUnsafe: when the folder of the socket belongs to somebody else.
    """
    cluster = home / "postgres"
    place = Place(
        home=home,
        cluster=cluster,
        sockets=socket_folder(home),
        programs=located.locate(),
        identity=identities.choose(home, cluster),
    )
    if os.geteuid() == 0:
        place = _within_reach(place, say)
    _make_private(place.sockets, place.identity)
    return place


def _within_reach(place: Place, say: Say) -> Place:
    """Move what the identity cannot reach to where it can."""
    if not place.identity.reaches(place.programs.folder / "postgres"):
        place = replace(place, programs=_copied(place.programs))
    if not place.identity.reaches(place.home):
        elsewhere = ELSEWHERE / _digest(place.home)
        if not place.cluster.is_symlink():
            say(f"PostgreSQL may not run as root and its user cannot reach {place.home}.")
            say(f"The database is kept in {elsewhere} instead.")
        _move_and_link(place.cluster, elsewhere / "postgres", place.identity)
        _move_and_link(place.sockets, elsewhere / "run", place.identity)
    return place


def _copied(programs: Programs) -> Programs:
    """Copy the programs to a folder everybody may enter, once per version of them."""
    source = programs.folder.parent
    made = (programs.folder / "postgres").stat()
    target = ELSEWHERE / f"programs-{_digest(source, made.st_mtime_ns, made.st_size)}"
    if not target.exists():
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        _make_passable(ELSEWHERE)
        shutil.copytree(source, draft, symlinks=True, ignore=shutil.ignore_patterns("include"))
        draft.chmod(0o755)
        draft.rename(target)
    return replace(programs, folder=target / programs.folder.name)


def _move_and_link(link: Path, target: Path, identity: Identity) -> None:
    _make_passable(target.parent)
    if not link.is_symlink():
        if link.exists():
            shutil.move(link, target)
        link.symlink_to(target)
    if target.exists():
        identity.own(target)


def _make_passable(folder: Path) -> None:
    for path in (ELSEWHERE, folder):
        path.mkdir(mode=0o711, parents=True, exist_ok=True)
        path.chmod(0o711)


def _make_private(folder: Path, identity: Identity) -> None:
    """Make a folder of ours that nobody else may enter, or see that it is one."""
    folder.resolve().mkdir(mode=0o700, exist_ok=True)
    identity.own(folder.resolve())
    ours = {os.geteuid(), identity.user}
    found = folder.stat()
    if folder.lstat().st_uid not in ours or found.st_uid not in ours or stat.S_IMODE(found.st_mode) & 0o077:
        raise PlaceUnsafe(
            f"{folder} must belong to the user who runs the desk and be closed to all others. "
            "Delete it, or set NEWSDESK_HOME to a folder with a shorter path."
        )


def _digest(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:16]
