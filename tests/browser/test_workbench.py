"""The workbench in a browser: keys, selections, offsets, painting, conflicts."""

from collections.abc import Callable
from typing import Any
from unicodedata import normalize

import pytest
from playwright.sync_api import Page, Route, expect

from annotations.models import BiasTag, Claim, FactCheck
from articles.models import Article, CurrentAnchor, Quote
from newsdesk.models import User
from tests.browser.conftest import OpenPage
from tests.factories import make_article, make_claim, make_quote, make_source, make_speaker, make_tag

pytestmark = pytest.mark.django_db(transaction=True)

SELECT = """([words, occurrence]) => {
  for (const block of document.querySelectorAll("#text .block")) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.indexOf(words);
      if (at >= 0) {
        getSelection().setBaseAndExtent(node, at, node, at + words.length);
        return true;
      }
    }
  }
  return false;
}"""


def select(page: Page, words: str) -> None:
    assert page.evaluate(SELECT, [words, 1])


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


@pytest.fixture
def bench(signed_in: OpenPage, alice: User, article: Article) -> Page:
    page = signed_in(alice)
    page.goto(f"/articles/{article.uid}/")
    return page


def anchored_words(span: int, article: Article) -> str:
    return CurrentAnchor.of(span, article.head_id).exact


def test_words_chosen_by_keys_become_a_quote(bench: Page, article: Article) -> None:
    bench.keyboard.press("j")
    bench.keyboard.press("j")
    bench.keyboard.press("w")
    bench.keyboard.press("Shift+ArrowRight")
    bench.keyboard.press("q")

    expect(bench.locator("#selected")).to_have_text("Q1 selected")
    quote = Quote.objects.get()
    assert anchored_words(quote.span_id, article) == "The council"
    assert quote.kind == "indirect"
    assert bench.evaluate("getSelection().isCollapsed")
    expect(bench.locator("#text .gutter a[aria-current]")).to_have_attribute("data-marks", "Q1")


def test_words_selected_with_a_pointer_become_a_claim(bench: Page, article: Article) -> None:
    select(bench, "12 million euros")
    bench.locator("[data-new=claim]").click()
    field = bench.get_by_label("Restatement")
    expect(field).to_have_value("12 million euros")
    field.fill("The repair will cost 12 million euros.")
    bench.keyboard.press("Escape")

    expect(bench.locator("[data-saving]")).to_have_text("Saved")
    claim = Claim.objects.get()
    assert claim.canonical == "The repair will cost 12 million euros."
    assert anchored_words(claim.span_id, article) == "12 million euros"


PAINTED = """(name) => [...(CSS.highlights.get(name) ?? [])].map((painted) => {
  const words = document.createRange();
  words.setStart(painted.startContainer, painted.startOffset);
  words.setEnd(painted.endContainer, painted.endOffset);
  return words.toString();
})"""


def test_the_words_stay_in_sight_while_their_form_is_filled_in(bench: Page) -> None:
    select(bench, "12 million euros")
    bench.keyboard.press("b")
    expect(bench.get_by_role("button", name="Loaded language")).to_be_focused()
    marked = bench.evaluate(PAINTED, "current")
    bench.keyboard.press("Escape")
    expect(bench.get_by_role("heading", name="New bias tag")).to_have_count(0)

    assert marked == ["12 million euros"]
    assert bench.evaluate(PAINTED, "current") == []


REFRESH = """async () => {
  const { refresh } = await import("/static/js/workbench/bench.js");
  await refresh();
}"""


def test_a_mark_stays_painted_while_the_desk_is_slow_to_save_it(bench: Page) -> None:
    select(bench, "12 million euros")
    bench.keyboard.press("q")
    expect(bench.locator("#selected")).to_have_text("Q1 selected")
    held: list[Route] = []
    bench.route("**/marks/quote/at-once/", lambda route: held.append(route))

    select(bench, "The council")
    bench.keyboard.press("q")
    bench.evaluate(REFRESH)
    painted_ahead = bench.evaluate(PAINTED, "quote-0-direct")
    held[0].continue_()
    expect(bench.locator("#selected")).to_have_text("Q2 selected")

    assert painted_ahead == ["The council"]
    assert "The council" in "".join(bench.evaluate(f"[...CSS.highlights.keys()].flatMap({PAINTED})"))


def test_whoever_went_on_to_another_sentence_stays_there_when_others_changed_something(bench: Page) -> None:
    select(bench, "12 million euros")
    bench.keyboard.press("q")
    expect(bench.locator("#selected")).to_have_text("Q1 selected")
    marked_in = bench.locator("#here").inner_text()
    bench.keyboard.press("k")
    went_on_to = bench.locator("#here").inner_text()

    bench.evaluate(REFRESH)

    assert went_on_to != marked_in
    assert bench.locator("#here").inner_text() == went_on_to


