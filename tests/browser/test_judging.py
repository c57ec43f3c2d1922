"""Judging a claim in a browser: by selecting, by keys, and without any script."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from annotations.models import Claim, Evidence, FactCheck
from articles.models import Source
from newsdesk.models import User
from tests.factories import make_article, make_claim, make_evidence, make_quote, make_source, make_speaker

OpenPage = Callable[..., Page]
Look = Callable[[Page], None]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def claim(alice: User, bob: User) -> Claim:
    return make_claim(make_article(by=alice), by=bob)


@pytest.fixture
def source(bob: User) -> Source:
    return make_source(by=bob, text="🌉 The council estimates the repair.\n\nIt will cost 12 million euros.")


def test_selected_words_of_a_source_become_evidence(
    open_page: OpenPage, bob: User, claim: Claim, source: Source
) -> None:
    page = open_page(bob)
    snapshot = source.snapshots.get()
    page.goto(f"{reverse('annotations:evidence-new', args=[claim.uid])}?snapshot={snapshot.uid}")

    page.evaluate(
        """() => {
          const words = document.querySelector("[data-start]").firstChild;
          const at = words.data.indexOf("council");
          getSelection().setBaseAndExtent(words, at, words, at + "council estimates".length);
        }"""
    )
    page.get_by_text("Selected: characters 6 to 23").wait_for()
    page.keyboard.press("s")
    page.get_by_role("heading", name="Evidence").wait_for()

    evidence = Evidence.objects.get()
    assert (evidence.start, evidence.end) == (6, 23)
    assert (evidence.excerpt, evidence.stance) == ("council estimates", "supports")


def test_words_of_a_source_are_chosen_and_attached_by_keys_alone(
    open_page: OpenPage, bob: User, claim: Claim, source: Source
) -> None:
    page = open_page(bob)
    snapshot = source.snapshots.get()
    page.goto(f"{reverse('annotations:evidence-new', args=[claim.uid])}?snapshot={snapshot.uid}")

    for key in ("j", "j", "k", "j"):
        page.keyboard.press(key)
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Alt+Shift+ArrowRight")
    page.get_by_text("Selected: characters 40 to 66").wait_for()
    page.keyboard.press("r")
    page.get_by_role("heading", name="Evidence").wait_for()

    evidence = Evidence.objects.get()
    assert (evidence.excerpt, evidence.stance) == ("will cost 12 million euros", "refutes")


def test_a_found_passage_and_a_verdict_take_a_few_keys(
    open_page: OpenPage, bob: User, claim: Claim, source: Source
) -> None:
    page = open_page(bob)
    page.goto(reverse("annotations:claim", args=[claim.uid]))

    page.keyboard.press("1")
    page.keyboard.press("s")
    page.get_by_role("heading", name="Attached", exact=True).wait_for()
    page.keyboard.press("v")
    page.keyboard.press("1")
    page.get_by_label("Published rating").select_option("True")
    page.get_by_label("Reason, as readers will see it").fill("The council’s estimate of April says 12 million.")
    page.get_by_label("Why one source suffices").fill("The council’s own estimate.")
    page.get_by_role("button", name="Send to review").click()
    page.get_by_text("Sent to review.").wait_for()

    check = FactCheck.objects.get()
    assert check.rating is not None
    assert (check.state, check.verdict, check.rating.slug) == ("in_review", "supported", "true")


def test_ratings_that_contradict_the_verdict_cannot_be_chosen(open_page: OpenPage, bob: User, claim: Claim) -> None:
    page = open_page(bob)
    page.goto(reverse("annotations:claim", args=[claim.uid]))

    page.get_by_role("radio", name="Refuted").check()

    open_ratings = page.locator("option[data-verdicts]:not([disabled])").all_inner_texts()
    assert open_ratings == ["Misleading (missing context)", "Mostly false", "False"]


def test_a_search_keeps_what_is_being_written(open_page: OpenPage, bob: User, claim: Claim, source: Source) -> None:
    page = open_page(bob)
    page.goto(reverse("annotations:claim", args=[claim.uid]))
    page.get_by_label("Reason, as readers will see it").fill("Half a sentence")

    page.keyboard.press("Escape")
    page.get_by_label("Search the stored sources").fill("estimates")
    page.get_by_role("search").get_by_role("button", name="Search").click()
    page.locator("mark.match", has_text="estimates").wait_for()

    assert page.get_by_label("Reason, as readers will see it").input_value() == "Half a sentence"


def test_a_paragraph_becomes_evidence_without_a_script(
    open_page: OpenPage, bob: User, claim: Claim, source: Source
) -> None:
    page = open_page(bob, java_script_enabled=False)
    page.goto(reverse("annotations:evidence-new", args=[claim.uid]))

    page.get_by_role("link", name=source.title).click()
    page.get_by_role("radio", name="It will cost 12 million euros.").check()
    page.get_by_role("button", name="Refutes").click()

    assert page.get_by_role("heading", name="Attached", exact=True).is_visible()
    assert Evidence.objects.get().excerpt == "It will cost 12 million euros."


def test_a_search_is_narrowed_without_a_script(open_page: OpenPage, bob: User, claim: Claim, source: Source) -> None:
    make_source(by=bob, text="Another council estimates more.", kind="Report")
    page = open_page(bob, java_script_enabled=False)
    page.goto(reverse("annotations:claim", args=[claim.uid]))

    page.get_by_label("Search the stored sources").fill("council estimates")
    page.get_by_text("Where to search").click()
    page.get_by_label("Kind of source").fill("report")
    page.get_by_role("search").get_by_role("button", name="Search").click()

    assert page.locator("#found li.evidence").count() == 1
    assert page.locator("#found mark.match").all_inner_texts() == ["council", "estimates"]
    assert page.get_by_label("Kind of source").input_value() == "report"


@pytest.mark.parametrize("width", [1440, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_judging_is_accessible(
    open_page: OpenPage,
    assert_accessible: Look,
    assert_no_sideways_scroll: Look,
    bob: User,
    claim: Claim,
    source: Source,
    width: int,
    scheme: str,
) -> None:
    speaker = make_speaker(by=bob)
    make_quote(claim.article, by=bob, speaker=speaker, mention="Ines Duarte")
    snapshot = source.snapshots.get()
    page = open_page(bob, viewport={"width": width, "height": 900}, color_scheme=scheme)

    for address in (
        reverse("annotations:claim", args=[claim.uid]),
        f"{reverse('annotations:claim', args=[claim.uid])}?q=council&kind=report",
        reverse("annotations:claim-list"),
        reverse("annotations:claim-change", args=[claim.uid]),
        f"{reverse('annotations:evidence-new', args=[claim.uid])}?snapshot={snapshot.uid}",
        reverse("annotations:source-list"),
        reverse("annotations:source", args=[source.uid]),
        reverse("annotations:source-new"),
        reverse("annotations:speaker-list"),
        reverse("annotations:speaker", args=[speaker.uid]),
    ):
        page.goto(address)
        assert_accessible(page)
        assert_no_sideways_scroll(page)


def test_no_target_on_the_page_of_a_claim_is_smaller_than_a_fingertip(
    open_page: OpenPage, bob: User, claim: Claim, source: Source
) -> None:
    make_evidence(claim, source, "The council estimates the repair.", by=bob)
    page = open_page(bob, viewport={"width": 320, "height": 800})

    page.goto(reverse("annotations:claim", args=[claim.uid]))

    too_small = page.evaluate(
        """() => [...document.querySelectorAll("main :is(a, button, input, select, textarea, summary)")]
          .filter((each) => each.type !== "hidden" && each.checkVisibility())
          .map((each) => [each.textContent.trim(), (each.closest("label") ?? each).getBoundingClientRect()])
          .filter(([, box]) => box.width < 24 || box.height < 24)
          .map(([words, box]) => `${words}: ${box.width} × ${box.height}`)"""
    )
    assert page.get_by_role("link", name="Choose fewer words").first.is_visible()
    assert too_small == []
