"""Files as other people send them: what is wrong is listed by its line, and the rest goes in."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

from annotations.exports import NDJSON
from annotations.imports import desk, record
from annotations.models import BiasTag
from annotations.operations.desk.bulk import Result
from articles.models import Quote
from newsdesk.models import User
from tests.annotations.exchange.test_round_trip import lines, on_another_desk, take_all_in, taken_out
from tests.factories import make_article, make_quote, make_tag
from tests.factories.whole import make_whole_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def file() -> bytes:
    with on_another_desk():
        return taken_out(make_whole_desk().editor)


def by_line(results: list[Result]) -> dict[int, Result]:
    return {result.line: result for result in results}


def spoilt(line: bytes, **change: Any) -> bytes:
    return json.dumps(json.loads(line) | change).encode() + b"\n"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"article": "9b6b1c9e-1d0f-4d8c-9a53-0b9a2d6f3c11"}, "is not here"),
        ({"version": "one"}, "version must be a whole number"),
        ({"kind": "shouted"}, "kind must be one of direct, indirect, mixed"),
        ({"surprise": 1}, "There is no field surprise"),
        ({"uid": "nothing"}, "uid must be a uid"),
        ({"origin": "accepted", "proposer": "rules"}, "decision has a person"),
        ({"note": "\u0000"}, "characters that no text has"),
    ],
)
def test_a_record_at_fault_is_left_out_with_its_reason(
    ada: User, file: bytes, change: dict[str, Any], sentence: str
) -> None:
    first, *others = lines(file, "quote").splitlines(keepends=True)
    before = lines(file, "person", "speaker", "article")

    results = by_line(take_all_in(before + spoilt(first, **change) + b"".join(others), by=ada))
    at_fault = results[before.count(b"\n") + 1]

    assert at_fault.status == "refused"
    assert sentence in at_fault.errors[0][1]
    assert Quote.objects.count() == len(others) > 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"start": 0, "end": 4}, "stands 'Coun', not its exact words"),
        ({"end": 100_000}, "does not lie in revision 1"),
        ({"revision": 7}, "There is no revision 7"),
        ({"text_sha256": "0" * 64}, "count in another text"),
        ({"is_current": False}, "It has no place on revision 1"),
    ],
)
def test_foreign_offsets_are_refused(ada: User, file: bytes, change: dict[str, Any], sentence: str) -> None:
    quote = json.loads(lines(file, "quote").splitlines()[0])
    quote["anchors"][0] |= change
    before = lines(file, "person", "speaker", "article")

    results = take_all_in(before + json.dumps(quote).encode() + b"\n", by=ada)

    assert results[-1].status == "refused"
    assert sentence in results[-1].errors[0][1]


def test_a_uid_that_comes_twice_is_one_record(ada: User, file: bytes) -> None:
    person = lines(file, "person").splitlines(keepends=True)[0]

    first, second = take_all_in(person + person, by=ada)

    assert (first.status, second.status) == ("created", "refused")
    assert "Line 1 has this uid too" in second.errors[0][1]


class Endless(io.RawIOBase):
    """A line of so many bytes that nobody would hold it, made while it is read."""

    def __init__(self, length: int, after: bytes) -> None:
        self._left, self._after, self.most = length, io.BytesIO(after), 0

    def readline(self, size: int | None = -1, /) -> bytes:
        if self._left:
            given = min(size or 0, self._left)
            self._left -= given
            self.most = max(self.most, given)
            return b"x" * (given - 1) + (b"x" if self._left else b"\n")
        return self._after.readline(size)


def test_a_line_of_a_gigabyte_is_passed_over(file: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "LONGEST_LINE", 64 * 1024)
    endless = Endless(1024**3, lines(file, "person"))

    found: Iterator[Any] = desk.read(endless)  # type: ignore[arg-type]
    long, *others = found

    assert long.record is None
    assert "passed over" in long.errors[0][1]
    assert [each.line for each in others] == [2, 3, 4]
    assert endless.most <= 1024 * 1024


def test_a_manifest_is_passed_over(ada: User, file: bytes) -> None:
    results = take_all_in(lines(file, "person") + b'{"manifest": {"rows": 2}}\n', by=ada)

    assert [result.status for result in results] == ["created"] * 3


def test_an_unknown_person_cannot_sign_in(ada: User, file: bytes) -> None:
    take_all_in(lines(file, "person"), by=ada)

    somebody = User.objects.get(name="Wholechecker")

    assert not somebody.is_active
    assert not somebody.has_usable_password()


def test_flat_rows_come_in_where_their_article_is(ada: User, alice: User, file: bytes) -> None:
    article = make_article(by=alice)
    with on_another_desk():
        make_quote(article, by=alice, mention="the mayor")
        make_tag(article, by=alice)
        flat = taken_out(alice, NDJSON)

    results = take_all_in(flat, by=ada)

    assert [result.status for result in results] == ["created", "created"]
    assert BiasTag.objects.get().created_by == alice
    assert taken_out(ada, NDJSON) == flat


def test_another_version_of_what_is_here_is_said_and_left(ada: User, file: bytes) -> None:
    take_all_in(file, by=ada)
    quote = lines(file, "quote").splitlines()[0]

    [result] = take_all_in(spoilt(quote, version=9), by=ada)

    assert result.status == "known"
    assert "what the desk has was left as it is" in result.errors[0][1]
