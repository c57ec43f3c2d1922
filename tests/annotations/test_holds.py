"""What a cancellation does: to readers, verdicts, the desk, exports and the API; and who lets an article go again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from annotations.exports.ndjson import NdjsonRows
from annotations.operations.checking.factchecks import publish_verdict, review_check, send_to_review
from annotations.queries.checking.verdicts import Staleness, verdicts_of
from annotations.queries.desk.wires import alerts_for
from annotations.queries.exchange.exportfilters import ExportFilters
from annotations.queries.exchange.exports import stream
from articles.models import Article, Hold, Stale
from articles.operations.articles import RemovedLinesUnseen, move_article, open_removed_lines
from articles.operations.holds import NotHeld, acknowledge_holds, lift_holds
from articles.operations.stories import SameArticle, join_story, leave_story
from articles.permissions import articles_with_text_for, visible_articles
from newsdesk.models import User
from tests.annotations.test_wires import edit, only_article, publish
from tests.factories import AT, make_article, make_check, make_claim, make_evidence, make_quote, make_source
from tests.factories.callers import call
from tests.factories.wires import message, receive

pytestmark = pytest.mark.django_db
HEADLINE = "Council votes to close the harbour bridge"
NOTICE = "This article is not available"
CAST = ("alice", "bob", "carol", "dana", "emil", "ada", "rana", "mallory")
EDITORS = {"alice", "ada"}
WORKING = {"alice", "bob", "carol", "dana", "emil", "ada"}


@pytest.fixture
def cast(request: pytest.FixtureRequest) -> dict[str, User]:
    return {name: request.getfixturevalue(name) for name in CAST}


@pytest.fixture
def published(alice: User) -> Article:
    receive(message(1, usage_terms="Not for use in Atlantis."), by=alice)
    return publish(only_article(), by=alice)


def stop(by: User, version: int = 2, status: str = "canceled") -> Article:
    receive(message(version, status=status, editor_note="Legal complaint."), by=by)
    return Article.objects.select_related("head").get(wire_identities__guid="urn:harbour:1")


def page(person: User, address: str) -> Any:
    client = Client()
    client.force_login(person)
    return client.get(address)


def act(person: User, article: Article, step: str, **sent: Any) -> Any:
    client = Client()
    client.force_login(person)
    article.refresh_from_db()
    return client.post(f"/articles/{article.uid}/{step}/", {"version": article.version, **sent})


def test_readers_get_a_notice_in_the_place_of_a_held_article(published: Article, rana: User) -> None:
    before = page(rana, f"/articles/{published.uid}/").content.decode()

    stop(rana)

    after = page(rana, f"/articles/{published.uid}/").content.decode()
    assert HEADLINE in before
    assert NOTICE in after
    assert "harbour" not in after


def test_what_readers_may_not_know_of_anyway_gets_no_notice(alice: User, rana: User) -> None:
    receive(message(1), by=alice)

    article = stop(alice)

    assert page(rana, f"/articles/{article.uid}/").status_code == 404


def test_a_held_article_is_out_of_the_lists_of_readers_and_stays_with_the_desk(
    published: Article, cast: dict[str, User]
) -> None:
    bait = {name for name, person in cast.items() if published in visible_articles(person)}

    stop(cast["alice"])

    assert bait == {*CAST}
    assert {name for name, person in cast.items() if published in visible_articles(person)} == WORKING
    assert {name for name, person in cast.items() if published in articles_with_text_for(person)} == EDITORS


def test_exports_leave_a_held_article_out_for_all_but_editors(published: Article, alice: User, bob: User) -> None:
    make_quote(published, by=alice)
    before = b"".join(stream(NdjsonRows(), bob, ExportFilters()))

    stop(alice)

    assert b"We had no choice" in before
    assert b"We had no choice" not in b"".join(stream(NdjsonRows(), bob, ExportFilters()))
    assert b"We had no choice" in b"".join(stream(NdjsonRows(), alice, ExportFilters()))


def test_the_api_leaves_the_text_out_for_all_but_editors(published: Article, alice: User, bob: User) -> None:
    before = call(bob).get(f"articles/{published.uid}/").json()

    stop(alice)

    after = call(bob).get(f"articles/{published.uid}/").json()
    assert "harbour" in before["text"]
    assert (after["text"], after["blocks"], after["removed"], after["is_held"]) == (None, None, [], True)
    assert call(bob).get(f"articles/{published.uid}/revisions/1/").status_code == 404
    assert "harbour" in call(alice).get(f"articles/{published.uid}/").json()["text"]


def test_verdicts_on_a_held_article_go_stale_and_come_back(
    published: Article, alice: User, bob: User, dana: User
) -> None:
    claim = make_claim(published, by=bob)
    make_evidence(claim, make_source(by=bob), by=bob)
    check = make_check(claim, checker=bob, one_source_reason="Only the council knows.")
    check = send_to_review(check=check, seen=check.version, by=bob, at=AT)
    review_check(check=check, seen=check.version, decision="approve", by=dana, at=AT)
    publish_verdict(check=check, seen=check.version, by=alice, at=AT)
    before = verdicts_of([claim.pk])[claim.pk].stale

    article = stop(alice)
    held = verdicts_of([claim.pk])[claim.pk].stale
    lift_holds(article=article, seen=article.version, by=alice, at=AT)

    assert (before, held) == ((), (Staleness.HELD,))
    assert verdicts_of([claim.pk])[claim.pk].stale == ()


def test_an_alert_stays_on_the_desk_until_somebody_acknowledges_it(published: Article, alice: User, bob: User) -> None:
    stop(alice)
    shown = page(bob, "/").content.decode()

    answer = act(bob, published, "acknowledge", **{"from": "desk"})

    hold = Hold.objects.get()
    assert "Stopped by their providers" in shown
    assert "Legal complaint." in shown
    assert answer["Location"] == "/"
    assert (hold.acknowledged_by, hold.lifted_at) == (bob, None)
    assert "Stopped by their providers" not in page(bob, "/").content.decode()


def test_alerts_are_for_those_who_work_here(published: Article, cast: dict[str, User]) -> None:
    stop(cast["alice"])

    assert {name for name, person in cast.items() if alerts_for(person)} == WORKING


def test_an_editor_restores_a_held_article_from_the_workbench(published: Article, alice: User, rana: User) -> None:
    stop(alice)
    bench = page(alice, f"/articles/{published.uid}/").content.decode()

    act(alice, published, "let-go")

    hold = Hold.objects.get()
    assert "Restore for readers" in bench
    assert (hold.lifted_by, hold.acknowledged_by) == (alice, alice)
    assert HEADLINE in page(rana, f"/articles/{published.uid}/").content.decode()


def test_nobody_lets_go_what_they_have_not_heard_of(published: Article, alice: User) -> None:
    seen = stop(alice).version
    stop(alice, version=3, status="withheld")

    with pytest.raises(Stale):
        lift_holds(article=only_article(), seen=seen, by=alice, at=AT)
    assert act(alice, published, "let-go", version=seen).status_code == 409
    assert Hold.objects.standing().count() == 2


def test_what_is_not_held_is_not_let_go(published: Article, alice: User) -> None:
    for operation in (lift_holds, acknowledge_holds):
        with pytest.raises(NotHeld):
            operation(article=only_article(), seen=only_article().version, by=alice, at=AT)


def test_the_pages_say_who_may_acknowledge_and_who_may_let_go(published: Article, cast: dict[str, User]) -> None:
    allowed: dict[str, set[str]] = {"acknowledge": set(), "let-go": set()}
    for step, names in allowed.items():
        for number, (name, person) in enumerate(cast.items()):
            stop(cast["alice"], version=len(allowed) * 100 + number + (50 if step == "let-go" else 0))
            if act(person, published, step).status_code == 302:
                names.add(name)

    assert allowed == {"acknowledge": WORKING, "let-go": EDITORS}


def test_the_api_says_who_may_acknowledge_and_who_may_let_go(published: Article, cast: dict[str, User]) -> None:
    allowed: dict[str, set[str]] = {"acknowledge": set(), "lift-hold": set()}
    for step, names in allowed.items():
        for number, (name, person) in enumerate(cast.items()):
            version = stop(cast["alice"], version=100 + number + (50 if step == "lift-hold" else 0)).version
            answer = call(person).post(f"articles/{published.uid}/{step}/", {"version": version})
            if answer.status_code == 200:
                names.add(name)

    assert allowed == {"acknowledge": WORKING, "lift-hold": EDITORS}


def test_lifting_over_the_api_needs_the_version_seen_and_keeps_the_reason(published: Article, alice: User) -> None:
    article = stop(alice)
    address = f"articles/{article.uid}/lift-hold/"

    assert call(alice).post(address, {}).status_code == 428
    assert call(alice).post(address, {"version": article.version - 1}).status_code == 409
    assert call(alice).post(address, {"version": article.version, "reason": "Settled."}).json()["is_held"] is False
    assert Hold.objects.get().lift_reason == "Settled."
    assert call(alice).post(address, {"version": article.version + 1}).status_code == 409


def test_what_came_unattended_is_approved_only_after_somebody_has_looked(alice: User) -> None:
    receive(message(1), by=alice)
    article = only_article()
    for state in ("editing", "checking"):
        move_article(article=article, state=state, seen=article.version, by=alice, at=AT)

    with pytest.raises(RemovedLinesUnseen):
        move_article(article=article, state="approved", seen=article.version, by=alice, at=AT)
    refused = act(alice, article, "move", state="approved")
    over_api = call(alice).post(f"articles/{article.uid}/move/", {"version": article.version, "state": "approved"})
    open_removed_lines(article=article, seen=article.version, by=alice, at=AT)
    move_article(article=article, state="approved", seen=article.version, by=alice, at=AT)

    assert (refused.status_code, over_api.status_code) == (409, 409)
    assert only_article().state == "approved"


def test_the_workbench_asks_for_a_look_at_removed_lines_and_notes_who_looked(alice: User) -> None:
    receive(message(1), by=alice)
    shown = page(alice, f"/articles/{only_article().uid}/").content.decode()

    act(alice, only_article(), "removed-seen")

    assert "I have looked at the 1 removed line" in shown
    assert only_article().removed_seen_by == alice
    assert "I have looked at" not in page(alice, f"/articles/{only_article().uid}/").content.decode()


def test_the_workbench_shows_both_sides_and_takes_an_answer(alice: User) -> None:
    receive(message(1), by=alice)
    edit(only_article(), by=alice)
    item = receive(message(2), by=alice)
    address = f"/articles/{only_article().uid}/"
    shown = page(alice, address).content.decode()

    stale = act(alice, only_article(), "answer-wire", item=item.pk, base=1, answer="taken")
    act(alice, only_article(), "answer-wire", item=item.pk, base=2, answer="taken")

    assert "The wire sent a newer version" in shown
    assert stale.status_code == 409
    assert only_article().head.text.endswith("This is version 2 of the report.")
    assert "The wire sent a newer version" not in page(alice, address).content.decode()


def test_the_api_tells_what_the_wire_said_and_takes_an_answer(alice: User, bob: User) -> None:
    receive(message(1), by=alice)
    edit(only_article(), by=alice)
    item = receive(message(2), by=alice)
    address = f"articles/{only_article().uid}"
    said = call(alice).get(f"{address}/wire/").json()

    kept = call(alice).post(f"{address}/answer-wire/", {"item": str(item.uid), "answer": "kept"})

    assert [each["outcome"] for each in said["items"]] == ["waiting", "created"]
    assert said["waiting"]["theirs"].endswith("This is version 2 of the report.")
    assert kept.status_code == 200
    assert call(alice).get(f"{address}/wire/").json()["waiting"] is None
    assert call(alice).post(f"{address}/answer-wire/", {"item": str(item.uid), "answer": "kept"}).status_code == 409
    assert call(alice).post(f"{address}/answer-wire/", {"item": str(item.uid), "answer": "taken"}).status_code == 400
    assert call(bob).get(f"{address}/wire/").status_code == 404


def test_usage_terms_are_shown_to_whoever_reads(published: Article, alice: User, rana: User) -> None:
    for person in (alice, rana):
        assert "Not for use in Atlantis." in page(person, f"/articles/{published.uid}/").content.decode()
    assert call(rana).get(f"articles/{published.uid}/").json()["usage_terms"] == "Not for use in Atlantis."


def test_two_versions_of_one_story_stay_two_articles(alice: User) -> None:
    one, other, third = (make_article(by=alice) for _ in range(3))

    story = join_story(article=one, other=other, by=alice, at=AT)
    assert join_story(article=third, other=one, by=alice, at=AT) == story
    leave_story(article=one, seen=one.version, by=alice, at=AT)

    assert set(story.versions.all()) == {other, third}


def test_two_stories_that_are_one_become_one(alice: User) -> None:
    articles = [make_article(by=alice) for _ in range(4)]
    join_story(article=articles[0], other=articles[1], by=alice, at=AT)
    join_story(article=articles[2], other=articles[3], by=alice, at=AT)

    story = join_story(article=articles[1], other=articles[2], by=alice, at=AT)

    assert story.versions.count() == 4


def test_an_article_is_no_version_of_itself(alice: User) -> None:
    article = make_article(by=alice)

    with pytest.raises(SameArticle):
        join_story(article=article, other=article, by=alice, at=AT)


def test_stories_are_joined_over_the_api_by_editors(alice: User, bob: User) -> None:
    one, other = make_article(by=alice), make_article(by=alice)
    address, body = f"articles/{one.uid}/join-story/", {"other": str(other.uid)}

    assert call(bob).post(address, body).status_code == 403
    assert call(alice).post(address, {"other": str(one.uid)}).status_code == 422
    assert call(alice).post(address, body).json()["story"] == call(alice).get(f"articles/{other.uid}/").json()["story"]


def test_an_embargo_of_the_wire_hides_the_article_until_it_ends(alice: User, bob: User) -> None:
    receive(message(1, embargoed_until=timezone.now() + timedelta(days=1)), by=alice)
    article = only_article()
    article.change(seen=article.version, state="editing")
    hidden = article in visible_articles(bob)

    receive(message(2), by=alice)

    assert not hidden
    assert article in visible_articles(bob)
