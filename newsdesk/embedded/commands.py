"""The embedded server around one command line."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from newsdesk.embedded.server import running

# `desk` runs a server of its own; the others never ask the database
WITHOUT_DATABASE = frozenset(
    {"desk", "help", "version", "check", "collectstatic", "findstatic", "makemessages", "compilemessages"}
    | {"diffsettings", "startapp", "--help", "-h", "--version"}
)


@contextmanager
def database_for(arguments: Sequence[str]) -> Iterator[None]:
    """Have a database while a command of ``manage.py`` runs: the desk's own when it runs, else a fresh start.

    Does nothing where ``DATABASE_URL`` names a server, or the command needs none.

    :raises EmbeddedRefused: when the server does not come up.
    """
    command = arguments[1] if len(arguments) > 1 else "help"
    if os.environ.get("DATABASE_URL") or command in WITHOUT_DATABASE:
        yield
        return
    with running() as server:
        os.environ["DATABASE_URL"] = server.url
        yield
