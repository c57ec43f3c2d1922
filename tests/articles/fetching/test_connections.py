"""Where connections go: to the addresses that were checked, and nowhere else."""

import socket
import ssl
from ipaddress import ip_address
from typing import Any

import pytest

from articles.fetching.exchange import public_tls
from articles.fetching.refusals import Code, FetchRefused
from articles.fetching.wire import dial
from tests.articles.fetching.web import INSIDE, OTHER, PAPER, Page, Web

STORY = b"<p>Otters hold hands.</p>"


def refusal(web: Web, address: str, **changes: Any) -> FetchRefused:
    with pytest.raises(FetchRefused) as refused:
        web.fetch(address, **changes)
    return refused.value


def test_a_name_that_changes_its_address_between_check_and_connection_gains_nothing(web: Web) -> None:
    web.add("paper.example/story", Page(STORY))
    web.names["paper.example"] = [[PAPER], [INSIDE]]

    fetched = web.fetch("http://paper.example/story")

    assert fetched.body == STORY
    assert web.looked_up == ["paper.example"]
    assert web.dialled == [(str(PAPER), 80)]


def test_robots_page_and_redirects_of_one_host_come_from_one_look_at_its_name(web: Web) -> None:
    web.add("paper.example/story", Page(status=301, headers={"Location": "/new"}))
    web.add("paper.example/new", Page(STORY))
    web.names["paper.example"] = [[PAPER], [INSIDE]]

    web.fetch("http://paper.example/story", obey_robots=True)

    assert web.looked_up == ["paper.example"]
    assert web.dialled == [(str(PAPER), 80)] * 3


def test_a_name_that_leads_inside_is_never_dialled(web: Web) -> None:
    web.names["paper.example"] = [[INSIDE]]

    assert refusal(web, "http://paper.example/").code is Code.NOT_PUBLIC
    assert web.dialled == []


def test_one_address_inside_among_public_ones_is_enough(web: Web) -> None:
    web.names["paper.example"] = [[PAPER, ip_address("::1")]]

    assert refusal(web, "http://paper.example/").code is Code.NOT_PUBLIC
    assert web.dialled == []


@pytest.mark.parametrize("host", ["127.0.0.1", "169.254.169.254", "[::1]", "[::ffff:10.0.0.7]", "[fd00:ec2::254]"])
def test_an_address_inside_is_never_dialled(web: Web, host: str) -> None:
    assert refusal(web, f"http://{host}/").code is Code.NOT_PUBLIC
    assert (web.dialled, web.looked_up) == ([], [])


@pytest.mark.parametrize("host", ["93.184.216.34", "[2606:2800:220:1:248:1893:25c8:1946]"])
def test_a_public_address_is_fetched_without_a_name(web: Web, host: str) -> None:
    web.add(f"{host}/", Page(STORY))

    assert web.fetch(f"http://{host}/").body == STORY
    assert web.looked_up == []


@pytest.mark.parametrize(
    "location", ["http://10.0.0.7/", "http://inner.example/", "//127.0.0.1/", "http://2130706433/"]
)
def test_a_redirect_inside_is_refused(web: Web, location: str) -> None:
    web.add("paper.example/story", Page(status=302, headers={"Location": location}))
    web.names["inner.example"] = [[INSIDE]]

    assert refusal(web, "http://paper.example/story").code in {Code.NOT_PUBLIC, Code.ADDRESS}
    assert web.dialled == [(str(PAPER), 80)]


def test_a_redirect_from_https_to_http_is_refused(web: Web) -> None:
    web.add("paper.example/story", Page(status=302, headers={"Location": "http://paper.example/other"}))

    assert "from https to http" in refusal(web, "https://paper.example/story").reason


def test_a_redirect_to_another_scheme_is_refused(web: Web) -> None:
    web.add("paper.example/story", Page(status=302, headers={"Location": "file:///etc/passwd"}))

    assert refusal(web, "http://paper.example/story").code is Code.ADDRESS


