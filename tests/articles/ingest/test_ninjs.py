"""IPTC ninjs, versions 2.0 to 3.1, and what version 1 called otherwise."""

import json
from typing import Any

import pytest

from articles.anchoring.text import BlockKind
from articles.ingest.ninjs import NinjsReader
from articles.ingest.record import IncomingArticle, ReadingRefused

PLAIN = {"contenttype": "text/plain", "value": "The talks began on Monday."}


def item(**names: Any) -> dict[str, Any]:
    return {
        "uri": "https://wire.example/1",
        "type": "text",
        "headlines": [{"value": "Talks begin"}],
        "bodies": [PLAIN],
        **names,
    }


def read_items(*items: object) -> list[IncomingArticle]:
    return NinjsReader().read(json.dumps(list(items)).encode())


def read_item(**names: Any) -> IncomingArticle:
    [article] = read_items(item(**names))
    return article


def texts_of(article: IncomingArticle) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in article.blocks]


@pytest.mark.parametrize(
    "names",
    [
        {"pubstatus": "usable", "embargoed": "2026-01-02T00:00:00Z", "usageterms": "No web.", "ednote": "Refile."},
        {"pubStatus": "usable", "embargoedUntil": "2026-01-02T00:00:00Z", "usageTerms": "No web.", "edNote": "Refile."},
    ],
    ids=["version 2", "version 3"],
)
def test_both_spellings_of_names_say_the_same(names: dict[str, str]) -> None:
    article = read_item(**names)

    assert article.pub_status == "usable"
    assert article.embargoed_until is not None
    assert (article.usage_terms, article.editor_note) == ("No web.", "Refile.")


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        ([PLAIN, {"contenttype": "text/html", "value": "<p>Rich.</p>"}], "Rich."),
        ([{"contenttype": "text/html; charset=utf-8", "value": "<p>Rich.</p>"}], "Rich."),
        ([{"role": "summary", "value": "Short."}, {"role": "main", "value": "Long."}], "Long."),
        ([{"value": "<p>Guessed from its tags.</p>"}], "Guessed from its tags."),
        ([{"value": "3 < 4 and 5 > 2."}], "3 < 4 and 5 > 2."),
        ([{"contenttype": "text/plain", "value": "<p>as written</p>"}], "<p>as written</p>"),
        ([{"contenttype": "text/html", "value": "<script>x()</script>"}, PLAIN], PLAIN["value"]),
        ([{"contenttype": "application/pdf", "value": "JVBERi0="}, PLAIN], PLAIN["value"]),
    ],
)
def test_the_main_body_is_read_in_its_richest_form(bodies: list[dict[str, str]], expected: str) -> None:
    assert [text for _, text in texts_of(read_item(bodies=bodies))] == [expected]


def test_bodies_of_other_roles_are_named_and_not_mixed_in() -> None:
    article = read_item(bodies=[{"role": "main", "value": "Long."}, {"role": "sidebar", "value": "Aside."}])

    assert texts_of(article) == [(BlockKind.PARAGRAPH, "Long.")]
    assert article.errors == ("The item holds other bodies, which were not read; their roles: sidebar.",)


def test_the_names_of_version_1_are_understood() -> None:
    [article] = read_items(
        {
            "uri": "https://wire.example/1",
            "type": "text",
            "headline": "Talks begin",
            "byline": "Ann Smith",
            "description_text": "In the old town hall.",
            "body_text": "Plain.",
            "body_xhtml": "<p>Rich.</p>",
            "associations": {"main": {"uri": "x", "type": "picture", "description_caption": "The hall."}},
        }
    )

    assert (article.headline, article.byline, article.standfirst) == (
        "Talks begin",
        "Ann Smith",
        "In the old town hall.",
    )
    assert texts_of(article) == [(BlockKind.PARAGRAPH, "Rich."), (BlockKind.CAPTION, "The hall.")]


@pytest.mark.parametrize("status", ["canceled", "withheld"])
def test_a_notice_without_text_is_a_whole_record(status: str) -> None:
    [article] = read_items({"uri": "https://wire.example/1", "pubstatus": status})

    assert (article.guid, article.pub_status) == ("https://wire.example/1", status)
    assert (article.headline, article.blocks, article.errors) == ("", (), ())


