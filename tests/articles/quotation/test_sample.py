"""The demonstration's article: every quotation with its speaker, and nothing that is none."""

import json
from pathlib import Path
from typing import Any

import pytest

from articles.quotation.extract import extract
from articles.quotation.quotations import Quotation
from tests.articles.quotation.gold import GOLD, GoldQuote, read

ROOT = Path(__file__).parents[3]
[SAMPLE] = [read(path) for path in (GOLD / "sample").glob("*.txt")]
FOUND = extract(SAMPLE.text)
OUTER = " .,“”"


def found_as(gold: GoldQuote) -> Quotation:
    words = gold.exact.strip(OUTER)
    return next(quotation for quotation in FOUND if SAMPLE.text[quotation.start : quotation.end].strip(OUTER) == words)


@pytest.mark.parametrize("gold", SAMPLE.required, ids=lambda gold: gold.exact[:40])
def test_every_quotation_is_found_with_its_kind_and_person(gold: GoldQuote) -> None:
    quotation = found_as(gold)

    assert quotation.kind.value == gold.kind
    assert quotation.speaker is not None
    assert quotation.speaker.name == gold.resolved


@pytest.mark.parametrize("bait", SAMPLE.bait, ids=lambda bait: SAMPLE.text[slice(*bait)][:40])
def test_what_only_looks_like_a_quotation_is_left_alone(bait: tuple[int, int]) -> None:
    assert SAMPLE.text[slice(*bait)].strip()

    assert [quotation for quotation in FOUND if (quotation.start, quotation.end) == bait] == []


def test_titles_and_affiliations_are_as_printed() -> None:
    said = {quotation.speaker.name: quotation.speaker for quotation in FOUND if quotation.speaker}

    assert (said["Dmitry Peskov"].title, said["Dmitry Peskov"].affiliation) == ("spokesman", "Kremlin")
    assert (said["Sergey Ryabkov"].title, said["Sergey Ryabkov"].affiliation) == ("Deputy Foreign Minister", "Russian")


def test_verbatim_parts_of_mixed_quotations_are_named() -> None:
    [mixed] = [quotation for quotation in FOUND if quotation.kind.value == "mixed"]

    assert [SAMPLE.text[part.start : part.end] for part in mixed.verbatim] == ["“durable settlement”"]


def test_nothing_is_taken_from_removed_furniture() -> None:
    page = (ROOT / "annotations" / "data" / "demo" / "article.txt").read_text(encoding="utf-8")
    assert "Share this article" in page
    assert "Share this article" not in SAMPLE.text

    assert all(quotation.end <= len(SAMPLE.text) for quotation in FOUND)


def test_quotations_are_printed_under_the_documented_keys() -> None:
    reference = (ROOT / "docs" / "reference" / "quotation.md").read_text(encoding="utf-8")

    printed: dict[str, Any] = json.loads(json.dumps(FOUND[0].to_json()))

    assert [key for key in printed if f"| `{key}` |" not in reference] == []
