"""Which addresses are the public internet: the whole truth table."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.fetching.guarding import refuse_inside, why_not_public
from articles.fetching.refusals import Code, FetchRefused

PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "93.184.216.34",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "168.63.129.15",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "191.255.255.255",
    "192.0.1.0",
    "192.0.3.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "198.51.99.255",
    "198.51.101.0",
    "203.0.112.255",
    "203.0.114.0",
    "223.255.255.255",
    "2001:200::1",
    "2001:4860:4860::8888",
    "2003::1",
    "2606:2800:220:1:248:1893:25c8:1946",
    "2a00:1450:4001:81b::200e",
    "2c0f:fb50:4002::1",
]

INSIDE = {
    "the unspecified address": "0.0.0.0 ::",
    "an address of its own network": "0.0.0.1 0.255.255.255",
    "a private address": "10.0.0.0 10.255.255.255 172.16.0.0 172.31.255.255 192.168.0.1 192.168.255.255 fc00::1 "
    "fdff::1",
    "an address behind a carrier's translation": "100.64.0.0 100.127.255.255",
    "this machine": "127.0.0.1 127.255.255.255 ::1",
    "the metadata service of a cloud": "169.254.169.254 169.254.170.2 100.100.100.200 168.63.129.16 fd00:ec2::254 "
    "fd20:ce::254",
    "a link-local address": "169.254.0.1 169.254.255.255 fe80::1 febf::1",
    "a reserved address": "192.0.0.1 192.0.0.192 240.0.0.1 255.255.255.254 192.31.196.1 192.52.193.1 192.175.48.1 "
    "2001:1::1 2001:20::1 4000::1 5f00::1 8000::1 ::2:0:0:1 1000::1",
    "an address for documentation": "192.0.2.1 198.51.100.255 203.0.113.7 2001:db8::1 3fff::1 3fff:fff:ffff::1",
    "a 6to4 relay": "192.88.99.1",
    "an address for benchmarks": "198.18.0.0 198.19.255.255 2001:2::1",
    "a multicast address": "224.0.0.1 239.255.255.255 ff02::1 ffff::1",
    "the broadcast address": "255.255.255.255",
    "an IPv4 address written as IPv6": "::ffff:127.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 ::ffff:0:10.0.0.1 ::10.0.0.1",
    "an IPv4 address behind NAT64": "64:ff9b::127.0.0.1 64:ff9b::8.8.8.8 64:ff9b:1::10.0.0.1",
    "a Teredo address": "2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "a 6to4 address": "2002:7f00:1::1 2002:808:808::1",
    "a site-local address": "fec0::1",
    "a discard-only address": "100::1",
}


@pytest.mark.parametrize("written", PUBLIC)
def test_public_addresses_pass(written: str) -> None:
    assert why_not_public(ip_address(written)) == ""


@pytest.mark.parametrize(("written", "what"), [(ip, what) for what, ips in INSIDE.items() for ip in ips.split()])
def test_addresses_inside_are_named_for_what_they_are(written: str, what: str) -> None:
    assert why_not_public(ip_address(written)) == what


@given(st.ip_addresses())
def test_no_address_passes_that_python_knows_not_to_be_global(ip: IPv4Address | IPv6Address) -> None:
    assert ip.is_global or why_not_public(ip)


@given(st.ip_addresses(v=4))
def test_no_way_of_writing_ipv4_as_ipv6_passes(ip: IPv4Address) -> None:
    number = int(ip)
    wrapped = [number, 0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80 | 1]

    assert all(why_not_public(IPv6Address(written)) for written in wrapped)


def test_one_address_inside_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(FetchRefused, match=r"10\.0\.0\.7, which is a private address") as refused:
        refuse_inside("paper.example", [ip_address("8.8.8.8"), ip_address("10.0.0.7")])

    assert refused.value.code is Code.NOT_PUBLIC
