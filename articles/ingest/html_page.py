"""A news page, as its outlet serves it: the story with what its furniture was, and what the page says about it."""

from collections.abc import Collection, Sequence

from lxml import etree, html
from lxml.html import HtmlElement

from articles.anchoring.text import Block, BlockKind
from articles.ingest.charsets import declared_charsets, decode_document, storable
from articles.ingest.choices import restore
from articles.ingest.decoding import HOW_TO_PASTE
from articles.ingest.html_blocks import finished, lines_of, with_dialogue
from articles.ingest.html_lines import parted_lines
from articles.ingest.html_pieces import LINE_END, UNWRITTEN
from articles.ingest.html_story import Judged, judge
from articles.ingest.page_facts import PageFacts, base_url, page_facts, page_titles
from articles.ingest.page_sniffing import is_html_page
from articles.ingest.record import IncomingArticle, ReadingRefused, RemovedLine

# Errors after which the parser leaves out the rest without a word.
GIVEN_UP = frozenset({"ERR_RESOURCE_LIMIT", "ERR_INTERNAL_ERROR", "ERR_NO_MEMORY"})
# Several times what the largest pages of outlets have.
MOST_ELEMENTS = 60_000
# In code points: what is told to machines is the story when so much of it is nowhere to be seen.
LONG_UNSEEN = 400
# In code points: how much of a doubtful line an error quotes.
LONGEST_QUOTED = 60
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
        root, cut = _parsed(text)
        return [restore(_article(root, errors=[*decoded.errors, *said, *cut]), keep)]


def _parsed(text: str) -> tuple[HtmlElement, list[str]]:
    """The page's tree, and a sentence when the parser gave up before its end."""
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True, collect_ids=False
    )
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ReadingRefused(
            field="text", reason="The page holds no text. Save it again, or paste its words."
        ) from error
    gave_up = any(entry.type_name in GIVEN_UP for entry in parser.error_log)
    return root, ["The page is nested deeper than can be read: what stands below that is missing."] if gave_up else []


def _article(root: HtmlElement, *, errors: Sequence[str]) -> IncomingArticle:
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise ReadingRefused(field="text", reason=f"The page has more than {MOST_ELEMENTS:,} elements. {HOW_TO_PASTE}")
    titles = page_titles(root)
    lines = parted_lines(lines_of(root, base_url=base_url(root)), titles)
    facts = page_facts(root, lines, titles)
    judged = judge(root, lines, facts)
    blocks = finished([entry.line.block for entry in judged if not entry.rule])
    unseen = _unseen_story(facts, blocks)
    if not facts.headline:
        raise ReadingRefused(
            field="headline", reason="The page has no headline. Copy headline and story and paste them as plain text."
        )
    if not (blocks or unseen):
        raise ReadingRefused(
            field="text",
            reason="There is no story on the page as it was saved. It may be drawn by a program after loading: "
            "copy the words of the story and paste them as plain text.",
        )
    return IncomingArticle(
        headline=facts.headline,
        blocks=tuple(unseen or blocks),
        removed=() if unseen else _removed(judged),
        standfirst=_standfirst(blocks),
        byline=facts.byline,
        published_at=facts.published_at,
        date_basis=facts.date_basis,
        language=facts.language,
        outlet=facts.outlet,
        section=facts.section,
        canonical_url=facts.canonical_url,
        errors=(*errors, *_doubts(facts, judged, unseen)),
    )


def _unseen_story(facts: PageFacts, blocks: Sequence[Block]) -> list[Block]:
    """The story as the page tells it to machines, where a program is to draw most of it and has not."""
    told = [row.strip() for body in facts.bodies for row in LINE_END.split(body.translate(UNWRITTEN)) if row.strip()]
    length = sum(map(len, told))
    if length < LONG_UNSEEN or sum(len(block.text) for block in blocks) > length / 4:
        return []
    return with_dialogue([Block(BlockKind.PARAGRAPH, " ".join(row.split())) for row in told])


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


def _doubts(facts: PageFacts, judged: Sequence[Judged], unseen: Sequence[Block]) -> list[str]:
    """Sentences on what an editor should look at."""
    doubts = []
    if not facts.is_free:
        doubts.append(
            "The outlet says this page is for subscribers: the story may be cut. Compare it with the whole piece."
        )
    if unseen:
        doubts.append("The page shows little of its story; the words are those it tells to search engines.")
    else:
        doubts += [f"Look whether this belongs to the story: “{_beginning(entry)}”" for entry in judged if entry.unsure]
    return doubts


def _beginning(entry: Judged) -> str:
    text = " ".join(entry.line.block.text.split())
    return text if len(text) <= LONGEST_QUOTED else f"{text[:LONGEST_QUOTED]}…"
