"""No line of a story is lost to how its page is built: names that mislead, entries alike, large first letters."""

from articles.anchoring.text import BlockKind
from articles.ingest.html_page import HtmlPageReader
from articles.ingest.record import IncomingArticle

PARAGRAPHS = (
    "The harbour board voted on Monday to close the old quay, after a debate that lasted until midnight.",
    "“We have waited for eleven years,” said Ines Varga, who runs the last chandlery. “Now we wait for two more.”",
    "Work is to begin in March and will take two summers, according to the plan that the board published.",
    "The quay was built in 1893 and carried coal, then cars, then nothing at all for most of a generation.",
)
STORY = [f'<p class="t">{paragraph}</p>' for paragraph in PARAGRAPHS]
OTHER = "A second harbour lost its crane on Tuesday, and nobody has asked for it since the spring tide came in."


def read(body: str, *, head: str = "") -> IncomingArticle:
    markup = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Board closes the old quay</title>
        <meta property="og:site_name" content="The Saltmere Ledger">{head}</head><body>
        <main>{body}</main></body></html>"""
    [article] = HtmlPageReader().read(markup.encode())
    return article


def texts(article: IncomingArticle) -> list[str]:
    return [block.text for block in article.blocks]


def test_a_part_called_teaser_that_holds_paragraphs_built_as_the_story_is_belongs_to_it() -> None:
    paragraphs = [f'<div class="body"><p class="t">{paragraph}</p></div>' for paragraph in PARAGRAPHS]

    article = read(
        f'<h1>Board closes the old quay</h1><div class="teaser-content">{"".join(paragraphs[:2])}</div>'
        f'<div class="rest">{"".join(paragraphs[2:])}<div class="body"><p class="t">{OTHER}</p></div></div>'
    )

    assert texts(article) == [*PARAGRAPHS, OTHER]


def test_a_part_called_teaser_that_is_built_otherwise_does_not() -> None:
    teaser = f'<div class="teaser-content"><div class="sum"><p>{OTHER}</p><p>{OTHER[:-1]} again.</p></div></div>'

    article = read(f"<h1>Board closes the old quay</h1><div>{''.join(STORY)}</div>{teaser}")

    assert texts(article) == list(PARAGRAPHS)


def test_every_entry_of_a_live_report_is_read_where_each_is_an_article() -> None:
    entries = [
        f'<article class="entry"><div class="when">1{number}:05</div><h3>Vote {number} of the night</h3>'
        f'<div class="words"><p>{paragraph}</p></div></article>'
        for number, paragraph in enumerate([*PARAGRAPHS, OTHER])
    ]

    article = read(f"<h1>Board closes the old quay</h1><div>{''.join(entries)}</div>")

    assert [text for text in texts(article) if not text.startswith("Vote")] == [*PARAGRAPHS, OTHER]
    assert [text for text in texts(article) if text.startswith("Vote")] == [f"Vote {n} of the night" for n in range(5)]


def test_who_signs_an_entry_alone_is_no_line_of_it() -> None:
    entries = [
        f'<article class="entry"><p class="who">{name}</p><div class="words"><p>{paragraph}</p></div></article>'
        for name, paragraph in zip(["Ann Lee", "Bo Roth", "Ann Lee", "Bo Roth"], PARAGRAPHS, strict=True)
    ]

    article = read(
        f"<h1>Board closes the old quay</h1><p>By Ann Lee and Bo Roth</p><div>{''.join(entries)}</div>",
        head='<meta name="author" content="Ann Lee"><meta name="author" content="Bo Roth">',
    )

    assert texts(article) == list(PARAGRAPHS)


def test_the_next_story_below_is_none_of_this_one_although_it_is_built_alike() -> None:
    following = f'<article class="post"><h1>Crane is missed</h1><div class="w"><p class="t">{OTHER}</p></div></article>'

    article = read(
        f'<article class="post"><h1>Board closes the old quay</h1><div class="w">{"".join(STORY)}</div></article>'
        f"{following}"
    )

    assert texts(article) == list(PARAGRAPHS)


def test_a_large_first_letter_stays_in_its_word() -> None:
    letter = '<span class="drop-cap"><span class="drop-cap__inner">T</span></span>'
    first = f"<p>{letter}{PARAGRAPHS[0][1:]}</p>"

    article = read(f"<h1>Board closes the old quay</h1><div>{first}{''.join(STORY[1:])}</div>")

    assert texts(article) == list(PARAGRAPHS)


def test_a_first_paragraph_with_a_large_letter_is_no_standfirst() -> None:
    first = f'<p class="t has-drop-cap">{PARAGRAPHS[0]}</p>'

    article = read(f'<h1>Board closes the old quay</h1><div class="w">{first}{"".join(STORY[1:])}</div>')

    assert [block.kind for block in article.blocks] == [BlockKind.PARAGRAPH] * 4


def test_captions_in_the_masthead_of_a_story_stay_and_the_count_of_its_slides_goes() -> None:
    slides = (
        '<div class="asset-masthead"><figure><img src="/a.jpg"><figcaption>The old quay on Monday.</figcaption>'
        "</figure><div>1 of 2</div></div>"
    )

    article = read(f"<h1>Board closes the old quay</h1>{slides}<div>{''.join(STORY)}</div>")

    assert texts(article) == ["The old quay on Monday.", *PARAGRAPHS]


def test_one_short_line_that_its_element_calls_a_heading_is_one() -> None:
    paragraphs = [f'<div class="rec"><div class="words">{paragraph}</div></div>' for paragraph in PARAGRAPHS]
    heading = '<div class="rec"><div class="t-heading t-heading_md">Ears in the depot</div></div>'

    article = read(f"<h1>Board closes the old quay</h1>{''.join(paragraphs[:2])}{heading}{''.join(paragraphs[2:])}")

    assert [block.text for block in article.blocks if block.kind is BlockKind.HEADING] == ["Ears in the depot"]
