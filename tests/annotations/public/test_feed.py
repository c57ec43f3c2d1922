"""The newest checks for feed readers."""

from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from newsdesk.models import User
from tests.factories import make_claim
from tests.factories.published import judge

ATOM = "{http://www.w3.org/2005/Atom}"


def feed() -> Any:
    return ElementTree.fromstring(Client().get("/read/feed.atom").content)


def text_of(element: Any, name: str) -> str:
    return element.find(f"{ATOM}{name}").text or ""


def test_a_feed_has_all_that_rfc_4287_asks_for(article: Any, claim: Any, settings: Settings) -> None:
    atom = feed()

    for element in (atom, *atom.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert text_of(element, name)
    assert text_of(atom.find(f"{ATOM}author"), "name") == settings.PUBLISHER
    [entry] = atom.findall(f"{ATOM}entry")
    assert text_of(entry, "id") == f"urn:uuid:{claim.uid}"
    assert text_of(entry, "title") == f"True: {claim.canonical}"
    assert entry.find(f"{ATOM}link").get("href").endswith(f"/read/{article.slug}/claims/{claim.uid}/")


def test_a_corrected_check_comes_again_with_what_was_corrected(
    article: Any, claim: Any, alice: User, bob: User, dana: User
) -> None:
    other = make_claim(article, "for two years", by=bob, canonical="It takes two years.")
    judge(other, checker=bob, reviewer=dana, editor=alice, at=datetime(2025, 5, 20, tzinfo=UTC))
    before = [text_of(entry, "id") for entry in feed().findall(f"{ATOM}entry")]
    judge(
        claim,
        checker=bob,
        reviewer=dana,
        editor=alice,
        correction_note="It was the draft.",
        at=datetime(2025, 6, 1, tzinfo=UTC),
    )

    after = feed().findall(f"{ATOM}entry")

    assert before == [f"urn:uuid:{other.uid}", f"urn:uuid:{claim.uid}"]
    assert text_of(after[0], "id") == f"urn:uuid:{claim.uid}"
    assert "It was the draft." in text_of(after[0], "summary")
    assert text_of(after[0], "updated") == "2025-06-01T00:00:00+00:00"


def test_an_unchanged_feed_is_not_sent_again_and_costs_one_query(
    article: Any, claim: Any, alice: User, bob: User, dana: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    etag = Client().get("/read/feed.atom")["ETag"]

    with django_assert_num_queries(1):
        same = Client().get("/read/feed.atom", headers={"if-none-match": etag})
    judge(claim, checker=bob, reviewer=dana, editor=alice, correction_note="It was the draft.")
    changed = Client().get("/read/feed.atom", headers={"if-none-match": etag})

    assert (same.status_code, same.content) == (304, b"")
    assert changed.status_code == 200
