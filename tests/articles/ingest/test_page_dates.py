"""When a piece came out, in the many ways outlets say it to machines and print it."""

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


def published(*, head: str = "", above: str = "", before: str = "", below: str = "", language: str = "en") -> str:
    markup = f"""<!doctype html><html lang="{language}"><head><meta charset="utf-8">
        <title>Board closes the old quay</title>{head}</head>
        <body><main><article>{before}<h1>Board closes the old quay</h1>{above}<div>{STORY}</div></article>
        {below}</main></body></html>"""
    [article] = HtmlPageReader().read(markup.encode())
    return article.published_at.isoformat() if article.published_at else ""


def linked(**piece: object) -> str:
    described = {"@context": "https://schema.org", "headline": "Board closes the old quay", **piece}
    return f'<script type="application/ld+json">{json.dumps(described)}</script>'


NEWS = {"@type": "NewsArticle"}
DAY = "2024-02-12"
ZONED = "2024-02-12T21:40:00+01:00"
IN_UTC = "2024-02-12T21:40:00+00:00"
MIDNIGHT = "2024-02-12T00:00:00+00:00"


@pytest.mark.parametrize(
    ("head", "moment"),
    [
        (linked(**NEWS, datePublished=ZONED, dateModified="2024-02-13T08:00:00Z"), ZONED),
        (linked(**NEWS, dateModified="2024-02-13T08:00:00Z", datePublished=ZONED), ZONED),
        (linked(**NEWS, dateCreated=ZONED, dateModified="2024-02-13T08:00:00Z"), ZONED),
        (linked(**NEWS, datePublished=[ZONED]), ZONED),
        (linked(**NEWS, datePublished={"@type": "DateTime", "@value": ZONED}), ZONED),
        (linked(**NEWS, datePublished="2024-02-12T21:40:00+0100"), ZONED),
        (linked(**NEWS, datePublished="2024-02-12 21:40:00 +0100"), ZONED),
        (linked(**NEWS, datePublished="2024-02-12T21:40Z"), IN_UTC),
        (linked(**NEWS, datePublished="2024-02-12T21:40:00.000Z"), IN_UTC),
        (linked(**NEWS, datePublished="2024-02-12"), MIDNIGHT),
        (linked(**NEWS, datePublished="Mon, 12 Feb 2024 21:40:00 +0100"), ZONED),
        (linked(**NEWS, datePublished="Mon Feb 12 2024 21:40:00 GMT+0100 (Central European Standard Time)"), ZONED),
        (linked(**NEWS, datePublished="February 12, 2024 9:40 PM EST"), "2024-02-12T21:40:00-05:00"),
        (linked(**NEWS, datePublished="1707770400"), "2024-02-12T20:40:00+00:00"),
        (linked(**NEWS, datePublished="1707770400000"), "2024-02-12T20:40:00+00:00"),
        (linked(**NEWS, datePublished=1707770400), "2024-02-12T20:40:00+00:00"),
        (linked(**{"@graph": [{"@type": "WebPage", "datePublished": "2001-01-01"}, {**NEWS, "datePublished": ZONED}]}),
         ZONED),
        (linked(**{"@type": "WebPage", "datePublished": ZONED}), ZONED),
        (linked(**NEWS, datePublished="")
         + f'<meta property="article:published_time" content="{ZONED}">', ZONED),
        (linked(**NEWS, datePublished="soon")
         + f'<meta property="article:published_time" content="{ZONED}">', ZONED),
        (f'<meta property="article:modified_time" content="2024-02-13T08:00:00Z">'
         f'<meta property="article:published_time" content="{ZONED}">', ZONED),
        *((f'<meta {attribute}="{name}" content="{ZONED}">', ZONED) for attribute, name in (
            ("property", "article:published_time"), ("property", "article:published"), ("property", "og:pubdate"),
            ("property", "og:article:published_time"), ("property", "og:published_time"), ("name", "date"),
            ("name", "DC.date"), ("name", "DC.date.issued"), ("name", "DC.Date.Created"), ("name", "dcterms.created"),
            ("name", "dcterms.issued"), ("name", "pubdate"), ("name", "pub_date"), ("name", "publish-date"),
            ("name", "publish_date"), ("name", "publishdate"), ("name", "published_at"), ("name", "datePublished"),
            ("itemprop", "datePublished"), ("name", "parsely-pub-date"), ("name", "sailthru.date"),
            ("name", "publication_date"), ("name", "citation_publication_date"), ("name", "article_date_original"),
            ("name", "cXenseParse:recs:publishtime"), ("name", "cXenseParse:publishtime"), ("name", "bt:pubDate"),
            ("name", "vr:published_time"), ("name", "article.created"), ("name", "article.published"),
            ("name", "originalPublicationDate"), ("name", "release_date"), ("name", "dateCreated"),
            ("name", "OriginalPublicationDate"), ("property", "rnews:datePublished"), ("name", "firstPublished"),
            ("property", "weibo:article:create_at"), ("name", "article:post_date"), ("name", "displaydate"),
        )),
        ('<meta name="date" content="20240212">', MIDNIGHT),
        ('<meta name="pubdate" content="20240212214000">', IN_UTC),
        ('<meta name="pubdate" content="2024/02/12 21:40">', IN_UTC),
        ('<meta name="date" content="12.02.2024 21:40">', IN_UTC),
        ('<meta name="publisher" content="2024 Media"><meta name="date" content="2024-02-12">', MIDNIGHT),
        ('<meta property="article:modified_time" content="2024-02-13T08:00:00Z">', ""),
        ('<meta name="expires" content="2024-02-13T08:00:00Z"><meta name="updated_at" content="2024-02-13">', ""),
        ('<meta http-equiv="last-modified" content="2024-02-13T08:00:00Z">', ""),
        ('<link rel="canonical" href="https://ledger.example/2024/02/12/quay">', MIDNIGHT),
        ('<link rel="canonical" href="https://ledger.example/2024/feb/12/quay">', MIDNIGHT),
        ('<link rel="canonical" href="https://ledger.example/news/quay-20240212.html">', MIDNIGHT),
        ('<link rel="canonical" href="https://ledger.example/news/quay-2024-02-12">', MIDNIGHT),
        ('<link rel="canonical" href="https://ledger.example/20240212/quay">', MIDNIGHT),
        ('<link rel="canonical" href="https://ledger.example/quay-article-202402123">', ""),
    ],
)  # fmt: skip
def test_days_told_to_machines_are_read(head: str, moment: str) -> None:
    assert published(head=head) == moment


