"""Stopping a piece or a verdict: by whom, what readers still see, who lets it go, and what the database refuses."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError
from django.test import Client

from annotations.models import DeskVerdict
from annotations.operations.checking.checklaws import LawBroken
from annotations.operations.checking.factchecks import publish_verdict, review_check, send_to_review
from annotations.operations.readers.holding import stop_verdict
from annotations.permissions import visible_claims, visible_desk_verdicts
from annotations.queries.readers.holds import is_held, is_verdict_held, published_articles, published_claims
from articles.models import Article, Hold, Rights, Stale
from articles.operations.articles import ArticleHeld, move_article
from articles.operations.declaring import declare
from articles.operations.holds import AlreadyHeld, AnotherRole, NotHeld, PutBackByTwo, lift, lift_holds, put_back, stop
from newsdesk.models import User
from tests.factories import AT, make_article, make_check, make_claim, make_evidence, make_source
from tests.factories.callers import call
from tests.factories.contention import at_once
from tests.factories.laws import copy, plain_sql, refused, run

CAST = ("alice", "bob", "carol", "dana", "emil", "ada", "ludo", "rana", "mallory")
STRANGER = AnonymousUser()


@pytest.fixture
def cast(request: pytest.FixtureRequest) -> dict[str, User]:
    return {name: request.getfixturevalue(name) for name in CAST}


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice, state="published", rights=Rights.OWN)


def approve(claim: Any, *, by: User, reviewer: User, rating: str = "true") -> Any:
    check = make_check(claim, checker=by, verdict="supported", rating=rating)
    check = send_to_review(check=check, seen=check.version, by=by, at=AT)
    review_check(check=check, seen=check.version, decision="approve", by=reviewer, at=AT)
    return check


@pytest.fixture
def claim(article: Article, bob: User) -> Any:
    claim = make_claim(article, by=bob)
    make_evidence(claim, make_source(by=bob), by=bob)
    return claim


@pytest.fixture
def said(claim: Any, alice: User, bob: User, dana: User) -> DeskVerdict:
    check = approve(claim, by=bob, reviewer=dana)
    return publish_verdict(check=check, seen=check.version, by=alice, at=AT)


def place(article: Article, placed_as: str, *, by: User) -> Hold:
    return stop(article=article, reason="A letter of their lawyer.", placed_as=placed_as, by=by, at=AT)


def page(person: User, address: str) -> Any:
    client = Client()
    client.force_login(person)
    return client.get(address)


def send(person: User, address: str, **values: Any) -> Any:
    client = Client()
    client.force_login(person)
    return client.post(address, values)


@pytest.mark.parametrize(
    ("placed_as", "ground"), [("editor", "stopped"), ("counsel", "stopped"), ("reviewer", "pulled")]
)
def test_readers_get_a_notice_in_the_place_of_what_was_stopped(
    article: Article, alice: User, rana: User, placed_as: str, ground: str
) -> None:
    before = page(rana, f"/articles/{article.uid}/").content.decode()

    hold = place(article, placed_as, by=alice)

    after = page(rana, f"/articles/{article.uid}/").content.decode()
    assert "harbour" in before
    assert "harbour" not in after
    assert "The desk has taken it down for now." in after
    assert "lawyer" not in after
    assert (hold.ground, is_held(article)) == (ground, True)


def test_a_held_article_is_not_published(alice: User) -> None:
    article = make_article(by=alice, state="approved")
    place(article, "editor", by=alice)

    with pytest.raises(ArticleHeld):
        move_article(article=article, state="published", seen=article.version, by=alice, at=AT)


def test_nobody_publishes_from_a_page_that_did_not_say_it_was_stopped(alice: User) -> None:
    article = make_article(by=alice, state="approved")
    seen = article.version
    hold = place(article, "editor", by=alice)
    lift(hold=hold, seen=1, lifted_as="editor", by=alice, at=AT)

    with pytest.raises(Stale):
        move_article(article=Article.objects.get(), state="published", seen=seen, by=alice, at=AT)


def test_a_held_article_may_be_corrected_before_it_is_let_go(article: Article, alice: User) -> None:
    place(article, "editor", by=alice)

    declare(article=article, kind="correction", text="Three years.", seen=article.version, by=alice, at=AT)

    assert Article.objects.get().state == "corrected"


def test_the_verdict_alone_is_kept_from_readers(
    article: Article, said: DeskVerdict, claim: Any, alice: User, rana: User
) -> None:
    def seen() -> tuple[bool, bool, bool, bool]:
        verdicts = visible_desk_verdicts(rana).exists()
        return verdicts, visible_claims(rana).exists(), published_claims(STRANGER).exists(), is_verdict_held(claim)

    bait = seen()

    stop_verdict(claim=claim, reason="A letter.", placed_as="editor", by=alice, at=AT)

    assert bait == (True, True, True, False)
    assert seen() == (False, False, False, True)
    assert published_articles(STRANGER).exists()
    assert page(rana, f"/articles/{article.uid}/").status_code == 200
    assert visible_desk_verdicts(alice).exists()


def test_what_is_out_and_not_held_is_published(article: Article, said: DeskVerdict, alice: User) -> None:
    bait = (published_articles(STRANGER).exists(), published_claims(STRANGER).exists())

    place(article, "editor", by=alice)

    assert bait == (True, True)
    assert (published_articles(STRANGER).exists(), published_claims(STRANGER).exists()) == (False, False)
    assert (published_articles(alice).exists(), published_claims(alice).exists()) == (False, False)


def test_no_verdict_is_published_while_it_is_held(claim: Any, alice: User, bob: User, dana: User) -> None:
    check = approve(claim, by=bob, reviewer=dana)
    hold = stop_verdict(claim=claim, reason="A letter.", placed_as="editor", by=alice, at=AT)
    with pytest.raises(LawBroken, match="held"):
        publish_verdict(check=check, seen=check.version, by=alice, at=AT)

    lift(hold=hold, seen=1, lifted_as="editor", by=alice, at=AT)

    assert publish_verdict(check=check, seen=check.version, by=alice, at=AT).number == 1


def test_the_role_that_stopped_it_lets_it_go(article: Article, alice: User, ludo: User) -> None:
    hold = place(article, "counsel", by=ludo)

    with pytest.raises(AnotherRole):
        lift(hold=hold, seen=1, lifted_as="editor", by=alice, at=AT)
    lift(hold=hold, seen=1, lifted_as="counsel", by=ludo, at=AT, reason="Settled.")

    assert (Hold.objects.get().lift_reason, is_held(article)) == ("Settled.", False)
    with pytest.raises(NotHeld):
        lift(hold=hold, seen=2, lifted_as="counsel", by=ludo, at=AT)


def test_two_different_people_put_back_what_one_took_down(article: Article, dana: User, alice: User) -> None:
    hold = place(article, "reviewer", by=dana)
    with pytest.raises(PutBackByTwo):
        lift(hold=hold, seen=1, lifted_as="reviewer", by=dana, at=AT)
    put_back(hold=hold, seen=1, by=dana, at=AT)
    with pytest.raises(PutBackByTwo):
        put_back(hold=hold, seen=2, by=dana, at=AT)
    still_down = is_held(article)

    put_back(hold=hold, seen=2, by=alice, at=AT)

    assert (still_down, is_held(article)) == (True, False)
    assert (Hold.objects.get().agreed_by, Hold.objects.get().lifted_by) == (dana, alice)


def test_what_an_editor_stopped_is_not_put_back_as_if_it_were_pulled(article: Article, alice: User) -> None:
    hold = place(article, "editor", by=alice)

    with pytest.raises(NotHeld):
        put_back(hold=hold, seen=1, by=alice, at=AT)


def test_it_is_stopped_once_in_each_role_and_stays_until_all_let_go(article: Article, alice: User, ludo: User) -> None:
    hold = place(article, "editor", by=alice)
    place(article, "counsel", by=ludo)
    with pytest.raises(AlreadyHeld):
        place(article, "editor", by=alice)

    lift(hold=hold, seen=1, lifted_as="editor", by=alice, at=AT)

    assert is_held(article)


def test_restoring_after_a_wire_leaves_what_the_desk_stopped(article: Article, alice: User) -> None:
    place(article, "editor", by=alice)

    with pytest.raises(NotHeld):
        lift_holds(article=article, seen=article.version, by=alice, at=AT)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_put_it_back_at_once_one_is_refused(alice: User, dana: User, ada: User) -> None:
    article = make_article(by=alice, state="published")
    hold = place(article, "reviewer", by=dana)
    put_back(hold=hold, seen=1, by=dana, at=AT)

    def agree(person: User) -> None:
        put_back(hold=Hold.objects.get(), seen=2, by=person, at=AT)

    assert at_once(lambda: agree(alice), lambda: agree(ada))[1:] == ["saved"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_stop_it_at_once_in_one_role_one_is_told(alice: User, ada: User) -> None:
    article = make_article(by=alice, state="published")

    outcomes = at_once(lambda: place(article, "editor", by=alice), lambda: place(article, "editor", by=ada))

    assert outcomes == ["AlreadyHeld", "saved"]


# The laws, past every operation.


def test_the_database_refuses_to_publish_what_is_held(alice: User) -> None:
    place(make_article(by=alice, state="approved"), "editor", by=alice)

    refused(
        "held is not published", plain_sql("UPDATE articles_article SET version = version + 1, state = 'published'")
    )


def test_the_database_refuses_a_verdict_on_a_claim_whose_verdict_is_held(
    said: DeskVerdict, claim: Any, alice: User
) -> None:
    stop_verdict(claim=claim, reason="A letter.", placed_as="editor", by=alice, at=AT)

    refused("verdict is held", copy(DeskVerdict, number=2, correction_of=said, correction_note="x"))


def test_the_database_lets_one_hold_of_a_role_stand(article: Article, alice: User) -> None:
    place(article, "editor", by=alice)

    refused("hold_once_while_it_stands", copy(Hold))


def test_the_database_wants_two_to_put_it_back(article: Article, dana: User) -> None:
    place(article, "reviewer", by=dana)
    lifting = (
        "UPDATE articles_hold SET version = version + 1, lifted_by_id = %s, lifted_at = now(), lifted_as = 'reviewer'"
    )

    refused("put_back_by_two", plain_sql(lifting, dana.pk))
    refused("put_back_by_two", plain_sql(f"{lifting}, agreed_by_id = %s, agreed_at = now()", dana.pk, dana.pk))


def test_a_hold_on_a_verdict_is_on_words_of_its_article(article: Article, claim: Any, alice: User) -> None:
    stop_verdict(claim=claim, reason="A letter.", placed_as="editor", by=alice, at=AT)
    other = make_article(by=alice)

    refused("hold_and_span_share_an_article", copy(Hold, article=other))


@pytest.mark.parametrize("change", ["reason = 'other'", "placed_as = 'counsel'", "span_id = NULL"])
def test_what_a_hold_says_never_changes(claim: Any, alice: User, change: str) -> None:
    stop_verdict(claim=claim, reason="A letter.", placed_as="editor", by=alice, at=AT)

    with pytest.raises(DatabaseError, match="once"):
        run(f"UPDATE articles_hold SET version = version + 1, {change}")


# The pages and the API. Who stops as what; a refusal is 400 where the person may stop it in another role.

STOPS: dict[str, set[str]] = {
    "editor": {"alice", "ada"},
    "counsel": {"ludo"},
    "reviewer": {"alice", "dana", "ada"},
}
# placed as: who lets it go, or agrees to put it back
LETS_GO: dict[str, set[str]] = {
    "editor": {"alice", "ada"},
    "counsel": {"ludo"},
    "reviewer": {"alice", "dana", "ada"},
}


@pytest.mark.parametrize("placed_as", STOPS)
def test_the_pages_say_who_stops_what_and_who_lets_it_go(
    article: Article, claim: Any, cast: dict[str, User], placed_as: str
) -> None:
    stopped, let_go = set(), set()
    for name, person in cast.items():
        answer = send(person, f"/claims/{claim.uid}/holds/", placed_as=placed_as, reason="A letter.")
        if answer.status_code == 302:
            stopped.add(name)
            end(Hold.objects.standing().get(), cast)
    for name, person in cast.items():
        hold = place(article, placed_as, by=person)
        if send(person, f"/holds/{hold.uid}/let-go/", version=1).status_code == 302:
            let_go.add(name)
        end(hold, cast)

    assert (stopped, let_go) == (STOPS[placed_as], LETS_GO[placed_as])


def end(hold: Hold, cast: dict[str, User]) -> None:
    """Lift a hold past all rights, if it stands."""
    hold.refresh_from_db()
    if hold.lifted_at is not None:
        return
    agrees = hold.ground == "pulled" and hold.agreed_at is None
    agreed: dict[str, Any] = {"agreed_by": cast["mallory"], "agreed_at": AT} if agrees else {}
    hold.change(seen=hold.version, lifted_at=AT, lifted_as=hold.placed_as, lifted_by=cast["rana"], **agreed)


@pytest.mark.parametrize("placed_as", STOPS)
def test_the_api_says_who_stops_what_and_who_lets_it_go(
    article: Article, cast: dict[str, User], placed_as: str
) -> None:
    stopped, let_go = set(), set()
    body = {"article": str(article.uid), "placed_as": placed_as, "reason": "A letter."}
    step = "put-back" if placed_as == "reviewer" else "lift"
    for name, person in cast.items():
        made = call(person).post("holds/", body)
        if made.status_code == 201:
            stopped.add(name)
        hold = Hold.objects.standing().first() or place(article, placed_as, by=cast["alice"])
        if call(person).post(f"holds/{hold.uid}/{step}/", {"version": hold.version}).status_code == 200:
            let_go.add(name)
        end(hold, cast)

    assert (stopped, let_go) == (STOPS[placed_as], LETS_GO[placed_as])


def test_desk_article_and_claim_say_that_it_is_stopped(article: Article, claim: Any, alice: User, bob: User) -> None:
    stop_verdict(claim=claim, reason="Their lawyer wrote.", placed_as="editor", by=alice, at=AT)
    place(article, "editor", by=alice)

    desk = page(bob, "/").content.decode()
    assert "Stopped by the desk" in desk
    assert "Their lawyer wrote." in desk
    assert "A letter of their lawyer." in page(bob, f"/articles/{article.uid}/").content.decode()
    assert "Their lawyer wrote." in page(bob, f"/claims/{claim.uid}/").content.decode()
    assert "Let it go" not in page(bob, f"/articles/{article.uid}/holds/").content.decode()
    assert "Let it go" in page(alice, f"/articles/{article.uid}/holds/").content.decode()


def test_a_hold_without_a_reason_is_not_placed(article: Article, alice: User) -> None:
    answer = send(alice, f"/articles/{article.uid}/holds/", placed_as="editor", reason=" ")
    over_api = call(alice).post("holds/", {"article": str(article.uid), "placed_as": "editor", "reason": " "})

    assert (answer.status_code, over_api.status_code) == (400, 400)
    assert not Hold.objects.exists()


def test_who_agreed_is_told_that_a_second_person_is_needed(article: Article, dana: User) -> None:
    hold = place(article, "reviewer", by=dana)
    put_back(hold=hold, seen=1, by=dana, at=AT)

    answer = call(dana).post(f"holds/{hold.uid}/put-back/", {"version": 2})

    assert answer.status_code == 403
    assert "a second person has to agree" in answer.json()["detail"]


def test_a_hold_is_let_go_by_whoever_saw_it_as_it_stands(article: Article, dana: User, alice: User) -> None:
    hold = place(article, "reviewer", by=dana)
    put_back(hold=hold, seen=1, by=dana, at=AT)

    assert send(alice, f"/holds/{hold.uid}/let-go/", version=1).status_code == 409
    assert call(alice).post(f"holds/{hold.uid}/put-back/", {"version": 1}).status_code == 409
    assert call(alice).post(f"holds/{hold.uid}/put-back/", {}).status_code == 428


def test_the_api_takes_an_article_or_a_claim(article: Article, claim: Any, alice: User) -> None:
    body = {"placed_as": "editor", "reason": "A letter."}

    neither = call(alice).post("holds/", body)
    both = call(alice).post("holds/", {**body, "article": str(article.uid), "claim": str(claim.uid)})
    verdict = call(alice).post("holds/", {**body, "claim": str(claim.uid)})

    assert (neither.status_code, both.status_code, verdict.status_code) == (422, 422, 201)
    assert verdict.json()["claim"] == str(claim.uid)
    assert call(alice).get("holds/?standing=true").json()["results"][0]["claim"] == str(claim.uid)
