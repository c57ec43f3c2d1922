"""Studies on their pages, without a script: making one, running it, reading for it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from annotations.models import Assignment, BiasTag, Claim, Notice, Project, Reading, Round, SentenceFinding
from annotations.operations.studies.projects import TAKEN_BY_PAGES
from annotations.urls import urlpatterns
from articles.models import Article
from newsdesk.models import User
from tests.factories import make_article, make_claim, make_tag
from tests.factories.studies import Study, begin, make_study, submit, tag_in

MADE = {"name": "How leaders are named", "is_blind": "on", "suggestion_policy": "none", "guidelines": "Read twice."}
OWN = "Ferry talks fail\n\nThe reckless plan failed.\n===\nPort reopens\n\nShips came back on Monday."


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


def act(client: Client, name: str, **values: Any) -> Any:
    return client.post(f"/research/how-leaders-are-named/do/{name}/", values)


def test_a_study_is_made_and_read_from_beginning_to_end_without_a_script(
    client: Client, carol: User, emil: User
) -> None:
    client.force_login(carol)
    codebook = Project.objects.get(is_default=True).codebook
    client.post("/research/new/", {**MADE, "codebook": codebook.pk})
    act(client, "plan", kind="main", text_order="same", annotators_per_text=1)
    planned = Round.objects.get()
    act(client, "upload", round=planned.uid, texts=OWN)
    act(client, "people", people=[emil.pk])
    act(client, "hand-out", round=planned.uid)
    assert Assignment.objects.filter(person=emil).count() == 2
    act(client, "open", round=planned.uid, version=1)

    client.force_login(emil)
    address = client.post("/research/how-leaders-are-named/next/")["Location"]
    page = client.get(address).content.decode()
    assert "Read twice." in page
    text = Reading.objects.get().revision
    typed = {"base": text.number, "words": "reckless", "category": "loaded-language", "severity": 2}
    marked = client.post(f"{address}marks/bias/", {**typed, "level": "span", "polarity": 0, "voice": "author"})
    client.post(f"{address}findings/numbered/", {"sentence": 1, "finding": "nothing", "base": text.number})
    client.post(f"{address}submit/", {"version": 1})
    following = client.post(f"{address}next/")["Location"]

    assert marked["Location"].startswith(f"{address}?mark=")
    assert (BiasTag.objects.get().project.slug, SentenceFinding.objects.count()) == ("how-leaders-are-named", 1)
    assert Reading.objects.get(revision=text).submitted_at is not None
    assert following != address


def test_a_name_that_is_taken_is_refused_at_its_field(client: Client, carol: User, article: Article) -> None:
    make_study(article, lead=carol)
    client.force_login(carol)
    codebook = Project.objects.get(is_default=True).codebook

    answer = client.post("/research/new/", {**MADE, "slug": "naming", "codebook": codebook.pk})

    assert answer.status_code == 422
    assert "Choose another." in answer.content.decode()


# Who sees the study's page, and who may run it.
PAGE = {
    "alice": (200, 302),
    "bob": (404, 404),
    "carol": (200, 302),
    "dana": (404, 404),
    "emil": (200, 403),
    "ada": (200, 302),
    "rana": (404, 404),
    "mallory": (404, 404),
}


@pytest.mark.parametrize("name", PAGE)
def test_who_sees_a_study_and_who_runs_it(
    client: Client, carol: User, emil: User, article: Article, name: str, request: pytest.FixtureRequest
) -> None:
    study = make_study(article, lead=carol, readers=[emil])
    client.force_login(request.getfixturevalue(name))

    shown = client.get("/research/naming/").status_code
    closed = client.post("/research/naming/do/close/", {"round": study.round.uid, "version": study.round.version})

    assert (shown, closed.status_code) == PAGE[name]


def test_the_page_of_a_text_shows_a_reader_their_own_marks_and_nobody_elses(
    client: Client, alice: User, carol: User, emil: User, bob: User, article: Article
) -> None:
    make_claim(article, by=alice)
    make_tag(article, "no choice", by=alice, slug="spin")
    study = make_study(article, lead=carol, readers=[emil, bob])
    tag_in(study, emil, slug="labelling")
    tag_in(study, bob)
    client.force_login(bob)

    page = client.get(f"/research/naming/read/{article.uid}/").content.decode()

    assert set(re.findall(r'data-marks="([A-Z]\d+)', page)) == {"B1"}
    assert "Labelling" not in page
    assert "Emil" not in page


def test_a_text_of_a_study_is_nobodys_who_was_not_given_it(
    client: Client, carol: User, emil: User, dana: User, bob: User, article: Article
) -> None:
    make_study(article, lead=carol, readers=[emil])

    for person in (dana, bob, carol):
        client.force_login(person)
        assert client.get(f"/research/naming/read/{article.uid}/").status_code == 404


def test_a_key_marks_at_once_in_the_study(client: Client, carol: User, emil: User, article: Article) -> None:
    make_study(article, lead=carol, readers=[emil])
    client.force_login(emil)
    address = f"/research/naming/read/{article.uid}/"
    client.post(f"{address}begin/")
    start = article.head.text.index("reckless")
    words = {"start": start, "end": start + 8, "exact": "reckless", "base": 1, "text_sha256": article.head.text_sha256}

    claim = client.post(f"{address}marks/claim/at-once/", words)
    tag = client.post(f"{address}marks/bias/at-once/", {**words, "category": "loaded-language"})
    quote = client.post(f"{address}marks/quote/at-once/", words)

    assert (claim.json()["label"], tag.json()["label"]) == ("C1", "B1")
    assert (quote.status_code, quote.json()["problem"]) == (
        400,
        "A study marks claims and bias. Quotes are the desk’s.",
    )
    assert {Claim.objects.get().project.slug, BiasTag.objects.get().project.slug} == {"naming"}


def test_a_withdrawn_text_says_why_and_shows_nothing(client: Client, carol: User, emil: User, article: Article) -> None:
    study = make_study(article, lead=carol, readers=[emil])
    client.force_login(carol)
    client.post("/research/naming/do/withdraw/", {"uid": study.texts[0].uid, "reason": "The outlet took it down."})
    client.force_login(emil)

    # who had it and has not begun has nothing of it any more; who has begun is told why
    unread = client.get(f"/research/naming/read/{article.uid}/")

    assert unread.status_code == 404


def test_a_text_that_was_begun_and_withdrawn_says_why(
    client: Client, carol: User, emil: User, article: Article
) -> None:
    study = make_study(article, lead=carol, readers=[emil])
    tag_in(study, emil)
    client.force_login(carol)
    client.post("/research/naming/do/withdraw/", {"uid": study.texts[0].uid, "reason": "The outlet took it down."})
    client.force_login(emil)

    shown = client.get(f"/research/naming/read/{article.uid}/")

    assert shown.status_code == 409
    assert "The outlet took it down." in shown.content.decode()
    assert "reckless" not in shown.content.decode()


def test_consent_is_given_where_reading_begins(client: Client, carol: User, emil: User, article: Article) -> None:
    study = make_study(article, lead=carol, readers=[emil], consent_note="We keep your labels.", offers_time=True)
    client.force_login(emil)
    address = f"/research/naming/read/{article.uid}/"

    refused = client.post(f"{address}begin/")
    agreed = client.post(f"{address}begin/", {"agrees": "1", "keeps_time": "1"})

    part = study.project.participants.get()
    assert (refused.status_code, agreed.status_code) == (409, 302)
    assert (part.consented_to, part.keeps_time) == ("We keep your labels.", True)


def test_a_test_shows_its_reader_what_gold_has(client: Client, carol: User, emil: User, article: Article) -> None:
    study = make_study(article, lead=carol, readers=[emil], is_open=False, kind="test", round_values={"pass_mark": 0.8})
    tag_in(study, carol)
    submit(study, carol)
    client.force_login(carol)
    client.post("/research/naming/do/open/", {"round": study.round.uid, "version": study.round.version})
    submit(study, emil)
    client.force_login(emil)

    page = client.get(f"/research/naming/read/{article.uid}/").content.decode()

    assert "You did not tag" in page
    assert "That is not enough for this text." in page


def test_a_reading_is_reopened_on_the_page_and_its_reader_told(
    client: Client, carol: User, emil: User, article: Article
) -> None:
    study = make_study(article, lead=carol, readers=[emil])
    reading = submit(study, emil)
    client.force_login(carol)

    client.post(
        "/research/naming/do/reopen/", {"uid": reading.uid, "version": reading.version, "reason": "Page two is new."}
    )

    reading.refresh_from_db()
    assert reading.submitted_at is None
    assert "Page two is new." in Notice.objects.get(person=emil, kind="reopened").text


@pytest.mark.parametrize("texts", [1, 3])
def test_a_study_asks_as_much_for_many_texts_as_for_one(
    client: Client,
    alice: User,
    carol: User,
    emil: User,
    bob: User,
    django_assert_num_queries: Any,
    texts: int,
) -> None:
    make_study(*(make_article(by=alice) for _ in range(texts)), lead=carol, readers=[emil, bob])
    client.force_login(carol)

    with django_assert_num_queries(15):
        client.get("/research/naming/")


def test_every_study_is_listed_with_its_progress(client: Client, carol: User, emil: User, article: Article) -> None:
    study: Study = make_study(article, lead=carol, readers=[emil])
    submit(study, emil)
    client.force_login(carol)

    page = client.get("/research/").content.decode()

    assert "How leaders are named" in page
    assert "1 of 1" in page


def test_a_version_that_is_no_number_submits_nothing(client: Client, article: Article, carol: User, emil: User) -> None:
    study = make_study(article, lead=carol, readers=[emil])
    reading = begin(study, emil)
    client.force_login(emil)

    answers = [
        client.post(f"/research/naming/read/{article.uid}/submit/", {"version": version}).status_code
        for version in ("²", "", "1" * 30)
    ]

    assert answers == [409, 409, 409]
    reading.refresh_from_db()
    assert reading.submitted_at is None


def test_no_study_hides_behind_a_page_of_the_desk() -> None:
    paths = [str(each.pattern) for each in urlpatterns]

    words = {found.group(1) for path in paths if (found := re.match(r"research/([^<>/]+)/", path))}

    assert words == TAKEN_BY_PAGES
