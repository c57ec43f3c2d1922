"""The first page: what waits for whom, what is in work, what came in; and what it says to a newcomer."""

from collections.abc import Callable
from dataclasses import astuple
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from annotations.models import FactCheck, Notice
from annotations.operations.checking.factchecks import publish_verdict, review_check, send_to_review
from annotations.operations.studies.projects import assign
from annotations.queries.desk.queue import Queue
from annotations.queries.workbench.page import open_workbench
from annotations.templatetags.ages import spell_age
from articles.anchoring.text import Block, BlockKind
from articles.models import Article, ArticleState
from articles.operations.revising import Rewritten, revise_article
from newsdesk.models import User
from tests.factories import (
    AT,
    make_article,
    make_check,
    make_claim,
    make_evidence,
    make_quote,
    make_source,
    make_speaker,
    make_tag,
)


def piece(headline: str) -> str:
    return f"{headline}\n\nThe repair will cost 12 million euros. Some residents said the decision was reckless.\n"


def desk_of(client: Client, person: User, **asked: Any) -> Any:
    client.force_login(person)
    answer = client.get("/", asked)
    assert answer.status_code == 200
    return answer


def titles(client: Client, person: User, **asked: Any) -> list[str]:
    queue: Queue = desk_of(client, person, **asked).context["queue"]
    return [thing.title for thing in queue.waiting]


def in_review(article: Article, *, checker: User, by: User) -> FactCheck:
    claim = make_claim(article, by=by)
    make_evidence(claim, make_source(by=by), by=checker)
    check = make_check(claim, checker=checker)
    return send_to_review(check=check, seen=check.version, by=checker, at=AT)


def approved(article: Article, *, checker: User, reviewer: User, by: User) -> FactCheck:
    check = in_review(article, checker=checker, by=by)
    review_check(check=check, seen=check.version, decision="approve", by=reviewer, at=AT)
    check.refresh_from_db()
    return check


def reword(article: Article, old: str, new: str, *, by: User) -> None:
    blocks = [Block(BlockKind.PARAGRAPH, text.replace(old, new)) for text in article.head.text.split("\n\n")[1:]]
    revise_article(
        article=article, base=article.head.number, rewritten=Rewritten(article.head.headline, blocks), by=by, at=AT
    )


def test_a_newcomer_to_an_empty_desk_is_told_how_to_begin(client: Client, alice: User) -> None:
    page = desk_of(client, alice).content.decode()

    assert "How to begin" in page
    assert "/articles/new/" in page


def test_a_newcomer_who_may_bring_in_nothing_is_told_who_does(client: Client, bob: User) -> None:
    page = desk_of(client, bob).content.decode()

    assert "An editor brings copy in" in page
    assert "/articles/new/" not in page


def test_a_claim_given_to_somebody_waits_for_them_alone(client: Client, alice: User, bob: User, carol: User) -> None:
    make_check(make_claim(make_article(by=alice), by=alice), checker=bob, verdict="", reason="")

    assert titles(client, bob) == ["C1 is being checked by you"]
    assert titles(client, carol) == []


def test_a_draft_waits_for_its_checker_until_it_is_sent(client: Client, alice: User, bob: User) -> None:
    make_check(make_claim(make_article(by=alice), by=alice), checker=bob)

    assert titles(client, bob) == ["C1 is drafted, not sent"]


def test_a_check_in_review_waits_for_those_who_did_not_write_it(
    client: Client, alice: User, bob: User, dana: User, emil: User
) -> None:
    in_review(make_article(by=alice), checker=bob, by=alice)

    assert titles(client, dana) == ["C1 waits for your review"]
    assert titles(client, bob) == []
    assert titles(client, emil) == []


def test_whoever_has_decided_on_this_version_is_not_asked_again(
    client: Client, alice: User, bob: User, dana: User
) -> None:
    article = make_article(by=alice)
    claim = make_claim(article, by=alice)
    claim.change(seen=claim.version, risk="high", risk_reason="A person is named.")
    make_evidence(claim, make_source(by=alice), by=bob)
    check = make_check(claim, checker=bob)
    send_to_review(check=check, seen=check.version, by=bob, at=AT)
    assert titles(client, dana) == ["C1 waits for your review"]

    review_check(check=check, seen=check.version, decision="approve", by=dana, at=AT)

    assert titles(client, dana) == []
    assert titles(client, alice) == ["C1 waits for your review"]


