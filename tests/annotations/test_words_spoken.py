"""A quote says in which language it was spoken, and whether the printed words are the spoken ones."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from annotations.models import Batch
from annotations.operations.desk.batchlines import record_lines
from annotations.operations.desk.bulk import bring_in_many
from articles.models import Quote, QuotedWords, Wording
from newsdesk.models import User
from tests.factories import make_article, make_quote, words_of
from tests.factories.callers import call
from tests.factories.records import QUOTE, annotated, ndjson

pytestmark = pytest.mark.django_db

SAID = "“We had no choice,”"
SPOKEN: dict[str, Any] = {"language": "pt", "wording": "translation"}


def said_of(quote: Quote) -> dict[str, str]:
    return {"language": quote.language, "wording": quote.wording}


def test_nothing_is_known_until_somebody_says_so(alice: User) -> None:
    quote = make_quote(make_article(by=alice), by=alice)

    assert said_of(quote) == {"language": "", "wording": Wording.UNKNOWN}


def test_it_is_said_and_changed_on_the_form(client: Client, alice: User) -> None:
    client.force_login(alice)
    article = make_article(by=alice)
    address = f"/articles/{article.uid}/marks/quote/"

    client.post(address, {"base": 1, "words": SAID, "kind": "direct", **SPOKEN})
    quote = Quote.objects.get()
    recorded = said_of(quote)
    client.post(
        f"{address}{quote.uid}/change/", {"version": 1, "kind": "direct", "wording": "original", "language": "es"}
    )

    quote.refresh_from_db()
    assert recorded == SPOKEN
    assert said_of(quote) == {"language": "es", "wording": "original"}


def test_it_is_said_and_changed_over_the_api(alice: User) -> None:
    article = make_article(by=alice)
    words = words_of(article, SAID)
    place = {"start": words.start, "end": words.end, "exact": SAID, "text_sha256": article.head.text_sha256}

    made = call(alice).post(
        "quotes/", {"article": str(article.uid), "base_revision": 1, "kind": "direct", **place, **SPOKEN}
    )
    changed = call(alice).patch(f"quotes/{made.json()['uid']}/", {"version": 1, "wording": "original"})

    assert {name: made.json()[name] for name in SPOKEN} == SPOKEN
    assert {name: changed.json()[name] for name in SPOKEN} == {"language": "pt", "wording": "original"}


def test_it_comes_with_an_import(alice: User, at: datetime) -> None:
    lines = list(record_lines(io.BytesIO(ndjson(annotated(QUOTE | SPOKEN)))))

    bring_in_many(lines, batch=Batch.objects.create(created_by=alice, created_at=at), at=at)

    assert said_of(Quote.objects.get()) == SPOKEN
    assert not QuotedWords.objects.exists()  # the job that an import puts off writes them


def test_the_inspector_says_it(client: Client, alice: User) -> None:
    client.force_login(alice)
    article = make_article(by=alice)
    quote = make_quote(article, SAID, by=alice, **SPOKEN)

    page = client.get(f"/articles/{article.uid}/?mark={quote.uid}").content.decode()

    assert '<option value="translation" selected>' in page
    assert 'name="language" value="pt"' in page
