"""IPTC NewsML-G2 2.x: a news message of several items, a single news item, or a package.

Source: https://iptc.org/std/NewsML-G2/, specification and guidelines of version 2.34. Names are those of the
namespace ``http://iptc.org/std/nar/2006-10-01/``.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from lxml import etree

from articles.anchoring.text import Block, BlockKind
from articles.ingest.choices import LONGEST_HEADLINE
from articles.ingest.moments import moment_of
from articles.ingest.newsml_content import Content, content_of, words_of
from articles.ingest.record import IncomingArticle, ReadingRefused
from articles.ingest.wire_fields import (
    Standing,
    authority_of,
    language_of,
    last_part,
    note,
    one_line,
    refuse_size,
    restored,
    says_again,
    unreadable,
    version_of,
)
from articles.ingest.wire_sniffing import NAR, is_newsml
from articles.ingest.xml_items import items, xml_text

G = f"{{{NAR}}}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NAMESPACES = {"g": NAR}
ITEM_TAGS = (f"{G}newsItem", f"{G}packageItem")
PICTURES = frozenset({"picture", "graphic", "video", "audio", "animated"})
SUBHEADLINES = frozenset({"sub", "subheadline", "subhead", "subtitle", "deck", "standfirst"})
SUMMARIES = frozenset({"", "summary", "abstract", "standfirst", "lead"})
# Subjects of these types are what a story is about, not where in a paper it stands.
NO_SECTIONS = frozenset({"person", "organisation", "organization", "geoarea", "poi", "object", "event"})


class NewsMLReader:
    """Reads news items of NewsML-G2 2.x."""

    name = "newsml-g2"

    def recognises(self, body: bytes, name: str) -> bool:
        """Whether the root element is one of NewsML-G2's."""
        return is_newsml(body, name)

    def read(self, body: bytes, *, name: str = "", keep: Collection[int] = ()) -> list[IncomingArticle]:
        """Read every item; one that cannot be read, or did not come whole, becomes a record with an error.

        :raises ReadingRefused: the file is too long, declares entities, or holds no item at all.
        """
        refuse_size(body)
        errors: list[str] = []
        found, breaks = [], []
        for element in items(xml_text(body, errors), ITEM_TAGS):
            if isinstance(element, str):
                breaks.append(unreadable(element))
            else:
                found.append(_Item(element))
        if not found:
            reason = breaks[0].errors[0] if breaks else "It holds concepts or plans and no news item."
            raise ReadingRefused(field="text", reason=f"The file is no readable NewsML-G2. {reason}")
        articles = [replace(article, errors=(*errors, *article.errors)) for article in _articles(found)]
        return restored([*articles, *breaks], keep)


@dataclass(slots=True)
class _Item:
    """A newsItem or packageItem."""

    element: etree._Element
    errors: list[str] = field(default_factory=list)

    def all(self, path: str) -> list[etree._Element]:
        """Elements at the path, as ``itemMeta/pubStatus``."""
        return list(self.element.findall("/".join(f"g:{step}" for step in path.split("/")), NAMESPACES))

    def lines(self, path: str) -> list[str]:
        """The words of the elements at the path, in the language of the item where they come in several."""
        return [line for element in self.in_language(self.all(path)) if (line := words_of(element))]

    def line(self, *paths: str) -> str:
        return next((line for path in paths for line in self.lines(path)), "")

    def code(self, path: str) -> str:
        """The last part of the code, address or literal of the first element at the path."""
        return next((code for element in self.all(path) if (code := _code(element))), "")

    def in_language(self, elements: Sequence[etree._Element]) -> list[etree._Element]:
        """Those in the language of the item, where they come in several languages."""
        tagged = {_language(element) for element in elements} - {""}
        if len(tagged) < 2:
            return list(elements)
        wanted = next((tag for tag in tagged if _same_language(tag, self.language)), "")
        chosen = [element for element in elements if not wanted or _language(element) in ("", wanted)]
        return chosen or list(elements)

    @property
    def guid(self) -> str:
        return one_line(self.element.get("guid"))

    @property
    def language(self) -> str:
        stated = [element.get("tag") for element in self.all("contentMeta/language")]
        root = self.element.getroottree().getroot()
        return language_of(*stated, self.element.get(XML_LANG), root.get(XML_LANG))

    @property
    def kind(self) -> str:
        return self.code("itemMeta/itemClass")

    @property
    def is_package(self) -> bool:
        return bool(self.element.tag == f"{G}packageItem")


