"""Whether bytes are an HTML page, told without the libraries that read one."""

import re
from pathlib import PurePath

# In bytes: how much of a page is looked at.
LOOKED_AT = 4096
BEGINNING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|article|main|div|section|h1|title|meta|p)[\s>/]",
    re.IGNORECASE | re.DOTALL,
)
SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx"})


def is_html_page(body: bytes, name: str) -> bool:
    """Whether the bytes begin as a page does; the name counts only where they hold a tag at all."""
    beginning = body[:LOOKED_AT].replace(b"\0", b"")
    if BEGINNING.match(beginning):
        return True
    return PurePath(name).suffix.lower() in SUFFIXES and b"<" in beginning
