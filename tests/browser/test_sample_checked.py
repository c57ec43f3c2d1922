"""The sample's fifteen claims, checked in a browser against its thirteen sources as a checker would."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.models import Claim, FactCheck
from annotations.operations.checking.latersources import note_later_sources
from annotations.operations.desk.demo import DESK_FILE, Built, Cast, build_material
from articles.models import Source
from articles.operations.sources import STORED
from newsdesk.models import User
from tests.factories import AT

OpenPage = Callable[..., Page]

pytestmark = pytest.mark.django_db(transaction=True)

LATE = "S11"  # stored after the ninth claim was judged
BEFORE = {
    "C1": ({"S1": "Refutes", "S3": "Gives context"}, "Refuted", "Misleading (missing context)"),
    "C2": ({"S2": "Gives context"}, "Supported", "Mostly true"),
    "C3": ({"S9": "Refutes"}, "Refuted", "False"),
    "C4": ({"S5": "Supports"}, "Supported", "True"),
    "C5": ({"S6": "Supports"}, "Supported", "Mostly true"),
    "C6": ({"S8": "Supports"}, "Supported", "True"),
    "C7": ({"S7": "Supports"}, "Supported", "True"),
    "C9": ({"S10": "Supports"}, "Supported", "True"),
}
AFTER = {
    "C8": ({"S10": "Supports", LATE: "Gives context"}, "Supported", "True"),
    "C10": ({"S12": "Refutes"}, "Refuted", "False"),
    "C11": ({"S13": "Supports"}, "Supported", "True"),
}
WORDING = ("C14", "C15")
NOT_CHECKED = ("C12", "C13")


@dataclass
class Checker:
    """Somebody at a browser, with the material by the names the sample gives it."""

    page: Page
    built: Built
    texts: dict[str, str]

    def open(self, name: str, query: str = "") -> None:
        address = reverse("annotations:claim", args=[self.built.claims[name].uid])
        self.page.goto(f"{address}?q={quote(query)}" if query else address)

    def attach(self, claim: str, source: str, stance: str) -> None:
        """Find the source by its words, and say what they do to the claim."""
        self.open(claim, " ".join(self.texts[source].split()[:12]))
        link = self.page.get_by_role("link", name=self.built.sources[source].title, exact=True)
        found = self.page.locator("#found li.evidence", has=link).first
        found.get_by_role("button", name=stance).click()
        self.page.get_by_text("Attached: ").wait_for()

    def judge(self, verdict: str, rating: str, *, button: str = "Send to review") -> None:
        self.page.get_by_role("radio", name=verdict).check()
        self.page.get_by_label("Published rating").select_option(rating)
        self.page.get_by_label("Reason, as readers will see it").fill(f"{rating}: what the sources say.")
        self.page.get_by_label("Why one source suffices").fill("Nobody else has it on record.")
        self.page.get_by_role("button", name=button).click()
        self.page.get_by_text("Sent to review." if button == "Send to review" else "Your draft is kept.").wait_for()

    def check(self, name: str, plan: tuple[dict[str, str], str, str]) -> None:
        passages, verdict, rating = plan
        for source, stance in passages.items():
            self.attach(name, source, stance)
        self.judge(verdict, rating)

    def store(self, entry: dict[str, Any]) -> Source:
        """A source that was published later, through its form."""
        self.page.goto(reverse("annotations:source-new"))
        fields = {"title": "title", "publisher": "publisher", "published_date": "date", "text": "passage"}
        for field, key in fields.items():
            self.page.locator(f"[name={field}]").fill(entry[key])
        self.page.locator("[name=language]").select_option("en")
        self.page.locator("[name=basis]").select_option("paraphrase")
        self.page.get_by_role("button", name="Store", exact=True).click()
        self.page.get_by_role("heading", name=entry["title"]).wait_for()
        return Source.objects.get(title=entry["title"])


@pytest.fixture
def sample() -> dict[str, Any]:
    """The sample without the source that comes later, and without anything attached."""
    desk: dict[str, Any] = json.loads(DESK_FILE.read_text(encoding="utf-8"))
    desk["claims"] = [claim | {"evidence": []} for claim in desk["claims"]]
    return desk


@pytest.fixture
def checker(
    open_page: OpenPage, sample: dict[str, Any], alice: User, bob: User, carol: User, dana: User, emil: User
) -> Checker:
    cast = Cast(editor=alice, checker=bob, researcher=carol, reviewer=dana, annotator=emil)
    early = [entry for entry in sample["sources"] if entry["id"] != LATE]
    built = build_material(sample | {"sources": early}, cast=cast, at=AT)
    texts = {entry["id"]: entry["passage"] for entry in sample["sources"]}
    return Checker(open_page(bob), built, texts)


def approve(page: Page, claim: Claim) -> None:
    page.goto(reverse("annotations:claim", args=[claim.uid]))
    page.get_by_role("button", name="Approve").click()
    page.get_by_text("Your review is kept.").wait_for()


def test_every_claim_of_the_sample_is_judged_as_its_sources_say(
    checker: Checker, sample: dict[str, Any], open_page: OpenPage, dana: User
) -> None:
    page, claims = checker.page, checker.built.claims

    for name, plan in BEFORE.items():
        checker.check(name, plan)
    reviewer = open_page(dana)
    for name in ("C3", "C9"):
        approve(reviewer, claims[name])

    # C3: “former president” is refuted by the record of the inauguration
    checker.open("C3")
    refuting = page.locator("li.evidence", has_text="The White House")
    assert refuting.locator(".stance").inner_text() == "Refutes"
    assert "sworn in as the 47th President" in refuting.inner_text()
    assert FactCheck.objects.get(claim=claims["C3"]).state == "approved"

    # C9: what was published the day after makes its verdict stale
    checker.open("C9")
    assert page.get_by_text("The verdict is stale").count() == 0
    [entry] = [each for each in sample["sources"] if each["id"] == LATE]
    source = checker.store(entry)
    checker.built.sources[LATE] = source
    snapshot = source.snapshots.get()
    job = ProcrastinateJob.objects.get(task_name=STORED, args={"snapshot": str(snapshot.uid)})
    assert job.status == "todo"
    note_later_sources(snapshot=snapshot.uid)  # what the worker does with it
    checker.open("C9")
    stale = page.locator(".notice", has_text="The verdict is stale")
    assert "A source that was stored later shares its telling words." in stale.inner_text()
    assert source.title in stale.inner_text()
    assert "headed by presidential aide Vladimir Medinsky" in stale.inner_text()
    page.goto("/")
    assert page.get_by_text("C9 went stale").count() == 1

    for name, plan in AFTER.items():
        checker.check(name, plan)
    assert "A reply of Sergey Ryabkov" in _requirements(checker, "C10")

    # C14 and C15: printed words that no stored source has in the language spoken
    for name in WORDING:
        checker.attach(name, "S13", "Gives context")
        checker.judge("Not enough evidence", "Unproven", button="Keep as draft")
        page.get_by_label("Search the stored sources").fill("Ryabkov said these words")
        with page.expect_response("**/search/"):
            page.get_by_role("search").get_by_role("button", name="Search").click()
        page.get_by_role("button", name="Send to review").click()
        page.get_by_text("Wording not found in 13 stored sources").first.wait_for()

    for name in NOT_CHECKED:
        checker.open(name)
        assert page.get_by_text("a position or a forecast, not a fact").count() == 1
    judged = dict(FactCheck.objects.values_list("claim__pk", "verdict"))
    assert {name: judged.get(claim.pk) for name, claim in claims.items()} == EXPECTED


def _requirements(checker: Checker, name: str) -> str:
    checker.open(name)
    checker.page.get_by_text("Before it can be published").wait_for()
    return checker.page.locator(".requirements").inner_text()


EXPECTED = {
    **{name: plan[1].lower() for name, plan in {**BEFORE, **AFTER}.items()},
    **dict.fromkeys(WORDING, "not_enough_evidence"),
    **dict.fromkeys(NOT_CHECKED),
}
