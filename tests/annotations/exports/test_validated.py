"""What other programs make of a generated desk: their own checkers and readers, or their own grammar."""

from __future__ import annotations

import itertools
import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import cassis
import openpyxl
import pytest
from jsonschema import Draft202012Validator
from lxml import etree
from pyarrow import parquet

from annotations.exports.conll import kept_and_dropped
from annotations.exports.labelstudio import CONFIGURATION
from annotations.exports.record import COLUMNS, ExportRecord
from annotations.queries.exchange.exportfilters import ExportFilters
from annotations.queries.exchange.exports import format_named, stream
from articles.models import Article
from newsdesk.models import User
from tests.factories.generated import GeneratedDesk, make_generated_desk
from tests.factories.schema_org import complaints

NINJS = Path(__file__).parents[2] / "data" / "ninjs"
BRAT_TYPE = re.compile(r"[A-Za-z0-9_-]+\Z")
TEXT_BOUND = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.+)\Z")
ATTRIBUTE = re.compile(r"(A\d+)\t(\S+) (T\d+) (\S+)\Z")
NOTE = re.compile(r"(#\d+)\tAnnotatorNotes (T\d+)\t(.+)\Z")


@pytest.fixture
def desk(alice: User, bob: User, dana: User, emil: User) -> GeneratedDesk:
    return make_generated_desk(bob, emil, editor=alice, checker=bob, reviewer=dana)


def taken(name: str, person: User, **filters: Any) -> bytes:
    return b"".join(stream(format_named(name), person, ExportFilters(**filters)))


def records(person: User, **filters: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in taken("ndjson", person, **filters).splitlines()[:-1]]


def placed(person: User, uid: str) -> list[dict[str, Any]]:
    return [each for each in records(person) if each["article"] == uid and each["start"] is not None]


def texts() -> dict[str, str]:
    return {str(each.uid): each.head.text for each in Article.objects.select_related("head")}


def test_the_generated_desk_has_what_breaks_careless_writers(alice: User, desk: GeneratedDesk) -> None:
    found = records(alice)

    assert {each["state"] for each in found} >= {"anchored", "orphaned"}
    assert any(each["level"] == "article" for each in found)
    assert any(each["exact"] and "\n" in each["exact"] for each in found)
    assert any(each["exact"] and re.search("[\U0001f300-\U0001faff]", each["exact"]) for each in found)
    assert any("قال" in text for text in texts().values())
    layer = [ExportRecord(**each) for each in placed(alice, str(desk.marked[0].uid)) if each["type"] == "bias_tag"]
    assert len(layer) > 1
    assert any(each["reading"] for each in found)
    assert any(each["check_state"] == "published" for each in found)


def test_a_workbook_holds_every_record_and_no_formula(alice: User, desk: GeneratedDesk) -> None:
    book = openpyxl.load_workbook(BytesIO(taken("xlsx", alice)))
    cells = list(book["annotations 1"].iter_rows())
    header, *rows = [[cell.value for cell in row] for row in cells]

    assert tuple(header) == COLUMNS
    assert [row[COLUMNS.index("uid")] for row in rows] == [each["uid"] for each in records(alice)]
    assert [row[COLUMNS.index("start")] for row in rows] == [each["start"] for each in records(alice)]
    assert "'=Gazette" in {row[COLUMNS.index("outlet")] for row in rows}
    assert {cell.data_type for row in cells for cell in row} <= {"s", "n", "inlineStr"}
    assert not [value for row in rows for value in row if isinstance(value, str) and value[:1] in tuple("=+-@\t")]


def test_columns_hold_every_record_in_its_type(alice: User, desk: GeneratedDesk) -> None:
    table = parquet.read_table(BytesIO(taken("parquet", alice)))
    rows = table.to_pylist()

    assert tuple(table.column_names) == COLUMNS
    assert b"code points" in table.schema.metadata[b"offsets"]
    for row, record in zip(rows, records(alice), strict=True):
        made = row.pop("created_at").strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        assert {**row, "created_at": made} == record


@pytest.mark.parametrize("name", ["claimreview", "newsarticle"])
def test_schema_org_is_kept_to(alice: User, desk: GeneratedDesk, name: str) -> None:
    documents = json.loads(taken(name, alice))

    assert [said for each in documents for said in complaints(each)] == []
    assert complaints({"@type": "NewsArticle", "spokenBy": "x"}) != []


