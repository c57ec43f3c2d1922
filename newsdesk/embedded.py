"""PostgreSQL for people who have none: locate its programs, initialise, start, stop."""

import hashlib
import os
from pathlib import Path
from urllib.parse import quote

from newsdesk.home import home as default_home

ROLE = "newsdesk"
DATABASE = "newsdesk"
# a socket's path may hold 104 bytes on macOS and 108 on Linux, the closing zero included
LONGEST_SOCKET_PATH = 103
SOCKET_NAME = ".s.PGSQL.5432"


def database_url(home: Path | None = None) -> str:
    """Return the address of the home's server, computed without starting anything."""
    folder = quote(str(socket_folder(home or default_home())), safe="")
    return f"postgresql://{ROLE}@/{DATABASE}?host={folder}"


def socket_folder(home: Path) -> Path:
    """Return the folder of the server's socket: inside the home where the name is short enough."""
    near = home / "run"
    if len(os.fsencode(near / f"{SOCKET_NAME}.lock")) <= LONGEST_SOCKET_PATH:
        return near
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    return Path("/tmp") / f"newsdesk-{os.geteuid()}-{digest}"  # noqa: S108 - made 0700, its owner checked
