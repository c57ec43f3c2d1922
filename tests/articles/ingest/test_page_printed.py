"""Fields that a page prints come without what is printed round them, and from what several of its parts agree on."""

import pytest

from articles.ingest.byline_names import people_in
from articles.ingest.html_page import HtmlPageReader
from articles.ingest.printed_dates import printed_moment
from articles.ingest.record import IncomingArticle


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ann Lee in Oslo", "Ann Lee"),
        ("Von Karl Beer, Redakteur", "Karl Beer"),
        ("Jane Doe, Political Editor", "Jane Doe"),
        ("Ann Lee | 3 May 2020", "Ann Lee"),
        ("Por Nuria Olmedo, 05 dic 2021", "Nuria Olmedo"),
        ("Jo Fenn, Ray Ott", "Jo Fenn, Ray Ott"),
        ("Reporter Ann Lee", "Ann Lee"),
        ("desk@harbour.example", ""),
        ("Par Maëlle Le Goff", "Maëlle Le Goff"),
        ("Par Maëlle Goff le 3 mars", "Maëlle Goff"),
        ("BY ANN LEE Ledger Managing Editor", "Ann Lee"),
        ("Author, Ann Lee", "Ann Lee"),
        ("Von Karl Beer, Studio Landshut", "Karl Beer"),
    ],
)
def test_a_byline_keeps_its_names_alone(byline: str, names: str) -> None:
    assert ", ".join(people_in(byline)) == names


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("입력2021.05.06. 오후 2:47", "2021-05-06T14:47:00+00:00"),
        ("प्रकाशित: 31 अक्टूबर 2021, 18:45", "2021-10-31T18:45:00+00:00"),
        ("tisdag 3 augusti 2025 kl 6:12", "2025-08-03T06:12:00+00:00"),
        ("5. března 2020", "2020-03-05T00:00:00+00:00"),
        ("6:45 pm, May 3, 2020", "2020-05-03T18:45:00+00:00"),
    ],
)
def test_days_are_read_in_the_language_that_prints_them(line: str, iso: str) -> None:
    moment = printed_moment(line)

    assert moment is not None
    assert moment.isoformat() == iso


STORY = (
    "<p>The harbour board voted on Monday to close the old quay, after a debate that lasted until midnight.</p>"
    "<p>“We have waited for eleven years,” said Ines Varga, who runs the last chandlery on the water’s edge.</p>"
    "<p>Work is to begin in March and will take two summers, according to the plan that the board published.</p>"
)


def read(body: str, *, title: str = "The Saltmere Ledger", head: str = "") -> IncomingArticle:
    page = f'<html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}{STORY}</body>'
    [article] = HtmlPageReader().read(page.encode())
    return article


@pytest.mark.parametrize(
    "set_as",
    [
        '<div class="arttitle">{}</div>',
        '<div class="t001__title t-title">{}</div>',
        '<div><font size="5"><b>{}</b></font></div>',
        '<div id="news-headline">{}</div>',
    ],
)
def test_a_headline_that_no_title_says_is_known_by_how_it_is_set(set_as: str) -> None:
    above = '<div class="sectitle">Harbour and Town News</div><div>Serving the upper valley since 1887</div>'

    article = read(above + set_as.format("Board closes the old quay"))

    assert article.headline == "Board closes the old quay"


def test_a_kicker_in_the_heading_that_the_title_parts_by_a_colon_is_no_headline() -> None:
    heading = '<h1><span class="a1">Harbour of Saltmere</span> <span class="a2">Board closes the quay</span></h1>'

    article = read(heading, title="Harbour of Saltmere: Board closes the quay")

    assert article.headline == "Board closes the quay"


def test_a_colon_that_is_printed_belongs_to_the_headline() -> None:
    heading = "<h1><span>Harbour of Saltmere<i>:</i></span> <span>Board closes the quay</span></h1>"

    article = read(heading, title="Harbour of Saltmere: Board closes the quay")

    assert article.headline == "Harbour of Saltmere: Board closes the quay"


def test_the_outlet_of_a_title_is_the_part_that_its_foot_knows() -> None:
    foot = "<footer><p>All rights reserved for the Saltmere Ledger 2005 - 2017</p></footer>"
    page = f"<nav><a>Town</a></nav><h1>Board closes the old quay</h1>{STORY}{foot}"

    article = read(page, title="Saltmere Ledger - Town")

    assert article.outlet == "Saltmere Ledger"


@pytest.mark.parametrize(
    ("address", "outlet"),
    [("https://www.thesaltmereledger.example/a", "The Saltmere Ledger"), ("https://news.example/a", "the Ledger")],
)
def test_a_short_name_of_an_outlet_is_written_out_where_title_and_address_say_so(address: str, outlet: str) -> None:
    head = f'<meta property="og:site_name" content="the Ledger"><link rel="canonical" href="{address}">'

    article = read(
        "<h1>Board closes the old quay</h1>", title="Board closes the old quay | The Saltmere Ledger", head=head
    )

    assert article.outlet == outlet


def test_the_section_above_a_headline_is_the_line_that_the_navigation_knows() -> None:
    above = '<nav><a>Town</a> <a>Sport</a></nav><div class="h"><div>Town</div><div>Salty water</div>'

    article = read(f"{above}<h1>Board closes the old quay</h1></div>", title="Board closes the old quay")

    assert article.section == "Town"


@pytest.mark.parametrize("label", ["Member-only story", "Premium", "LIVE", "3 comments"])
def test_a_label_that_says_who_may_read_is_no_section(label: str) -> None:
    article = read(f"<div><p>{label}</p><h1>Board closes the old quay</h1></div>", title="Board closes the old quay")

    assert article.section == ""


def test_a_bold_first_paragraph_above_the_byline_is_the_standfirst() -> None:
    lead = "<p><b>Nobody in Saltmere remembers who built the quay that is to be closed in the spring.</b></p>"

    article = read(f"<h1>Board closes the old quay</h1>{lead}<div>By Ann Lee</div>", title="Board closes the old quay")

    assert article.standfirst == "Nobody in Saltmere remembers who built the quay that is to be closed in the spring."


def test_a_bold_first_paragraph_without_a_byline_below_it_is_a_paragraph() -> None:
    lead = "<p><b>Nobody in Saltmere remembers who built the quay that is to be closed in the spring.</b></p>"

    article = read(f"<h1>Board closes the old quay</h1>{lead}", title="Board closes the old quay")

    assert article.standfirst == ""
