"""Arbitrary records whose parts obey the laws, for properties."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from articles.anchoring.text import BLANK_LINE, Block, BlockKind, InlineMark, canonical_text, normalise
from articles.ingest.record import IncomingAnnotation, IncomingArticle, RemovedLine

CHARACTERS = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\u202d\u202e\x85")
texts = st.text(CHARACTERS, max_size=40).map(normalise)
headlines = texts.map(str.strip).filter(bool)
block_texts = (
    st.text(st.one_of(CHARACTERS, st.just("\n")), min_size=1, max_size=60)
    .map(normalise)
    .filter(lambda text: bool(text.strip()) and text == text.strip("\n") and not BLANK_LINE.search(text))
)
moments = st.datetimes(
    min_value=datetime(1900, 1, 1),  # noqa: DTZ001 - the strategy sets the zone
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(hours=-3))]),
)
details = st.dictionaries(
    st.text(max_size=8).filter(lambda key: key not in {"type", "start", "end", "exact"}),
    st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.text(CHARACTERS, max_size=8)),
    max_size=3,
)

TEXT_FIELDS = ["standfirst", "byline", "dateline", "credit", "language", "outlet", "section"]
TEXT_FIELDS += ["canonical_url", "provider", "guid", "editor_note", "usage_terms"]


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    text = draw(block_texts)
    marks = []
    for _ in range(draw(st.integers(0, 2))):
        start = draw(st.integers(0, len(text) - 1))
        kind = draw(st.sampled_from(["link", "emphasis", "strong"]))
        marks.append(InlineMark(kind, start, draw(st.integers(start + 1, len(text))), "https://desk.example/a"))
    return Block(draw(st.sampled_from(BlockKind)), text, tuple(marks))


@st.composite
def articles(draw: st.DrawFn) -> IncomingArticle:
    headline, parts = draw(headlines), tuple(draw(st.lists(blocks(), min_size=1, max_size=4)))
    text = canonical_text(headline, parts)
    annotations = []
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        annotations.append(IncomingAnnotation("quote", start, end, text[start:end], draw(details)))
    lines = st.builds(RemovedLine, texts, st.just("share-bar"), st.integers(0, len(parts)))
    return IncomingArticle(
        headline=headline,
        blocks=parts,
        removed=tuple(draw(st.lists(lines, max_size=3))),
        annotations=tuple(annotations),
        published_at=draw(st.none() | moments),
        date_basis=draw(st.sampled_from(["stated", "inferred", "unknown"])),
        version=draw(st.none() | st.integers(0, 10**12)),
        pub_status=draw(st.sampled_from(["", "usable", "withheld", "canceled"])),
        embargoed_until=draw(st.none() | moments),
        errors=tuple(draw(st.lists(texts.filter(bool), max_size=2))),
        **{field: draw(texts) for field in TEXT_FIELDS},
    )
