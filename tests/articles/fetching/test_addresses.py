"""Addresses are read in one way, or refused."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.fetching.addresses import read_address, read_redirect
from articles.fetching.refusals import Code, FetchRefused

READ = {
    "http://paper.example": "http://paper.example/",
    "  HTTPS://Paper.Example:443/A?b=c#d \n": "https://paper.example/A?b=c",
    "http://paper.example.:80/": "http://paper.example/",
    "http://paper.example:8080": "http://paper.example:8080/",
    "http://paper.example:/": "http://paper.example/",
    "http://münchen.example/straße?q=ä": "http://xn--mnchen-3ya.example/stra%C3%9Fe?q=%C3%A4",
    "http://Ｐａｐｅｒ．example/": "http://paper.example/",
    "http://paper.example/a%2Fb%20c/%zz": "http://paper.example/a%2Fb%20c/%zz",
    "http://paper.example/a/./b/../c/%2e%2E/d": "http://paper.example/a/d",
    "http://paper.example/../..": "http://paper.example/",
    "http://paper.example/a/..": "http://paper.example/",
    "http://paper.example//a//b": "http://paper.example//a//b",
    "http://paper.example?q=1": "http://paper.example/?q=1",
    "http://a_b.paper.example/": "http://a_b.paper.example/",
    "http://93.184.216.34/": "http://93.184.216.34/",
    "http://[2606:2800:220:1:248:1893:25C8:1946]:81/": "http://[2606:2800:220:1:248:1893:25c8:1946]:81/",
}

REFUSED = [
    "ftp://paper.example/",
    "file:///etc/passwd",
    "gopher://paper.example/",
    "javascript:alert(1)",
    "//paper.example/",
    "paper.example/",
    "http:",
    "http:///",
    "http://:80/",
    "https:paper.example",
    "http://user@paper.example/",
    "http://user:word@paper.example/",
    "http://paper.example@10.0.0.1/",
    "http://paper.example:pass@/",
    "http://paper.example:0/",
    "http://paper.example:65536/",
    "http://paper.example:8o/",
    "http://paper.example:-1/",
    "http://paper.example:８０/",
    "http://paper.example:80:80/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://017700000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0/",
    "http://0x/",
    "http://127.0.0.1./",
    "http://127.0.0.01/",
    "http://127.0.0.256/",
    "http://1.2.3.4.5/",
    "http://127.0.0.0x1/",
    "http://１２７.０.０.１/",
    "http://127。0。0。1/",
    "http://①②⑦.0.0.1/",
    "http://example.0x7f/",
    "http://93.184.216.34./",
    "http://[::1/",
    "http://::1/",
    "http://[::1%25eth0]/",
    "http://[fe80::1%eth0]/",
    "http://[v1.x]/",
    "http://[]/",
    "http://[127.0.0.1]/",
    "http://[::1].example/",
    "http://paper..example/",
    "http://.paper.example/",
    "http://-paper.example/",
    "http://%31%32%37.0.0.1/",
    "http://paper.example%00.other.example/",
    "http://paper.example%2f@10.0.0.1/",
    "http://pa*per.example/",
    "http://paper.example\\@10.0.0.1/",
    "http:\\\\10.0.0.1\\",
    "http://localhost/",
    "http://localhost./",
    "http://metadata/",
    "http://intranet:80/",
    "http://xn--/",
    "http://a\u200bb.example/",
    "http://a\xadb..example/",
]


@pytest.mark.parametrize(("written", "read"), READ.items())
def test_an_address_is_written_in_one_way(written: str, read: str) -> None:
    assert str(read_address(written)) == read


@pytest.mark.parametrize(
    "written",
    [*REFUSED, "", "http://paper.example/a b", "http://paper.example/\ta", "http://a\u3000b.example/", "http://a\n.b"],
)
def test_an_address_that_is_none_or_hides_where_it_leads_is_refused(written: str) -> None:
    with pytest.raises(FetchRefused) as refused:
        read_address(written)

    assert refused.value.code in {Code.ADDRESS, Code.NOT_PUBLIC}
    assert refused.value.field == "url"


def test_an_address_longer_than_any_that_can_be_stored_is_refused() -> None:
    with pytest.raises(FetchRefused, match="more than 2000 characters"):
        read_address("http://paper.example/" + "a" * 2000)


@given(st.text())
def test_whatever_is_written_is_read_or_refused(written: str) -> None:
    for address in (written, f"http://{written}/", f"http://paper.example/{written}", f"http://[{written}]"):
        try:
            read = read_address(address)
        except FetchRefused:
            continue
        assert read_address(str(read)) == read
        assert str(read).isascii()


@given(st.ip_addresses(v=4), st.data())
def test_ipv4_passes_in_four_decimal_numbers_only(ip: IPv4Address, data: st.DataObject) -> None:
    number, parts = int(ip), str(ip).split(".")
    odd = data.draw(
        st.sampled_from(
            [
                str(number),
                hex(number),
                f"0{number:o}",
                f"{parts[0]}.{number & 0xFFFFFF}",
                f"{parts[0]}.{parts[1]}.{number & 0xFFFF}",
                ".".join(f"0x{int(part):x}" for part in parts),
                ".".join(f"0{int(part):o}" for part in parts),
                ".".join(f"{int(part):04d}" for part in parts),
                str(ip).translate({ord(digit): chr(0xFF10 + int(digit)) for digit in "0123456789"}),
                str(ip).replace(".", "。"),
                f"{ip}.",
            ]
        )
    )

    assert read_address(f"http://{ip}/").ip == ip
    with pytest.raises(FetchRefused):
        read_address(f"http://{odd}/")


@given(st.ip_addresses(v=6))
def test_ipv6_is_the_same_address_however_it_is_written(ip: IPv6Address) -> None:
    written = {str(ip), ip.exploded, ip.exploded.upper()}

    assert {read_address(f"http://[{one}]/").ip for one in written} == {ip}


def test_an_ipv4_address_within_an_ipv6_one_stays_what_it_is() -> None:
    assert read_address("http://[::ffff:127.0.0.1]/").ip == ip_address("::ffff:7f00:1")


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        (b"", "https://paper.example/a/b"),
        (b"/b", "https://paper.example/b"),
        (b"c?d=e#f", "https://paper.example/a/c?d=e"),
        (b"//other.example/", "https://other.example/"),
        (b"http://other.example/", "http://other.example/"),
        (b" /with space ", "https://paper.example/with%20space"),
        ("/straße".encode(), "https://paper.example/stra%C3%9Fe"),
        ("/straße".encode("latin-1"), "https://paper.example/stra%C3%9Fe"),
    ],
)
def test_a_redirect_is_read_from_where_it_was_given(location: bytes, leads_to: str) -> None:
    assert str(read_redirect(location, base=read_address("https://paper.example/a/b"))) == leads_to


@pytest.mark.parametrize(
    "location", [b"file:///etc/passwd", b"\\\\10.0.0.1", b"http://[", b"http://a b.c/", b"data:,x"]
)
def test_a_redirect_to_nowhere_is_refused(location: bytes) -> None:
    with pytest.raises(FetchRefused) as refused:
        read_redirect(location, base=read_address("https://paper.example/a/b"))

    assert refused.value.code is Code.ADDRESS
