"""The figures of the desk: what counts, for whom, and what stands behind each of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.models import Finding, Project, SentenceStarts
from annotations.operations.studies.readings import begin_reading, record_finding, submit_reading, withdraw_finding
from annotations.operations.workbench.bias import retract_tag
from annotations.queries.insights.biasfigures import (
    By,
    Counted,
    Unit,
    count_by,
    count_over_time,
    tags_in_unread_texts,
    texts_read,
)
from annotations.queries.insights.portions import Portion
from annotations.queries.insights.quotefigures import count_voices
from annotations.queries.insights.scope import Scope
from articles.anchoring.text import sentences
from articles.models import Access, Article, Origin
from articles.operations.spans import Words
from articles.permissions import Role
from newsdesk.models import User
from tests.conftest import Cast
from tests.factories import AT, make_article, make_claim, make_quote, make_speaker, make_tag
from tests.factories.published import judge, make_published

pytestmark = pytest.mark.django_db

EVERYTHING = Scope()
TEXT = """Council votes to close the bridge

The decision was reckless. Nobody came to the meeting. The mayor is a fool.

“We had no choice,” mayor Ines Duarte said. “It was late,” Juan Petit said.
"""
SENTENCES = 6


def make_text(by: User, **change: Any) -> Article:
    return make_article(by=by, text=TEXT, **change)


def read_to_the_end(article: Article, *, by: User) -> None:
    everyday = Project.objects.get(is_default=True)
    reading = begin_reading(revision=article.head, project=everyday, by=by, at=AT)
    submit_reading(reading=reading, seen=reading.version, by=by, at=AT)


def find_nothing(article: Article, *numbers: int, by: User) -> None:
    reading = begin_reading(revision=article.head, project=Project.objects.get(is_default=True), by=by, at=AT)
    for number in numbers:
        start, end = sentences(article.head.text)[number]
        record_finding(reading=reading, words=Words(start, end), finding=Finding.NOTHING, by=by, at=AT)


def by_outlet(person: User, scope: Scope = EVERYTHING, unit: Unit = Unit.SENTENCES) -> dict[str, tuple[int, int]]:
    return {each.name: (each.hits, each.of) for each in count_by(person, scope, By.OUTLET, unit)}


def total(person: User, scope: Scope = EVERYTHING) -> Counted:
    return sum((each for _point, each in count_over_time(person, scope, Unit.SENTENCES)), Counted())


def test_the_sample_has_as_many_sentences_as_the_tests_say(alice: User) -> None:
    assert len(sentences(make_text(alice).head.text)) == SENTENCES


def test_all_sentences_of_a_text_that_was_read_to_the_end_count(alice: User, bob: User) -> None:
    article = make_text(alice, outlet="The Paper")
    make_tag(article, "reckless", by=alice)
    make_tag(article, "reckless", by=bob, slug="spin")
    read_to_the_end(article, by=bob)

    assert by_outlet(alice) == {"The Paper": (1, SENTENCES)}


def test_a_text_that_nobody_read_is_no_clean_one(alice: User) -> None:
    article = make_text(alice, outlet="The Paper")
    make_tag(article, "reckless", by=alice)
    clean = make_text(alice, outlet="The Other")
    before = (by_outlet(alice), tags_in_unread_texts(alice, EVERYTHING))

    read_to_the_end(clean, by=alice)

    assert before == ({}, 1)
    assert by_outlet(alice) == {"The Other": (0, SENTENCES)}


def test_of_a_text_in_work_only_what_was_spoken_of_counts(alice: User, bob: User) -> None:
    article = make_text(alice, outlet="The Paper")
    find_nothing(article, 0, 2, by=bob)
    make_tag(article, "fool", by=alice)

    assert by_outlet(alice) == {"The Paper": (1, 3)}


def test_what_was_taken_back_was_not_read(alice: User, bob: User) -> None:
    article = make_text(alice, outlet="The Paper")
    find_nothing(article, 0, 2, by=bob)
    before = by_outlet(alice)

    start, end = sentences(article.head.text)[2]
    reading = begin_reading(revision=article.head, project=Project.objects.get(is_default=True), by=bob, at=AT)
    withdraw_finding(reading=reading, words=Words(start, end), by=bob, at=AT)

    assert (before, by_outlet(alice)) == ({"The Paper": (0, 2)}, {"The Paper": (0, 1)})


def test_a_tag_over_two_sentences_is_in_both(alice: User) -> None:
    article = make_text(alice, outlet="The Paper")
    make_tag(article, "reckless. Nobody", by=alice)
    read_to_the_end(article, by=alice)

    assert by_outlet(alice) == {"The Paper": (2, SENTENCES)}


def test_retracted_and_undecided_tags_count_nowhere(alice: User) -> None:
    article = make_text(alice, outlet="The Paper")
    tags = [make_tag(article, words, by=alice) for words in ("reckless", "fool", "Nobody")]
    read_to_the_end(article, by=alice)
    before = by_outlet(alice)

    retract_tag(tag=tags[0], seen=1, reason="Not so.", by=alice, at=AT)
    tags[1].change(seen=1, origin=Origin.SUGGESTED, proposer="machine")

    assert (before, by_outlet(alice)) == ({"The Paper": (3, SENTENCES)}, {"The Paper": (1, SENTENCES)})


def test_a_category_narrows_what_is_tagged_and_not_what_was_read(alice: User) -> None:
    article = make_text(alice, outlet="The Paper")
    make_tag(article, "reckless", by=alice, slug="loaded-language")
    make_tag(article, "fool", by=alice, slug="spin")
    read_to_the_end(article, by=alice)

    assert by_outlet(alice, Scope(category="spin")) == {"The Paper": (1, SENTENCES)}
    assert {each.value: each.hits for each in count_by(alice, EVERYTHING, By.CATEGORY, Unit.SENTENCES)} == {
        "loaded-language": 1,
        "spin": 1,
    }


def test_whole_texts_are_counted_apart_from_those_in_work(alice: User) -> None:
    whole, begun = make_text(alice, outlet="The Paper"), make_text(alice, outlet="The Paper")
    for article in (whole, begun):
        make_tag(article, "reckless", by=alice)
    read_to_the_end(whole, by=alice)
    find_nothing(begun, 2, by=alice)

    assert by_outlet(alice, unit=Unit.TEXTS) == {"The Paper": (1, 1)}
    assert total(alice) == Counted(SENTENCES + 2, 2, 1, 1, 1)


def test_groups_are_in_order_of_names_with_the_unknown_last(alice: User) -> None:
    for outlet, tagged in (("Zeta", True), ("", True), ("alpha", False)):
        article = make_text(alice, outlet=outlet)
        if tagged:
            make_tag(article, "reckless", by=alice)
        read_to_the_end(article, by=alice)

    assert list(by_outlet(alice)) == ["alpha", "Zeta", "not known"]


@pytest.mark.parametrize(
    ("scope", "outlets"),
    [
        (Scope(since=date(2025, 5, 2)), ["New"]),
        (Scope(until=date(2025, 5, 1)), ["Old"]),
        (Scope(language="de"), ["New"]),
        (Scope(outlet="Old"), ["Old"]),
        (Scope(section="Culture"), ["Old"]),
        (Scope(author="-"), ["New"]),
    ],
)
def test_figures_are_narrowed(alice: User, scope: Scope, outlets: list[str]) -> None:
    old, new = (datetime(2025, month, 1, 12, tzinfo=AT.tzinfo) for month in (5, 6))
    stated: dict[str, Any] = {"date_basis": "stated"}
    for article in (
        make_text(alice, outlet="Old", section="Culture", byline="A. Body", published_at=old, **stated),
        make_text(alice, outlet="New", language="de-AT", published_at=new, **stated),
    ):
        read_to_the_end(article, by=alice)

    assert list(by_outlet(alice, scope)) == outlets


def test_an_article_that_a_person_may_not_know_of_is_in_no_figure(alice: User, bob: User) -> None:
    article = make_text(alice, outlet="The Paper")
    make_tag(article, "reckless", by=alice)
    make_quote(article, by=alice, speaker=make_speaker(by=alice))
    read_to_the_end(article, by=alice)
    bait = (by_outlet(bob), texts_read(bob, EVERYTHING) != [], count_voices(bob, EVERYTHING).total)

    article.change(seen=article.version, access=Access.RESTRICTED, access_reason="A source at risk.")

    assert bait == ({"The Paper": (1, SENTENCES)}, True, 1)
    assert (by_outlet(bob), texts_read(bob, EVERYTHING), count_voices(bob, EVERYTHING).total) == ({}, [], 0)


def test_the_texts_behind_a_figure_are_those_that_were_counted(alice: User) -> None:
    read, unread = make_text(alice, outlet="The Paper"), make_text(alice, outlet="The Paper")
    tag = make_tag(read, "reckless", by=alice)
    make_tag(unread, "reckless", by=alice)
    read_to_the_end(read, by=alice)

    (row,) = texts_read(alice, Scope(outlet="The Paper"))

    assert (row.article, row.is_whole, row.sentences, row.tagged, row.tags) == (read.pk, True, SENTENCES, 1, [tag.pk])


def test_sentences_are_kept_when_the_desk_begins_to_read(alice: User) -> None:
    article = make_text(alice)

    read_to_the_end(article, by=alice)

    starts = [start for start, _end in sentences(article.head.text)]
    assert SentenceStarts.objects.get(revision=article.head).starts == starts


def test_a_voice_is_counted_with_its_words_and_its_place(alice: User) -> None:
    article = make_text(alice)
    ines, juan = make_speaker(by=alice), make_speaker(by=alice, name="Juan Petit")
    make_quote(article, "“We had no choice,”", by=alice, speaker=ines)
    make_quote(article, "“It was late,”", by=alice, speaker=juan, kind="indirect")
    alone = make_text(alice)
    make_quote(alone, "“We had no choice,”", by=alice, speaker=ines)

    first, second = count_voices(alice, EVERYTHING).voices

    assert (first.name, first.quotes, first.words, first.articles) == ("Ines Duarte", 2, 8, 2)
    assert [(each.hits, each.of) for each in (first.direct, first.first, first.last)] == [(2, 2), (1, 1), (0, 1)]
    assert (second.name, second.words_each, second.direct.hits, second.last.hits) == ("Juan Petit", 3.0, 0, 1)


def test_a_suggested_quote_is_nobodys(alice: User) -> None:
    article = make_text(alice)
    quote = make_quote(article, by=alice, speaker=make_speaker(by=alice))
    before = count_voices(alice, EVERYTHING).total

    quote.change(seen=1, origin=Origin.SUGGESTED, proposer="rules")

    assert (before, count_voices(alice, EVERYTHING).total) == (1, 0)


def test_an_interval_is_wilsons() -> None:
    """Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81 of 263 and 0 of 20."""
    many, none = Portion("", "", 81, 263), Portion("", "", 0, 20)

    assert tuple(round(end, 4) for end in many.interval) == (0.2553, 0.3662)
    assert tuple(round(end, 4) for end in none.interval) == (0.0, 0.1611)


@pytest.mark.parametrize(
    ("role", "status"), [(Role.ANNOTATOR, 200), (Role.COUNSEL, 200), (Role.READER, 403), (None, 403)]
)
def test_whoever_works_here_sees_the_figures(client: Client, person: Cast, role: Role | None, status: int) -> None:
    client.force_login(person("Noor Somebody", *([role] if role else [])))

    for address in ("", "quotes/", "verdicts/", "suggestions/", "texts/", "quotes/list/", "bias.csv", "quotes.csv"):
        assert client.get(f"/insights/{address}").status_code == status, address


@pytest.fixture
def full(alice: User, bob: User, dana: User) -> list[Article]:
    """Three articles that have something of everything, each of another outlet."""
    ines = make_speaker(by=alice)
    articles = []
    for number in range(3):
        article = make_text(alice, outlet=f"Paper {number}", section="=Culture", byline=f"Author {number}")
        make_tag(article, "reckless", by=alice)
        make_quote(article, by=alice, speaker=ines)
        claim = make_claim(article, "Nobody came to the meeting", by=bob)
        judge(claim, checker=bob, reviewer=dana, editor=alice)
        read_to_the_end(article, by=bob)
        articles.append(article)
    return articles


# Session, person, roles; then the page's own.
COUNTS = {
    "": 8,
    "?by=category": 8,
    "?unit=texts": 8,
    "texts/": 9,
    "quotes/": 7,
    "quotes/list/": 5,
    "verdicts/": 5,
    "verdicts/list/": 4,
    "suggestions/": 8,
}


def test_pages_ask_as_much_for_three_articles_as_for_one(client: Client, alice: User, full: list[Article]) -> None:
    client.force_login(alice)
    three = {address: asked_by(client, address) for address in COUNTS}
    for article in full[1:]:
        article.change(seen=article.version, access=Access.RESTRICTED, access_reason="A source at risk.")

    one = {address: asked_by(client, address) for address in COUNTS}

    assert three == one == COUNTS


def asked_by(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/insights/{address}").status_code == 200
    return len(queries)


def test_a_row_of_the_plot_leads_to_the_texts_behind_it(client: Client, alice: User, full: list[Article]) -> None:
    client.force_login(alice)

    page = client.get("/insights/").content.decode()
    behind = client.get("/insights/texts/?outlet=Paper+1").content.decode()

    assert 'href="/insights/texts/?outlet=Paper+1"' in page
    assert "Paper 1: 1 of 6, 17 %, between 3.0 and 56 %" in page
    assert f"/articles/{full[1].uid}/?mark=" in behind
    assert f"/articles/{full[2].uid}/" not in behind


def test_a_table_for_spreadsheets_runs_no_formula(client: Client, alice: User, full: list[Article]) -> None:
    client.force_login(alice)

    table = client.get("/insights/bias.csv?by=section").content.decode()

    assert "section,'=Culture,3,18," in table


@pytest.mark.parametrize("asked", ["since=2025-13-01", "language=%00", "by=person", "category=%27", "until=x&page=-1"])
def test_what_is_not_understood_is_said_and_left_out(
    client: Client, alice: User, full: list[Article], asked: str
) -> None:
    client.force_login(alice)

    assert client.get(f"/insights/?{asked}").status_code == 200
    assert client.get(f"/insights/texts/?{asked}").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["quotes/list/?speaker=me", "verdicts/list/?rating=x", "suggestions/list/?layer=all", "quotes/list/?kind=sung"],
)
def test_a_list_of_nothing_we_know_is_not_there(client: Client, alice: User, address: str) -> None:
    client.force_login(alice)

    assert client.get(f"/insights/{address}").status_code == 404


def test_a_text_is_read_to_the_end_on_the_workbench(client: Client, alice: User) -> None:
    article = make_text(alice, outlet="The Paper")
    client.force_login(alice)
    bench = client.get(f"/articles/{article.uid}/").content.decode()
    address = f"/articles/{article.uid}/read-to-the-end/"

    stale = client.post(address, {"base": "7"})
    first = client.post(address, {"base": "1"}, follow=True).content.decode()
    second = client.post(address, {"base": "1"}, follow=True).content.decode()

    assert f'action="{address}"' in bench
    assert stale.status_code == 409
    assert "All its sentences count as read." in first
    assert "You said before" in second
    assert by_outlet(alice) == {"The Paper": (0, SENTENCES)}


def test_a_reader_reads_nothing_to_the_end(client: Client, alice: User, rana: User) -> None:
    article = make_published(by=alice)
    client.force_login(rana)

    assert client.post(f"/articles/{article.uid}/read-to-the-end/", {"base": "1"}).status_code == 403


def test_figures_of_sample_material_say_so_unless_it_is_left_out(
    client: Client, alice: User, full: list[Article]
) -> None:
    Article.objects.filter(pk=full[0].pk).update(is_demonstration=True, version=F("version") + 1)
    client.force_login(alice)

    said = {
        outlet: "sample material" in client.get("/insights/quotes/", {"outlet": outlet}).content.decode()
        for outlet in (full[0].outlet, full[1].outlet)
    }

    assert said == {full[0].outlet: True, full[1].outlet: False}
