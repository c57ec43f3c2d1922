"""A page of an outlet becomes the story, and everything else on it is named."""

import json
from collections.abc import Collection
from pathlib import Path

import pytest

from articles.anchoring.text import BlockKind
from articles.ingest.html_page import LARGEST_PAGE, HtmlPageReader
from articles.ingest.record import IncomingArticle, ReadingRefused

PARAGRAPHS = [
    "The harbour board voted on Monday to close the old quay, after a debate that lasted until midnight.",
    "“We have waited for eleven years,” said Ines Varga, who runs the last chandlery on the water’s edge.",
    "Work is to begin in March and will take two summers, according to the plan that the board published.",
    "The quay was built in 1893 and carried coal, then cars, then nothing at all for most of a generation.",
]


def page(body: str = "", head: str = "", headline: str = "Board closes the old quay") -> bytes:
    story = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    markup = f"""<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
        <title>{headline} | The Saltmere Ledger</title>{head}</head><body>
        <nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
        <main><article><h1>{headline}</h1>{story}{body}</article></main></body></html>"""
    return markup.encode()


def read(body: bytes, keep: Collection[int] = ()) -> IncomingArticle:
    [article] = HtmlPageReader().read(body, keep=keep)
    return article


def texts(article: IncomingArticle) -> list[str]:
    return [block.text for block in article.blocks]


def rules(article: IncomingArticle) -> dict[str, str]:
    return {line.text: line.rule for line in article.removed}


def test_the_story_comes_out_with_its_headline_and_nothing_of_the_page() -> None:
    article = read(page())

    assert article.headline == "Board closes the old quay"
    assert texts(article) == PARAGRAPHS
    assert article.removed == ()


def test_fields_come_from_what_the_page_says_to_machines() -> None:
    described = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Board closes the old quay",
        "datePublished": "2024-02-12T21:40:00+00:00",
        "author": [{"@type": "Person", "name": "Mo Adair"}, {"@type": "Person", "name": "Ida Roth"}],
        "publisher": {"@type": "Organization", "name": "The Saltmere Ledger"},
        "articleSection": "Harbour",
    }
    head = f'<script type="application/ld+json">{json.dumps(described)}</script>'

    article = read(page(head=head + '<link rel="canonical" href="https://ledger.example/quay">'))

    assert (article.byline, article.outlet, article.section) == ("Mo Adair, Ida Roth", "The Saltmere Ledger", "Harbour")
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2024-02-12T21:40:00+00:00"
    assert (article.date_basis, article.language) == ("stated", "en-GB")
    assert article.canonical_url == "https://ledger.example/quay"


def test_fields_that_are_only_printed_are_read_from_the_page() -> None:
    article = read(page().replace(b"</h1>", b"</h1><div>By Mo Adair</div><div>12 February 2024, 21:40</div>", 1))

    assert article.byline == "Mo Adair"
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2024-02-12T21:40:00+00:00"
    assert rules(article) == {"By Mo Adair": "byline", "12 February 2024, 21:40": "publication-date"}


@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        ('<div class="share-bar"><a href="/f">On Facebook</a></div>', "share-bar"),
        ('<div class="x9"><h3>Most read</h3><a href="/1">A bridge too many</a></div>', "related-headlines"),
        ('<div class="newsletter-box"><p>The week at sea, every Friday.</p></div>', "newsletter"),
        ('<section id="comments"><p>I never read such a thing in my life.</p></section>', "comment-form"),
        ('<div class="cookie-banner"><p>We use cookies to know what you look at.</p></div>', "cookie-notice"),
        ('<div class="ad-slot">Fly to the sun from £19</div>', "ad-label"),
        ("<button>Remember this</button>", "button"),
    ],
)  # fmt: skip
def test_parts_beside_the_story_are_removed_and_named(markup: str, rule: str) -> None:
    article = read(page(markup))

    assert texts(article) == PARAGRAPHS
    assert rule in rules(article).values()


def test_a_caption_stays_and_its_credit_goes() -> None:
    article = read(
        page("<figure><img src='/a.jpg'><figcaption>The quay at dusk. Photo: Lena Orr/Ledger</figcaption></figure>")
    )

    assert article.blocks[-1].kind is BlockKind.CAPTION
    assert article.blocks[-1].text == "The quay at dusk."
    assert rules(article) == {"Photo: Lena Orr/Ledger": "photo-credit"}


def test_a_standfirst_is_a_block_and_a_field() -> None:
    markup = page().replace(b"</h1>", b'</h1><p class="standfirst">Two summers of work follow a long debate</p>', 1)

    article = read(markup)

    assert article.blocks[0].kind is BlockKind.STANDFIRST
    assert article.standfirst == "Two summers of work follow a long debate"


def test_a_pull_quote_that_repeats_the_story_goes() -> None:
    article = read(page('<div class="big"><p>We have waited for eleven years</p></div>'))

    assert rules(article) == {"We have waited for eleven years": "pull-quote"}


