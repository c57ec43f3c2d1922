"""A study in a browser, from its first form to the dataset: the sample and nine own texts, three annotators."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotations.models import BiasTag, Dataset, Reading, Round, SentenceFinding, Settlement
from newsdesk.models import User
from tests.browser.conftest import OpenPage
from tests.factories import make_article
from tests.factories.studies import Study, begin, submit, tag_in

pytestmark = pytest.mark.django_db(transaction=True)

Look = Callable[[Page], None]
ADDRESS = "/research/framing-of-the-talks/"
TEXTS = Path(__file__).parent.parent / "data"
SAMPLE = (TEXTS / "istanbul-talks.txt").read_text()
OWN = sorted((TEXTS / "study").glob("*.txt"))
# What all three tag in the texts of our own, but for the last two, where they differ.
CHARGED = (
    "reckless",
    "frightened families",
    "heartless",
    "So-called experts",
    "A handful of stubborn villagers",
    "a scandal without equal",
    "carp",
    "Greedy",
    "brave",
)
# Sentences of the sample, from 0, and the letter of the category that each reader tags them with.
SAMPLE_BY = {
    "emil": {1: "a", 2: "a", 3: "a", 4: "e", 6: "a"},
    "bob": {1: "a", 2: "b", 3: "c", 5: "b", 6: "d"},
    "ada": {1: "a", 3: "c", 5: "d", 6: "d"},
}


def make_the_study(page: Page, people: list[User], look: Look) -> None:
    page.goto("/research/")
    page.get_by_role("link", name="Make a study").first.click()
    page.get_by_role("textbox", name="Name").fill("Framing of the talks")
    page.get_by_label("Guidelines").fill("Tag what the author says, not what others are quoted with.")
    page.get_by_label("Consent note").fill("What you mark is published under a pseudonym.")
    page.get_by_role("button", name="Make it").click()
    page.get_by_label("Annotators for each text").fill("3")
    page.get_by_role("button", name="Plan it").click()
    page.get_by_text("Draw texts", exact=True).click()
    page.get_by_role("button", name="Draw", exact=True).click()
    page.get_by_text("Texts of your own", exact=True).click()
    page.get_by_role("link", name="Texts from files").click()
    page.get_by_label("Files").set_input_files(OWN)
    page.get_by_label("Rights").select_option("own")
    page.get_by_role("button", name="Look at them").click()
    expect(page.get_by_role("heading", name="9 texts would come in")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Bring 9 texts in").click()
    expect(page.get_by_text("9 texts are in the round.")).to_be_visible()
    page.get_by_text("Take people in", exact=True).click()
    for person in people:
        page.get_by_label(person.name).check()
    page.get_by_role("button", name="Take them in").click()
    page.get_by_role("button", name="Hand out by lot").click()
    expect(page.get_by_text("30 texts handed out.")).to_be_visible()
    page.get_by_role("button", name="Open round 1").click()
    expect(page.get_by_text("Round 1 is open.")).to_be_visible()


def begin_the_first(page: Page) -> None:
    page.goto(ADDRESS)
    page.get_by_role("button", name="Read your next text").click()
    expect(page.get_by_text("Tag what the author says")).to_be_visible()
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Begin").click()
    wait_for_keys(page)


def wait_for_keys(page: Page) -> None:
    """Until the bench has its script, which paints first and then listens."""
    page.locator("#text[data-paint=live]").wait_for(state="attached")


def go_to(page: Page, sentence: int) -> None:
    """Go by key to a sentence, from 0."""
    here = page.locator("#here")
    for _ in range(50):
        stands = here.inner_text()
        if stands == str(sentence + 1):
            return
        page.keyboard.press("k" if stands.isdigit() and int(stands) > sentence + 1 else "j")
    expect(here).to_have_text(str(sentence + 1))


def tag_sentences(page: Page, letters: dict[int, str]) -> None:
    for number, (sentence, letter) in enumerate(letters.items(), start=1):
        go_to(page, sentence)
        page.keyboard.press("b")
        page.locator(f"[data-letter={letter}]").wait_for()
        page.keyboard.press(letter)
        expect(page.locator("#selected")).to_have_text(f"B{number} selected")
        page.keyboard.press("Escape")
        expect(page.locator("#inspector [data-label]")).to_have_count(0)


def submit_by_button(page: Page) -> None:
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_role("heading", name="Submitted")).to_be_visible()


def read_the_second_by_keys(page: Page) -> None:
    """Go on with one key, tag one sentence, say of another that nothing was found in it."""
    page.keyboard.press("N")
    expect(page.get_by_role("button", name="Submit", exact=True)).to_be_visible()
    wait_for_keys(page)
    tag_sentences(page, {1: "a"})
    go_to(page, 2)
    with page.expect_response("**/findings/"):
        page.keyboard.press("d")
    submit_by_button(page)


def read_the_rest(readers: list[User]) -> None:
    """Everybody's other readings. Where they differ, Emil finds the words loaded, Bob a label, and Ada nothing."""
    opened = Round.objects.select_related("project__codebook").get()
    texts = list(opened.texts.order_by("position").select_related("pinned__revision__article", "round"))
    study = Study(opened.project, opened, texts)
    assert [text.pinned.revision.text.count(words) for text, words in zip(texts[1:], CHARGED, strict=True)] == [1] * 9
    for reader in readers:
        had = set(Reading.objects.filter(created_by=reader).values_list("revision", flat=True))
        for place, words in enumerate(CHARGED, start=1):
            if texts[place].pinned.revision_id in had:
                continue
            differs = place > 7
            if differs and reader.username == "ada":
                begin(study, reader, place)
            else:
                slug = "labelling" if differs and reader.username == "bob" else "loaded-language"
                tag_in(study, reader, words, text=place, slug=slug)
            submit(study, reader, place)


