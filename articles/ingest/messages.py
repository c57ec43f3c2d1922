"""Messages between the desk and the process that reads for it: a length of eight bytes, then as many bytes."""

import socket
import time

LENGTH = 8


class Gone(Exception):
    """The other end of the socket has closed, or sends what is no message."""


def send(to: socket.socket, message: bytes) -> None:
    """Send one message.

    :raises TimeoutError: the other end does not take it in time.
    :raises OSError: the other end is gone.
    """
    to.sendall(len(message).to_bytes(LENGTH))
    to.sendall(message)


def receive(source: socket.socket, *, longest: int, seconds: float | None = None) -> bytes:
    """Wait for one message of at most ``longest`` bytes.

    :raises Gone: the other end closed before the message was whole, or the message is longer.
    :raises TimeoutError: it was not whole after so many seconds.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    length = int.from_bytes(_exactly(source, LENGTH, deadline))
    if length > longest:
        raise Gone
    return _exactly(source, length, deadline)


def _exactly(source: socket.socket, length: int, deadline: float | None) -> bytes:
    received = bytearray()
    while len(received) < length:
        if deadline is not None:
            # A timeout of nought would mean not to wait at all, which is another error.
            source.settimeout(max(deadline - time.monotonic(), 0.001))
        part = source.recv(min(length - len(received), 1 << 20))
        if not part:
            raise Gone
        received += part
    return bytes(received)
