"""Claims that the rules propose, what people decide on them, and where they do not count."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.checkworthy import VERSION
from annotations.checkworthy.weighing import WEIGHTS
from annotations.models import Claim, ClaimantKind, ClaimRun, Priority, ProposedClaim
from annotations.operations.checking.claims import change_claim, retract_claim
from annotations.operations.desk.followups import ACTS
from annotations.operations.desk.suggesting import PROPOSER, suggest_claims, suggest_for
from annotations.operations.workbench.revising import revise
from annotations.queries.desk.firstpage import claims_worth_checking, incoming_articles, sentences_worth_checking
from annotations.queries.desk.inwork import articles_in_work
from annotations.queries.exchange.exportfilters import ExportFilters
from annotations.queries.exchange.exports import format_named, stream
from annotations.queries.workbench.page import open_workbench
from annotations.queries.workbench.rules import REASONS
from annotations.queries.workbench.suggestions import articles_with_suggestions, rule_records
from articles.anchoring.text import Block, BlockKind
from articles.models import Article, ArticleState, CurrentAnchor, Origin, Quote
from articles.operations.deciding import NothingToDecide, accept_suggestion, reject_suggestion
from articles.operations.revising import Rewritten
from articles.operations.suggesting import suggest_quotes
from newsdesk.models import User
from tests.factories import make_article, make_claim, make_speaker
from tests.factories.callers import call

pytestmark = pytest.mark.django_db

NDJSON = format_named("ndjson")
WORTH = "The city built 300 flats in 2023, more than any other."
TOLD = "“We cut 40 jobs in 2021 because the law changed,” Mayor Ines Duarte said."
TEXT = f"""A year of building

{WORTH} I think it should go on.

{TOLD}

