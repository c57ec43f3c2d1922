"""Who wrote a piece, in the many ways outlets say it to machines and print it."""

import json

import pytest

from articles.ingest.html_page import HtmlPageReader

PARAGRAPHS = (
    "The harbour board voted on Monday to close the old quay, after a debate that lasted until midnight.",
    "“We have waited for eleven years,” said Ines Varga, who runs the last chandlery on the water’s edge.",
    "Work is to begin in March and will take two summers, according to the plan that the board published.",
    "The quay was built in 1893 and carried coal, then cars, then nothing at all for most of a generation.",
)
STORY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def byline(*, head: str = "", above: str = "", below: str = "", beside: str = "") -> str:
    markup = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Board closes the old quay</title>
        <meta property="og:site_name" content="The Saltmere Ledger">{head}</head><body>
        <nav><a href="/">Home</a> <a href="/harbour">Harbour Life</a></nav>
        <main><article><header><h1>Board closes the old quay</h1>{above}</header><div>{STORY}</div>{below}</article>
        {beside}</main></body></html>"""
    [article] = HtmlPageReader().read(markup.encode())
    return article.byline


def linked(author: object, *others: object, **more: object) -> str:
    piece = {"@type": "NewsArticle", "headline": "Board closes the old quay", "author": author, **more}
    described = {"@context": "https://schema.org", "@graph": [piece, *others]}
    return f'<script type="application/ld+json">{json.dumps(described)}</script>'


ANN = {"@type": "Person", "@id": "#ann", "name": "Ann Lee"}


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@type": "Person", "name": "Ann Lee"}, "Ann Lee"),
        ([{"@type": "Person", "name": "Ann Lee"}, {"@type": "Person", "name": "Bo Roth"}], "Ann Lee, Bo Roth"),
        ("Ann Lee", "Ann Lee"),
        (["Ann Lee", "Bo Roth"], "Ann Lee, Bo Roth"),
        ({"@id": "#ann"}, "Ann Lee"),
        ("#ann", "Ann Lee"),
        ({"@type": "Person", "name": ["Ann Lee", "Bo Roth"]}, "Ann Lee, Bo Roth"),
        ({"@type": "Person", "givenName": "Ann", "familyName": "Lee"}, "Ann Lee"),
        ({"@type": "Person", "name": {"@value": "Ann Lee"}}, "Ann Lee"),
        ("Ann Lee and Bo Roth", "Ann Lee, Bo Roth"),
        ("By Ann Lee", "Ann Lee"),
        ("ANN LEE", "Ann Lee"),
        ("Ann Lee, Political Editor", "Ann Lee"),
        ("Ann Lee (Reuters)", "Ann Lee"),
        ("Ann Lee | The Saltmere Ledger", "Ann Lee"),
        ("Ann Lee ann@ledger.example", "Ann Lee"),
        ("Ann Lee @annlee", "Ann Lee"),
        ({"@type": "Person", "name": "Se&aacute;n O&#039;Shea"}, "Seán O'Shea"),
        (["Ann Lee", "ann lee", "ANN LEE"], "Ann Lee"),
        ([{"@type": "Person", "name": "Ann Lee"}, {"@type": "Organization", "name": "Harbour Wire"}], "Ann Lee"),
        ({"@type": "Person", "name": "J. K. van der Berg-Lee"}, "J. K. van der Berg-Lee"),
        ({"@type": "Person", "name": "Martin Luther Lee, Jr."}, "Martin Luther Lee, Jr."),
        ({"@type": "Person", "name": "Ólöf Jónsdóttir"}, "Ólöf Jónsdóttir"),
        ({"@type": "Person", "name": "Sting"}, "Sting"),
    ],
)
def test_authors_told_in_json_ld_are_the_byline(author: object, names: str) -> None:
    assert byline(head=linked(author, ANN)) == names


@pytest.mark.parametrize(
    "author",
    [
        {"@type": "Organization", "name": "Harbour Wire"},
        {"@type": "NewsMediaOrganization", "name": "Harbour Wire"},
        "The Saltmere Ledger",
        "Saltmere Ledger",
        "Saltmere Ledger Staff",
        "Staff",
        "Staff Writer",
        "admin",
        "Editor",
        "Editorial Board",
        "News Desk",
        "Web Desk",
        "Newsroom",
        "Redaktion",
        "La Rédaction",
        "Redacción",
        "Redazione",
        "Da Redação",
        "Redakcja",
        "Redactie",
        "Редакция",
        "Reuters",
        "AFP",
        "Associated Press",
        "dpa",
        "https://ledger.example/people/ann-lee",
        "@saltmereledger",
        "",
    ],
)
def test_whoever_is_no_person_is_no_byline(author: object) -> None:
    assert byline(head=linked(author)) == ""


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ('<meta name="author" content="Ann Lee">', "Ann Lee"),
        ('<meta name="Author" content="By Ann Lee and Bo Roth">', "Ann Lee, Bo Roth"),
        ('<meta name="author" content="Ann Lee"><meta name="author" content="Bo Roth">', "Ann Lee, Bo Roth"),
        ('<meta property="article:author" content="https://www.facebook.com/annlee">', ""),
        ('<meta property="article:author" content="https://ledger.example/a"><meta name="byl" content="By Ann Lee">',
         "Ann Lee"),
        ('<meta name="twitter:creator" content="@annlee">', ""),
        ('<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ann Lee">', "Ann Lee"),
        ('<meta name="twitter:label1" content="Reading time"><meta name="twitter:data1" content="Ann Lee">', ""),
        ('<meta name="DC.creator" content="Ann Lee">', "Ann Lee"),
        ('<meta name="dcterms.creator" content="Ann Lee">', "Ann Lee"),
        ('<meta name="parsely-author" content="Ann Lee"><meta name="parsely-author" content="Bo Roth">',
         "Ann Lee, Bo Roth"),
        ('<meta name="sailthru.author" content="Ann Lee">', "Ann Lee"),
        ('<meta name="cXenseParse:author" content="Ann Lee">', "Ann Lee"),
        ('<meta property="og:article:author" content="Ann Lee">', "Ann Lee"),
        ('<meta name="author" content="The Saltmere Ledger"><meta name="citation_author" content="Ann Lee">',
         "Ann Lee"),
        ('<meta name="author" content="Ann Lee;Bo Roth">', "Ann Lee, Bo Roth"),
        ('<meta name="author" content="wp_admin7">', ""),
    ],
)  # fmt: skip
def test_authors_told_in_meta_elements_are_the_byline(head: str, names: str) -> None:
    assert byline(head=head) == names


@pytest.mark.parametrize(
    ("above", "names"),
    [
        ('<span itemprop="author" itemscope><meta itemprop="name" content="Ann Lee"></span>', "Ann Lee"),
        ('<div itemprop="author" itemscope><a itemprop="url" href="/a"><span itemprop="name">Ann Lee</span></a>'
         '<span itemprop="jobTitle">Harbour reporter</span></div>', "Ann Lee"),
        ('<span itemprop="author" itemscope><b itemprop="name">Ann Lee</b></span> and '
         '<span itemprop="author" itemscope><b itemprop="name">Bo Roth</b></span>', "Ann Lee, Bo Roth"),
        ('<span property="schema:author" typeof="Person"><span property="schema:name">Ann Lee</span></span>',
         "Ann Lee"),
        ('<span class="author vcard"><a class="url fn n" href="/a">Ann Lee</a></span>', "Ann Lee"),
        ('<p>On <time>3 May 2020</time> by <span class="byline"><a rel="author" href="/a">Ann Lee</a></span></p>',
         "Ann Lee"),
    ],
)  # fmt: skip
def test_authors_marked_on_the_page_are_the_byline(above: str, names: str) -> None:
    assert byline(above=above) == names


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("By Ann Lee", "Ann Lee"),
        ("BY ANN LEE", "Ann Lee"),
        ("By: Ann Lee", "Ann Lee"),
        ("by Ann Lee in Oslo", "Ann Lee"),
        ("By Ann Lee and Bo Roth", "Ann Lee, Bo Roth"),
        ("By Ann Lee, Bo Roth and Cy Dunn", "Ann Lee, Bo Roth, Cy Dunn"),
        ("By Ann Lee & Bo Roth", "Ann Lee, Bo Roth"),
        ("By Ann Lee, Political Editor", "Ann Lee"),
        ("By Ann Lee, Harbour Wire", "Ann Lee"),
        ("By Ann Lee for The Saltmere Ledger", "Ann Lee"),
        ("By Ann Lee | Staff Writer", "Ann Lee"),
        ("By Ann Lee • Harbour Wire", "Ann Lee"),
        ("By Ann Lee @annlee", "Ann Lee"),
        ("By Ann Lee ann@ledger.example", "Ann Lee"),
        ("By Ann Lee (804) 555-0142", "Ann Lee"),
        ("By Ann Lee · 3 May 2020 · 4 min read", "Ann Lee"),
        ("By Ann Lee, 3 May 2020", "Ann Lee"),
        ("By Ann Lee on May 3, 2020", "Ann Lee"),
        ("By Ann Lee Published 3 May 2020", "Ann Lee"),
        ("3rd May 2020 by Ann Lee", "Ann Lee"),
        ("Posted on May 3, 2020 by Ann Lee", "Ann Lee"),
        ("Submitted by Ann Lee on Sun, 05/03/2020 - 10:00", "Ann Lee"),
        ("Written by Ann Lee", "Ann Lee"),
        ("Words by Ann Lee", "Ann Lee"),
        ("Words: Ann Lee", "Ann Lee"),
        ("Interview by Ann Lee", "Ann Lee"),
        ("Analysis by Ann Lee", "Ann Lee"),
        ("Words by Ann Lee, photographs by Bo Roth", "Ann Lee"),
        ("Story and photos by Ann Lee", "Ann Lee"),
        ("Text and photos: Ann Lee", "Ann Lee"),
        ("Ann Lee and Bo Roth report from the harbour", ""),
        ("Von Ann Lee", "Ann Lee"),
        ("Von Ann Lee und Bo Roth", "Ann Lee, Bo Roth"),
        ("Von Ann Lee, Hamburg", "Ann Lee"),
        ("Von unserer Korrespondentin Ann Lee", "Ann Lee"),
        ("Ein Gastbeitrag von Ann Lee", "Ann Lee"),
        ("Eine Reportage von Ann Lee und Bo Roth, Nordholm", "Ann Lee, Bo Roth"),
        ("Text: Ann Lee, Fotos: Bo Roth", "Ann Lee"),
        ("Interview: Ann Lee", "Ann Lee"),
        ("Par Ann Lee", "Ann Lee"),
        ("Par Ann Lee (Saint-Roch, envoyée spéciale)", "Ann Lee"),
        ("Par Ann Lee et Bo Roth", "Ann Lee, Bo Roth"),
        ("Par Ann Lee, avec AFP", "Ann Lee"),
        ("Propos recueillis par Ann Lee", "Ann Lee"),
        ("Publié le 3 mai 2020 par Ann Lee", "Ann Lee"),
        ("Por Ann Lee", "Ann Lee"),
        ("Por Ann Lee y Bo Roth", "Ann Lee, Bo Roth"),
        ("Por Ann Lee, de Lisboa", "Ann Lee"),
        ("Texto: Ann Lee", "Ann Lee"),
        ("Ann Lee / Bo Roth", ""),
        ("di Ann Lee", "Ann Lee"),
        ("di Ann Lee e Bo Roth", "Ann Lee, Bo Roth"),
        ("A cura di Ann Lee", "Ann Lee"),
        ("Door Ann Lee", "Ann Lee"),
        ("Door onze redacteur Ann Lee", "Ann Lee"),
        ("Geschreven door Sjoukje van Eeden", "Sjoukje van Eeden"),
        ("Av Ann Lee", "Ann Lee"),
        ("Text: Maja Sjödin", "Maja Sjödin"),
        ("Text och foto: Maja Sjödin", "Maja Sjödin"),
        ("Af Ann Lee", "Ann Lee"),
        ("Skrevet av Ann Lee", "Ann Lee"),
        ("Teksti: Aino Mäki", "Aino Mäki"),
        ("Autor: Jagoda Wrońska", "Jagoda Wrońska"),
        ("Autorzy: Jagoda Wrońska, Olek Turski", "Jagoda Wrońska, Olek Turski"),
        ("Rozmawiała Jagoda Wrońska", "Jagoda Wrońska"),
        ("Tekst: Jagoda Wrońska", "Jagoda Wrońska"),
        ("Napsala Jana Nováková", "Jana Nováková"),
        ("Írta: Kovács Anna", "Kovács Anna"),
        ("Scris de Ana Ionescu", "Ana Ionescu"),
        ("De Gouden Eeuw", ""),
        ("Автор: Инна Ветрова", "Инна Ветрова"),
        ("Текст: Инна Ветрова", "Инна Ветрова"),
        ("Беседовала Инна Ветрова", "Инна Ветрова"),
        ("Инна Ветрова, корреспондент", ""),
        ("Авторка: Олена Гаврилюк", "Олена Гаврилюк"),
        ("Ведуть Марко Тесля та Соломія Грицай", "Марко Тесля, Соломія Грицай"),
        ("Haber: Sevgi Akıncı", "Sevgi Akıncı"),
        ("Yazan: Sevgi Akıncı", "Sevgi Akıncı"),
        ("Muhabir: Sevgi AKINCI / İSKELEKÖY", "Sevgi AKINCI"),
        ("Του Γιώργου Παππά", "Γιώργου Παππά"),
        ("Oleh: Dewi Lestari", "Dewi Lestari"),
        ("بقلم: سلمى الخطيب", "سلمى الخطيب"),
        ("كتبت: سلمى الخطيب", "سلمى الخطيب"),
        ("إعداد: سلمى الخطيب", "سلمى الخطيب"),
        ("گزارش: مهتاب رستگار", "مهتاب رستگار"),
        ("نویسنده: مهتاب رستگار", "مهتاب رستگار"),
        ("خبرنگار: مهتاب رستگار", "مهتاب رستگار"),
        ("מאת: נועם זילברשטט", "נועם זילברשטט"),
        ("מאת נועם זילברשטט", "נועם זילברשטט"),
        ("रिपोर्ट: सुनील बघेल", "सुनील बघेल"),
        ("लेखक: सुनील बघेल", "सुनील बघेल"),
        ("文：森下加代", "森下加代"),
        ("文・写真　森下加代", "森下加代"),
        ("撰文：麥可晴", "麥可晴"),
        ("作者：陆知秋", "陆知秋"),
        ("本报记者 陆知秋", "陆知秋"),
        ("文｜陆知秋", "陆知秋"),
        ("한서윤 기자", "한서윤"),
        ("글 한서윤 기자", "한서윤"),
        ("By Staff", ""),
        ("By the Saltmere Ledger", ""),
        ("By The Associated Press", ""),
        ("By Reuters Staff", ""),
        ("Von der Redaktion", ""),
        ("By popular demand", ""),
        ("By Monday", ""),
        ("Photo by Ann Lee", ""),
        ("Foto: Ann Lee", ""),
        ("Edited by Ann Lee", ""),
        ("Fact-checked by Ann Lee", ""),
        ("Translated by Ann Lee", ""),
        ("By the numbers: What Closing Costs", ""),
    ],
)  # fmt: skip
def test_a_line_that_says_who_wrote_is_the_byline(printed: str, names: str) -> None:
    assert byline(above=f"<div>{printed}</div>") == names


@pytest.mark.parametrize(
    ("above", "names"),
    [
        # Names in elements that are called after what they hold.
        ('<div class="byline"><span>Ann Lee</span></div>', "Ann Lee"),
        ('<div class="article-meta__authors"><a href="/x">Ann Lee</a>, <a href="/y">Bo Roth</a></div>',
         "Ann Lee, Bo Roth"),
        ('<div data-testid="byline-contributors"><div><span class="n">Ann Lee</span><div>Harbour Wire Isles</div></div>'
         '<div><span class="n">Bo Roth</span><div>Reporting from Skerry</div></div></div>', "Ann Lee, Bo Roth"),
        ('<ul class="byline-list"><li>Ann Lee</li><li>Bo Roth</li></ul>', "Ann Lee, Bo Roth"),
        ('<div id="gazeta_article_author">Jagoda Wrońska</div>', "Jagoda Wrońska"),
        ('<div class="autores"><p>Ann Lee</p><p>Madrid</p></div>', "Ann Lee"),
        ('<div class="c-autoren"><span>Ann Lee</span></div>', "Ann Lee"),
        ('<div class="news-yazar">Sevgi Akıncı</div>', "Sevgi Akıncı"),
        ('<div class="k-kisha">佐伯真帆</div>', "佐伯真帆"),
        ('<div class="ArticleAuthor_name__x7Yz">Ann Lee</div>', "Ann Lee"),
        ('<div class="byline"><div>By</div><div>Ann Lee</div></div>', "Ann Lee"),
        ('<div class="author-card"><img alt="Ann Lee"><a href="/author/ann">Ann Lee</a><p>Harbour editor</p></div>',
         "Ann Lee"),
        ('<div class="byline">Ann Lee<br>Harbour editor</div>', "Ann Lee"),
        ('<div class="byline">By Ann Lee<span>, Harbour editor</span></div>', "Ann Lee"),
        ('<div class="c1"><div class="byline">Ann Lee</div><div class="byline">Ann Lee</div></div>', "Ann Lee"),
        # Links to who wrote it.
        ('<div><a href="/author/ann-lee/">Ann Lee</a></div>', "Ann Lee"),
        ('<div><a href="/autor/ann-lee">Ann Lee</a> / <a href="/autor/bo-roth">Bo Roth</a></div>', "Ann Lee, Bo Roth"),
        ('<div><a href="https://ledger.example/profile/ann">Ann Lee</a></div>', "Ann Lee"),
        ('<div>Eine Reportage von <a rel="author">Ann Lee</a> und <a rel="author">Bo Roth</a>, Nordholm</div>',
         "Ann Lee, Bo Roth"),
        # A name that stands alone beside the day.
        ("<div>Ann Lee</div><div>3 May 2020</div>", "Ann Lee"),
        ('<div><div>May 3, 2020</div><div>4:20 pm</div><div>Ann Lee</div></div>', "Ann Lee"),
        ("<div><b>Ann Lee</b><time datetime='2020-05-03'>May 3</time></div>", "Ann Lee"),
        ("<p>Ann Lee · May 3, 2020</p>", "Ann Lee"),
        ("<p>Ann Lee — 3 mai 2020</p>", "Ann Lee"),
        # What only looks so.
        ("<div>Old Quay</div>", ""),
        ("<div>Harbour Life</div><div>3 May 2020</div>", ""),
        ("<div>Local News</div><div>3 May 2020</div>", ""),
        ("<div>The Saltmere Ledger</div><div>3 May 2020</div>", ""),
        ("<div><a href='/topic/old-quay'>Old Quay</a></div><div>3 May 2020</div>", ""),
        ('<figure><img src="a.jpg"><figcaption>The quay. <span class="byline">Cy Dunn</span></figcaption></figure>',
         ""),
        ('<div class="related"><a href="/b">A bridge</a><div class="byline">By Bo Roth</div></div>', ""),
    ],
)  # fmt: skip
def test_a_name_is_a_byline_by_what_stands_round_it(above: str, names: str) -> None:
    assert byline(above=above) == names


@pytest.mark.parametrize(
    ("below", "names"),
    [
        ("<p>By Ann Lee</p>", "Ann Lee"),
        ("<p>Text: Ann Lee</p>", "Ann Lee"),
        ('<p class="imza">Haber: Sevgi Akıncı</p>', "Sevgi Akıncı"),
        ("<p><b>Ann Lee</b></p>", "Ann Lee"),
        ("<p><em>Ann Lee</em></p>", "Ann Lee"),
        ('<p class="signature">Ann Lee</p>', "Ann Lee"),
        ("<p>【佐伯真帆】</p>", "佐伯真帆"),
        ("<p>（佐伯真帆）</p>", "佐伯真帆"),
        ("<p>（记者 陆知秋）</p>", "陆知秋"),
        ("<p>— Ann Lee</p>", "Ann Lee"),
        ("<address>Ann Lee</address>", "Ann Lee"),
        ("<p>Reporting by Ann Lee and Bo Roth; editing by Cy Dunn</p>", "Ann Lee, Bo Roth"),
        ("<p>Read more about Harbour Life</p>", ""),
        ("<p>The End</p>", ""),
        ('<div class="related"><h3>Related</h3><div>By Bo Roth</div></div>', ""),
        ('<div class="comments"><div class="comment-author">Bo Roth</div><p>I never liked that quay.</p></div>', ""),
        ('<section id="comments"><p>By Bo Roth</p><p>I never liked that quay, nor do you.</p></section>', ""),
    ],
)  # fmt: skip
def test_a_piece_may_be_signed_at_its_foot(below: str, names: str) -> None:
    assert byline(below=below) == names


@pytest.mark.parametrize(
    ("author", "above", "names"),
    [
        # The page tells machines one of two.
        ("Ann Lee", "<div>By Ann Lee and Bo Roth</div>", "Ann Lee, Bo Roth"),
        ("Fergus Maclay", '<div data-testid="byline"><p>Fergus Maclay</p><p>Isles</p><p>Eilidh Tonge</p></div>',
         "Fergus Maclay, Eilidh Tonge"),
        # Whoever keyed it in is not who wrote it.
        ("alee", "<div>By Ann Lee</div>", "Ann Lee"),
        ("Webmaster", "<div>By Ann Lee</div>", "Ann Lee"),
        ("Dee Moss", '<div class="byline">By Ann Lee</div>', "Ann Lee"),
        # Whoever stands somewhere else on the page is not who wrote it.
        ("Ann Lee", "<div>Edited by Bo Roth</div>", "Ann Lee"),
        ("Ann Lee", '<figure><img src="a.jpg"><figcaption>By Bo Roth</figcaption></figure>', "Ann Lee"),
    ],
)  # fmt: skip
def test_what_is_printed_may_know_better_than_what_machines_are_told(author: str, above: str, names: str) -> None:
    assert byline(head=linked({"@type": "Person", "name": author}), above=above) == names


def test_names_beside_other_pieces_are_no_byline_of_this_one() -> None:
    beside = """<aside><h2>Most read</h2><div><a href="/b">A bridge too many</a>
        <span class="author">Bo Roth</span></div>
        <div><a href="/c">A boat too few</a> <span class="author">Cy Dunn</span></div></aside>"""

    assert byline(beside=beside) == ""


def test_a_name_and_a_day_that_end_with_a_short_form_are_a_byline() -> None:
    row = "<span>By: Ann Lee</span><time>2 November 2021, 11:30 hrs.</time>"

    assert byline(above=f'<div class="who">{row}</div>') == "Ann Lee"


@pytest.mark.parametrize("opening", ["Ledger, Ann Lee – ", "Saltmere Ledger / Ann Lee - ", "Ledger، Ann Lee — "])
def test_who_opens_a_paragraph_beside_the_outlet_wrote_it(opening: str) -> None:
    first = f"<p>{opening}The tide was out when the board of the harbour met on the quay that it wants to close.</p>"

    assert byline(above=f"</header><div>{first}</div><header>") == "Ann Lee"


def test_who_opens_a_paragraph_beside_a_place_did_not() -> None:
    first = "<p>Saltmere, Ann Street – The tide was out when the board of the harbour met on the quay.</p>"

    assert byline(above=f"</header><div>{first}</div><header>") == ""
