"""A law of the database that a request breaks is told in a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint, Q

from annotations.api import routes as annotation_routes
from annotations.models import Claim, Project, Reading
from articles.api import routes as article_routes
from articles.api.serializing import NounBody
from newsdesk.api.problems import LAWS, fields_of, problem_of
from newsdesk.models import User
from tests.factories import make_article, make_claim, make_speaker, make_tag
from tests.factories.callers import call
from tests.factories.laws import copy
from tests.factories.whole import make_whole_desk


def _bodies(kind: type[NounBody] = NounBody) -> Iterator[type[NounBody]]:
    for body in kind.__subclasses__():
        yield body
        yield from _bodies(body)


def written_through_the_api() -> dict[Any, set[str]]:
    """The columns of each model that some request may set."""
    assert article_routes.ROUTES
    assert annotation_routes.ROUTES
    written: dict[Any, set[str]] = {}
    for body in _bodies():
        written.setdefault(body.Meta.model, set()).update(body.Meta.fields)
    return written


def is_a_list_of_choices(law: CheckConstraint) -> bool:
    """Whether it names the values of one column, which bodies refuse by themselves."""
    [condition, *others] = law.condition.children if isinstance(law.condition, Q) else [None]
    return not others and isinstance(condition, tuple) and condition[0].endswith(("__in", "__contained_by"))


def test_every_law_that_a_request_can_break_has_a_sentence() -> None:
    written = written_through_the_api()
    breakable = {
        law.name
        for model, columns in written.items()
        for law in model._meta.constraints
        if isinstance(law, CheckConstraint) and columns & set(fields_of(law)) and not is_a_list_of_choices(law)
    }

    assert len(breakable) > 10
    assert breakable - set(LAWS) == set()


@pytest.mark.django_db
def test_every_sentence_is_about_a_law_there_is() -> None:
    laws = {law.name for model in apps.get_models() for law in model._meta.constraints}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        laws.update(name for (name,) in cursor.fetchall())

    assert set(LAWS) - laws == set()


@pytest.mark.parametrize("name", sorted(LAWS))
def test_every_sentence_is_one(name: str) -> None:
    sentence = str(LAWS[name])

    assert sentence[0].isupper()
    assert sentence.endswith(".")


def broken(alice: User) -> dict[str, tuple[str, dict[str, Any]]]:
    """By the law: the path and the change that breaks it."""
    article = make_article(by=alice)
    claim, tag, speaker = make_claim(article, by=alice), make_tag(article, by=alice), make_speaker(by=alice)
    desk = Project.objects.get(is_default=True)
    a_claim = f"claims/{claim.uid}/"
    return {
        "article_date_has_a_basis": (f"articles/{article.uid}/", {"published_at": "2025-05-13T12:00:00Z"}),
        "claim_by_a_speaker_names_the_speaker": (a_claim, {"speaker": str(speaker.uid)}),
        "claim_date_has_a_basis": (a_claim, {"claim_date": "2025-05-13"}),
        "claim_high_risk_has_a_reason": (a_claim, {"risk": "high"}),
        "claim_is_not_its_own_repeat": (a_claim, {"same_as": str(claim.uid)}),
        "tag_polarity_has_a_target": (f"bias-tags/{tag.uid}/", {"polarity": 1}),
        "annotations_biastag_confidence_is_a_share": (f"bias-tags/{tag.uid}/", {"confidence": 2.0}),
        "project_everyday_desk_is_open": (f"projects/{desk.uid}/", {"is_blind": True}),
    }


LAWS_BROKEN = [
    ("article_date_has_a_basis", "published_at"),
    ("claim_by_a_speaker_names_the_speaker", "speaker"),
    ("claim_date_has_a_basis", "claim_date"),
    ("claim_high_risk_has_a_reason", "risk_reason"),
    ("claim_is_not_its_own_repeat", "same_as"),
    ("tag_polarity_has_a_target", "target"),
    ("annotations_biastag_confidence_is_a_share", "confidence"),
    ("project_everyday_desk_is_open", "is_blind"),
]


@pytest.mark.parametrize(("law", "field"), LAWS_BROKEN)
def test_a_broken_law_says_what_to_do_and_names_the_field(alice: User, law: str, field: str) -> None:
    path, change = broken(alice)[law]

    answer = call(alice).patch(path, {**change, "version": 1})

    assert answer.status_code == 400
    assert answer.json()["detail"] == str(LAWS[law])
    assert field in [error["field"] for error in answer.json()["errors"]]


@pytest.mark.parametrize(
    ("model", "change", "fields"),
    [
        (Reading, {}, ["created_by", "project", "revision"]),
        (Claim, {"risk": "low"}, []),
    ],
    ids=["there once", "without a sentence"],
)
def test_what_no_sentence_is_for_is_a_conflict_that_says_what_to_do(
    db: None, model: Any, change: dict[str, Any], fields: list[str]
) -> None:
    make_whole_desk()
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        copy(model, **change)()

    problem = problem_of(broken.value)

    assert (problem.status, [field for field, _sentence in problem.errors]) == (409, fields)
    assert "Load it" in problem.detail
