"""What readers are told: the query that pages and feeds share, the page on which the desk tells them, and the API."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from annotations.operations.checking.factchecks import publish_verdict, review_check, send_to_review
from annotations.queries.readers.publicnotices import newest_notices, notices_on, public_notices
from articles.models import Article, Declaration, OutletRequest, Rights
from articles.operations.declaring import Declared, ask_outlet, declare, note_answer
from articles.operations.revising import revise_article
from newsdesk.models import User
from tests.articles.test_declaring import rewritten
from tests.factories import AT, make_article, make_check, make_claim, make_evidence, make_source
from tests.factories.callers import call

CAST = ("alice", "bob", "carol", "dana", "emil", "ada", "rana", "mallory")
STRANGER = AnonymousUser()


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice, state="published")


def tell(article: Article, kind: str, text: str, *, by: User, minutes: int = 0) -> Declaration:
    seen, at = article.version, AT + timedelta(minutes=minutes)
    return declare(article=article, kind=kind, text=text, seen=seen, by=by, at=at)


def publish(claim: Any, rating: str, *, by: User, reviewer: User, editor: User, minutes: int, **more: str) -> Any:
    at = AT + timedelta(minutes=minutes)
    verdict = "supported" if rating in {"true", "mostly-true"} else "refuted"
    check = make_check(claim, checker=by, verdict=verdict, rating=rating)
    check = send_to_review(check=check, seen=check.version, by=by, at=at)
    review_check(check=check, seen=check.version, decision="approve", by=reviewer, at=at)
    return publish_verdict(check=check, seen=check.version, by=editor, at=at, **more)


@pytest.fixture
def everything(article: Article, alice: User, bob: User, dana: User) -> Article:
    """One notice of each sort, in this order, and a minor change."""
    claim = make_claim(article, by=bob)
    make_evidence(claim, make_source(by=bob), by=bob)
    cast: dict[str, Any] = {"by": bob, "reviewer": dana, "editor": alice}
    publish(claim, "true", **cast, minutes=0)
    declared = Declared("minor")
    revise_article(article=article, base=1, rewritten=rewritten(article), declared=declared, by=alice, at=AT)
    tell(article, "clarification", "The bridge is the old one.", by=alice, minutes=1)
    tell(article, "correction", "It is three years.", by=alice, minutes=2)
    publish(claim, "false", **cast, minutes=3, correction_note="The council meant dollars.")
    ask_outlet(
        article=article,
        asked_of="Harbour Courier",
        text="Still two years.",
        asked_date=AT.date(),
        by=alice,
        at=AT + timedelta(minutes=4),
    )
    return article


def test_each_sort_of_notice_is_told_apart_and_minor_changes_are_not_told(everything: Article) -> None:
    told = notices_on(everything, STRANGER)

    assert [(notice.about, notice.kind, notice.text) for notice in told] == [
        ("outlet", "requested", "Still two years."),
        ("verdict", "correction", "The council meant dollars."),
        ("article", "correction", "It is three years."),
        ("article", "clarification", "The bridge is the old one."),
    ]
    assert (told[1].rating, told[1].number, told[2].number) == ("False", 2, 2)
    assert [str(notice.title) for notice in told[:2]] == ["Correction requested", "Correction of our verdict"]


def test_the_answer_of_an_outlet_is_told_with_its_date(everything: Article, alice: User) -> None:
    asked = OutletRequest.objects.get()

    note_answer(
        request=asked, seen=1, answer="refused", answer_text="We stand by it.", answered_date=AT.date(), by=alice, at=AT
    )

    told = notices_on(everything, STRANGER)[0]
    assert (told.answer, told.answer_text, told.answered_date) == ("refused", "We stand by it.", AT.date())


def test_a_retraction_is_told_although_the_piece_is_gone(article: Article, alice: User) -> None:
    tell(article, "retraction", "None of it happened.", by=alice)

    assert [notice.kind for notice in notices_on(article, STRANGER)] == ["retraction"]
    assert [notice.kind for notice in newest_notices(STRANGER)] == ["retraction"]


def hide(article: Article, how: str) -> None:
    changes: dict[str, dict[str, Any]] = {
        "embargo": {"embargo_until": timezone.now() + timedelta(days=1)},
        "restriction": {"access": "restricted", "access_reason": "A source at risk"},
    }
    article.refresh_from_db()
    article.change(seen=article.version, **changes[how])


@pytest.mark.parametrize("how", ["embargo", "restriction"])
@pytest.mark.parametrize("kind", ["correction", "retraction"])
def test_nothing_is_told_about_what_readers_may_not_know_of(
    article: Article, alice: User, rana: User, how: str, kind: str
) -> None:
    tell(article, kind, "It is three years.", by=alice)
    bait = (len(notices_on(article, rana)), len(newest_notices(rana)))

    hide(article, how)

    assert bait == (1, 1)
    assert (notices_on(article, rana), newest_notices(rana)) == ([], [])


def test_the_newest_of_the_desk_come_first_and_no_more_than_asked_for(alice: User) -> None:
    first, second = (make_article(by=alice, state="published") for _ in range(2))
    tell(first, "correction", "one", by=alice, minutes=1)
    tell(second, "correction", "two", by=alice, minutes=3)
    tell(first, "correction", "three", by=alice, minutes=2)

    assert [notice.text for notice in newest_notices(STRANGER, most=2)] == ["two", "three"]


@pytest.mark.parametrize("articles", [1, 3])
def test_notices_of_several_pieces_take_three_queries(
    alice: User, articles: int, django_assert_num_queries: Any
) -> None:
    pieces = [make_article(by=alice, state="published") for _ in range(articles)]
    for piece in pieces:
        tell(piece, "correction", "It is three years.", by=alice)
        ask_outlet(article=piece, asked_of="Courier", text="Two.", asked_date=AT.date(), by=alice, at=AT)

    with django_assert_num_queries(3):
        told = public_notices([piece.pk for piece in pieces], STRANGER)

    assert [len(told[piece.pk]) for piece in pieces] == [2] * articles


# The pages.


def page(person: User, address: str) -> Any:
    client = Client()
    client.force_login(person)
    return client.get(address)


def send(person: User, address: str, **values: Any) -> Any:
    client = Client()
    client.force_login(person)
    return client.post(address, values)


def test_readers_find_the_notices_beside_the_piece(everything: Article, rana: User) -> None:
    shown = page(rana, f"/articles/{everything.uid}/").content.decode()

    for words in ("It is three years.", "The council meant dollars.", "Correction requested", "Harbour Courier"):
        assert words in shown


def test_readers_get_the_retraction_in_the_place_of_the_piece(alice: User, rana: User) -> None:
    article = make_article(by=alice, state="published", rights=Rights.OWN)
    before = page(rana, f"/articles/{article.uid}/").content.decode()

    tell(article, "retraction", "None of it happened.", by=alice)

    after = page(rana, f"/articles/{article.uid}/")
    assert "We had no choice" in before
    assert "We had no choice" not in after.content.decode()
    assert "None of it happened." in after.content.decode()


def test_a_piece_that_was_withdrawn_before_it_was_out_is_not_there(alice: User, rana: User) -> None:
    article = make_article(by=alice, state="withdrawn")

    assert page(rana, f"/articles/{article.uid}/").status_code == 404


def test_an_editor_tells_readers_from_the_page_of_notices(article: Article, alice: User) -> None:
    address = f"/articles/{article.uid}/notices/"
    offered = page(alice, f"/articles/{article.uid}/").content.decode()

    empty = send(alice, address, **{"version": article.version, "notice-kind": "correction", "notice-text": " "})
    stale = send(alice, address, **{"version": 9, "notice-kind": "correction", "notice-text": "Three."})
    done = send(alice, address, **{"version": article.version, "notice-kind": "correction", "notice-text": "Three."})

    article.refresh_from_db()
    assert address in offered
    assert "Mark as corrected" not in offered
    assert (empty.status_code, stale.status_code, done.status_code) == (400, 409, 302)
    assert (article.state, Declaration.objects.get().text) == ("corrected", "Three.")
    assert "Three." in page(alice, address).content.decode()


def test_moving_a_published_piece_leads_to_what_readers_are_told(article: Article, alice: User) -> None:
    answer = send(alice, f"/articles/{article.uid}/move/", state="withdrawn", version=article.version)

    assert answer["Location"] == f"/articles/{article.uid}/notices/"
    assert Article.objects.get().state == "published"


def test_the_page_shows_every_change_also_the_minor_ones(everything: Article, alice: User) -> None:
    shown = page(alice, f"/articles/{everything.uid}/notices/").content.decode()

    assert "Minor: spelling, style" in shown
    assert "Changes since it was published" in shown


def test_an_outlet_is_asked_and_answers_on_the_page(article: Article, bob: User) -> None:
    address = f"/articles/{article.uid}/outlet-requests/"
    future = {"request-asked_of": "Courier", "request-asked_date": "2999-01-01", "request-text": "Two."}
    refused = send(bob, address, **future)
    asked = send(bob, address, **{**future, "request-asked_date": "2025-05-13"})
    stored = OutletRequest.objects.get()
    answering = f"/outlet-requests/{stored.uid}/answer/"

    early = send(bob, answering, version=1, answer="refused", answered_date="2025-05-12")
    noted = send(bob, answering, version=1, answer="refused", answered_date="2025-05-14", answer_text="No.")
    again = send(bob, answering, version=1, answer="corrected", answered_date="2025-05-14")

    stored.refresh_from_db()
    assert [answer.status_code for answer in (refused, asked, early, noted, again)] == [409, 302, 409, 302, 409]
    assert (stored.answer, stored.answer_text, stored.answered_date) == ("refused", "No.", date(2025, 5, 14))


def test_the_desks_own_piece_has_no_form_to_ask_others(alice: User) -> None:
    own = make_article(by=alice, state="published", rights=Rights.OWN)
    others = make_article(by=alice, state="published")

    assert "Note the request" not in page(alice, f"/articles/{own.uid}/notices/").content.decode()
    assert "Note the request" in page(alice, f"/articles/{others.uid}/notices/").content.decode()


# who: reads the page, tells readers, notes what an outlet was asked
MAY: dict[str, tuple[int, int, int]] = {
    "alice": (200, 302, 302),
    "bob": (200, 403, 302),
    "carol": (200, 403, 403),
    "dana": (200, 403, 403),
    "emil": (200, 403, 403),
    "ada": (200, 302, 302),
    "rana": (404, 404, 404),
    "mallory": (404, 404, 404),
}


@pytest.mark.parametrize("name", CAST)
def test_who_reads_and_writes_notices(article: Article, request: pytest.FixtureRequest, name: str) -> None:
    person, address = request.getfixturevalue(name), f"/articles/{article.uid}"
    asked = {"request-asked_of": "Courier", "request-asked_date": "2025-05-13", "request-text": "Two."}
    told = {"version": article.version, "notice-kind": "clarification", "notice-text": "Three."}

    answers = (
        page(person, f"{address}/notices/").status_code,
        send(person, f"{address}/notices/", **told).status_code,
        send(person, f"{address}/outlet-requests/", **asked).status_code,
    )

    assert answers == MAY[name]


# The API.


def revision(article: Article, **more: Any) -> dict[str, Any]:
    blocks = [block.to_json() for block in rewritten(article).blocks]
    return {"headline": article.head.headline, "blocks": blocks, "base_revision": 1, **more}


def test_a_new_text_of_what_is_out_is_declared_over_the_api(article: Article, alice: User) -> None:
    address = f"articles/{article.uid}/revise/"

    silent = call(alice).post(address, revision(article))
    unexplained = call(alice).post(address, revision(article, declared={"kind": "correction"}))
    unknown = call(alice).post(address, revision(article, declared={"kind": "rumour"}))
    said = call(alice).post(address, revision(article, declared={"kind": "correction", "text": "Three."}))

    assert [answer.status_code for answer in (silent, unexplained, unknown, said)] == [422, 422, 400, 200]
    assert [error["field"] for error in silent.json()["errors"]] == ["declared"]
    assert silent.json()["allowed"] == ["minor", "update", "clarification", "correction", "retraction"]
    assert said.json()["state"] == "corrected"


def test_readers_are_told_over_the_api(article: Article, alice: User, bob: User) -> None:
    address, body = f"articles/{article.uid}/declare/", {"kind": "correction", "text": "Three."}

    unseen = call(alice).post(address, body)
    refused = call(bob).post(address, {**body, "version": article.version})
    minor = call(alice).post(address, {"kind": "minor", "text": "x", "version": article.version})
    done = call(alice).post(address, {**body, "version": article.version})
    moved = call(alice).post(f"articles/{article.uid}/move/", {"state": "withdrawn", "version": article.version + 1})

    assert [answer.status_code for answer in (unseen, refused, minor, done, moved)] == [428, 403, 400, 200, 422]
    told = call(alice).get(f"articles/{article.uid}/public-notices/").json()
    assert [(notice["about"], notice["kind"], notice["text"]) for notice in told] == [
        ("article", "correction", "Three.")
    ]


def test_declarations_are_listed_for_the_desk_and_notices_for_readers(
    everything: Article, bob: User, rana: User
) -> None:
    of_the_desk = call(bob).get(f"declarations/?article={everything.uid}").json()["results"]
    of_readers = call(rana).get("declarations/").json()["results"]

    assert sorted(each["kind"] for each in of_the_desk) == ["clarification", "correction", "minor"]
    assert sorted(each["kind"] for each in of_readers) == ["clarification", "correction"]


def test_an_outlet_is_asked_and_answers_over_the_api(article: Article, bob: User, emil: User) -> None:
    body = {"article": str(article.uid), "asked_of": "Courier", "asked_date": "2025-05-13", "text": "Two."}
    answer = {"answer": "corrected", "answered_date": "2025-05-14", "version": 1}

    refused = call(emil).post("outlet-requests/", body)
    future = call(bob).post("outlet-requests/", {**body, "asked_date": "2999-01-01"})
    made = call(bob).post("outlet-requests/", body)
    address = f"outlet-requests/{made.json()['uid']}/answer/"
    early = call(bob).post(address, {**answer, "answered_date": "2025-05-01"})
    noted = call(bob).post(address, answer)
    again = call(bob).post(address, {**answer, "version": 2})

    answers = (refused, future, made, early, noted, again)
    assert [each.status_code for each in answers] == [403, 422, 201, 422, 200, 409]
    assert (noted.json()["answer"], noted.json()["answered_by"]["name"]) == ("corrected", "Bob Tanaka")