def test_whoever_went_on_to_another_sentence_stays_there_when_the_mark_is_saved_late(bench: Page) -> None:
    held: list[Route] = []
    bench.route("**/articles/*/?mark=*", lambda route: held.append(route))
    select(bench, "12 million euros")
    with bench.expect_request("**/articles/*/?mark=*"):
        bench.keyboard.press("q")
    bench.keyboard.press("j")
    bench.keyboard.press("j")
    went_on_to = bench.locator("#here").inner_text()

    held[0].continue_()
    expect(bench.locator("#selected")).to_have_text("Q1 selected")

    assert bench.locator("#here").inner_text() == went_on_to


BOX_OF_FIRST_LETTER = """(sentence) => {
  const node = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT).nextNode();
  const range = document.createRange();
  range.setStart(node, 0);
  range.setEnd(node, 1);
  return range.getBoundingClientRect().toJSON();
}"""


def test_a_finger_marks_the_selected_words_and_opens_their_mark(
    signed_in: OpenPage, article: Article, alice: User
) -> None:
    phone = signed_in(alice, has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    phone.goto(f"/articles/{article.uid}/")
    # Only phones select a word under a finger that stays.
    select(phone, "12 million euros")

    phone.locator("[data-new=quote]").tap()

    expect(phone.locator("#selected")).to_have_text("Q1 selected")
    assert anchored_words(Quote.objects.get().span_id, article) == "12 million euros"
    phone.keyboard.press("Escape")
    expect(phone.locator("#inspector [data-label=Q1]")).to_have_count(0)
    phone.locator("#text .gutter a[data-marks=Q1]").tap()
    expect(phone.locator("#inspector [data-label=Q1]")).to_be_visible()


def test_coverage_follows_what_is_said_without_loading_the_page(bench: Page) -> None:
    bench.evaluate("window.isTheSamePage = true")
    expect(bench.locator(".bench-head")).to_contain_text("0 opinion")

    bench.keyboard.press("j")
    bench.keyboard.press("i")
    expect(bench.locator(".bench-head")).to_contain_text("1 opinion")
    bench.keyboard.press("i")

    expect(bench.locator(".bench-head")).to_contain_text("0 opinion")
    assert bench.evaluate("window.isTheSamePage")


def test_a_pointer_begins_a_selection_at_the_first_letter_of_a_sentence(bench: Page) -> None:
    bench.keyboard.press("j")  # a sentence that had the focus is no exception
    sentences = bench.locator("#text p .s").all()

    for sentence in sentences:
        box = sentence.evaluate(BOX_OF_FIRST_LETTER)
        bench.mouse.move(box["left"] + 1, box["top"] + box["height"] / 2)
        bench.mouse.down()
        bench.mouse.move(box["left"] + 60, box["top"] + box["height"] / 2, steps=5)
        bench.mouse.up()
        chosen = bench.evaluate("getSelection().toString()")
        assert chosen
        assert sentence.inner_text().startswith(chosen)
    assert len(sentences) > 2


def test_a_bias_tag_takes_its_category_by_letter(bench: Page) -> None:
    select(bench, "reckless")
    bench.keyboard.press("b")
    expect(bench.get_by_role("button", name="Loaded language")).to_be_focused()
    bench.keyboard.press("b")

    expect(bench.locator("#selected")).to_have_text("B1 selected")
    assert BiasTag.objects.get().category.slug == "labelling"


@pytest.mark.parametrize("words", ["closes 🌉 today", "cafe\u0301s", "שלום עולם", "السَّلامُ عَليكم", "👩‍👩‍👧 and"])
def test_offsets_survive_characters_of_several_units(words: str, signed_in: OpenPage, alice: User) -> None:
    text = f"🌉 Bridge headline 👩‍👩‍👧\n\nThe 🌉 bridge x\u0323\u0307 𝒮 {words} and more.\n"
    article = make_article(by=alice, text=text)
    stored = article.head.text
    wanted = next(form for form in (words, normalize("NFC", words)) if form in stored)
    page = signed_in(alice)
    page.goto(f"/articles/{article.uid}/")
    select(page, wanted)
    page.keyboard.press("q")

    expect(page.locator("#selected")).to_have_text("Q1 selected")
    assert anchored_words(Quote.objects.get().span_id, article) == wanted


def test_units_and_code_points_are_turned_into_each_other(bench: Page) -> None:
    found: Any = bench.evaluate("""async () => {
      const { codePointsFromUtf16, utf16FromCodePoints } = await import("/static/js/workbench/offsets.js");
      const text = "a🌉e\u0301👩‍👧b";
      const points = [...text].map((_, index) => index).concat([[...text].length]);
      const units = points.map((point) => utf16FromCodePoints(text, point));
      return { points, back: units.map((unit) => codePointsFromUtf16(text, unit)), end: units.at(-1),
        length: text.length };
    }""")

    assert found["back"] == found["points"]
    assert found["end"] == found["length"]


def test_layers_are_painted_and_put_out(signed_in: OpenPage, article: Article, alice: User) -> None:
    make_claim(article, by=alice)
    make_tag(article, by=alice)
    bench = signed_in(alice, viewport={"width": 1440, "height": 900})
    bench.goto(f"/articles/{article.uid}/")
    names = "[...CSS.highlights.keys()].sort()"
    assert bench.evaluate(names) == ["bias-1", "claim-open"]

    bench.get_by_role("checkbox", name="Bias").uncheck()

    assert bench.evaluate(names) == ["claim-open"]


def test_forced_colours_keep_the_runs(signed_in: OpenPage, alice: User, article: Article) -> None:
    make_claim(article, by=alice)
    page = signed_in(alice, forced_colors="active")
    page.goto(f"/articles/{article.uid}/")

    assert page.evaluate("CSS.highlights.size") == 0
    assert page.locator("#text").get_attribute("data-paint") is None


def test_escape_closes_the_inspector(bench: Page, article: Article, alice: User) -> None:
    make_claim(article, by=alice)
    bench.goto(f"/articles/{article.uid}/?mark=C1")

    bench.keyboard.press("Escape")

    expect(bench.locator("#inspector [data-label]")).to_have_count(0)
    assert "mark=" not in bench.url


def test_tab_goes_from_a_sentence_to_its_marks(bench: Page, article: Article, alice: User) -> None:
    make_quote(article, "The council voted", by=alice)
    bench.reload()
    bench.keyboard.press("j")
    bench.keyboard.press("j")

    bench.keyboard.press("Tab")
    bench.keyboard.press("Enter")

    expect(bench.locator("#inspector [data-label]")).to_have_attribute("data-label", "Q1")


def test_a_text_saved_meanwhile_keeps_what_was_typed(
    bench: Page, article: Article, signed_in: OpenPage, ada: User
) -> None:
    bench.goto(f"/articles/{article.uid}/?new=claim")
    select(bench, "12 million euros")
    bench.get_by_label("Restatement").fill("It will cost 12 million euros.")
    other = signed_in(ada)
    other.goto(f"/articles/{article.uid}/revise/")
    other.get_by_role("textbox", name="Text", exact=True).press("Control+End")
    other.keyboard.type(" Many agreed.")
    other.get_by_role("button", name="See what happens").click()
    other.get_by_role("button", name="Save as revision 2").click()
    expect(other.get_by_text("Saved as revision 2.")).to_be_visible()

    bench.get_by_role("button", name="Save").click()

    expect(bench.get_by_text("The text was saved as revision 2 while you were marking")).to_be_visible()
    expect(bench.get_by_label("Restatement")).to_have_value("It will cost 12 million euros.")
    bench.get_by_role("button", name="Save").click()
    expect(bench.locator("#selected")).to_have_text("C1 selected")


def test_marks_are_read_and_made_without_a_script(signed_in: OpenPage, alice: User, article: Article) -> None:
    page = signed_in(alice, java_script_enabled=False)
    page.goto(f"/articles/{article.uid}/")
    page.get_by_role("link", name="Quote").click()
    page.locator("textarea[name=words]").fill("“We had no choice,”")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("heading", name="Direct quote")).to_be_visible()