@pytest.mark.parametrize(
    ("above", "moment"),
    [
        (f'<time datetime="{ZONED}">Yesterday</time>', ZONED),
        (f'<p>By Ann Lee <time datetime="{ZONED}">Yesterday</time></p>', ZONED),
        ('<time class="updated" datetime="2024-02-13T08:00:00Z">13 Feb</time>'
         f'<time class="entry-date" datetime="{ZONED}">12 Feb</time>', ZONED),
        ('<p>Updated <time datetime="2024-02-13T08:00:00Z">13 Feb</time></p>'
         f'<p>Published <time datetime="{ZONED}">12 Feb</time></p>', ZONED),
        (f'<p>Published <time datetime="{ZONED}">12 Feb</time>, updated <time datetime="2024-02-13T08:00:00Z">13 Feb'
         "</time></p>", ZONED),
        ('<time>12 February 2024, 21:40</time>', IN_UTC),
        (f'<abbr class="published" title="{ZONED}">12 Feb</abbr>', ZONED),
        (f'<span itemprop="datePublished" content="{ZONED}">12 Feb</span>', ZONED),
        (f'<span property="schema:datePublished" content="{ZONED}">12 Feb</span>', ZONED),
        ('<span data-timestamp="1707770400000">an hour ago</span>', "2024-02-12T20:40:00+00:00"),
        (f'<span data-published="{ZONED}">an hour ago</span>', ZONED),
        (f'<relative-time datetime="{ZONED}">an hour ago</relative-time>', ZONED),
        ('<meta itemprop="dateModified" content="2024-02-13">'
         f'<meta itemprop="datePublished" content="{ZONED}">', ZONED),
    ],
)  # fmt: skip
def test_days_marked_on_the_page_are_read(above: str, moment: str) -> None:
    assert published(above=above) == moment


