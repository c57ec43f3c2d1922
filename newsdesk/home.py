"""Where the desk keeps what belongs to this installation: database, secret key, logs.

The home is ``$NEWSDESK_HOME``, or ``var/`` beside the code. Nothing here needs Django or a database.
"""

import os
import secrets
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
KEY_FILE = "secret-key"


class HomeUnusable(Exception):
    """The home cannot be made or written to; the message is a sentence that names the remedy."""


def home() -> Path:
    """Return the absolute path of the home, made readable by its owner alone if it did not exist.

    :raises HomeUnusable: when it cannot be made, or belongs to somebody who keeps us out.
    """
    path = Path(os.environ.get("NEWSDESK_HOME") or PROJECT / "var").expanduser().absolute()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise HomeUnusable(_sentence(path, error.strerror)) from error
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise HomeUnusable(_sentence(path, "it may not be written to by this user"))
    return path


def secret_key() -> str:
    """Return the installation's secret key; the first caller makes it, readable by its owner alone.

    :raises HomeUnusable: when the file cannot be read or written.
    """
    path = home() / KEY_FILE
    try:
        if not path.exists():
            _publish(path, secrets.token_urlsafe(64))
        key = path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise HomeUnusable(_sentence(path, error.strerror)) from error
    if len(key) < 50:
        raise HomeUnusable(f"{path} holds no usable key. Delete it: a new one is made, and everybody signs in again.")
    return key


def _publish(path: Path, text: str) -> None:
    """Write the file whole or not at all; whoever comes second keeps the file of the first."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{text}\n")
            file.flush()
            os.fsync(file.fileno())
        # a link fails when the name is taken; a rename would replace the key somebody already signs with
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _sentence(path: Path, reason: str | None) -> str:
    return (
        f"The desk cannot keep its files in {path}: {reason}. "
        "Run it as the user who owns that folder, or set NEWSDESK_HOME to a folder of your own."
    )
