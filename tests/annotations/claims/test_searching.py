"""Searching for evidence on the page of a claim: where, what is said of later sources, and when nothing is found."""

from datetime import date, datetime
from typing import Any

import pytest
from django.urls import reverse

from annotations.models import Evidence
from newsdesk.models import User
from tests.factories import make_article, make_claim, make_source
from tests.factories.pages import page_of, signed_in


def shown(person: User, claim: Any, **asked: str) -> list[str]:
    page = signed_in(person).get(page_of(claim), asked).context["page"]
    return [item.found.passage.text for item in page.found]


@pytest.fixture
def dated(alice: User, bob: User, at: datetime) -> Any:
    return make_claim(make_article(by=alice), by=bob, claim_date=date(2025, 5, 1), date_basis="stated")


def test_matched_words_are_marked_and_every_other_is_escaped(bob: User, claim: Any) -> None:
    make_source(by=bob, text="The <b>bridge</b> costs 12 million.")

    text = signed_in(bob).get(page_of(claim)).content.decode()

    assert 'The &lt;b&gt;<mark class="match">bridge</mark>&lt;/b&gt; <mark class="match">costs</mark>' in text


def test_later_sources_come_after_all_others_and_keep_their_place(bob: User, dated: Any) -> None:
    make_source(by=bob, text="The repair of the harbour bridge will cost 14 million.", published_date=date(2025, 6, 1))
    make_source(by=bob, text="A bridge.", published_date=date(2025, 4, 1))
    make_source(by=bob, text="Another bridge.", published_date=None)

    answer = signed_in(bob).get(page_of(dated))

    found = answer.context["page"].found
    assert [item.is_later for item in found] == [False, False, True]
    assert found[-1].rank == 1
    assert "Later than the claim" in answer.content.decode()


def test_later_sources_take_no_place_of_others(bob: User, dated: Any) -> None:
    for number in range(12):
        make_source(by=bob, text=f"Harbour bridge repair {number}.", published_date=date(2025, 6, 1))
    make_source(by=bob, text="A bridge.", published_date=date(2025, 4, 1))

    texts = shown(bob, dated)

    assert texts[0] == "A bridge."
    assert len(texts) == 4


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, {"old", "undated", "new"}),
        ({"published": "until"}, {"old", "undated"}),
        ({"published": "after"}, {"new"}),
        ({"kind": "REPORT"}, {"new"}),
        ({"language": "de"}, {"undated"}),
        ({"source": "city cou"}, {"old"}),
        ({"published": "nonsense", "language": "klingon"}, {"old", "undated", "new"}),
    ],
)
def test_a_search_is_narrowed_without_a_script(bob: User, dated: Any, asked: Any, expected: set[str]) -> None:
    make_source(by=bob, text="Bridge old")
    make_source(by=bob, text="Bridge undated", published_date=None, publisher="", language="de")
    make_source(by=bob, text="Bridge new", published_date=date(2025, 6, 1), publisher="", kind="Report")

    assert {text.split()[1] for text in shown(bob, dated, q="bridge", **asked)} == expected


def test_earlier_snapshots_are_searched_when_asked_for(bob: User, claim: Any, at: datetime) -> None:
    source = make_source(by=bob, text="The bridge costs 12 million.")
    signed_in(bob).post(
        reverse("annotations:snapshot-new", args=[source.uid]), {"text": "The bridge is free.", "basis": "capture"}
    )

    assert shown(bob, claim, q="bridge") == ["The bridge is free."]
    assert set(shown(bob, claim, q="bridge", past="on")) == {"The bridge is free.", "The bridge costs 12 million."}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"q": "the of and"}, "This search has no word to look for"),
        ({"q": "zebra"}, "No further passage shares words with this search"),
        ({"q": "bridge", "kind": "minutes"}, "Search everywhere"),
    ],
)
def test_finding_nothing_says_why_and_what_helps(bob: User, claim: Any, asked: Any, said: str) -> None:
    make_source(by=bob)

    answer = signed_in(bob).get(page_of(claim), asked)

    assert answer.context["page"].found == []
    assert said in answer.content.decode()


def test_the_fold_is_open_while_it_narrows_and_the_search_goes_on_with_it(bob: User, claim: Any) -> None:
    client = signed_in(bob)
    make_source(by=bob, kind="Report")

    sent = client.post(
        reverse("annotations:evidence-search", args=[claim.uid]), {"q": "bridge", "kind": "report", "past": "on"}
    )

    address = sent.headers["Location"]
    assert address == f"{page_of(claim)}?q=bridge&kind=report&past=on#evidence"
    text = client.get(address).content.decode()
    assert '<details class="fold-form evidence-narrow" open>' in text
    assert 'value="report"' in text


def test_the_place_in_the_search_goes_along_when_fewer_words_are_chosen(bob: User, claim: Any) -> None:
    make_source(by=bob)
    client = signed_in(bob)
    item = client.get(page_of(claim)).context["page"].found[0]
    snapshot = item.found.passage.snapshot
    asked = {"snapshot": snapshot.uid, "passage": 0, "found_query": "a bridge", "found_rank": 1, "found_score": 1.5}
    address = reverse("annotations:evidence-new", args=[claim.uid])

    form = client.get(address, asked).context["form"]
    kept = {name: form[name].value() for name in ("passage", "found_query", "found_rank", "found_score")}
    client.post(address, {**kept, "snapshot": snapshot.uid, "exact": "12 million euros", "stance": "supports"})

    evidence = Evidence.objects.get()
    assert (evidence.found_query, evidence.found_rank, evidence.found_score) == ("a bridge", 1, 1.5)


def test_a_narrowed_search_is_logged_by_what_it_found(bob: User, claim: Any, drafted: Any) -> None:
    make_source(by=bob, text="Another bridge.", kind="Report")
    address = reverse("annotations:evidence-search", args=[claim.uid])

    signed_in(bob).post(address, {"q": "bridge"})
    signed_in(bob).post(address, {"q": "bridge", "kind": "report"})

    drafted.refresh_from_db()
    assert [entry["found"] for entry in drafted.search_log] == [2, 1]
