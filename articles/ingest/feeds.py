"""RSS 0.9 to 2.0 and Atom: each entry is an article.

Read from the tree, in linear time; a feed that is not well-formed is read as far as the parser can mend it.
Source: https://www.rssboard.org/rss-specification; RFC 4287; https://web.resource.org/rss/1.0/spec.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from time import monotonic

from lxml import etree

from articles.ingest.entries import SECONDS, Entry, Words, article_of, articles_in_time, web_address
from articles.ingest.markup import as_markup, looks_like_html
from articles.ingest.record import IncomingArticle, ReadingRefused
from articles.ingest.wire_fields import authority_of, one_line, refuse_size, restored
from articles.ingest.wire_sniffing import is_feed
from articles.ingest.xml_items import mended_tree, tree_of, xml_text

XML = "{http://www.w3.org/XML/1998/namespace}"
RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
# Elements of these namespaces are the feed's own; of the others only those below say something of an article.
PREFIXES: Mapping[str, str] = {
    "": "",
    "http://www.w3.org/2005/Atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dc:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
}
ENTRIES = frozenset({"item", "entry"})
HOLDERS = frozenset({"channel", "feed", "rss", "rdf"})
XHTML = ("xhtml", "application/xhtml+xml")
HTML = ("html", "text/html")
NOT_WELL_FORMED = "The feed is not well-formed; what could be read of it was read."


class FeedReader:
    """Reads RSS and Atom."""

    name = "feed"

    def __init__(self, seconds: float = SECONDS) -> None:
        """``seconds`` is how long entries are read; what is left of a very long feed is counted and named."""
        self._seconds = seconds

    def recognises(self, body: bytes, name: str) -> bool:
        """Whether the root element is that of RSS or Atom."""
        return is_feed(body, name)

    def read(self, body: bytes, *, name: str = "", keep: Collection[int] = ()) -> list[IncomingArticle]:
        """Read every entry; one without text or title is a record that says so.

        Of a feed with more than can be read in time the first ones are read, in its order; the last record says so.

        :raises ReadingRefused: the file is too long, declares entities, or is no feed with entries.
        """
        refuse_size(body)
        until = monotonic() + self._seconds
        errors: list[str] = []
        root = _root(xml_text(body, errors), errors)
        found = [] if root is None else list(_entries(root))
        if root is None or not found:
            raise ReadingRefused(field="text", reason=" ".join(["The feed has no entries.", *errors]))
        feed = _Node(next((element for element in root.iter("{*}channel") if _name(element) == "channel"), root))
        articles = (article_of(_entry(_Node(element), feed, errors)) for element in found)
        return restored(articles_in_time(articles, total=len(found), until=until), keep)


class _Node:
    """A feed or an entry, its children by name."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        self._children: dict[str, list[etree._Element]] = {}
        for child in element.iterchildren(etree.Element):
            self._children.setdefault(_name(child), []).append(child)

    def all(self, *names: str) -> list[etree._Element]:
        return [child for name in names for child in self._children.get(name, ())]

    def first(self, *names: str) -> etree._Element | None:
        return next((child for child in self.all(*names) if _text(child) or len(child)), None)

    def text(self, *names: str) -> str:
        found = self.first(*names)
        return "" if found is None else _text(found)

    def link(self, base_url: str) -> str:
        """The address of the page: an Atom link that is the page itself, or the words of an RSS link."""
        for link in self.all("link"):
            if link.get("rel", "alternate") == "alternate" and (stated := link.get("href") or _text(link)):
                return web_address(stated, _base(link) or base_url)
        return ""

    @property
    def is_atom(self) -> bool:
        return _name(self.element) in ("feed", "entry")


def _root(text: bytes, errors: list[str]) -> etree._Element | None:
    root = tree_of(text)
    if root is None:
        errors.append(NOT_WELL_FORMED)
        root = mended_tree(text)
    return root


