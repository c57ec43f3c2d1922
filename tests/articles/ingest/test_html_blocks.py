"""What stands on a page becomes blocks with the words as they were written."""

import pytest
from lxml import html

from articles.anchoring.text import Block, BlockKind, InlineMark, canonical_text
from articles.ingest.html_blocks import blocks_from


def read(markup: str, base_url: str = "") -> list[Block]:
    return blocks_from(html.fromstring(f"<div>{markup}</div>"), base_url=base_url)


def texts(markup: str) -> list[str]:
    return [block.text for block in read(markup)]


def kinds(markup: str) -> list[str]:
    return [block.kind.value for block in read(markup)]


def test_each_element_of_its_own_line_is_a_block() -> None:
    markup = "<h2>Talks</h2><p>One.</p><blockquote><p>Two.</p></blockquote><ul><li>Three</li></ul>"

    assert [(block.kind.value, block.text) for block in read(markup)] == [
        ("heading", "Talks"),
        ("paragraph", "One."),
        ("quotation", "Two."),
        ("list_item", "Three"),
    ]


def test_quotation_marks_dashes_and_spaces_stay_as_they_were_written() -> None:
    written = "«Non», dit-il — 10\u202f000\u00a0€ … “so” ‘it’ „is“ – yes"

    assert texts(f"<p>{written}</p>") == [written]


def test_white_space_of_the_markup_is_collapsed_as_browsers_do() -> None:
    assert texts("<p>\n  One\t <b> two </b>\n\n three </p>") == ["One two three"]


def test_marks_count_code_points_of_their_block() -> None:
    [block] = read('<p>🙂 Read <a href="https://example.org/a"><em>the report</em></a> <b>now</b>.</p>')

    assert [(mark.kind, block.text[mark.start : mark.end]) for mark in block.marks] == [
        ("emphasis", "the report"),
        ("link", "the report"),
        ("strong", "now"),
    ]


def test_a_link_that_is_relative_is_resolved() -> None:
    [block] = read('<p><a href="/b?c=1">Words</a></p>', base_url="https://example.org/a/")

    assert block.marks == (InlineMark("link", 0, 5, "https://example.org/b?c=1"),)


@pytest.mark.parametrize("href", ["javascript:alert(1)", "#top", "data:text/html,x", "http://[", "x" * 5000])
def test_an_address_nobody_can_follow_is_no_link(href: str) -> None:
    [block] = read(f'<p><a href="{href}">Words</a></p>')

    assert block == Block(BlockKind.PARAGRAPH, "Words")


def test_a_format_that_is_never_closed_goes_on_in_the_next_block() -> None:
    blocks = read("<b>One<div>Two</div></b>")

    assert [block.marks for block in blocks] == [(InlineMark("strong", 0, 3),)] * 2


def test_one_line_break_stays_and_two_part_paragraphs() -> None:
    assert texts("First <br> line<br><br/>Second<br> <br> <br>Third") == ["First\nline", "Second", "Third"]


def test_marks_stay_on_their_words_across_breaks_and_composed_letters() -> None:
    [first, second] = read("<p>e\u0301te\u0301 <br><br> a\u030a <b>o\u0308l</b></p>")

    assert (first.text, second.text) == ("été", "å öl")
    assert second.marks == (InlineMark("strong", 2, 4),)


def test_programs_and_hidden_parts_are_no_words() -> None:
    markup = """<script>x()</script><style>y</style><p>Seen<span class="sr-only"> unseen</span>.</p>
        <p style="display: none">No</p><div hidden><p>No</p></div><noscript>No</noscript><template>No</template>"""

    assert texts(markup) == ["Seen."]


def test_words_after_a_comment_or_a_hidden_part_are_read() -> None:
    assert texts("<p>One <!-- no -->two <script>no</script>three <?no no?>four</p>") == ["One two three four"]


def test_hints_to_the_typesetter_and_reversed_words_are_not_kept() -> None:
    assert texts("<p>Bundes&shy;tag\u200b \u202edeyrts\u202c</p>") == ["Bundestag deyrts\u202c"]


def test_the_cells_of_a_row_are_one_block() -> None:
    [head, row] = read("<table><tr><th>Party<th>Votes</tr><tr><td><p>Blue</p><td><b>51 %</b></tr></table>")

    assert (head.kind, head.text) == (BlockKind.TABLE_ROW, "Party | Votes")
    assert (row.text, row.marks) == ("Blue | 51 %", (InlineMark("strong", 7, 11),))


def test_a_table_that_lays_out_the_page_gives_its_paragraphs() -> None:
    assert kinds("<table><tr><td>Menu</td><td><p>One.</p><p>Two.</p></td></tr></table>") == ["paragraph"] * 3


def test_captions_are_blocks() -> None:
    assert kinds("<figure><img><figcaption>A port.</figcaption></figure><p class='wp-caption-text'>A ship.</p>") == [
        "caption",
        "caption",
    ]


def test_entries_of_a_live_report_are_paragraphs_and_not_list_items() -> None:
    assert kinds("<ol><li><h3>10:42</h3><p>One.</p><p>Two.</p></li><li><p>One line.</p></li></ol>") == [
        "heading",
        "paragraph",
        "paragraph",
        "list_item",
    ]


def test_a_short_bold_line_between_paragraphs_is_a_heading() -> None:
    assert kinds("<p>It began.</p><p><strong>A long night</strong></p><p>It ended.</p>") == [
        "paragraph",
        "heading",
        "paragraph",
    ]


def test_talk_by_name_is_dialogue() -> None:
    markup = "<p><b>SPIEGEL:</b> Why?</p><p><b>Weber:</b> So.</p><p><b>SPIEGEL:</b> And?</p><p><b>Weber:</b> No.</p>"

    assert kinds(markup) == ["dialogue"] * 4


def test_blocks_of_any_markup_make_a_canonical_text() -> None:
    blocks = read("<pre>a\n\n\nb\n c</pre><p>&nbsp;</p><p>\u2028</p><p>x\u2028y\x85z</p>")

    assert canonical_text("Headline", blocks) == "Headline\n\na\n\nb\nc\n\nx y z"


def test_the_tail_of_the_element_is_not_read() -> None:
    parent = html.fromstring("<div><p>In</p>out</div>")

    assert [block.text for block in blocks_from(parent[0])] == ["In"]


def test_links_that_only_their_page_can_follow_leave_no_mark() -> None:
    blocks = read('<p><a href="javascript:go()">One</a> <a href="#">two</a> <a href="#part">three</a></p>')

    assert blocks == [Block(BlockKind.PARAGRAPH, "One two three")]
