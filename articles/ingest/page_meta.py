"""What a page says of its article in ``meta`` elements and in attributes of its own markup."""

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml.html import HtmlElement

# In characters: longer names of properties are none.
LONGEST_NAMES = 500
META_KEYS: Mapping[str, tuple[str, ...]] = {
    "headline": ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title"),
    "description": ("og:description", "description", "twitter:description", "dc.description"),
    "author": (
        "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl", "citation_author",
    ),
    "published": (
        "article:published_time", "og:article:published_time", "og:published_time", "published_time", "datepublished",
        "parsely-pub-date", "sailthru.date", "publication_date", "publish-date", "publishdate", "pubdate", "pub_date",
        "dc.date.issued", "dcterms.created", "dcterms.date", "dc.date", "date",
    ),
    "outlet": ("og:site_name", "application-name", "dc.publisher", "publisher", "apple-mobile-web-app-title"),
    "language": ("og:locale", "dc.language", "content-language", "language"),
    "url": ("og:url",),
    "section": ("article:section", "parsely-section", "section", "og:article:section", "cxenseparse:section",
                "og:section"),
}  # fmt: skip
# Other names that outlets give such facts, and names that only begin like them.
OTHER_NAMES: Mapping[str, re.Pattern[str]] = {
    "author": re.compile(r"(?:^|.*[.:_-])(?:authors?|author_?names?|creator|byl|byline|written_?by)"),
    "published": re.compile(
        r".*(?:publi(?!sher)|pub_?date|issued|created?_?(?:at|date|time|on)?$|datecreated|post_?(?:date|time)|releas|"
        r"display_?date|date_?original|first_?publi|recs:publishtime).*"
    ),
}
OTHER_FACTS = re.compile(r"modif|updat|expir|review|revis|publisher|copyright|state|status|_id$|embargo|twitter")
# A card's label and value: “Written by”, “Ann Lee”.
CARD_LABEL = re.compile(
    r"(?:written by|author|by|verfasst von|geschrieben von|autor|écrit par|auteur|escrito por|scritto da|"
    r"geschreven door|skriven av|napisane przez|автор|yazan)",
    re.IGNORECASE,
)


def meta_contents(root: HtmlElement) -> dict[str, list[str]]:
    """Contents of ``meta`` elements by their lower-case names, in the order of the page."""
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = element.get("content", "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and attribute in element.attrib:
                found.setdefault(str(element.get(attribute)).strip().lower(), []).append(content)
    return found


def first_of(meta: Mapping[str, Sequence[str]], fact: str) -> Iterator[str]:
    """What the page says of a fact, the surest names first; the first content of each."""
    return (meta[key][0] for key in META_KEYS[fact] if key in meta)


def all_of(meta: Mapping[str, Sequence[str]], fact: str) -> Iterator[Sequence[str]]:
    """All contents of every name that may say the fact, the surest names first."""
    known = META_KEYS[fact]
    yield from (meta[key] for key in known if key in meta)
    others = (key for key in meta if key not in known and OTHER_NAMES[fact].fullmatch(key))
    yield from (meta[key] for key in others if not OTHER_FACTS.search(key))


def author_on_card(meta: Mapping[str, Sequence[str]]) -> str:
    """The name that a card for sharing shows behind a label as “Written by”."""
    for number in (1, 2):
        label = next(iter(meta.get(f"twitter:label{number}", ())), "")
        if CARD_LABEL.fullmatch(label.strip(" :")):
            return next(iter(meta.get(f"twitter:data{number}", ())), "")
    return ""


def marked_values(root: HtmlElement) -> dict[str, str]:
    """Values of ``itemprop`` and RDFa ``property`` attributes by their lower-case names, the first of each name."""
    found: dict[str, str] = {}
    for element in root.iter():
        names = element.get("itemprop") or element.get("property") if isinstance(element.tag, str) else None
        for name in (names or "")[:LONGEST_NAMES].lower().split():
            if name not in found and (element.tag != "meta" or "itemprop" in element.attrib):
                value = element.get("content") or element.get("datetime") or element.text_content()
                found.setdefault(name.rpartition(":")[2], value)
    return found
