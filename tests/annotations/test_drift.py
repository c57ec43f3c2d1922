"""Drift in a study: for those who lead it, out of what was measured, and never an unblinded peek."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from annotations.models import Round
from annotations.operations.studies.measuring import begin_measurement, run_measurement
from annotations.queries.studies.drift import drift_of
from newsdesk.models import User
from tests.factories import AT
from tests.factories.readstudies import LOADED, SPIN, close, make_read, make_round

pytestmark = pytest.mark.django_db
ADDRESS = "/research/bridges/drift/"


def measure(opened: Round, by: User) -> None:
    measurement = begin_measurement(project=opened.project, round=opened, by=by, at=AT, samples=20)
    run_measurement(uid=measurement.uid, at=AT)


@pytest.fixture
def read(alice: User, bob: User, carol: User, emil: User) -> Round:
    """An open blind round: Bob and Emil tag the same words alike, Carol otherwise; it is measured."""
    opened = make_round(by=alice)
    make_read(opened, by=bob, category=LOADED)
    make_read(opened, by=emil, category=LOADED)
    make_read(opened, by=carol, category=SPIN)
    measure(opened, alice)
    return opened


def test_each_person_is_set_against_the_others(read: Round, alice: User) -> None:
    page = drift_of(read.project, alice)

    found = {str(one.person): one.against.agreement for one in page.standings}

    assert {name: share and share.value for name, share in found.items()} == {
        "Bob Tanaka": 0.875,
        "Carol Adeyemi": 0.75,
        "Emil Novák": 0.875,
    }
    assert {share.units for share in found.values() if share} == {12}


def test_categories_are_counted_for_everybody_or_beside_the_others(read: Round, alice: User, carol: User) -> None:
    together = drift_of(read.project, alice)
    beside = drift_of(read.project, alice, chosen=str(carol.pk))

    shares = {each.slug: each.uses[0].share for each in together.categories}
    own = {each.slug: each.uses[0] for each in beside.categories}

    assert {slug: round(share.value, 3) for slug, share in shares.items() if share} == {
        "": 0.75,
        LOADED: 0.167,
        SPIN: 0.083,
    }
    spin, others = own[SPIN].share, own[SPIN].others
    assert spin is not None
    assert others is not None
    assert (spin.value, others.value) == (0.25, 0.0)


def test_the_newest_measurement_of_a_round_counts(read: Round, alice: User) -> None:
    measure(read, alice)

    assert len(drift_of(read.project, alice).rounds) == 1


def test_an_annotator_does_not_see_it(client: Client, read: Round, emil: User) -> None:
    close(read)
    client.force_login(emil)

    assert client.get(ADDRESS).status_code == 403
    assert client.get(f"{ADDRESS}figures.csv").status_code == 403


def test_who_reads_for_a_blind_round_sees_it_when_it_is_closed(client: Client, read: Round, carol: User) -> None:
    client.force_login(carol)
    blind = client.get(ADDRESS).content.decode()
    blind_table = client.get(f"{ADDRESS}figures.csv").content.decode()

    close(read)

    assert "No round is measured yet" in blind
    assert blind_table.count("\n") == 1
    assert "Carol Adeyemi, Round 1: 0.75" in client.get(ADDRESS).content.decode()
    assert client.get(f"{ADDRESS}figures.csv").content.decode().count("\n") > 20


def test_a_page_of_drift_asks_a_literal_number_of_questions(
    client: Client, read: Round, alice: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(alice)
    client.get(ADDRESS)

    with django_assert_num_queries(6):
        client.get(f"{ADDRESS}?person={read.created_by_id}")


def test_a_study_without_measurements_says_what_to_do(client: Client, alice: User) -> None:
    make_round(by=alice)
    client.force_login(alice)

    page = client.get(ADDRESS).content.decode()

    assert "No round is measured yet" in page
    assert 'href="/research/bridges/agreement/"' in page
