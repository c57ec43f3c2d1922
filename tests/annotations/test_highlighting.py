"""Runs: a text under overlapping marks, cut into pieces that HTML can hold."""

import random
import re
import time
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotations.highlighting import (
    LAYERS,
    LayerMark,
    Layout,
    MarkOutsideText,
    RangeOutsideText,
    Run,
    runs,
    runs_html,
)

TEXT = "Kiev is truly ready"


def quote(start: int, end: int, name: str = "q1", rank: int = 0) -> LayerMark:
    return LayerMark(name, "quote", start, end, "q voice-1", rank)


def claim(start: int, end: int, name: str = "C1", rank: int = 0, classes: str = "c is-refuted") -> LayerMark:
    return LayerMark(name, "claim", start, end, classes, rank)


def bias(start: int, end: int, name: str = "B1", rank: int = 0) -> LayerMark:
    return LayerMark(name, "bias", start, end, "b sev-2", rank)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[LayerMark]]:
    """A text, with markup and astral characters in it, under up to twelve marks of any layer."""
    alphabet = st.sampled_from("ab \n<>&\"'é👩‍🚀\u200fא")
    text = draw(st.text(alphabet, min_size=1, max_size=40))
    marks = []
    for number in range(draw(st.integers(0, 12))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        layer = draw(st.sampled_from(LAYERS))
        marks.append(LayerMark(f"m{number}", layer, start, end, f"{layer[0]} x{number}", draw(st.integers(0, 2))))
    return text, marks


@st.composite
def ranges_of_marked_texts(draw: st.DrawFn) -> tuple[str, list[LayerMark], int, int]:
    text, marks = draw(marked_texts())
    start = draw(st.integers(0, len(text)))
    return text, marks, start, draw(st.integers(start, len(text)))


def stripped_of_tags(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


@given(ranges_of_marked_texts())
@example((TEXT, [], 0, len(TEXT)))
def test_runs_joined_are_the_text_without_gaps(case: tuple[str, list[LayerMark], int, int]) -> None:
    text, marks, start, end = case

    found = runs(text, marks, start=start, end=end)

    assert "".join(run.text for run in found) == text[start:end]
    assert all(run.text == text[run.start : run.end] and run.text for run in found)
    borders = [start, *(run.end for run in found)]
    assert borders[:-1] == [run.start for run in found]
    assert borders[-1] == end


@given(ranges_of_marked_texts())
def test_every_code_point_carries_the_marks_that_cover_it(
    case: tuple[str, list[LayerMark], int, int],
) -> None:
    text, marks, start, end = case

    found = runs(text, marks, start=start, end=end)

    carried = {place: {mark.id for mark in run.marks} for run in found for place in range(run.start, run.end)}
    assert carried == {
        place: {mark.id for mark in marks if mark.start <= place < mark.end} for place in range(start, end)
    }


@given(ranges_of_marked_texts())
def test_html_without_its_tags_is_the_text(case: tuple[str, list[LayerMark], int, int]) -> None:
    text, marks, start, end = case

    html = runs_html(text, marks, start=start, end=end)

    assert stripped_of_tags(html) == text[start:end]


@given(marked_texts(), st.lists(st.integers(0, 40), max_size=4))
def test_ranges_asked_one_by_one_join_to_the_whole(case: tuple[str, list[LayerMark]], cuts: list[int]) -> None:
    text, marks = case
    borders = sorted({0, len(text), *(min(cut, len(text)) for cut in cuts)})
    layout = Layout(text, marks)

    parts = [layout.html(start, end) for start, end in pairwise(borders)]

    assert stripped_of_tags("".join(parts)) == text


@given(marked_texts())
def test_the_lowest_rank_of_each_layer_is_drawn(case: tuple[str, list[LayerMark]]) -> None:
    text, marks = case

    for run in runs(text, marks):
        drawn = {mark.layer: mark.rank for mark in run.drawn()}
        present = {layer: [mark.rank for mark in run.marks if mark.layer == layer] for layer in LAYERS}
        assert drawn == {layer: min(ranks) for layer, ranks in present.items() if ranks}


@given(marked_texts(), st.randoms())
def test_the_order_in_which_marks_come_makes_no_difference(
    case: tuple[str, list[LayerMark]], shuffler: random.Random
) -> None:
    text, marks = case
    shuffled = marks.copy()
    shuffler.shuffle(shuffled)

    assert runs_html(text, shuffled) == runs_html(text, marks)


def test_layers_nest_quote_around_claim_around_bias() -> None:
    marks = [bias(0, 4), claim(0, 4), quote(0, 4)]

    html = runs_html(TEXT, marks)

    assert html == (
        '<mark class="run" data-marks="q1 C1 B1"><span class="q voice-1"><span class="c is-refuted">'
        '<span class="b sev-2">Kiev</span></span></span></mark> is truly ready'
    )


def test_crossing_marks_are_cut_where_either_begins_or_ends() -> None:
    found = runs(TEXT, [quote(0, 7), claim(5, 13)])

    assert [(run.text, [mark.id for mark in run.marks]) for run in found] == [
        ("Kiev ", ["q1"]),
        ("is", ["q1", "C1"]),
        (" truly", ["C1"]),
        (" ready", []),
    ]


def test_a_run_names_all_its_claims_and_draws_the_one_of_lowest_rank() -> None:
    marks = [claim(0, 19, "C1", rank=2, classes="c is-supported"), claim(0, 4, "C2", rank=1)]

    html = runs_html(TEXT, marks, end=4)

    assert html == '<mark class="run" data-marks="C2 C1"><span class="c is-refuted">Kiev</span></mark>'


def test_the_current_mark_is_told_in_each_of_its_runs_and_in_no_other() -> None:
    html = runs_html(TEXT, [claim(0, 7, "C1"), bias(5, 13, "B1")], current="C1")

    assert re.findall(r'<mark class="([^"]*)" data-marks="([^"]*)"', html) == [
        ("run is-current", "C1"),
        ("run is-current", "C1 B1"),
        ("run", "B1"),
    ]


def test_the_current_mark_is_an_id_and_not_a_part_of_one() -> None:
    html = runs_html(TEXT, [claim(0, 4, "C12")], current="C1")

    assert "is-current" not in html


def test_words_names_and_classes_are_escaped() -> None:
    mark = LayerMark("<i>\"'", "claim", 0, 5, 'c" onclick="x', 0)

    html = runs_html("<>&\"' <b>", [mark])

    assert html == (
        '<mark class="run" data-marks="&lt;i&gt;&quot;&#x27;"><span class="c&quot; onclick=&quot;x">'
        "&lt;&gt;&amp;&quot;&#x27;</span></mark> &lt;b&gt;"
    )


def test_marks_that_touch_do_not_overlap() -> None:
    found = runs(TEXT, [claim(0, 4, "C1"), claim(4, 7, "C2")], end=7)

    assert [[mark.id for mark in run.marks] for run in found] == [["C1"], ["C2"]]


def test_an_empty_range_has_no_runs() -> None:
    assert runs(TEXT, [claim(0, 19)], start=5, end=5) == []


def test_an_unmarked_range_is_one_plain_run() -> None:
    assert runs(TEXT, [], start=5, end=7) == [Run(5, 7, "is", ())]


def test_an_empty_text_has_no_runs() -> None:
    assert runs("", []) == []


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (0, 20), (4, 4), (5, 4)])
def test_a_mark_that_does_not_lie_in_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(MarkOutsideText, match="C1"):
        Layout(TEXT, [claim(start, end)])


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (0, 20), (5, 4)])
def test_a_range_that_does_not_lie_in_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(RangeOutsideText):
        Layout(TEXT, []).runs(start, end)


def long_article(marks: int) -> tuple[str, list[LayerMark], list[tuple[int, int]]]:
    """60,000 code points in 120 blocks under the given number of marks of 1 to 120 code points."""
    seeded = random.Random(7)
    text = "".join(seeded.choices("abcdefgh ,.<&'", k=60_000))
    drawn = []
    for number in range(marks):
        start = seeded.randrange(0, 59_800)
        layer = LAYERS[number % 3]
        drawn.append(LayerMark(f"M{number}", layer, start, start + seeded.randint(1, 120), layer[0], number % 5))
    return text, drawn, [(start, start + 500) for start in range(0, 60_000, 500)]


def seconds_to_draw(marks: int) -> float:
    text, drawn, blocks = long_article(marks)
    fastest = float("inf")
    for _ in range(5):
        begun = time.process_time()
        layout = Layout(text, drawn)
        for start, end in blocks:
            layout.html(start, end)
        fastest = min(fastest, time.process_time() - begun)
    return fastest


def test_drawing_grows_with_the_marks_and_not_with_their_square() -> None:
    assert seconds_to_draw(4_000) < 30 * seconds_to_draw(500)