def test_a_draft_is_kept_while_one_writes(signed_in: OpenPage, alice: User, article: Article) -> None:
    page = signed_in(alice)
    page.goto(f"/articles/{article.uid}/revise/")
    page.get_by_label("Headline").fill("A headline half written")
    expect(page.locator("#draft-state")).to_contain_text("Draft kept at")

    page.reload()

    expect(page.get_by_label("Headline")).to_have_value("A headline half written")


@pytest.mark.parametrize("asked", ["", "?mark=C1", "?mark=Q1", "?mark=B1", "?new=bias", "?mark=C1&do=change"])
def test_the_workbench_is_accessible_and_fits(
    asked: str,
    bench: Page,
    article: Article,
    alice: User,
    assert_accessible: Callable[[Page], None],
    assert_no_sideways_scroll: Callable[[Page], None],
) -> None:
    make_quote(article, by=alice, speaker=make_speaker(by=alice))
    make_claim(article, by=alice)
    make_tag(article, by=alice)

    bench.goto(f"/articles/{article.uid}/{asked}")

    assert_accessible(bench)
    assert_no_sideways_scroll(bench)


@pytest.mark.parametrize("place", ["revise/", "revisions/1/"])
def test_the_pages_of_revisions_are_accessible_and_fit(
    place: str,
    bench: Page,
    article: Article,
    assert_accessible: Callable[[Page], None],
    assert_no_sideways_scroll: Callable[[Page], None],
) -> None:
    bench.goto(f"/articles/{article.uid}/{place}")

    assert_accessible(bench)
    assert_no_sideways_scroll(bench)


