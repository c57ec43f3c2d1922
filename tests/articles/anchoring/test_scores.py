"""The command that scores carrying, and its judgement."""

import json
from pathlib import Path
from typing import Any

import pytest

from articles.anchoring.__main__ import main
from articles.anchoring.cases import Case, CasesRefused, Kind, Truth, read_cases
from articles.anchoring.fates import GONE, Carried, Reason, anchored, proposed
from articles.anchoring.scores import Verdict, judge

OLD = "The mayor left. Rain fell on the town all day. Nobody came to see it."
CASE = {"id": "one", "ops": ["word"], "old": OLD, "new": OLD.replace("town", "city"), "spans": [[4, 9]]}


def written(tmp_path: Path, *cases: Any) -> Path:
    path = tmp_path / "cases.json"
    path.write_text(json.dumps(cases), encoding="utf-8")
    return path


def verdict_of(
    truth: Truth, fate: Carried, *, old: str = OLD, new: str = OLD, span: tuple[int, int] = (4, 9)
) -> Verdict:
    return judge(Case("one", ("word",), old, new, (span,), (truth,)), span, truth, fate)


@pytest.mark.parametrize(
    ("truth", "fate", "verdict"),
    [
        (Truth(Kind.INTACT, ((4, 9),)), anchored(Reason.SAME, 4, 9), Verdict.RIGHT),
        (Truth(Kind.INTACT, ((4, 9),)), anchored(Reason.SAME, 4, 10), Verdict.RIGHT),
        (Truth(Kind.INTACT, ((4, 9),)), anchored(Reason.SAME, 16, 20), Verdict.SILENTLY_WRONG),
        (Truth(Kind.INTACT, ((4, 9),)), proposed(Reason.WEAK, 4, 9), Verdict.RIGHT_FOR_REVIEW),
        (Truth(Kind.INTACT, ((4, 9),)), proposed(Reason.WEAK, 16, 20), Verdict.WRONG_FOR_REVIEW),
        (Truth(Kind.INTACT, ((4, 9),)), GONE, Verdict.LOST),
        (Truth(Kind.EDITED, ((4, 9),)), anchored(Reason.SAME, 4, 8), Verdict.RIGHT),
        (Truth(Kind.DELETED, ()), GONE, Verdict.RIGHTLY_ORPHANED),
        (Truth(Kind.DELETED, ()), anchored(Reason.SAME, 16, 20), Verdict.SILENTLY_WRONG),
        (Truth(Kind.SPLIT, ((16, 20), (4, 9))), proposed(Reason.EDITED, 4, 9), Verdict.RIGHT_FOR_REVIEW),
    ],
)
def test_a_fate_is_judged_by_the_truth(truth: Truth, fate: Carried, verdict: Verdict) -> None:
    assert verdict_of(truth, fate) is verdict


def test_a_copy_that_replaced_its_original_is_undecidable() -> None:
    truth = Truth(Kind.DELETED, ())

    assert verdict_of(truth, anchored(Reason.SAME, 4, 9)) is Verdict.UNDECIDABLE


def test_the_other_of_two_equal_sentences_is_undecidable_and_a_like_one_is_not() -> None:
    new = "Rain fell. Then rain fell. Rain fell."
    truth = Truth(Kind.INTACT, ((0, 4),))

    assert verdict_of(truth, anchored(Reason.SAME, 27, 31), new=new) is Verdict.UNDECIDABLE
    assert verdict_of(truth, anchored(Reason.SAME, 16, 20), new=new) is Verdict.SILENTLY_WRONG


def test_the_command_prints_what_became_of_the_marks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, {**CASE, "gold": [{"kind": "intact", "pos": [4, 9]}]})

    status = main([str(path)])

    printed = capsys.readouterr().out.splitlines()
    assert status == 0
    assert printed[1].split() == ["word", "1", "100.00%", "1", "0", "0", "0", "0", "0"]
    assert "Silently wrong: 0" in printed


def test_the_command_answers_1_and_lists_a_mark_on_other_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, {**CASE, "spans": [[16, 20]], "gold": [{"kind": "intact", "pos": [4, 9]}]})

    assert main([str(path)]) == 1
    assert "  one, 16–20 “Rain”: put at 16–20, belongs 4–9" in capsys.readouterr().out


def test_the_command_gives_the_same_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, {**CASE, "spans": [[16, 20]], "gold": [{"kind": "intact", "pos": [4, 9]}]})

    main([str(path), "--json"])

    scored = json.loads(capsys.readouterr().out)
    assert (scored["marks"], scored["silently_wrong"], scored["edits"]["word"]["anchored"]) == (1, 1, 1)
    assert scored["silently_wrong_marks"][0]["place"] == [16, 20]


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        ("no", "case 0 must be an object."),
        ({"old": "a"}, "case 0 needs new, a text."),
        ({**CASE, "gold": []}, "case 0 has 1 spans and 0 in gold; each span needs one."),
        ({**CASE, "gold": [{"kind": "new"}]}, "case 0 needs in gold[0] a kind: one of intact, cosmetic"),
        ({**CASE, "gold": [{"kind": "intact"}]}, "case 0 has null in gold[0], which is no [start, end] within"),
        (
            {**CASE, "spans": [[4, 999]], "gold": [{}]},
            "case 0 has [4, 999] in spans, which is no [start, end] within 69",
        ),
    ],
)
def test_a_case_that_lacks_something_is_refused_with_what(tmp_path: Path, case: Any, sentence: str) -> None:
    with pytest.raises(CasesRefused) as refused:
        read_cases(written(tmp_path, case))

    assert str(refused.value).startswith(sentence)


@pytest.mark.parametrize("content", [b"[", b"[]", b"{}", b"\xff"])
def test_a_file_that_holds_no_cases_is_refused_in_a_sentence(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cases.json"
    path.write_bytes(content)

    with pytest.raises(SystemExit) as ended:
        main([str(path)])

    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith(str(path))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CasesRefused, match=r"nowhere\.json cannot be read: No such file"):
        read_cases(tmp_path / "nowhere.json")