def test_five_redirects_are_followed_and_a_sixth_is_not(web: Web) -> None:
    for step in range(7):
        web.add(f"paper.example/{step}", Page(status=302, headers={"Location": f"/{step + 1}"}))
    web.add("paper.example/6", Page(STORY))

    assert web.fetch("http://paper.example/1").body == STORY
    assert refusal(web, "http://paper.example/0").code is Code.REDIRECT
    assert web.targets().count("paper.example/6") == 1


def test_each_redirect_is_held_to_the_lists_and_ports(web: Web) -> None:
    web.add("paper.example/list", Page(status=302, headers={"Location": "http://other.example/"}))
    web.add("paper.example/port", Page(status=302, headers={"Location": "http://paper.example:22/"}))

    assert refusal(web, "http://paper.example/list", denied_hosts=("other.example",)).code is Code.HOST_LIST
    assert refusal(web, "http://paper.example/port").code is Code.PORT
    assert len(web.dialled) == 2


def test_the_next_public_address_is_tried_when_one_is_deaf(web: Web) -> None:
    web.add("paper.example/story", Page(STORY))
    web.names["paper.example"] = [[OTHER, PAPER]]
    web.deaf = {OTHER}

    assert web.fetch("http://paper.example/story").body == STORY
    assert web.dialled == [(str(OTHER), 80), (str(PAPER), 80)]


def test_a_host_that_nobody_answers_for_is_refused_for_now(web: Web) -> None:
    web.add("paper.example/story", Page(STORY))
    web.deaf = {PAPER}

    refused = refusal(web, "http://paper.example/story")

    assert refused.code is Code.UNREACHABLE
    assert refused.temporary


def test_a_name_that_nobody_has_is_refused(web: Web) -> None:
    assert refusal(web, "http://nobody.example/").code is Code.NAME_UNKNOWN


def test_a_name_without_addresses_is_refused(web: Web) -> None:
    web.names["paper.example"] = [[]]

    assert refusal(web, "http://paper.example/").code is Code.NAME_UNKNOWN


def test_tls_is_set_up_with_the_name_on_the_address_that_was_checked(web: Web) -> None:
    web.add("paper.example/story", Page(STORY))

    assert web.fetch("https://paper.example/story").body == STORY
    assert web.asked[0].server_name == "paper.example"
    assert web.asked[0].headers["Host"] == "paper.example"
    assert web.dialled == [(str(PAPER), 443)]


def test_a_certificate_of_another_host_is_refused(web: Web) -> None:
    web.add("stranger.example/story", Page(STORY))

    refused = refusal(web, "https://stranger.example/story")

    assert refused.code is Code.TLS
    assert "no valid certificate" in refused.reason
    assert web.asked == []


def test_a_host_that_speaks_no_tls_is_refused(web: Web) -> None:
    web.add("paper.example:8443/story", Page(STORY))

    assert refusal(web, "https://paper.example:8443/story", ports=frozenset({8443})).code is Code.TLS


def test_proxies_and_certificates_of_the_environment_are_not_used(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere")
    web.add("paper.example/story", Page(STORY))

    public_tls.cache_clear()

    assert web.fetch("http://paper.example/story").body == STORY
    assert web.fetch("https://paper.example/story").body == STORY
    assert public_tls().verify_mode is ssl.CERT_REQUIRED
    assert public_tls().check_hostname


def test_the_socket_is_connected_to_the_very_address_without_a_look_at_any_name(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_names(*_: object, **__: object) -> None:
        raise AssertionError("a name was looked up")

    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setattr(socket, "getaddrinfo", no_names)
        with dial(ip_address("127.0.0.1"), server.getsockname()[1], within=5) as line:
            assert line.getpeername() == server.getsockname()


def test_an_address_where_nobody_listens_cannot_be_dialled() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    with pytest.raises(OSError):  # noqa: PT011
        dial(ip_address("127.0.0.1"), port, within=5)
