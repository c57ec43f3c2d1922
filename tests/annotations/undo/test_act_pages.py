"""Undoing on the pages of the desk, without a script."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations.operations.checking.claims import change_claim
from articles.models import Act, Article, Quote
from articles.operations.deciding import accept_quotes_above
from articles.operations.quotes import change_quote
from articles.operations.suggesting import suggest_quotes
from newsdesk.models import User
from tests.annotations.undo.test_undoing import TWO_VOICES, again
from tests.factories import make_article, make_claim, make_evidence, make_quote, make_source, make_tag

UNDO, REDO, ACTS = "/undo/", "/redo/", "/acts/"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


def bench(article: Article) -> str:
    return reverse("annotations:workbench", args=[article.uid])


def test_undo_says_what_was_undone_and_leads_back(article: Article, alice: User) -> None:
    quote, client = make_quote(article, by=alice), signed_in(alice)

    answer = client.post(UNDO, {"next": bench(article)}, follow=True)

    assert answer.redirect_chain == [(bench(article), 302)]
    assert "Undone: Marked a quote ““We had no choice,””" in answer.content.decode()
    assert not again(quote).is_live


def test_redo_in_a_new_session_selects_the_mark(article: Article, alice: User) -> None:
    quote = make_quote(article, by=alice)
    signed_in(alice).post(UNDO, {"next": bench(article)})

    answer = signed_in(alice).post(REDO, {"next": bench(article)}, follow=True)

    assert answer.redirect_chain == [(f"{bench(article)}?mark={quote.uid}", 302)]
    assert "Done again: Marked a quote" in answer.content.decode()


def test_what_was_done_elsewhere_is_undone_from_here_with_a_link(article: Article, alice: User) -> None:
    other = make_article(by=alice)
    change_quote(quote=make_quote(other, by=alice), seen=1, by=alice, at=other.created_at, note="Heard")

    answer = signed_in(alice).post(UNDO, {"next": bench(article)}, follow=True)

    assert answer.redirect_chain == [(bench(article), 302)]
    assert f'<a href="{bench(other)}?mark={Quote.objects.get().uid}">' in answer.content.decode()


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_undo_leads_nowhere_else(article: Article, alice: User, address: str) -> None:
    make_quote(article, by=alice)

    answer = signed_in(alice).post(UNDO, {"next": address})

    assert answer.headers["Location"] == ACTS


@pytest.mark.parametrize(("address", "sentence"), [(UNDO, "nothing of yours to undo"), (REDO, "nothing to redo")])
def test_nothing_to_undo_or_redo_is_said(article: Article, alice: User, address: str, sentence: str) -> None:
    answer = signed_in(alice).post(address, {"next": bench(article)}, follow=True)

    assert sentence in answer.content.decode()


def test_a_conflict_shows_both_sides_on_the_workbench(article: Article, alice: User, bob: User, at: datetime) -> None:
    claim = make_claim(article, by=alice)
    change_claim(claim=claim, seen=1, by=alice, at=at, canonical="It costs 12 million.")
    change_claim(claim=claim, seen=2, by=bob, at=at, canonical="The repair costs 12 million.")

    answer = signed_in(alice).post(UNDO, {"next": bench(article)})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Changed since by Bob Tanaka" in page
    assert '<dd class="words" dir="auto">It costs 12 million.</dd>' in page
    assert "<ins>The repair costs 12 million.</ins>" in page


def test_a_conflict_away_from_the_workbench_is_a_page_that_leads_back(
    article: Article, alice: User, bob: User, at: datetime
) -> None:
    claim = make_claim(article, by=alice)
    evidence = make_evidence(claim, make_source(by=bob), by=bob)

    answer = signed_in(alice).post(UNDO, {"next": "/claims/"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Evidence attached to this claim" in page
    assert str(evidence) in page
    assert 'href="/claims/"' in page


def test_from_a_conflict_one_goes_on_to_what_one_did_before(
    article: Article, alice: User, bob: User, at: datetime
) -> None:
    quote, claim = make_quote(article, by=alice), make_claim(article, by=alice)
    change_claim(claim=claim, seen=1, by=bob, at=at, note="Really?")
    act = Act.objects.get(noun=claim.uid, person=alice)

    signed_in(alice).post(UNDO, {"next": bench(article), "before": str(act.uid)})

    assert (again(quote).is_live, again(claim).is_live) == (False, True)


def test_of_acts_that_are_one_the_others_are_undone_when_asked(alice: User, emil: User, at: datetime) -> None:
    article, client = make_article(by=alice, text=TWO_VOICES), signed_in(emil)
    first, second = suggest_quotes(article=article, by=alice, at=at)
    accept_quotes_above(article=article, confidence=0, by=emil, at=at)
    change_quote(quote=again(first), seen=2, by=alice, at=at, note="Heard it myself")

    refused = client.post(UNDO, {"next": bench(article)})
    done = client.post(UNDO, {"next": bench(article), "leaving": "1"}, follow=True)

    assert (refused.status_code, "Go on with the other one" in refused.content.decode()) == (409, True)
    assert "1 was changed since and left as it stands." in done.content.decode()
    assert (again(first).origin, again(second).origin) == ("accepted_in_bulk", "suggested")


def test_my_acts_are_listed_newest_first_and_undone_one_by_one(
    article: Article, alice: User, bob: User, at: datetime
) -> None:
    quote, tag = make_quote(article, by=alice), make_tag(article, by=alice)
    make_claim(article, by=bob)
    client = signed_in(alice)

    listed = client.get(ACTS)
    client.post(UNDO, {"act": str(Act.objects.get(noun=quote.uid).uid), "next": ACTS})

    assert [shown.sentence for shown in listed.context["acts"]] == ["Tagged bias", "Marked a quote"]
    assert (again(quote).is_live, again(tag).is_live) == (False, True)
    told = [(shown.sentence, shown.is_undone) for shown in client.get(ACTS).context["acts"]]
    assert told == [("Undid: Marked a quote", False), ("Tagged bias", False), ("Marked a quote", True)]


def test_accepting_in_bulk_is_one_line(alice: User, emil: User, at: datetime) -> None:
    article = make_article(by=alice, text=TWO_VOICES)
    suggest_quotes(article=article, by=alice, at=at)
    accept_quotes_above(article=article, confidence=0, by=emil, at=at)

    [shown] = signed_in(emil).get(ACTS).context["acts"]

    assert shown.sentence == "Accepted 2 quotes in bulk"


def test_nobody_undoes_by_naming_somebody_elses_act(article: Article, alice: User, bob: User) -> None:
    quote = make_quote(article, by=alice)

    answer = signed_in(bob).post(UNDO, {"act": str(Act.objects.get().uid)})

    assert answer.status_code == 404
    assert again(quote).is_live


def test_whoever_has_done_nothing_is_told_what_would_stand_here(rana: User) -> None:
    assert "You have done nothing yet" in signed_in(rana).get(ACTS).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(
    article: Article, alice: User, at: datetime, django_assert_num_queries: Any, rows: int
) -> None:
    for exact in ("council", "reckless", "two years")[:rows]:
        make_tag(article, exact, by=alice)
        make_quote(article, exact, by=alice)
    client = signed_in(alice)
    client.get(ACTS)

    with django_assert_num_queries(8):
        client.get(ACTS)


def test_long_lists_are_paged(article: Article, alice: User, at: datetime) -> None:
    quote = make_quote(article, by=alice)
    for number in range(50):
        change_quote(quote=quote, seen=quote.version, by=alice, at=at, note=str(number))
    client = signed_in(alice)

    first = client.get(ACTS)
    second = client.get(ACTS + first.context["next_href"])

    assert (len(first.context["acts"]), len(second.context["acts"])) == (50, 1)
    assert second.context["acts"][0].sentence == "Marked a quote"


def acts_of(person: User) -> str:
    return reverse("annotations:acts-of", args=[person.uid])


def test_an_administrator_sees_what_would_be_reverted_and_left(
    article: Article, ada: User, bob: User, alice: User, at: datetime
) -> None:
    tag, claim = make_tag(article, by=bob), make_claim(article, by=bob)
    change_claim(claim=claim, seen=1, by=alice, at=at, canonical="The repair costs 12 million.")
    client = signed_in(ada)

    asked = client.get(acts_of(bob), {"since": "2025-05-13", "until": "2025-05-13"})

    assert [shown.act.noun for shown in asked.context["reverted"]] == [tag.uid]
    assert [left.shown.act.noun for left in asked.context["left"]] == [claim.uid]
    assert "Changed since by Alice Moreau" in asked.content.decode()
    assert again(tag).is_live


def test_an_administrator_reverts_a_range_of_somebodys_acts_and_redoes_it(
    article: Article, ada: User, bob: User, alice: User, at: datetime
) -> None:
    before = make_quote(article, "two years", by=bob, at=at - timedelta(days=9))
    quote, claim = make_quote(article, by=bob), make_claim(article, by=bob)
    change_quote(quote=quote, seen=1, by=bob, at=at, note="Heard")
    change_claim(claim=claim, seen=1, by=alice, at=at, note="Really?")
    client = signed_in(ada)

    answer = client.post(acts_of(bob), {"since": "2025-05-13", "until": ""}, follow=True)
    reverted = again(quote)
    client.post(REDO)

    assert "2 acts of Bob Tanaka reverted." in answer.content.decode()
    assert (reverted.note, reverted.is_live, reverted.retracted_by) == ("", False, ada)
    assert (again(before).is_live, again(claim).is_live) == (True, True)
    assert (again(quote).note, again(quote).is_live) == ("Heard", True)


def test_reverting_all_of_somebodys_acts_takes_a_range(article: Article, ada: User, bob: User) -> None:
    tag = make_tag(article, by=bob)

    signed_in(ada).post(acts_of(bob), {"since": "", "until": "", "article": ""})

    assert again(tag).is_live


def test_what_was_undone_in_the_range_counts_once(article: Article, ada: User, bob: User, at: datetime) -> None:
    quote, tag = make_quote(article, by=bob), make_tag(article, by=bob)
    client = signed_in(bob)
    for address in (UNDO, REDO, UNDO):
        client.post(address)

    asked = signed_in(ada).get(acts_of(bob), {"article": bench(article)})

    assert not again(tag).is_live
    assert [shown.act.noun for shown in asked.context["reverted"]] == [quote.uid]


def test_an_undo_of_older_acts_is_itself_reverted(article: Article, ada: User, bob: User, at: datetime) -> None:
    quote = make_quote(article, by=bob, at=at)
    signed_in(bob).post(UNDO)
    today = Act.objects.latest("pk").at.date()

    signed_in(ada).post(acts_of(bob), {"since": str(today)})

    assert again(quote).is_live


@pytest.mark.parametrize(("since", "until", "error"), [("13/14", "", "since"), ("2025-05-13", "2025-05-12", "until")])
def test_a_range_that_is_none_is_refused_in_place(ada: User, bob: User, since: str, until: str, error: str) -> None:
    asked = signed_in(ada).get(acts_of(bob), {"since": since, "until": until})

    assert error in asked.context["form"].errors


def test_an_unknown_article_is_refused_in_place(article: Article, ada: User, alice: User, bob: User) -> None:
    article.change(seen=article.version, access="restricted", access_reason="A source at risk")

    asked = signed_in(ada).get(acts_of(bob), {"article": f"https://desk.example{bench(article)}"})

    assert "article" in asked.context["form"].errors


@pytest.mark.parametrize("who", ["alice", "bob", "carol", "dana", "emil", "rana", "mallory"])
def test_nobody_but_administrators_reverts(request: Any, article: Article, bob: User, who: str) -> None:
    tag, client = make_tag(article, by=bob), signed_in(request.getfixturevalue(who))

    answers = [client.get(acts_of(bob)).status_code, client.post(acts_of(bob), {"since": "2025-05-13"}).status_code]

    assert answers == [403, 403]
    assert again(tag).is_live
