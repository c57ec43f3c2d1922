"""Who sees what of a study, and when: the tables are written out by hand, with something to see in every one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from annotations.exports import Format
from annotations.exports.csv import CSV
from annotations.exports.ndjson import NDJSON
from annotations.models import BiasTag, Claim, Project
from annotations.operations.studies.handingout import assign_text, take_back, take_in
from annotations.operations.studies.rounds import close_round
from annotations.operations.workbench.comments import comment
from annotations.operations.workbench.presence import be_present
from annotations.permissions import (
    all_visible_claims,
    all_visible_tags,
    others_present,
    visible_bias_tags,
    visible_claims,
    visible_comments,
    visible_readings,
    visible_study_claims,
    visible_study_tags,
)
from annotations.queries.exchange.exportfilters import ExportFilters
from annotations.queries.exchange.exports import stream
from articles.models import Article
from articles.permissions import visible_acts, visible_articles, visible_quotes
from newsdesk.models import User
from tests.factories import AT, make_article, make_claim, make_quote, make_tag
from tests.factories.callers import call
from tests.factories.studies import Study, begin, claim_in, make_study, submit, tag_in

Named = Callable[[str], User]


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


@pytest.fixture
def named(request: pytest.FixtureRequest) -> Named:
    return lambda name: request.getfixturevalue(name)


@pytest.fixture
def study(carol: User, emil: User, bob: User, article: Article) -> Study:
    """emil and bob read; emil has marked something."""
    made = make_study(article, lead=carol, readers=[emil, bob])
    tag_in(made, emil)
    claim_in(made, emil)
    return made


CAST = ("alice", "bob", "carol", "dana", "emil", "ada", "rana", "mallory")
# Who sees what emil marked: while the round is open; when it is closed and only emil has submitted; when bob has too.
SEES = {
    "alice": (True, True, True),
    "bob": (False, False, True),
    "carol": (True, True, True),
    "dana": (False, False, False),
    "emil": (True, True, True),
    "ada": (True, True, True),
    "rana": (False, False, False),
    "mallory": (False, False, False),
}


@pytest.mark.parametrize("name", CAST)
@pytest.mark.parametrize("stage", [0, 1, 2])
def test_what_one_reader_marks_is_seen_by_whom_and_when(
    carol: User, emil: User, bob: User, study: Study, named: Named, name: str, stage: int
) -> None:
    if stage:
        submit(study, emil)
        if stage == 2:
            submit(study, bob)
        close_round(round=study.round, seen=study.round.version, by=carol, at=AT)
    person = named(name)

    found = [visible_study_tags(person).exists(), visible_study_claims(person).exists()]

    assert (BiasTag.objects.count(), Claim.objects.count()) == (1, 1)
    assert found == [SEES[name][stage]] * 2


# The same for somebody who leads and reads in the round themselves: own marks alone until it is closed.
@pytest.mark.parametrize("name", ["carol", "alice", "ada"])
def test_whoever_leads_and_reads_sees_nobody_elses_marks_until_the_round_is_closed(
    carol: User, emil: User, study: Study, named: Named, name: str
) -> None:
    lead = named(name)
    bait = visible_study_tags(lead).count()
    take_in(project=study.project, person=lead, by=carol, at=AT)
    assign_text(text=study.texts[0], person=lead, by=carol, at=AT)
    while_open = [visible_study_tags(lead).count(), visible_readings(lead).count()]
    submit(study, lead)
    when_submitted = [visible_study_tags(lead).count(), visible_readings(lead).filter(created_by=emil).count()]

    close_round(round=study.round, seen=study.round.version, by=carol, at=AT)

    assert bait == 1
    assert (while_open, when_submitted) == ([0, 0], [0, 0])
    assert visible_study_tags(lead).count() == 1


@pytest.mark.parametrize("name", CAST)
def test_a_studys_marks_are_none_of_the_desks(study: Study, named: Named, name: str) -> None:
    person = named(name)

    assert BiasTag.objects.exists()
    assert not visible_bias_tags(person).exists()
    assert not visible_claims(person).exists()


def test_in_a_study_that_is_not_blind_readers_see_each_others_marks(
    carol: User, emil: User, bob: User, article: Article
) -> None:
    study = make_study(article, lead=carol, readers=[emil, bob], is_blind=False)

    tag_in(study, emil)

    assert visible_study_tags(bob).count() == 1
    assert visible_articles(bob).filter(pk=article.pk).exists()


@pytest.fixture
def bait(alice: User, article: Article) -> Article:
    """The desk's own work on the text that the study reads."""
    make_quote(article, by=alice)
    make_claim(article, by=alice)
    make_tag(article, by=alice)
    comment(article=article, text="Reckless is their word.", by=alice, at=AT)
    be_present(article=article.pk, by=alice, at=timezone.now())
    return article


QUERIES: dict[str, Callable[[Any], Any]] = {
    "articles": visible_articles,
    "quotes": visible_quotes,
    "claims": visible_claims,
    "tags": visible_bias_tags,
    "all claims": all_visible_claims,
    "all tags": all_visible_tags,
    "comments": visible_comments,
}


