"""Evidence search over REST."""

from datetime import date
from typing import Any

import pytest

from newsdesk.models import User
from tests.factories import make_source
from tests.factories.callers import call


def test_a_search_answers_with_passages_words_and_places(bob: User) -> None:
    source = make_source(by=bob, text="First.\n\n🌉 The bridge costs 12 million euros.")
    text = source.snapshots.get().text

    answer = call(bob).get("passages/search/?q=bridges cost&language=en").json()

    [found] = answer["found"]
    assert (answer["has_words"], answer["is_cut"]) == (True, False)
    assert (found["rank"], found["words"], found["title"]) == (1, ["bridge", "costs"], "Estimate of the bridge repair")
    assert [text[place["start"] : place["end"]] for place in found["matches"]] == ["bridge", "costs"]
    assert found["passage"]["source"] == str(source.uid)
    assert text[found["passage"]["start"] : found["passage"]["end"]] == found["passage"]["text"]
    assert found["is_later"] is None


def test_later_sources_are_marked_and_can_be_left_out(bob: User) -> None:
    make_source(by=bob, text="Bridge before.", published_date=date(2025, 4, 2))
    make_source(by=bob, text="Bridge after.", published_date=date(2025, 6, 1))
    make_source(by=bob, text="Bridge sometime.", published_date=None)
    caller = call(bob)

    marked = caller.get("passages/search/?q=bridge&said_on=2025-05-01").json()["found"]
    fewer = caller.get("passages/search/?q=bridge&said_on=2025-05-01&later=0").json()["found"]
    narrowed = caller.get("passages/search/?q=bridge&published_until=2025-05-01").json()["found"]

    later = {each["passage"]["text"]: each["is_later"] for each in marked}
    assert later == {"Bridge before.": False, "Bridge after.": True, "Bridge sometime.": None}
    assert {each["passage"]["text"] for each in fewer} == {"Bridge before.", "Bridge sometime."}
    assert {each["passage"]["text"] for each in narrowed} == {"Bridge before.", "Bridge sometime."}


@pytest.mark.parametrize(
    ("asked", "status", "field"),
    [
        ("", 400, "q"),
        ("?q=bridge&limit=0", 400, "limit"),
        ("?q=bridge&limit=101", 400, "limit"),
        ("?q=bridge&source=x", 400, "source"),
        ("?q=bridge&said_on=yesterday", 400, "said_on"),
        ("?q=bridge&pubisher=x", 400, "pubisher"),
    ],
)
def test_rest_says_what_is_wrong_with_a_search(bob: User, asked: str, status: int, field: str) -> None:
    answer = call(bob).get(f"passages/search/{asked}")

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (status, field)


@pytest.mark.parametrize(
    ("query", "has_words"),
    [("the of and", False), ("'%20%26%20|%20!%20:*%20<->", False), ("word " * 3_000 + "bridge", True), ("الجسر", True)],
)
def test_odd_queries_are_answered(bob: User, query: str, has_words: bool) -> None:
    make_source(by=bob)

    answer = call(bob).get(f"passages/search/?q={query}")

    assert answer.status_code == 200
    assert answer.json()["has_words"] is has_words


def test_who_may_not_see_sources_may_not_search_them(bob: User, rana: User) -> None:
    make_source(by=bob)

    assert call(rana).get("passages/search/?q=bridge").status_code == 403


def test_the_list_is_narrowed_by_words_that_stand_in_a_passage(bob: User) -> None:
    make_source(by=bob, text="The bridges are closed.\n\nThe bridge is open.")
    make_source(by=bob, text="Köprü kapalı.", language="tr")
    caller = call(bob)

    def listed(words: str) -> list[Any]:
        return [each["text"] for each in caller.get(f"passages/?words={words}").json()["results"]]

    assert listed("closed bridge") == ["The bridges are closed."]
    assert listed("KÖPRÜ") == ["Köprü kapalı."]
    assert listed("the") == []
