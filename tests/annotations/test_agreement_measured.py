"""How far the people of a study agree: measured by a job, stored, shown to those who may see it."""

from __future__ import annotations

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from annotations.agreement.figures import Coefficient
from annotations.models import MeasuredFigure, Measurement, Project, Reading, Round
from annotations.operations.studies.gathering import CATEGORY, gather
from annotations.operations.studies.measuring import (
    MeasurementEnded,
    RoundOfAnother,
    begin_measurement,
    cancel_measurement,
    run_measurement,
)
from annotations.operations.studies.readings import submit_reading
from annotations.operations.workbench.bias import retract_tag
from annotations.permissions import visible_measurements
from annotations.tasks import measure_agreement
from newsdesk.models import User
from tests.factories import AT
from tests.factories.callers import call
from tests.factories.readstudies import LOADED, SPIN, close, make_read, make_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(alice: User, bob: User, carol: User, emil: User) -> Round:
    """A closed round: Bob and Carol tag the same words, Carol otherwise named; Emil finds nothing."""
    opened = make_round(by=alice)
    make_read(opened, by=bob, category=LOADED)
    make_read(opened, by=carol, category=SPIN)
    make_read(opened, by=emil)
    return close(opened)


def measured(of_round: Round, by: User, *, samples: int = 20) -> Measurement:
    measurement = begin_measurement(project=of_round.project, round=of_round, by=by, at=AT, samples=samples)
    run_measurement(uid=measurement.uid, at=AT)
    measurement.refresh_from_db()
    return measurement


def figure(measurement: Measurement, coefficient: Coefficient, subject: str = "", *people: User) -> MeasuredFigure:
    first, second = sorted(people, key=lambda person: person.pk) if people else (None, None)
    return measurement.figures.get(coefficient=coefficient, subject=subject, first=first, second=second)


def test_a_job_measures_a_round_and_stores_its_figures(read: Round, alice: User) -> None:
    begun = begin_measurement(project=read.project, round=read, by=alice, at=AT, samples=20)
    job = ProcrastinateJob.objects.get(task_name="annotations.measure", args__uid=str(begun.uid))

    measure_agreement(**job.args)

    found = Measurement.objects.get()
    assert (found.state, found.share, found.texts, found.units) == ("done", 1, 3, 12)
    assert figure(found, Coefficient.PERCENT, CATEGORY).value == pytest.approx(0.75)
    assert figure(found, Coefficient.PERCENT, CATEGORY).units == 12


def test_marks_count_by_their_words(read: Round, alice: User, bob: User, carol: User, emil: User) -> None:
    found = measured(read, alice)

    assert figure(found, Coefficient.BAR_U_ALPHA, "", bob, carol).value == 1
    assert figure(found, Coefficient.F1_EXACT, "", bob, carol).value == 0
    assert figure(found, Coefficient.F1_EXACT, "", bob, emil).value == 0


def test_a_sentence_nobody_submitted_is_no_unit(alice: User, bob: User, carol: User) -> None:
    opened = make_round(by=alice)
    make_read(opened, by=bob, category=LOADED)
    make_read(opened, by=carol, category=LOADED, is_submitted=False)

    found = measured(opened, alice)

    assert found.units == 0
    assert found.left_out == {"not_submitted": 3}
    assert figure(found, Coefficient.ALPHA, CATEGORY).reason == "one_person"


def test_gold_and_withdrawn_texts_are_left_out(read: Round, alice: User, bob: User) -> None:
    gold = Reading.objects.filter(created_by=bob).first()
    assert gold is not None
    gold.change(seen=gold.version, is_gold=True)
    text = read.texts.order_by("-position")[0]
    read.texts.filter(pk=text.pk).update(withdrawn_by=alice, withdrawn_at=AT, withdrawn_reason="Pulled.")

    gathered = gather(project=read.project, round=read)

    assert gathered.left_out == {"gold": 1, "text_withdrawn": 3}


def test_retracted_tags_do_not_count(alice: User, bob: User, carol: User) -> None:
    opened = make_round(by=alice)
    make_read(opened, by=bob, category=LOADED)
    for reading in make_read(opened, by=carol, category=SPIN, is_submitted=False):
        for tag in opened.project.bias_tags.filter(created_by=carol, article=reading.revision.article):
            retract_tag(tag=tag, seen=tag.version, reason="", by=carol, at=AT)
        submit_reading(reading=reading, seen=reading.version, by=carol, at=AT)

    found = measured(close(opened), alice)

    assert figure(found, Coefficient.F1_EXACT, "", bob, carol).value == 0
    assert found.crosses[f"{bob.pk},{carol.pk}"] == [["", "", 9], [LOADED, "", 3]]


