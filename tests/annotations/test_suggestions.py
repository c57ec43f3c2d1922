"""Suggestions on the workbench, over the API, and this desk's record of each rule."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.agreement.proportions import wilson
from annotations.queries.workbench.rules import WHY
from annotations.queries.workbench.suggestions import RuleRecord, articles_with_suggestions, rule_records
from articles.models import Article, ArticleState, Origin, Quote, Speaker
from articles.operations.deciding import accept_suggestion, reject_suggestion
from articles.operations.quotes import change_quote
from articles.operations.suggesting import suggest_quotes
from articles.quotation.rules import Rule
from newsdesk.models import User
from tests.factories import make_article, make_quote, make_speaker
from tests.factories.callers import call

pytestmark = pytest.mark.django_db

TEXT = """Bridge to close for two years

The harbour bridge will close in March, Mayor Ines Duarte said on Tuesday.

“We had no choice,” Duarte said. “The steel is tired.”
"""


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice, text=TEXT)


@pytest.fixture
def suggested(article: Article, alice: User, at: datetime) -> list[Quote]:
    return suggest_quotes(article=article, by=alice, at=at)


@pytest.fixture
def desk(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def decide(client: Client, article: Article, quote: Quote, decision: str, version: int = 1) -> Any:
    address = f"/articles/{article.uid}/marks/quote/{quote.uid}/decide/"
    return client.post(address, {"decision": decision, "version": version})


def inspected(client: Client, article: Article, quote: Quote) -> str:
    return str(client.get(f"/articles/{article.uid}/?mark={quote.uid}").content.decode())


def test_a_suggestion_says_what_proposed_it_and_how_sure_it_is(
    desk: Client, article: Article, suggested: list[Quote]
) -> None:
    quote = suggested[1].change(seen=1, confidence=0.87)

    page = inspected(desk, article, quote)

    assert "Suggested, not decided" in page
    assert quote.rule in page
    assert "87 % sure" in page


def test_every_rule_says_why() -> None:
    assert set(WHY) == set(Rule)


def test_an_editor_is_told_why(desk: Client, article: Article, suggested: list[Quote]) -> None:
    assert suggested[0].rule == "post-posed"

    assert "A speaker and a verb of saying follow these words." in inspected(desk, article, suggested[0])


def test_a_new_speaker_is_announced_before_the_quote_is_accepted(
    desk: Client, article: Article, suggested: list[Quote]
) -> None:
    page = inspected(desk, article, suggested[1])

    assert "Ines Duarte" in page
    assert "A new speaker, added when you accept." in page


def test_several_who_may_be_meant_are_offered(
    desk: Client, article: Article, suggested: list[Quote], alice: User
) -> None:
    speakers = [make_speaker(by=alice, name="Ines Duarte", affiliation=of) for of in ("Porto", "Lisbon")]

    page = inspected(desk, article, suggested[1])

    assert all(f"/speakers/{speaker.uid}/" in page for speaker in speakers)
    assert "Several speakers may be meant" in page


def test_accepting_goes_on_to_the_next_suggestion_in_the_text(
    desk: Client, article: Article, suggested: list[Quote]
) -> None:
    response = decide(desk, article, suggested[0], "accept")

    assert response["Location"] == f"/articles/{article.uid}/?mark={suggested[1].uid}"
    assert Quote.objects.get(pk=suggested[0].pk).origin == Origin.ACCEPTED
    assert Speaker.objects.get().name == "Ines Duarte"


def test_rejecting_the_last_goes_back_to_the_first_that_waits(
    desk: Client, article: Article, suggested: list[Quote]
) -> None:
    response = decide(desk, article, suggested[2], "reject")

    assert response["Location"] == f"/articles/{article.uid}/?mark={suggested[0].uid}"
    assert Quote.objects.get(pk=suggested[2].pk).origin == Origin.REJECTED


def test_a_rejected_suggestion_is_drawn_no_longer(desk: Client, article: Article, suggested: list[Quote]) -> None:
    before = desk.get(f"/articles/{article.uid}/").content.decode()

    decide(desk, article, suggested[0], "reject")

    after = desk.get(f"/articles/{article.uid}/").content.decode()
    assert (before.count("is-suggested"), after.count("is-suggested")) == (4, 3)


@pytest.mark.parametrize(("decision", "version", "status"), [("accept", 7, 409), ("perhaps", 1, 400), ("", 1, 400)])
def test_what_cannot_be_decided_is_said_on_the_bench(
    desk: Client, article: Article, suggested: list[Quote], decision: str, version: int, status: int
) -> None:
    response = decide(desk, article, suggested[0], decision, version)

    assert response.status_code == status
    assert "Nothing was saved" in response.content.decode()
    assert Quote.objects.get(pk=suggested[0].pk).origin == Origin.SUGGESTED


def test_words_recorded_meanwhile_are_shown_instead(
    desk: Client, article: Article, suggested: list[Quote], alice: User
) -> None:
    recorded = make_quote(article, by=alice, speaker=make_speaker(by=alice))

    response = decide(desk, article, suggested[1], "accept")

    assert response.status_code == 409
    assert "are a quote of this speaker already" in response.content.decode()
    assert f"marks/quote/{recorded.uid}/retract/" in response.content.decode()


def test_sure_quotes_are_accepted_together(desk: Client, article: Article, suggested: list[Quote]) -> None:
    for quote, confidence in zip(suggested, (0.95, 0.9, 0.89), strict=True):
        quote.change(seen=1, confidence=confidence)

    response = desk.post(f"/articles/{article.uid}/suggestions/accept/", {"confidence": "90"}, follow=True)

    assert "2 quotes accepted in bulk." in response.content.decode()
    assert Counter(Quote.objects.values_list("origin", flat=True)) == {Origin.ACCEPTED_IN_BULK: 2, Origin.SUGGESTED: 1}


@pytest.mark.parametrize("confidence", ["", "101", "-1", "much"])
def test_a_confidence_that_is_none_is_refused(
    desk: Client, article: Article, suggested: list[Quote], confidence: str
) -> None:
    response = desk.post(f"/articles/{article.uid}/suggestions/accept/", {"confidence": confidence})

    assert response.status_code == 400
    assert "from 0 to 100" in response.content.decode()


def test_quotes_are_looked_for_on_demand(desk: Client, article: Article) -> None:
    address = f"/articles/{article.uid}/suggestions/"

    first, second = desk.post(address, follow=True), desk.post(address, follow=True)

    assert "3 quotes suggested." in first.content.decode()
    assert "Nothing further was found in this text." in second.content.decode()


def test_who_may_not_mark_may_not_decide(client: Client, article: Article, suggested: list[Quote], dana: User) -> None:
    client.force_login(dana)

    assert decide(client, article, suggested[0], "accept").status_code == 403
    assert client.post(f"/articles/{article.uid}/suggestions/").status_code == 403
    assert client.post(f"/articles/{article.uid}/suggestions/accept/", {"confidence": "1"}).status_code == 403
    assert client.get("/suggestions/").status_code == 403
    assert call(dana).post(f"quotes/{suggested[0].uid}/accept/", {"version": 1}).status_code == 403
    assert Quote.objects.filter(origin=Origin.SUGGESTED).count() == 3


def test_suggestions_are_decided_over_the_api(alice: User, suggested: list[Quote]) -> None:
    caller = call(alice)

    accepted = caller.post(f"quotes/{suggested[0].uid}/accept/", {"version": 1}).json()
    rejected = caller.post(f"quotes/{suggested[1].uid}/reject/", {}, If_Match='"1"').json()
    corrected = caller.patch(f"quotes/{suggested[2].uid}/", {"cue": "said", "version": 1}).json()

    assert [each["origin"] for each in (accepted, rejected, corrected)] == ["accepted", "rejected", "corrected"]
    assert {each["decided_by"]["uid"] for each in (accepted, rejected, corrected)} == {str(alice.uid)}
    assert accepted["speaker"]["name"] == "Ines Duarte"
    assert accepted["proposed_speaker"] == {
        "name": "Ines Duarte",
        "title": "Mayor",
        "affiliation": "",
        "why_unnamed": "",
    }


def test_what_was_decided_is_a_409_over_the_api(alice: User, suggested: list[Quote]) -> None:
    caller = call(alice)
    caller.post(f"quotes/{suggested[0].uid}/reject/", {"version": 1})

    answer = caller.post(f"quotes/{suggested[0].uid}/accept/", {"version": 2})

    assert answer.status_code == 409
    assert answer.json()["errors"][0]["field"] == "origin"


def test_quotes_are_looked_for_and_accepted_in_bulk_over_the_api(alice: User, article: Article) -> None:
    caller = call(alice)

    suggested = caller.post(f"articles/{article.uid}/suggest/").json()["suggested"]
    accepted = caller.post(f"articles/{article.uid}/accept-quotes/", {"confidence": 0}).json()["accepted"]
    refused = caller.post(f"articles/{article.uid}/accept-quotes/", {"confidence": 2})

    assert len(suggested) == 3
    assert accepted == suggested
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "confidence")


def test_the_record_of_a_rule_counts_only_what_somebody_looked_at(
    article: Article, suggested: list[Quote], alice: User, at: datetime
) -> None:
    for quote in suggested:
        quote.change(seen=1, rule="that-clause")
    accept_suggestion(mark=suggested[0], seen=2, by=alice, at=at)
    reject_suggestion(mark=suggested[1], seen=2, by=alice, at=at)
    accept_suggestion(mark=suggested[2], seen=2, by=alice, at=at, origin=Origin.ACCEPTED_IN_BULK)

    [record] = rule_records(alice)

    assert (record.rule, record.accepted, record.rejected, record.in_bulk) == ("that-clause", 1, 1, 1)
    assert (record.decided, record.precision) == (2, 0.5)


def test_a_corrected_suggestion_was_not_right_as_it_stood(suggested: list[Quote], alice: User, at: datetime) -> None:
    change_quote(quote=suggested[0].change(seen=1, rule="mine"), seen=2, by=alice, at=at, cue="said")

    record = next(record for record in rule_records(alice) if record.rule == "mine")

    assert (record.corrected, record.precision) == (1, 0.0)


def test_the_interval_is_the_one_of_the_literature() -> None:
    """Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81 of 263 is 0.2553 to 0.3662."""
    low, high = wilson(81, 263)

    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert wilson(0, 0) == (0.0, 1.0)
    assert RuleRecord("p", "r", Counter()).precision is None


def test_suggestions_in_articles_one_may_not_know_of_count_for_nothing(alice: User, bob: User, at: datetime) -> None:
    incoming = make_article(by=alice, text=TEXT, state=ArticleState.INCOMING)
    suggest_quotes(article=incoming, by=alice, at=at)

    assert rule_records(alice)
    assert articles_with_suggestions(alice) == [incoming]
    assert rule_records(bob) == []
    assert articles_with_suggestions(bob) == []


def test_the_page_shows_where_suggestions_wait_and_how_rules_did(
    desk: Client, article: Article, suggested: list[Quote], alice: User, at: datetime
) -> None:
    accept_suggestion(mark=suggested[0], seen=1, by=alice, at=at)

    page = desk.get("/suggestions/").content.decode()

    assert f'href="/articles/{article.uid}/"' in page
    assert "2 quotes" in page
    assert "100 %, between 21 and 100 %" in page


def test_an_empty_page_says_when_suggestions_come(desk: Client) -> None:
    assert "Nothing waits" in desk.get("/suggestions/").content.decode()


@pytest.mark.parametrize("articles", [1, 3])
def test_the_page_takes_as_many_queries_however_much_waits(
    client: Client, alice: User, at: datetime, articles: int
) -> None:
    for _ in range(articles):
        suggest_quotes(article=make_article(by=alice, text=TEXT), by=alice, at=at)
    client.force_login(alice)

    with CaptureQueriesContext(connection) as asked:
        client.get("/suggestions/")

    assert len(asked) == 8


def test_readers_hear_nothing_of_what_proposed_a_quote(
    article: Article, suggested: list[Quote], alice: User, rana: User, at: datetime
) -> None:
    accept_suggestion(mark=suggested[0], seen=1, by=alice, at=at)
    article.refresh_from_db()
    article.change(seen=article.version, state=ArticleState.PUBLISHED, rights="own")

    told = call(alice).get(f"quotes/{suggested[0].uid}/").json()
    read = call(rana).get(f"quotes/{suggested[0].uid}/").json()
    listed = call(rana).get(f"articles/{article.uid}/marks/").json()["quotes"]

    assert told["rule"]
    assert told["proposed_speaker"]
    assert (read["rule"], read["proposer"], read["proposed_speaker"], read["confidence"]) == ("", "", None, None)
    assert listed == [read]