def test_a_returned_draft_comes_back_with_who_said_what(client: Client, alice: User, bob: User, dana: User) -> None:
    check = in_review(make_article(by=alice), checker=bob, by=alice)
    review_check(
        check=check, seen=check.version, decision="return", reason="Set the wording beside ours.", by=dana, at=AT
    )

    (thing,) = desk_of(client, bob).context["queue"].waiting

    assert thing.title == "C1 returned"
    assert thing.why == "Dana Whitlock: Set the wording beside ours."
    assert thing.since == AT


def test_a_verdict_goes_stale_for_whoever_drafted_it(client: Client, alice: User, bob: User) -> None:
    article = make_article(by=alice)
    check = in_review(article, checker=bob, by=alice)
    assert titles(client, bob) == []

    check.claim.change(seen=check.claim.version, canonical="The repair will cost 13 million euros.")

    assert titles(client, bob) == ["C1 went stale"]


def test_marks_that_need_a_look_wait_for_those_who_may_revise(client: Client, alice: User, bob: User) -> None:
    article = make_article(by=alice)
    make_tag(article, by=alice)
    assert titles(client, alice) == []

    reword(article, "the decision was reckless", "it had been a brave decision", by=alice)

    (thing,) = desk_of(client, alice).context["queue"].waiting
    assert "needs a look" in thing.title or "lost its place" in thing.title
    assert thing.words == article.head.headline
    assert titles(client, bob) == []


def test_a_retracted_mark_needs_no_look(client: Client, alice: User) -> None:
    article = make_article(by=alice)
    tag = make_tag(article, by=alice)
    reword(article, "the decision was reckless", "it had been a brave decision", by=alice)
    assert len(titles(client, alice)) == 1

    tag.change(seen=tag.version, retracted_by=alice, retracted_at=AT)

    assert titles(client, alice) == []


def test_an_assignment_waits_with_its_task(client: Client, alice: User, emil: User) -> None:
    assign(article=make_article(by=alice), person=emil, by=alice, at=AT, task="Tag the reporting verbs.")

    (thing,) = desk_of(client, emil).context["queue"].waiting

    assert (thing.title, thing.why) == ("Alice Moreau asks you to work on an article", "Tag the reporting verbs.")


def test_late_things_stand_first_and_say_how_late(client: Client, alice: User, emil: User) -> None:
    now = timezone.now()
    assign(article=make_article(by=alice), person=emil, by=alice, at=now, task="Fresh")
    assign(
        article=make_article(by=alice, text=piece("Late")),
        person=emil,
        by=alice,
        at=AT,
        task="Late",
        due_at=now - timedelta(hours=2, minutes=10, seconds=30),
    )

    answer = desk_of(client, emil)

    assert [thing.why for thing in answer.context["queue"].waiting] == ["Late", "Fresh"]
    assert answer.context["queue"].late == 1
    assert "2 h 10 min late" in answer.content.decode()


def test_the_queue_may_be_read_article_by_article(client: Client, alice: User, emil: User) -> None:
    for number, headline in enumerate(["Beta", "Alpha", "Gamma"]):
        article = make_article(by=alice, text=piece(headline))
        assign(article=article, person=emil, by=alice, at=AT + timedelta(hours=number))

    queue = desk_of(client, emil, queue="article").context["queue"]

    assert [thing.article for thing in queue.waiting] == ["Alpha", "Beta", "Gamma"]


def test_an_approval_is_told_until_it_is_put_aside(client: Client, alice: User, bob: User, dana: User) -> None:
    check = in_review(make_article(by=alice), checker=bob, by=alice)
    review_check(check=check, seen=check.version, decision="approve", by=dana, at=AT)
    assert titles(client, bob) == ["C1 was approved"]

    notice = Notice.objects.get(person=bob)
    answer = client.post(f"/notices/{notice.uid}/aside/")

    assert answer.status_code == 302
    assert titles(client, bob) == []


