"""By what exports are narrowed, what they never hold, and how they are sent."""

from __future__ import annotations

import gzip
import hashlib
import json
from datetime import datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from annotations.exports import FORMATS
from annotations.models import Codebook
from annotations.queries.exchange import exports
from annotations.queries.exchange.exportfilters import CONDITIONS, ExportFilters
from annotations.queries.exchange.exports import ExtraIsMissing, count_records, format_named, stream
from annotations.queries.exchange.exportsending import wants_gzip
from articles.models import Access
from newsdesk.models import User
from tests.factories import make_article, make_check, make_claim, make_quote, make_tag
from tests.factories.callers import call
from tests.factories.published import judge
from tests.factories.studies import make_study, tag_in

MODES = ["ndjson", "csv", "xlsx", "claimreview", "newsarticle", "ninjs-3.1", "brat", "labelstudio", "xmi"]


def taken(person: User, name: str = "ndjson", **filters: Any) -> bytes:
    return b"".join(stream(format_named(name), person, ExportFilters(**filters)))


def rows(person: User, **filters: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in taken(person, **filters).splitlines()[:-1]]


@pytest.mark.parametrize(
    ("filters", "types"),
    [
        ({"kind": "direct"}, ["quote"]),
        ({"kind": "numerical"}, []),
        ({"codebook": "Newsdesk codebook 1"}, ["bias_tag"]),
        ({"codebook": "Newsdesk codebook 2"}, []),
        ({"project": "desk"}, ["bias_tag", "claim"]),
        ({"status": "drafted"}, ["claim"]),
        ({"status": "published"}, []),
        ({"verdict": "supported"}, ["claim"]),
        ({"language": "en"}, ["bias_tag", "claim", "quote"]),
        ({"language": "EN-gb"}, ["bias_tag", "claim", "quote"]),
        ({"language": "e"}, []),
        ({"language": "fr"}, []),
    ],
)
def test_an_export_is_narrowed_in_every_way(alice: User, bob: User, filters: dict[str, Any], types: list[str]) -> None:
    article = make_article(by=alice, language="en-GB")
    make_quote(article, by=alice)
    make_check(make_claim(article, by=alice), checker=bob)
    make_tag(article, by=bob)

    assert sorted(row["type"] for row in rows(alice, **filters)) == types
    assert count_records(alice, ExportFilters(**filters)) == len(types)


def test_filters_are_the_same_after_a_trip_through_an_address(alice: User, at: datetime) -> None:
    filters = ExportFilters(since=at, speaker=alice.uid, only_human=True, outlet="A & B")

    assert ExportFilters.of(filters.given()) == filters
    assert set(CONDITIONS) <= set(ExportFilters.__slots__)


@pytest.mark.parametrize("name", MODES)
def test_no_format_holds_what_a_person_may_not_know_of(alice: User, bob: User, dana: User, name: str) -> None:
    article = make_article(by=alice, rights="own")
    claim = make_claim(article, by=bob)
    make_quote(article, by=alice)
    judge(claim, checker=bob, reviewer=dana, editor=alice)
    bait = str(article.uid)
    before = taken(bob, name)
    article.refresh_from_db()
    article.change(seen=article.version, access=Access.RESTRICTED, access_reason="A source is at risk.")

    assert _holds(before, bait, name)
    assert not _holds(taken(bob, name), bait, name)


def _holds(document: bytes, uid: str, name: str) -> bool:
    """Whether a file has the article; in those that are zipped the names of members say so, or their number."""
    if name == "xlsx":
        return len(document) > len(taken_of_nothing("xlsx"))
    if name == "claimreview":
        return b"ClaimReview" in document
    return uid.encode() in document


def taken_of_nothing(name: str) -> bytes:
    return taken(User(pk=0), name)


def test_marks_of_a_study_are_in_no_export_of_the_desk(alice: User, bob: User, emil: User) -> None:
    article = make_article(by=alice)
    study = make_study(article, lead=alice, readers=[bob])
    tag_in(study, bob)
    make_tag(article, "reckless", by=emil)

    taken_out = {person: [row["annotator"] for row in rows(person)] for person in (alice, bob, emil)}

    # Bob reads the article blind, so that the desk keeps its own marks on it from him, too.
    assert taken_out == {alice: [emil.name], bob: [], emil: [emil.name]}


def test_annotators_are_known_by_a_pseudonym_of_the_export(alice: User, bob: User) -> None:
    article = make_article(by=alice)
    for person in (alice, bob, bob):
        make_tag(article, by=person)

    first, second = rows(alice, anonymous=True), rows(alice, anonymous=True)

    names = [[row["annotator_uid"] for row in each] for each in (first, second)]
    assert [len(set(each)) for each in names] == [2, 2]
    assert not set(names[0]) & set(names[1])
    written = taken(alice, anonymous=True).decode()
    assert str(bob.uid) in taken(alice).decode()
    assert not [word for word in (bob.name, str(bob.uid), alice.name, str(alice.uid)) if word in written]


