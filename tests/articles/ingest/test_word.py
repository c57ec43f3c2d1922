"""Word documents: kinds from styles, formats from runs, facts from properties, changes and comments named."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.anchoring.text import BlockKind, InlineMark
from articles.ingest.readers import read
from articles.ingest.record import IncomingArticle, ReadingRefused
from articles.ingest.word import WordReader
from tests.articles.ingest.hostility import is_read_or_refused
from tests.articles.ingest.word_files import STORY, bullet, paragraph, run, table, word_file

TITLE = paragraph("Talks begin", style="Title")


def read_word(*body: str, creator: str = "", modified: str = "", comments: str = "") -> IncomingArticle:
    document = word_file(TITLE, *body, creator=creator, modified=modified, comments=comments)
    [article] = WordReader().read(document)
    return article


def test_styles_say_what_each_paragraph_is() -> None:
    [article] = read(STORY, name="night-trains.docx")

    assert article.headline == "Night trains return to the northern line"
    assert article.byline == "Ines Okafor"
    assert article.standfirst == "After eleven years the railway tries again"
    assert [(block.kind, block.text) for block in article.blocks] == [
        (BlockKind.STANDFIRST, "After eleven years the railway tries again"),
        (BlockKind.PARAGRAPH, "The first train leaves on Friday, the railway said."),
        (BlockKind.HEADING, "What it costs"),
        (BlockKind.PARAGRAPH, "A berth costs thirty euros."),
    ]


def test_lists_quotations_captions_and_table_rows_are_told_apart() -> None:
    article = read_word(
        bullet("Bread"),
        paragraph("We will wait.", style="Q"),
        paragraph("The bridge at dawn.", style="Cap"),
        table(("Year", "Price"), ("2024", "30")),
    )

    assert [(block.kind.value, block.text) for block in article.blocks] == [
        ("list_item", "Bread"),
        ("quotation", "We will wait."),
        ("caption", "The bridge at dawn."),
        ("table_row", "Year | Price"),
        ("table_row", "2024 | 30"),
    ]


def test_a_table_of_one_column_only_lays_out_the_page() -> None:
    assert [block.kind for block in read_word(table(("They met.",))).blocks] == [BlockKind.PARAGRAPH]


def test_formats_and_links_are_marks_and_scripts_are_not() -> None:
    link = '<w:hyperlink r:id="web">' + run("the report") + "</w:hyperlink>"
    script = '<w:hyperlink r:id="js">' + run("a script") + "</w:hyperlink>"

    [block] = read_word(paragraph("See ", link, ", ", run("a", "<w:b/>"), run("ll", "<w:b/><w:i/>"), script)).blocks

    assert block.text == "See the report, alla script"
    assert block.marks == (
        InlineMark("link", 4, 14, "https://desk.example/a"),
        InlineMark("strong", 16, 19),
        InlineMark("emphasis", 17, 19),
    )


def test_a_blank_line_inside_a_paragraph_parts_blocks() -> None:
    article = read_word(paragraph(run("One."), "<w:r><w:br/><w:br/></w:r>", run("Two.", "<w:b/>")))

    assert [(block.text, block.marks) for block in article.blocks] == [
        ("One.", ()),
        ("Two.", (InlineMark("strong", 0, 4),)),
    ]


def test_words_are_composed_across_runs() -> None:
    [block] = read_word(paragraph(run("Cafe"), run("\u0301 ", "<w:i/>"), run("open", "<w:b/>"))).blocks

    assert block.text == "Café open"
    assert block.text[slice(block.marks[-1].start, block.marks[-1].end)] == "open"


def test_insertions_are_accepted_deletions_left_out_and_both_said() -> None:
    inserted = f'<w:ins w:id="1">{run("forty")}</w:ins>'
    deleted = '<w:del w:id="2"><w:r><w:delText>thirty</w:delText></w:r></w:del>'

    article = read_word(paragraph("It costs ", deleted, inserted, " euros."))

    assert article.blocks[0].text == "It costs forty euros."
    assert article.errors == ("The document holds tracked changes: insertions were accepted, deletions left out.",)


def test_comments_are_left_out_and_counted() -> None:
    comment = f'<w:comment w:id="1" w:author="Bob Ferris">{paragraph("Is this so?")}</w:comment>'

    article = read_word(paragraph("They met.", '<w:r><w:commentReference w:id="1"/></w:r>'), comments=comment)

    assert article.text == "Talks begin\n\nThey met."
    assert article.errors == ("1 comments by Bob Ferris were left out.",)


def test_properties_of_the_file_give_author_date_and_language() -> None:
    article = read_word(paragraph("They met."), creator="Ines Okafor", modified="2025-05-13T09:30:00Z")

    assert (article.byline, article.language) == ("Ines Okafor", "en-GB")
    assert (article.published_at, article.date_basis) == (datetime(2025, 5, 13, 9, 30, tzinfo=UTC), "inferred")


def test_an_author_nobody_wrote_is_no_byline() -> None:
    assert read_word(paragraph("They met."), creator="Microsoft Office User").byline == ""


def test_without_a_title_the_first_short_line_is_the_headline() -> None:
    [article] = WordReader().read(word_file(paragraph("Talks begin"), paragraph("They met.")))

    assert article.text == "Talks begin\n\nThey met."


def test_a_first_paragraph_gives_way_to_the_title_among_the_properties() -> None:
    [article] = WordReader().read(word_file(paragraph("They met. " * 40), title="Talks begin"))

    assert article.headline == "Talks begin"
    assert len(article.blocks) == 1


def test_furniture_of_a_page_copied_into_word_is_removed_and_restored() -> None:
    body = word_file(TITLE, paragraph("They met."), paragraph("Share this article"))

    [article] = read(body)
    [restored] = read(body, keep=[0])

    assert [(line.text, line.rule, line.position) for line in article.removed] == [
        ("Share this article", "share-bar", 1)
    ]
    assert [block.text for block in restored.blocks] == ["They met.", "Share this article"]


@pytest.mark.parametrize(
    ("body", "part"),
    [
        (word_file(), "no words"),
        (word_file(TITLE), "no story below it"),
        (word_file(paragraph("They met. " * 40)), "no headline"),
        (STORY[:400] + STORY[600:], "damaged"),
        (STORY[:-30], "damaged"),
        (word_file(TITLE, parts={"word/document.xml": "<w:document"}), "damaged"),
        (
            word_file(TITLE, parts={"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "declares entities",
        ),
        (word_file(TITLE, parts={"word/bomb.xml": " " * (49 << 20)}), "more than 48 MiB"),
        (word_file("<w:p>" * 50_000 + "</w:p>" * 50_000), "."),
    ],
    ids=["empty", "only a title", "no headline", "cut out", "cut off", "broken", "entities", "bomb", "nested"],
)
def test_bad_documents_are_refused_with_a_remedy(body: bytes, part: str) -> None:
    with pytest.raises(ReadingRefused) as refused:
        read(body, name="story.docx")

    assert part in refused.value.reason
    assert refused.value.reason.count(".") >= 2, "what is wrong, then what to do"


@given(st.integers(0, len(STORY)), st.binary(max_size=8), st.integers(0, 40))
def test_damaged_documents_are_read_or_refused(place: int, patch: bytes, cut: int) -> None:
    assert is_read_or_refused(WordReader(), STORY[:place] + patch + STORY[place + cut :])


@given(st.text(alphabet='<>/wprtbl:="& a1', max_size=80))
def test_damaged_bodies_are_read_or_refused(inner: str) -> None:
    assert is_read_or_refused(WordReader(), word_file(TITLE, inner, paragraph("They met.")))
