"""How somebody is quoted: columns over time with a table behind them, forms, wording, outlets, and what is listed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from annotations.queries.desk.columns import BOTTOM, LEFT, RIGHT, TOP, Period, draw_columns
from annotations.queries.desk.quoted import Quoted
from articles.models import Speaker
from articles.operations.quotes import retract_quote
from newsdesk.models import User
from tests.factories import AT, make_article, make_quote, make_speaker

KINDS = ("direct", "mixed", "indirect")


def quoted_on(day: date, speaker: Speaker, by: User, kind: str = "direct", **values: Any) -> Any:
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    article = make_article(by=by, outlet=values.pop("outlet", ""), published_at=moment, date_basis="stated")
    return make_quote(article, by=by, speaker=speaker, kind=kind, **values)


def page(person: Any, speaker: Speaker, **asked: str) -> Any:
    client = Client()
    client.force_login(person)
    return client.get(reverse("annotations:speaker", args=[speaker.uid]), asked)


def test_quotes_are_counted_by_time_form_wording_and_outlet(alice: User) -> None:
    speaker = make_speaker(by=alice)
    quoted_on(date(2025, 3, 4), speaker, alice, outlet="Courier", wording="original")
    quoted_on(date(2025, 3, 9), speaker, alice, "indirect", outlet="Courier", wording="translation")
    quoted_on(date(2025, 6, 1), speaker, alice, "mixed", outlet="Post")

    quoted: Quoted = page(alice, speaker).context["profile"].quoted

    assert (quoted.total, quoted.articles) == (3, 3)
    assert [(share.value, share.count, share.percent) for share in quoted.kinds] == [
        ("direct", 1, 34),
        ("mixed", 1, 33),
        ("indirect", 1, 33),
    ]
    assert [(share.name, share.count) for share in quoted.wordings] == [
        ("as spoken", 1),
        ("a translation", 1),
        ("unknown", 1),
    ]
    assert [(share.name, share.count) for share in quoted.outlets] == [("Courier", 2), ("Post", 1)]
    assert quoted.columns is not None
    assert [(column.address, column.total) for column in quoted.columns.columns] == [
        ("2025-03", 2),
        ("2025-04", 0),
        ("2025-05", 0),
        ("2025-06", 1),
    ]


def test_every_column_says_what_it_shows_and_the_table_says_the_same(alice: User) -> None:
    speaker = make_speaker(by=alice)
    quoted_on(date(2025, 3, 4), speaker, alice)
    quoted_on(date(2025, 6, 1), speaker, alice, "mixed")

    text = page(alice, speaker).content.decode()

    assert 'aria-label="March 2025: 1 quote, 1 direct"' in text
    assert '<th scope="row"><a href="?period=2025-06#quotes-title">June 2025</a></th>' in text


def test_retracted_and_hidden_quotes_are_not_counted(alice: User, bob: User) -> None:
    speaker = make_speaker(by=alice)
    retracted = quoted_on(date(2025, 3, 4), speaker, alice)
    kept = quoted_on(date(2025, 3, 5), speaker, alice)
    before = page(bob, speaker).context["profile"].quoted.total
    retract_quote(quote=retracted, seen=1, by=alice, at=AT)
    kept.article.change(seen=kept.article.version, embargo_until=datetime(2099, 1, 1, tzinfo=UTC))

    totals = [page(person, speaker).context["profile"].quoted.total for person in (alice, bob)]

    assert before == 2
    assert totals == [1, 0]


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ({}, 3),
        ({"period": "2025-03"}, 2),
        ({"period": "2025-03-09"}, 1),
        ({"period": "2025"}, 3),
        ({"form": "direct"}, 1),
        ({"form": "reported"}, 2),
        ({"form": "reported", "period": "2025-03"}, 1),
        ({"period": "2024"}, 0),
        ({"period": "soon", "form": "loud"}, 3),
        ({"period": "2025-13"}, 3),
        ({"period": "9999-12"}, 0),
    ],
)
def test_the_list_is_narrowed_by_period_and_form(alice: User, asked: dict[str, str], listed: int) -> None:
    speaker = make_speaker(by=alice)
    quoted_on(date(2025, 3, 4), speaker, alice)
    quoted_on(date(2025, 3, 9), speaker, alice, "indirect", mention="she")
    quoted_on(date(2025, 6, 1), speaker, alice, "mixed")

    profile = page(alice, speaker, **asked).context["profile"]

    assert len(profile.quotes) == listed
    assert profile.quoted.total == 3
    assert profile.names == [("she", 1)]


@pytest.mark.parametrize("quotes", [1, 3])
def test_the_profile_asks_the_same_questions_for_any_number_of_quotes(
    alice: User, quotes: int, django_assert_num_queries: Any
) -> None:
    speaker = make_speaker(by=alice)
    for number in range(quotes):
        quoted_on(date(2025, 3, 1 + number), speaker, alice)
    client = Client()
    client.force_login(alice)
    address = reverse("annotations:speaker", args=[speaker.uid])
    client.get(address)

    with django_assert_num_queries(14):
        client.get(address)


@pytest.mark.parametrize(
    ("first", "last", "period", "columns"),
    [
        (date(2025, 3, 4), date(2025, 3, 4), Period.DAY, 1),
        (date(2025, 3, 4), date(2025, 4, 4), Period.DAY, 32),
        (date(2025, 3, 4), date(2025, 4, 5), Period.MONTH, 2),
        (date(2024, 12, 31), date(2026, 1, 1), Period.MONTH, 14),
        (date(2020, 1, 1), date(2025, 3, 4), Period.YEAR, 6),
        (date(1901, 1, 1), date(2025, 3, 4), Period.YEAR, 40),
    ],
)
def test_columns_are_days_months_or_years(first: date, last: date, period: Period, columns: int) -> None:
    drawn = draw_columns({(first, "direct"): 1, (last, "mixed"): 1}, KINDS)

    assert drawn is not None
    assert (drawn.period, len(drawn.columns)) == (period, columns)


def test_nothing_is_drawn_of_nothing() -> None:
    assert draw_columns({}, KINDS) is None


DAYS = st.integers(0, 20_000).map(lambda number: date(1980, 1, 1) + timedelta(number))


@given(st.dictionaries(st.tuples(DAYS, st.sampled_from(KINDS)), st.integers(1, 9_999), min_size=1, max_size=30))
def test_columns_stay_on_the_drawing_and_beside_each_other(counted: dict[tuple[date, str], int]) -> None:
    drawn = draw_columns(counted, KINDS)

    assert drawn is not None
    columns = drawn.columns
    assert all(column.x >= LEFT and column.x + column.width <= RIGHT for column in columns)
    assert all(one.x + one.width <= other.x for one, other in pairwise(columns))
    assert all(part.y >= TOP - 0.5 and part.y + part.height <= BOTTOM + 0.5 for each in columns for part in each.parts)
    assert sum(column.total for column in columns) <= sum(counted.values())
