"""Which IP addresses are the public internet, and which are somebody's inside.

Written out from the IANA special-purpose registries (RFC 6890) rather than left to ``ipaddress``, whose answers
changed between patch releases of Python.
"""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network

from articles.fetching.addresses import IPAddress
from articles.fetching.refusals import Code, FetchRefused

# Metadata services that stand outside the private ranges; the others fall under them, and are named for the reader.
METADATA = "the metadata service of a cloud"

Range = tuple[IPv4Network | IPv6Network, str]


def _ranges(*written: tuple[str, str]) -> tuple[Range, ...]:
    return tuple((ip_network(network), what) for network, what in written)


# The narrower range comes first, so that the reason names what it is.
NOT_PUBLIC: tuple[Range, ...] = _ranges(
    ("0.0.0.0/32", "the unspecified address"),
    ("0.0.0.0/8", "an address of its own network"),
    ("10.0.0.0/8", "a private address"),
    ("100.100.100.200/32", METADATA),
    ("100.64.0.0/10", "an address behind a carrier's translation"),
    ("127.0.0.0/8", "this machine"),
    ("168.63.129.16/32", METADATA),
    ("169.254.169.254/32", METADATA),
    ("169.254.170.2/32", METADATA),
    ("169.254.0.0/16", "a link-local address"),
    ("172.16.0.0/12", "a private address"),
    ("192.0.0.0/24", "a reserved address"),
    ("192.0.2.0/24", "an address for documentation"),
    ("192.31.196.0/24", "a reserved address"),
    ("192.52.193.0/24", "a reserved address"),
    ("192.88.99.0/24", "a 6to4 relay"),
    ("192.168.0.0/16", "a private address"),
    ("192.175.48.0/24", "a reserved address"),
    ("198.18.0.0/15", "an address for benchmarks"),
    ("198.51.100.0/24", "an address for documentation"),
    ("203.0.113.0/24", "an address for documentation"),
    ("224.0.0.0/4", "a multicast address"),
    ("255.255.255.255/32", "the broadcast address"),
    ("240.0.0.0/4", "a reserved address"),
    ("::/128", "the unspecified address"),
    ("::1/128", "this machine"),
    ("::/96", "an IPv4 address written as IPv6"),
    ("::ffff:0:0/96", "an IPv4 address written as IPv6"),
    ("::ffff:0:0:0/96", "an IPv4 address written as IPv6"),
    ("64:ff9b::/96", "an IPv4 address behind NAT64"),
    ("64:ff9b:1::/48", "an IPv4 address behind NAT64"),
    ("100::/64", "a discard-only address"),
    ("2001::/32", "a Teredo address"),
    ("2001:2::/48", "an address for benchmarks"),
    ("2001::/23", "a reserved address"),
    ("2001:db8::/32", "an address for documentation"),
    ("2002::/16", "a 6to4 address"),
    ("3fff::/20", "an address for documentation"),
    ("fd00:ec2::254/128", METADATA),
    ("fd20:ce::254/128", METADATA),
    ("fc00::/7", "a private address"),
    ("fe80::/10", "a link-local address"),
    ("fec0::/10", "a site-local address"),
    ("ff00::/8", "a multicast address"),
)
# All that was ever given out (RFC 4291, section 2.4); the rest of the space is held back.
GLOBAL_UNICAST = IPv6Network("2000::/3")


def why_not_public(ip: IPAddress) -> str:
    """Say what the address is when it is not one of the public internet; ``""`` when it is."""
    for network, what in NOT_PUBLIC:
        if ip.version == network.version and ip in network:
            return what
    if ip.version == 6 and ip not in GLOBAL_UNICAST:
        return "a reserved address"
    return ""


def refuse_inside(host: str, addresses: Sequence[IPAddress]) -> None:
    """Let only hosts pass all of whose addresses are public: one inside address among them is an attack or a mistake.

    :raises FetchRefused: naming the first address that is not public.
    """
    for ip in addresses:
        what = why_not_public(ip)
        if what:
            raise FetchRefused(
                code=Code.NOT_PUBLIC,
                reason=f"“{host}” leads to {ip}, which is {what}. The desk fetches from the public internet only; "
                "save the page and bring in the file.",
            )