def _entries(root: etree._Element) -> Iterator[etree._Element]:
    for element in root.iter(etree.Element):
        parent = element.getparent()
        if _name(element) in ENTRIES and parent is not None and _name(parent) in HOLDERS:
            yield element


def _entry(entry: _Node, feed: _Node, errors: Sequence[str]) -> Entry:
    site = feed.link("")
    guid = entry.text("guid", "id") or entry.element.get(RDF_ABOUT, "")
    link = entry.link(site) or _permalink(entry)
    return Entry(
        guid=one_line(guid) or link,
        link=link,
        title=_words(entry.first("title"), link),
        content=_words(entry.first("content:encoded", "content"), link),
        summary=_words(entry.first("description", "summary"), link),
        authors=_authors(entry) or (_authors(feed) if entry.is_atom else []),
        published=entry.text("pubDate", "published", "issued", "dc:date"),
        updated=entry.text("updated", "modified", "dc:modified"),
        languages=_languages(entry, feed),
        section=next(
            (one_line(name) for category in entry.all("category", "dc:subject") if (name := _label(category))), ""
        ),
        outlet=_words(feed.first("title"), site).line(),
        provider=_provider(feed, site, link),
        credit=one_line(_first(node.text("rights", "copyright", "dc:rights") for node in (entry, feed))),
        errors=list(errors),
    )


def _permalink(entry: _Node) -> str:
    """The guid of RSS, which is an address unless it says that it is none."""
    guid = entry.first("guid")
    return "" if guid is None or guid.get("isPermaLink") == "false" else web_address(_text(guid), "")


def _provider(feed: _Node, site: str, link: str) -> str:
    """What an Atom feed calls itself, else the host of its site, of its own address, or of the entry."""
    addresses = [site, *(address.get("href", "") for address in feed.all("link")), link]
    return one_line(feed.text("id")) or _first(authority_of(address) for address in addresses)


def _words(element: etree._Element | None, link: str) -> Words:
    """A text as it says it is; RSS does not say, so tags and references decide."""
    if element is None:
        return Words()
    base_url = web_address(_base(element), link) or link
    stated = element.get("type", "").lower()
    if stated in XHTML and len(element):
        return Words(as_markup(element), True, base_url)
    text = _text(element)
    is_atom = element.tag.startswith(("{http://www.w3.org/2005/Atom}", "{http://purl.org/atom/ns#}"))
    return Words(text, stated in HTML or (not is_atom and looks_like_html(text)), base_url)


def _authors(node: _Node) -> list[str]:
    people = node.all("author", "dc:creator")
    return [
        name for person in people if (name := _Node(person).text("name") or (_text(person) if not len(person) else ""))
    ]


def _languages(entry: _Node, feed: _Node) -> list[str]:
    nearest = [element.get(f"{XML}lang") for element in (entry.element, *entry.element.iterancestors())]
    content = entry.first("content", "title")
    own = [] if content is None else [content.get(f"{XML}lang")]
    stated = [*own, entry.text("dc:language"), *nearest, feed.text("language", "dc:language")]
    return [language for language in stated if language]


def _label(category: etree._Element) -> str:
    return category.get("label") or category.get("term") or _text(category)


def _base(element: etree._Element) -> str:
    """What ``xml:base`` of the element and those round it say, as far as that is an address."""
    try:
        return element.base or ""
    except ValueError:
        return ""


def _name(element: etree._Element) -> str:
    """The local name, with ``dc:`` or ``content:`` before those of these namespaces; ``""`` for any other."""
    namespace, brace, local = element.tag.rpartition("}") if isinstance(element.tag, str) else ("", "", "")
    prefix = PREFIXES.get(namespace.removeprefix("{"))
    if prefix is None:
        return "rdf" if local == "RDF" else ""
    return f"{prefix}{local}" if brace else local


def _text(element: etree._Element) -> str:
    return "".join(element.itertext()).strip()


def _first(values: Iterator[str]) -> str:
    return next((value for value in values if value), "")
