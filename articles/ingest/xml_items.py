"""Items of an XML file, one after another; a file that breaks off gives the items that are whole before the break."""

import re
from collections.abc import Collection, Iterator
from html.entities import html5
from io import BytesIO

from lxml import etree

from articles.anchoring.text import REFUSED_CHARACTER
from articles.ingest.charsets import declared_charsets, decode_document
from articles.ingest.record import ReadingRefused

NAMED_REFERENCE = re.compile(r"&(\w{2,31});")
OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
ENTITIES_DECLARED = (
    "The XML declares entities, which can be made to fill a computer's memory. Ask its sender for a file without them."
)
XML_DECLARATION = re.compile(r"<\?xml\b[^>]{0,300}\?>")


def xml_text(body: bytes, errors: list[str]) -> bytes:
    """The file as UTF-8 without declaration and without characters that XML forbids.

    :raises ReadingRefused: it is text in no character set; see :func:`articles.ingest.charsets.decode_document`.
    """
    decoded = decode_document(body, declared=declared_charsets(body))
    errors += decoded.errors
    text = REFUSED_CHARACTER.sub("", decoded.text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.removeprefix("\ufeff").lstrip()
    declaration = XML_DECLARATION.match(text)
    text = text[declaration.end() :].lstrip() if declaration else text
    return NAMED_REFERENCE.sub(_character, text).encode()


def _character(reference: re.Match[str]) -> str:
    """The character that HTML means by a name; XML knows five of them, and senders write the others too."""
    if reference[1] in OF_XML:
        return reference[0]
    return html5.get(f"{reference[1]};", reference[0])


def items(body: bytes, tags: Collection[str]) -> Iterator[etree._Element | str]:
    """Every element with one of the tags, in the order of the file; then, if the file is broken, a sentence.

    Nothing outside the file is read: no entity, no document type, no schema.

    :raises ReadingRefused: the file declares entities, or a document type at all.
    """
    events = etree.iterparse(
        BytesIO(body),
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    wanted = frozenset(tags)
    inside: etree._Element | None = None
    checked = False
    try:
        for event, element in events:
            if not checked:
                _refuse_document_type(element)
                checked = True
            if inside is None and event == "start" and element.tag in wanted:
                inside = element
            elif event == "end" and element is inside:
                inside = None
                yield element
    except etree.XMLSyntaxError as error:
        yield f"The file cannot be read from line {error.lineno} on: {error.msg}."


def _refuse_document_type(root: etree._Element) -> None:
    _refuse_entities(root)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ReadingRefused(
            field="text",
            reason="The XML declares a document type, which its standard has no use for and which can ask for other "
            "files. Ask its sender for a file without it.",
        )


def _refuse_entities(root: etree._Element) -> None:
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise ReadingRefused(field="text", reason=ENTITIES_DECLARED)


def tree_of(body: bytes) -> etree._Element | None:
    """The root of the whole file; ``None`` where it is not well-formed.

    :raises ReadingRefused: it declares entities. A document type alone is let through: old feeds name theirs.
    """
    try:
        return _tree(body, recover=False)
    except etree.XMLSyntaxError:
        return None


def mended_tree(body: bytes) -> etree._Element | None:
    """The root of a file that is not well-formed, as far as it can be mended; ``None`` where there is nothing.

    :raises ReadingRefused: it declares entities.
    """
    try:
        return _tree(body, recover=True)
    except etree.XMLSyntaxError:
        return None


def _tree(body: bytes, *, recover: bool) -> etree._Element | None:
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )
    root: etree._Element | None = etree.fromstring(body, parser)
    if root is not None:
        _refuse_entities(root)
    return root