def test_nobody_puts_aside_what_was_told_to_somebody_else(client: Client, alice: User, bob: User, dana: User) -> None:
    check = in_review(make_article(by=alice), checker=bob, by=alice)
    review_check(check=check, seen=check.version, decision="approve", by=dana, at=AT)
    notice = Notice.objects.get(person=bob)
    client.force_login(dana)

    assert client.post(f"/notices/{notice.uid}/aside/").status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_an_article_in_work_shows_coverage_beads_bias_and_doubts(
    client: Client, alice: User, bob: User, dana: User
) -> None:
    article = make_article(by=alice)
    make_quote(article, by=alice, speaker=make_speaker(by=alice))
    make_tag(article, by=alice, severity=2)
    approved(article, checker=bob, reviewer=dana, by=alice)
    make_claim(article, "The council voted on Tuesday", by=alice, canonical="The council voted on 13 May 2025.")

    answer = desk_of(client, alice)

    (line,) = answer.context["in_work"]
    assert (line.coverage.checked, line.coverage.sourced, line.coverage.opinion) == (1, 1, 0)
    assert line.tones == ("supported", "open")
    assert line.row.severities == (0, 1, 0)
    assert line.in_doubt == 0
    assert "2 claims: 1 supported, 1 no verdict yet" in answer.content.decode()


def test_the_desk_and_the_workbench_count_coverage_alike(client: Client, alice: User, bob: User, dana: User) -> None:
    article = make_article(by=alice)
    make_quote(article, by=alice, speaker=make_speaker(by=alice))
    claim = make_claim(article, "The council voted on Tuesday", by=alice, canonical="The council voted on 13 May.")
    make_evidence(claim, make_source(by=alice), by=bob)
    make_claim(article, "the decision was reckless", by=alice, canonical="The decision was bad.", checkable="no")
    approved(article, checker=bob, reviewer=dana, by=alice)

    (line,) = desk_of(client, alice).context["in_work"]

    assert line.coverage == open_workbench(article=article, revision=article.head, person=alice).coverage
    assert min(astuple(line.coverage)) > 0


def test_a_sentence_is_checked_once_somebody_else_has_approved_the_verdict(
    client: Client, alice: User, bob: User, dana: User
) -> None:
    article = make_article(by=alice)
    claim = make_claim(article, by=alice)
    check = make_check(claim, checker=bob)

    def checked_and_sourced() -> tuple[int, int]:
        (line,) = desk_of(client, alice).context["in_work"]
        assert line.coverage == open_workbench(article=article, revision=article.head, person=alice).coverage
        return line.coverage.checked, line.coverage.sourced

    assert checked_and_sourced() == (0, 0)

    make_evidence(claim, make_source(by=alice), by=bob)
    assert checked_and_sourced() == (0, 1)

    send_to_review(check=check, seen=check.version, by=bob, at=AT)
    assert checked_and_sourced() == (0, 1)

    review_check(check=check, seen=check.version, decision="approve", by=dana, at=AT)
    assert checked_and_sourced() == (1, 0)

    check.change(seen=check.version, one_source_reason="It is the primary source.")
    publish_verdict(check=check, seen=check.version, by=dana, at=AT)
    assert checked_and_sourced() == (1, 0)


def test_what_is_out_or_came_in_is_not_in_work(client: Client, alice: User) -> None:
    for state in (ArticleState.INCOMING, ArticleState.PUBLISHED, ArticleState.WITHDRAWN):
        make_article(by=alice, text=piece(state), state=state)
    make_article(by=alice, text=piece("Checking"), state=ArticleState.CHECKING)

    lines = desk_of(client, alice).context["in_work"]

    assert [line.row.article.head.headline for line in lines] == ["Checking"]


def test_claims_without_a_verdict_are_worth_checking_the_most_pressing_first(
    client: Client, alice: User, bob: User
) -> None:
    article = make_article(by=alice)
    make_claim(article, by=alice, canonical="Low.", priority=1)
    make_claim(article, "The council voted on Tuesday", by=alice, canonical="High.", priority=3)
    make_claim(article, "the decision was reckless", by=alice, canonical="No.", checkable="no", priority=3)
    make_check(make_claim(article, "two years", by=alice, canonical="Checked.", priority=3), checker=bob)

    claims = desk_of(client, bob).context["worth_checking"]

    assert [claim.canonical for claim in claims] == ["High.", "Low."]


