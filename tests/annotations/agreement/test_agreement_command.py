"""``python -m annotations.agreement``: lines in, figures out."""

import json

import pytest

from annotations.agreement.__main__ import main
from tests.annotations.agreement.published import KRIPPENDORFF_2004, KRIPPENDORFF_2011


def lines_of_answers() -> list[str]:
    return [
        json.dumps({"text": "t", "unit": number, "person": person, "value": value})
        for number, unit in enumerate(KRIPPENDORFF_2011)
        for person, value in zip("abcd", unit, strict=True)
        if value is not None
    ]


def test_prints_a_figure_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(lines_of_answers(), ["--level", "ordinal", "--samples", "10"])

    figures = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    alpha = next(figure for figure in figures if figure["coefficient"] == "alpha" and not figure["people"])
    assert status == 0
    assert alpha["value"] == pytest.approx(0.8154, abs=0.00005)
    assert (alpha["units"], alpha["skipped"]) == (11, {"one_answer": 1})
    assert alpha["interval_reason"] == "few_texts"


def test_marks_and_who_read_without_any_are_lines_too(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        json.dumps({"text": "t", "person": person, "start": mark.start, "end": mark.end, "category": mark.category})
        for person, own in KRIPPENDORFF_2004.items()
        for mark in own
    ]

    main([*lines, '{"text": "t", "person": "k", "length": 300}'], ["--samples", "0"])

    figures = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    exact = {
        tuple(one["people"]): one["value"] for one in figures if one["coefficient"] == "f1_exact" and not one["subject"]
    }
    assert exact[("i", "j")] == pytest.approx(2 * 2 / 9)
    assert exact[("i", "k")] == 0


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "Line 1: "),
        ("[]", "Line 1: "),
        ('{"text": "t"}', "Line 1: 'person' is missing."),
        ('{"text": "t", "person": "a", "start": 4, "end": 4, "category": "x"}', "Line 1: start is not before end."),
        ('{"text": "t", "person": "a", "unit": 1, "value": [1]}', "Line 1: a value is words, a number, true or false."),
    ],
)
def test_a_line_that_is_none_is_named(line: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([line], []) == 1
    assert capsys.readouterr().err.startswith(says)
