"""The schema of the record: what every reader gives obeys it, and the reference holds it to the letter."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator, ValidationError

from articles.ingest.readers import read, reader_of
from articles.ingest.record import IncomingArticle
from tests.articles.ingest.records import articles
from tests.articles.ingest.test_mail import SAMPLE as MAIL
from tests.articles.ingest.test_portable import SAMPLE as PDF
from tests.articles.ingest.word_files import STORY as WORD

ROOT = Path(__file__).parents[3]
SCHEMA: dict[str, Any] = json.loads((ROOT / "articles/ingest/record.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
REFERENCE = (ROOT / "docs/reference/intake.md").read_text(encoding="utf-8")
FILES = sorted(path for path in (Path(__file__).parent / "wires").iterdir() if path.is_file())
SAMPLES = {
    "plain-text": b"Talks begin\n\nThey met on Friday.\n\nShare this article",
    "word": WORD,
    "pdf": PDF,
    "mail": MAIL,
    "records": b'{"headline": "Talks begin", "blocks": [{"kind": "paragraph", "text": "They met."}]}\n{}\n',
}


@pytest.mark.parametrize("reader", SAMPLES)
def test_what_each_reader_gives_obeys_the_schema(reader: str) -> None:
    assert reader_of(SAMPLES[reader]).name == reader

    for article in read(SAMPLES[reader]):
        VALIDATOR.validate(article.to_json())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_saved_files_give_obeys_the_schema(path: Path) -> None:
    for article in read(path.read_bytes(), name=path.name):
        VALIDATOR.validate(article.to_json())


@given(articles())
def test_every_record_obeys_the_schema(article: IncomingArticle) -> None:
    VALIDATOR.validate(json.loads(json.dumps(article.to_json())))


@pytest.mark.parametrize("changes", [{"headline": ""}, {"version": -1}, {"colour": "red"}, {"blocks": [{"text": "x"}]}])
def test_the_schema_refuses_what_is_no_record(changes: dict[str, object]) -> None:
    [article] = read(SAMPLES["plain-text"])

    with pytest.raises(ValidationError):
        VALIDATOR.validate({**article.to_json(), **changes})


def test_the_schema_names_every_key_and_no_other() -> None:
    keys = list(IncomingArticle(headline="", blocks=()).to_json())

    assert SCHEMA["required"] == list(SCHEMA["properties"]) == keys


def test_the_reference_holds_the_schema_to_the_letter() -> None:
    [shown] = re.findall(r"```json\n(.*?)```", REFERENCE, re.DOTALL)

    assert shown == (ROOT / "articles/ingest/record.schema.json").read_text(encoding="utf-8")