def test_a_usable_item_without_text_says_so() -> None:
    [article] = read_items({"uri": "https://wire.example/1", "pubstatus": "usable", "representationtype": "partial"})

    assert article.errors == (
        "The item has no headline. Give it one.",
        "Only a part of the item came, without its text.",
    )


@pytest.mark.parametrize("held", [{"pubstatus": "withheld"}, {"embargoed": "2026-01-02T00:00:00Z"}])
def test_a_caption_of_a_picture_that_is_held_back_stays_out(held: dict[str, str]) -> None:
    picture = {"name": "p", "uri": "https://wire.example/p", "type": "picture", "descriptions": [{"value": "A hall."}]}

    shown, hidden = read_item(associations=[picture]), read_item(associations=[{**picture, **held}])

    assert texts_of(shown)[-1] == (BlockKind.CAPTION, "A hall.")
    assert "A hall." not in hidden.text
    assert "left out" in hidden.errors[0]


def test_a_picture_alone_is_a_record_with_its_caption() -> None:
    [article] = read_items(item(type="picture", bodies=[], descriptions=[{"role": "caption", "value": "A hall."}]))

    assert texts_of(article) == [(BlockKind.CAPTION, "A hall.")]
    assert article.standfirst == ""


def test_the_texts_of_a_composite_item_inherit_what_holds_it_back() -> None:
    members = [item(uri=f"https://wire.example/{number}", name="n") for number in (1, 2)]

    articles = read_items(
        {"uri": "https://wire.example/c", "type": "composite", "pubstatus": "withheld", "associations": members}
    )

    assert [article.guid[-1] for article in articles] == ["c", "1", "2"]
    assert {article.pub_status for article in articles} == {"withheld"}


@pytest.mark.parametrize(
    ("headlines", "title", "expected"),
    [
        ([{"role": "seo", "value": "For machines"}, {"role": "hl:main", "value": "For people"}], "", "For people"),
        ([{"value": "<b>Bold</b> &amp; plain", "contenttype": "text/html"}], "", "Bold & plain"),
        ([{"role": "subheadline", "value": "Below"}], "Metadata", "Metadata"),
        ([{"value": "x" * 301}], "Short", "Short"),
        ([{"value": "   "}, {"value": "Second"}], "", "Second"),
    ],
)
def test_the_main_headline_is_chosen(headlines: list[dict[str, str]], title: str, expected: str) -> None:
    assert read_item(headlines=headlines, title=title).headline == expected


def test_items_stand_in_an_array_or_on_lines() -> None:
    lines = "\n".join(json.dumps(item(uri=f"https://wire.example/{number}")) for number in range(3))

    articles = NinjsReader().read(lines.encode())

    assert [article.guid[-1] for article in articles] == ["0", "1", "2"]


def test_a_broken_line_does_not_keep_the_others_out() -> None:
    whole = json.dumps(item())

    articles = NinjsReader().read(f'{whole}\n{{"uri": "https://\n{whole}'.encode())

    assert [bool(article.headline) for article in articles] == [True, False, True]
    assert "cannot be read from character" in articles[1].errors[0]


def test_what_stands_before_a_break_in_an_array_comes_in() -> None:
    body = json.dumps([item(), item(uri="https://wire.example/2")])[:-30]

    articles = NinjsReader().read(body.encode())

    assert [article.guid for article in articles] == ["https://wire.example/1", ""]


def test_an_escaped_control_character_is_taken_out_and_said() -> None:
    article = read_item(bodies=[{"value": "The talks\u0000 began\u202e."}])

    assert article.text.endswith("The talks began.")
    assert len(article.errors) == 2


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"uri"', b"[1, 2]", b"[" * 5000, b'"text"', b"NaN"])
def test_a_file_without_any_item_is_refused(body: bytes) -> None:
    with pytest.raises(ReadingRefused) as refused:
        NinjsReader().read(body)

    assert refused.value.field == "text"


def test_latin_1_is_read_and_said() -> None:
    body = json.dumps(item(headlines=[{"value": "Gespräche in Zürich über Öl"}]), ensure_ascii=False).encode("latin-1")

    [article] = NinjsReader().read(body)

    assert article.headline == "Gespräche in Zürich über Öl"
    assert "guess" in article.errors[0]
