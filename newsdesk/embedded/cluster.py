"""What PostgreSQL keeps on disk: made once, whole or not at all."""

import os
import shutil
import sys
from pathlib import Path

from newsdesk import processes
from newsdesk.embedded.addresses import DATABASE, ROLE
from newsdesk.embedded.place import Place

# Appended to postgresql.conf once; whoever runs the desk may change them there afterwards.
CONFIGURATION = """
# A modest share of a machine that does other work as well.
max_connections = 60
shared_buffers = 128MB
effective_cache_size = 1GB
work_mem = 8MB
maintenance_work_mem = 96MB
max_wal_size = 1GB
random_page_cost = 1.1
jit = off
log_timezone = 'UTC'
timezone = 'UTC'
"""
# The server listens on one socket in a folder only its owner may enter: that folder is the password.
ACCESS = "local all all trust\n"
# The desk's own role is no superuser, so that everything also runs on a managed server.
BOOTSTRAP = f"CREATE ROLE {ROLE} LOGIN CREATEDB;\nCREATE DATABASE {DATABASE} OWNER {ROLE};\n"


class ClusterUnusable(Exception):
    """The database on disk cannot be made or used; the message is a sentence that names the remedy."""


def is_initialised(place: Place) -> bool:
    return (place.cluster / "PG_VERSION").exists()


def initialise(place: Place, *, durable: bool = True) -> None:
    """Make the cluster in a draft folder and rename it into place.

    ``durable=False`` spares the disk where the cluster is thrown away anyway.

    :raises ClusterUnusable: with what PostgreSQL said, when it refuses.
    """
    draft = place.draft
    shutil.rmtree(draft, ignore_errors=True)
    try:
        draft.mkdir(mode=0o700)
        place.identity.own(draft)
        _initdb(place, draft, durable=durable)
        with (draft / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(CONFIGURATION)
        (draft / "pg_hba.conf").write_text(ACCESS, encoding="utf-8")
        _bootstrap(place, draft, durable=durable)
        draft.rename(place.cluster.resolve())
        if durable:
            _sync(draft.parent)
    except OSError as error:
        raise ClusterUnusable(f"The database could not be made in {draft}: {error.strerror}.") from error


def check_version(place: Place) -> None:
    """Refuse a cluster that another major version made.

    :raises ClusterUnusable: naming both versions and what to do.
    """
    major = (place.cluster / "PG_VERSION").read_text(encoding="ascii").strip()
    if major != str(place.programs.major):
        raise ClusterUnusable(
            f"The database in {place.cluster} was made by PostgreSQL {major}; "
            f"the programs in {place.programs.folder} are PostgreSQL {place.programs.major}. "
            f"Name the programs of version {major} in NEWSDESK_PG_BIN, or move the data with pg_upgrade."
        )


def _initdb(place: Place, draft: Path, *, durable: bool) -> None:
    words = ["--pgdata", str(draft), "--username", "postgres", "--encoding", "UTF8", "--auth", "trust"]
    words += ["--data-checksums", "--no-instructions", *_locale(place.programs.major)]
    if not durable:
        words.append("--no-sync")
    _run(place, draft, [place.programs.path("initdb"), *words], "")


def _bootstrap(place: Place, draft: Path, *, durable: bool) -> None:
    words = [place.programs.path("postgres"), "--single", "-D", str(draft)]
    if not durable:
        words.append("-F")
    said = _run(place, draft, [*words, "postgres"], BOOTSTRAP)
    if "ERROR" in said or "FATAL" in said:
        raise ClusterUnusable(f"The database could not be made in {draft}: {_last_line(said)}")


def _run(place: Place, draft: Path, words: list[str], text: str) -> str:
    command = place.identity.command(*words)
    status, said = processes.run(command, standard_input=text.encode(), **place.identity.options())
    if status != 0:
        remedy = _remedy(draft)
        raise ClusterUnusable(f"The database could not be made in {draft}: {_last_line(said)}{remedy}")
    return said


def _locale(major: int) -> list[str]:
    """Sort and fold letters alike on every machine, whatever its own locales."""
    if major >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=en_US.UTF-8" if sys.platform == "darwin" else "--locale=C.UTF-8"]


def _remedy(folder: Path) -> str:
    if shutil.disk_usage(folder.parent).free < 100 * 1024 * 1024:
        return " The disk is nearly full: about 100 MB are needed."
    return ""


def _last_line(said: str) -> str:
    lines = [line for line in said.splitlines() if line.strip() and not line.startswith("initdb: removing")]
    return lines[-1].strip() if lines else "it said nothing."


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
