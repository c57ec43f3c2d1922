"""PostgreSQL for people who have none: locate its programs, initialise, start, stop.

``with running(home) as server`` gives a server that listens on a socket inside the home and nowhere
else. Whoever comes second while it runs shares it; the first one stops it.
"""

from newsdesk.embedded.addresses import database_url, socket_folder
from newsdesk.embedded.server import EmbeddedRefused, Server, running

__all__ = ["EmbeddedRefused", "Server", "database_url", "running", "socket_folder"]
