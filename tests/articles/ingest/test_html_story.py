"""Short lines stay with what they belong to, and go where something of the page speaks against them."""

import pytest

from articles.anchoring.text import BlockKind
from articles.ingest.html_page import HtmlPageReader
from articles.ingest.record import IncomingArticle

STORY = [
    "The ferry will sail again from Monday, after eleven weeks in which nobody could say where its engine was.",
    "It was found in a shed behind the customs house, under a sail and a great many receipts from the year before.",
    "“We had looked there twice,” said Una Brandt, who runs the pier, “but nobody had thought to lift up the sail.”",
    "The crossing takes forty minutes and will cost as much as it did before, the council said in a short letter.",
]
TITLE = "Ferry finds its engine"


def read(*parts: str, below: str = "", byline: str = "") -> IncomingArticle:
    story = "".join(f'<p class="q1">{text}</p>' for text in STORY[:3])
    last = f'<p class="q1">{STORY[3]}</p>'
    head = f'<title>{TITLE}</title><meta name="author" content="{byline}">'
    page = f'<html><head>{head}</head><body><main><h1>{TITLE}</h1><div class="q0">{story}{"".join(parts)}{last}</div>'
    [article] = HtmlPageReader().read(f"{page}{below}</main></body></html>".encode())
    return article


def words_of(article: IncomingArticle) -> list[str]:
    return [block.text for block in article.blocks]


def rules(article: IncomingArticle) -> dict[str, str]:
    return {line.text: line.rule for line in article.removed}


def test_items_of_one_list_stay_together() -> None:
    items = ["One engine.", "A rail is to be built at the end of the pier before the first of August.", "No goats."]

    article = read(f'<div class="q7"><ul>{"".join(f"<li>{item}</li>" for item in items)}</ul></div>')

    assert set(items) <= set(words_of(article))


def test_a_short_question_among_answers_stays() -> None:
    article = read('<p class="q2">Was it hard?</p>')

    assert "Was it hard?" in words_of(article)


def test_short_lines_above_paragraphs_that_differ_are_headings() -> None:
    subheads = ["A craft without heirs", "A mirror for the mayor"]

    article = read(*(f'<div class="q5">{text}</div><p class="q1">{STORY[0]} {text}.</p>' for text in subheads))

    assert {block.text for block in article.blocks if block.kind is BlockKind.HEADING} == set(subheads)


def test_a_label_that_repeats_itself_is_no_heading() -> None:
    article = read(*(f'<div class="q5">See the pier live</div><p class="q1">{STORY[0]} {n}.</p>' for n in range(2)))

    assert "See the pier live" not in words_of(article)


@pytest.mark.parametrize(
    ("below", "rule"),
    [
        ("<div><p>Digging takes time and more.</p><a>Give</a></div>", "subscription"),
        ("<p>▶ More from the pier</p>", "related-headlines"),
        ("<p>una@ledger.example</p>", "byline"),
        ("<p>Text: Una Brandt</p>", "byline"),
        ("<p>More to come</p>", "story-continues"),
        ("<p>Click here to join our channel and hear it first</p>", "follow"),
        ("<p>※記事・写真の無断転用を禁じます</p>", "copyright"),
        ("<div><p>Correction:</p><p>3 May 2020</p></div>", "correction-label"),
        ('<p>Other memories:</p><ul><li><a href="/a">The last raftsman of the bay</a></li>'
         '<li><a href="/b">The woman who counted boats</a></li></ul>', "related-headlines"),
    ],
)  # fmt: skip
def test_what_stands_below_the_story_without_being_it_goes(below: str, rule: str) -> None:
    article = read(below=below, byline="Una Brandt")

    assert words_of(article) == STORY
    assert rule in rules(article).values()


@pytest.mark.parametrize(
    "note",
    [
        "Rectificatif du 2 mars : le conseil de la commune nord compte onze élus, et non neuf.",
        "Correction: the council of the northern parish has eleven members and not nine, as we had said.",
    ],
)
def test_a_correction_in_the_foot_of_an_article_stays(note: str) -> None:
    article = read(f'<footer class="q4"><p>{note}</p><p>Una Brandt lives by the sea.</p></footer>')

    assert note in words_of(article)
    assert "Una Brandt lives by the sea." not in words_of(article)


def test_hours_below_the_headings_of_a_live_report_do_not_take_the_headings_along() -> None:
    article = read('<h3>We begin</h3><div class="q6"><time>9:58</time></div>')

    assert "We begin" in words_of(article)
    assert rules(article)["9:58"] == "publication-date"


def test_where_the_figures_of_a_table_are_from_is_a_credit() -> None:
    table = "<table><tr><td>Ferry</td><td>1</td></tr><tr><td>Goats</td><td>9</td></tr></table>"

    article = read(f'<div class="q8">{table}<p class="q9">Source: Harbour Treasury, 2018–2020</p></div>')

    assert rules(article) == {"Source: Harbour Treasury, 2018–2020": "photo-credit"}
    assert "Ferry | 1" in words_of(article)


@pytest.mark.parametrize(
    "line", ["<pre>&gt;&gt;&gt; sail(engine=None)  # this works now</pre>", "<p>Das Papier finden Sie hier:</p>"]
)
def test_what_only_looks_like_a_pointer_stays(line: str) -> None:
    article = read(line, '<p><a href="/paper">The whole paper of the council</a></p>')

    assert len(words_of(article)) == len(STORY) + 1