What will come next?
"""


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice, text=TEXT)


@pytest.fixture
def suggested(article: Article, alice: User, at: datetime) -> list[Claim]:
    return suggest_claims(article=article, by=alice, at=at)


@pytest.fixture
def desk(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def words(claim: Claim) -> str:
    return CurrentAnchor.of(claim.span_id, Article.objects.get(pk=claim.article_id).head_id or 0).exact


def origins(person: User, **asked: Any) -> list[str]:
    lines = b"".join(stream(NDJSON, person, ExportFilters(**asked))).splitlines()
    return [json.loads(line)["origin"] for line in lines[:-1]]


def rewrite(article: Article, *paragraphs: str, by: User, at: datetime) -> None:
    article.refresh_from_db()
    rewritten = Rewritten(article.head.headline, [Block(BlockKind.PARAGRAPH, each) for each in paragraphs])
    revise(article=article, base=article.head.number, rewritten=rewritten, by=by, at=at)


def test_sentences_worth_checking_are_proposed_as_claims(suggested: list[Claim]) -> None:
    assert [words(claim) for claim in suggested] == [WORTH, TOLD]
    assert [claim.canonical for claim in suggested] == [WORTH, TOLD]
    assert {(each.origin, each.proposer, each.proposer_version) for each in suggested} == {
        (Origin.SUGGESTED, PROPOSER, VERSION)
    }
    assert suggested[0].priority == Priority.HIGH


def test_a_suggested_claim_keeps_its_score_and_why(suggested: list[Claim]) -> None:
    proposal = suggested[0].proposal

    assert suggested[0].confidence is not None
    assert suggested[0].confidence > 0.9
    assert {"kind": "number", "words": "300"} in proposal.reasons
    assert suggested[0].rule == proposal.reasons[0]["kind"]


def test_the_author_or_the_speaker_of_the_quote_makes_the_claim(article: Article, alice: User, at: datetime) -> None:
    duarte = make_speaker(by=alice, name="Ines Duarte", title="mayor")
    suggest_quotes(article=article, by=alice, at=at)

    written, told = suggest_claims(article=article, by=alice, at=at)

    assert (written.claimant_kind, written.quote) == (ClaimantKind.AUTHOR, None)
    assert (told.claimant_kind, told.speaker, told.quote) == (ClaimantKind.SPEAKER, duarte, Quote.objects.get())
    assert told.proposal.claimant == "Ines Duarte"


def test_accepting_fills_in_the_speaker_whom_accepting_the_quote_added(
    article: Article, alice: User, at: datetime
) -> None:
    quote = suggest_quotes(article=article, by=alice, at=at)[0]
    told = suggest_claims(article=article, by=alice, at=at)[1]
    assert told.claimant_kind == ClaimantKind.UNKNOWN
    accept_suggestion(mark=quote, seen=1, by=alice, at=at)

    claim = accept_suggestion(mark=Claim.objects.get(pk=told.pk), seen=1, by=alice, at=at)

    assert str(claim.speaker) == "Ines Duarte"
    assert (claim.claimant_kind, claim.origin) == (ClaimantKind.SPEAKER, Origin.ACCEPTED)


def test_the_rules_read_a_revision_once(article: Article, suggested: list[Claim], alice: User, at: datetime) -> None:
    assert suggest_claims(article=article, by=alice, at=at) == []

    assert ClaimRun.objects.get().revision == article.head


def test_the_job_for_quotes_proposes_claims_too(article: Article, at: datetime) -> None:
    suggest_for(uid=article.uid, at=at)

    assert (Quote.objects.count(), Claim.objects.count()) == (1, 2)


def test_an_article_that_is_not_there_has_no_claims(at: datetime) -> None:
    suggest_for(uid=UUID(int=7), at=at)

    assert not ClaimRun.objects.exists()


def test_what_was_brought_in_at_once_is_read_for_claims(article: Article, alice: User, at: datetime) -> None:
    other = make_article(by=alice, text=TEXT.replace("300", "400"))

    ACTS["quotes"](first=article.head_id, last=other.head_id, at=at)

    assert set(Claim.objects.values_list("article", flat=True)) == {article.pk, other.pk}


def test_what_people_marked_is_not_proposed(article: Article, alice: User, at: datetime) -> None:
    make_claim(article, by=alice, exact="300 flats in 2023")

    assert [words(claim) for claim in suggest_claims(article=article, by=alice, at=at)] == [TOLD]


@pytest.mark.parametrize("decision", ["reject", "correct", "accept", "retract"])
def test_what_was_decided_is_never_proposed_again(
    article: Article, suggested: list[Claim], alice: User, at: datetime, decision: str
) -> None:
    claim = suggested[0]
    if decision == "reject":
        reject_suggestion(mark=claim, seen=1, by=alice, at=at)
    elif decision == "correct":
        change_claim(claim=claim, seen=1, by=alice, at=at, canonical="The city built 300 flats.")
    elif decision == "accept":
        accept_suggestion(mark=claim, seen=1, by=alice, at=at)
    else:
        retract_claim(claim=claim, seen=1, by=alice, at=at)
    rewrite(article, f"{WORTH} Police arrested 43 people on Monday.", TOLD, by=alice, at=at)

    article.refresh_from_db()
    again = suggest_claims(article=article, by=alice, at=at)

    assert [words(claim) for claim in again] == ["Police arrested 43 people on Monday."]


def test_a_suggestion_whose_words_are_gone_is_taken_back(
    article: Article, suggested: list[Claim], alice: User, at: datetime
) -> None:
    rewrite(article, "Nothing is left of it.", by=alice, at=at)
    article.refresh_from_db()

    suggest_claims(article=article, by=alice, at=at)

    assert set(Claim.objects.values_list("retraction_reason", flat=True)) == {"Its words are gone."}


def test_every_signal_has_a_name() -> None:
    assert set(REASONS) == set(WEIGHTS)


def test_an_editor_is_told_why(desk: Client, article: Article, suggested: list[Claim]) -> None:
    page = desk.get(f"/articles/{article.uid}/?mark={suggested[0].uid}").content.decode()

    assert "Suggested claim" in page
    assert "worth checking: 9" in page
    assert '<dd>number: <q dir="auto">300</q></dd>' in page


def test_keys_decide_on_suggested_claims_as_on_quotes(desk: Client, article: Article, suggested: list[Claim]) -> None:
    first, second = suggested
    address = f"/articles/{article.uid}/marks/claim/{first.uid}/decide/"

    response = desk.post(address, {"decision": "accept", "version": 1})

    assert response["Location"] == f"/articles/{article.uid}/?mark={second.uid}"
    assert Claim.objects.get(pk=first.pk).origin == Origin.ACCEPTED


def test_a_claim_is_decided_once(suggested: list[Claim], alice: User, at: datetime) -> None:
    accept_suggestion(mark=suggested[0], seen=1, by=alice, at=at)

    with pytest.raises(NothingToDecide):
        reject_suggestion(mark=suggested[0], seen=2, by=alice, at=at)


def test_suggested_claims_are_in_no_ledger_and_cover_nothing(
    article: Article, suggested: list[Claim], alice: User, at: datetime
) -> None:
    change = {"checkable": "no", "checkable_reason": "An opinion."}
    Claim.objects.filter(pk=suggested[1].pk).update(version=2, **change)

    before = open_workbench(article=article, revision=article.head, person=alice)
    accept_suggestion(mark=Claim.objects.get(pk=suggested[1].pk), seen=2, by=alice, at=at)
    after = open_workbench(article=article, revision=article.head, person=alice)

    assert ([claim.label for claim in before.ledger], before.coverage.opinion) == ([], 0)
    assert ([claim.label for claim in after.ledger], after.coverage.opinion) == (["C2"], 1)


def test_the_workbench_ranks_what_is_worth_checking(
    desk: Client, article: Article, suggested: list[Claim], alice: User
) -> None:
    bench = open_workbench(article=article, revision=article.head, person=alice)

    scores = [claim.score for claim in bench.worth_checking]
    assert len(scores) == 2
    assert scores == sorted(scores, reverse=True)
    assert "Most worth checking" in desk.get(f"/articles/{article.uid}/").content.decode()


def test_the_desk_lists_the_best_apart_from_what_people_found(
    desk: Client, article: Article, suggested: list[Claim], alice: User
) -> None:
    marked = make_claim(make_article(by=alice), by=alice)

    page = desk.get("/").content.decode()

    assert claims_worth_checking(alice) == [marked]
    assert {claim.pk for claim in sentences_worth_checking(alice)} == {claim.pk for claim in suggested}
    assert "Suggested by the rules" in page


def test_nobody_hears_of_suggestions_in_articles_they_may_not_know_of(alice: User, bob: User, at: datetime) -> None:
    incoming = make_article(by=alice, text=TEXT, state=ArticleState.INCOMING)
    suggest_claims(article=incoming, by=alice, at=at)

    assert len(sentences_worth_checking(alice)) == 2
    assert sentences_worth_checking(bob) == []
    assert rule_records(bob) == []


def test_what_came_in_says_how_much_is_worth_checking(alice: User, at: datetime) -> None:
    suggest_claims(article=make_article(by=alice, text=TEXT, state=ArticleState.INCOMING), by=alice, at=at)

    [incoming] = incoming_articles(alice)

    assert incoming.worth_checking == 2


def test_lists_and_counts_of_claims_leave_suggestions_out(
    desk: Client, article: Article, suggested: list[Claim], alice: User, at: datetime
) -> None:
    accept_suggestion(mark=suggested[1], seen=1, by=alice, at=at)

    listed, asked = desk.get("/claims/").content.decode(), desk.get("/claims/?origin=suggested").content.decode()
    found = desk.get("/search/?q=city+flats").content.decode()
    [line] = articles_in_work(alice)

    assert (WORTH in listed, TOLD in listed) == (False, True)
    assert (WORTH in asked, TOLD in asked) == (True, False)
    assert WORTH not in found
    assert (line.row.claims, line.tones) == (1, ("open",))


def test_exports_of_human_work_leave_suggestions_out(suggested: list[Claim], alice: User, at: datetime) -> None:
    make_claim(suggested[0].article, by=alice, exact="What will come next?")

    assert sorted(origins(alice)) == ["human", "suggested", "suggested"]
    assert origins(alice, only_human=True) == ["human"]


def test_readers_hear_nothing_of_suggested_claims(
    client: Client, article: Article, suggested: list[Claim], rana: User
) -> None:
    article.refresh_from_db()
    article.change(seen=article.version, state=ArticleState.PUBLISHED, rights="own")
    client.force_login(rana)

    page = client.get(f"/articles/{article.uid}/").content.decode()

    assert WORTH in page
    assert str(suggested[0].uid) not in page
    assert call(rana).get("claims/").json()["results"] == []


def test_suggested_claims_are_told_and_decided_over_the_api(alice: User, article: Article) -> None:
    caller = call(alice)

    uids = caller.post(f"articles/{article.uid}/suggest/").json()["claims"]
    claim = caller.get(f"claims/{uids[0]}/").json()
    rejected = caller.post(f"claims/{uids[0]}/reject/", {"version": 1}).json()

    assert claim["proposal"]["claimant"] == ""
    assert {"kind": "number", "words": "300"} in claim["proposal"]["reasons"]
    assert rejected["origin"] == "rejected"


def test_looking_for_marks_says_what_was_found(desk: Client, article: Article) -> None:
    page = desk.post(f"/articles/{article.uid}/suggestions/", follow=True).content.decode()

    assert "1 quote suggested." in page
    assert "2 claims suggested." in page


def test_the_record_of_each_rule_counts_claims(suggested: list[Claim], alice: User, at: datetime) -> None:
    reject_suggestion(mark=suggested[0], seen=1, by=alice, at=at)

    record = next(each for each in rule_records(alice) if each.rejected)

    assert (record.proposer, record.rule) == (PROPOSER, suggested[0].rule)
    [waiting] = articles_with_suggestions(alice)
    assert (waiting.waiting_quotes, waiting.waiting_claims) == (0, 1)  # type: ignore[attr-defined]


@pytest.mark.parametrize("sentences", [1, 12])
def test_proposing_takes_as_many_queries_however_much_is_found(alice: User, at: datetime, sentences: int) -> None:
    text = " ".join(f"Police arrested {40 + number} people on Monday." for number in range(sentences))
    article = make_article(by=alice, text=f"A headline\n\n{text}\n")

    with CaptureQueriesContext(connection) as asked:
        found = suggest_claims(article=article, by=alice, at=at)

    assert len(found) == sentences
    assert len(asked) == 15


def test_why_is_written_once(suggested: list[Claim]) -> None:
    assert ProposedClaim.objects.count() == 2
