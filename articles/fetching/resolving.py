"""A host's name becomes addresses: once for each request, and never again on the way to the socket."""

import queue
import socket
import threading
from collections.abc import Sequence
from ipaddress import ip_address
from typing import Protocol

from articles.fetching.addresses import IPAddress, WebAddress
from articles.fetching.guarding import refuse_inside
from articles.fetching.refusals import Code, FetchRefused
from articles.fetching.timing import Deadline


class Resolver(Protocol):
    """Looks a name up. Tests pass one that knows its names by heart."""

    def __call__(self, name: str, *, within: float) -> Sequence[IPAddress]:
        """Give every address of the name, best first.

        :raises TimeoutError: no answer came within so many seconds.
        :raises OSError: the name is not known.
        """


def resolve(name: str, *, within: float) -> Sequence[IPAddress]:
    """Ask the machine's own resolver, which knows no time limit and is therefore asked from a thread."""
    answers: queue.SimpleQueue[Sequence[IPAddress] | OSError] = queue.SimpleQueue()
    threading.Thread(target=lambda: answers.put(_look_up(name)), daemon=True).start()
    try:
        answer = answers.get(timeout=within)
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answer, OSError):
        raise answer
    return answer


def _look_up(name: str) -> Sequence[IPAddress] | OSError:
    try:
        found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(ip_address(address[0]) for *_, address in found))
    except (OSError, ValueError) as error:
        return error if isinstance(error, OSError) else OSError(str(error))


def public_addresses(address: WebAddress, *, resolver: Resolver, deadline: Deadline) -> Sequence[IPAddress]:
    """Give the addresses to connect to, every one of them checked.

    :raises FetchRefused: the name is not known, took too long, or leads anywhere but to the public internet.
    """
    found = [address.ip] if address.ip else _named(address.host, resolver=resolver, deadline=deadline)
    refuse_inside(address.host, found)
    return found


def _named(host: str, *, resolver: Resolver, deadline: Deadline) -> Sequence[IPAddress]:
    try:
        found = resolver(host, within=deadline.remaining())
    except TimeoutError:
        raise deadline.passed() from None
    except OSError:
        found = []
    if not found:
        raise FetchRefused(
            code=Code.NAME_UNKNOWN,
            reason=f"There is no host “{host}”, or its name cannot be looked up now. Check the spelling "
            "of the address.",
        )
    return found
