"""IPTC ninjs: news as JSON, one item, an array of items, or items one after another.

Versions 2.0, 2.1, 3.0 and 3.1 say the same in small letters (``pubstatus``) or camel case (``pubStatus``), so names
are compared without case; what version 1 called otherwise (``body_xhtml``, ``headline``) is understood too.
Source: https://iptc.org/std/ninjs/.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from articles.anchoring.text import Block
from articles.ingest.charsets import decode_document
from articles.ingest.choices import LONGEST_HEADLINE
from articles.ingest.json_values import Broken, values
from articles.ingest.markup import html_line
from articles.ingest.moments import moment_of
from articles.ingest.ninjs_body import blocks_of
from articles.ingest.ninjs_item import (
    MAIN_ROLES,
    NOT_COPY,
    PICTURES,
    STANDFIRST_ROLES,
    Item,
    bodies_of,
    by_role,
    item_of,
    role_of,
    standing_of,
)
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
from articles.ingest.wire_sniffing import is_ninjs


class NinjsReader:
    """Reads items of ninjs 2.0 to 3.1."""

    name = "ninjs"

    def recognises(self, body: bytes, name: str) -> bool:
        """Whether the bytes begin as ninjs does."""
        return is_ninjs(body, name)

    def read(self, body: bytes, *, name: str = "", keep: Collection[int] = ()) -> list[IncomingArticle]:
        """Read every item; one that cannot be read is named among the errors of a record without text.

        :raises ReadingRefused: the file is too long, nested too deep, or holds no item at all.
        """
        refuse_size(body)
        decoded = decode_document(body)
        articles = [article for value in values(decoded.text) for article in _articles(value, decoded.errors)]
        if not any(article.guid for article in articles):
            reason = " ".join(articles[0].errors) if articles else "It holds no item."
            raise ReadingRefused(field="text", reason=f"The file is no readable ninjs. {reason}")
        return restored(articles, keep)


def _articles(value: object, errors: Sequence[str]) -> Iterator[IncomingArticle]:
    """The item, or the items of a composite one that has no text of its own."""
    if isinstance(value, Broken):
        yield unreadable(f"The file cannot be read from character {value.offset} on: {value.reason}")
        return
    if not isinstance(value, dict):
        yield unreadable("The item is no JSON object.")
        return
    pending = [item_of(value)]
    while pending:
        item = pending.pop()
        pieces = _pieces_of(item)
        pending += reversed(pieces)
        if not pieces or standing_of(item).pub_status in ("withheld", "canceled"):
            yield _article(item, errors)


def _pieces_of(item: Item) -> list[Item]:
    """The texts a composite item without text of its own consists of; what holds it back holds them back."""
    if item.kind != "composite" or bodies_of(item):
        return []
    standing = standing_of(item)
    held = {"pubstatus": standing.pub_status} if standing.pub_status in ("withheld", "canceled") else {}
    embargo = {"embargo_of_composite": standing.embargoed_until.isoformat()} if standing.embargoed_until else {}
    members = (member for member in item.objects("associations") if bodies_of(member))
    return [Item({**member.names, **embargo, **held}) for member in members]


def _article(item: Item, errors: Sequence[str]) -> IncomingArticle:
    item.errors += errors
    if not item.guid:
        return unreadable("The item has no uri, so it cannot be told from others.")
    standing = standing_of(item)
    blocks = blocks_of(item)
    headline, standfirst = _headline(item), _standfirst(item, blocks)
    _say_what_is_missing(item, headline, blocks, standing)
    published_at, date_basis = _published(item)
    return IncomingArticle(
        headline=headline,
        blocks=tuple(blocks),
        standfirst=standfirst,
        byline=_byline(item),
        published_at=published_at,
        date_basis=date_basis,
        dateline=item.text("dateline", "located"),
        credit=item.text("creditline", "copyrightnotice", "copyrightnotice_text"),
        language=language_of(item.names.get("language")),
        outlet=_outlet(item),
        section=_section(item),
        provider=_provider(item),
        guid=item.guid,
        version=version_of(item.text("version"), item.errors),
        pub_status=standing.pub_status,
        embargoed_until=standing.embargoed_until,
        editor_note=note(item.names.get("ednote")),
        usage_terms=_usage_terms(item),
        errors=tuple(dict.fromkeys([*item.errors, *standing.errors])),
    )


def _published(item: Item) -> tuple[datetime | None, str]:
    for name in ("versioncreated", "firstcreated", "contentcreated"):
        moment = moment_of(item.text(name))
        if moment:
            return moment.at, "stated" if moment.zone_stated else "inferred"
    return None, "unknown"


def _headline(item: Item) -> str:
    """The main headline; the title, which is metadata, only where there is none."""
    stated = [text.value for text in by_role(item.texts("headlines", "headline"), MAIN_ROLES)]
    for value in [*stated, item.text("title")]:
        line = one_line(html_line(value))
        if line and len(line) <= LONGEST_HEADLINE:
            return line
        if line:
            item.errors.append(f"A headline has {len(line)} characters, more than {LONGEST_HEADLINE}: “{line[:80]}…”.")
    return ""


def _standfirst(item: Item, blocks: Sequence[Block]) -> str:
    """A subheadline, else a summary, where the body does not begin with the same words. Captions are none."""
    if item.kind in PICTURES:
        return ""
    named = [text for text in item.texts("headlines", "headline") if role_of(text) in STANDFIRST_ROLES]
    described = [text for text in item.texts("descriptions", "description") if role_of(text) in ("", *STANDFIRST_ROLES)]
    lines = [one_line(html_line(text.value)) for text in [*named, *described]]
    return next((line for line in lines if line and not says_again(line, blocks)), "")


def _byline(item: Item) -> str:
    """The stated line, else the people or sources who are named as authors."""
    stated = item.text("by", "byline")
    if stated:
        return stated
    people = [*item.objects("people"), *item.objects("infosources")]
    named = [
        person.text("name")
        for person in people
        if last_part(person.text("rel", "role")).lower() in ("author", "creator")
    ]
    return ", ".join(dict.fromkeys(name for name in named if name))


def _outlet(item: Item) -> str:
    """Who provides the item by name: the source said to be the provider, else the first, else the rights' holder."""
    sources = item.objects("infosources")
    providers = [source for source in sources if last_part(source.text("role")).lower() in ("provider", "publisher")]
    named = (source.text("name", "literal") for source in [*providers, *sources])
    return next((name for name in named if name), item.text("copyrightholder"))


def _provider(item: Item) -> str:
    """Who gave out the ``uri``, which is the same for every version; only an address that names nobody asks further."""
    return authority_of(item.guid) or _outlet(item)


def _section(item: Item) -> str:
    """The first subject that has a name."""
    return next((name for subject in item.objects("subjects") if (name := subject.text("name"))), "")


def _usage_terms(item: Item) -> str:
    stated = note(item.names.get("usageterms"))
    links = [rights.text("linkedrights") for rights in _rights(item)]
    return "\n".join(line for line in [stated, *links] if line)


def _rights(item: Item) -> list[Item]:
    value = item.names.get("rightsinfo")
    return [item_of(value)] if isinstance(value, dict) else item.objects("rightsinfo")


def _say_what_is_missing(item: Item, headline: str, blocks: Sequence[Block], standing: Standing) -> None:
    """A notice that an item is withheld or canceled needs no text; any other item does."""
    if standing.pub_status in ("withheld", "canceled") or item.kind in NOT_COPY:
        return
    if not headline:
        item.errors.append("The item has no headline. Give it one.")
    if not blocks:
        partly = item.text("representationtype").lower() in ("partial", "incomplete", "associated")
        item.errors.append("Only a part of the item came, without its text." if partly else "The item has no text.")