def test_whoever_asks_while_one_is_under_way_gets_that_one(read: Round, alice: User, carol: User) -> None:
    first = begin_measurement(project=read.project, round=read, by=alice, at=AT)

    assert begin_measurement(project=read.project, round=read, by=carol, at=AT) == first


def test_a_round_of_another_study_is_not_measured(read: Round, alice: User) -> None:
    with pytest.raises(RoundOfAnother):
        begin_measurement(project=Project.objects.get(is_default=True), round=read, by=alice, at=AT)


def test_what_was_canceled_is_not_measured(read: Round, alice: User) -> None:
    measurement = begin_measurement(project=read.project, round=read, by=alice, at=AT)
    cancel_measurement(measurement=measurement, by=alice, at=AT)

    run_measurement(uid=measurement.uid, at=AT)

    assert not MeasuredFigure.objects.exists()
    with pytest.raises(MeasurementEnded):
        cancel_measurement(measurement=measurement, by=alice, at=AT)


def test_a_job_that_runs_twice_stores_figures_once(read: Round, alice: User) -> None:
    found = measured(read, alice)
    stored = found.figures.count()

    run_measurement(uid=found.uid, at=AT)

    assert found.figures.count() == stored


@pytest.mark.parametrize("is_closed", [True, False])
def test_figures_of_an_open_round_are_for_those_who_lead_and_do_not_read(
    is_closed: bool, alice: User, bob: User, carol: User, emil: User, rana: User, ada: User
) -> None:
    opened = make_round(by=alice)
    make_read(opened, by=bob, category=LOADED)
    # Carol leads studies, and reads for this one.
    make_read(opened, by=carol, category=SPIN)
    if is_closed:
        opened = close(opened)
    measured(opened, alice)

    seen = {person.username for person in (alice, ada, bob, carol, emil, rana) if visible_measurements(person).exists()}

    assert seen == ({"alice", "ada", "bob", "carol"} if is_closed else {"alice", "ada"})


def test_whoever_reads_blind_finds_no_figure_on_page_sentences_or_csv(
    client: Client, alice: User, bob: User, carol: User
) -> None:
    opened = make_round(by=alice)
    make_read(opened, by=bob, category=LOADED)
    make_read(opened, by=carol, category=SPIN)
    found = measured(opened, alice)
    address = "/research/bridges/agreement/"
    inside = [f"{address}{found.uid}/sentences/", f"{address}{found.uid}/figures.csv"]

    client.force_login(alice)
    assert "By category" in client.get(address).content.decode()
    assert [client.get(one).status_code for one in inside] == [200, 200]
    client.force_login(carol)
    page = client.get(address).content.decode()

    assert "Nothing is measured yet" in page
    assert "Bob Tanaka" not in page
    assert [client.get(one).status_code for one in inside] == [404, 404]


def test_the_page_shows_figures_intervals_and_pairs(client: Client, read: Round, alice: User) -> None:
    measured(read, alice)
    client.force_login(alice)

    page = client.get("/research/bridges/agreement/").content.decode()

    assert "Krippendorff’s α" in page
    assert "Bob Tanaka, Carol Adeyemi" in page
    assert "Loaded language by Bob Tanaka, Spin by Carol Adeyemi: 3" in page
    assert "drawn again 20 times" in page
    assert "nan" not in page.lower().replace("nobody", "")


