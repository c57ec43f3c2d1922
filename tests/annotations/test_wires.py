"""A wire is a conversation: what each of its messages does, in whatever order they come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.operations.desk.wires import NotWaiting, keep_ours, take_wire_version
from annotations.operations.workbench.revising import restore_removed, revise
from articles.anchoring.text import Block, BlockKind
from articles.ingest.record import IncomingArticle, RemovedLine
from articles.models import Article, CurrentAnchor, Hold, Outcome, Revision, Rights, WireIdentity, WireItem
from articles.operations.articles import move_article, open_removed_lines
from articles.operations.holds import lift_holds
from articles.operations.revising import Rewritten
from articles.operations.spans import StaleRevision
from articles.operations.wires import GuidMissing
from newsdesk.models import User
from tests.factories import AT, make_quote
from tests.factories.contention import at_once
from tests.factories.laws import run
from tests.factories.wires import message, outcomes, receive, state_of_wire

pytestmark = pytest.mark.django_db


def edit(article: Article, *, by: User, text: str = "What we found out ourselves.") -> Revision:
    """An editor's own last paragraph."""
    article.refresh_from_db()
    blocks = [Block.from_json(block) for block in article.head.blocks[:-1]]
    rewritten = Rewritten(article.head.headline, [*blocks, Block(BlockKind.PARAGRAPH, text)])
    return revise(article=article, base=article.head.number, rewritten=rewritten, by=by, at=AT)


def only_article() -> Article:
    return Article.objects.select_related("head").get()


def publish(article: Article, *, by: User) -> Article:
    open_removed_lines(article=article, seen=article.version, by=by, at=AT)
    for state in ("editing", "checking", "approved", "published"):
        move_article(article=article, state=state, seen=article.version, by=by, at=AT)
    return article


def test_the_first_version_becomes_an_incoming_article_that_nobody_has_looked_at(alice: User) -> None:
    item = receive(message(1), by=alice)

    article = only_article()
    assert (item.outcome, item.article, item.revision) == (Outcome.CREATED, article, article.head)
    assert (article.state, article.came_unattended, article.removed_seen_at) == ("incoming", True, None)
    assert article.rights == Rights.UNKNOWN


def test_all_that_the_wire_says_of_an_item_is_stored(alice: User) -> None:
    said: dict[str, Any] = {
        "byline": "Ana Sol",
        "dateline": "PORTO, May 13",
        "credit": "Harbour Wire",
        "section": "Local",
        "language": "en",
        "outlet": "Harbour Wire",
        "canonical_url": "https://wire.example/1",
        "editor_note": "Adds the mayor.",
        "usage_terms": "Not for use in Atlantis.",
        "published_at": AT,
        "date_basis": "stated",
    }

    receive(message(1, embargoed_until=AT + timedelta(days=1), errors=("No language.",), **said), by=alice)

    article = only_article()
    assert {name: getattr(article, name) for name in said} == said
    assert article.embargo_until == AT + timedelta(days=1)
    assert article.intakes.get().errors == ["No language."]


def test_a_value_too_long_for_its_column_is_cut_and_said(alice: User) -> None:
    receive(message(1, byline="x" * 2_000, canonical_url=f"https://wire.example/{'x' * 3_000}"), by=alice)

    article = only_article()
    assert article.byline == "x" * 299 + "…"
    assert article.canonical_url == ""
    assert [error.split()[0] for error in article.intakes.get().errors] == ["byline", "canonical_url"]


def test_a_higher_version_becomes_the_next_revision_with_all_marks(alice: User) -> None:
    receive(message(1), by=alice)
    quote = make_quote(only_article(), by=alice)

    item = receive(message(2, text="The bridge was built in 1931."), by=alice)

    article = only_article()
    assert (item.outcome, article.head.number, item.revision) == (Outcome.REVISED, 2, article.head)
    assert article.head.text.endswith("The bridge was built in 1931.")
    assert CurrentAnchor.of(quote.span_id, article.head_id).exact == "“We had no choice,”"
    assert article.head.capture != article.revisions.get(number=1).capture


