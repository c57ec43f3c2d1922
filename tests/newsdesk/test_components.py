"""Fragments that every page is made of: each says what it takes, and draws it."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from newsdesk.forms import TokenForm

STYLE_SHEETS = sorted((settings.BASE_DIR / "static" / "css").glob("*.css"))
FRAGMENTS = sorted((settings.BASE_DIR / "templates" / "components").glob("_*.html"))


def draw(name: str, **variables: Any) -> str:
    return render_to_string(f"components/_{name}.html", variables)


@pytest.mark.parametrize("path", FRAGMENTS, ids=lambda path: path.stem)
def test_every_fragment_opens_with_what_it_takes(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("{% comment %}")


def test_a_verdict_says_its_rating_beside_its_sign() -> None:
    drawn = draw("verdict", tone="refuted", rating="False", qualifier="missing context")

    assert "icons.svg#i-refuted" in drawn
    assert "False" in drawn
    assert "missing context" in drawn


def test_every_sign_a_fragment_may_show_is_in_the_sprite() -> None:
    sprite = (settings.BASE_DIR / "static" / "icons.svg").read_text(encoding="utf-8")

    for tone in ("supported", "refuted", "conflicting", "lacking", "open", "none"):
        assert f'id="i-{tone}"' in sprite
        assert f'id="bead-{tone}"' in sprite
    for name in ("supports", "refutes", "context", "debug", "info", "success", "warning", "error", "warn"):
        assert f'id="i-{name}"' in sprite


@pytest.mark.parametrize("path", STYLE_SHEETS, ids=lambda path: path.stem)
def test_highlights_are_named_for_the_text_and_not_for_every_element(path: Path) -> None:
    everywhere = re.compile(r"(?:^|[\s,}>+~])::highlight", re.MULTILINE)

    assert everywhere.findall(path.read_text(encoding="utf-8")) == []


def test_coverage_parts_begin_where_those_before_them_end() -> None:
    drawn = draw("coverage", checked=8, sourced=5, opinion=6, unchecked=4)

    assert [part.split('"')[0] for part in drawn.split('x="')[1:4]] == ["35%", "57%", "83%"]
    assert "Of 23 sentences: 8 checked, 5 sourced, 6 opinion, 4 unchecked" in drawn


def test_coverage_of_a_text_nobody_looked_at_is_an_empty_bar() -> None:
    assert 'x="0%"' in draw("coverage", checked=0, sourced=0, opinion=0, unchecked=0)


def test_a_conflict_shows_both_sides_and_marks_what_differs() -> None:
    both = [{"label": "Rating", "theirs": "False", "yours": "Misleading"}]
    theirs = [{"label": "Reason", "theirs": "Their words", "yours": "Old words"}]
    conflict = {"who": "Alice Moreau", "at": timezone.now(), "version": 4, "both": both, "only_theirs": theirs}

    drawn = draw("conflict", conflict=conflict)

    assert "<ins>False</ins>" in drawn
    assert "Misleading" in drawn
    assert "Alice Moreau saved this" in drawn
    assert "Their words" in drawn
    assert "<ins>Their words</ins>" not in drawn
    assert 'value="theirs"' in drawn
    assert 'value="yours"' in drawn


def test_a_field_with_an_error_is_described_by_its_hint_and_its_error() -> None:
    form = TokenForm({"name": "", "scopes": ["read"], "days": "30"})
    form.is_valid()

    drawn = draw("field", field=form["name"])

    assert 'aria-describedby="id_name_helptext id_name_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'id="id_name_helptext"' in drawn
    assert 'id="id_name_error"' in drawn


def test_quoted_words_are_escaped() -> None:
    drawn = draw("chain", links=[{"name": "Sentence", "text": "<b>5</b>", "done": True}])

    assert "&lt;b&gt;5&lt;/b&gt;" in drawn


def test_a_list_that_fits_on_one_page_has_no_pages() -> None:
    assert draw("pages", previous_href="", next_href="", label="Pages").strip() == ""
