"""The one socket on which the desk listens, bound before settings are read: they need to know its address."""

import errno
import ipaddress
import os
import socket
import sys
from functools import cache

FIRST_PORT = 8000
PORTS_TRIED = 100
WAITING_CONNECTIONS = 1024


class AddressRefused(Exception):
    """The desk cannot listen; the message is a sentence that names the remedy."""


@cache
def listener() -> socket.socket:
    """Return the bound socket: ``PORT``, or the next free one after it, on ``NEWSDESK_BIND``.

    The desk keeps it while web servers come and go, so nobody is turned away when one is restarted.
    Sets ``NEWSDESK_URL`` unless somebody has.

    :raises AddressRefused: when no port is free or permitted.
    """
    host = os.environ.get("NEWSDESK_BIND", "127.0.0.1")
    if not _is_loopback(host) and not os.environ.get("NEWSDESK_URL"):
        raise AddressRefused(
            f"NEWSDESK_BIND={host} opens the desk to the network: "
            "set NEWSDESK_URL to the address people will open, for instance https://desk.example.org."
        )
    wanted = _wanted_port()
    bound = _bind_first_free(host, wanted)
    port = bound.getsockname()[1]
    if wanted and port != wanted:
        print(f"Port {wanted} is taken; using {port}.", file=sys.stderr)  # noqa: T201
    shown = f"[{host}]" if ":" in host else host
    os.environ.setdefault("NEWSDESK_URL", f"http://{shown}:{port}")
    return bound


def _wanted_port() -> int:
    text = os.environ.get("PORT") or str(FIRST_PORT)
    if not text.isdecimal() or int(text) > 65535:
        raise AddressRefused(f"PORT={text} is no port. Give a number from 1 to 65535, or 0 for any free one.")
    return int(text)


def _bind_first_free(host: str, wanted: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        try:
            return socket.create_server((host, port), family=family, backlog=WAITING_CONNECTIONS)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise AddressRefused(
                    f"The desk cannot listen on {host} port {port}: {error.strerror}. "
                    "Choose another with PORT or NEWSDESK_BIND."
                ) from error
    raise AddressRefused(f"Every port from {wanted} on is taken. Choose another with PORT.")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
