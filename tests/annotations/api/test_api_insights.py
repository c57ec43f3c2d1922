"""The figures of the desk over the API."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.operations.studies.measuring import begin_measurement, run_measurement
from annotations.operations.studies.readings import submit_reading
from articles.models import Access, Article
from newsdesk.models import User
from tests.factories import AT, make_article, make_quote, make_reading, make_speaker, make_tag
from tests.factories.callers import call
from tests.factories.published import make_judged
from tests.factories.readstudies import LOADED, SPIN, make_read, make_round

pytestmark = pytest.mark.django_db

COUNTS = {"bias": 4, "quotes": 5, "verdicts": 3, "suggestions": 4}


def fill(by: User, checker: User, reviewer: User, *, number: int = 1) -> list[Article]:
    articles = []
    for place in range(number):
        article = make_article(by=by, outlet=f"Paper {place}")
        make_tag(article, by=by)
        make_quote(article, by=by, speaker=make_speaker(by=by, name=f"Speaker {place}"))
        make_judged(article, checker=checker, reviewer=reviewer, editor=by)
        reading = make_reading(article, by=by)
        submit_reading(reading=reading, seen=reading.version, by=by, at=AT)
        articles.append(article)
    return articles


def test_bias_is_told_with_what_it_is_a_share_of(alice: User, bob: User, dana: User) -> None:
    fill(alice, bob, dana)

    told = call(alice).get("insights/bias/").json()

    assert told["read"] == {
        "texts": 1,
        "texts_tagged": 1,
        "begun": 0,
        "sentences": 5,
        "sentences_tagged": 1,
        "tags_in_unread_texts": 0,
    }
    assert [(each["group"], each["hits"], each["of"], each["share"]) for each in told["groups"]] == [
        ("Paper 0", 1, 5, 0.2)
    ]
    assert [each["group"] for each in told["over_time"]] == ["2025-05-13"]


def test_quotes_verdicts_and_suggestions_are_told(alice: User, bob: User, dana: User) -> None:
    fill(alice, bob, dana, number=2)
    caller = call(alice)

    quotes, verdicts = caller.get("insights/quotes/").json(), caller.get("insights/verdicts/").json()

    assert [(voice["name"], voice["quotes"], voice["words"]) for voice in quotes["voices"]] == [
        ("Speaker 0", 1, 4),
        ("Speaker 1", 1, 4),
    ]
    assert (verdicts["verdicts"], [scale["scale"] for scale in verdicts["scales"]]) == (2, ["evidence", "rating"])
    assert verdicts["scales"][0]["steps"][0]["hits"] == 2
    assert caller.get("insights/suggestions/").json() == {"rules": []}


@pytest.mark.parametrize("things", [1, 3])
def test_figures_ask_as_much_for_three_as_for_one(alice: User, bob: User, dana: User, things: int) -> None:
    fill(alice, bob, dana, number=things)
    caller, found = call(alice), {}

    for name in COUNTS:
        with CaptureQueriesContext(connection) as queries:
            assert caller.get(f"insights/{name}/").status_code == 200
        found[name] = len(queries)

    assert found == COUNTS


def test_what_a_person_may_not_know_of_is_in_no_figure(alice: User, bob: User, dana: User) -> None:
    (article,) = fill(alice, bob, dana)
    before = {name: call(bob).get(f"insights/{name}/").json() for name in ("bias", "quotes", "verdicts")}

    article.change(seen=article.version, access=Access.RESTRICTED, access_reason="A source at risk.")

    after = {name: call(bob).get(f"insights/{name}/").json() for name in before}
    assert (before["bias"]["read"]["texts"], before["quotes"]["quotes"], before["verdicts"]["verdicts"]) == (1, 1, 1)
    assert (after["bias"]["read"]["texts"], after["quotes"]["quotes"], after["verdicts"]["verdicts"]) == (0, 0, 0)


@pytest.mark.parametrize("asked", ["since=soon", "person=1", "by=speaker", "unit=words", "outlet=%00"])
def test_a_filter_that_is_unknown_or_malformed_is_an_error(alice: User, asked: str) -> None:
    assert call(alice).get(f"insights/bias/?{asked}").status_code == 400


def test_readers_are_refused(rana: User) -> None:
    assert {name: call(rana).get(f"insights/{name}/").status_code for name in COUNTS} == dict.fromkeys(COUNTS, 403)


def test_drift_is_told_round_by_round_to_who_leads(alice: User, bob: User, carol: User, emil: User) -> None:
    opened = make_round(by=alice)
    make_read(opened, by=bob, category=LOADED)
    make_read(opened, by=carol, category=SPIN)
    measurement = begin_measurement(project=opened.project, round=opened, by=alice, at=AT, samples=20)
    run_measurement(uid=measurement.uid, at=AT)
    address = f"projects/{opened.project.uid}/drift/"

    (told,) = call(alice).get(address).json()

    assert (told["round"], told["measurement"]) == (1, str(measurement.uid))
    assert told["people"][0]["person"]["name"] == "Bob Tanaka"
    assert told["people"][0]["agreement"]["value"] == 0.75
    assert {each["category"]: each["share"]["value"] for each in told["use"]} == {"": 0.75, LOADED: 0.125, SPIN: 0.125}
    assert call(carol).get(address).json() == []
    assert call(bob).get(address).status_code == 403


def test_days_in_the_wrong_order_do_not_go_together(alice: User) -> None:
    answer = call(alice).get("insights/quotes/?since=2026-11-02&until=2026-11-01")

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["until"]