def test_one_annotator_is_not_asked_for_without_a_name(alice: User) -> None:
    answer = call(alice).get(f"exports/ndjson/?annotator={alice.uid}&anonymous=1")

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["anonymous"]


def test_the_last_line_tells_whether_all_came(alice: User) -> None:
    make_tag(make_article(by=alice), by=alice)
    written = taken(alice, layer="bias_tag")
    *lines, last = written.splitlines(keepends=True)
    manifest = json.loads(last)["manifest"]

    assert manifest["records"] == len(lines) == 1
    assert manifest["sha256"] == hashlib.sha256(b"".join(lines)).hexdigest()
    assert manifest["filters"] == {"layer": "bias_tag"}
    assert written == taken(alice, layer="bias_tag")


def test_a_file_is_described_by_its_manifest(alice: User) -> None:
    make_tag(make_article(by=alice), by=alice)
    answer = call(alice).get("exports/csv/?layer=bias_tag")
    link = answer["Link"]

    assert link.endswith('/api/v1/exports/csv/manifest/?layer=bias_tag>; rel="describedby"; type="application/json"')
    manifest = call(alice).get("exports/csv/manifest/?layer=bias_tag").json()
    assert (manifest["records"], manifest["format"]) == (1, "csv")


def test_a_file_is_zipped_on_its_way_where_that_is_asked_for(alice: User) -> None:
    make_tag(make_article(by=alice), by=alice)
    plain = call(alice).get("exports/csv/")
    zipped = call(alice).get("exports/csv/", Accept_Encoding="br, gzip")

    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.getvalue()) == plain.getvalue()
    assert "Content-Encoding" not in plain


@pytest.mark.parametrize(
    ("name", "accepted", "is_zipped"),
    [
        ("csv", "gzip;q=0", False),
        ("csv", "identity", False),
        ("csv", "deflate, gzip;q=0.5", True),
        ("xmi", "gzip", False),
    ],
)
def test_what_nobody_asked_for_or_is_small_already_is_not_zipped(name: str, accepted: str, is_zipped: bool) -> None:
    assert wants_gzip(format_named(name), accepted) is is_zipped


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["ndjson", "xlsx", "conll", "xmi"])
def test_whoever_hangs_up_leaves_no_transaction_open(alice: User, name: str) -> None:
    article = make_article(by=alice)
    for _ in range(3):
        make_tag(article, by=alice)
    chunks = stream(format_named(name), alice, ExportFilters())

    next(iter(chunks))
    was_open = connection.in_atomic_block
    chunks.close()  # type: ignore[attr-defined]

    assert was_open
    assert not connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE state LIKE 'idle in transaction%' AND datname = current_database()"
        )
        assert cursor.fetchone()[0] == 0


def test_a_format_whose_package_is_missing_says_so(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "find_spec", lambda _name: None)
    client = Client()
    client.force_login(alice)

    with pytest.raises(ExtraIsMissing, match="pip install pyarrow"):
        format_named("parquet")
    assert call(alice).get("exports/parquet/").status_code == 501
    assert client.get("/exports/parquet/").status_code == 501
    assert b"once the extra" in client.get("/exports/").content


def test_the_page_offers_every_format_and_hides_none_of_its_losses(alice: User) -> None:
    client = Client()
    client.force_login(alice)
    page = client.get("/exports/?layer=quote").content.decode()

    for format in FORMATS:
        assert f"/exports/{format.name}/?layer=quote" in page
    assert "the longer one stays" in page


def test_the_command_writes_the_same_as_the_page(alice: User, tmp_path: Any, capsysbinary: Any) -> None:
    make_tag(make_article(by=alice), by=alice)
    call_command("export", "ndjson", "--as", "alice", "--filter", "layer=bias_tag", "--output", str(tmp_path / "a"))

    assert (tmp_path / "a").read_bytes() == taken(alice, layer="bias_tag")
    assert b"1 annotations of 1 articles" in capsysbinary.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["docx", "--as", "alice"], "no format docx"),
        (["csv", "--as", "nobody"], "Nobody here"),
        (["csv", "--as", "alice", "--filter", "spaeker=1"], "spaeker"),
        (["csv", "--as", "alice", "--filter", "layer"], "NAME=VALUE"),
        (["csv", "--as", "rana"], "may not take out"),
    ],
)
def test_the_command_says_what_is_wrong(alice: User, rana: User, arguments: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("export", *arguments)


def test_the_codebook_is_asked_for_by_its_name_and_number() -> None:
    assert "codebook" in CONDITIONS
    assert str(Codebook(name="Newsdesk codebook", number=1)) == "Newsdesk codebook 1"


@pytest.mark.parametrize("name", ["desk.ndjson", "w3c.ndjson"])
def test_a_format_that_names_people_is_refused_to_whoever_asks_for_pseudonyms(
    name: str, client: Client, alice: User
) -> None:
    client.force_login(alice)

    answer = client.get(f"/exports/{name}/?anonymous=1")

    assert answer.status_code == 400
    assert "pseudonyms" in answer.content.decode()