def test_the_page_asks_as_much_for_many_figures_as_for_few(
    client: Client, read: Round, alice: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    measured(read, alice)
    client.force_login(alice)
    client.get("/research/bridges/agreement/")

    with django_assert_num_queries(8):
        client.get("/research/bridges/agreement/")


def test_a_cell_opens_the_sentences_two_people_differ_on(
    client: Client, read: Round, bob: User, carol: User, alice: User
) -> None:
    found = measured(read, alice)
    client.force_login(alice)
    address = f"/research/bridges/agreement/{found.uid}/sentences/"

    cell = client.get(
        address, {"first": str(bob.pk), "second": str(carol.pk), "chose": LOADED, "against": SPIN}
    ).content.decode()
    other = client.get(
        address, {"first": str(bob.pk), "second": str(carol.pk), "chose": SPIN, "against": SPIN}
    ).content.decode()

    assert cell.count("The plan is reckless.") == 3
    assert "Loaded language or Spin" in cell
    assert "No such sentence" in other


def test_a_category_opens_the_sentences_where_some_have_it(client: Client, read: Round, alice: User) -> None:
    found = measured(read, alice)
    client.force_login(alice)
    address = f"/research/bridges/agreement/{found.uid}/sentences/"

    disputed = client.get(address, {"category": SPIN}).content.decode()
    unused = client.get(address, {"category": "mind-reading"}).content.decode()

    assert disputed.count("The plan is reckless.") == 3
    assert "No such sentence" in unused
    assert client.get(address).content.decode().count("The plan is reckless.") == 3


def test_only_who_leads_measures_from_the_page(client: Client, read: Round, alice: User, bob: User) -> None:
    client.force_login(bob)
    read.project.assignments.create(
        article=read.texts.all()[0].pinned.revision.article, person=bob, created_by=alice, created_at=AT
    )
    refused = client.post("/research/bridges/agreement/measure/", {"round": "1"})
    client.force_login(alice)
    begun = client.post("/research/bridges/agreement/measure/", {"round": "1"})

    assert refused.status_code == 403
    assert begun.status_code == 302
    assert Measurement.objects.get().round == read


@pytest.mark.parametrize("number", ["9", "x", "²", "99999999999999999999"])
def test_a_round_that_is_none_is_not_found(number: str, client: Client, read: Round, alice: User) -> None:
    client.force_login(alice)

    assert client.post("/research/bridges/agreement/measure/", {"round": number}).status_code == 404
    assert client.get("/research/bridges/agreement/", {"round": number}).status_code == 200


def test_stopping_keeps_what_was_measured_before(client: Client, read: Round, alice: User) -> None:
    measured(read, alice)
    running = begin_measurement(project=read.project, round=read, by=alice, at=AT)
    client.force_login(alice)

    assert "Being measured" in client.get("/research/bridges/agreement/").content.decode()
    client.post(f"/research/bridges/agreement/{running.uid}/stop/")

    page = client.get("/research/bridges/agreement/").content.decode()
    assert "Being measured" not in page
    assert "By category" in page


def test_figures_leave_as_csv_that_no_spreadsheet_runs(client: Client, read: Round, alice: User, bob: User) -> None:
    User.objects.filter(pk=bob.pk).update(name="=1+1")
    found = measured(read, alice)
    client.force_login(alice)

    lines = client.get(f"/research/bridges/agreement/{found.uid}/figures.csv").content.decode().splitlines()

    assert lines[0] == "coefficient,about,subject,first,second,value,low,high,reason,units"
    assert any(",'=1+1," in line for line in lines)
    assert not any(",=1+1" in line for line in lines)


def test_a_program_measures_and_reads_the_figures(read: Round, alice: User) -> None:
    api = call(alice)
    begun = api.post("measurements/", {"project": str(read.project.uid), "round": 1})
    run_measurement(uid=Measurement.objects.get().uid, at=AT)

    figures = api.get(f"measurements/{begun.json()['uid']}/figures/").json()

    alpha = [
        one for one in figures if one["coefficient"] == "alpha" and one["subject"] == CATEGORY and not one["first"]
    ]
    assert begun.status_code == 201
    assert [one["units"] for one in alpha] == [12]
    assert alpha[0]["low"] <= alpha[0]["value"] <= alpha[0]["high"]


def test_a_program_is_told_what_is_wrong_with_what_it_measures(read: Round, alice: User, bob: User) -> None:
    measurement = measured(read, alice)
    unknown = call(alice).post("measurements/", {"project": str(read.project.uid), "round": 9})
    ended = call(alice).post(f"measurements/{measurement.uid}/cancel/")
    refused = call(bob).post(f"measurements/{measurement.uid}/cancel/")

    assert (unknown.status_code, ended.status_code, refused.status_code) == (404, 409, 403)


def test_a_name_with_markup_in_it_stays_a_name_in_the_matrix(
    client: Client, read: Round, alice: User, bob: User
) -> None:
    bob.name = 'Bob "<b>" Tanaka'
    bob.save()
    measured(read, alice)
    client.force_login(alice)

    page = client.get("/research/bridges/agreement/").content.decode()

    assert 'by Bob &quot;&lt;b&gt;&quot; Tanaka, Spin by Carol Adeyemi: 3"' in page
    assert "<b>" not in page.split('id="chosen"')[1].split("</section>")[0]
