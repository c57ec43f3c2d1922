"""Claims about a quote itself, and the law on wording."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from annotations.models import Claim, ClaimantKind, DeskVerdict, FactCheck
from annotations.operations.checking.claims import retract_claim
from annotations.operations.checking.evidence import detach_evidence
from annotations.operations.checking.factchecks import log_search
from annotations.operations.checking.quoteclaims import ClaimedBefore, NotDirect, claims_about_quote
from annotations.operations.workbench.undo import undo
from annotations.queries.checking.claimpage import build_claim_page, claim_to_show
from articles.models import Article, DateBasis, Quote, QuoteKind
from articles.operations.spans import StaleRevision
from articles.operations.suggesting import suggest_quotes
from newsdesk.models import User
from tests.factories import make_article, make_check, make_claim, make_evidence, make_quote, make_source, make_speaker
from tests.factories.callers import call

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(alice: User, at: datetime) -> Article:
    return make_article(by=alice, published_at=at, date_basis=DateBasis.STATED)


@pytest.fixture
def quote(article: Article, alice: User) -> Quote:
    return make_quote(article, by=alice, speaker=make_speaker(by=alice), language="pt")


@pytest.fixture
def wording(article: Article, quote: Quote, alice: User, at: datetime) -> Claim:
    return claims_about_quote(quote=quote, base=1, by=alice, at=at)[0]


def test_both_claims_about_a_direct_quote_are_made_in_one_act(quote: Quote, alice: User, at: datetime) -> None:
    wording, attribution = claims_about_quote(quote=quote, base=1, by=alice, at=at)

    assert (wording.claim_type, attribution.claim_type) == ("quote-wording", "quote-attribution")
    assert wording.canonical == "As printed on 13 May 2025, the words of Ines Duarte were: “We had no choice”"
    assert attribution.canonical == "As reported on 13 May 2025, Ines Duarte said in substance: We had no choice"
    assert {(claim.quote, claim.claimant_kind) for claim in (wording, attribution)} == {(quote, ClaimantKind.AUTHOR)}
    assert (wording.claim_date, wording.date_basis) == (at.date(), DateBasis.INFERRED)

    undo(by=alice, at=at)

    assert not Claim.objects.live().exists()


def test_a_claim_that_stands_is_not_made_again(quote: Quote, wording: Claim, alice: User, at: datetime) -> None:
    with pytest.raises(ClaimedBefore):
        claims_about_quote(quote=quote, base=1, by=alice, at=at)

    retract_claim(claim=wording, seen=1, by=alice, at=at)

    assert [claim.claim_type for claim in claims_about_quote(quote=quote, base=1, by=alice, at=at)] == ["quote-wording"]


def test_a_quote_by_nobody_known_is_by_somebody(alice: User, at: datetime) -> None:
    quote = make_quote(make_article(by=alice), by=alice, speaker=None)

    wording, attribution = claims_about_quote(quote=quote, base=1, by=alice, at=at)

    assert wording.canonical == "The words of somebody who is not named were: “We had no choice”"
    assert attribution.claim_date is None


@pytest.mark.parametrize("kind", [QuoteKind.INDIRECT, QuoteKind.MIXED])
def test_only_words_in_quotation_marks_are_checked_for_being_the_words(
    article: Article, alice: User, at: datetime, kind: str
) -> None:
    quote = make_quote(article, by=alice, kind=kind)

    with pytest.raises(NotDirect):
        claims_about_quote(quote=quote, base=1, by=alice, at=at)


def test_a_suggested_quote_is_decided_first(article: Article, alice: User, at: datetime) -> None:
    suggested = suggest_quotes(article=article, by=alice, at=at)
    direct = next(quote for quote in suggested if quote.kind == QuoteKind.DIRECT)

    with pytest.raises(NotDirect):
        claims_about_quote(quote=direct, base=1, by=alice, at=at)


def test_who_saw_an_older_text_makes_no_claims(quote: Quote, alice: User, at: datetime) -> None:
    with pytest.raises(StaleRevision):
        claims_about_quote(quote=quote, base=7, by=alice, at=at)

    assert not Claim.objects.exists()


def test_the_inspector_offers_both_claims_until_they_are_made(
    client: Client, article: Article, quote: Quote, alice: User
) -> None:
    client.force_login(alice)
    address = f"/articles/{article.uid}/?mark={quote.uid}"
    offered = client.get(address).content.decode()

    made = client.post(f"/articles/{article.uid}/quotes/{quote.uid}/claims/", {"base": 1})
    again = client.post(f"/articles/{article.uid}/quotes/{quote.uid}/claims/", {"base": 1})

    assert "Check the wording and who said it" in offered
    assert made["Location"] == f"/articles/{article.uid}/?mark={Claim.objects.order_by('pk')[0].uid}"
    assert again.status_code == 409
    assert "Check the wording and who said it" not in client.get(address).content.decode()


def test_claims_about_a_quote_are_made_over_the_api(quote: Quote, alice: User, dana: User) -> None:
    body = {"quote": str(quote.uid), "base_revision": 1}

    made = call(alice).post("claims/about-quote/", body)
    again = call(alice).post("claims/about-quote/", body)
    denied = call(dana).post("claims/about-quote/", body)

    assert (made.status_code, again.status_code, denied.status_code) == (201, 409, 403)
    assert [claim["claim_type"] for claim in made.json()] == ["quote-wording", "quote-attribution"]


def refute_past_everything(claim: Claim) -> None:
    """Write the verdict with plain SQL."""
    check = FactCheck.objects.get(claim=claim)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE annotations_factcheck SET verdict = 'refuted', version = version + 1 WHERE id = %s", [check.pk]
        )


@pytest.mark.parametrize(
    ("basis", "language", "allowed"),
    [
        ("capture", "pt", True),
        ("transcript", "pt-BR", True),
        ("capture", "en", False),
        ("paraphrase", "pt", False),
        ("desk_note", "pt", False),
        ("capture", "", False),
    ],
)
def test_the_database_holds_the_law_on_wording(
    wording: Claim, bob: User, basis: str, language: str, allowed: bool
) -> None:
    make_evidence(wording, make_source(by=bob, basis=basis, language=language), by=bob, stance="refutes")
    make_check(wording, checker=bob, verdict="not_enough_evidence", rating="unproven")

    if allowed:
        refute_past_everything(wording)
        assert FactCheck.objects.get().verdict == "refuted"
        return
    with pytest.raises(IntegrityError, match="language spoken"):
        refute_past_everything(wording)


def test_the_desk_cannot_publish_what_has_lost_its_ground(wording: Claim, alice: User, bob: User, at: datetime) -> None:
    evidence = make_evidence(wording, make_source(by=bob, basis="capture", language="pt"), by=bob, stance="refutes")
    rating = make_check(wording, checker=bob, verdict="refuted", rating="false").rating
    detach_evidence(evidence=evidence, seen=1, by=bob, at=at)
    said = {"verdict": "refuted", "rating": rating, "reason": "No.", "created_by": alice, "created_at": at}

    def publish() -> None:
        DeskVerdict.objects.create(claim=wording, number=1, **said)

    with pytest.raises(IntegrityError, match="language spoken"):
        publish()


def test_other_claims_are_refuted_as_before(article: Article, bob: User) -> None:
    claim = make_claim(article, by=bob)
    make_evidence(claim, make_source(by=bob), by=bob, stance="refutes")

    assert make_check(claim, checker=bob, verdict="refuted", rating="false").verdict == "refuted"


@pytest.mark.parametrize("searched", [False, True])
def test_wording_that_nobody_found_is_told_with_the_number_of_sources(
    client: Client, wording: Claim, bob: User, at: datetime, searched: bool
) -> None:
    for number in range(3):
        make_source(by=bob, title=f"Source {number}")
    check = make_check(wording, checker=bob, verdict="not_enough_evidence", rating="unproven")
    if searched:
        log_search(check=check, query="no choice", found=0, by=bob, at=at)
        make_source(by=bob, title="Stored later")
    client.force_login(bob)

    page = client.get(f"/claims/{wording.uid}/").content.decode()

    assert "Wording not found in 3 stored sources" in page
    shown = build_claim_page(claim_to_show(bob).get(pk=wording.pk), person=bob)
    assert shown.wording_not_found == 3


def test_other_verdicts_say_nothing_of_wording(article: Article, bob: User) -> None:
    claim = make_claim(article, by=bob)
    make_check(claim, checker=bob, verdict="not_enough_evidence", rating="unproven")

    assert build_claim_page(claim_to_show(bob).get(pk=claim.pk), person=bob).wording_not_found is None
