"""What a page says about its article in JSON-LD (schema.org), read within limits of size and depth."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from lxml.html import HtmlElement

from articles.ingest.words import word_set

# In characters of one script and in values of all: pages with more say it about something else.
LONGEST_SCRIPT = 2_000_000
MOST_VALUES = 20_000
# In words: longer steps of a path are headlines.
LONGEST_SECTION = 4
ARTICLE_TYPE = re.compile(
    r"(?:\w*Article|BlogPosting|LiveBlogPosting|Report|SocialMediaPosting|ImageGallery|MediaGallery)"
)
# Where a page's own article stands inside other values. Updates of a live report, comments and lists stand elsewhere.
LEADS_TO_ARTICLES = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemReviewed")
WRAPPING = re.compile(r"^\s*(?://)?\s*(?:<!\[CDATA\[|<!--)|(?://)?\s*(?:\]\]>|-->)\s*;?\s*$")
# No JSON either, and on many pages.
TRAILING_COMMA = re.compile(r",(\s*[}\]])")

# In code points: longer texts of a page's state are stories; and what parts them.
LONGEST_TEXT = 400
TAG = re.compile(r"<[^<>]{1,300}>")

Node = Mapping[str, object]

PAGE_TYPE = re.compile(r"\w*Page")
ORGANISATIONS = word_set(
    """
    Organization NewsMediaOrganization WebSite Corporation NGO Brand LocalBusiness EducationalOrganization
    """
)
NAMED = frozenset({"name", "givenName", "familyName"})


@dataclass(frozen=True, slots=True)
class LinkedFacts:
    """The article as its page describes it for machines; what is not said is empty.

    ``path`` is the section that the path to the page names, for pages that name none themselves; ``houses`` are the
    organisations it names; ``page_published`` is when the page came out, whatever stands on it.
    """

    headline: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()
    houses: tuple[str, ...] = ()
    published: str = ""
    page_published: str = ""
    outlet: str = ""
    language: str = ""
    url: str = ""
    section: str = ""
    path: str = ""
    bodies: tuple[str, ...] = field(default=(), repr=False)
    is_free: bool = True


def linked_facts(root: HtmlElement) -> LinkedFacts:
    """Read the first article the page describes; an empty record when it describes none."""
    nodes = [node for document in _documents(root) for node in _nodes(document)]
    by_id = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}
    articles = [node for node in nodes if _is_article(node)]
    pages = [node for node in nodes if any(PAGE_TYPE.fullmatch(name) for name in _types(node))]
    page_published = next((day for node in pages if (day := _words(node.get("datePublished")))), "")
    houses = tuple(name for node in nodes if set(_types(node)) & ORGANISATIONS and (name := _words(node.get("name"))))
    if not articles:
        authors = (name for node in pages for name in _names(node.get("author"), by_id))
        outlet = _site_name(nodes)
        return LinkedFacts(outlet=outlet, authors=tuple(authors), page_published=page_published, houses=houses)
    article = max(articles, key=lambda node: sum(key in node for key in ("headline", "datePublished", "author")))
    return LinkedFacts(
        headline=_words(article.get("headline")) or _words(article.get("name")),
        description=_words(article.get("description")) or _words(article.get("alternativeHeadline")),
        authors=tuple(dict.fromkeys(_names(article.get("author") or article.get("creator"), by_id))),
        houses=houses,
        page_published=page_published,
        published=_words(article.get("datePublished")) or _words(article.get("dateCreated")),
        outlet=next(_names(article.get("publisher"), by_id, organisations=True), "") or _site_name(nodes),
        language=_language(article.get("inLanguage")),
        url=_words(article.get("url")) or _identity(article.get("mainEntityOfPage")),
        section=_words(article.get("articleSection")),
        path=_section_of_path(nodes, _words(article.get("headline"))),
        bodies=tuple(_bodies(article)),
        is_free=str(article.get("isAccessibleForFree", "true")).lower() != "false",
    )


def _documents(root: HtmlElement) -> Iterator[object]:
    for script in root.iter("script"):
        text = script.text or ""
        if "ld+json" not in script.get("type", "") or len(text) > LONGEST_SCRIPT:
            continue
        for candidate in (WRAPPING.sub("", text), TRAILING_COMMA.sub(r"\1", WRAPPING.sub("", text))):
            try:
                # Line breaks inside of strings are no JSON and stand on many pages.
                yield json.loads(candidate, strict=False)
                break
            except (ValueError, RecursionError):
                continue


def stated_bodies(root: HtmlElement) -> Iterator[str]:
    """Long texts in what the page keeps for its programs as JSON: stories, and also much else."""
    for script in root.iter("script"):
        text = script.text or ""
        if script.get("type", "") != "application/json" or not LONGEST_TEXT < len(text) <= LONGEST_SCRIPT:
            continue
        try:
            waiting = [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(MOST_VALUES):
            value = waiting.pop() if waiting else None
            if isinstance(value, str) and len(value) > LONGEST_TEXT:
                yield TAG.sub("\n", value)
            elif isinstance(value, list | dict):
                waiting += value.values() if isinstance(value, dict) else value


def _nodes(document: object) -> Iterator[Node]:
    """The objects that may describe the page, in their order, without recursion."""
    waiting, seen = [document], 0
    while waiting and seen < MOST_VALUES:
        value = waiting.pop(0)
        seen += 1
        if isinstance(value, list):
            waiting[:0] = value[:MOST_VALUES]
        elif isinstance(value, dict):
            yield value
            waiting += [value[key] for key in LEADS_TO_ARTICLES if isinstance(value.get(key), dict | list)]


def _types(node: Node) -> list[str]:
    types = node.get("@type")
    return [str(name) for name in types] if isinstance(types, list) else [str(types)]


def _is_article(node: Node) -> bool:
    return any(ARTICLE_TYPE.fullmatch(name.rpartition("/")[2]) for name in _types(node))


def _words(value: object) -> str:
    """The first text of a value, its white space collapsed and its references resolved; ``""`` for anything else."""
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str | dict)), "")
    if isinstance(value, dict):
        value = value.get("@value", "")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return " ".join(unescape(value).split()) if isinstance(value, str) else ""


def _names(value: object, by_id: Mapping[str, Node], *, organisations: bool = False) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        node = by_id.get(item, item) if isinstance(item, str) else item
        if isinstance(node, str):
            yield from [] if "://" in node or not node.strip() else [_words(node)]
        elif isinstance(node, dict):
            node = node if NAMED.intersection(node) else by_id.get(str(node.get("@id")), node)
            if organisations or not set(_types(node)) & ORGANISATIONS:
                yield from (name for name in _names_of(node) if name and "://" not in name)


def _names_of(node: Node) -> Iterator[str]:
    """The name of somebody, or several, or its parts."""
    name = node.get("name")
    if isinstance(name, list):
        yield from map(_words, name)
    elif name:
        yield _words(name)
    else:
        yield " ".join(filter(None, (_words(node.get("givenName")), _words(node.get("familyName")))))


def _language(value: object) -> str:
    return _words(value.get("alternateName")) if isinstance(value, dict) else _words(value)


def _identity(value: object) -> str:
    return _words(value.get("@id") or value.get("url")) if isinstance(value, dict) else _words(value)


def _site_name(nodes: list[Node]) -> str:
    return next((_words(node.get("name")) for node in nodes if "WebSite" in _types(node)), "")


def _section_of_path(nodes: list[Node], headline: str) -> str:
    """The last step of the path to the page that is neither its beginning nor the page itself."""
    paths = (node.get("itemListElement") for node in nodes if "BreadcrumbList" in _types(node))
    steps = next((path for path in paths if isinstance(path, list)), [])
    names = [_name_of_step(step) for step in steps[1:] if isinstance(step, dict)]
    sections = [name for name in names if name and name != headline and len(name.split()) <= LONGEST_SECTION]
    return sections[-1] if sections else ""


def _name_of_step(step: Node) -> str:
    item = step.get("item")
    return _words(step.get("name")) or (_words(item.get("name")) if isinstance(item, dict) else "")


def _bodies(article: Node) -> Iterator[str]:
    updates = article.get("liveBlogUpdate")
    for node in [article, *(updates if isinstance(updates, list) else [])]:
        body = node.get("articleBody") if isinstance(node, dict) else None
        if isinstance(body, str):
            yield body
