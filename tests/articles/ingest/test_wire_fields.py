"""What wires say about an item: whatever decides whether it may be shown fails closed."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from articles.anchoring.text import Block, BlockKind
from articles.ingest.moments import LAST_ZONE, moment_of
from articles.ingest.wire_fields import Standing, authority_of, language_of, note, one_line, says_again, version_of

TWO_HOURS_EAST = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("usable", "usable"),
        ("stat:usable", "usable"),
        ("stat:canceled", "canceled"),
        ("Cancelled", "canceled"),
        ("http://cv.iptc.org/newscodes/pubstatusg2/withheld", "withheld"),
        ("", ""),
        ("stat:embargoed", "withheld"),
        ("???", "withheld"),
    ],
)
def test_a_status_is_known_or_withholds(stated: str, expected: str) -> None:
    standing = Standing()

    standing.take_status(stated)

    assert standing.pub_status == expected
    assert bool(standing.errors) == (stated in ("stat:embargoed", "???"))


@pytest.mark.parametrize(
    ("stated", "ends"),
    [
        ("2026-04-03T06:00:00+02:00", datetime(2026, 4, 3, 6, tzinfo=TWO_HOURS_EAST)),
        ("2026-04-03T06:00:00Z", datetime(2026, 4, 3, 6, tzinfo=UTC)),
        ("2026-04-03T06:00:00", datetime(2026, 4, 3, 6, tzinfo=LAST_ZONE)),
        ("2026-04-03", datetime(2026, 4, 3, tzinfo=LAST_ZONE)),
    ],
)
def test_an_embargo_never_ends_too_early(stated: str, ends: datetime) -> None:
    standing = Standing()

    standing.take_embargo(stated)

    assert standing.embargoed_until == ends
    assert standing.pub_status == ""


@pytest.mark.parametrize("stated", ["", "  ", "tomorrow noon", "2026-13-40T99:00:00Z", "0000-00-00"])
def test_an_embargo_without_readable_end_withholds(stated: str) -> None:
    standing = Standing(pub_status="usable")

    standing.take_embargo(stated)

    assert (standing.pub_status, standing.embargoed_until) == ("withheld", None)
    assert "embargo" in standing.errors[0]


def test_of_two_embargoes_the_later_counts() -> None:
    standing = Standing()

    standing.take_embargo("2026-04-03T06:00:00Z")
    standing.take_embargo("2026-04-03T06:00:00+02:00")

    assert standing.embargoed_until == datetime(2026, 4, 3, 6, tzinfo=UTC)


def test_an_unreadable_embargo_does_not_undo_a_cancellation() -> None:
    standing = Standing(pub_status="canceled")

    standing.take_embargo("soon")

    assert standing.pub_status == "canceled"


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2026-05-13T12:00:00Z", (datetime(2026, 5, 13, 12, tzinfo=UTC), True)),
        ("20260513T120000Z", (datetime(2026, 5, 13, 12, tzinfo=UTC), True)),
        ("2026-05-13 12:00:00 +0200", (datetime(2026, 5, 13, 12, tzinfo=TWO_HOURS_EAST), True)),
        ("2026-05-13T12:00:00.123456789+02:00", (datetime(2026, 5, 13, 12, 0, 0, 123456, TWO_HOURS_EAST), True)),
        ("Wed, 13 May 2026 12:00:00 GMT", (datetime(2026, 5, 13, 12, tzinfo=UTC), True)),
        ("Wed, 13 May 2026 12:00:00 XYZ", (datetime(2026, 5, 13, 12, tzinfo=UTC), False)),
        ("2026-05-13", (datetime(2026, 5, 13, tzinfo=UTC), False)),
        ("Mittwoch", None),
        ("", None),
        ("1", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("2026-05-13T12:00:00Z" + " " * 100 + "x", None),
    ],
)
def test_moments_are_read_with_their_zone_or_said_to_have_none(
    stated: str, expected: tuple[datetime, bool] | None
) -> None:
    found = moment_of(stated)

    assert (found and (found.at, found.zone_stated)) == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [("2", 2), (" 12 ", 12), ("1.0", 1), ("", None), ("1.5", None), ("v2", None), ("9" * 19, None), ("-1", None)],
)
def test_a_version_is_a_whole_number_or_none(stated: str, expected: int | None) -> None:
    errors: list[str] = []

    version = version_of(stated, errors)

    assert version == expected
    assert bool(errors) == (expected is None and stated != "")


@pytest.mark.parametrize(
    ("identifier", "authority"),
    [
        ("https://www.paper.example/a/1", "paper.example"),
        ("urn:newsml:wire.example:20260311:x", "wire.example"),
        ("tag:wire.example,2026:x", "wire.example"),
        ("tag:desk@wire.example,2026:x", "desk@wire.example"),
        ("urn:uuid:0b8e0d9a-0000-4000-8000-000000000000", ""),
        ("4711", ""),
        ("http://[broken", ""),
    ],
)
def test_an_identifier_says_who_gave_it_out(identifier: str, authority: str) -> None:
    assert authority_of(identifier) == authority


@pytest.mark.parametrize(
    ("stated", "language"),
    [
        (("en",), "en"),
        (("pt_BR",), "pt-BR"),
        (("zh-Hant-TW",), "zh-Hant-TW"),
        (("x-klingon",), "x-klingon"),
        (("English language", "en-GB"), "en-GB"),
        ((None, 7, ["en"]), ""),
        (("de-" + "abcdefgh-" * 5 + "x",), ""),
    ],
)
def test_a_language_is_a_tag_or_nothing(stated: tuple[object, ...], language: str) -> None:
    assert language_of(*stated) == language


def test_lines_and_notes_hold_only_what_may_be_stored() -> None:
    assert one_line(" A\x00 line\r\nof\ttwo ") == "A line of two"
    assert note("First.\r\n\r\n  Second\u202e. ") == "First.\n\nSecond."
    assert one_line({"no": "text"}) == ""
    assert one_line("é") == "é"


def test_a_standfirst_that_the_body_says_again_is_known() -> None:
    blocks = [Block(BlockKind.PARAGRAPH, "“We won”, she said — twice."), Block(BlockKind.PARAGRAPH, "Then she left.")]

    assert says_again('"We won", she said - twice.', blocks)
    assert says_again("“We won”, she said", blocks)
    assert not says_again("She lost.", blocks)
    assert not says_again("", blocks)