def settle_by_keys(page: Page) -> None:
    """Merge what agrees, then decide in every way there is."""
    for key in ("m", "a", "t", "n"):
        with page.expect_navigation():
            page.keyboard.press(key)
    page.keyboard.press("w")
    words = page.locator("#question mark").first.inner_text()
    page.get_by_role("textbox", name="Words").fill(words.split(",")[0])
    page.get_by_label("Category").select_option("euphemism")
    with page.expect_navigation():
        page.get_by_role("button", name="Settle with this label").click()
    while page.locator("#question").count():
        page.keyboard.press("y")
        page.keyboard.type("As the guidelines have it")
        page.keyboard.press("Tab")
        with page.expect_navigation():
            # Where one reader alone marked something there is no B.
            page.keyboard.press("b" if page.get_by_role("button", name="Take B").count() else "a")
    expect(page.get_by_text("Everything is settled")).to_be_visible()


def test_a_study_of_the_sample_and_nine_own_texts_from_making_it_to_its_dataset(
    signed_in: OpenPage,
    work_off_jobs: Callable[[], None],
    carol: User,
    emil: User,
    bob: User,
    ada: User,
    alice: User,
    tmp_path: Path,
    assert_accessible: Look,
    assert_no_sideways_scroll: Look,
) -> None:
    article = make_article(by=alice, text=SAMPLE)
    readers = [emil, bob, ada]
    lead = signed_in(carol)
    make_the_study(lead, readers, assert_accessible)
    assert_accessible(lead)
    assert_no_sideways_scroll(lead)

    for reader in readers:
        page = signed_in(reader)
        begin_the_first(page)
        if reader == emil:
            assert_accessible(page)
            assert_no_sideways_scroll(page)
        tag_sentences(page, SAMPLE_BY[reader.username])
        submit_by_button(page)
        if reader == emil:
            read_the_second_by_keys(page)
        page.goto(f"/articles/{article.uid}/")
        expect(page.locator("#text")).to_have_count(0)
    read_the_rest(readers)
    assert Reading.objects.filter(submitted_at__isnull=False).count() == 30

    lead.reload()
    lead.get_by_role("button", name="Close round 1").click()
    lead.get_by_role("link", name="Agreement").click()
    lead.get_by_role("button", name="Measure").click()
    expect(lead.get_by_role("progressbar")).to_be_visible()
    work_off_jobs()
    lead.get_by_role("link", name="Loaded language by Emil Novák, Loaded language by Bob").wait_for()
    assert_accessible(lead)
    lead.get_by_role("link", name="Loaded language by Emil Novák, Labelling by Bob").focus()
    lead.keyboard.press("Enter")
    expect(lead.get_by_role("heading", level=1)).to_have_text("Loaded language or Labelling")
    expect(lead.get_by_text("Greedy landlords found a way around it")).to_be_visible()

    lead.goto(ADDRESS)
    lead.get_by_role("link", name="Adjudicate").click()
    lead.wait_for_load_state()
    settle_by_keys(lead)
    raw = BiasTag.objects.count()
    assert set(Settlement.objects.values_list("decided", flat=True)) == {"agreed", "taken", "both", "neither", "new"}

    lead.get_by_role("link", name="Datasets").click()
    lead.get_by_label("Release", exact=True).fill("1.0")
    lead.get_by_role("button", name="Release it").click()
    with lead.expect_download() as downloading:
        lead.get_by_role("link", name="Download framing-of-the-talks-1.0.zip").click()
    downloading.value.save_as(tmp_path / "release.zip")
    assert (tmp_path / "release.zip").read_bytes() == bytes(Dataset.objects.get().content)
    with zipfile.ZipFile(tmp_path / "release.zip") as release:
        labels = release.read("framing-of-the-talks-1.0/labels.jsonl").decode()
        in_full = sum("/texts/" in name for name in release.namelist())
    assert in_full == 9
    assert (labels.count("\n"), BiasTag.objects.count(), SentenceFinding.objects.count()) == (raw, raw, 1)
