"""``manage.py evaluate_search``: any collection in, figures out, and clear words for what cannot be read."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from articles.management.collections import CollectionMalformed, read_corpus, read_judgements, read_queries

CORPUS = [
    {"_id": "1", "title": "Harbour", "text": "The bridge was closed.", "metadata": {}},
    {"_id": "2", "text": "Nobody sings in the rain."},
    {"id": 3, "title": None, "text": "Lead was found in the water.\u0000"},
    {"_id": "4", "title": "", "text": ""},
]
QUERIES = [
    {"_id": "q1", "text": "bridges are closed"},
    {"_id": "q2", "text": "lead in water"},
    {"_id": "q3", "text": ""},
]
QRELS = "query-id\tcorpus-id\tscore\nq1\t1\t1\nq2\t3\t2\nq2\t1\t0\nq9\t1\t1\nq1\t99\t1\n"


def write(folder: Path, name: str, rows: list[Any] | str) -> Path:
    path = folder / name
    text = rows if isinstance(rows, str) else "\n".join(json.dumps(row) for row in rows) + "\n\n"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.django_db(transaction=True)
def test_a_collection_is_searched_in_a_database_of_its_own(tmp_path: Path) -> None:
    files = [write(tmp_path, "c", CORPUS), write(tmp_path, "q", QUERIES), write(tmp_path, "r", QRELS)]
    said, warned, home = StringIO(), StringIO(), connection.settings_dict["NAME"]

    call_command("evaluate_search", *map(str, files), stdout=said, stderr=warned)

    figures = dict(line.split(maxsplit=1) for line in said.getvalue().splitlines())
    assert figures["passages"] == "3"
    assert figures["queries"] == "2"
    assert [figures[name] for name in ("nDCG@10", "R@10", "R@100", "MAP@5")] == ["1.0000"] * 4
    assert {"p50", "p95", "queries/s", "indexed"} <= figures.keys()
    assert "2 judgements name a query or a passage that is not there." in warned.getvalue()
    assert "1 queries have no relevant passage." in warned.getvalue()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname LIKE 'search\\_%'")
        assert (connection.settings_dict["NAME"], cursor.fetchone()[0]) == (home, 0)


def test_judgements_are_read_with_and_without_headings_and_as_trec_writes_them(tmp_path: Path) -> None:
    expected = {"q1": {"1": 1.0}, "q2": {"3": 2.0}}

    for text in (
        "query-id\tcorpus-id\tscore\nq1\t1\t1\nq2\t3\t2\n",
        "q1\t1\t1\nq2\t3\t2\n",
        "q1 0 1 1\nq2 0 3 2\nq2 0 3 1",
    ):
        assert read_judgements(write(tmp_path, "r", text)) == expected


@pytest.mark.parametrize(
    ("read", "text", "said"),
    [
        (read_corpus, '{"_id": "1"', "line 1: this is no JSON"),
        (read_corpus, "[]", "line 1: an object was expected"),
        (read_corpus, '{"title": "x"}', "line 1: it has no “_id”"),
        (read_corpus, '{"_id": "1"}\n{"_id": 1}', "line 2: there is another passage '1'"),
        (read_corpus, '{"_id": "1", "text": 3}', "line 1: “text” is no text"),
        (read_queries, "", "there is no query"),
        (read_queries, '{"_id": "1"}\n{"_id": "1"}', "line 2: there is another query"),
        (read_judgements, "", "there is no judgement"),
        (read_judgements, "q1\t1\t1\nq1\t1", "line 2: “query-id corpus-id score” was expected"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(tmp_path: Path, read: Any, text: str, said: str) -> None:
    with pytest.raises(CollectionMalformed, match=said):
        list(read(write(tmp_path, "file", text)))


def test_a_file_that_is_not_there_is_an_error_of_the_command(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("evaluate_search", *[str(tmp_path / "none")] * 3)
