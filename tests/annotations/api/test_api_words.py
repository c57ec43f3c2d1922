"""Lists of the API are searched by words."""

import pytest

from newsdesk.models import User
from tests.factories import make_article, make_claim, make_quote, make_source, make_speaker, make_tag
from tests.factories.callers import call


@pytest.fixture
def searched(alice: User) -> User:
    """A desk with one of each, beside others that are not meant."""
    article = make_article(by=alice)
    make_quote(article, by=alice, speaker=make_speaker(by=alice, name="Inês Duarte"))
    make_speaker(by=alice, name="Tom Duarte")
    make_claim(article, by=alice)
    make_tag(article, "reckless", by=alice, polarity=-1, target="the council")
    make_source(by=alice)
    return alice


@pytest.mark.parametrize(
    ("path", "words", "others"),
    [
        ("quotes", "CHOICE had", "choice two"),
        ("claims", "repair bri", "repair tunnel"),
        ("bias-tags", "reck council", "reckless mayor"),
        ("speakers", "duarte ines", "duarte anna"),
        ("sources", "estimate bri", "estimate tunnel"),
        ("articles", "council vot", "council dance"),
    ],
)
def test_a_list_is_searched_by_words(searched: User, path: str, words: str, others: str) -> None:
    caller = call(searched)

    found = caller.get(f"{path}/?words={words}").json()["results"]

    assert len(found) == 1
    assert caller.get(f"{path}/?words={others}").json()["results"] == []