def test_a_mark_is_made_longer_and_keeps_what_hangs_on_it(bench: Page, article: Article, alice: User) -> None:
    claim = make_claim(article, "12 million euros", by=alice)
    bench.goto(f"/articles/{article.uid}/?mark=C1")

    bench.keyboard.press("Shift+ArrowLeft")
    expect(bench.locator("#bench-live")).to_have_text("12 million")
    bench.keyboard.press("Alt+Shift+ArrowLeft")
    expect(bench.locator("#inspector blockquote")).to_contain_text("cost 12 million")

    claim.refresh_from_db()
    assert anchored_words(claim.span_id, article) == "cost 12 million"
    assert bench.evaluate(PAINTED, "claim-open") == ["cost 12 million"]


def test_what_is_changed_in_the_inspector_is_saved_field_by_field(bench: Page, article: Article, alice: User) -> None:
    quote = make_quote(article, by=alice)
    bench.goto(f"/articles/{article.uid}/?mark=Q1")
    bench.keyboard.press("m")
    bench.get_by_label("Kind").select_option("mixed")
    expect(bench.locator("[data-saving]")).to_have_text("Saved")
    bench.get_by_label("Cue").fill("insisted")
    bench.keyboard.press("Tab")
    expect(bench.locator("[data-part=tools]")).to_be_visible()
    bench.wait_for_load_state("networkidle")

    quote.refresh_from_db()
    assert (quote.kind, quote.cue, quote.version) == ("mixed", "insisted", 3)


def test_two_people_changing_one_mark_see_both_sides(
    bench: Page, article: Article, alice: User, ada: User, signed_in: OpenPage
) -> None:
    make_claim(article, by=alice)
    bench.goto(f"/articles/{article.uid}/?mark=C1")
    other = signed_in(ada)
    other.goto(f"/articles/{article.uid}/?mark=C1")
    bench.get_by_label("Restatement").fill("Mine.")
    bench.keyboard.press("Escape")
    expect(bench.locator("[data-saving]")).to_have_text("Saved")

    other.get_by_label("Restatement").fill("Theirs.")
    other.keyboard.press("Escape")

    expect(other.get_by_text("Mine.").first).to_be_visible()
    assert Claim.objects.get().canonical == "Mine."


def test_a_sentence_is_called_opinion_by_a_key_and_taken_back_by_the_same(bench: Page, article: Article) -> None:
    bench.keyboard.press("j")
    bench.keyboard.press("j")
    bench.keyboard.press("i")
    expect(bench.locator(".gutter li.is-opinion")).to_have_count(1)
    expect(bench.locator("#bench-live")).to_have_text("opinion")
    bench.reload()
    expect(bench.locator(".gutter li.is-opinion")).to_have_count(1)

    bench.keyboard.press("j")
    bench.keyboard.press("j")
    bench.keyboard.press("i")

    expect(bench.locator("#bench-live")).to_have_text("taken back")
    bench.reload()
    expect(bench.locator(".gutter li.is-opinion")).to_have_count(0)


def test_the_script_draws_the_margin_as_the_server_does(bench: Page, article: Article, alice: User) -> None:
    speaker = make_speaker(by=alice)
    for words in ("“We had no choice,”", "The council voted"):
        make_quote(article, words, by=alice, speaker=speaker)
    make_claim(article, by=alice)
    make_tag(article, by=alice)
    bench.goto(f"/articles/{article.uid}/")
    by_server = bench.locator("#text .gutter").all_inner_texts()
    labels = "links => links.map(link => [link.getAttribute('aria-label'), link.className, link.dataset.marks])"
    sent = bench.locator("#text .gutter a").evaluate_all(labels)

    bench.evaluate("""async () => {
      const { redrawRows } = await import("/static/js/workbench/gutter.js");
      const { allMarks } = await import("/static/js/workbench/marks.js");
      redrawRows([...allMarks()]);
    }""")

    assert bench.locator("#text .gutter").all_inner_texts() == by_server
    assert bench.locator("#text .gutter a").evaluate_all(labels) == sent
    assert len(sent) == 4


