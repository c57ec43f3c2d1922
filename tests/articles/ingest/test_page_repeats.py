"""Comments and lists of other pieces are told by how they repeat themselves, whatever their classes say."""

import pytest

from articles.ingest.html_page import HtmlPageReader
from articles.ingest.record import IncomingArticle

STORY = [
    "The harbour board met on Tuesday evening and agreed, after four hours, to dredge the northern channel first.",
    "Two members left before the vote was taken, because the last ferry to the islands would not wait for them.",
    "Work begins in March and is to cost nine million, most of which the state has promised to pay by the summer.",
    "Fishermen had asked for the southern channel, which silts up faster, and now fear for the herring season.",
]
OTHERS = ["Bridge stays closed until the autumn", "School board looks for a new roof", "Rain fills the upper lake"]


def read(*parts: str, published: str = "2024-05-06T08:00:00+00:00") -> IncomingArticle:
    story = "".join(f'<p class="q1">{text}</p>' for text in STORY)
    head = f'<title>Channel to be dredged</title><meta property="article:published_time" content="{published}">'
    page = f'<html><head>{head}</head><body><div><h1>Channel to be dredged</h1><div class="q0">{story}</div>'
    [article] = HtmlPageReader().read("".join([page, *parts, "</div></body></html>"]).encode())
    return article


def words_of(article: IncomingArticle) -> list[str]:
    return [block.text for block in article.blocks]


def said(name: str, moment: str, text: str) -> str:
    return f'<div class="q7"><b>{name}</b> <time>{moment}</time><p class="q1">{text}</p></div>'


def test_what_readers_say_below_a_story_is_no_part_of_it() -> None:
    comments = said("gull44", "2 hours ago", STORY[0].replace("board", "crowd")) + said(
        "westpier", "1 hour ago", STORY[3].replace("Fishermen", "My late father and his friends")
    )

    article = read(f'<div class="q6"><h3>Seventeen voices</h3>{comments}</div>')

    assert words_of(article) == STORY


def test_days_long_before_the_story_came_out_are_its_chronicle() -> None:
    oak = "The first pier is built of oak from the royal woods."
    storm = "A storm takes the second pier and both of its cranes."
    days = [("3 May 1962", oak), ("9 June 1987", storm)]
    chronicle = "".join(f'<div class="q7"><b>{day}</b><p class="q1">{text}</p></div>' for day, text in days)

    article = read(f'<div class="q6">{chronicle}</div>')

    assert {oak, storm} <= set(words_of(article))


def test_headlines_of_other_pieces_go_with_their_summaries() -> None:
    summary = "It worked for years with half of the staff."
    cards = "".join(f'<div class="q8 q{n}"><h3><a href="/{n}">{text}</a></h3><p>{summary}</p></div>'
                    for n, text in enumerate(OTHERS))  # fmt: skip

    article = read(f'<div class="q9">{cards}</div>')

    assert words_of(article) == STORY


def test_linked_headings_of_a_list_with_its_own_paragraphs_stay() -> None:
    text = " ".join(STORY)
    entries = "".join(f'<div class="q8"><h3><a href="/{n}">{name}</a></h3><p class="q1">{text} {name}.</p></div>'
                      for n, name in enumerate(OTHERS))  # fmt: skip

    article = read(f'<div class="q9">{entries}</div>')

    assert sum(f"{text} {name}." in words_of(article) for name in OTHERS) == len(OTHERS)


def test_days_and_hours_of_tables_are_no_comments() -> None:
    rows = [("F. Chepkwony", "41:07"), ("R. Achieng", "41:08")]
    table = "".join(f"<tr><td>{name}</td><td>{clock}</td></tr>" for name, clock in rows)
    tables = f'<table class="q5">{table}</table><p class="q1">{STORY[0]}</p><table class="q5">{table}</table>'

    article = read(f'<div class="q0">{tables}</div>')

    assert words_of(article).count("F. Chepkwony | 41:07") == 2


@pytest.mark.parametrize("age", ["3 weeks ago", "vor 2 Stunden", "il y a 3 jours", "2 часа назад", "3日前"])
def test_words_with_their_age_below_a_story_are_comments(age: str) -> None:
    comments = "".join(f'<div class="q7"><b>{name}</b> <i>{age}</i><p class="q1">{STORY[3]} {name}</p></div>'
                       for name in ("gull44", "westpier"))  # fmt: skip

    article = read(f'<div class="q6">{comments}</div>')

    assert words_of(article) == STORY


@pytest.mark.parametrize("label", ["2 comments", "Kommentare (3)", "Opiniones de los lectores", "نظر شما", "댓글 12"])
def test_a_box_that_its_label_gives_to_the_readers_goes_without_any_day(label: str) -> None:
    article = read(f'<div class="q6"><h3>{label}</h3><p class="q1">{STORY[3].upper()}</p></div>')

    assert words_of(article) == STORY


def test_readers_who_say_more_than_the_story_are_not_the_story() -> None:
    comments = "".join(f'<p class="q1">{text.upper()} {n}</p>' for n in range(9) for text in STORY)

    article = read(f'<section class="comments"><h3>Comments</h3>{comments}</section>')

    assert words_of(article) == STORY


def test_a_comment_of_the_house_between_paragraphs_stays() -> None:
    article = read(f'<div class="q0"><h2>Kommentar</h2><p class="q1">{STORY[0].upper()}</p></div>')

    assert words_of(article)[-1] == STORY[0].upper()
