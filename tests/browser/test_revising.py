"""Revising in a browser: the editor, what is pasted into it, the draft that keeps itself, what happens to the marks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from annotations.forms.editing import editor_json, settled_blocks, tidied, written_blocks
from articles.anchoring.text import Block, BlockKind, InlineMark
from articles.models import Article, CurrentAnchor, Draft
from articles.operations.drafting import keep_draft
from articles.operations.revising import Rewritten, revise_article
from newsdesk.models import User
from tests.browser.conftest import OpenPage
from tests.factories import AT, make_article, make_claim, make_quote, make_tag

pytestmark = pytest.mark.django_db(transaction=True)

PASTES = Path(__file__).parents[1] / "data" / "pastes"
PASTE = """([type, content]) => {
  const clipboardData = new DataTransfer();
  if (type === "file") clipboardData.items.add(new File([content], "bridge.png", { type: "image/png" }));
  else clipboardData.setData(type, content);
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  document.querySelector(".editor-text").dispatchEvent(event);
}"""
SELECT = """(words) => {
  const walker = document.createTreeWalker(document.querySelector(".editor-text"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(node, at, node, at + words.length);
    return true;
  }
  return false;
}"""
BLOCKS = """() => JSON.parse(new FormData(document.getElementById("revise-form")).get("blocks"))"""


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


@pytest.fixture
def page(signed_in: OpenPage, alice: User, article: Article) -> Iterator[Page]:
    page = signed_in(alice)
    page.goto(f"/articles/{article.uid}/revise/")
    page.get_by_role("textbox", name="Text", exact=True).focus()
    yield page
    # What is still being kept or worked out would ask a database that the next test has already emptied.
    expect(page.locator("#revise-form:is([data-unkept], [data-foreseeing])")).to_have_count(0)


def blocks(page: Page) -> list[tuple[str, str]]:
    return [(block["kind"], block["text"]) for block in page.evaluate(BLOCKS)]


def empty(page: Page) -> None:
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")


def save(page: Page) -> None:
    page.get_by_role("button", name="Save as revision 2").click()
    expect(page.get_by_text("Saved as revision 2.")).to_be_visible()


def test_what_happens_to_the_marks_is_shown_while_one_writes_and_they_follow(
    page: Page, article: Article, alice: User
) -> None:
    quote, claim, tag = make_quote(article, by=alice), make_claim(article, by=alice), make_tag(article, by=alice)

    assert page.evaluate(SELECT, "12 million")
    page.keyboard.type("14 million")
    page.keyboard.press("Control+Home")
    page.keyboard.type("📰 خبر é Żółć: ")
    expect(page.locator("#foreseen-state")).to_have_text("2 kept, 1 needs a look")
    expect(page.locator("#foreseen-marks")).to_contain_text("The repair will cost 14 million euros")
    expect(page.locator("#foreseen-difference ins").first).to_contain_text("📰 خبر é Żółć:")
    save(page)

    head = Article.objects.select_related("head").get().head
    anchors = [CurrentAnchor.of(mark.span_id or 0, head.pk) for mark in (quote, claim, tag)]
    text = head.text
    assert [anchor.state for anchor in anchors] == ["anchored", "needs_review", "anchored"]
    assert [text[anchor.start : anchor.end] for anchor in anchors] == [anchor.exact for anchor in anchors]
    assert head.blocks[0]["text"].startswith("📰 خبر é Żółć: The council")


def test_kinds_formats_and_lines_are_written_by_keys(page: Page, article: Article) -> None:
    empty(page)
    for digit, words in enumerate(["Para", "Stand", "Head", "Quoted", "Item", "Turn", "Row", "Under"]):
        if digit:
            page.keyboard.press("Enter")
        page.keyboard.press(f"Control+Alt+{digit}")
        page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.keyboard.type("One")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Control+i")
    page.keyboard.type("two")
    save_state = page.evaluate(BLOCKS)

    assert [block["kind"] for block in save_state] == [
        *("paragraph", "standfirst", "heading", "quotation", "list_item", "dialogue", "table_row", "caption"),
        "paragraph",
    ]
    assert save_state[-1] == {
        "kind": "paragraph",
        "text": "One\ntwo",
        "marks": [{"kind": "emphasis", "start": 4, "end": 7, "href": ""}],
    }


def test_blocks_are_split_and_merged_and_it_can_be_undone(page: Page) -> None:
    empty(page)
    page.keyboard.type("Steel")
    page.keyboard.press("Control+Alt+4")
    page.keyboard.press("Enter")
    page.keyboard.type("Concrete")
    split = blocks(page)
    page.keyboard.press("Home")
    page.keyboard.press("Backspace")
    merged = blocks(page)
    page.get_by_role("button", name="Undo").click()
    undone = blocks(page)
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("After the list")

    assert split == undone == [("list_item", "Steel"), ("list_item", "Concrete")]
    assert merged == [("list_item", "SteelConcrete")]
    assert blocks(page) == [*split, ("paragraph", "After the list")]


def test_selected_words_become_a_link_and_the_palette_keeps_its_key(page: Page) -> None:
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    assert page.evaluate(SELECT, "own estimate")
    expect(page.get_by_role("button", name="Link")).to_be_enabled()
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_hidden()
    page.get_by_label("Address").fill("example.org/estimate")
    page.get_by_role("button", name="Set the link").click()

    marks = page.evaluate(BLOCKS)[2]["marks"]
    assert [(mark["kind"], mark["href"]) for mark in marks] == [("link", "https://example.org/estimate")]


def test_copy_from_word_comes_down_to_blocks(page: Page) -> None:
    empty(page)
    page.evaluate(PASTE, ["text/html", (PASTES / "word.html").read_text(encoding="utf-8")])

    found = page.evaluate(BLOCKS)
    assert [(block["kind"], block["text"]) for block in found] == [
        ("heading", "What the repair costs"),
        ("paragraph", "The council paid 12\u00a0million euros, the mayor said: “No choice.”"),
        ("list_item", "Steel"),
        ("list_item", "Concrete"),
        ("table_row", "Year | Cost"),
        ("table_row", "2025 | 12"),
        ("caption", "The bridge in May"),
        ("quotation", "Gone is never gone.\nSaid once."),
    ]
    assert [(mark["kind"], mark["href"]) for mark in found[1]["marks"]] == [
        ("strong", ""),
        ("emphasis", ""),
        ("link", "https://example.org/report"),
    ]
    expect(page.get_by_text("The picture was left out.")).to_be_visible()


def test_copy_from_the_web_comes_down_to_blocks(page: Page) -> None:
    empty(page)
    page.evaluate(PASTE, ["text/html", (PASTES / "web.html").read_text(encoding="utf-8")])

    found = page.evaluate(BLOCKS)
    assert [(block["kind"], block["text"]) for block in found] == [
        ("heading", "Bridge"),
        ("paragraph", "Loose words matter, and so does this."),
        ("paragraph", "After two breaks."),
        ("quotation", "First part."),
        ("quotation", "Second part."),
        ("list_item", "One"),
        ("list_item", "Nested"),
        ("list_item", "Two"),
        ("caption", "The old bridge"),
        ("paragraph", "line one\nline two"),
    ]
    assert [mark["kind"] for mark in found[1]["marks"]] == ["strong", "emphasis"]


def test_plain_text_is_parted_at_blank_lines_and_pictures_are_refused(page: Page) -> None:
    empty(page)
    page.evaluate(PASTE, ["text/plain", "One  two\r\nthree\r\n\r\nFour"])
    found = blocks(page)
    page.evaluate(PASTE, ["file", "no picture"])

    assert found == blocks(page) == [("paragraph", "One  two\nthree"), ("paragraph", "Four")]
    expect(page.get_by_text("Pictures are not stored here, only their captions.")).to_be_visible()


def test_a_draft_survives_leaving_the_page_with_kinds_and_formats(page: Page) -> None:
    empty(page)
    page.keyboard.type("Half a thought")
    page.keyboard.press("Control+Alt+3")
    expect(page.locator("#draft-state")).to_contain_text("Draft kept at")
    page.keyboard.type(", typed just before leaving")
    page.goto("/articles/")

    page.go_back()

    expect(page.get_by_text("This is your draft, not the saved text")).to_be_visible()
    assert blocks(page) == [("quotation", "Half a thought, typed just before leaving")]


def test_what_cannot_be_kept_says_so_and_is_kept_later(page: Page) -> None:
    page.route("**/revise/draft/", lambda route: route.fulfill(status=403))
    page.keyboard.type("Not lost. ")
    expect(page.locator("#draft-state")).to_contain_text("The draft could not be kept.")
    page.unroute("**/revise/draft/")

    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page.locator("#draft-state")).to_contain_text("Draft kept at")
    assert "Not lost." in Draft.objects.get().body


def test_two_windows_of_one_person_ask_which_draft_to_keep(
    page: Page, assert_accessible: Callable[[Page], None]
) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    other.locator(".editor-text").press("Control+Home")
    other.keyboard.type("There. ")
    expect(other.locator("#draft-state")).to_contain_text("Draft kept at")
    page.keyboard.type("Here. ")

    expect(page.get_by_text("You wrote on this article in another window")).to_be_visible()
    assert "There." in Draft.objects.get().body
    assert_accessible(page)
    page.get_by_role("button", name="Keep what is written here").click()
    expect(page.locator("#draft-state")).to_contain_text("Draft kept at")
    other.keyboard.type("More. ")
    other.get_by_role("button", name="Show what was kept there").click()

    expect(other.locator(".editor-text")).to_contain_text("Here.")
    expect(other.locator(".editor-text")).not_to_contain_text("There.")


def test_a_draft_on_an_older_revision_is_put_on_top_of_the_newest(
    page: Page, article: Article, alice: User, ada: User
) -> None:
    page.keyboard.press("Control+Home")
    page.keyboard.type("Mine. ")
    expect(page.locator("#draft-state")).to_contain_text("Draft kept at")
    told = [Block.from_json(block) for block in article.head.blocks]
    told[-1] = Block(told[-1].kind, f"{told[-1].text} Theirs.")
    revise_article(article=article, base=1, rewritten=Rewritten(article.head.headline, told), by=ada, at=AT)

    page.reload()

    expect(page.get_by_text("the article is at revision 2 now")).to_be_visible()
    texts = [text for _kind, text in blocks(page)]
    assert (texts[0][:6], texts[-1][-7:]) == ("Mine. ", "Theirs.")
    expect(page.get_by_role("button", name="Save as revision 3")).to_be_visible()


def test_without_a_script_the_text_area_does_all_of_it(signed_in: OpenPage, alice: User, article: Article) -> None:
    page = signed_in(alice, java_script_enabled=False)
    page.goto(f"/articles/{article.uid}/revise/")
    area = page.get_by_label("Text", exact=True)
    area.fill(area.input_value().replace("12 million", "14 million"))
    page.get_by_role("button", name="See what happens").click()
    save(page)

    article.refresh_from_db()
    assert "14 million" in article.head.text


def test_the_editor_is_accessible_and_fits(
    page: Page,
    article: Article,
    alice: User,
    assert_accessible: Callable[[Page], None],
    assert_no_sideways_scroll: Callable[[Page], None],
) -> None:
    make_claim(article, by=alice)
    empty(page)
    page.keyboard.type("Nothing else.")
    expect(page.locator("#foreseen-marks")).to_contain_text("Without a place")

    assert_accessible(page)
    assert_no_sideways_scroll(page)


LETTERS = st.text("aé“ \u00a0😀ع\u0301\t", min_size=1, max_size=8)
WORDS = st.lists(LETTERS.filter(str.strip), min_size=1, max_size=3).map("\n".join)
ROUND_TRIP = """async (blocks) => {
  const { blocksOf, documentOf } = await import("/static/js/revise/blocks.js");
  const { extensions } = await import("/static/js/revise/kinds.js");
  const { getSchema } = await import("/static/django_prose_editor/editor.js");
  window.schema ??= getSchema(extensions({}));
  return blocks.map((each) => {
    const held = window.schema.nodeFromJSON(documentOf(each));
    held.check();
    return blocksOf(held.toJSON());
  });
}"""


@st.composite
def written_block(draw: st.DrawFn) -> Block:
    text = draw(WORDS)
    places = st.integers(0, len(text))
    marks = [
        InlineMark(kind, start, end, href)
        for kind, href, start, end in draw(
            st.lists(
                st.tuples(
                    st.sampled_from(["emphasis", "strong", "link"]),
                    st.sampled_from(["https://example.org/", "mailto:a@example.org"]),
                    places,
                    places,
                ),
                max_size=4,
            )
        )
        if start < end
    ]
    return Block(draw(st.sampled_from(BlockKind)), text, tuple(marks))


@pytest.fixture
def round_trip(page: Page) -> Callable[[list[list[Any]]], list[list[Any]]]:
    return lambda texts: page.evaluate(ROUND_TRIP, texts)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.lists(written_block(), min_size=1, max_size=4), min_size=5, max_size=5))
def test_blocks_come_out_of_the_editor_as_they_went_in(
    round_trip: Callable[[list[list[Any]]], list[list[Any]]], texts: list[list[Block]]
) -> None:
    given = [json.loads(editor_json(text)) for text in texts]

    back = round_trip(given)

    assert back == given
    for text, blocks in zip(texts, back, strict=True):
        assert written_blocks(json.dumps(blocks)) == [tidied(block) for block in text]


def test_a_kept_draft_of_plain_text_opens_in_the_editor(signed_in: OpenPage, alice: User, article: Article) -> None:
    body = "First\n\nSecond"
    keep_draft(article=article, base=1, headline="Half", body=body, by=alice, at=AT)
    page = signed_in(alice)
    page.goto(f"/articles/{article.uid}/revise/")

    assert blocks(page) == [("paragraph", "First"), ("paragraph", "Second")]
    assert settled_blocks(written_blocks(json.dumps(page.evaluate(BLOCKS))))[1].text == "Second"


def test_two_revisions_are_compared_and_the_earlier_one_restored(
    signed_in: OpenPage,
    alice: User,
    article: Article,
    assert_accessible: Callable[[Page], None],
    assert_no_sideways_scroll: Callable[[Page], None],
) -> None:
    claim = make_claim(article, by=alice)
    told = [Block(BlockKind(block["kind"]), block["text"].replace("12", "14")) for block in article.head.blocks]
    revise_article(article=article, base=1, rewritten=Rewritten(article.head.headline, told), by=alice, at=AT)
    page = signed_in(alice)
    page.goto(f"/articles/{article.uid}/revisions/1/")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".sides del")).to_have_text("12")
    assert_accessible(page)
    assert_no_sideways_scroll(page)

    page.go_back()
    page.get_by_role("link", name="Restore this revision").click()
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    page.get_by_role("button", name="Save as revision 3").click()

    expect(page.get_by_text("Saved as revision 3.")).to_be_visible()
    head = Article.objects.select_related("head").get().head
    anchor = CurrentAnchor.of(claim.span_id or 0, head.pk)
    assert (head.number, anchor.state, anchor.exact) == (3, "anchored", "The repair will cost 12 million euros")
