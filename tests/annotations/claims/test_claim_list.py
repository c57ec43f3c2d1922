"""The list of claims: its order, its filters, its cost."""

from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from annotations.operations.checking.claims import retract_claim
from annotations.queries.paging import read_page
from newsdesk.models import User
from tests.factories import make_article, make_check, make_claim
from tests.factories.pages import signed_in


@pytest.mark.parametrize("claims", [1, 3])
def test_the_list_asks_the_same_questions_for_any_number_of_claims(
    alice: User, claims: Any, django_assert_num_queries: Any
) -> None:
    for _ in range(claims):
        make_check(make_claim(make_article(by=alice), by=alice), checker=alice)
    client = signed_in(alice)

    with django_assert_num_queries(6):
        answer = client.get(reverse("annotations:claim-list"))

    assert len(answer.context["rows"]) == claims


def test_the_most_pressing_claims_come_first_and_pages_do_not_overlap(alice: User, monkeypatch: Any) -> None:
    article = make_article(by=alice)
    for priority in (1, 3, 2):
        make_claim(article, by=alice, priority=priority, canonical=f"Priority {priority}")
    monkeypatch.setitem(read_page.__kwdefaults__, "size", 2)
    client = signed_in(alice)

    first = client.get(reverse("annotations:claim-list"))
    second = client.get(reverse("annotations:claim-list") + first.context["later_href"])
    back = client.get(reverse("annotations:claim-list") + second.context["earlier_href"])

    names = [[row.claim.priority for row in answer.context["rows"]] for answer in (first, second, back)]
    assert names == [[3, 2], [1], [3, 2]]
    assert (first.context["earlier_href"], second.context["later_href"]) == ("", "")


def test_the_list_is_narrowed_by_what_claims_show(alice: User, bob: User, claim: Any, drafted: Any) -> Any:
    make_claim(claim.article, "Some residents", by=alice, canonical="Residents complained.", priority=3)
    client, address = signed_in(bob), reverse("annotations:claim-list")

    def found(**asked: Any) -> Any:
        return [row.label for row in client.get(address, asked).context["rows"]]

    assert found() == ["C2", "C1"]
    assert found(verdict="supported") == ["C1"]
    assert found(verdict="open") == ["C2"]
    assert found(verdict="refuted") == []
    assert found(stage="drafted") == ["C1"]
    assert found(words="compl") == ["C2"]
    assert found(priority="3") == ["C2"]


def test_retracted_claims_leave_the_list(alice: User, claim: Any, at: datetime) -> None:
    client, address = signed_in(alice), reverse("annotations:claim-list")
    before = len(client.get(address).context["rows"])
    retract_claim(claim=claim, seen=1, by=alice, at=at)

    after = len(client.get(address).context["rows"])

    assert (before, after) == (1, 0)
