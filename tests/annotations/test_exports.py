"""Annotations as files: whole documents, two ways of writing them, and what must never be in them."""

import csv
import json
import re
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.exports import ExportRecord, Format
from annotations.exports.csv import CSV, CsvRows
from annotations.exports.ndjson import NDJSON, NdjsonRows
from annotations.exports.record import COLUMNS
from annotations.models import CheckState
from annotations.operations.checking.factchecks import write_check
from annotations.queries.checking.verdicts import verdicts_of
from annotations.queries.exchange.exportfilters import ExportFilters
from annotations.queries.exchange.exports import CHUNK, stream
from articles.models import Article
from articles.operations.quotes import retract_quote
from newsdesk.models import User
from tests.factories import make_article, make_check, make_claim, make_quote, make_speaker, make_tag
from tests.factories.callers import call
from tests.factories.checks import Cast, bring_to

GOLDEN = Path(__file__).parent.parent / "golden"
UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# The address of a piece ends with the beginning of its uid.
SLUG = re.compile(r'("slug":"[a-z0-9-]+)-[0-9a-f]{8}(?=")')
TRICKY = """=HYPERLINK("http://x") and “quotes”, \\ backslash

The council, \u200fit said, “voted” — 50 % … \\n is no newline; a tab\tstands here.

=1+1 is what the paper’s ledger begins with, 🙂 it says.
"""


def taken(format: Format, person: User, **filters: Any) -> str:
    return b"".join(stream(format, person, ExportFilters(**filters))).decode()


def rows(person: User, **filters: Any) -> list[dict[str, Any]]:
    *records, last = [json.loads(line) for line in taken(NDJSON, person, **filters).splitlines()]
    assert last["manifest"]["records"] == len(records)
    return records


@pytest.fixture
def article(alice: User, bob: User, at: datetime) -> Article:
    """An article with a mark of every kind, a verdict, and characters that break careless writers."""
    article = make_article(by=alice, text=TRICKY, outlet='-Gazette, "daily"')
    speaker = make_speaker(by=alice, name="@Ines")
    make_quote(article, "“voted”", by=alice, speaker=speaker)
    make_quote(article, "a tab\tstands here", by=alice)
    claim = make_claim(article, "=1+1 is what", by=alice, canonical="=1+1\nis “two”")
    make_check(claim, checker=bob)
    make_tag(article, "ledger", by=bob)
    return article


@pytest.mark.parametrize(("quick", "careful"), [(NDJSON, NdjsonRows()), (CSV, CsvRows())], ids=["ndjson", "csv"])
def test_both_ways_of_writing_a_format_give_the_same_bytes(
    alice: User, article: Article, quick: Format, careful: Format
) -> None:
    written = taken(quick, alice)

    assert written.count("\n") >= 4
    assert written == taken(careful, alice)


@pytest.mark.parametrize("format", [NDJSON, CSV], ids=["ndjson", "csv"])
def test_a_whole_document_is_as_it_was(alice: User, article: Article, format: Format) -> None:
    written = _with_numbered_uids(taken(format, alice))

    assert written == (GOLDEN / f"annotations.{format.name}").read_bytes().decode()


def _with_numbered_uids(document: str) -> str:
    """Uids differ from run to run, so each is replaced with its rank of appearance, and the hash over them goes."""
    document = re.sub(r'"sha256":"[0-9a-f]{64}"', '"sha256":"…"', document)
    known: dict[str, str] = {}
    document = SLUG.sub(r"\1", document)
    return UID.sub(lambda found: known.setdefault(found.group(), f"uid-{len(known) + 1}"), document)


def test_csv_holds_every_record_with_its_columns_in_order(alice: User, article: Article) -> None:
    lines = list(csv.reader(StringIO(taken(CSV, alice), newline="")))

    assert tuple(lines[0]) == COLUMNS
    assert {len(line) for line in lines} == {len(COLUMNS)}
    assert len(lines) == 5


def test_no_cell_begins_a_formula(alice: User, article: Article) -> None:
    cells = [cell for line in csv.reader(StringIO(taken(CSV, alice), newline="")) for cell in line]

    assert "'=1+1\nis “two”" in cells
    assert not [cell for cell in cells if cell[:1] in tuple("=+@\t\r\n")]


def test_what_is_retracted_is_not_taken_out(alice: User, article: Article, at: datetime) -> None:
    quote = article.quotes.order_by("pk").first()
    assert quote is not None
    before = [row["uid"] for row in rows(alice)]

    retract_quote(quote=quote, seen=1, by=alice, at=at)

    assert str(quote.uid) in before
    assert [row["uid"] for row in rows(alice)] == [uid for uid in before if uid != str(quote.uid)]


def test_what_a_person_may_not_know_of_is_not_taken_out(alice: User, carol: User, article: Article) -> None:
    before = len(rows(carol))
    article.refresh_from_db()
    article.change(seen=article.version, state="incoming")

    assert before == 4
    assert rows(carol) == []
    assert len(rows(alice)) == 4


