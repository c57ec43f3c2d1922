"""Edits are the same everywhere, and their truth is true."""

import json
from pathlib import Path

import pytest

from articles.anchoring.cases import read_cases
from articles.anchoring.scores import score
from bench.drafts import Draft
from bench.editors import EDITS
from bench.edits import cases, main
from tests.articles.quotation.gold import read_half

ARTICLES = [article.text for article in read_half("held_out")]


def test_the_same_seed_gives_the_same_cases_and_another_gives_others() -> None:
    one, again, other = (list(cases(ARTICLES, seed=seed, each=1, mixed=2)) for seed in (1, 1, 2))

    assert one == again
    assert one != other
    assert {case["ops"][0] for case in one} <= set(EDITS)


def test_what_is_said_to_be_intact_reads_as_before() -> None:
    for case in cases(ARTICLES, seed=3, each=3, mixed=10):
        for span, truth in zip(case["spans"], case["gold"], strict=True):
            if truth["kind"] == "intact":
                assert case["new"][slice(*truth["pos"])] == case["old"][slice(*span)]


@pytest.mark.parametrize(
    ("edit", "truth"),
    [
        (lambda draft: draft.insert(0, "So "), {"kind": "intact", "pos": [7, 12]}),
        (lambda draft: draft.delete(0, 10), {"kind": "deleted"}),
        (lambda draft: draft.replace(4, 9, "queen"), {"kind": "replaced", "pos": [4, 9]}),
        (lambda draft: draft.insert(6, "ow"), {"kind": "edited", "pos": [4, 11]}),
        (lambda draft: draft.delete(5, 9), {"kind": "remnant", "pos": [4, 5]}),
        (lambda draft: draft.move(7, 9, 5), {"kind": "split", "pos": [4, 9], "parts": [[4, 9]]}),
        (lambda draft: draft.move(0, 10, 14), {"kind": "intact", "pos": [8, 13]}),
    ],
)
def test_a_draft_knows_what_became_of_words(edit: object, truth: dict[str, object]) -> None:
    draft = Draft("The mayor left early.")

    edit(draft)  # type: ignore[operator]

    assert draft.truths([(4, 9)]) == [truth]


def test_no_mark_is_silently_wrong_in_edits_of_our_own_articles(tmp_path: Path) -> None:
    path = tmp_path / "cases.json"
    path.write_text(json.dumps(list(cases(ARTICLES, seed=4, each=2, mixed=12))), encoding="utf-8")

    scored = score(read_cases(path))

    assert scored.total.marks > 300
    assert scored.silently_wrong == []
    assert scored.total.carried_share > 0.98


def test_prose_without_paragraphs_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "short.txt"
    path.write_text("One line.", encoding="utf-8")

    with pytest.raises(SystemExit):
        main([str(path)])

    assert "no article there has 4 paragraphs" in capsys.readouterr().err
