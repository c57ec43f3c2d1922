"""What a desk allows its fetches."""

import re
from dataclasses import dataclass

from articles.fetching.addresses import WebAddress, read_name
from articles.fetching.refusals import Code, FetchRefused

PRODUCT = "Newsdesk"
PRINTABLE = re.compile(r"[\x20-\x7e]+")
MEBIBYTE = 1024 * 1024


class RulesMalformed(ValueError):
    """Rules that say nothing which could be obeyed; the message names the rule and what to write."""


@dataclass(frozen=True, slots=True)
class FetchingRules:
    """The rules of one desk.

    ``contact`` is how a site's owner reaches whoever runs the desk (an address of the web or of mail). Host lists
    hold names; a name covers itself and every name below it, and ``denied_hosts`` wins. ``pause`` is in seconds
    between two requests to one host. The limits hold for one fetch with its redirects: ``seconds`` for all of it,
    ``max_bytes`` for a body both as sent and decompressed, ``max_header_bytes`` for all that comes before a body.
    """

    contact: str
    allowed_hosts: tuple[str, ...] = ()
    denied_hosts: tuple[str, ...] = ()
    ports: frozenset[int] = frozenset({80, 443})
    pause: float = 1.0
    obey_robots: bool = True
    seconds: float = 20.0
    max_redirects: int = 5
    max_bytes: int = 10 * MEBIBYTE
    max_header_bytes: int = 64 * 1024

    def __post_init__(self) -> None:
        if not PRINTABLE.fullmatch(self.contact):
            raise RulesMalformed("The contact must be an address of the web or of mail, in plain ASCII.")
        object.__setattr__(self, "allowed_hosts", tuple(map(_listed_name, self.allowed_hosts)))
        object.__setattr__(self, "denied_hosts", tuple(map(_listed_name, self.denied_hosts)))
        if self.pause < 0 or not all(0 < port < 65536 for port in self.ports):
            raise RulesMalformed("The pause must not be negative, and ports go from 1 to 65535.")

    @property
    def user_agent(self) -> str:
        """How the desk names itself to sites; robots.txt knows it by the first word."""
        return f"{PRODUCT} (+{self.contact})"

    def admit(self, address: WebAddress) -> None:
        """Let an address pass whose host and port these rules allow.

        :raises FetchRefused: they do not.
        """
        if _is_listed(address.host, self.denied_hosts):
            raise FetchRefused(
                code=Code.HOST_LIST,
                reason=f"This desk does not fetch from {address.host}. Ask whoever runs it, or bring in a file.",
            )
        if self.allowed_hosts and not _is_listed(address.host, self.allowed_hosts):
            raise FetchRefused(
                code=Code.HOST_LIST,
                reason=f"This desk fetches from a list of hosts, and {address.host} is not on it. Ask whoever runs the "
                "desk to add it, or bring in a file.",
            )
        if address.port not in self.ports:
            raise FetchRefused(
                code=Code.PORT,
                reason=f"This desk does not fetch from port {address.port}. Take the number out of the address, or ask "
                "whoever runs the desk to allow it.",
            )


def _listed_name(written: str) -> str:
    try:
        return read_name(written.strip().removeprefix("*").removeprefix("."))
    except FetchRefused:
        raise RulesMalformed(f"“{written}” is no host name; write one like example.org.") from None


def _is_listed(host: str, names: tuple[str, ...]) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in names)
