"""The gold of the saved pages is sound: what it says can be seen on the page it speaks of."""

import json
import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, TypedDict

import pytest

PAGES = Path(__file__).parent / "pages"
FOLDERS = ("training", "held_out", "held_out_2", "held_out_3", "held_out_4")
EVERY_PAGE = [
    pytest.param(path, id=f"{folder}/{path.stem}")
    for folder in FOLDERS
    for path in sorted((PAGES / folder).glob("*.html"))
]

KINDS = {"standfirst", "paragraph", "heading", "quotation", "list_item", "dialogue", "table_row", "caption"}
RIGHT_TO_LEFT = {"ar", "he", "fa"}
DECLARED_CHARSET = re.compile(rb"""charset=["']?([\w-]+)""", re.IGNORECASE)
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?")
UNSEEN = {"head", "script", "style", "template", "svg", "select", "textarea", "iframe", "object"}
EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
INLINE = {"a", "abbr", "b", "cite", "em", "font", "i", "small", "span", "strong", "sub", "sup", "time", "u", "wbr"}


class Block(TypedDict):
    kind: str
    text: str


class Gold(TypedDict):
    """What a person says is on a saved page; README.md beside the pages has the conventions."""

    url: str
    style: str
    language: str
    outlet: str
    headline: str
    standfirst: str | None
    byline: str | None
    published_at: str | None
    section: str | None
    canonical_url: str | None
    body: list[Block]
    furniture: list[str]
    field_lines: list[str]


class VisibleText(HTMLParser):
    """Text nodes of a page in order, without what a browser never shows; blocks are parted by a space."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in EMPTY and (self.unseen or tag in UNSEEN or is_hidden(dict(attrs))):
            self.unseen.append(tag)
        elif tag not in INLINE:
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.unseen:
            while self.unseen.pop() != tag:
                pass
        elif tag not in INLINE:
            self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.pieces.append(data)


def is_hidden(attributes: dict[str, str | None]) -> bool:
    return "hidden" in attributes or "display:none" in (attributes.get("style") or "").replace(" ", "")


def collapsed(text: str) -> str:
    return " ".join(text.split())


def decoded(raw: bytes) -> str:
    """The page in the charset it declares itself."""
    declared = DECLARED_CHARSET.search(raw[:2048])
    return raw.decode(declared.group(1).decode("ascii") if declared else "utf-8")


def visible_text(page: Path) -> str:
    parser = VisibleText()
    parser.feed(decoded(page.read_bytes()))
    parser.close()
    return collapsed("".join(parser.pieces))


def gold_of(page: Path) -> Gold:
    gold: Gold = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    return gold


def cells(block: Block) -> list[str]:
    return block["text"].split(" | ") if block["kind"] == "table_row" else [block["text"]]


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_page_has_its_gold_and_no_gold_stands_alone(folder: str) -> None:
    pages = {path.stem for path in (PAGES / folder).glob("*.html")}

    gold = {path.stem for path in (PAGES / folder).glob("*.json")}

    assert pages == gold
    assert len(pages) >= 24


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_gold_has_exactly_the_keys_of_the_convention(page: Path) -> None:
    gold: dict[str, Any] = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))

    assert gold.keys() == Gold.__annotations__.keys()
    assert all(gold[key] for key in ("url", "style", "language", "outlet", "headline", "body", "furniture"))
    assert all(gold[key] is None or gold[key].strip() for key in ("standfirst", "byline", "section", "canonical_url"))


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_every_block_of_the_body_can_be_seen_on_the_page(page: Path) -> None:
    text = visible_text(page)

    missing = [cell for block in gold_of(page)["body"] for cell in cells(block) if cell not in text]

    assert missing == []


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_the_body_stands_on_the_page_in_its_order(page: Path) -> None:
    text = visible_text(page)
    story = [block for block in gold_of(page)["body"] if block["kind"] not in {"standfirst", "caption"}]

    position = 0
    for cell in (cell for block in story for cell in cells(block)):
        position = text.find(cell, position)

        assert position >= 0, cell


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_every_line_of_furniture_can_be_seen_on_the_page(page: Path) -> None:
    text = visible_text(page)
    gold = gold_of(page)

    missing = [line for line in [*gold["furniture"], *gold["field_lines"]] if line not in text]

    assert missing == []


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_the_headline_can_be_seen_on_the_page(page: Path) -> None:
    gold = gold_of(page)

    assert gold["headline"] in visible_text(page)


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_the_other_fields_stand_somewhere_in_the_page(page: Path) -> None:
    gold = gold_of(page)
    source = unescape(decoded(page.read_bytes())).casefold()
    named = [gold["outlet"], gold["section"], gold["canonical_url"], *(gold["byline"] or "").split(", ")]

    missing = [value for value in named if value and value.casefold() not in source]

    assert missing == []


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_no_line_is_both_body_and_furniture(page: Path) -> None:
    gold = gold_of(page)
    body = [block["text"] for block in gold["body"]]

    counted = Counter([*body, *gold["furniture"], *gold["field_lines"]])

    assert [line for line, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_blocks_have_known_kinds_and_collapsed_text(page: Path) -> None:
    gold = gold_of(page)

    assert {block["kind"] for block in gold["body"]} <= KINDS
    assert [block for block in gold["body"] if block["text"] != collapsed(block["text"])] == []
    assert [line for line in gold["furniture"] if line != collapsed(line)] == []


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_a_printed_standfirst_is_the_first_block(page: Path) -> None:
    gold = gold_of(page)

    standfirsts = [number for number, block in enumerate(gold["body"]) if block["kind"] == "standfirst"]

    assert standfirsts == ([0] if gold["standfirst"] else [])
    assert gold["standfirst"] in (None, gold["body"][0]["text"])


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_moments_say_no_more_than_iso_8601(page: Path) -> None:
    published_at = gold_of(page)["published_at"]

    assert published_at is None or MOMENT.fullmatch(published_at)


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_folder_spreads_over_languages_scripts_and_charsets(folder: str) -> None:
    pages = sorted((PAGES / folder).glob("*.html"))

    languages = {gold_of(page)["language"].split("-")[0] for page in pages}
    charsets = {found.group(1).lower() for page in pages if (found := DECLARED_CHARSET.search(page.read_bytes()))}

    assert len(languages) >= 13
    assert languages >= RIGHT_TO_LEFT
    assert len(charsets - {b"utf-8"}) >= 3


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_kind_of_block_occurs_in_each_folder(folder: str) -> None:
    pages = (PAGES / folder).glob("*.html")

    assert {block["kind"] for page in pages for block in gold_of(page)["body"]} == KINDS


def test_the_folders_share_no_outlet_headline_or_sentence() -> None:
    seen: Counter[str] = Counter()

    for folder in FOLDERS:
        golds = [gold_of(page) for page in (PAGES / folder).glob("*.html")]
        seen.update({gold["outlet"] for gold in golds} | {gold["headline"] for gold in golds})
        seen.update({block["text"] for gold in golds for block in gold["body"]})

    assert [text for text, folders in seen.items() if folders > 1] == []
