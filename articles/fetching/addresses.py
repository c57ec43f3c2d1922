"""Web addresses read once, strictly, and written in one way only.

Two programs that read one address differently are how filters are passed by, so an address that leaves a choice is
refused, and what is sent is put together from the parts read here.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import idna

from articles.fetching.refusals import Code, FetchRefused

IPAddress = IPv4Address | IPv6Address

MAX_LENGTH = 2000
DEFAULT_PORTS = {"http": 80, "https": 443}
# Browsers drop some of these silently and read a backslash as a slash (WHATWG URL, section 4.4).
AMBIGUOUS = re.compile(r"[\x00-\x20\x7f-\xa0\\\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]")
AUTHORITY = re.compile(r"(?P<host>\[[^\[\]]*\]|[^\[\]:@]*)(?::(?P<port>[0-9]{0,5}))?", re.ASCII)
# A last label like this makes resolvers read the whole name as a number (WHATWG URL, section 3.5).
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)
MAX_NAME = 253
KEPT_IN_PATH = "%/:;=@!$&'()*+,~-._"
KEPT_IN_QUERY = KEPT_IN_PATH + "?"
ONE_DOT = frozenset({".", "%2e"})
TWO_DOTS = frozenset({"..", ".%2e", "%2e.", "%2e%2e"})


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An http or https address. ``host`` is a lower-case ASCII name without a trailing dot, or an IP address in its
    canonical writing without brackets; ``target`` is path and query as they are sent. A fragment is not kept.
    """

    scheme: str
    host: str
    port: int
    target: str
    ip: IPAddress | None = None

    @property
    def authority(self) -> str:
        """Host and, unless it is the scheme's own, port: what the ``Host`` header says."""
        host = f"[{self.host}]" if isinstance(self.ip, IPv6Address) else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"

    def __str__(self) -> str:
        return self.origin + self.target


def read_address(written: str) -> WebAddress:
    """Read an address as a person or a page wrote it.

    :raises FetchRefused: it is no http or https address, or can be read in more than one way.
    """
    written = written.strip(" \t\r\n")
    parts = _split(written)
    if parts.scheme not in DEFAULT_PORTS:
        raise _refused("The desk fetches addresses that begin with http:// or https:// only.")
    authority = AUTHORITY.fullmatch(parts.netloc)
    if "@" in parts.netloc:
        raise _refused("The address holds a user name before its host. Take out everything up to the @.")
    if authority is None or not authority["host"]:
        raise _refused("The address names no host that can be read. Copy it from the page once more.")
    host, ip = _read_host(authority["host"])
    return WebAddress(parts.scheme, host, _read_port(authority["port"], parts.scheme), _target(parts), ip)


def read_redirect(location: bytes, *, base: WebAddress) -> WebAddress:
    """Read where a site sends us, seen from the address that answered.

    :raises FetchRefused: as :func:`read_address`.
    """
    try:
        written = location.decode("utf-8")
    except UnicodeDecodeError:
        written = location.decode("latin-1")
    # Sites forget to escape spaces; before the path such an address is refused all the same.
    written = written.strip().replace(" ", "%20")
    _refuse_ambiguous(written)
    try:
        joined = urljoin(str(base), written)
    except ValueError:
        raise _refused("The site sends on to what is no web address. Give the address of the story itself.") from None
    return read_address(joined)


def read_name(written: str) -> str:
    """Bring a host name to lower-case ASCII without a trailing dot (UTS 46, RFC 5891).

    :raises FetchRefused: it is no host name.
    """
    name = written.lower() if written.isascii() else _ascii_name(written)
    name = name.removesuffix(".")
    if len(name) > MAX_NAME or not all(LABEL.fullmatch(label) for label in name.split(".")):
        raise _refused("The host in the address is no name that can be looked up. Copy it from the page once more.")
    return name


def _split(written: str) -> SplitResult:
    if len(written) > MAX_LENGTH:
        raise _refused(f"The address has more than {MAX_LENGTH} characters. Give a shorter one that leads there.")
    _refuse_ambiguous(written)
    try:
        return urlsplit(written)
    except ValueError:
        raise _refused("This is no web address. Copy it from the page once more.") from None


def _refuse_ambiguous(written: str) -> None:
    if AMBIGUOUS.search(written):
        raise _refused("The address holds a space, a backslash or an invisible character. Copy it once more.")


def _read_host(written: str) -> tuple[str, IPAddress | None]:
    if written.startswith("["):
        ip = _read_ipv6(written[1:-1])
        return str(ip), ip
    name = read_name(written)
    if NUMBER.fullmatch(name.rpartition(".")[2]):
        return name, _read_ipv4(name, written)
    if "." not in name:
        raise FetchRefused(
            code=Code.NOT_PUBLIC,
            reason=f"“{name}” is a name inside a network, not one of the public internet. Give the public address.",
        )
    return name, None


def _read_ipv6(written: str) -> IPv6Address:
    try:
        address = IPv6Address(written)
    except ValueError:
        raise _refused("The brackets in the address hold no IPv6 address. Give the name of the host.") from None
    if address.scope_id is not None:
        raise _refused("The address names a network card (the part after %). Give the name of the host.")
    return address


def _read_ipv4(name: str, written: str) -> IPv4Address:
    """Read four decimal numbers; 127.1, 0x7f.0.0.1, 2130706433, 0177.0.0.1 and 127。0。0。1 are refused."""
    try:
        if name == written:
            return IPv4Address(name)
    except ValueError:
        pass
    raise _refused("The host is a number in an unusual writing. Write its name, or four decimal numbers.")


def _ascii_name(written: str) -> str:
    try:
        return idna.encode(written, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        raise _refused(
            "The host in the address is no international name that can be looked up. Copy it from the page once more."
        ) from None


def _read_port(written: str | None, scheme: str) -> int:
    port = int(written) if written else DEFAULT_PORTS[scheme]
    if not 0 < port < 65536:
        raise _refused("The number after the host is no port. Take it out, with its colon.")
    return port


def _target(parts: SplitResult) -> str:
    path = quote(_without_dots(parts.path), safe=KEPT_IN_PATH) or "/"
    return f"{path}?{quote(parts.query, safe=KEPT_IN_QUERY)}" if parts.query else path


def _without_dots(path: str) -> str:
    """Resolve ``.`` and ``..`` (RFC 3986, section 5.2.4), escaped or not, so that robots.txt is asked about the page
    that will be served."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for number, segment in enumerate(segments, start=1):
        if segment.lower() in TWO_DOTS:
            del kept[-1:]
        elif segment.lower() not in ONE_DOT:
            kept.append(segment)
            continue
        if number == len(segments):
            kept.append("")
    return "/" + "/".join(kept)


def _refused(reason: str) -> FetchRefused:
    return FetchRefused(code=Code.ADDRESS, reason=reason)
