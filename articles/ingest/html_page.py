"""A news page, as its outlet serves it: the story with what its furniture was, and what the page says about it."""

from collections.abc import Collection, Sequence

from lxml import etree, html
from lxml.html import HtmlElement

from articles.anchoring.text import Block, BlockKind
from articles.ingest.charsets import declared_charsets, decode_document, storable
from articles.ingest.choices import restore
from articles.ingest.html_blocks import lines_of, with_dialogue
from articles.ingest.html_lines import parted_lines
from articles.ingest.html_story import Judged, judge
from articles.ingest.page_facts import PageFacts, base_url, page_facts, page_titles
from articles.ingest.page_sniffing import is_html_page
from articles.ingest.record import IncomingArticle, ReadingRefused, RemovedLine

LARGEST_PAGE = 10 * 1024 * 1024


class HtmlPageReader:
    """Reads the one article of an HTML page."""

    name = "html-page"

    def recognises(self, body: bytes, name: str) -> bool:
        """Whether the bytes begin as HTML does; a name alone proves nothing without a tag."""
        return is_html_page(body, name)

    def read(self, body: bytes, *, name: str = "", keep: Collection[int] = ()) -> list[IncomingArticle]:
        """Read the article; every visible line of the page near it that is left out is listed with its rule.

        :raises ReadingRefused: too large, no text, or no story.
        """
        if len(body) > LARGEST_PAGE:
            raise ReadingRefused(
                field="text",
                reason=f"The page has {len(body) / 1024 / 1024:.1f} MiB and the limit is "
                f"{LARGEST_PAGE // 1024 // 1024}. Copy the words of the story and paste them as plain text.",
            )
        decoded = decode_document(body, declared=declared_charsets(body))
        text, said = storable(decoded.text)
        root = _parsed(text)
        return [restore(_article(root, errors=[*decoded.errors, *said]), keep)]


def _parsed(text: str) -> HtmlElement:
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True, collect_ids=False
    )
    try:
        return html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ReadingRefused(
            field="text", reason="The page holds no text. Save it again, or paste its words."
        ) from error


def _article(root: HtmlElement, *, errors: Sequence[str]) -> IncomingArticle:
    titles = page_titles(root)
    lines = parted_lines(lines_of(root, base_url=base_url(root)), titles)
    facts = page_facts(root, lines, titles)
    judged = judge(root, lines, facts)
    blocks = with_dialogue([entry.line.block for entry in judged if not entry.rule])
    if not facts.headline:
        raise ReadingRefused(
            field="headline", reason="The page has no headline. Copy headline and story and paste them as plain text."
        )
    if not blocks:
        raise ReadingRefused(
            field="text",
            reason="There is no story on the page as it was saved. It may be drawn by a program after loading: "
            "copy the words of the story and paste them as plain text.",
        )
    return IncomingArticle(
        headline=facts.headline,
        blocks=tuple(blocks),
        removed=_removed(judged),
        standfirst=_standfirst(blocks),
        byline=facts.byline,
        published_at=facts.published_at,
        date_basis=facts.date_basis,
        language=facts.language,
        outlet=facts.outlet,
        section=facts.section,
        canonical_url=facts.canonical_url,
        errors=(*errors, *_doubts(facts)),
    )


def _standfirst(blocks: Sequence[Block]) -> str:
    return next((block.text for block in blocks if block.kind is BlockKind.STANDFIRST), "")


def _removed(judged: Sequence[Judged]) -> tuple[RemovedLine, ...]:
    removed, position = [], 0
    for entry in judged:
        if not entry.rule:
            position += 1
        elif entry.rule != "headline" and not entry.outside:
            removed.append(RemovedLine(entry.line.block.text, entry.rule, position))
    return tuple(removed)


def _doubts(facts: PageFacts) -> list[str]:
    if facts.is_free:
        return []
    return ["The outlet says this page is for subscribers: the story may be cut. Compare it with the whole piece."]