def test_lower_and_equal_versions_are_logged_and_ignored(alice: User) -> None:
    assert outcomes(message(3), message(2), message(3), message(3, text="Another."), by=alice) == [
        "created",
        "ignored_older",
        "ignored_same",
        "ignored_same",
    ]

    assert only_article().head.number == 1
    assert WireItem.objects.count() == 4


def test_of_messages_without_a_version_each_new_one_counts(alice: User) -> None:
    first, second = message(None, text="One."), message(None, text="Two.")

    assert outcomes(first, first, second, first, by=alice) == ["created", "ignored_same", "revised", "ignored_same"]
    assert only_article().head.text.endswith("Two.")


def test_a_message_without_a_version_is_older_than_one_that_has_one(alice: User) -> None:
    assert outcomes(message(1), message(None), message(2), by=alice) == ["created", "ignored_older", "revised"]


@pytest.mark.parametrize("status", ["canceled", "withheld"])
def test_a_stop_holds_the_article_at_once(alice: User, status: str) -> None:
    receive(message(1), by=alice)

    item = receive(message(2, status=status), by=alice)

    hold = Hold.objects.get()
    assert item.outcome == Outcome.HELD
    assert (hold.article, hold.ground, hold.wire_item, hold.acknowledged_at) == (only_article(), status, item, None)


def test_a_stop_that_comes_before_its_article_waits_for_it(alice: User) -> None:
    assert outcomes(message(2, status="canceled"), by=alice) == ["held"]
    assert not Article.objects.exists()

    receive(message(1), by=alice)

    assert Hold.objects.get().article == only_article()


def test_a_withheld_item_with_a_text_comes_in_held(alice: User) -> None:
    item = receive(message(1, status="withheld", text="Not yet."), by=alice)

    assert item.outcome == Outcome.CREATED
    assert Hold.objects.get().article == only_article()


def test_what_a_cancellation_says_does_not_become_the_text(alice: User) -> None:
    receive(message(1), by=alice)

    item = receive(message(2, status="canceled", text="Kill the story of the bridge."), by=alice)

    assert item.outcome == Outcome.HELD
    assert "Kill" not in only_article().head.text


def test_a_newer_text_does_not_lift_a_hold(alice: User) -> None:
    outcome = outcomes(message(1), message(2, status="canceled"), message(3), by=alice)

    assert outcome == ["created", "held", "revised"]
    assert Hold.objects.standing().count() == 1


def test_a_stop_heard_again_does_not_hold_what_an_editor_has_let_go(alice: User) -> None:
    receive(message(1), by=alice)
    receive(message(3, status="canceled"), by=alice)
    article = only_article()
    lift_holds(article=article, seen=article.version, by=alice, at=AT)

    assert outcomes(message(3, status="canceled"), message(2, status="withheld"), by=alice) == ["ignored_same"] * 2
    assert not Hold.objects.standing().exists()
    assert outcomes(message(4, status="canceled"), by=alice) == ["held"]


def test_a_cancellation_that_names_no_provider_means_the_item_of_that_guid(alice: User) -> None:
    receive(message(1, guid="urn:uuid:1"), by=alice)

    receive(message(2, status="canceled", provider="", guid="urn:uuid:1"), by=alice)

    assert Hold.objects.get().article == only_article()
    assert WireIdentity.objects.count() == 1


def test_a_bare_cancellation_that_comes_first_belongs_to_the_provider_who_comes_later(alice: User) -> None:
    receive(message(2, status="canceled", provider=""), by=alice)

    receive(message(1), by=alice)

    assert WireIdentity.objects.get().provider == "Harbour Wire"
    assert Hold.objects.get().article == only_article()


def test_a_bare_cancellation_of_a_guid_of_two_providers_holds_both(alice: User) -> None:
    for provider in ("Harbour Wire", "River Wire"):
        receive(message(1, provider=provider), by=alice)

    receive(message(2, status="canceled", provider=""), by=alice)

    assert Hold.objects.values("article").distinct().count() == 2


def test_two_providers_may_use_one_guid(alice: User) -> None:
    assert outcomes(message(1), message(2, provider="River Wire"), by=alice) == ["created", "created"]


