"""Where the embedded server of a home is reached; computed, nothing is started."""

import hashlib
import os
from pathlib import Path
from urllib.parse import quote

from newsdesk.home import home as default_home

ROLE = "newsdesk"
DATABASE = "newsdesk"
SOCKET_NAME = ".s.PGSQL.5432"
# sun_path holds 104 bytes on macOS and 108 on Linux, the closing zero included
LONGEST_SOCKET_PATH = 103


def database_url(home: Path | None = None) -> str:
    """Return the address of the home's server, whether it runs or not."""
    folder = quote(str(socket_folder(home or default_home())), safe="")
    return f"postgresql://{ROLE}@/{DATABASE}?host={folder}"


def socket_folder(home: Path) -> Path:
    """Return the folder of the server's socket: inside the home where the path is short enough."""
    near = home / "run"
    if len(os.fsencode(near / f"{SOCKET_NAME}.lock")) <= LONGEST_SOCKET_PATH:
        return near
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    return Path("/tmp", f"newsdesk-{digest}")  # noqa: S108 - made closed, its owner checked before use
