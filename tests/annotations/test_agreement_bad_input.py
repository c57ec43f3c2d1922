"""Readings that agreement can make little of: each gives a figure or a plain reason, on the page and to programs."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from annotations.models import Assignment, Measurement, Reading, Round
from annotations.operations.studies.handingout import hand_out, take_in
from annotations.operations.studies.measuring import begin_measurement, run_measurement
from annotations.permissions import visible_study_tags
from annotations.queries.studies.studying import next_text
from articles.models import Article
from articles.operations.holds import stop
from newsdesk.models import User
from tests.factories import AT, make_article
from tests.factories.callers import call
from tests.factories.readstudies import LOADED, SPIN, close, make_read, make_round
from tests.factories.studies import Study, make_study, submit, tag_in

pytestmark = pytest.mark.django_db

Reads = Callable[[Round, User, User], object]
NO_FIGURE = re.compile(r"\b(nan|inf|infinity|none|null)\b", re.IGNORECASE)


def one_person(opened: Round, bob: User, emil: User) -> None:
    make_read(opened, by=bob, category=LOADED)


def different_texts(opened: Round, bob: User, emil: User) -> None:
    for number, reading in enumerate(
        [*make_read(opened, by=bob, is_submitted=False), *make_read(opened, by=emil, is_submitted=False)]
    ):
        if number in {0, 4}:
            texts = list(opened.texts.order_by("position"))
            submit(Study(opened.project, opened, texts), reading.created_by, number % 3)


def the_same_everywhere(opened: Round, bob: User, emil: User) -> None:
    for person in (bob, emil):
        make_read(opened, by=person, category=LOADED)


def nothing_found(opened: Round, bob: User, emil: User) -> None:
    for person in (bob, emil):
        make_read(opened, by=person)


def the_second_submits_nothing(opened: Round, bob: User, emil: User) -> None:
    make_read(opened, by=bob, category=LOADED)
    make_read(opened, by=emil, category=SPIN, is_submitted=False)


def words_that_only_touch(opened: Round, bob: User, emil: User) -> None:
    make_read(opened, by=bob, category=LOADED)
    make_read(opened, by=emil, words="is ", category=LOADED)


@pytest.mark.parametrize(
    ("read", "alpha", "f1_exact"),
    [
        (one_person, "one_person", "one_person"),
        (different_texts, "no_overlap", "no_marks"),
        (the_same_everywhere, 1.0, 1.0),
        (nothing_found, "one_value", "no_marks"),
        (the_second_submits_nothing, "one_person", "one_person"),
        (words_that_only_touch, 1.0, 0.0),
    ],
)
def test_a_figure_or_a_plain_reason_on_the_page_and_to_programs(
    read: Reads,
    alpha: float | str,
    f1_exact: float | str,
    client: Client,
    alice: User,
    bob: User,
    emil: User,
) -> None:
    opened = make_round(by=alice)
    read(opened, bob, emil)
    close(opened)
    measurement = begin_measurement(project=opened.project, round=opened, by=alice, at=AT, samples=20)
    run_measurement(uid=measurement.uid, at=AT)

    figures = call(alice).get(f"measurements/{measurement.uid}/figures/").json()
    client.force_login(alice)
    page = client.get("/research/bridges/agreement/").content.decode()

    assert all((figure["value"] is None) == bool(figure["reason"]) for figure in figures)
    everybodys = {(each["coefficient"], each["subject"]): each for each in figures if each["first"] is None}
    found = [everybodys["alpha", ":category"], everybodys["f1_exact", ""]]
    assert [each["reason"] or each["value"] for each in found] == [alpha, f1_exact]
    shown = re.sub(r"<[^>]+>", " ", page.split("<main", 1)[1].split("</main", 1)[0])
    assert not NO_FIGURE.search(shown), NO_FIGURE.findall(shown)
    assert "Krippendorff’s α" in shown


def test_what_nobody_submitted_is_told_to_nobody_by_the_figures(alice: User, bob: User, emil: User) -> None:
    opened = make_round(by=alice)
    make_read(opened, by=bob, category=LOADED)
    make_read(opened, by=emil, category=SPIN, is_submitted=False)
    close(opened)
    measurement = begin_measurement(project=opened.project, round=opened, by=alice, at=AT, samples=20)
    run_measurement(uid=measurement.uid, at=AT)
    measurement.refresh_from_db()

    assert visible_study_tags(emil).filter(category__slug=SPIN).exists()
    assert measurement.people == [bob.pk]
    assert measurement.left_out == {"not_submitted": 3}
    assert not measurement.sentences.filter(tags__has_key=str(emil.pk)).exists()


def test_whoever_loses_their_account_keeps_what_they_submitted_and_the_rest_is_handed_on(
    alice: User, carol: User, emil: User, bob: User, ada: User
) -> None:
    articles = [
        make_article(by=alice, text=f"Part {number}\n\nThe plan is reckless. Nobody came.") for number in (1, 2)
    ]
    study = make_study(*articles, lead=carol, readers=[emil, bob], round_values={"annotators_per_text": 2})
    for person in (emil, bob):
        tag_in(study, person)
        submit(study, person)
    emil.is_active = False
    emil.save()
    take_in(project=study.project, person=ada, by=carol, at=AT)

    handed = hand_out(round=study.round, by=carol, at=AT)

    assert [(each.person, each.article) for each in handed.assignments] == [(ada, articles[1])]
    gone = Assignment.objects.get(person=emil, article=articles[1])
    assert (gone.ended_at, gone.ended_reason) == (AT, "Their account was closed.")
    assert Reading.objects.filter(created_by=emil, submitted_at__isnull=False).count() == 1
    measurement = measured(study, by=carol)
    assert measurement.people == sorted([emil.pk, bob.pk])


def test_a_text_that_is_held_in_between_is_not_the_next_one_and_shows_no_word(
    client: Client, alice: User, carol: User, emil: User, bob: User
) -> None:
    articles = [
        make_article(by=alice, text=f"Part {number}\n\nThe plan is reckless. Nobody came.") for number in (1, 2)
    ]
    study = make_study(*articles, lead=carol, readers=[emil, bob])
    tag_in(study, emil)
    assert offered(study, emil) == articles[0]

    stop(article=articles[0], reason="A complaint of the council.", placed_as="editor", by=alice, at=AT)

    assert offered(study, emil) == articles[1]
    client.force_login(emil)
    page = client.get(f"/research/naming/read/{articles[0].uid}/")
    assert page.status_code == 409
    assert b"reckless" not in page.content
    assert b"The desk holds this text just now." in page.content


def offered(study: Study, person: User) -> Article:
    following = next_text(person, study.project)
    assert following is not None
    return following.article


def measured(study: Study, *, by: User) -> Measurement:
    study.round.refresh_from_db()
    closed = close(study.round)
    measurement = begin_measurement(project=study.project, round=closed, by=by, at=AT, samples=20)
    run_measurement(uid=measurement.uid, at=AT)
    measurement.refresh_from_db()
    return measurement