@pytest.mark.parametrize(
    ("filters", "types"),
    [
        ({"layer": "quote"}, ["quote", "quote"]),
        ({"category": "loaded-language"}, ["bias_tag"]),
        ({"outlet": "Another"}, []),
        ({"state": "needs_review"}, []),
        ({"state": "anchored"}, ["quote", "quote", "claim", "bias_tag"]),
        ({"origin": "accepted"}, []),
        ({"only_human": True}, ["quote", "quote", "claim", "bias_tag"]),
        ({"since": datetime.fromisoformat("2030-01-01T00:00:00+00:00")}, []),
        ({"until": datetime.fromisoformat("2000-01-01T00:00:00+00:00")}, []),
    ],
)
def test_an_export_can_be_narrowed(alice: User, article: Article, filters: dict[str, Any], types: list[str]) -> None:
    make_article(by=alice)

    assert sorted(row["type"] for row in rows(alice, **filters)) == sorted(types)


def test_an_export_can_be_narrowed_to_uids(alice: User, bob: User, article: Article) -> None:
    other = make_article(by=alice)
    make_quote(other, by=alice)
    speaker = next(row["speaker_uid"] for row in rows(alice) if row["speaker_uid"])

    assert len(rows(alice)) == 5
    assert len(rows(alice, article=other.uid)) == 1
    assert len(rows(alice, speaker=speaker)) == 1
    assert [row["annotator"] for row in rows(alice, annotator=bob.uid)] == [bob.name]


@pytest.mark.parametrize("state", CheckState.values)
def test_the_verdict_taken_out_is_the_one_pages_show(
    alice: User, bob: User, dana: User, ada: User, at: datetime, state: str
) -> None:
    claim = make_claim(make_article(by=alice), by=bob)
    check = bring_to(state, claim, Cast(editor=alice, checker=bob, reviewer=dana))
    if state in {"gathering", "assigned"}:
        write_check(check=check, seen=check.version, by=bob, at=at, verdict="refuted")
    make_check(claim, checker=ada, verdict="conflicting", rating="mixed")

    shown = verdicts_of([claim.pk])[claim.pk]
    exported = rows(alice, layer="claim")[0]

    assert (exported["verdict"] or "") == shown.verdict
    assert (exported["rating"] or "") == shown.rating


def test_a_record_has_a_field_for_every_column() -> None:
    assert len(COLUMNS) == len(set(COLUMNS)) == len(ExportRecord.__slots__)


def test_a_long_export_comes_in_chunks_out_of_one_statement(alice: User) -> None:
    article = make_article(by=alice)
    for _ in range(120):
        make_tag(article, "reckless", by=alice)

    with CaptureQueriesContext(connection) as queries:
        chunks = list(stream(NDJSON, alice, ExportFilters()))

    assert len(chunks) > 1
    assert all(len(chunk) < CHUNK + 10_000 for chunk in chunks)
    # roles, articles, COPY, and the savepoint within a test's own transaction
    assert len(queries) == 5


@pytest.fixture
def page(alice: User, article: Article) -> Client:
    client = Client()
    client.force_login(alice)
    return client


def test_the_page_hands_out_a_file(page: Client) -> None:
    answer = page.get("/exports/ndjson/")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/x-ndjson"
    assert answer["Content-Disposition"].startswith('attachment; filename="annotations-')
    assert len(answer.getvalue().splitlines()) == 5


@pytest.mark.parametrize(
    ("path", "status"),
    [("/exports/docx/", 404), ("/exports/csv/?spaeker=1", 400), ("/exports/csv/?article=1", 400)],
)
def test_the_page_refuses_what_it_does_not_know(page: Client, path: str, status: int) -> None:
    assert page.get(path).status_code == status


def test_those_who_do_not_work_here_take_nothing_out(rana: User, alice: User, article: Article) -> None:
    client = Client()
    client.force_login(rana)

    assert client.get("/exports/csv/").status_code == 403
    assert call(rana).get("exports/csv/").status_code == 403
    assert call(alice, "export").get("exports/csv/").status_code == 200


@pytest.mark.parametrize(
    ("query", "status", "field"),
    [("spaeker=1", 400, "spaeker"), ("layer=ghost", 400, "layer"), ("status=anchored", 400, "status")],
)
def test_the_api_names_the_filter_it_does_not_know(
    alice: User, article: Article, query: str, status: int, field: str
) -> None:
    answer = call(alice).get(f"exports/ndjson/?{query}")

    assert answer.status_code == status
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_a_time_zone_the_database_does_not_know_is_understood(alice: User, article: Article) -> None:
    answer = call(alice).get("exports/ndjson/?since=1183-07-19T10:29:09-19:27")

    assert len(answer.getvalue().splitlines()) == 5


def test_the_api_has_no_other_format(alice: User) -> None:
    assert call(alice).get("exports/docx/").status_code == 404