@pytest.mark.parametrize(
    ("printed", "moment"),
    [
        ("12 February 2024", MIDNIGHT),
        ("Mon 12 Feb 2024 21.40 GMT", IN_UTC),
        ("Monday, February 12, 2024", MIDNIGHT),
        ("Feb. 12, 2024 at 9:40 p.m. EST", "2024-02-12T21:40:00-05:00"),
        ("February 12, 2024 9:40 pm PDT", "2024-02-12T21:40:00-07:00"),
        ("February 12, 2024 at 9:40 p.m. ET", "2024-02-12T21:40:00-05:00"),
        ("July 12, 2024 at 9:40 p.m. ET", "2024-07-12T21:40:00-04:00"),
        ("Published: 21:40, 12 February 2024", IN_UTC),
        ("12 February 2024 • 9:40pm", IN_UTC),
        ("12 February 2024, 9.40pm", IN_UTC),
        ("12th February 2024", MIDNIGHT),
        ("2024-02-12 21:40", IN_UTC),
        ("2024-02-12 21:40 UTC", IN_UTC),
        ("12 Feb 2024 21:40 CET", ZONED),
        ("12 Feb 2024 21:40 UTC+1", ZONED),
        ("12 Feb 2024 21:40 (GMT+01:00)", ZONED),
        ("12/02/2024", ""),
        ("22/02/2024", "2024-02-22T00:00:00+00:00"),
        ("02/22/2024", "2024-02-22T00:00:00+00:00"),
        ("Published 12 Feb 2024 Updated 13 Feb 2024", MIDNIGHT),
        ("Updated 13 Feb 2024, first published 12 Feb 2024", MIDNIGHT),
        ("Last modified on 13 February 2024 | First published on February 12, 2024", MIDNIGHT),
        ("12. Februar 2024, 21:40 Uhr", IN_UTC),
        ("12. Februar 2024, 21.40 Uhr", IN_UTC),
        ("12.02.2024, 21:40 Uhr", IN_UTC),
        ("Stand: 13.02.2024 | Veröffentlicht: 12.02.2024", MIDNIGHT),
        ("Aktualisiert am 13.02.2024 - 08:00, veröffentlicht am 12.02.2024 - 21:40", IN_UTC),
        ("Publié le 12 février 2024 à 21h40", IN_UTC),
        ("Mis à jour le 13 février 2024 à 8h00 - Publié le 12 février 2024 à 21h40", IN_UTC),
        ("1er février 2024", "2024-02-01T00:00:00+00:00"),
        ("12 de febrero de 2024", MIDNIGHT),
        ("12 feb 2024 - 21:40 CET", ZONED),
        ("Actualizado el 13 de febrero de 2024; publicado el 12 de febrero de 2024", MIDNIGHT),
        ("12 de fevereiro de 2024, 21h40", IN_UTC),
        ("Lunedì 12 Febbraio 2024", MIDNIGHT),
        ("12 febbraio 2024 alle 21:40", IN_UTC),
        ("maandag 12 februari 2024 om 21.40 uur", IN_UTC),
        ("12 februari 2024 21u40", IN_UTC),
        ("Publicerad 12 februari 2024 kl. 21.40", IN_UTC),
        ("12. februar 2024 kl. 21:40", IN_UTC),
        ("12.2.2024 klo 21.40", IN_UTC),
        ("12 lutego 2024, 21:40", IN_UTC),
        ("Aktualizacja: 13.02.2024, Publikacja: 12.02.2024 21:40", IN_UTC),
        ("12. února 2024 21:40", IN_UTC),
        ("2024. február 12. 21:40", IN_UTC),
        ("12 februarie 2024", MIDNIGHT),
        ("12 Φεβρουαρίου 2024", MIDNIGHT),
        ("12 февраля 2024, 21:40", IN_UTC),
        ("12 февраля 2024 года в 21:40", IN_UTC),
        ("12 лютого 2024, 21:40", IN_UTC),
        ("21:40, 12.02.2024", IN_UTC),
        ("12 Şubat 2024 Pazartesi 21:40", IN_UTC),
        ("Güncelleme: 13.02.2024 Giriş: 12.02.2024 21:40", IN_UTC),
        ("12 فبراير 2024", MIDNIGHT),
        ("الاثنين ١٢ فبراير ٢٠٢٤ - ٢١:٤٠", IN_UTC),
        ("نشر في 22/2/2024", "2024-02-22T00:00:00+00:00"),
        ("دوشنبه ۲۳ بهمن ۱۴۰۲ - ۲۱:۴۰", IN_UTC),
        ("۱۴۰۲/۱۱/۲۳ ۲۱:۴۰", IN_UTC),
        ("12 בפברואר 2024, 21:40", IN_UTC),
        ("פורסם: 12.02.24, 21:40", IN_UTC),
        ("12 फरवरी 2024, 21:40", IN_UTC),
        ("प्रकाशित: 12 फ़रवरी 2024", MIDNIGHT),
        ("2024年2月12日 21時40分", IN_UTC),
        ("２０２４年２月１２日（月）", MIDNIGHT),
        ("令和6年2月12日", MIDNIGHT),
        ("2024/2/12 21:40", IN_UTC),
        ("2024年02月12日 21:40", IN_UTC),
        ("民國113年2月12日", MIDNIGHT),
        ("입력 2024.02.12. 오후 9:40", IN_UTC),
        ("2024년 2월 12일 21시 40분", IN_UTC),
        ("12 Februari 2024 21:40 WIB", "2024-02-12T21:40:00+07:00"),
        ("Volume 12, Number 2", ""),
        ("Call (804) 555-0142", ""),
        ("Published in 2024", ""),
    ],
)
def test_days_are_read_as_they_are_printed(printed: str, moment: str) -> None:
    assert published(above=f"<div>{printed}</div>") == moment