def test_only_what_the_desk_has_said_is_a_review(alice: User, desk: GeneratedDesk) -> None:
    documents = json.loads(taken("claimreview", alice))
    claims = [each for each in records(alice) if each["type"] == "claim"]

    assert len(documents) == len(claims)
    [review] = [each for each in documents if each["@type"] == "ClaimReview"]
    assert review["reviewRating"]["ratingValue"] == review["reviewRating"]["bestRating"]
    assert review["citation"][0]["name"] == "Estimate of the bridge repair"
    assert [each["check_state"] for each in claims].count("drafted") == 1


def test_articles_come_with_their_quotations_and_their_text_where_rights_allow(
    alice: User, desk: GeneratedDesk
) -> None:
    documents = {each["identifier"]: each for each in json.loads(taken("newsarticle", alice))}
    ours, foreign = (documents[f"urn:uuid:{article.uid}"] for article in desk.marked[:2])

    assert ours["articleBody"]
    assert "articleBody" not in foreign
    assert {each["spokenByCharacter"]["name"] for each in foreign["hasPart"]} == {"@Inés 1"}


@pytest.mark.parametrize("version", ["2.1", "3.1"])
def test_ninjs_is_kept_to(alice: User, desk: GeneratedDesk, version: str) -> None:
    schema = json.loads((NINJS / f"ninjs-schema_{version}.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema)
    items = [json.loads(line) for line in taken(f"ninjs-{version}", alice).splitlines()]

    assert [error.message for item in items for error in validator.iter_errors(item)] == []
    assert list(validator.iter_errors({**items[0], "marks": []})) != []
    assert len(items) == 5
    assert sum(len(item.get("associations", ())) for item in items) == len(records(alice))
    assert [bool(item.get("bodies")) for item in items] == [True, False, False, False, False]


def test_brat_reads_its_own_grammar(alice: User, desk: GeneratedDesk) -> None:
    archive = ZipFile(BytesIO(taken("brat", alice)))
    known = dict(_attributes_in(archive.read("annotation.conf").decode()))

    for uid, text in texts().items():
        assert archive.read(f"{uid}.txt").decode() == text
        bound: dict[str, str] = {}
        for line in archive.read(f"{uid}.ann").decode().splitlines():
            if match := TEXT_BOUND.match(line):
                number, kind, fragments, words = match.groups()
                pairs = [tuple(map(int, each.split())) for each in fragments.split(";")]
                assert " ".join(text[start:end] for start, end in pairs) == words
                assert pairs == sorted(pairs)
                assert BRAT_TYPE.match(kind)
                bound[number] = kind
            elif match := ATTRIBUTE.match(line):
                _number, name, on, value = match.groups()
                assert bound[on] in known[name][0]
                assert value in known[name][1]
            else:
                match = NOTE.match(line)
                assert match is not None
                assert match[2] in bound
                assert json.loads(match[3])["uid"]
        assert len(bound) == len(placed(alice, uid))


def _attributes_in(configuration: str) -> list[tuple[str, tuple[list[str], list[str]]]]:
    lines = configuration.partition("[attributes]")[2].strip().splitlines()
    found = [re.match(r"(\S+)\tArg:(\S+), Value:(\S+)\Z", line) for line in lines]
    assert all(found)
    return [(match[1], (match[2].split("|"), match[3].split("|"))) for match in found if match]


def test_tags_of_tokens_give_back_every_mark_that_is_not_dropped(alice: User, desk: GeneratedDesk) -> None:
    documents = re.split(r"(?m)^# newdoc id = ", taken("conll", alice).decode())[1:]
    known = {each["uid"]: each for each in records(alice)}
    dropped = 0

    for document in documents:
        text = texts()[document[:36]]
        said = [json.loads(each) for each in re.findall(r"(?m)^# mark = (.*)$", document)]
        dropped += len(re.findall(r"(?m)^# dropped = ", document))
        lines = [line.split("\t") for line in document.splitlines() if "\t" in line and not line.startswith("# ")]
        assert all(text[int(start) : int(end)] == token for token, start, end, *_tags in lines)
        for mark in said:
            column = 3 + ["quote", "claim", "bias_tag"].index(mark["type"])
            inside = [line for line in lines if int(line[1]) < mark["end"] and int(line[2]) > mark["start"]]
            assert all(line[column] != "O" for line in inside)
    assert dropped > 0
    assert len(re.findall(r"(?m)^# (?:mark|dropped) = ", "".join(documents))) == len(known)


def test_of_marks_that_overlap_the_longer_one_is_kept(alice: User, desk: GeneratedDesk) -> None:
    marks = [ExportRecord(**each) for each in placed(alice, str(desk.marked[0].uid))]
    kept, dropped = kept_and_dropped(marks)

    assert len(kept) + len(dropped) == len(marks)
    assert dropped
    assert all((one.end or 0) <= (other.start or 0) for one, other in itertools.pairwise(kept))
    for lost in dropped:
        over = [each for each in kept if (each.start or 0) < (lost.end or 0) and (each.end or 0) > (lost.start or 0)]
        assert max((each.end or 0) - (each.start or 0) for each in over) >= (lost.end or 0) - (lost.start or 0)


def test_tasks_of_label_studio_fit_their_configuration(alice: User, desk: GeneratedDesk) -> None:
    tasks = json.loads(taken("labelstudio", alice))
    controls = {each.get("name"): each for each in etree.fromstring(CONFIGURATION) if each.get("name")}
    kinds = {"labels": "Labels", "choices": "Choices"}
    results = 0

    for task in tasks:
        data, allowed = task["data"], {each["value"] for each in task["data"]["labels"]}
        assert data["text"] == texts()[data["article"]]
        for result in [each for group in (*task["annotations"], *task["predictions"]) for each in group["result"]]:
            results += 1
            assert controls[result["from_name"]].tag == kinds[result["type"]]
            assert controls[result["from_name"]].get("toName") == result["to_name"]
            value = result["value"]
            assert set(value[result["type"]]) <= allowed
            assert "text" not in value or data["text"][value["start"] : value["end"]] == value["text"]
    assert results == len(records(alice))
    assert max(len(task["annotations"]) for task in tasks) > 1


def test_labels_of_doccano_lie_in_their_text(alice: User, desk: GeneratedDesk) -> None:
    examples = [json.loads(line) for line in taken("doccano", alice).splitlines()]

    for example in examples:
        expected = [each["exact"] for each in placed(alice, example["article"])]
        assert [example["text"][start:end] for start, end, _label in example["label"]] == expected
    assert sum(len(each["marks"]) + len(each["unplaced"]) for each in examples) == len(records(alice))


@pytest.mark.parametrize("name", ["xmi", "cas-json"])
def test_uima_covers_the_same_words(alice: User, desk: GeneratedDesk, name: str) -> None:
    archive = ZipFile(BytesIO(taken(name, alice)))

    for uid, text in texts().items():
        cas = _read(archive, uid, name)
        covered = {each.uid: each.get_covered_text() for each in cas.select("newsdesk.Mark")}
        assert cas.sofa_string == text
        assert covered == {each["uid"]: each["exact"] for each in placed(alice, uid)}
        assert cas.select("newsdesk.Article")[0].text_sha256 == Article.objects.get(uid=uid).head.text_sha256
        lost = {each["uid"] for each in records(alice) if each["article"] == uid} - set(covered)
        assert {each.uid for each in cas.select("newsdesk.Unplaced")} == lost


def _read(archive: ZipFile, uid: str, name: str) -> Any:
    if name == "cas-json":
        return cassis.load_cas_from_json(BytesIO(archive.read(f"{uid}.json")))
    types = cassis.load_typesystem(BytesIO(archive.read("TypeSystem.xml")))
    return cassis.load_cas_from_xmi(BytesIO(archive.read(f"{uid}.xmi")), typesystem=types)


@pytest.mark.parametrize("name", ["xlsx", "parquet", "claimreview", "ninjs-3.1", "brat", "conll", "xmi", "cas-json"])
def test_what_matches_nothing_is_a_valid_empty_file(alice: User, name: str) -> None:
    written = taken(name, alice, outlet="Nobody’s")

    if name in {"brat", "xmi", "cas-json"}:
        members = ZipFile(BytesIO(written)).namelist()
        assert members == {"brat": ["annotation.conf"], "xmi": ["TypeSystem.xml"], "cas-json": []}[name]
    elif name == "xlsx":
        assert openpyxl.load_workbook(BytesIO(written))["annotations 1"].max_row == 1
    elif name == "parquet":
        assert parquet.read_table(BytesIO(written)).num_rows == 0
    else:
        assert written.strip() in {b"[]", b""} or written.startswith(b"# global.columns")
