"""The running server: started once per home, shared, stopped by whoever started it."""

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from newsdesk import processes
from newsdesk.embedded import cluster
from newsdesk.embedded.addresses import database_url, socket_folder
from newsdesk.embedded.cluster import ClusterUnusable
from newsdesk.embedded.place import Place, PlaceUnsafe, prepare
from newsdesk.embedded.programs import ProgramsMissing
from newsdesk.home import home as default_home
from newsdesk.processes import Say

RETRY_SECONDS = 10.0  # after kill -9 the kernel holds what the old server had for about a second
RECOVERY_SECONDS = 600.0  # replaying the log after a crash may take long, and is progress
SHARE_SECONDS = 60.0  # how long another process of this home may take to initialise
LONGEST_LOG = 5 * 1024 * 1024
STEPS = [(signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0)]
# what PostgreSQL says while an earlier server of the same cluster is still going down
STILL_GOING_DOWN = ("lock file", "pre-existing shared memory block", "could not bind")
# Losing the last seconds is fine where everything is thrown away.
FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum_naptime=1h")


class EmbeddedRefused(Exception):
    """The embedded server cannot run; the message is a sentence that names the remedy."""


class Server:
    """The embedded server of one home.

    ``url`` is where it is reached; ``owned`` tells whether this process started it and will stop it.
    """

    def __init__(self, home: Path, *, throwaway: bool, say: Say) -> None:
        self.home = home
        self.url = database_url(home)
        self.owned = False
        self._throwaway = throwaway
        self._say = say
        self._lock: int | None = None
        self._program: subprocess.Popen[bytes] | None = None

    def is_running(self) -> bool:
        if self.owned:
            return self._program is not None and self._program.poll() is None
        return accepts(self.url)

    def start(self) -> None:
        """Start the server, initialising the home first; does nothing while it runs.

        Where another process of this home has it running already, share that one.

        :raises EmbeddedRefused: when it does not come up.
        """
        if self.owned and self.is_running():
            return
        try:
            if self.owned or self._acquire():
                self._start_own()
        except (ProgramsMissing, PlaceUnsafe, ClusterUnusable) as error:
            raise EmbeddedRefused(str(error)) from error

    def stop(self) -> None:
        """Stop the server if this process started it, and let others have it."""
        if self._program is not None:
            processes.stop(self._program, STEPS)
            self._program = None
            _remove_outside(self.home)
        self.forget()

    def forget(self) -> None:
        """Let go of the lock; a forked child calls this, so that only its parent holds it."""
        if self._lock is not None:
            os.close(self._lock)
        self._lock = None
        self.owned = False

    def _acquire(self) -> bool:
        """Take the lock, or wait until the one who has it has the server running."""
        descriptor = os.open(self.home / "postgres.lock", os.O_RDWR | os.O_CREAT, 0o600)
        deadline = time.monotonic() + SHARE_SECONDS
        while time.monotonic() < deadline:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if accepts(self.url):
                    os.close(descriptor)
                    return False
                time.sleep(0.1)
            else:
                self._lock = descriptor
                self.owned = True
                return True
        os.close(descriptor)
        raise EmbeddedRefused(
            f"Another process holds {self.home / 'postgres.lock'}, but its database does not answer. "
            "Stop that process, or give this one a home of its own with NEWSDESK_HOME."
        )

    def _start_own(self) -> None:
        place = prepare(self.home, self._say)
        if not cluster.is_initialised(place):
            if not self._throwaway:
                self._say(f"Making the database in {place.cluster}.")
            cluster.initialise(place, durable=not self._throwaway)
        cluster.check_version(place)
        _stop_left_over(place, self.url)
        deadline = time.monotonic() + RETRY_SECONDS
        while True:
            log_start = _trimmed_size(place.log)
            self._program = _launch(place, FORGETFUL if self._throwaway else ())
            if _came_up(self._program, self.url):
                return
            said = _said_since(place.log, log_start)
            self._program = None
            if not any(words in said for words in STILL_GOING_DOWN) or time.monotonic() > deadline:
                raise EmbeddedRefused(f"PostgreSQL did not start: {_reason(said)} Its log is {place.log}.")
            time.sleep(0.25)


@contextmanager
def running(
    home: Path | None = None, *, throwaway: bool = False, say: Say = lambda _sentence: None
) -> Iterator[Server]:
    """Run the server of a home: start it, or share it when it runs already, and stop what was started.

    ``throwaway`` trades durability for speed. Side effects in order: lock, initialise, start, stop, unlock.

    :raises EmbeddedRefused: when it does not come up.
    """
    server = Server(home or default_home(), throwaway=throwaway, say=say)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def accepts(url: str) -> bool:
    """Tell whether a server takes connections."""
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _launch(place: Place, settings: tuple[str, ...]) -> subprocess.Popen[bytes]:
    folder = str(place.sockets.resolve()).replace('"', '""')
    fixed = (
        "listen_addresses=",
        f'unix_socket_directories="{folder}"',
        "unix_socket_permissions=0700",
        "lc_messages=C",
        "logging_collector=off",
        "log_destination=stderr",
    )
    words = [place.programs.path("postgres"), "-D", str(place.cluster.resolve())]
    for setting in (*fixed, *settings):
        words += ["-c", setting]
    with place.log.open("ab") as log:
        return processes.start(
            place.identity.command(*words),
            on_orphaned=signal.SIGINT,  # a fast shutdown: it writes everything and ends
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            **place.identity.options(),
        )


def _came_up(program: subprocess.Popen[bytes], url: str) -> bool:
    deadline = time.monotonic() + RECOVERY_SECONDS
    while program.poll() is None:
        if accepts(url):
            return True
        if time.monotonic() > deadline:
            processes.stop(program, STEPS)
            return False
        time.sleep(0.02)
    return False


def _stop_left_over(place: Place, url: str) -> None:
    """Stop a server whose parent was killed where the kernel does not tell it so (macOS).

    We hold the lock, so whatever answers on our socket is ours and nobody's.
    """
    if not accepts(url):
        return
    number = int((place.cluster / "postmaster.pid").read_text(encoding="utf-8").split()[0])
    os.kill(number, signal.SIGINT)
    deadline = time.monotonic() + RETRY_SECONDS
    while accepts(url) and time.monotonic() < deadline:
        time.sleep(0.1)


def _remove_outside(home: Path) -> None:
    """Leave no folder of a socket behind where the home was too long for one."""
    folder = socket_folder(home)
    if not folder.is_relative_to(home) and not folder.is_symlink():
        with suppress(OSError):  # somebody else may have begun to use it
            folder.rmdir()


def _trimmed_size(log: Path) -> int:
    """Return the size of the log in bytes, emptied when it has grown too long."""
    size = log.stat().st_size if log.exists() else 0
    if size > LONGEST_LOG:
        os.truncate(log, 0)
        return 0
    return size


def _said_since(log: Path, start: int) -> str:
    with log.open("rb") as file:
        file.seek(start)
        return file.read().decode(errors="replace")


def _reason(said: str) -> str:
    for line in said.splitlines():
        if "FATAL:" in line or "PANIC:" in line:
            return line.partition("FATAL:")[2].strip().rstrip(".").capitalize() + "."
    last = said.strip().splitlines()[-1:]
    return last[0] if last else "It said nothing."