def test_an_hour_on_the_line_behind_the_day_belongs_to_it() -> None:
    assert published(above="<ul><li>February 12, 2024</li><li>9:40 pm</li></ul>") == IN_UTC


def test_the_day_of_an_update_is_taken_only_where_no_other_is_said() -> None:
    above = "<p>Updated 13 February 2024</p><p>Published 12 February 2024</p>"

    assert published(above=above) == MIDNIGHT
    assert published(above="<p>Updated 12 February 2024</p>") == MIDNIGHT


def test_days_of_other_pieces_are_not_this_one_s() -> None:
    teaser = '<div class="related"><a href="/b">A bridge</a><time datetime="2011-01-01">1 January 2011</time></div>'

    assert published(above=teaser + "<p>12 February 2024</p>") == MIDNIGHT
    assert published(below=teaser) == ""


def test_days_and_months_in_figures_are_read_as_the_page_s_language_writes_them() -> None:
    assert published(above="<div>12/02/2024</div>", language="fr") == MIDNIGHT
    assert published(above="<div>Publié le 12/02/2024 à 21h40, mis à jour le 13/02/2024</div>", language="fr") == IN_UTC
    assert published(above="<div>02/12/2024</div>", language="en-US") == MIDNIGHT
    assert published(above="<div>12/02/2024</div>", language="en-GB") == MIDNIGHT
