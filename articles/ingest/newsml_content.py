"""The body of a NewsML-G2 item: XHTML or NITF within, HTML or plain text as characters, or elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from articles.anchoring.text import Block
from articles.ingest.markup import html_blocks, local_name, plain_blocks, xml_blocks
from articles.ingest.record import ReadingRefused, RemovedLine
from articles.ingest.wire_fields import one_line
from articles.ingest.wire_sniffing import NAR

NAMESPACES = {"g": NAR}
HTML_TYPES = ("text/html", "application/xhtml+xml")


@dataclass(slots=True)
class Content:
    """Blocks of the body, and what NITF says in the head of the body about it."""

    blocks: list[Block] = field(default_factory=list)
    removed: list[RemovedLine] = field(default_factory=list)
    headline: str = ""
    byline: str = ""
    dateline: str = ""

    def add(self, blocks: Sequence[Block], removed: Sequence[RemovedLine]) -> None:
        """Add a further part of the body; its removed lines count from its own beginning."""
        self.removed += (replace(line, position=line.position + len(self.blocks)) for line in removed)
        self.blocks += blocks


def words_of(element: etree._Element) -> str:
    """The words of an element of metadata on one line: its name where it has one, else its text."""
    names = element.findall("g:name", NAMESPACES)
    return one_line("".join((names[0] if names else element).itertext()))


def content_of(item: etree._Element, errors: list[str]) -> Content:
    """Read the first rendition that has words; say in ``errors`` why there is none."""
    unread: list[str] = []
    for rendition in item.findall("g:contentSet/*", NAMESPACES):
        try:
            content = _read(rendition, errors)
        except ReadingRefused as refused:
            unread.append(refused.reason)
            continue
        if content.blocks:
            return content
        unread.append(_elsewhere(rendition))
    errors += [reason for reason in dict.fromkeys(unread) if reason]
    return Content()


def _read(rendition: etree._Element, errors: list[str]) -> Content:
    name, stated = local_name(rendition), rendition.get("contenttype", "").partition(";")[0].strip().lower()
    if name == "inlinexml":
        return _from_xml(rendition)
    if name != "inlinedata":
        return Content()
    if rendition.get("encoding"):
        raise ReadingRefused(field="text", reason="The body is encoded, so its text cannot be read.")
    text = "".join(rendition.itertext())
    if stated in HTML_TYPES:
        return Content(html_blocks(text, errors))
    if stated in ("", "text/plain"):
        return Content(plain_blocks(text, errors))
    raise ReadingRefused(field="text", reason=f"The body is {one_line(stated)}, so its text cannot be read.")


def _elsewhere(rendition: etree._Element) -> str:
    if local_name(rendition) != "remotecontent":
        return ""
    address = one_line(rendition.get("href") or rendition.get("residref"))
    return f"The text is at {address} and not in this file." if address else "The text is not in this file."


def _from_xml(rendition: etree._Element) -> Content:
    """XHTML's ``body``, NITF's ``body.content`` and ``body.end``, or whatever stands there."""
    head = _first(rendition, "body.head")
    parts = [*_named(rendition, "body.content"), *_named(rendition, "body.end")] or _named(rendition, "body")
    content = Content()
    for part in parts or rendition:
        content.add(*xml_blocks(part))
    if head is not None:
        content.headline = _line(head, ("hl1", "hedline"))
        content.byline, content.dateline = _line(head, ("byline",)), _line(head, ("dateline",))
    return content


def _line(head: etree._Element, names: Sequence[str]) -> str:
    found = next((element for name in names for element in _named(head, name)), None)
    return "" if found is None else one_line(" ".join("".join(found.itertext()).split()))


def _first(element: etree._Element, name: str) -> etree._Element | None:
    return next(iter(_named(element, name)), None)


def _named(element: etree._Element, name: str) -> list[etree._Element]:
    return [inner for inner in element.iter(etree.Element) if local_name(inner) == name]