def test_incoming_pieces_show_what_was_removed_to_editors_alone(client: Client, alice: User, bob: User) -> None:
    text = piece("From the wire") + "\nShare this article\n\nLeave a Reply\n"
    make_article(by=alice, text=text, state=ArticleState.INCOMING)

    (incoming,) = desk_of(client, alice).context["incoming"]

    assert incoming.lines_removed == 2
    assert "2 lines of furniture removed" in desk_of(client, alice).content.decode()
    assert "From the wire" not in desk_of(client, bob).content.decode()


@pytest.mark.parametrize(
    "hidden",
    [
        {"embargo_until": timezone.now() + timedelta(days=1)},
        {"access": "restricted", "access_reason": "Legal."},
    ],
    ids=["embargoed", "restricted"],
)
def test_nothing_of_a_hidden_article_reaches_the_desk_of_others(
    client: Client, alice: User, bob: User, dana: User, hidden: dict[str, Any]
) -> None:
    article = make_article(by=alice)
    make_tag(article, by=alice)
    make_claim(article, "two years", by=alice, canonical="Closed for two years.", priority=3)
    in_review(article, checker=bob, by=alice)
    assert titles(client, dana) == ["C1 waits for your review"] or titles(client, dana) == ["C2 waits for your review"]
    assert "harbour bridge" in client.get("/").content.decode()

    article.change(seen=article.version, **hidden)

    for person in (bob, dana):
        answer = desk_of(client, person)
        page = answer.content.decode()
        assert list(answer.context["queue"].waiting) == []
        assert answer.context["week"].tagged == 0
        assert "harbour bridge" not in page
        assert "Closed for two years" not in page


def test_the_week_counts_verdicts_and_tags(client: Client, alice: User, bob: User, dana: User) -> None:
    now = timezone.now()
    article = make_article(by=alice)
    make_tag(article, by=alice, at=now)
    make_tag(article, "no choice", by=alice, severity=3, at=now)
    make_tag(article, "two years", by=alice, at=now - timedelta(days=8))
    check = in_review(article, checker=bob, by=alice)
    review_check(check=check, seen=check.version, decision="approve", by=dana, at=now)
    check.change(seen=check.version, one_source_reason="It is the primary source.")
    publish_verdict(check=check, seen=check.version, by=dana, at=now)

    week = desk_of(client, alice).context["week"]

    assert [(line.verdict, line.count) for line in week.verdicts if line.count] == [("supported", 1)]
    assert [(use.severities, use.total) for use in week.tags] == [((1, 0, 1), 2)]


@pytest.mark.parametrize("articles", [1, 3])
def test_the_desk_takes_37_queries_however_many_articles(
    client: Client, alice: User, bob: User, articles: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for number in range(articles):
        article = make_article(by=alice, text=piece(f"Piece {number}"))
        make_tag(article, by=alice)
        make_quote(article, "the decision was reckless", by=alice, kind="indirect")
        make_check(make_claim(article, by=alice), checker=bob)
        make_claim(article, "Some residents", by=alice, canonical="Some residents objected.")
        make_article(by=alice, text=piece(f"Incoming {number}"), state=ArticleState.INCOMING)
    client.force_login(alice)

    with django_assert_num_queries(37):
        client.get("/")


@pytest.mark.parametrize(
    ("age", "spelled"),
    [
        (timedelta(seconds=59), "now"),
        (timedelta(minutes=35), "35 min"),
        (timedelta(hours=4), "4 h"),
        (timedelta(hours=1, minutes=5), "1 h 05 min"),
        (timedelta(days=1, hours=3), "1 day"),
        (timedelta(days=12), "12 days"),
    ],
)
def test_ages_are_spelled_shortly(age: timedelta, spelled: str) -> None:
    assert spell_age(age) == spelled


def test_the_menu_offers_sources_and_exports_to_those_who_may_open_them(
    client: Client, carol: User, rana: User, mallory: User
) -> None:
    for person, may in ((carol, True), (rana, False), (mallory, False)):
        page = desk_of(client, person).content.decode()
        for address, key in (("/sources/", "s"), ("/exports/", "x")):
            assert (f'<a href="{address}" data-go="{key}"' in page) == may
            assert (f"<kbd>g</kbd> <kbd>{key}</kbd>" in page) == may
            assert (client.get(address).status_code == 200) == may
        assert '<a href="/claims/" data-go="c"' in page
