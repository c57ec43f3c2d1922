"""What the beginning of a file shows: which wire or feed it is. No library is needed to tell."""

import codecs
import re

# In bytes.
LOOKED_AT = 65_536
# JSON may name its parts in any order, the longest first.
LOOKED_AT_IN_JSON = 1_048_576
NAR = "http://iptc.org/std/nar/2006-10-01/"

FIRST_TAG = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)([^<>]*)")
PROLOGUE = re.compile(r"\ufeff?\s*(?:<\?[^>]*\?>|<!--.*?-->|<!DOCTYPE\b[^\[>]*(?:\[.*?\]\s*)?>|\s+)*", re.DOTALL)
G2_ROOTS = frozenset(
    {"newsmessage", "newsitem", "packageitem", "conceptitem", "knowledgeitem", "planningitem", "catalogitem"}
)
FEED_ROOTS = frozenset({"rss", "rdf", "feed"})
NINJS_NAMES = re.compile(
    r'"(?:versioncreated|pubstatus|representationtype|headlines|bodies|body_text|body_xhtml|body_html|embargoed|'
    r'embargoeduntil|ednote|usageterms|infosources|slugline|firstcreated|associations)"\s*:',
    re.IGNORECASE,
)
URI_NAME = re.compile(r'"uri"\s*:')
JSON_FEED = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/version\\?/1')


def beginning_of(body: bytes, length: int = LOOKED_AT) -> str:
    """The first characters, as UTF-16 where the bytes are that and else as if they were UTF-8."""
    start = body[:length]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return start.decode("utf-16", "replace").removeprefix("\ufeff")
    return start.decode("utf-8", "replace").removeprefix("\ufeff")


def _root(body: bytes) -> tuple[str, str]:
    """The name of the first element without prefix, in lower case, and its attributes as they are written."""
    text = beginning_of(body)
    tag = FIRST_TAG.match(text, len(prologue_of(body)))
    return (tag[2].lower(), tag[3]) if tag else ("", "")


def prologue_of(body: bytes) -> str:
    """What stands before the first element, as far as it can be told."""
    found = PROLOGUE.match(beginning_of(body))
    return found[0] if found else ""


def is_newsml(body: bytes, name: str = "") -> bool:
    """Whether the root is one of NewsML-G2's, in its namespace."""
    root, attributes = _root(body)
    return root in G2_ROOTS and NAR in attributes


def is_feed(body: bytes, name: str = "") -> bool:
    """Whether the root is that of RSS 0.9 to 2.0 or of Atom."""
    root, attributes = _root(body)
    if root == "rdf":
        return "purl.org/rss" in attributes or "channel" in beginning_of(body)
    return root in FEED_ROOTS


def is_json_feed(body: bytes, name: str = "") -> bool:
    """Whether an object says that it is a JSON Feed of version 1."""
    text = beginning_of(body, LOOKED_AT_IN_JSON).lstrip()
    return text.startswith("{") and JSON_FEED.search(text) is not None


def is_ninjs(body: bytes, name: str = "") -> bool:
    """Whether objects have a ``uri`` and at least one name that only IPTC's standard gives."""
    text = beginning_of(body, LOOKED_AT_IN_JSON).lstrip()
    if not text.startswith(("{", "[")) or is_json_feed(body):
        return False
    return URI_NAME.search(text) is not None and NINJS_NAMES.search(text) is not None