def _articles(found: Sequence[_Item]) -> list[IncomingArticle]:
    """A record for each item; a picture's caption goes to the one text that it comes with."""
    owners = _owners_of_pictures(found)
    captions: dict[str, list[Block]] = {}
    for item in found:
        if item.guid in owners:
            captions.setdefault(owners[item.guid], []).extend(_captions(item))
    held = {item.guid for item in found}
    return [
        article
        for item in found
        if item.guid not in owners
        for article in (_package(item, held) if item.is_package else [_article(item, captions.get(item.guid, []))])
    ]


def _owners_of_pictures(found: Sequence[_Item]) -> dict[str, str]:
    """By the picture's guid, the text whose caption it gives: one that links it, or stands with it in a package."""
    texts = [item.guid for item in found if not item.is_package and item.kind not in PICTURES]
    pictures = {item.guid for item in found if item.kind in PICTURES and _may_be_shown(item) and _captions(item)}
    owners: dict[str, str] = {}
    for item in found:
        linked = _references(item)
        together = [guid for guid in texts if guid in linked] if item.is_package else [item.guid]
        if len(together) == 1 and (item.is_package or item.guid in texts):
            for picture in linked & pictures:
                owners.setdefault(picture, together[0])
    return owners


def _references(item: _Item) -> set[str]:
    path = "groupSet/group/itemRef" if item.is_package else "itemMeta/link"
    return {one_line(element.get("residref")) for element in item.all(path)} - {""}


def _may_be_shown(item: _Item) -> bool:
    standing = _standing(item)
    return standing.pub_status not in ("withheld", "canceled") and standing.embargoed_until is None


def _package(item: _Item, held: Collection[str]) -> list[IncomingArticle]:
    """Nothing, where the package only lists items that came with it; else what is to be known of it."""
    missing = sorted(_references(item) - set(held))
    if not missing and _may_be_shown(item):
        return []
    article = _article(item, [], is_text=False)
    if not missing:
        return [article]
    said = f"The package lists {len(missing)} items that are not in this file: {', '.join(missing[:5])}."
    return [replace(article, errors=(*article.errors, said))]


def _article(item: _Item, captions: Sequence[Block], *, is_text: bool = True) -> IncomingArticle:
    if not item.guid:
        return unreadable("The item has no guid, so it cannot be told from others.")
    standing = _standing(item)
    content = content_of(item.element, item.errors) if is_text and item.kind not in PICTURES else Content()
    blocks = [*content.blocks, *captions]
    if item.kind in PICTURES:
        blocks = _captions(item)
    headline = _headline(item, content)
    if is_text and standing.pub_status not in ("withheld", "canceled"):
        _say_what_is_missing(item, headline, blocks)
    published_at, date_basis = _published(item)
    return IncomingArticle(
        headline=headline,
        blocks=tuple(blocks),
        removed=tuple(content.removed),
        standfirst=_standfirst(item, blocks),
        byline=_byline(item) or content.byline,
        published_at=published_at,
        date_basis=date_basis,
        dateline=item.line("contentMeta/dateline") or content.dateline or item.line("contentMeta/located"),
        credit=item.line("contentMeta/creditline", "rightsInfo/copyrightNotice"),
        language=item.language,
        outlet=item.line("itemMeta/provider") or item.code("itemMeta/provider"),
        section=_section(item),
        provider=_provider(item),
        guid=item.guid,
        version=version_of(item.element.get("version", ""), item.errors),
        pub_status=standing.pub_status,
        embargoed_until=standing.embargoed_until,
        editor_note=note("\n".join(item.lines("itemMeta/edNote"))),
        usage_terms=note("\n".join(item.lines("rightsInfo/usageTerms"))),
        errors=tuple(dict.fromkeys([*item.errors, *standing.errors])),
    )