def test_tables_lists_and_quotations_of_the_story_stay() -> None:
    markup = """<table><tr><td>Closed</td><td>1893</td></tr></table>
        <ul><li>The north quay, which was never finished.</li></ul>
        <blockquote><p>The sea takes what it wants, and the board takes all of the rest.</p></blockquote>"""

    article = read(page(markup))

    assert [block.kind.value for block in article.blocks[4:]] == ["table_row", "list_item", "quotation"]


def test_a_heading_stays_only_where_something_of_the_story_follows() -> None:
    article = read(page(f"<h2>What comes next</h2><p>{PARAGRAPHS[0]}</p><h2>Another matter</h2>"))

    assert "What comes next" in texts(article)
    assert "Another matter" not in texts(article)


def test_a_removed_line_comes_back_where_it_stood() -> None:
    markup = page(
        '<div class="newsletter"><p>The week at sea, every Friday.</p></div><p>It rained all day long on Monday.</p>'
    )

    article = read(markup, keep=[0])

    assert texts(article)[4:] == ["The week at sea, every Friday.", "It rained all day long on Monday."]
    assert article.removed == ()


def test_a_line_that_was_not_removed_cannot_come_back() -> None:
    with pytest.raises(ReadingRefused, match="no removed line 9"):
        read(page(), keep=[9])


def test_a_page_for_subscribers_says_that_it_may_be_cut() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'

    article = read(page(head=head))

    assert article.errors == (
        "The outlet says this page is for subscribers: the story may be cut. Compare it with the whole piece.",
    )


def test_words_stay_as_the_outlet_wrote_them() -> None:
    written = "«Non», dit-il — 10\u202f000\u00a0€ … “so” ‘it’ „is“ – yes, and that is all there was to say."

    assert texts(read(page(f"<p>{written}</p>")))[-1] == written


def test_a_page_without_a_story_is_refused() -> None:
    with pytest.raises(ReadingRefused) as refused:
        read(b"<!doctype html><title>Loading</title><div id=root></div><script>draw()</script>")

    assert refused.value.field in ("text", "headline")


def test_a_story_that_is_only_told_to_machines_is_taken_and_said() -> None:
    told = json.dumps({"@type": "NewsArticle", "headline": "Quay closed", "articleBody": "\n".join(PARAGRAPHS)})

    article = read(f'<!doctype html><script type="application/ld+json">{told}</script><h1>Quay closed</h1>'.encode())

    assert texts(article) == PARAGRAPHS
    assert article.errors == ("The page shows little of its story; the words are those it tells to search engines.",)


def test_a_page_without_a_headline_is_refused() -> None:
    with pytest.raises(ReadingRefused) as refused:
        read(f"<!doctype html><p>{PARAGRAPHS[0]}</p>".encode())

    assert refused.value.field == "headline"


def test_a_page_that_is_too_large_is_refused() -> None:
    with pytest.raises(ReadingRefused, match="limit is 10"):
        read(b"<!doctype html>" + b" " * LARGEST_PAGE)


def test_training_pages_come_out_with_their_headlines_and_words() -> None:
    folder = Path(__file__).parent / "pages" / "training"
    for gold_file in sorted(folder.glob("*.json")):
        gold = json.loads(gold_file.read_text(encoding="utf-8"))

        article = read(gold_file.with_suffix(".html").read_bytes())

        found = " ".join("\n".join(texts(article)).split())
        lost = [line["text"] for line in gold["body"] if line["text"] not in found]
        assert article.headline == gold["headline"], gold_file.stem
        assert len(lost) <= 1, (gold_file.stem, lost)


def test_buttons_and_subjects_below_a_story_are_known_by_where_their_links_lead() -> None:
    sharing = (
        '<div class="x1"><a href="https://wa.me/?text=a">Pass on</a><a href="https://x.com/intent/post">X</a></div>'
    )
    subjects = '<div class="x2"><b>See</b><a href="/tag/herring">herring</a><a href="/tag/boats">boats</a></div>'

    article = read(page(sharing + subjects))

    assert texts(article) == PARAGRAPHS
    assert set(rules(article).values()) >= {"share-bar", "tags"}


def test_a_paragraph_on_the_author_below_the_story_is_no_part_of_it() -> None:
    about = "Ann Lee writes about herring and the people who catch it for a living."

    article = read(page(f'<div class="x3"><p class="x4">{about}</p></div>', '<meta name="author" content="Ann Lee">'))

    assert texts(article) == PARAGRAPHS
    assert rules(article)[about] == "author-box"


def plain_page(*parts: str, title: str = "Board closes the old quay") -> bytes:
    """A page that tells machines nothing but its title."""
    markup = f'<!doctype html><meta charset="utf-8"><title>{title}</title><body>{"".join(parts)}</body>'
    return markup.encode()


STORY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
HEADLINE = "<h1>Board closes the old quay</h1>"


