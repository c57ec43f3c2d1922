"""Claims that say what another claim says: found, confirmed, dismissed, and what comes along."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.matching import Rarity, likeness, numbers_of
from annotations.models import Claim, ClaimMatch, FactCheck
from annotations.operations.checking.claims import change_claim, everyday_desk, retract_claim
from annotations.operations.checking.factchecks import review_check, send_to_review
from annotations.operations.checking.matching import MatchedBefore, confirm_match, dismiss_match
from annotations.operations.workbench.undo import undo
from annotations.queries.checking import matching
from annotations.queries.checking.matching import Match, appearances_of, judged_before, matches_of
from articles.models import Article, ArticleState, Origin
from articles.models.noun import Stale
from articles.operations.articles import restrict_article
from articles.operations.quotes import AlreadyRetracted
from articles.operations.spans import Words, mark_spans
from newsdesk.models import User
from tests.factories import make_article, make_check, make_claim, make_evidence, make_source
from tests.factories.callers import call

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parents[2] / "data" / "matching"
SAID = "The harbour bridge in Velmora was closed after inspectors found a crack."
AGAIN = "Inspectors found a cracked cable, and the harbour bridge of Velmora was shut."
OTHER = "The mayor of Porto opened a library for children."


def claims_of(article: Article, statements: list[str], *, by: User, at: datetime, **values: object) -> list[Claim]:
    """Claims on the headline, as many at once as there are statements."""
    words = [Words(0, len(article.head.headline))] * len(statements)
    spans = mark_spans(article=article, base=article.head.number, words=words, by=by, at=at)
    project = everyday_desk()
    return Claim.objects.bulk_create(
        Claim(project=project, article=article, span=span, canonical=said, created_by=by, created_at=at, **values)
        for said, span in zip(statements, spans, strict=True)
    )


def partners(person: User, claim: Claim) -> list[Claim]:
    return [match.claim for match in matches_of(claim, person)]


@pytest.fixture
def earlier(alice: User) -> Claim:
    return make_claim(make_article(by=alice), by=alice, canonical=SAID)


@pytest.fixture
def later(alice: User, earlier: Claim) -> Claim:
    return make_claim(make_article(by=alice), by=alice, canonical=AGAIN)


@pytest.fixture
def bait(alice: User) -> Claim:
    return make_claim(make_article(by=alice), by=alice, canonical=OTHER)


def test_rare_words_weigh_more_than_common_ones() -> None:
    rarity = Rarity({"council": 0.1, "velmora": 0.001}, 0.0001)

    assert (round(rarity.weight("council"), 1), round(rarity.weight("velmora"), 1)) == (2.3, 6.9)
    assert likeness(["council", "a"], ["council", "b"], "", "", rarity) < likeness(
        ["velmora", "a"], ["velmora", "b"], "", "", rarity
    )


def test_the_same_statement_is_as_like_as_can_be_and_nothing_is_like_nothing() -> None:
    rarity = Rarity({}, 0.01)

    assert likeness(["bridg"], ["bridg"], "", "", rarity) == 1.0
    assert likeness([], ["bridg"], "", "", rarity) == 0.0


def test_other_numbers_make_statements_less_alike() -> None:
    rarity = Rarity({}, 0.01)
    same, other = (likeness(["a"], ["a"], "38,000 cars", text, rarity) for text in ("38 000 cars", "41 cars"))

    assert (same, other) == (1.0, 0.5)
    assert numbers_of("38,000 in 2025, or 1.5") == {"38000", "2025", "1.5"}


def test_only_as_many_rare_terms_are_looked_up_as_stand_in_few_claims() -> None:
    rarity = Rarity({"the": 0.9, "council": 0.02, "bridge": 0.01}, 0.001)

    assert rarity.rarest(["the", "council", "bridge", "velmora"], most=0.02) == ["velmora", "bridge"]
    assert rarity.rarest(["the"], most=0.02) == ["the"]


def test_a_claim_made_before_in_other_words_is_found(alice: User, earlier: Claim, later: Claim, bait: Claim) -> None:
    [match] = matches_of(later, alice)

    assert (match.claim, match.seen) == (earlier, later.version)
    assert 0.35 <= match.score <= 1


def test_claims_of_our_own_pairs_are_found_first(alice: User, at: datetime) -> None:
    pairs = [line.split("\t") for line in (DATA / "pairs.txt").read_text(encoding="utf-8").splitlines()]
    others = (DATA / "others.txt").read_text(encoding="utf-8").splitlines()
    article = make_article(by=alice)
    claims_of(article, others, by=alice, at=at)
    again = claims_of(article, [second for _, second in pairs], by=alice, at=at)
    first = claims_of(article, [said for said, _ in pairs], by=alice, at=at)

    found = [partners(alice, claim) for claim in first]

    right = [partner in matches for partner, matches in zip(again, found, strict=True)]
    on_top = [matches[:1] == [partner] for partner, matches in zip(again, found, strict=True)]
    assert sum(on_top) >= 28
    assert sum(right) >= 29


def test_words_are_stemmed_in_the_language_of_the_article(alice: User) -> None:
    german = make_article(by=alice, language="de")
    claim = make_claim(german, by=alice, canonical="Zwölf Krankenhäuser wurden geschlossen.")
    claim.refresh_from_db()

    assert "krankenhaus" in claim.terms


def test_a_new_restatement_has_new_terms(alice: User, at: datetime, earlier: Claim) -> None:
    change_claim(claim=earlier, seen=1, by=alice, at=at, canonical="A library was opened.")
    earlier.refresh_from_db()

    assert sorted(earlier.terms) == ["librari", "open"]


def test_what_nobody_decided_and_what_was_retracted_is_no_match(
    alice: User, at: datetime, earlier: Claim, later: Claim
) -> None:
    assert partners(alice, later) == [earlier]
    suggested = {"origin": Origin.SUGGESTED, "proposer": "rules", "confidence": 0.9}
    claims_of(make_article(by=alice), [SAID], by=alice, at=at, **suggested)

    retract_claim(claim=earlier, seen=1, by=alice, at=at)

    assert partners(alice, later) == []


def test_nobody_hears_of_claims_in_articles_they_may_not_know_of(alice: User, bob: User, later: Claim) -> None:
    incoming = make_article(by=alice, state=ArticleState.INCOMING)
    hidden = make_claim(incoming, by=alice, canonical=AGAIN)

    assert hidden in partners(alice, later)
    assert hidden not in partners(bob, later)


@pytest.mark.parametrize("words", ["the of and", "a", "' & | ! :* <->", "日本の首相", "x " * 5000, "🙂"])
def test_any_restatement_can_be_looked_for(alice: User, earlier: Claim, words: str) -> None:
    claim = make_claim(make_article(by=alice), by=alice, canonical=words)

    assert earlier not in partners(alice, claim)


def test_a_confirmed_match_links_the_later_claim_to_the_first(
    alice: User, at: datetime, earlier: Claim, later: Claim
) -> None:
    third = make_claim(make_article(by=alice), by=alice, canonical=AGAIN)
    confirm_match(claim=later, other=third, seen=1, by=alice, at=at)

    confirm_match(claim=earlier, other=later, seen=1, by=alice, at=at, score=0.7)

    assert set(Claim.objects.filter(same_as=earlier)) == {later, third}
    assert partners(alice, Claim.objects.get(pk=third.pk)) == []
    assert ClaimMatch.objects.filter(claim=later, earlier=earlier, is_same=True, score=0.7).exists()


def test_a_confirmed_match_is_undone_as_one_act(alice: User, at: datetime, earlier: Claim, later: Claim) -> None:
    third = make_claim(make_article(by=alice), by=alice, canonical=AGAIN)
    confirm_match(claim=later, other=third, seen=1, by=alice, at=at)
    confirm_match(claim=earlier, other=later, seen=1, by=alice, at=at)

    undo(by=alice, at=at)

    assert Claim.objects.get(pk=third.pk).same_as == later
    assert Claim.objects.get(pk=later.pk).same_as is None


def test_a_dismissed_match_is_kept_and_not_offered_again_on_either_side(
    alice: User, at: datetime, earlier: Claim, later: Claim
) -> None:
    assert (partners(alice, later), partners(alice, earlier)) == ([earlier], [later])

    dismiss_match(claim=earlier, other=later, by=alice, at=at)

    assert (partners(alice, later), partners(alice, earlier)) == ([], [])
    assert not ClaimMatch.objects.get().is_same


def test_what_was_dismissed_can_be_confirmed_after_all(alice: User, at: datetime, earlier: Claim, later: Claim) -> None:
    dismiss_match(claim=later, other=earlier, by=alice, at=at)

    confirm_match(claim=later, other=earlier, seen=1, by=alice, at=at)

    assert [seen.claim for seen in appearances_of(earlier, alice)] == [later]


def test_claims_are_linked_once_and_only_while_they_stand(
    alice: User, at: datetime, earlier: Claim, later: Claim
) -> None:
    confirm_match(claim=later, other=earlier, seen=1, by=alice, at=at)

    with pytest.raises(MatchedBefore):
        confirm_match(claim=later, other=earlier, seen=2, by=alice, at=at)
    with pytest.raises(MatchedBefore):
        dismiss_match(claim=later, other=earlier, by=alice, at=at)
    with pytest.raises(MatchedBefore):
        confirm_match(claim=later, other=later, seen=2, by=alice, at=at)
    retract_claim(claim=earlier, seen=1, by=alice, at=at)
    with pytest.raises(AlreadyRetracted):
        confirm_match(claim=later, other=earlier, seen=2, by=alice, at=at)


def test_who_did_not_see_the_later_claim_as_it_stands_links_nothing(
    alice: User, at: datetime, earlier: Claim, later: Claim
) -> None:
    with pytest.raises(Stale):
        confirm_match(claim=later, other=earlier, seen=7, by=alice, at=at)

    assert not Claim.objects.exclude(same_as=None).exists()


def test_a_claim_is_seen_in_linked_claims_and_in_suggested_sentences_like_it(
    alice: User, at: datetime, earlier: Claim, later: Claim, bait: Claim
) -> None:
    suggested = {"origin": Origin.SUGGESTED, "proposer": "rules", "confidence": 0.9}
    [sentence, _] = claims_of(make_article(by=alice), [SAID, OTHER], by=alice, at=at, **suggested)
    confirm_match(claim=later, other=earlier, seen=1, by=alice, at=at)

    seen = appearances_of(earlier, alice)

    assert [(each.claim, each.hundredths) for each in seen] == [(later, None), (sentence, 100)]


def test_a_verdict_comes_along_as_a_proposal_only(
    client: Client, alice: User, dana: User, at: datetime, earlier: Claim, later: Claim
) -> None:
    make_evidence(earlier, make_source(by=alice), by=alice)
    check = make_check(earlier, checker=alice, reason="The log says so.")
    check = send_to_review(check=check, seen=check.version, by=alice, at=at)
    review_check(check=check, seen=check.version, decision="approve", by=dana, at=at)
    confirm_match(claim=later, other=earlier, seen=1, by=alice, at=at)
    client.force_login(alice)

    told = client.get(f"/claims/{later.uid}/").content.decode()
    begun = client.get(f"/claims/{later.uid}/?verdict_of={earlier.uid}").content.decode()

    assert judged_before(appearances_of(later, alice), alice) is not None
    assert "The same was judged before" in told
    assert "The log says so." not in told
    assert "The log says so." in begun
    assert not FactCheck.objects.filter(claim=later).exists()


def test_a_verdict_on_a_claim_that_is_not_linked_is_not_taken_over(
    client: Client, alice: User, earlier: Claim, later: Claim
) -> None:
    make_check(earlier, checker=alice, reason="The log says so.")
    client.force_login(alice)

    page = client.get(f"/claims/{later.uid}/?verdict_of={earlier.uid}").content.decode()

    assert "The log says so." not in page


def test_the_page_offers_matches_and_takes_the_answer(
    client: Client, alice: User, earlier: Claim, later: Claim
) -> None:
    client.force_login(alice)
    page = client.get(f"/claims/{later.uid}/").content.decode()
    form = {"other": str(earlier.uid), "version": 1}

    refused = client.post(f"/claims/{later.uid}/match/", {**form, "decision": "perhaps"})
    stale = client.post(f"/claims/{later.uid}/match/", {**form, "version": 9, "decision": "same"})
    linked = client.post(f"/claims/{later.uid}/match/", {**form, "decision": "same"}, follow=True)
    twice = client.post(f"/claims/{later.uid}/match/", {**form, "version": 2, "decision": "different"})

    assert "Said before?" in page
    assert "of 100 alike" in page
    assert (refused.status_code, stale.status_code, twice.status_code) == (400, 409, 409)
    assert "The two claims are linked." in linked.content.decode()
    assert ClaimMatch.objects.get().score is not None


def test_the_inspector_shows_what_was_said_before(client: Client, alice: User, earlier: Claim, later: Claim) -> None:
    client.force_login(alice)

    page = client.get(f"/articles/{later.article.uid}/?mark={later.uid}").content.decode()

    assert "Said before?" in page
    assert f"/claims/{earlier.uid}/" in page


def test_who_may_not_change_the_claim_may_not_match_it(
    client: Client, alice: User, dana: User, earlier: Claim, later: Claim
) -> None:
    client.force_login(dana)

    answer = client.post(f"/claims/{later.uid}/match/", {"other": str(earlier.uid), "version": 1, "decision": "same"})

    assert answer.status_code in {403, 404}
    assert not ClaimMatch.objects.exists()


def test_matches_are_told_and_answered_over_the_api(alice: User, earlier: Claim, later: Claim) -> None:
    caller = call(alice)

    [match] = caller.get(f"claims/{later.uid}/matches/").json()
    body = {"other": str(earlier.uid), "is_same": True}
    unseen = caller.post(f"claims/{later.uid}/match/", body)
    linked = caller.post(f"claims/{later.uid}/match/", {**body, "version": match["version"]}).json()
    twice = caller.post(f"claims/{later.uid}/match/", {**body, "version": 2})
    [seen] = caller.get(f"claims/{earlier.uid}/appearances/").json()

    assert (match["claim"], match["verdict"]["tone"]) == (str(earlier.uid), "open")
    assert (unseen.status_code, twice.status_code) == (428, 409)
    assert linked["same_as"] == str(earlier.uid)
    assert (seen["claim"], seen["score"]) == (str(later.uid), None)


@pytest.mark.parametrize("claims", [1, 4])
def test_matching_takes_as_many_queries_however_much_is_alike(alice: User, at: datetime, claims: int) -> None:
    claims_of(make_article(by=alice), [SAID] * claims, by=alice, at=at)
    later = make_claim(make_article(by=alice), by=alice, canonical=AGAIN)

    with CaptureQueriesContext(connection) as asked:
        found: list[Match] = matches_of(later, alice)

    assert len(found) == claims
    assert len(asked) == 8


def test_a_claim_that_one_may_not_know_of_takes_no_place_of_another(
    monkeypatch: pytest.MonkeyPatch, alice: User, bob: User, earlier: Claim, later: Claim, at: datetime
) -> None:
    hidden = make_article(by=alice)
    make_claim(hidden, by=alice, canonical=AGAIN)
    monkeypatch.setattr(matching, "HELD_AGAINST", 1)
    before = [claim.article for claim in partners(bob, later)]

    restrict_article(article=hidden, reason="At risk", people=[alice], seen=hidden.version, by=alice, at=at)

    assert before == [hidden]
    assert partners(bob, later) == [earlier]
