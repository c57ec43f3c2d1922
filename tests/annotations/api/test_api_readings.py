"""Readings over the API: begun once, findings on whole sentences, submitted, reopened with a reason."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.models import Notice, Project, Reading, SentenceFinding
from annotations.operations.studies.projects import assign, create_project, pin_revision
from annotations.operations.workbench.revising import revise
from articles.anchoring.text import Block, BlockKind
from articles.models import Article
from articles.operations.revising import Rewritten
from newsdesk.models import User
from tests.factories import AT, make_article, make_reading
from tests.factories.callers import call, place

SENTENCE = "Some residents said the decision was reckless."


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


@pytest.fixture
def reading(article: Article, emil: User) -> Reading:
    return make_reading(article, by=emil)


def sentence(article: Article, exact: str = SENTENCE) -> dict[str, Any]:
    """The members of a body that name a sentence."""
    found = place(article, exact)
    return {name: found[name] for name in ("start", "end", "exact", "text_sha256")}


def test_a_reading_is_begun_once_however_often_somebody_begins(emil: User, article: Article) -> None:
    body = {"article": str(article.uid), "revision": 1}

    first, second = (call(emil).post("readings/", body) for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert first.json()["codebook"] == str(Project.objects.get(is_default=True).codebook.uid)
    assert Reading.objects.count() == 1


def test_two_people_read_one_text_in_readings_of_their_own(emil: User, bob: User, article: Article) -> None:
    body = {"article": str(article.uid), "revision": 1}

    begun = {call(person).post("readings/", body).json()["uid"] for person in (emil, bob)}

    assert len(begun) == 2


def test_a_revision_that_was_never_saved_cannot_be_read(emil: User, article: Article) -> None:
    answer = call(emil).post("readings/", {"article": str(article.uid), "revision": 2})

    assert answer.status_code == 404
    assert answer.json()["errors"][0]["field"] == "revision"


def test_a_study_reads_what_is_pinned_to_it(emil: User, carol: User, article: Article) -> None:
    study = create_project(name="Verbs of saying", slug="verbs", by=carol, at=AT)
    assign(article=article, person=emil, project=study, by=carol, at=AT)
    body = {"article": str(article.uid), "revision": 1, "project": str(study.uid)}

    unpinned = call(emil).post("readings/", body)
    pin_revision(project=study, revision=article.head, by=carol, at=AT)
    pinned = call(emil).post("readings/", body)

    assert (unpinned.status_code, pinned.status_code) == (422, 201)
    assert unpinned.json()["errors"][0]["field"] == "revision"
    assert pinned.json()["project"] == str(study.uid)


def test_a_reading_stays_on_its_revision_when_the_text_is_revised(alice: User, emil: User, reading: Reading) -> None:
    article, said = reading.revision.article, sentence(reading.revision.article)
    rewritten = Rewritten(article.head.headline, [Block(BlockKind.PARAGRAPH, "Another text.")])
    revise(article=article, base=1, rewritten=rewritten, by=alice, at=AT)

    answer = call(emil).post(f"readings/{reading.uid}/findings/", {**said, "finding": "opinion"})

    assert answer.status_code == 200
    assert answer.json()["revision"] == 1


def test_the_last_word_on_a_sentence_counts(emil: User, article: Article, reading: Reading) -> None:
    path, caller = f"readings/{reading.uid}/findings/", call(emil)
    answers = [caller.post(path, {**sentence(article), "finding": word}) for word in ("nothing", "opinion", "opinion")]

    [standing] = answers[-1].json()["findings"]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert (standing["finding"], standing["start"]) == ("opinion", sentence(article)["start"])
    words = SentenceFinding.objects.order_by("sequence").values_list("sequence", "finding")
    assert list(words) == [(1, "nothing"), (2, "opinion")]


def test_findings_stand_in_the_order_of_the_text(emil: User, article: Article, reading: Reading) -> None:
    path, caller = f"readings/{reading.uid}/findings/", call(emil)
    for words in (SENTENCE, "“We had no choice,” mayor Ines Duarte said.", "Council votes to close the harbour bridge"):
        answer = caller.post(path, {**sentence(article, words), "finding": "nothing"})

    starts = [finding["start"] for finding in answer.json()["findings"]]

    assert len(starts) == 3
    assert starts == sorted(starts)


def test_what_was_said_of_a_sentence_can_be_taken_back_once(emil: User, article: Article, reading: Reading) -> None:
    path, caller, said = f"readings/{reading.uid}/findings/", call(emil), sentence(article)
    caller.post(path, {**said, "finding": "opinion"})

    taken, again = (caller.post(f"{path}withdraw/", said) for _ in range(2))
    anew = caller.post(path, {**said, "finding": "nothing"})

    assert (taken.status_code, taken.json()["findings"]) == (200, [])
    assert again.status_code == 409
    assert [finding["finding"] for finding in anew.json()["findings"]] == ["nothing"]
    assert SentenceFinding.objects.count() == 3


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"start": 0}, 422, "exact"),
        ({"exact": "x"}, 422, "exact"),
        ({"end": 99_999}, 422, "end"),
        ({"text_sha256": "0" * 64}, 422, "text_sha256"),
        ({"finding": "boredom"}, 400, "finding"),
        ({"start": -1}, 400, "start"),
        ({"sequence": 4}, 400, "sequence"),
    ],
)
def test_a_finding_that_does_not_fit_names_its_field(
    emil: User, article: Article, reading: Reading, change: dict[str, Any], status: int, field: str
) -> None:
    body = {**sentence(article), "finding": "nothing", **change}

    answer = call(emil).post(f"readings/{reading.uid}/findings/", body)

    assert answer.status_code == status
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert not SentenceFinding.objects.exists()


def test_words_that_are_no_sentence_are_told_the_sentence_they_begin_in(
    emil: User, article: Article, reading: Reading
) -> None:
    words, whole = sentence(article, "the decision was reckless"), sentence(article)

    answer = call(emil).post(f"readings/{reading.uid}/findings/", {**words, "finding": "opinion"})

    assert answer.status_code == 422
    assert answer.json()["expected"] == [whole["start"], whole["end"]]


def test_a_submitted_reading_takes_nothing_more(emil: User, article: Article, reading: Reading) -> None:
    caller, path = call(emil), f"readings/{reading.uid}/"

    submitted = caller.post(f"{path}submit/", {"version": 1})
    again = caller.post(f"{path}submit/", {"version": 2})
    late = caller.post(f"{path}findings/", {**sentence(article), "finding": "nothing"})

    assert (submitted.status_code, again.status_code, late.status_code) == (200, 409, 409)
    assert submitted.json()["submitted_at"] is not None
    assert "reopen" in late.json()["detail"]


def test_a_reading_is_submitted_with_the_version_that_was_seen(emil: User, reading: Reading) -> None:
    silent = call(emil).post(f"readings/{reading.uid}/submit/")
    stale = call(emil).post(f"readings/{reading.uid}/submit/", {"version": 7})

    assert (silent.status_code, stale.status_code) == (428, 409)


def test_whoever_leads_reopens_a_submitted_reading_and_its_reader_is_told_why(
    emil: User, carol: User, reading: Reading
) -> None:
    path = f"readings/{reading.uid}/"
    too_early = call(carol).post(f"{path}reopen/", {"version": 1, "reason": "Two sentences are missing."})
    call(emil).post(f"{path}submit/", {"version": 1})

    unexplained = call(carol).post(f"{path}reopen/", {"version": 2})
    reopened = call(carol).post(f"{path}reopen/", {"version": 2, "reason": "Two sentences are missing."})

    assert (too_early.status_code, unexplained.status_code, reopened.status_code) == (409, 400, 200)
    assert reopened.json()["submitted_at"] is None
    assert "Two sentences are missing." in Notice.objects.get(person=emil).text


# Of emil's reading: who may say something of a sentence, submit it, reopen it. 404: it is not theirs to know of.
ACTS = {
    "alice": (403, 403, 200),
    "bob": (404, 404, 404),
    "carol": (403, 403, 200),
    "dana": (404, 404, 404),
    "emil": (200, 200, 403),
    "ada": (403, 403, 200),
    "rana": (404, 404, 404),
    "mallory": (404, 404, 404),
}


@pytest.mark.parametrize("name", ACTS)
def test_a_reading_is_written_by_its_reader_and_reopened_by_who_leads(
    article: Article, reading: Reading, name: str, request: pytest.FixtureRequest
) -> None:
    caller, path = call(request.getfixturevalue(name)), f"readings/{reading.uid}/"

    said = caller.post(f"{path}findings/", {**sentence(article), "finding": "nothing"})
    submitted = caller.post(f"{path}submit/", {"version": 1})
    if submitted.status_code != 200:
        reading.change(seen=1, submitted_at=AT)
    reopened = caller.post(f"{path}reopen/", {"version": 2, "reason": "Read it again."})

    assert (said.status_code, submitted.status_code, reopened.status_code) == ACTS[name]


@pytest.mark.parametrize(("query", "found"), [("submitted=true", 0), ("submitted=false", 1), ("", 1)])
def test_readings_are_found_by_whether_they_are_submitted(
    carol: User, reading: Reading, query: str, found: int
) -> None:
    assert len(call(carol).get(f"readings/?{query}").json()["results"]) == found