def _standing(item: _Item) -> Standing:
    """A status that is not said is not guessed; an empty ``embargoed`` means an embargo without known end."""
    standing = Standing()
    for element in item.all("itemMeta/pubStatus"):
        standing.take_status(element.get("qcode") or element.get("uri") or element.get("literal") or words_of(element))
    for element in item.all("itemMeta/embargoed"):
        standing.take_embargo(words_of(element))
    return standing


def _published(item: _Item) -> tuple[datetime | None, str]:
    for path in ("itemMeta/versionCreated", "itemMeta/firstCreated", "contentMeta/contentCreated"):
        moment = moment_of(item.line(path))
        if moment:
            return moment.at, "stated" if moment.zone_stated else "inferred"
    return None, "unknown"


def _headline(item: _Item, content: Content) -> str:
    """The main headline; that of the body, or the item's title, only where there is none."""
    headlines = [element for element in item.all("contentMeta/headline") if _role(element) not in SUBHEADLINES]
    in_language = item.in_language(sorted(headlines, key=lambda element: _role(element) not in ("", "main")))
    stated = [words_of(element) for element in in_language]
    for line in [*stated, content.headline, item.line("itemMeta/title")]:
        if line and len(line) <= LONGEST_HEADLINE:
            return line
        if line:
            item.errors.append(f"A headline has {len(line)} characters, more than {LONGEST_HEADLINE}: “{line[:80]}…”.")
    return ""


def _standfirst(item: _Item, blocks: Iterable[Block]) -> str:
    """A subheadline, else a summary, where the body does not begin with the same words. Captions are none."""
    if item.kind in PICTURES:
        return ""
    named = [element for element in item.all("contentMeta/headline") if _role(element) in SUBHEADLINES]
    described = [element for element in item.all("contentMeta/description") if _role(element) in SUMMARIES]
    lines = [words_of(element) for element in item.in_language([*named, *described])]
    return next((line for line in lines if line and not says_again(line, list(blocks))), "")


def _byline(item: _Item) -> str:
    stated = item.lines("contentMeta/by") or item.lines("contentMeta/creator")
    return ", ".join(dict.fromkeys(stated))


def _section(item: _Item) -> str:
    """The name of the first subject that is an abstract topic."""
    topics = [
        element for element in item.all("contentMeta/subject") if last_part(element.get("type", "")) not in NO_SECTIONS
    ]
    return next((line for element in topics if (line := words_of(element))), "")


def _provider(item: _Item) -> str:
    """The provider's code, else its address' host, else its name, else who gave out the guid."""
    for element in item.all("itemMeta/provider"):
        code, address = one_line(element.get("qcode")), one_line(element.get("uri"))
        vocabulary = "cv.iptc.org" in address
        named = last_part(code or address) if code or vocabulary else authority_of(address)
        found = named or one_line(element.get("literal")) or words_of(element)
        if found:
            return found
    return authority_of(item.guid)


def _captions(item: _Item) -> list[Block]:
    described = [element for element in item.all("contentMeta/description") if _role(element) in ("caption", "")]
    lines = [words_of(element) for element in item.in_language(described)]
    return [Block(BlockKind.CAPTION, line) for line in lines if line]


def _say_what_is_missing(item: _Item, headline: str, blocks: Sequence[Block]) -> None:
    if not headline:
        item.errors.append("The item has no headline. Give it one.")
    if not blocks and not any("text" in error for error in item.errors):
        item.errors.append("The item has no text.")


def _code(element: etree._Element) -> str:
    return last_part(one_line(element.get("qcode") or element.get("uri") or element.get("literal")))


def _role(element: etree._Element) -> str:
    return last_part(element.get("role", "")).lower()


def _language(element: etree._Element) -> str:
    return one_line(element.get(XML_LANG)).lower()


def _same_language(tag: str, language: str) -> bool:
    return bool(language) and tag.partition("-")[0] == language.lower().partition("-")[0]