@pytest.mark.parametrize(
    ("above", "below", "byline"),
    [
        ("<div>3 May 2020 | Read 391 times | Mo Adair</div>", "", "Mo Adair"),
        ("<div>By Mo Adair and Ida Roth · 3 May 2020</div>", "", "Mo Adair, Ida Roth"),
        ('<div>3 May 2020 <a rel="author" href="/mo">Mo Adair</a> in the harbour</div>', "", "Mo Adair"),
        ("<div>입력2020.05.03. 오전 11:02 한서윤 기자</div>", "", "한서윤"),
        ("", "<p><b>Mo Adair</b></p>", "Mo Adair"),
        ("", "<address>Mo Adair</address>", "Mo Adair"),
        ("<div>Old Quay</div>", "<p><b>Two Long Summers</b></p><p>It will be loud, says the board, and dusty.</p>", ""),
        ("", "<address>12 Harbour Street, Saltmere</address>", ""),
    ],
)  # fmt: skip
def test_a_printed_byline_is_read_where_it_can_be_nothing_else(above: str, below: str, byline: str) -> None:
    article = read(plain_page(HEADLINE, above, STORY, below))

    assert article.byline == byline


def test_reporters_of_a_dateline_are_the_byline() -> None:
    dateline = (
        "<p>云岭新闻网石门9月8日电（记者方石、何晓晨）在石门山里走了三十六年邮路的乡邮员送出了他的最后一封信。</p>"
    )

    article = read(plain_page(HEADLINE, dateline, STORY))

    assert article.byline == "方石, 何晓晨"


def test_names_that_are_printed_complete_those_told_to_machines() -> None:
    markup = page(head='<meta name="author" content="Ida Roth">').replace(
        b"</h1>", b"</h1><div>By Mo Adair and Ida Roth</div>", 1
    )

    assert read(markup).byline == "Mo Adair, Ida Roth"


def test_the_headline_stands_below_the_masthead_that_the_title_names() -> None:
    masthead = '<h1>Saltmere Ledger</h1><p><a href="/">Home</a> <a href="/sport">Sport</a></p>'

    article = read(plain_page(masthead, "<h2>Board closes the old quay</h2>", STORY, title="Saltmere Ledger - news"))

    assert (article.headline, article.outlet) == ("Board closes the old quay", "Saltmere Ledger")
    assert texts(article) == PARAGRAPHS


def test_a_headline_of_few_words_is_no_masthead() -> None:
    links = '<p><a href="/a">Harbour</a> <a href="/b">Quays</a></p>'

    article = read(
        plain_page("<h1>Quay closes</h1>", "<h2>Two summers of work</h2>", links, STORY, title="Quay closes")
    )

    assert article.headline == "Quay closes"


def test_a_day_that_the_story_tells_of_is_not_its_own() -> None:
    tells = "<p>The quay was opened with coal and a brass band on 2 June 1911, in the rain, by the old king.</p>"

    article = read(plain_page("<div>Saturday 19 March 2016</div>", HEADLINE, tells, STORY))

    assert article.published_at is not None
    assert article.published_at.date().isoformat() == "2016-03-19"


def test_elements_of_the_page_s_own_making_are_lines_unless_words_stand_beside_them() -> None:
    told = [f"{PARAGRAPHS[0]} Twice.", f"{PARAGRAPHS[2]} It poured on Tuesday."]
    markup = "".join(f"<x-text>{text.replace('poured', '<x-mark>poured</x-mark>')}</x-text>" for text in told)

    article = read(page(f"<x-story>{markup}</x-story>"))

    assert texts(article)[4:] == told


def test_the_number_that_opens_a_heading_is_no_part_of_it() -> None:
    article = read(page(f"<h2><span>1</span>The north quay</h2><p>{PARAGRAPHS[0]} So it goes.</p>"))

    assert texts(article)[4] == "The north quay"
    assert rules(article) == {"1": "page-number"}


def test_a_heading_keeps_the_number_that_it_says() -> None:
    article = read(page(f"<h2><span>12</span> boats that stay</h2><p>{PARAGRAPHS[0]} So it goes.</p>"))

    assert texts(article)[4] == "12 boats that stay"


def test_slides_keep_what_they_show_without_their_numbers_and_credits() -> None:
    shown = ["The quay at dusk, with the last of the cranes", "Ines Varga, 71, shuts the door of her shop"]
    slides = "".join(f'<article><img src="/{n}.jpg"><div>{n} di 2</div><div>{text}</div><div>Foto: Lo</div></article>'
                     for n, text in enumerate(shown, start=1))  # fmt: skip

    article = read(page(f"<div>{slides}</div>"))

    assert texts(article)[4:] == shown
    assert set(rules(article).values()) == {"page-number", "photo-credit"}


def test_who_made_a_picture_for_whom_is_known_in_brackets() -> None:
    caption = "<figure><img src='/a.jpg'><figcaption>The quay at dusk. (Lena Orr/The Ledger)</figcaption></figure>"

    article = read(page(caption))

    assert texts(article)[-1] == "The quay at dusk."


def test_what_a_program_of_the_page_is_to_draw_vouches_for_a_box_of_the_story() -> None:
    boxed = "I plowed the road. The road was where it always is. I can speak for no mailbox"
    state = json.dumps({"props": {"body": " ".join([*PARAGRAPHS, boxed])}})

    article = read(page(f'<div class="q7"><div>{boxed}</div></div><p>{PARAGRAPHS[0]} Again.</p>',
                        f'<script type="application/json">{state}</script>'))  # fmt: skip

    assert boxed in texts(article)
