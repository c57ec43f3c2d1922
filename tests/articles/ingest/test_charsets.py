"""Character sets: marks, declarations, UTF-8, and guesses that are said."""

import pytest

from articles.ingest.charsets import declared_charsets, decode_document, storable
from articles.ingest.record import ReadingRefused

RUSSIAN = "Глава переговорной группы назвал встречу полезной, но до соглашения ещё далеко."


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_before_anything_declared(charset: str) -> None:
    decoded = decode_document(RUSSIAN.encode(charset), declared=["windows-1251"])

    assert (decoded.text, decoded.errors) == (RUSSIAN, ())


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "iso-8859-5", "utf-8"])
def test_the_declared_character_set_is_used(charset: str) -> None:
    decoded = decode_document(RUSSIAN.encode(charset), declared=[charset])

    assert (decoded.text, decoded.errors) == (RUSSIAN, ())


def test_latin_1_on_a_page_is_windows_1252() -> None:
    assert decode_document(b"\x93Caf\xe9\x94", declared=["iso-8859-1"]).text == "“Café”"


def test_utf_8_that_says_it_is_latin_1_is_read_as_utf_8_and_said() -> None:
    decoded = decode_document("Café in Zürich".encode(), declared=["ISO-8859-1"])

    assert decoded.text == "Café in Zürich"
    assert "ISO-8859-1" in decoded.errors[0]


def test_what_is_declared_wrongly_or_not_at_all_is_guessed_and_said() -> None:
    decoded = decode_document((RUSSIAN * 5).encode("cp1251"), declared=["utf-8"])

    assert decoded.text == RUSSIAN * 5
    assert "a guess" in decoded.errors[0]


def test_a_damaged_document_with_a_mark_says_so() -> None:
    decoded = decode_document(b"\xef\xbb\xbfCaf\xe9")

    assert decoded.text == "Caf�"
    assert decoded.errors


@pytest.mark.parametrize("name", ["rot13", "utf-7", "no such set", "", "\x00", "undefined"])
def test_what_is_no_character_set_is_passed_over(name: str) -> None:
    assert decode_document("Zürich".encode(), declared=[name]).text == "Zürich"


def test_bytes_that_are_text_in_no_set_are_refused() -> None:
    with pytest.raises(ReadingRefused, match="no character set"):
        decode_document(bytes(range(256)) * 3 + b"\x81\x8d\x8f\x90\x9d" * 50)


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (b'<?xml version="1.0" encoding="KOI8-R"?>', ["KOI8-R"]),
        (b"<html><meta charset=windows-1251>", ["windows-1251"]),
        (b'<META http-equiv="Content-Type" content="text/html; charset=gb2312">', ["gb2312"]),
        (b"<html>", []),
    ],
)
def test_declarations_in_markup_are_found(body: bytes, names: list[str]) -> None:
    assert declared_charsets(body) == names


def test_characters_no_text_may_hold_are_taken_out_and_said() -> None:
    text, errors = storable("One\x00\r\ntwo\x0cthree \u202efour.")

    assert text == "One\ntwo\nthree four."
    assert len(errors) == 2