@pytest.mark.parametrize("what", QUERIES)
def test_the_desk_tells_a_blind_reader_nothing_about_the_text_until_the_round_is_closed(
    carol: User, bob: User, bait: Article, what: str
) -> None:
    seen = [QUERIES[what](bob).exists()]
    study = make_study(bait, lead=carol, readers=[bob])
    seen.append(QUERIES[what](bob).exists())
    submit(study, bob)
    seen.append(QUERIES[what](bob).exists())

    close_round(round=study.round, seen=study.round.version, by=carol, at=AT)

    assert [*seen, QUERIES[what](bob).exists()] == [True, False, False, True]


PAGES = (
    "/articles/{uid}/",
    "/articles/{uid}/revisions/1/",
    "/articles/",
    "/claims/",
    "/search/?q=bridge",
    "/exports/",
    "/suggestions/",
)
WORDS = ("12 million euros", "harbour bridge")


@pytest.mark.parametrize("address", PAGES)
def test_no_page_shows_a_blind_reader_what_the_desk_says_of_the_text(
    client: Client, carol: User, bob: User, bait: Article, address: str
) -> None:
    client.force_login(bob)
    path = address.format(uid=bait.uid)
    before = client.get(path).content.decode()
    make_study(bait, lead=carol, readers=[bob])

    after = client.get(path)

    if address not in ("/exports/", "/suggestions/"):
        assert any(words in before for words in WORDS)
    assert not any(words in after.content.decode() for words in WORDS)


API = ("articles/", "articles/{uid}/", "quotes/", "claims/", "bias-tags/", "comments/")


@pytest.mark.parametrize("path", API)
def test_no_endpoint_tells_a_blind_reader_what_the_desk_says_of_the_text(
    carol: User, bob: User, bait: Article, path: str
) -> None:
    path = path.format(uid=bait.uid)
    before = call(bob).get(path)
    make_study(bait, lead=carol, readers=[bob])

    after = call(bob).get(path)

    assert before.status_code == 200
    assert str(bait.uid) in before.content.decode()
    assert str(bait.uid) not in after.content.decode() or after.status_code == 404


@pytest.mark.parametrize("name", ["ada", "alice", "carol", "bob"])
@pytest.mark.parametrize("format", [CSV, NDJSON], ids=["csv", "ndjson"])
def test_no_export_takes_a_studys_marks_out(
    alice: User, study: Study, article: Article, named: Named, name: str, format: Format
) -> None:
    make_tag(article, "no choice", by=alice, slug="spin")

    taken = b"".join(stream(format, named(name), ExportFilters()))

    # bob reads the text blind, so that nothing of it is his to take out.
    assert (b"spin" in taken) is (name != "bob")
    assert b"loaded-language" not in taken


@pytest.mark.parametrize("table", ["biastag", "claim", "reading"])
def test_the_administration_shows_whoever_reads_blind_nothing_of_others(
    client: Client, carol: User, ada: User, study: Study, article: Article, table: str
) -> None:
    take_in(project=study.project, person=ada, by=carol, at=AT)
    assign_text(text=study.texts[0], person=ada, by=carol, at=AT)
    client.force_login(ada)

    shown = client.get(f"/admin/annotations/{table}/").content.decode()

    assert "Emil" not in shown.split('id="changelist-form"')[-1]


def test_nobody_is_present_to_a_blind_reader(alice: User, carol: User, bob: User, bait: Article) -> None:
    before = others_present(bob).count()

    make_study(bait, lead=carol, readers=[bob])

    assert (before, others_present(bob).count()) == (1, 0)


def test_an_administrator_who_reads_blind_sees_no_acts_of_others_on_the_text(
    alice: User, carol: User, ada: User, bait: Article
) -> None:
    before = visible_acts(ada).filter(person=alice).exists()

    make_study(bait, lead=carol, readers=[ada])

    assert before
    assert not visible_acts(ada).filter(person=alice, article=bait).exists()


def test_taking_a_text_back_from_somebody_who_never_began_lets_them_see_it_again(
    carol: User, emil: User, bait: Article
) -> None:
    study = make_study(bait, lead=carol, readers=[emil])
    given = study.project.assignments.get()
    hidden = visible_articles(emil).filter(pk=bait.pk).exists()

    take_back(assignment=given, seen=given.version, reason="On leave.", by=carol, at=AT)

    assert (hidden, visible_articles(emil).filter(pk=bait.pk).exists()) == (False, True)


def test_taking_a_text_back_from_somebody_who_had_begun_opens_nothing_until_the_round_is_closed(
    carol: User, emil: User, bait: Article
) -> None:
    study = make_study(bait, lead=carol, readers=[emil])
    begin(study, emil)
    given = study.project.assignments.get()
    take_back(assignment=given, seen=given.version, reason="On leave.", by=carol, at=AT)
    before = visible_articles(emil).filter(pk=bait.pk).exists()

    close_round(round=study.round, seen=study.round.version, by=carol, at=AT)

    assert (before, visible_articles(emil).filter(pk=bait.pk).exists()) == (False, True)


def test_labels_on_the_desk_do_not_count_a_studys_marks(
    client: Client, alice: User, study: Study, article: Article
) -> None:
    make_claim(article, by=alice)
    client.force_login(alice)

    shown = client.get(f"/articles/{article.uid}/").content.decode()

    assert Project.objects.count() == 2
    assert 'data-marks="C1' in shown
    assert "C2" not in shown
