"""Records of all types on their way to another desk."""

import json
from typing import Any

import pytest

from annotations.exports.desk import DESK, KINDS
from annotations.queries.exchange.exportfilters import ExportFilters
from annotations.queries.exchange.exports import stream
from newsdesk.models import User
from tests.factories.whole import WholeDesk, make_whole_desk


@pytest.fixture
def desk(db: None) -> WholeDesk:
    return make_whole_desk()


def records(person: User, **filters: Any) -> list[dict[str, Any]]:
    lines = b"".join(stream(DESK, person, ExportFilters(**filters))).splitlines()
    return [json.loads(line) for line in lines]


def test_every_record_has_the_fields_of_its_type(desk: WholeDesk) -> None:
    for record in records(desk.editor):
        [kind] = [kind for kind in KINDS if kind.type == record["type"]]
        assert list(record) == ["type", *kind.fields]


def test_whatever_a_record_names_stands_before_it(desk: WholeDesk) -> None:
    found = records(desk.editor)
    seen: set[str] = set()
    for record in found:
        for name in ("created_by", "decided_by", "speaker", "quote", "claim", "article"):
            if isinstance(record.get(name), str):
                assert record[name] in seen, (record["type"], name)
        seen.add(record["uid"])
        seen.update(each["uid"] for each in record.get("snapshots", []))
