"""Bodies that wires and feeds carry as marked-up text: HTML, XHTML, NITF, or plain."""

import re
from collections.abc import Mapping

from lxml import etree, html

from articles.anchoring.text import REFUSED_CHARACTER, Block
from articles.ingest.charsets import storable
from articles.ingest.html_blocks import blocks_from, finished, lines_of
from articles.ingest.html_pieces import BLOCKS, EMPHASIS, WORDLESS
from articles.ingest.paragraphs import paragraphs
from articles.ingest.record import ReadingRefused, RemovedLine

SOME_TAG = re.compile(
    r"</?(?:p|br|div|h[1-6]|ul|ol|li|table|blockquote|figure|span|em|strong|b|i|a|img)\b[^<>]*>", re.IGNORECASE
)

SOME_REFERENCE = re.compile(r"&(?:amp|lt|gt|quot|nbsp|#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);", re.IGNORECASE)

# What elements of NITF 3 are in HTML; what has no word of the story is left out with everything in it.
NITF_AS_HTML: Mapping[str, str] = {
    "body.content": "div",
    "body.end": "div",
    "block": "div",
    "bq": "blockquote",
    "credit": "cite",
    "hl1": "h1",
    "hl2": "h2",
    "media": "figure",
    "media-caption": "figcaption",
    "media-producer": "address",
    "note": "div",
    "tagline": "p",
}
NITF_LEFT_OUT = frozenset({"media-reference", "media-metadata", "media-object", "nitf-table-metadata", "alt-code"})
HTML_TAGS = (
    BLOCKS | frozenset(EMPHASIS) | WORDLESS | {"a", "abbr", "br", "ins", "mark", "q", "s", "sub", "sup", "time", "u"}
)
# Errors after which the parser leaves out the rest without a word.
GIVEN_UP = frozenset({"ERR_RESOURCE_LIMIT", "ERR_INTERNAL_ERROR", "ERR_NO_MEMORY"})
CREDIT_CLASS = "nitf-media-producer"
KEPT_ATTRIBUTES = frozenset({"class", "colspan", "hidden", "href", "rowspan", "style"})


def plain_blocks(text: str, errors: list[str]) -> list[Block]:
    """Blocks of plain text: blank lines part paragraphs, hard-wrapped lines are joined."""
    kept, said = storable(text)
    errors += said
    lines = [line.strip() for line in kept.split("\n")]
    return [paragraph.block for paragraph in paragraphs(lines, left_out=(), begin=0)]


def html_blocks(markup: str, errors: list[str], *, base_url: str = "") -> list[Block]:
    """Blocks of a page or a fragment.

    :raises ReadingRefused: it is nested deeper than the parser goes.
    """
    kept, said = storable(markup)
    errors += said
    document = _document(kept)
    return [] if document is None else blocks_from(document, base_url=base_url)


def html_line(markup: str) -> str:
    """The words of a marked-up line, on one line; a line without tags or references is taken as it is."""
    if "<" not in markup and "&" not in markup:
        return markup
    document = _document(REFUSED_CHARACTER.sub("", markup))
    return "" if document is None else " ".join(block.text for block in blocks_from(document))


def as_markup(element: etree._Element) -> str:
    """What an element of XHTML holds, as HTML."""
    markup: str = html.tostring(as_html(element), encoding="unicode")
    return markup


def looks_like_html(text: str) -> bool:
    """Whether a text that does not say what it is holds tags or references to characters."""
    return SOME_TAG.search(text) is not None or SOME_REFERENCE.search(text) is not None


def xml_blocks(element: etree._Element) -> tuple[list[Block], list[RemovedLine]]:
    """Blocks of an XHTML or NITF element, without the lines that only say whose a picture is."""
    kept: list[Block] = []
    removed: list[RemovedLine] = []
    for line in lines_of(as_html(element)):
        if line.element.get("class") == CREDIT_CLASS:
            removed.append(RemovedLine(line.block.text, "photo-credit", len(kept)))
        else:
            kept.append(line.block)
    return finished(kept), removed


def as_html(element: etree._Element) -> html.HtmlElement:
    """The element as HTML: names without namespace, NITF by :data:`NITF_AS_HTML`, unknown elements as ``span``."""
    root = _copied(element, None)
    copies = {element: root}
    walk = etree.iterwalk(element, events=("start",))
    for _, original in walk:
        if original is element:
            continue
        if local_name(original) in NITF_LEFT_OUT:
            _add_text(copies[original.getparent()], original.tail)
            walk.skip_subtree()
            continue
        copies[original] = _copied(original, copies[original.getparent()])
    return root


def _copied(original: etree._Element, parent: html.HtmlElement | None) -> html.HtmlElement:
    name = local_name(original)
    tag = NITF_AS_HTML.get(name, name if name in HTML_TAGS else "span")
    copy = html.Element(tag) if parent is None else etree.SubElement(parent, tag)
    copy.text = original.text
    copy.tail = original.tail if parent is not None else None
    if name == "media-producer":
        copy.set("class", CREDIT_CLASS)
    for key, value in original.attrib.items():
        if key in KEPT_ATTRIBUTES:
            copy.set(key, value)
    return copy


def _add_text(parent: html.HtmlElement, text: str | None) -> None:
    """Append text behind everything the parent holds so far."""
    if text and len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    elif text:
        parent.text = (parent.text or "") + text


def local_name(element: etree._Element) -> str:
    """The element's name without namespace, in lower case."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _document(markup: str) -> html.HtmlElement | None:
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_pis=True)
    try:
        document = html.document_fromstring(markup.encode(), parser=parser)
    except etree.ParserError:
        return None
    except etree.XMLSyntaxError as error:
        raise ReadingRefused(field="text", reason=f"The text's markup cannot be read: {error.msg}.") from error
    if any(entry.type_name in GIVEN_UP for entry in parser.error_log):
        raise ReadingRefused(field="text", reason="The text's markup is nested too deep.")
    return document
