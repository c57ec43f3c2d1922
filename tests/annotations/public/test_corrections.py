"""A reader asks for a correction without an account; an editor decides and says why."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from annotations.models import CorrectionRequest, ReaderContact
from annotations.operations.readers.corrections import decide_correction, request_correction
from articles.operations.articles import restrict_article
from articles.operations.declaring import declare
from newsdesk.models import User
from tests.factories import AT
from tests.factories.callers import call
from tests.factories.pages import signed_in

SAID = {"text": "It costs 14 million.", "place": "second paragraph", "contact": "reader@post.example"}


@pytest.fixture
def asked(article: Any, claim: Any) -> Any:
    return request_correction(article=article, revision=article.head, claim=claim, at=AT, **SAID)


def form_of(article: Any) -> str:
    return reverse("annotations:ask-correction", args=[article.slug])


def test_a_stranger_asks_and_finds_the_decision_at_the_address_they_are_given(
    article: Any, claim: Any, alice: User, stranger: Client
) -> None:
    answer = stranger.post(form_of(article), {**SAID, "check": str(claim.uid)})
    asked = CorrectionRequest.objects.get()
    waiting = stranger.get(answer["Location"]).content.decode()
    decide_correction(request=asked, outcome="accepted", reason="You are right.", seen=asked.version, by=alice, at=AT)

    decided = stranger.get(answer["Location"]).content.decode()

    assert (asked.article, asked.claim, asked.revision) == (article, claim, article.head)
    assert (asked.text, asked.place, asked.contact.contact) == tuple(SAID.values())
    assert "waits for a decision" in waiting
    assert "Accepted" in decided
    assert "You are right." in decided
    for page in (waiting, decided):
        assert "14 million" not in page
        assert "reader@post.example" not in page
        assert "Alice" not in page


def test_every_page_for_readers_leads_to_the_form(article: Any, claim: Any, stranger: Client) -> None:
    for address in (f"/read/{article.slug}/", f"/read/{article.slug}/claims/{claim.uid}/"):
        assert form_of(article) in stranger.get(address).content.decode()
    form = stranger.get(f"{form_of(article)}?check={claim.uid}").content.decode()
    assert claim.canonical in form


def test_the_form_is_protected_from_being_sent_from_elsewhere(article: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(form_of(article)).content.decode())
    assert token is not None

    refused = client.post(form_of(article), SAID)
    sent = client.post(form_of(article), {**SAID, "csrfmiddlewaretoken": token[1]})

    assert (refused.status_code, sent.status_code) == (403, 302)


def test_nothing_wrong_said_and_a_field_only_programs_fill_in_are_refused_and_nothing_typed_is_lost(
    article: Any, stranger: Client
) -> None:
    empty = stranger.post(form_of(article), {**SAID, "text": " "})
    filled = stranger.post(form_of(article), {**SAID, "website": "https://buy.example"})

    assert (empty.status_code, filled.status_code) == (422, 422)
    assert "Say what is wrong." in empty.content.decode()
    assert "It costs 14 million." in filled.content.decode()
    assert not CorrectionRequest.objects.exists()


def test_one_address_asks_five_times_an_hour_counted_where_all_workers_see_it(article: Any) -> None:
    statuses = [Client().post(form_of(article), SAID).status_code for _ in range(6)]

    other = Client().post(form_of(article), SAID, REMOTE_ADDR="203.0.113.9").status_code

    assert statuses == [302] * 5 + [429]
    assert other == 302
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM newsdesk_cache WHERE cache_key LIKE '%%corrections%%'")
        assert cursor.fetchone()[0] > 0


def test_one_household_of_ipv6_is_one_address(article: Any) -> None:
    statuses = [
        Client().post(form_of(article), SAID, REMOTE_ADDR=f"2001:db8:1:2::{number}").status_code
        for number in range(1, 7)
    ]

    assert statuses == [302] * 5 + [429]


@pytest.mark.parametrize("end", ["withdrawn", "restricted"])
def test_what_is_not_out_is_not_corrected(article: Any, alice: User, stranger: Client, end: str) -> None:
    bait = stranger.get(form_of(article)).status_code
    if end == "withdrawn":
        declare(article=article, kind="retraction", text="It was wrong.", seen=article.version, by=alice, at=AT)
    else:
        restrict_article(article=article, reason="At risk", people=[], seen=article.version, by=alice, at=AT)

    answers = (stranger.get(form_of(article)), stranger.post(form_of(article), SAID))

    assert bait == 200
    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_check_of_another_piece_or_without_a_verdict_is_not_named(article: Any, stranger: Client) -> None:
    stranger.post(form_of(article), {**SAID, "check": "00000000-0000-4000-8000-000000000000"})

    assert CorrectionRequest.objects.get().claim is None


def test_editors_decide_with_a_reason_and_the_contact_is_for_them_alone(
    asked: Any, alice: User, bob: User, rana: User
) -> None:
    here = reverse("annotations:correction", args=[asked.uid])
    shown = {who: signed_in(who).get(here) for who in (alice, bob, rana)}
    refused = signed_in(bob).post(here, {"version": 1, "outcome": "declined", "reason": "No."})
    silent = signed_in(alice).post(here, {"version": 1, "outcome": "declined", "reason": " "})
    stale = signed_in(alice).post(here, {"version": 9, "outcome": "declined", "reason": "No."})

    decided = signed_in(alice).post(here, {"version": 1, "outcome": "declined", "reason": "The estimate says 12."})

    assert "reader@post.example" in shown[alice].content.decode()
    assert "It costs 14 million." in shown[bob].content.decode()
    assert "reader@post.example" not in shown[bob].content.decode()
    assert shown[rana].status_code == 404
    assert [answer.status_code for answer in (refused, silent, stale, decided)] == [403, 422, 409, 302]
    asked.refresh_from_db()
    assert (asked.state, asked.decision_reason, asked.decided_by) == ("declined", "The estimate says 12.", alice)


def test_a_decision_taken_back_stays_in_the_history(asked: Any, alice: User) -> None:
    here = reverse("annotations:correction", args=[asked.uid])
    client = signed_in(alice)
    client.post(here, {"version": 1, "outcome": "declined", "reason": "The estimate says 12."})

    client.post(reverse("annotations:reopen-correction", args=[asked.uid]), {"version": 2})

    page = client.get(here).content.decode()
    assert "The estimate says 12." in page
    asked.refresh_from_db()
    assert (asked.state, asked.decision_reason) == ("open", "")


def test_a_contact_is_deleted_on_demand_and_the_request_stays(asked: Any, alice: User, bob: User) -> None:
    here = reverse("annotations:forget-reader", args=[asked.uid])

    refused, done = signed_in(bob).post(here), signed_in(alice).post(here)

    assert (refused.status_code, done.status_code) == (403, 302)
    assert not ReaderContact.objects.exists()
    assert CorrectionRequest.objects.filter(pk=asked.pk).exists()


def test_the_queue_lists_what_waits_for_those_who_work_here(asked: Any, alice: User, bob: User, rana: User) -> None:
    here = reverse("annotations:correction-list")

    pages = {who: signed_in(who).get(here) for who in (alice, bob, rana)}

    assert "It costs 14 million." in pages[alice].content.decode()
    assert "It costs 14 million." in pages[bob].content.decode()
    assert pages[rana].status_code == 404
    assert "It costs 14 million." not in signed_in(alice).get(f"{here}?state=decided").content.decode()


def test_the_api_lists_decides_and_reopens(asked: Any, alice: User, bob: User, rana: User) -> None:
    path = f"correction-requests/{asked.uid}/"

    listed = call(alice).get("correction-requests/?state=open").json()["results"]
    to_bob, to_rana = call(bob).get(path), call(rana).get(path)
    refused = call(bob).post(f"{path}decide/", {"outcome": "accepted", "reason": "Yes.", "version": 1})
    decided = call(alice).post(f"{path}decide/", {"outcome": "accepted", "reason": "Yes.", "version": 1})
    twice = call(alice).post(f"{path}decide/", {"outcome": "declined", "reason": "No.", "version": 2})
    reopened = call(alice).post(f"{path}reopen/", {"version": 2})
    again = call(alice).post(f"{path}reopen/", {"version": 3})
    forgotten = call(alice).post(f"{path}forget-contact/", {})

    assert [each["contact"] for each in listed] == ["reader@post.example"]
    assert to_bob.json()["contact"] is None
    assert to_rana.status_code == 404
    assert [answer.status_code for answer in (refused, decided, twice, reopened, again)] == [403, 200, 409, 200, 409]
    assert decided.json()["state"] == "accepted"
    assert forgotten.json()["contact"] is None


def test_the_api_refuses_what_is_no_decision_and_what_has_no_reason(asked: Any, alice: User) -> None:
    path = f"correction-requests/{asked.uid}/decide/"

    answers = [
        call(alice).post(path, body)
        for body in ({"outcome": "open", "reason": "Yes.", "version": 1}, {"outcome": "accepted", "version": 1})
    ]

    assert [answer.status_code for answer in answers] == [400, 400]
    assert [answer.json()["errors"][0]["field"] for answer in answers] == ["outcome", "reason"]


def test_the_desk_tells_editors_how_many_wait(asked: Any, alice: User, bob: User) -> None:
    to_alice, to_bob = (signed_in(who).get("/").content.decode() for who in (alice, bob))

    assert 'Correction requests <span class="count">1</span>' in to_alice
    assert "Correction requests" not in to_bob
