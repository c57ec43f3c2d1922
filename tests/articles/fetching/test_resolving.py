"""Names become addresses."""

import socket
import threading
from ipaddress import ip_address

import pytest

from articles.fetching.resolving import resolve


def test_the_machines_own_resolver_gives_every_address_once(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("2606:2800::1", 0, 0, 0)),
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 0)),
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 0)),
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)

    assert resolve("paper.example", within=5) == [ip_address("2606:2800::1"), ip_address("93.184.216.34")]


def test_a_name_of_this_machine_is_found_in_its_own_list() -> None:
    assert {address.is_loopback for address in resolve("localhost", within=5)} == {True}


def test_an_unknown_name_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    with pytest.raises(OSError, match="not known"):
        resolve("nobody.example", within=5)


def test_a_name_that_cannot_be_asked_for_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def unspeakable(*_: object, **__: object) -> None:
        raise UnicodeError("label too long")

    monkeypatch.setattr(socket, "getaddrinfo", unspeakable)

    with pytest.raises(OSError, match="label too long"):
        resolve("x" * 70 + ".example", within=5)


def test_a_resolver_that_hangs_is_left_when_the_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    end = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: end.wait(10) and [])

    with pytest.raises(TimeoutError):
        resolve("paper.example", within=0.05)
    end.set()
