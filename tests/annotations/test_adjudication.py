"""Adjudication: records of its own over labels that nobody touches, seen by whom the lead shows them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from annotations.models import BiasTag, Round, Settlement
from annotations.operations.studies.projects import assign
from annotations.operations.studies.settling import (
    NoSuchQuestion,
    NotAnOption,
    RoundNotClosed,
    SettledMeanwhile,
    merge_agreed,
    settle,
)
from annotations.permissions import visible_settlements
from annotations.queries.studies.adjudication import adjudication_of
from annotations.settling import RULE, Label
from articles.models import Access, Admission, Article, Ground
from newsdesk.models import User
from tests.factories import AT, make_article, make_tag
from tests.factories.callers import call
from tests.factories.pages import signed_in
from tests.factories.rounds import make_round, make_round_reading, make_study

PAGE = reverse("annotations:adjudicate", args=["framing", 1])


@pytest.fixture
def article(alice: User) -> Article:
    return make_article(by=alice)


@pytest.fixture
def closed(article: Article, alice: User, carol: User, emil: User) -> Round:
    """Alice and Emil agree on “reckless”, and not on what is said of the choice."""
    study = make_study(by=carol, is_blind=True)
    for person, category in ((alice, "spin"), (emil, "labelling")):
        make_tag(article, "reckless", by=person, project=study, severity=3 if person == alice else 1)
        make_tag(article, "We had no choice", by=person, project=study, slug=category)
    make_tag(article, "harbour", by=emil, project=study, slug="euphemism")
    made = make_round(study, [article], by=carol)
    for person in (alice, emil):
        make_round_reading(made, article, by=person)
    return made


def keys(article: Article, *words: str) -> list[int]:
    """The labels on these words."""
    tags = BiasTag.objects.filter(article=article, span__anchors__exact__in=words).order_by("pk")
    return list(tags.values_list("pk", flat=True))


def decide(closed: Round, article: Article, by: User, words: str = "We had no choice", **values: Any) -> Settlement:
    said: dict[str, Any] = {"decided": "taken", "take": "A", **values}
    return settle(round=closed, revision=article.head.pk, rests_on=keys(article, words), by=by, at=AT, **said)


def labels_of(settlement: Settlement) -> list[tuple[str, int]]:
    return [(label.category.slug, label.severity) for label in settlement.labels.all()]


# what is made


def test_what_all_agree_on_is_merged_into_a_record_that_names_its_labels(
    closed: Round, article: Article, carol: User
) -> None:
    before = list(BiasTag.objects.order_by("pk").values())

    (settled,) = merge_agreed(round=closed, by=carol, at=AT)

    assert (settled.decided, labels_of(settled)) == ("agreed", [("loaded-language", 1)])
    assert sorted(settled.rests_on.values_list("tag", flat=True)) == keys(article, "reckless")
    assert list(BiasTag.objects.order_by("pk").values()) == before
    assert merge_agreed(round=closed, by=carol, at=AT) == []


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ({"decided": "taken", "take": "A"}, [("spin", 1)]),
        ({"decided": "taken", "take": "B"}, [("labelling", 1)]),
        ({"decided": "both"}, [("spin", 1), ("labelling", 1)]),
        ({"decided": "neither"}, []),
        (
            {"decided": "new", "new": Label(0, 0, level="span", start=0, end=7, category="euphemism", severity=2)},
            [("euphemism", 2)],
        ),
    ],
)
def test_a_question_is_settled_in_each_of_the_ways(
    closed: Round, article: Article, carol: User, values: dict[str, Any], labels: list[Any]
) -> None:
    settled = decide(closed, article, carol, reason="  The quote marks are hers. ", **values)

    assert (settled.decided, labels_of(settled)) == (values["decided"], labels)
    assert settled.reason == "The quote marks are hers."


def test_a_newer_decision_replaces_an_older_one_which_stays(closed: Round, article: Article, carol: User) -> None:
    first = decide(closed, article, carol)

    second = decide(closed, article, carol, take="B", replaces=first)

    assert second.replaces == first
    assert labels_of(Settlement.objects.get(pk=first.pk)) == [("spin", 1)]
    with pytest.raises(SettledMeanwhile):
        decide(closed, article, carol, decided="neither", replaces=first)
    with pytest.raises(SettledMeanwhile):
        decide(closed, article, carol, decided="neither")


def test_a_label_that_was_changed_opens_its_question_again(closed: Round, article: Article, carol: User) -> None:
    decide(closed, article, carol)
    bait = adjudication_of(closed, carol).open_count

    tag = BiasTag.objects.get(pk=keys(article, "We had no choice")[0])
    tag.change(seen=1, severity=3)

    assert (bait, adjudication_of(closed, carol).open_count) == (2, 3)


def test_what_does_not_fit_is_refused(closed: Round, article: Article, carol: User) -> None:
    outside = Label(0, 0, level="span", start=0, end=99_999, category="spin", severity=1)
    unknown = Label(0, 0, level="span", start=0, end=5, category="nonsense", severity=1)

    for values in (
        {"take": "C"},
        {"decided": "new"},
        {"decided": "new", "new": outside},
        {"decided": "new", "new": unknown},
    ):
        with pytest.raises(NotAnOption):
            decide(closed, article, carol, **values)
    with pytest.raises(NoSuchQuestion):
        settle(
            round=closed,
            revision=article.head.pk,
            rests_on=keys(article, "reckless")[:1],
            decided="neither",
            by=carol,
            at=AT,
        )
    assert not Settlement.objects.exists()


def test_nothing_is_compared_before_a_round_is_closed(article: Article, carol: User, emil: User) -> None:
    study = make_study(by=carol)
    make_tag(article, "reckless", by=emil, project=study)
    opened = make_round(study, [article], by=carol, closed=False)
    make_round_reading(opened, article, by=emil)

    answer = signed_in(carol).get(PAGE)

    assert answer.status_code == 409
    assert "reckless" not in answer.content.decode()
    with pytest.raises(RoundNotClosed):
        merge_agreed(round=opened, by=carol, at=AT)
    with pytest.raises(RoundNotClosed):
        decide(opened, article, carol, words="reckless", decided="neither")


# who sees it


def test_annotators_see_what_was_decided_on_theirs_when_the_lead_says_so(
    closed: Round, article: Article, carol: User, emil: User, alice: User, bob: User
) -> None:
    decide(closed, article, carol, reason="The quote marks are hers.")
    assign(article=article, person=bob, project=closed.project, by=carol, at=AT)
    assign(article=article, person=emil, project=closed.project, by=carol, at=AT)
    address = reverse("annotations:decided", args=["framing", 1])
    hidden = signed_in(emil).get(address).content.decode()

    show = {"shows": "1", "version": closed.version}
    refused = signed_in(emil).post(reverse("annotations:show-decided", args=["framing", 1]), show)
    signed_in(carol).post(reverse("annotations:show-decided", args=["framing", 1]), show)

    shown = signed_in(emil).get(address).content.decode()
    assert "The quote marks are hers." not in hidden
    assert "The quote marks are hers." in shown
    assert "Labelling 1" in shown
    assert "The quote marks are hers." not in signed_in(bob).get(address).content.decode()
    assert (refused.status_code, signed_in(emil).get(PAGE).status_code) == (403, 403)


def test_a_text_that_is_kept_from_the_lead_is_not_there(
    closed: Round, article: Article, carol: User, alice: User
) -> None:
    decide(closed, article, carol)
    bait = ("reckless" in signed_in(carol).get(PAGE).content.decode(), visible_settlements(carol).count())

    article.change(seen=article.version, access=Access.RESTRICTED, access_reason="A source at risk")
    Admission.objects.create(article=article, person=alice, ground=Ground.NAMED, created_by=alice, created_at=AT)

    assert bait == (True, 1)
    assert "reckless" not in signed_in(carol).get(PAGE).content.decode()
    assert visible_settlements(carol).count() == 0
    assert call(carol, "read").get("settlements/").json()["results"] == []


def test_a_text_that_the_lead_reads_blind_elsewhere_is_not_there(closed: Round, article: Article, carol: User) -> None:
    bait = "reckless" in signed_in(carol).get(PAGE).content.decode()

    other = make_study(by=carol, slug="other", is_blind=True)
    assign(article=article, person=carol, project=other, by=carol, at=AT)

    assert bait
    assert "reckless" not in signed_in(carol).get(PAGE).content.decode()


# pages and API


def sent(page: str, **values: Any) -> dict[str, Any]:
    """The hidden fields of the question that a page shows, with an answer."""
    names = ("text", "question", "rests_on", "replaces")
    hidden = {name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in names}
    return {name: found.group(1) if found else "" for name, found in hidden.items()} | values


def test_a_round_is_settled_on_the_page_one_question_after_the_other(
    closed: Round, article: Article, carol: User
) -> None:
    client = signed_in(carol)
    client.post(reverse("annotations:merge-agreed", args=["framing", 1]))

    first = client.get(PAGE).content.decode()
    second = client.post(PAGE, sent(first, decision="neither", reason="A place."), follow=True).content.decode()
    done = client.post(PAGE, sent(second, decision="take-B"), follow=True).content.decode()

    assert RULE in first
    assert "<mark>harbour</mark>" in first
    assert "Reader 2" in first
    assert "<mark>We had no choice</mark>" in second
    assert "Everything is settled" in done
    assert [each.decided for each in Settlement.objects.order_by("pk")] == ["agreed", "neither", "taken"]


def test_a_new_label_is_found_in_the_text_and_a_decision_is_replaced_on_the_page(
    closed: Round, article: Article, carol: User
) -> None:
    client = signed_in(carol)
    page = client.get(PAGE, {"text": 1, "question": 2}).content.decode()
    new = {"new-category": "spin", "new-severity": 2, "new-polarity": 0}

    wrong = client.post(PAGE, sent(page, decision="new", **new, **{"new-words": "Never said"}))
    client.post(PAGE, sent(page, decision="new", **new, **{"new-words": "no choice"}))
    stale = client.post(PAGE, sent(page, decision="neither"))
    again = client.get(PAGE, {"text": 1, "question": 2}).content.decode()
    client.post(PAGE, sent(again, decision="both"))

    assert (wrong.status_code, stale.status_code) == (422, 409)
    assert "do not stand in the text" in wrong.content.decode()
    first, second = Settlement.objects.order_by("pk")
    label = first.labels.get()
    assert article.head.text[label.start : label.end] == "no choice"
    assert "this one stays in the record" in again
    assert (second.replaces, second.decided) == (first, "both")


def test_settling_over_the_api(closed: Round, article: Article, carol: User, emil: User) -> None:
    api, study = call(carol), {"project": str(closed.project.uid), "round": 1}
    tags = [str(BiasTag.objects.get(pk=key).uid) for key in keys(article, "We had no choice")]

    merged = api.post("settlements/merge/", study)
    taken = api.post("settlements/", {**study, "rests_on": tags, "decided": "taken", "take": tags[1], "reason": "So."})
    stale = api.post("settlements/", {**study, "rests_on": tags, "decided": "neither"})
    anew = api.post(
        "settlements/", {**study, "rests_on": tags, "decided": "neither", "replaces": taken.json().get("uid")}
    )
    partial = api.post("settlements/", {**study, "rests_on": tags[:1], "decided": "neither"})
    refused = call(emil).post("settlements/merge/", study)

    assert [each["decided"] for each in merged.json()] == ["agreed"]
    assert (taken.status_code, taken.json()["labels"][0]["category"]["slug"]) == (201, "labelling")
    assert (stale.status_code, partial.status_code, refused.status_code) == (409, 422, 403)
    assert (anew.status_code, anew.json()["replaces"]) == (201, taken.json()["uid"])
    assert len(api.get("settlements/?replaced=false").json()["results"]) == 2
