"""Which later texts bear on which claims: by claims and sources of our own. Half of them did not choose the rule."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from annotations.bearing import Reading, bearing_of, read_followers, read_statement, words_of
from annotations.models import LaterSource
from annotations.operations.checking.latersources import note_later_sources
from newsdesk.models import User
from tests.factories import AT, make_article, make_check, make_claim, make_source

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)

CLAIMS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "later" / "sources.json").read_text())["claims"]
# What the rule does not see, and what it takes for more than it is.
MISSED = {
    "Court file: statement of the shift leader",
    "Ruling of the appeals court",
    "Decision of parliament on the Sund mission",
}
SMALL_WORDS = {"a", "did", "not", "on", "that", "the", "they", "with"}
MISTAKEN = {"Santa Marta celebrates its saint", "Probe tests prams"}


def test_later_sources_are_noted_for_the_claims_they_bear_on(alice: User, bob: User) -> None:
    articles = {language: make_article(by=alice, language=language) for language in ("en", "de", "fr", "es")}
    wanted, found = set(), set()
    for entry in CLAIMS:
        claim = make_claim(articles[entry["language"]], by=bob, canonical=entry["claim"])
        make_check(claim, checker=bob)
        wanted |= {(entry["claim"], source["title"]) for source in entry["matches"]}

    for entry in CLAIMS:
        for source in [*entry["matches"], *entry["others"]]:
            stored = make_source(by=bob, at=AT + HOUR, language=entry["language"], **source)
            note_later_sources(snapshot=stored.snapshots.get().uid)
    found = set(LaterSource.objects.values_list("claim__canonical", "snapshot__source__title"))

    assert {title for _claim, title in wanted - found} == MISSED
    assert {title for _claim, title in found - wanted} == MISTAKEN
    assert (len(wanted), len(found - wanted)) == (40, 2)


def bearing(claim: str, text: str, *, language: str = "en") -> tuple[float, set[str]]:
    """With words searched as they stand, and small ones not at all."""
    statement = read_statement(claim, language=language)
    read = Reading(frozenset(word.text for word in words_of(text)), read_followers(text))
    return bearing_of(statement, read, {word: frozenset({word} - SMALL_WORDS) for word in statement.words})


def test_names_and_the_matter_are_weighed_apart() -> None:
    share, words = bearing(
        "Peskov did not say whether Putin would attend the Istanbul talks.",
        "Order on the delegation to the Istanbul talks\nThe president was not on the list.",
    )

    assert share == pytest.approx((1 / 2 + 1 / 2) / 2)  # Istanbul of Putin and Istanbul; talks of attend and talks
    assert words == {"istanbul", "talks"}


@pytest.mark.parametrize(
    "text",
    [
        "The order of the Kremlin names Vladimir Medinsky for the talks.",
        "On 11 May 2025 direct talks began.",
        "In spring Putin met the president of Ukraine.",
    ],
    ids=["another name", "no name", "no matter"],
)
def test_a_name_of_somebody_else_a_date_or_a_name_alone_is_not_enough(text: str) -> None:
    claim = "On Sunday 11 May 2025 Vladimir Putin proposed direct talks with Ukraine."

    assert bearing(claim, text) == (0.0, set())
    assert bearing(claim, f"{text} Later Putin spoke of direct talks.")[0] > 0  # bait: the rest would do


def test_a_word_that_begins_a_claim_is_a_name_where_the_text_writes_it_so() -> None:
    claim = "Ukraine accepted a truce."

    assert bearing(claim, "They said that Ukraine accepted the truce.")[0] == 1.0
    assert bearing(claim, "They accepted the truce.") == (0.0, set())


def test_where_nouns_have_capitals_two_of_them_are_enough() -> None:
    claim = "Altenau hat nur 17 Sozialwohnungen gebaut."

    assert bearing(claim, "Der Bericht zu Altenau zählt Sozialwohnungen doppelt.", language="de")[0] > 0
    assert bearing(claim, "Das Fest von Altenau war gut besucht.", language="de") == (0.0, set())


def test_scripts_without_capitals_are_compared_by_all_words(alice: User, bob: User) -> None:
    claim = make_claim(make_article(by=alice, language="ar"), by=bob, canonical="أغلق المجلس جسر الميناء سنتين.")
    make_check(claim, checker=bob)
    texts = {"Bridge": "قرار المجلس: يفتح جسر الميناء غدا.", "Match": "فاز فريق المدينة بكأس البلاد."}

    for title, text in texts.items():
        stored = make_source(by=bob, at=AT + HOUR, language="ar", title=title, text=text)
        note_later_sources(snapshot=stored.snapshots.get().uid)

    assert [later.snapshot.source.title for later in LaterSource.objects.all()] == ["Bridge"]
