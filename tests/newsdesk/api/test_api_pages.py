"""Lists in pages: one can walk them both ways, and their cursors tell nothing of the keys within."""

import re
from base64 import b64decode, b64encode
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from articles.operations.drafting import keep_draft
from newsdesk.models import User
from tests.factories import make_article, make_source, make_speaker
from tests.factories.callers import Caller, call


def cursor_in(link: str) -> str:
    return b64decode(parse_qs(urlsplit(link).query)["cursor"][0]).decode()


def walk(caller: Caller, path: str, direction: str) -> list[dict[str, Any]]:
    """The pages of a list from an address on, each as it was answered."""
    pages = [caller.get(path).json()]
    while pages[-1][direction]:
        pages.append(caller.get(pages[-1][direction].removeprefix("http://testserver")).json())
    return pages


def test_pages_are_walked_both_ways(alice: User) -> None:
    uids = [str(make_speaker(by=alice, name=f"Speaker {number}").uid) for number in range(5)]
    caller = call(alice)

    there = walk(caller, "speakers/?page_size=2", "next")
    back = walk(caller, there[-1]["previous"].removeprefix("http://testserver"), "previous")

    assert [each["uid"] for page in there for each in page["results"]] == uids[::-1]
    assert [each["uid"] for page in reversed(back) for each in page["results"]] == uids[:0:-1]


def test_no_cursor_holds_a_key(alice: User, at: Any) -> None:
    for number in range(2):
        article = make_article(by=alice)
        make_speaker(by=alice, name=f"Speaker {number}")
        make_source(by=alice)
        keep_draft(article=article, base=1, headline="Another", body="A story.", by=alice, at=at)
    lists = ["articles/", "speakers/", "passages/", "drafts/", "verdict-scales/", "categories/"]

    for path in lists:
        first, second = walk(call(alice), f"{path}?page_size=1", "next")[:2]
        for cursor in (cursor_in(first["next"]), cursor_in(second["previous"])):
            assert re.search(r"(^|&)p=\d+(&|$)", cursor) is None


@pytest.mark.parametrize("size", ["abc", "-1", "0", "", "1.5", "²"])
def test_a_size_that_is_none_is_refused(alice: User, size: str) -> None:
    answer = call(alice).get(f"speakers/?page_size={size}")

    assert answer.status_code == 400
    assert answer.json()["errors"] == [{"field": "page_size", "message": "Give a whole number from 1 to 500."}]


@pytest.mark.parametrize("position", ["16", "not-a-uid", "7c1d0d1e-0f6c-4d3a-9b3e-0d1f6c4d3a9b", "a%7Cb", "%00"])
def test_a_cursor_of_no_page_is_refused(alice: User, position: str) -> None:
    answer = call(alice).get(f"speakers/?cursor={b64encode(f'p={position}'.encode()).decode()}")

    assert answer.status_code == 422
    assert "Follow “next”" in answer.json()["detail"]