def test_the_script_draws_runs_as_the_server_does(signed_in: OpenPage, article: Article, alice: User) -> None:
    make_quote(article, "The council voted", by=alice)
    make_claim(article, by=alice)
    make_tag(article, by=alice)
    page = signed_in(alice, forced_colors="active")
    page.goto(f"/articles/{article.uid}/")
    sent = page.locator("#text .block").evaluate_all("blocks => blocks.map(block => block.innerHTML)")

    page.evaluate("""async () => {
      const { repaint } = await import("/static/js/workbench/paint.js");
      const { allMarks } = await import("/static/js/workbench/marks.js");
      repaint([...allMarks()]);
    }""")

    assert page.locator("#text .block").evaluate_all("blocks => blocks.map(block => block.innerHTML)") == sent
    assert sum("<mark" in block for block in sent) > 1


def test_an_article_with_many_marks_is_painted_without_an_element_for_each(
    bench: Page, article: Article, alice: User, monkeypatch: pytest.MonkeyPatch, signed_in: OpenPage
) -> None:
    monkeypatch.setattr("annotations.views.workbench.bench.MOST_DRAWN", 1)
    make_quote(article, "The council voted", by=alice)
    make_claim(article, by=alice)
    bench.goto(f"/articles/{article.uid}/")
    expect(bench.locator("#text .gutter a")).to_have_count(2)
    painted = bench.evaluate("[...CSS.highlights.keys()].sort()")
    runs = bench.locator("#text mark").count()
    without = signed_in(alice, java_script_enabled=False)
    without.goto(f"/articles/{article.uid}/")

    expect(without.locator("#text mark").first).to_be_visible()
    assert painted == ["claim-open", "quote-0-direct"]
    assert runs == 0


def test_a_claim_gets_its_evidence_and_verdict_in_eight_keys(
    signed_in: OpenPage, article: Article, alice: User
) -> None:
    make_source(by=alice, text="The council estimates the repair.\n\nIt will cost 12 million euros.")
    page = signed_in(alice)
    page.goto(f"/articles/{article.uid}/")
    select(page, "12 million euros")
    pressed: list[str] = []

    def press(key: str) -> None:
        pressed.append(key)
        page.keyboard.press(key)

    press("c")
    expect(page.locator("#selected")).to_have_text("C1 selected")
    press("e")
    page.get_by_role("heading", name="Found in the stored sources").wait_for()
    press("1")
    press("s")
    page.get_by_role("heading", name="Attached", exact=True).wait_for()
    press("v")
    press("1")
    page.keyboard.type("The council’s own estimate says so.")
    page.get_by_label("Why one source suffices").fill("Nobody else counts it.")
    press("Control+Enter")
    page.get_by_text("Sent to review.").wait_for()

    check = FactCheck.objects.get()
    assert (check.state, check.verdict) == ("in_review", "supported")
    assert len(pressed) <= 8


def test_two_fields_changed_at_once_are_both_saved(bench: Page, article: Article, alice: User) -> None:
    quote = make_quote(article, by=alice)
    bench.goto(f"/articles/{article.uid}/?mark=Q1")
    with bench.expect_response(lambda answer: "/change/" in answer.url), bench.expect_response("**/articles/**mark=Q1"):
        bench.evaluate("""() => {
          const { kind, cue } = document.querySelector("#inspector form[data-autosave]").elements;
          kind.value = "mixed";
          kind.dispatchEvent(new Event("change", { bubbles: true }));
          cue.value = "insisted";
          cue.dispatchEvent(new Event("change", { bubbles: true }));
        }""")

    quote.refresh_from_db()
    assert (quote.kind, quote.cue) == ("mixed", "insisted")
    expect(bench.get_by_role("alert")).to_have_count(0)


def test_a_mark_the_desk_never_heard_of_is_taken_back(bench: Page) -> None:
    select(bench, "12 million euros")
    bench.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no network')); }")

    bench.keyboard.press("q")

    expect(bench.locator("#inspector [role=alert]")).to_contain_text("The desk does not answer")
    assert bench.evaluate(PAINTED, "quote-0-direct") == []
    assert bench.evaluate("getSelection().toString()") == "12 million euros"
    assert not Quote.objects.exists()
