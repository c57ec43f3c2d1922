"""``python -m newsdesk.embedded run -- COMMAND…``: a command with a throwaway server around it.

The command finds the server in ``DATABASE_URL`` and an empty home in ``NEWSDESK_HOME``; both are gone
when it ends. The exit status is the command's own.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsdesk.embedded.server import EmbeddedRefused, running

USAGE = "usage: python -m newsdesk.embedded run -- COMMAND [ARGUMENT…]"


def main(arguments: list[str]) -> int:
    if arguments[:2] != ["run", "--"] or len(arguments) < 3:
        print(USAGE, file=sys.stderr)  # noqa: T201
        return 2
    try:
        with throwaway_home() as home, running(home, throwaway=True) as server:
            return run(arguments[2:], {"DATABASE_URL": server.url, "NEWSDESK_HOME": str(home)})
    except EmbeddedRefused as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201
        return 1


@contextmanager
def throwaway_home() -> Iterator[Path]:
    """A folder that is gone afterwards, in a short path and passable for an unprivileged server."""
    home = Path(tempfile.mkdtemp(prefix="newsdesk-"))
    home.chmod(0o711)
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run a command in the foreground; signals meant for us reach it, and we wait for its end."""
    program = subprocess.Popen(command, env=os.environ | environment)  # noqa: S603 - the caller's own command
    # the terminal sends Ctrl-C to both; it decides what that means, and ends before its database
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda number, _frame: program.send_signal(number))
    status = program.wait()
    return status if status >= 0 else 128 - status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