def test_names_too_long_for_an_index_are_told_apart_all_the_same(alice: User) -> None:
    long = "号" * 2_000

    assert outcomes(
        message(1, guid=long, provider=long),
        message(1, guid=f"{long}2"),
        message(2, guid=long, provider=long),
        by=alice,
    ) == ["created", "created", "revised"]


def test_an_item_without_an_identifier_is_refused_by_name(alice: User) -> None:
    with pytest.raises(GuidMissing):
        receive(message(1, guid=""), by=alice)


def test_an_item_that_could_not_be_read_is_logged_with_the_reason(alice: User) -> None:
    item = receive(message(1, headline="", blocks=(), errors=("It has no body.",)), by=alice)

    assert (item.outcome, item.refusal, item.article) == (Outcome.REFUSED, "It has no body.", None)


def test_the_wire_waits_where_the_text_was_edited_here(alice: User) -> None:
    receive(message(1), by=alice)
    ours = edit(only_article(), by=alice)

    item = receive(message(2), by=alice)

    assert item.outcome == Outcome.WAITING
    assert only_article().head == ours
    assert item.record["blocks"][-1]["text"] == "This is version 2 of the report."


def test_a_restored_line_is_an_edit_too(alice: User) -> None:
    receive(message(1), by=alice)
    restore_removed(article=only_article(), base=1, ordinal=0, by=alice, at=AT)

    assert outcomes(message(2), by=alice) == ["waiting"]


def test_the_wire_waits_where_the_text_was_approved(alice: User) -> None:
    receive(message(1), by=alice)
    published = publish(only_article(), by=alice)

    assert outcomes(message(2), by=alice) == ["waiting"]
    assert only_article().head == published.head


def test_an_editor_takes_the_version_of_the_wire(alice: User) -> None:
    receive(message(1), by=alice)
    quote = make_quote(only_article(), by=alice)
    edit(only_article(), by=alice)
    item = receive(message(2), by=alice)

    revision = take_wire_version(item=item, base=2, by=alice, at=AT)

    assert only_article().head == revision
    assert revision.text.endswith("This is version 2 of the report.")
    assert CurrentAnchor.of(quote.span_id, revision.pk).exact == "“We had no choice,”"
    assert outcomes(message(3), by=alice) == ["revised"]


def test_an_editor_keeps_ours_and_the_next_version_waits_again(alice: User) -> None:
    receive(message(1), by=alice)
    ours = edit(only_article(), by=alice)

    keep_ours(item=receive(message(2), by=alice), by=alice, at=AT)

    assert only_article().head == ours
    assert outcomes(message(3), by=alice) == ["waiting"]


def test_what_was_answered_or_overtaken_waits_no_longer(alice: User) -> None:
    receive(message(1), by=alice)
    edit(only_article(), by=alice)
    second, third = receive(message(2), by=alice), receive(message(3), by=alice)

    with pytest.raises(NotWaiting):
        keep_ours(item=second, by=alice, at=AT)
    keep_ours(item=third, by=alice, at=AT)
    with pytest.raises(NotWaiting):
        take_wire_version(item=third, base=2, by=alice, at=AT)


def test_taking_a_version_compared_with_an_older_text_is_refused(alice: User) -> None:
    receive(message(1), by=alice)
    edit(only_article(), by=alice)
    item = receive(message(2), by=alice)
    edit(only_article(), by=alice, text="And then we called the mayor.")

    with pytest.raises(StaleRevision):
        take_wire_version(item=item, base=2, by=alice, at=AT)


def test_what_the_wire_says_beside_the_text_changes_unless_it_was_changed_here(alice: User) -> None:
    receive(message(1, byline="Ana Sol", credit="Wire", text="Same."), by=alice)
    article = only_article()
    article.change(seen=article.version, byline="Ana Sol and the desk")

    item = receive(message(2, byline="Ana Sol, Rui Mar", credit="Harbour Wire", text="Same."), by=alice)

    article = only_article()
    assert (item.outcome, article.head.number) == (Outcome.NOTED, 1)
    assert (article.byline, article.credit) == ("Ana Sol and the desk", "Harbour Wire")


