"""The connection itself: to a checked address, for a limited time, of a limited number of bytes."""

import socket
import ssl
from collections.abc import Iterable, Sequence
from typing import Protocol

import httpcore

from articles.fetching.addresses import IPAddress
from articles.fetching.refusals import Code, FetchRefused
from articles.fetching.timing import Deadline


class Dial(Protocol):
    """Opens a connection. Tests pass one that leads public addresses to their own server."""

    def __call__(self, ip: IPAddress, port: int, *, within: float) -> socket.socket:
        """Connect to this very address.

        :raises TimeoutError: nobody answered within so many seconds.
        :raises OSError: nobody listens there.
        """


def dial(ip: IPAddress, port: int, *, within: float) -> socket.socket:
    """Connect a plain socket, which looks up no name and knows no proxy."""
    line = socket.socket(socket.AF_INET if ip.version == 4 else socket.AF_INET6, socket.SOCK_STREAM)
    try:
        line.settimeout(within)
        line.connect((str(ip), port))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        line.close()
        raise
    return line


class Allowance:
    """How many bytes may still come; what came before the body is counted apart from it."""

    def __init__(self, header_bytes: int) -> None:
        self._left = header_bytes
        self._in_body = False

    def open_body(self, body_bytes: int) -> None:
        """Allow so many bytes of body, chunk sizes and trailers included."""
        self._left, self._in_body = body_bytes, True

    def at_most(self, wanted: int) -> int:
        """How many of the bytes wanted may be read now, 1 or more.

        :raises FetchRefused: none may.
        """
        if self._left <= 0:
            what = "page" if self._in_body else "heading of the site's answer"
            raise FetchRefused(
                code=Code.TOO_LARGE,
                reason=f"The {what} is larger than the desk takes. Save the story alone and bring in the file.",
            )
        return min(wanted, self._left)

    def spend(self, count: int) -> None:
        self._left -= count


class Stream(httpcore.NetworkStream):
    """One connection whose every step ends with the fetch's deadline, however slowly bytes drip."""

    def __init__(self, line: socket.socket, *, deadline: Deadline, allowance: Allowance) -> None:
        self._line = line
        self._deadline = deadline
        self._allowance = allowance

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        wanted = self._allowance.at_most(max_bytes)
        self._line.settimeout(self._deadline.remaining())
        try:
            received = self._line.recv(wanted)
        except TimeoutError:
            raise self._deadline.passed() from None
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error
        self._allowance.spend(len(received))
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._line.settimeout(self._deadline.remaining())
        try:
            self._line.sendall(buffer)
        except TimeoutError:
            raise self._deadline.passed() from None
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    def close(self) -> None:
        self._line.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            self._line.settimeout(self._deadline.remaining())
            secured = ssl_context.wrap_socket(self._line, server_hostname=server_hostname)
        except TimeoutError:
            self.close()
            raise self._deadline.passed() from None
        except ssl.SSLError as error:
            self.close()
            raise _insecure(error) from error
        except OSError as error:
            self.close()
            raise httpcore.ConnectError(str(error)) from error
        return Stream(secured, deadline=self._deadline, allowance=self._allowance)


class Wire(httpcore.NetworkBackend):
    """Connects to the addresses that were checked, whatever name it is told."""

    def __init__(self, addresses: Sequence[IPAddress], *, dial: Dial, deadline: Deadline, header_bytes: int) -> None:
        self._addresses = addresses
        self._dial = dial
        self._deadline = deadline
        self.allowance = Allowance(header_bytes)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Try the addresses in turn, each for its share of the time that is left."""
        for tried, ip in enumerate(self._addresses):
            share = self._deadline.remaining() / (len(self._addresses) - tried)
            try:
                line = self._dial(ip, port, within=share)
            except OSError:
                continue
            return Stream(line, deadline=self._deadline, allowance=self.allowance)
        self._deadline.remaining()
        raise FetchRefused(
            code=Code.UNREACHABLE,
            reason=f"Nobody answers at {host}. Check the address, or try again later.",
        )


def _insecure(error: ssl.SSLError) -> FetchRefused:
    what = (
        "has no valid certificate" if isinstance(error, ssl.SSLCertVerificationError) else "offers no safe connection"
    )
    return FetchRefused(
        code=Code.TLS,
        reason=f"The site {what}, so nobody can say whose words would come. Save the page and bring in the file.",
    )
