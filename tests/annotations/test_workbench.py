"""The workbench: reading an article with its marks."""

import pytest
from django.test import Client

from newsdesk.models import User
from tests.factories import make_article, make_claim, make_quote, make_speaker, make_tag


@pytest.fixture
def desk(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def test_the_text_stands_on_the_page_with_its_marks(desk: Client, alice: User) -> None:
    article = make_article(by=alice)
    make_quote(article, by=alice, speaker=make_speaker(by=alice))
    make_claim(article, by=alice)
    make_tag(article, by=alice)

    page = desk.get(f"/articles/{article.uid}/").content.decode()

    assert '<span class="q voice-1 is-direct">“We had no choice,”</span>' in page
    assert '<span class="c is-open">The repair will cost 12 million euros</span>' in page
    assert '<span class="b sev-1">reckless</span>' in page