@pytest.mark.parametrize(("theirs", "expected"), [(3, 5), (7, 7), (None, 5)])
def test_of_an_embargo_set_here_and_a_new_one_the_later_holds(alice: User, theirs: int | None, expected: int) -> None:
    receive(message(1, embargoed_until=AT + timedelta(days=1)), by=alice)
    article = only_article()
    article.change(seen=article.version, embargo_until=AT + timedelta(days=5))

    receive(message(2, embargoed_until=theirs and AT + timedelta(days=theirs)), by=alice)

    assert only_article().embargo_until == AT + timedelta(days=expected)


def test_an_embargo_that_the_wire_lifts_is_lifted(alice: User) -> None:
    receive(message(1, embargoed_until=AT), by=alice)

    receive(message(2), by=alice)

    assert only_article().embargo_until is None


def test_new_removed_lines_must_be_opened_anew(alice: User) -> None:
    receive(message(1), by=alice)
    article = only_article()
    open_removed_lines(article=article, seen=article.version, by=alice, at=AT)

    receive(message(2), by=alice)
    still_open = only_article().removed_seen_at
    receive(message(3, removed=(*message(1).removed, RemovedLine("Advertisement", "ad-label", 1))), by=alice)

    assert still_open == AT
    assert only_article().removed_seen_at is None


MESSAGES = [
    message(1, byline="Ana Sol"),
    message(2, byline="Ana Sol, Rui Mar", usage_terms="Not for archives."),
    message(2, status="withheld"),
    message(3, embargoed_until=AT + timedelta(days=1)),
    message(4, status="canceled", provider=""),
]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    arrivals=st.permutations(MESSAGES), again=st.lists(st.sampled_from(MESSAGES), max_size=5), place=st.integers(0, 5)
)
def test_any_order_with_repetitions_ends_alike(
    alice: User, arrivals: list[IncomingArticle], again: list[IncomingArticle], place: int
) -> None:
    assert ending(MESSAGES, alice) == ending([*arrivals[:place], *again, *arrivals[place:]], alice)


def ending(messages: Sequence[IncomingArticle], by: User) -> dict[str, Any]:
    """Where the conversation stands after these messages; nothing is kept."""
    with transaction.atomic():
        for each in messages:
            receive(each, by=by)
        state = state_of_wire()
        transaction.set_rollback(True)
    return state


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("versions", [(1, 2), (1, 1), (2, 1)])
def test_two_versions_that_arrive_at_once_make_one_article(alice: User, versions: tuple[int, int]) -> None:
    acts = [lambda version=version: receive(message(version), by=alice) for version in versions]

    assert at_once(*acts) == ["saved", "saved"]
    assert only_article().head.text.endswith(f"This is version {max(versions)} of the report.")
    assert WireItem.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_version_and_an_edit_at_once_lose_nothing(alice: User) -> None:
    receive(message(1), by=alice)
    article = only_article()

    at_once(lambda: edit(article, by=alice), lambda: receive(message(2), by=alice))

    texts = " ".join(Revision.objects.values_list("text", flat=True))
    waiting = WireItem.objects.filter(outcome=Outcome.WAITING)
    assert "version 2" in texts or waiting.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", ["articles_wireitem", "articles_hold", "articles_fingerprint"])
def test_a_failure_in_between_leaves_nothing_half(alice: User, table: str) -> None:
    receive(message(2, status="canceled"), by=alice)
    before = counts()
    run("CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''disk full''; END'")
    run(f"CREATE TRIGGER fail AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION fail()")

    try:
        with pytest.raises(DatabaseError, match="disk full"):
            receive(message(1), by=alice)
    finally:
        run("DROP FUNCTION fail() CASCADE")

    assert counts() == before
    assert outcomes(message(1), by=alice) == ["created"]
    assert Hold.objects.standing().count() == 1


def counts() -> dict[str, int]:
    tables = ["article", "revision", "fingerprint", "intake", "wireidentity", "wireitem", "hold"]
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM articles_{table}")
            found[table] = cursor.fetchone()[0]
    return found
