"""PDF documents: columns in reading order, paragraphs whole, running heads gone and restorable, scans refused."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.anchoring.text import BlockKind
from articles.ingest.portable import PortableReader
from articles.ingest.readers import read
from articles.ingest.record import IncomingArticle, ReadingRefused
from tests.articles.ingest.hostility import is_read_or_refused
from tests.articles.ingest.portable_files import Placed, column, pdf_file

HEADLINE = Placed(40, 770, 22, "Night trains return to the northern line")
STORY = [
    "After eleven years without a sleeping car, the northern line will run night trains again from September, the "
    "railway said on Friday.",
    "The minister called it a beginning. The government in the capital, in a letter that was read out by its "
    "secretary, called it a test of whether passengers are waiting at all.",
    "A berth costs thirty euros, which is less than the bus. It is a well-known price.",
    "Whether the mountains need another station is for the council to decide when it meets again in October, after "
    "the harvest and before the first snow.",
    "Nobody has asked the passengers. They would like a window that opens, and a lamp to read by until the train "
    "reaches the pass.",
]
PICTURE = b"q 500 0 0 700 40 40 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q"


def two_columns(paragraphs: Sequence[str] = STORY, *, hyphenate: bool = False) -> tuple[list[Placed], list[Placed]]:
    half = (len(paragraphs) + 1) // 2
    return (
        column(paragraphs[:half], x=40, y=730, width=245, hyphenate=hyphenate),
        column(paragraphs[half:], x=310, y=730, width=245, hyphenate=hyphenate),
    )


def read_pages(*pages: Sequence[Placed], title: str = "") -> IncomingArticle:
    [article] = PortableReader().read(pdf_file(*pages, title=title))
    return article


def texts_of(article: IncomingArticle) -> list[str]:
    return [block.text for block in article.blocks]


@pytest.mark.parametrize("order", ["by column", "by row", "backwards"])
def test_columns_are_read_one_after_the_other_however_they_were_drawn(order: str) -> None:
    left, right = two_columns()
    rows = sorted([*left, *right], key=lambda line: -line.y)
    drawn = {"by column": [*left, *right], "by row": rows, "backwards": [*right, *left]}[order]

    article = read_pages([HEADLINE, *drawn])

    assert article.headline == HEADLINE.words
    assert texts_of(article) == STORY


def test_three_columns_are_read_in_order() -> None:
    columns = [column([text], x=40 + 180 * number, y=730, width=160) for number, text in enumerate(STORY[:3])]
    rows = sorted((line for lines in columns for line in lines), key=lambda line: -line.y)

    assert texts_of(read_pages([HEADLINE, *rows])) == STORY[:3]


def test_one_column_is_one_column() -> None:
    assert texts_of(read_pages([HEADLINE, *column(STORY, x=60, y=730, width=450)])) == STORY


def test_a_paragraph_goes_on_across_columns_and_pages() -> None:
    left, right = two_columns([STORY[0], STORY[1]])

    article = read_pages([HEADLINE, *left, *right[:-2]], right[-2:])

    assert texts_of(article) == STORY[:2]


def test_words_parted_at_ends_of_lines_are_whole_again_and_that_is_said() -> None:
    left, right = two_columns(hyphenate=True)
    assert any(line.words.endswith("-") for line in [*left, *right])

    article = read_pages([HEADLINE, *left, *right])

    assert texts_of(article) == STORY
    assert "put together" in article.errors[0]


def test_a_hyphen_that_belongs_to_the_word_stays() -> None:
    lines = [Placed(40, 700, 10, "It is a well-known price. The prices are well-"), Placed(40, 688, 10, "known here.")]

    assert texts_of(read_pages([HEADLINE, *lines])) == ["It is a well-known price. The prices are well-known here."]


def test_running_heads_and_page_numbers_are_removed_and_restored() -> None:
    def page(number: int, text: str) -> list[Placed]:
        head = Placed(40, 815, 8, f"The Northern Gazette, 13 May 2025, page {number}")
        return [head, *column([text], x=40, y=700, width=400), Placed(290, 30, 8, str(number))]

    body = pdf_file([HEADLINE, *page(1, STORY[0])], page(2, STORY[1]))

    [article] = read(body)
    [restored] = read(body, keep=[0])

    assert texts_of(article) == STORY[:2]
    assert [(line.rule, line.position) for line in article.removed] == [
        ("running-head", 0),
        ("page-number", 1),
        ("running-head", 1),
        ("page-number", 2),
    ]
    assert texts_of(restored)[0] == "The Northern Gazette, 13 May 2025, page 1"


def test_a_line_on_top_of_a_single_page_stays() -> None:
    article = read_pages([HEADLINE, Placed(40, 815, 10, "From our correspondent in the north"), *two_columns()[0]])

    assert article.removed == ()


def test_larger_letters_between_paragraphs_are_headings() -> None:
    heading = Placed(40, 640, 13, "What it costs")

    article = read_pages(
        [HEADLINE, *column(STORY[:1], x=40, y=700, width=400), heading, *column(STORY[2:3], x=40, y=620, width=400)]
    )

    assert [block.kind for block in article.blocks] == [BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_without_large_letters_the_title_of_the_file_is_the_headline() -> None:
    article = read_pages(column(STORY[:2], x=40, y=700, width=400), title="Night trains return")

    assert article.headline == "Night trains return"
    assert texts_of(article) == STORY[:2]


SAMPLE = pdf_file([HEADLINE, *two_columns()[0]])


@pytest.mark.parametrize(
    ("body", "part"),
    [
        (pdf_file([], extra=PICTURE), "no text layer"),
        (pdf_file([]), "no text layer"),
        (pdf_file([HEADLINE]), "single paragraph"),
        (pdf_file(column(STORY[:2], x=40, y=700, width=400)), "no headline"),
        (b"%PDF-1.7 ...", "damaged"),
        (SAMPLE[:300], "."),
    ],
    ids=["scan", "empty", "only a headline", "no headline", "no document", "cut off"],
)
def test_bad_documents_are_refused_with_a_remedy(body: bytes, part: str) -> None:
    with pytest.raises(ReadingRefused) as refused:
        read(body, name="story.pdf")

    assert part in refused.value.reason
    assert refused.value.reason.count(".") >= 2, "what is wrong, then what to do"


def test_pages_that_hold_themselves_end() -> None:
    assert is_read_or_refused(PortableReader(), SAMPLE.replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]"))


def test_a_bomb_of_packed_text_is_refused_in_time() -> None:
    bomb = pdf_file([HEADLINE, *column(["word " * 60_000], x=40, y=700, width=400)])

    with pytest.raises(ReadingRefused, match=r"longer than 5 seconds|more memory"):
        read(bomb)


@given(st.integers(0, len(SAMPLE)), st.binary(max_size=8), st.integers(0, 40))
def test_damaged_documents_are_read_or_refused(place: int, patch: bytes, cut: int) -> None:
    assert is_read_or_refused(PortableReader(), SAMPLE[:place] + patch + SAMPLE[place + cut :])


@given(st.binary(max_size=200))
def test_damaged_page_contents_are_read_or_refused(content: bytes) -> None:
    assert is_read_or_refused(PortableReader(), pdf_file([HEADLINE, *two_columns()[0]], extra=content))
