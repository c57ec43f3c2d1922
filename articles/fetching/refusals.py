"""Why an address was not fetched, in words for the person who gave it."""

from enum import StrEnum


class Code(StrEnum):
    """What kind of refusal it is. ``TEMPORARY`` says for which of them another try may end otherwise."""

    ADDRESS = "address"
    """The address cannot be read, or is written in a way that hides where it leads."""
    HOST_LIST = "host_list"
    PORT = "port"
    NAME_UNKNOWN = "name_unknown"
    NOT_PUBLIC = "not_public"
    """The host is not on the public internet."""
    ROBOTS = "robots"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    BUSY = "busy"
    """Others wait for the same host, and the wait is longer than a fetch may take."""
    UNREACHABLE = "unreachable"
    TLS = "tls"
    TIMEOUT = "timeout"
    REDIRECT = "redirect"
    STATUS = "status"
    TOO_LARGE = "too_large"
    ENCODING = "encoding"
    BROKEN = "broken"
    """What came is not HTTP, or broke off."""


TEMPORARY = frozenset(
    {Code.NAME_UNKNOWN, Code.ROBOTS_UNREACHABLE, Code.BUSY, Code.UNREACHABLE, Code.TIMEOUT, Code.BROKEN}
)
# Answers by which a site says "not now" (RFC 9110, section 15; RFC 6585, section 4).
NOT_NOW = frozenset({408, 425, 429, 500, 502, 503, 504})


class FetchRefused(Exception):
    """An address that was not fetched.

    ``field`` names what is at fault, always ``url``; ``reason`` is a sentence or two: what is wrong and what to do
    about it. ``status`` is the site's answer when that is the reason, else 0.
    """

    field = "url"

    def __init__(self, *, code: Code, reason: str, status: int = 0) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.status = status

    @property
    def temporary(self) -> bool:
        """Whether the same address may be fetched another time."""
        return self.code in TEMPORARY or self.status in NOT_NOW
