"""What stands round a story on its page goes, in whatever language it is labelled; what belongs to it stays."""

import pytest

from articles.ingest.html_page import HtmlPageReader
from articles.ingest.record import IncomingArticle

PARAGRAPHS = (
    "The harbour board voted on Monday to close the old quay, after a debate that lasted until midnight.",
    "“We have waited for eleven years,” said Ines Varga, who runs the last chandlery. “Now we wait for two more.”",
    "Work is to begin in March and will take two summers, according to the plan that the board published.",
    "The quay was built in 1893 and carried coal, then cars, then nothing at all for most of a generation.",
)
STORY = [f'<p class="t">{paragraph}</p>' for paragraph in PARAGRAPHS]


def read(*, inside: str = "", below: str = "") -> IncomingArticle:
    story = "".join([*STORY[:2], inside, *STORY[2:]])
    markup = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Board closes the old quay</title>
        <meta property="og:site_name" content="The Saltmere Ledger"></head><body><main>
        <h1>Board closes the old quay</h1><div class="w1">{story}</div>{below}</main></body></html>"""
    [article] = HtmlPageReader().read(markup.encode())
    return article


def texts(article: IncomingArticle) -> list[str]:
    return [block.text for block in article.blocks]


@pytest.mark.parametrize(
    "label",
    ["Annons", "Annonslänk", "Mainos", "Hirdetés", "Publicidade", "Espacio publicitario", "Pubblicità", "Διαφήμιση",
     "تبلیغات", "إعلان", "פרסומת", "विज्ञापन", "広告", "广告", "광고", "Quảng cáo"],
)  # fmt: skip
def test_labels_of_advertisements_go_in_the_middle_of_a_story(label: str) -> None:
    article = read(inside=f'<p class="t">{label}</p>')

    assert texts(article) == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "label",
    ["Mest läst", "Läs även", "Luetuimmat", "Más notas", "Las más leídas", "Notícias relacionadas",
     "Articoli correlati",
     "Czytaj więcej", "Nejčtenější", "Lees ook", "Самое читаемое", "Популярне", "Çok okunanlar", "الأكثر قراءة",
     "آخرین اخبار", "כתבות נוספות", "人気記事", "相关报道", "많이 본 뉴스", "People are also reading", "Terpopuler"],
)  # fmt: skip
def test_boxes_of_other_pieces_go_with_their_label(label: str) -> None:
    box = f'<div class="q1"><div>{label}</div><div>The bus is cold, and nobody knows whose it is.</div></div>'

    article = read(below=box)

    assert texts(article) == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "notice",
    [
        "Were you at the quay? Tell us what you saw.",
        "Do you have a story? Write to us.",
        "The Ledger is not responsible for the content of external sites.",
        "Copyright 2025 Harbour Wire. All rights reserved. This material may not be published or rewritten.",
        "To place an obituary in the Ledger, click here or call Marlene.",
        "Нашли ошибку? Выделите её и нажмите Ctrl+Enter.",
        "We may earn a commission from links on this page.",
        "文字サイズ 小 中 大",
        "写真一覧（全4枚）",
        "View gallery",
        "___",
    ],
)
def test_notices_to_the_visitor_go(notice: str) -> None:
    article = read(inside=f'<p class="t">{notice}</p>')

    assert texts(article) == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "sentence",
    [
        "Were you to ask Ines Varga, you would hear that nobody told the harbour what it saw.",
        "The brokers earn a commission on every crate that leaves the quay, the report says.",
        "Copyright is the last thing that harbour masters think of when they write songs.",
        "To place an order with the chandlery takes a week, and two when the ferry is late.",
        "Anyone may report an error in the register to the board, which meets on Mondays.",
    ],
)
def test_sentences_that_only_begin_like_notices_stay(sentence: str) -> None:
    article = read(inside=f'<p class="t">{sentence}</p>')

    assert sentence in texts(article)


@pytest.mark.parametrize(
    "credit",
    ["Photographer: Lotte Hahn for Ledger", "© Lars Petersen für The Saltmere Ledger", "Staff photo by V. Stulz",
     "Ledger photo by V. Stulz", "Per gentile concessione della Pro Loco", "Foto: Lena Orr", "Kuvaaja: Aino Mäki",
     "Lena Orr for The Saltmere Ledger", "Lena Orr - The Saltmere Ledger", "Beeld: ANP", "عکس: مهتاب رستگار"],
)  # fmt: skip
@pytest.mark.parametrize("markup", ['<span class="a">{}</span><span class="b">{}</span>', "<p>{}</p><p>{}</p>"])
def test_who_made_a_picture_is_no_caption(credit: str, markup: str) -> None:
    shown = "Ines Varga shuts the door of her shop on 5 April 2023."
    figure = f'<figure><img src="/a.jpg"><figcaption>{markup.format(shown, credit)}</figcaption></figure>'

    article = read(inside=figure)

    assert texts(article) == [*PARAGRAPHS[:2], shown, *PARAGRAPHS[2:]]


def test_the_caption_of_a_picture_in_a_carousel_stays_without_its_button() -> None:
    figure = """<div class="image carousel-inner"><figure><img src="/a.jpg"><figcaption><a class="x">Buy Now</a>
        <p>The quay at low tide, which is when the council counts the steps.</p></figcaption></figure></div>"""

    article = read(inside=figure)

    assert texts(article)[2] == "The quay at low tide, which is when the council counts the steps."
    assert "Buy Now" not in texts(article)


def test_a_box_of_facts_among_the_paragraphs_stays() -> None:
    box = (
        '<div class="q2"><div class="b">Good to know</div><ul><li>The quay is wet.</li><li>Bring boots</li></ul></div>'
    )

    article = read(inside=box)

    assert texts(article) == [*PARAGRAPHS[:2], "Good to know", "The quay is wet.", "Bring boots", *PARAGRAPHS[2:]]


@pytest.mark.parametrize(
    "box",
    [
        "<div>Come along</div><p>A letter each month, and free of charge.</p><a href='/n'>Yes</a>",
        "<div>Come along</div><p>A letter each month, and free of charge.</p><button>Yes</button>",
        "<div>Annonslänk</div><p>Boots that dry quickly cost nineteen pounds today.</p>",
    ],
)  # fmt: skip
def test_a_box_that_wants_something_of_the_reader_is_no_box_of_facts(box: str) -> None:
    article = read(inside=f'<div class="q3">{box}</div>')

    assert texts(article) == list(PARAGRAPHS)


def test_a_quotation_set_large_goes_also_where_the_story_says_in_its_middle_who_speaks() -> None:
    pulled = "“We have waited for eleven years. Now we wait for two more.”"

    article = read(inside=f'<blockquote class="z"><p>{pulled}</p><cite>Ines Varga</cite></blockquote>')

    assert texts(article) == list(PARAGRAPHS)


def test_a_quotation_that_the_story_does_not_say_stays_without_who_is_quoted() -> None:
    quoted = "The sea takes what it wants, and the board takes all of the rest."

    article = read(inside=f'<blockquote class="z"><p>{quoted}</p><cite>Una Brandt, poet</cite></blockquote>')

    assert texts(article) == [*PARAGRAPHS[:2], quoted, *PARAGRAPHS[2:]]


def test_a_list_that_a_paragraph_announces_stays() -> None:
    items = "<ul><li>Roads (Buck)</li><li>Piers</li></ul>"

    article = read(inside=f'<p class="t">Whoever lives near a quay is asked to call the board:</p>{items}')

    assert texts(article)[3:5] == ["Roads (Buck)", "Piers"]


def test_a_standfirst_that_names_the_author_is_no_byline() -> None:
    markup = f"""<!doctype html><meta charset="utf-8"><meta name="author" content="Una Brandt">
        <title>Board closes the old quay</title><h1>Board closes the old quay</h1>
        <h2>Una Brandt on why the boats of the harbour have never needed a quay at all</h2>{"".join(STORY)}"""

    [article] = HtmlPageReader().read(markup.encode())

    assert article.standfirst == "Una Brandt on why the boats of the harbour have never needed a quay at all"
    assert article.byline == "Una Brandt"


def test_a_paragraph_that_ends_with_a_german_quotation_mark_is_one() -> None:
    said = "Am Ende der Sitzung stand Boysen auf und sagte: „Wer nicht will deichen, der muss weichen.“"

    article = read(inside=f'<div class="q4"><h3>Was ist eine Schau?</h3><p>{said}</p></div>')

    assert said in texts(article)
